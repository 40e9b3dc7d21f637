"""What a part of a query could be worth at most beside every listed part: worked out for a whole batch at once.

The bound follows ``_similarity.likeness`` way by way and never lies below it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np
import numpy.typing as npt
from rapidfuzz import process
from rapidfuzz.distance import OSA

from vetting_engine.names import _weights as weights
from vetting_engine.names._similarity import (
    EDIT_BY_LENGTH,
    LEAST_ALIKE,
    LEAST_BONES,
    LEAST_EDIT_LENGTH,
    LEAST_SKELETON,
    LEAST_SLIP,
    LONGEST_SCALED,
    class_bits,
    neighbourhood,
)
from vetting_engine.names._table import ABJAD, LEAST_PREFIX, VOWELLESS, Array, Ints, Table, key_hash, spread, strings
from vetting_engine.names.parts import Part, spelling_classes

__all__ = ["Reach", "Run", "reaches_of_parts", "reaches_of_runs"]

_FAR: Final = 3
#: Neighbours of a query written as one word: place, keys, rarity; and the rarity of its parts together.
Run = tuple[frozenset[str], int, int]


@dataclass(frozen=True, slots=True)
class Reach:
    """What a part (or a run of parts in one word) of the query reaches: rows, each once and in order; what it is
    worth there at most; how much rarity of the row, and of the query, that would answer. ``odd`` are those of the
    rows that hold initials.
    """

    rows: Ints
    worth: Ints
    answered: Ints
    odd: Ints
    own: int
    most: int


@dataclass(frozen=True, slots=True)
class _Found:
    """Listed parts (or runs) that answer: owner (place in the batch), rows' source, worth, rarity answered."""

    owners: Array
    rows: Array
    worth: Array
    answered: Array


def reaches_of_parts(table: Table, parts: Sequence[Part]) -> list[Reach]:
    """One reach per part, in order."""
    owners, listed, percent = _alike(table, parts)
    ours = np.array([part.rarity for part in parts], np.int32)
    theirs = table.rarity[listed]
    worth = np.minimum(ours[owners], theirs) * percent // 100
    found = [_postings(table, owners, listed, worth, theirs)]
    keys = [(number, key_hash(key)) for number, part in enumerate(parts) for key in part.keys]
    asked, places = _looked_up(table.run_hashes, keys)
    worth = np.minimum(ours[asked], table.run_rarity[places]) * weights.JOINED // 100
    found.append(_Found(asked, table.run_rows[places], worth, table.run_whole[places]))
    return _merged(table, found, [part.rarity for part in parts])


def reaches_of_runs(table: Table, runs: Sequence[Run]) -> list[Reach]:
    """One reach per run, in order: rows where its parts are written as one word."""
    keys = [(number, key_hash(key)) for number, (keys, _, _) in enumerate(runs) for key in keys]
    owners, places = _looked_up(table.key_hashes, keys)
    listed = table.key_parts[places]
    theirs = table.rarity[listed]
    rarity = np.array([rarity for _, rarity, _ in runs], np.int32)
    worth = np.minimum(theirs, rarity[owners]) * weights.JOINED // 100
    return _merged(table, [_postings(table, owners, listed, worth, theirs)], [whole for _, _, whole in runs])


def _looked_up(hashes: Array, keys: Sequence[tuple[int, int]]) -> tuple[Array, Array]:
    """Owner and place in the table for every key that is there."""
    if not keys:
        return np.empty(0, np.int64), np.empty(0, np.int64)
    asked = np.array(keys, np.int64)
    wanted = asked[:, 1].astype(np.uint32)
    starts = np.searchsorted(hashes, wanted, "left")
    counts = np.searchsorted(hashes, wanted, "right") - starts
    return np.repeat(asked[:, 0], counts), spread(starts, counts)


def _postings(table: Table, owners: Array, listed: Array, worth: Array, answered: Array) -> _Found:
    starts = table.posting_ends[listed]
    counts = table.posting_ends[listed.astype(np.int64) + 1] - starts
    rows = table.postings[spread(starts, counts)]
    return _Found(np.repeat(owners, counts), rows, np.repeat(worth, counts), np.repeat(answered, counts))


def _merged(table: Table, found: Sequence[_Found], own: Sequence[int]) -> list[Reach]:
    """Each owner's rows once, with the most of worth and of rarity answered."""
    size = max(len(table.names), 1)
    places = np.concatenate([each.owners * size + each.rows for each in found])
    order = np.argsort(places, kind="stable")
    places = places[order]
    begins = _begins(places)
    worth = np.concatenate([each.worth for each in found]).astype(np.int32)[order]
    answered = np.concatenate([each.answered for each in found]).astype(np.int32)[order]
    if len(begins):
        worth, answered = np.maximum.reduceat(worth, begins), np.maximum.reduceat(answered, begins)
    places = places[begins]
    owners, rows = places // size, (places % size).astype(np.int32)
    is_odd = table.initials[rows] > 0
    cuts = np.searchsorted(owners, np.arange(len(own) + 1)).tolist()
    return [
        Reach(
            rows[start:end],
            worth[start:end],
            answered[start:end],
            rows[start:end][is_odd[start:end]],
            own[number],
            int(worth[start:end].max(initial=0)),
        )
        for number, (start, end) in enumerate(pairwise(cuts))
    ]


def _begins(ordered: Array) -> Array:
    """Where each run of equal values begins."""
    if not len(ordered):
        return np.empty(0, np.int64)
    return np.flatnonzero(np.concatenate([[True], ordered[1:] != ordered[:-1]]))


def _asked_keys(number: int, part: Part) -> Iterator[tuple[int, int, int, int, int]]:
    """Owner, hash, and what sharing the key is worth in percent: whatever the spelling; by spelling only, where both
    parts or neither have vowels; the same where one has.
    """
    for key in part.keys:
        kind = key[0]
        if kind == "k":
            length = len(key) - 2
            within = weights.SKELETON_WITHIN[min(length, len(weights.SKELETON_WITHIN) - 1)]
            yield (
                number,
                key_hash(key),
                0,
                within,
                weights.SKELETON_ACROSS[min(length, len(weights.SKELETON_ACROSS) - 1)],
            )
        elif kind == "c":
            is_spelling = int(key[2:]) < spelling_classes()
            yield number, key_hash(key), weights.SAME_CLASS if is_spelling else weights.NICKNAME, 0, 0
        else:
            yield number, key_hash(key), weights.SAME_FATHERED if kind == "b" else 100, 0, 0
    for key in neighbourhood(part, asked=True):
        yield number, key_hash(key), 0, 0, 0
    roman = part.roman
    if len(roman) >= LEAST_PREFIX:
        yield number, key_hash(f"t:{roman}"), 0, 0, 0
    for end in range(LEAST_PREFIX, len(roman)):
        yield number, key_hash(f"r:{roman[:end]}"), 0, 0, 0


def _alike(table: Table, parts: Sequence[Part]) -> tuple[Array, Array, Array]:
    """Pairs of an asked and a listed part that could agree, with the percent they are worth at most."""
    asked = np.array([each for number, part in enumerate(parts) for each in _asked_keys(number, part)], np.int64)
    if not asked.size or not len(table.rarity):
        return (np.empty(0, np.int64),) * 3
    wanted = asked[:, 1].astype(np.uint32)
    starts = np.searchsorted(table.key_hashes, wanted, "left")
    counts = np.searchsorted(table.key_hashes, wanted, "right") - starts
    listed = table.key_parts[spread(starts, counts)]
    pairs = np.repeat(asked[:, 0], counts) * len(table.rarity) + listed
    order = np.argsort(pairs, kind="stable")
    begins = _begins(pairs[order])
    if not len(begins):
        return (np.empty(0, np.int64),) * 3
    steady, within, across = (
        np.maximum.reduceat(np.repeat(asked[:, place], counts)[order], begins) for place in (2, 3, 4)
    )
    pairs = pairs[order][begins]
    owners, listed = pairs // len(table.rarity), pairs % len(table.rarity)
    ours = _Forms.of(parts, owners)
    theirs = _Forms.listed(table, listed)
    crossed = ours.vowelless != theirs.vowelless
    looks = np.where(crossed, across, within)
    looks = np.maximum(looks, _edited(ours, theirs, crossed))
    looks = np.maximum(looks, _cut_off(ours, theirs))
    percent = np.maximum(steady, np.minimum(looks, _ceilings(ours, theirs, crossed)))
    alike = np.flatnonzero(percent)
    return owners[alike], listed[alike], percent[alike]


@dataclass(frozen=True, slots=True)
class _Forms:
    """Attributes of one side of many pairs."""

    simple: list[bytes]
    roman: list[bytes]
    skeleton: list[bytes]
    vowelless: npt.NDArray[np.bool_]
    abjad: npt.NDArray[np.bool_]
    rarity: Array
    classes: Array

    @classmethod
    def of(cls, parts: Sequence[Part], places: Array) -> _Forms:
        forms = [
            [text.encode() for text in column]
            for column in zip(*((part.simple, part.roman, part.skeleton) for part in parts), strict=True)
        ]
        simple, roman, skeleton = ([column[place] for place in places.tolist()] for column in forms)
        return cls(
            simple,
            roman,
            skeleton,
            np.array([part.vowelless for part in parts], np.bool_)[places],
            np.array([part.abjad for part in parts], np.bool_)[places],
            np.array([part.rarity for part in parts], np.int64)[places],
            np.array([class_bits(part) for part in parts], np.uint64)[places],
        )

    @classmethod
    def listed(cls, table: Table, places: Array) -> _Forms:
        flags = table.flags[places]
        simple, roman, skeleton = (strings(table, places, form) for form in range(3))
        return cls(
            simple,
            roman,
            skeleton,
            (flags & VOWELLESS) > 0,
            (flags & ABJAD) > 0,
            table.rarity[places],
            table.classes[places],
        )


def _lengths(texts: Sequence[bytes]) -> Array:
    return np.fromiter(map(len, texts), np.int64, len(texts))


def _away(ours: Sequence[bytes], theirs: Sequence[bytes], most: int) -> Array:
    """Edits from one to the other; more than ``most`` count as one more."""
    if not ours:
        return np.empty(0, np.int64)
    return np.asarray(process.cpdist(ours, theirs, scorer=OSA.distance, score_cutoff=most, dtype=np.int32))


def _edited(ours: _Forms, theirs: _Forms, crossed: npt.NDArray[np.bool_]) -> Array:
    """Percent by edit distance of the forms that the two writings allow."""
    bones, other = _lengths(ours.skeleton), _lengths(theirs.skeleton)
    near = _away(ours.skeleton, theirs.skeleton, 1) <= 1
    fewer, more = np.minimum(bones, other), np.maximum(bones, other)
    by_bones = np.where(near & (fewer >= LEAST_BONES) & (more >= LEAST_SKELETON), weights.SKELETON_NEAR, 0)
    lengths = np.maximum(_lengths(ours.simple), _lengths(theirs.simple))
    away = _away(ours.simple, theirs.simple, _FAR)
    # Two edits are told apart by the beginning of long forms, more by their skeletons: either way is allowed here.
    allowed = (away < _FAR) | ((away == _FAR) & near & (fewer >= LEAST_ALIKE))
    scaled = np.where(allowed, EDIT_BY_LENGTH[np.minimum(away, _FAR), np.minimum(lengths, LONGEST_SCALED)], 0)
    long = np.minimum(_lengths(ours.roman), _lengths(theirs.roman)) >= LEAST_SLIP
    slip = np.where(long & (_away(ours.roman, theirs.roman, 1) <= 1), weights.SLIP, 0)
    by_edit = np.where(lengths >= LEAST_EDIT_LENGTH, np.maximum(scaled, slip), 0)
    return np.where(crossed, by_bones, by_edit)


def _cut_off(ours: _Forms, theirs: _Forms) -> Array:
    """Percent where one is the beginning of the other."""
    last = len(weights.TRUNCATED) - 1
    found = [
        weights.TRUNCATED[min(len(one), len(other), last)] if one.startswith(other) or other.startswith(one) else 0
        for one, other in zip(ours.roman, theirs.roman, strict=True)
    ]
    return np.where(ours.abjad == theirs.abjad, np.array(found, np.int64), 0)


def _ceilings(ours: _Forms, theirs: _Forms, crossed: npt.NDArray[np.bool_]) -> Array:
    """What a likeness of spelling may be worth at most."""
    known = (ours.classes > 0) & (theirs.classes > 0) & ((ours.classes & theirs.classes) == 0)
    common = np.maximum(ours.rarity, theirs.rarity) < weights.COMMON_BELOW
    ceiling = np.where(common & ~crossed, weights.BOTH_COMMON, 100)
    return np.where(known, 0, ceiling)
