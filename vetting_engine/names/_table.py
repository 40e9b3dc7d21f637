"""The names of a list as plain arrays: what an index needs to bound scores, and what a compiled snapshot holds.

A row is one reading of a name. Parts are numbered once per form; a key stands in the tables as a number of 32 bits.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from functools import cached_property
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from vetting_engine.names._keys import Array, hashes_of_keys, key_hash, spelling_keys
from vetting_engine.names._runs import each_run, learn_runs
from vetting_engine.names._similarity import class_bits
from vetting_engine.names.parts import FormKey, ParsedName, Part, Reading, Role

__all__ = ["Array", "Ints", "Table", "build", "initials_of"]

Ints = npt.NDArray[np.int32]
VOWELLESS, ABJAD = 1, 2
FORMS: Final = 3
_BETWEEN: Final = b"\n"
#: Readings whose runs are worked out at one time.
_TOGETHER: Final = 4_096


@dataclass(frozen=True)
class Table:
    """All arrays of an index, by what they are indexed by.

    Rows: ``names`` (number of the name), ``reading`` (which of its readings), ``weight`` (centibits of all parts),
    ``initials`` (how many), numbers of their parts in ``row_parts`` ending at ``row_ends``. Parts: ``rarity``,
    ``flags``, ``classes`` (bits of spelling classes), three forms each (simple, roman, skeleton), each followed by a
    line feed, in ``forms``; rows in ``postings`` ending at ``posting_ends``. Keys: ``key_hashes`` ascending, each once,
    their parts in ``key_parts`` ending at ``key_ends``. Runs of neighbours as one word: ``run_hashes`` ascending
    beside their row, rarity and summed rarity. The names themselves are not here: whoever has the list has them.
    """

    names: Array
    reading: Array
    weight: Array
    initials: Array
    row_parts: Array
    row_ends: Array
    rarity: Array
    flags: Array
    classes: Array
    forms: Array
    postings: Array
    posting_ends: Array
    key_hashes: Array
    key_ends: Array
    key_parts: Array
    run_hashes: Array
    run_rows: Array
    run_rarity: Array
    run_whole: Array

    @cached_property
    def written(self) -> tuple[Array, Array, Array]:
        """The simple, roman and skeleton forms of all parts as arrays of ``bytes``."""
        forms = self.forms.tobytes().split(_BETWEEN)[:-1]
        simple, roman, skeleton = (np.array(forms[form::FORMS], object) for form in range(FORMS))
        return simple, roman, skeleton

    @cached_property
    def lengths(self) -> Array:
        """Letters of the simple, roman and skeleton forms: a line for each form, a column for each part."""
        ends = np.flatnonzero(self.forms == ord(_BETWEEN))
        lengths: Array = np.diff(ends, prepend=-1) - 1
        return lengths.reshape(-1, FORMS).T


#: What each array holds, in the order of a compiled file.
TYPES: Final = {
    field.name: kind
    for field, kind in zip(
        fields(Table),
        "i4 i2 i4 i4 i4 i8 i4 u1 u8 u1 i4 i8 u4 i8 i4 u4 i4 i4 i4".split(),  # noqa: SIM905
        strict=True,
    )
}


def build(names: Sequence[ParsedName]) -> Table:
    """The table of parsed names, numbered in the order given."""
    readings = [reading for name in names for reading in name.readings]
    parts, row_parts = _numbered(readings)
    row_ends = _ends([len(reading.parts) for reading in readings])
    postings, posting_ends = _postings(row_parts, row_ends, len(parts))
    arrays: list[Any] = [
        [number for number, name in enumerate(names) for _ in name.readings],
        [place for name in names for place in range(len(name.readings))],
        [reading.weight for reading in readings],
        [initials_of(reading) for reading in readings],
        row_parts,
        row_ends,
        [part.rarity for part in parts],
        [VOWELLESS * part.vowelless + ABJAD * part.abjad for part in parts],
        [class_bits(part) for part in parts],
        _blob(form for part in parts for form in (part.simple, part.roman, part.skeleton)),
        postings,
        posting_ends,
        *_keyed(parts),
        *_joined(readings),
    ]
    return Table(*(np.asarray(column, dtype=kind) for column, kind in zip(arrays, TYPES.values(), strict=True)))


def _numbered(readings: Sequence[Reading]) -> tuple[list[Part], Array]:
    """Each distinct part, and the numbers of the parts of all readings one after another."""
    numbers: dict[FormKey, int] = {}
    parts: list[Part] = []
    found: list[int] = []
    for reading in readings:
        for part in reading.parts:
            number = numbers.setdefault(part.form, len(parts))
            if number == len(parts):
                parts.append(part)
            found.append(number)
    return parts, np.array(found, np.int64)


def _ends(counts: Sequence[int] | Array) -> Array:
    return np.cumsum(np.concatenate([[0], np.asarray(counts, np.int64)]))


def _postings(row_parts: Array, row_ends: Array, parts: int) -> tuple[Array, Array]:
    """Rows of every part, each once and in order, and where they end."""
    rows = np.repeat(np.arange(len(row_ends) - 1), np.diff(row_ends))
    size = max(len(row_ends) - 1, 1)
    places = np.unique(row_parts * size + rows)
    return places % size, _ends(np.bincount(places // size, minlength=parts))


def _keyed(parts: Sequence[Part]) -> tuple[Array, Array, Array]:
    """Numbers of all keys, where their parts end, and the parts."""
    named = hashes_of_keys(part.keys if part.role is not Role.INITIAL else () for part in parts)
    spellers, spelled, _ = spelling_keys(parts, asked=False)
    owners, hashes = np.concatenate([named[0], spellers]), np.concatenate([named[1], spelled])
    both = np.unique((hashes.astype(np.uint64) << np.uint64(32)) | owners.astype(np.uint64))
    hashes, counts = np.unique(both >> np.uint64(32), return_counts=True)
    return hashes, _ends(counts), both & np.uint64(0xFFFF_FFFF)


def _joined(readings: Sequence[Reading]) -> list[Array]:
    """Runs of neighbours as one word: number of the key, row, rarity, summed rarity, in order."""
    columns = [array("q") for _ in range(4)]  # a list's rows have several runs each: as Python numbers they are heavy
    for first in range(0, len(readings), _TOGETHER):
        together = readings[first : first + _TOGETHER]
        learn_runs(together)
        for row, reading in enumerate(together, first):
            for (start, end), keys, rarity in each_run(reading.parts):
                whole = sum([part.rarity for part in reading.parts[start:end]])
                for key in keys:
                    for column, value in zip(columns, (key_hash(key), row, rarity, whole), strict=True):
                        column.append(value)
    arrays = [np.array(column, np.int64) for column in columns]
    order = np.lexsort(arrays[::-1])
    return [column[order] for column in arrays]


def _blob(texts: Iterable[str]) -> Array:
    return np.frombuffer(b"".join(text.encode() + _BETWEEN for text in texts), np.uint8)


def initials_of(reading: Reading) -> int:
    """How many parts of a reading are initials."""
    return sum(part.role is Role.INITIAL for part in reading.parts)
