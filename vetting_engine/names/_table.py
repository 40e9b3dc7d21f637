"""The names of a list as plain arrays: what an index needs to bound scores, and what a compiled snapshot holds.

A row is one reading of a name. Parts are numbered once per form; a key stands in the tables as its CRC-32. Two keys
may collide: that only raises a bound, and what reaches the floor is aligned exactly.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from typing import Any, Final
from zlib import crc32

import numpy as np
import numpy.typing as npt

from vetting_engine.names._similarity import class_bits, neighbourhood
from vetting_engine.names.compare import runs
from vetting_engine.names.parts import ParsedName, Part, Reading, Role

__all__ = ["LEAST_PREFIX", "Array", "Ints", "Table", "build", "initials_of", "key_hash", "spread", "strings"]

Array = npt.NDArray[Any]
Ints = npt.NDArray[np.int32]
#: Letters a part must have to be looked up as the beginning of another.
LEAST_PREFIX: Final = 3
VOWELLESS, ABJAD = 1, 2
_FormKey = tuple[str, bool, Role]


@dataclass(frozen=True, slots=True)
class Table:
    """All arrays of an index, by what they are indexed by.

    Rows: ``names`` (number of the name), ``reading`` (which of its readings), ``weight`` (centibits of all parts),
    ``initials`` (how many). Parts: ``rarity``, ``flags``, ``classes`` (bits of spelling classes), three forms each
    (simple, roman, skeleton) in ``forms`` ending at ``form_ends``, rows in ``postings`` ending at ``posting_ends``.
    Keys: ``key_hashes`` ascending beside ``key_parts``. Runs of neighbours as one word: ``run_hashes`` ascending
    beside their row, rarity and summed rarity. The names themselves are not here: whoever has the list has them.
    """

    names: Array
    reading: Array
    weight: Array
    initials: Array
    rarity: Array
    flags: Array
    classes: Array
    forms: Array
    form_ends: Array
    postings: Array
    posting_ends: Array
    key_hashes: Array
    key_parts: Array
    run_hashes: Array
    run_rows: Array
    run_rarity: Array
    run_whole: Array


#: What each array holds, in the order of a compiled file.
TYPES: Final = {
    field.name: kind
    for field, kind in zip(
        fields(Table),
        "i4 i2 i4 i4 i4 u1 u8 u1 i8 i4 i8 u4 i4 u4 i4 i4 i4".split(),  # noqa: SIM905
        strict=True,
    )
}


def key_hash(key: str) -> int:
    """The number a key stands for in a table."""
    return crc32(key.encode())


def build(names: Sequence[ParsedName]) -> Table:
    """The table of parsed names, numbered in the order given."""
    rows = [
        (number, place, reading) for number, name in enumerate(names) for place, reading in enumerate(name.readings)
    ]
    parts, postings = _numbered([reading for _, _, reading in rows])
    keys = _by_hash((key_hash(key), (number,)) for number, part in enumerate(parts) for key in _listed_keys(part))
    joined = _by_hash(run for row, (_, _, reading) in enumerate(rows) for run in _runs(row, reading))
    forms, form_ends = _blob(form for part in parts for form in (part.simple, part.roman, part.skeleton))
    arrays: list[Any] = [
        [number for number, _, _ in rows],
        [place for _, place, _ in rows],
        [reading.weight for _, _, reading in rows],
        [initials_of(reading) for _, _, reading in rows],
        [part.rarity for part in parts],
        [VOWELLESS * part.vowelless + ABJAD * part.abjad for part in parts],
        [class_bits(part) for part in parts],
        forms,
        form_ends,
        np.concatenate(postings) if postings else [],
        np.cumsum([0, *(len(posting) for posting in postings)]),
        *keys.columns(2),
        *joined.columns(4),
    ]
    return Table(*(np.asarray(array, dtype=kind) for array, kind in zip(arrays, TYPES.values(), strict=True)))


def _numbered(readings: Sequence[Reading]) -> tuple[list[Part], list[Ints]]:
    """Each distinct part, and the rows it stands in."""
    parts: list[Part] = []
    numbers: dict[_FormKey, int] = {}
    rows: defaultdict[int, list[int]] = defaultdict(list)
    for row, reading in enumerate(readings):
        for part in reading.parts:
            key = (part.roman, part.abjad, part.role)
            number = numbers.setdefault(key, len(parts))
            if number == len(parts):
                parts.append(part)
            if not rows[number] or rows[number][-1] != row:
                rows[number].append(row)
    return parts, [np.array(rows[number], np.int32) for number in range(len(parts))]


def _listed_keys(part: Part) -> Iterable[str]:
    """What a listed part is found by: its keys, its neighbourhood, itself and its beginnings."""
    if part.role is Role.INITIAL:
        return ()
    roman = part.roman
    beginnings = (f"t:{roman[:end]}" for end in range(LEAST_PREFIX, len(roman) + 1))
    return {*part.keys, *neighbourhood(part, asked=False), f"r:{roman}", *beginnings}


def _runs(row: int, reading: Reading) -> Iterator[tuple[int, tuple[int, int, int]]]:
    for (start, end), keys, rarity in runs(reading.parts):
        whole = sum(part.rarity for part in reading.parts[start:end])
        for key in keys:
            yield key_hash(key), (row, rarity, whole)


@dataclass(frozen=True, slots=True)
class _Hashed:
    table: npt.NDArray[np.int64]

    def columns(self, count: int) -> list[Array]:
        """The hash and what stands beside it, in order of hash."""
        return [self.table[:, place] for place in range(count)] if self.table.size else [np.empty(0)] * count


def _by_hash(found: Iterable[tuple[int, tuple[int, ...]]]) -> _Hashed:
    table = np.array([(key, *values) for key, values in found], np.int64)
    return _Hashed(table[np.lexsort(table.T[::-1])] if table.size else table)


def _blob(texts: Iterable[str]) -> tuple[Array, Array]:
    encoded = [text.encode() for text in texts]
    ends = np.cumsum([0, *(len(each) for each in encoded)])
    return np.frombuffer(b"".join(encoded), np.uint8), ends


def strings(table: Table, parts: Array, form: int) -> list[bytes]:
    """One form of the numbered parts: 0 simple, 1 roman, 2 skeleton. All are ASCII."""
    places = parts.astype(np.int64) * 3 + form
    starts, ends = table.form_ends[places].tolist(), table.form_ends[places + 1].tolist()
    blob = table.forms.data
    return [bytes(blob[start:end]) for start, end in zip(starts, ends, strict=True)]


def spread(starts: Array, counts: Array) -> Array:
    """All places ``start … start + count - 1``, one after another."""
    total = int(counts.sum())
    begins = np.cumsum(counts) - counts
    return np.repeat(starts - begins, counts) + np.arange(total)


def initials_of(reading: Reading) -> int:
    """How many parts of a reading are initials."""
    return sum(part.role is Role.INITIAL for part in reading.parts)
