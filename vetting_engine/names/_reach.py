"""What a part of a query could be worth at most beside every listed part: worked out for a whole batch at once.

The bound follows ``_similarity.likeness`` way by way and never lies below it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np
import numpy.typing as npt
from rapidfuzz import process
from rapidfuzz.distance import OSA

from vetting_engine.names import _weights as weights
from vetting_engine.names._keys import Array, hashes_of_keys, key_hash, spelling_keys, spread
from vetting_engine.names._similarity import (
    EDIT_BY_LENGTH,
    LEAST_ALIKE,
    LEAST_BONES,
    LEAST_EDIT_LENGTH,
    LEAST_SKELETON,
    LEAST_SLIP,
    LONGEST_SCALED,
    class_bits,
)
from vetting_engine.names._table import ABJAD, VOWELLESS, Ints, Table
from vetting_engine.names.parts import Part, spelling_classes

__all__ = ["Reach", "Run", "reaches_of_parts", "reaches_of_runs"]

_FAR: Final = 3
#: Neighbours of a query written as one word: keys, rarity; and the rarity of its parts together.
Run = tuple[frozenset[str], int, int]
_NONE: Final = np.empty(0, np.int32)


@dataclass(frozen=True, slots=True)
class Joined:
    """Rows where the part is written as several words: what it is worth there at most, and the rarity answered."""

    rows: Ints
    worth: Ints
    answered: Ints


@dataclass(frozen=True, slots=True)
class Reach:
    """What a part (or a run of parts in one word) of the query reaches.

    ``listed`` parts, each once and in order, with what it is ``worth`` beside each at most; ``own`` is the rarity of
    the query that it answers, ``most`` the highest worth of all, ``volume`` in how many rows it is found.
    """

    listed: Ints
    worth: Ints
    own: int
    most: int
    volume: int
    joined: Joined | None = None


def reaches_of_parts(table: Table, parts: Sequence[Part]) -> list[Reach]:
    """One reach per part, in order."""
    owners, listed, percent = _alike(table, parts)
    ours = np.array([part.rarity for part in parts], np.int64)
    worth = np.minimum(ours[owners], table.rarity[listed]) * percent // 100
    joined = _joined(table, parts, ours)
    return _reaches(table, (owners, listed, worth), ours.tolist(), joined)


def reaches_of_runs(table: Table, runs: Sequence[Run]) -> list[Reach]:
    """One reach per run, in order: the listed parts that are its neighbours as one word."""
    asked, hashes = hashes_of_keys(keys for keys, _, _ in runs)
    places, counts = _looked_up(table, hashes)
    size = max(len(table.rarity), 1)
    pairs = np.unique(np.repeat(asked, counts) * size + table.key_parts[spread(places, counts)])
    owners, listed = pairs // size, pairs % size
    rarity = np.array([rarity for _, rarity, _ in runs], np.int64)
    worth = np.minimum(table.rarity[listed], rarity[owners]) * weights.JOINED // 100
    return _reaches(table, (owners, listed, worth), [whole for _, _, whole in runs], {})


def _looked_up(table: Table, hashes: Array) -> tuple[Array, Array]:
    """Where the parts of each key begin in the table, and how many there are."""
    if not len(table.key_hashes):
        return np.zeros(len(hashes), np.int64), np.zeros(len(hashes), np.int64)
    places = np.searchsorted(table.key_hashes, hashes)
    places[places == len(table.key_hashes)] = 0
    starts = table.key_ends[places]
    return starts, np.where(table.key_hashes[places] == hashes, table.key_ends[places + 1] - starts, 0)


def _joined(table: Table, parts: Sequence[Part], ours: Array) -> dict[int, Joined]:
    """By part: rows where it is written as several words."""
    owners, hashes = hashes_of_keys(part.keys for part in parts)
    starts = np.searchsorted(table.run_hashes, hashes, "left")
    counts = np.searchsorted(table.run_hashes, hashes, "right") - starts
    asked, places = np.repeat(owners, counts), spread(starts, counts)
    worth = np.minimum(ours[asked], table.run_rarity[places]) * weights.JOINED // 100
    return {
        owner: Joined(table.run_rows[found], worth[asked == owner], table.run_whole[found])
        for owner in np.unique(asked).tolist()
        for found in (places[asked == owner],)
    }


def _reaches(
    table: Table, pairs: tuple[Array, Array, Array], own: Sequence[int], joined: dict[int, Joined]
) -> list[Reach]:
    """The pairs (owner, listed, worth; in order) by owner."""
    owners, listed, worth = pairs[0], pairs[1].astype(np.int32), pairs[2].astype(np.int32)
    volumes = np.cumsum(np.concatenate([[0], table.posting_ends[listed + 1] - table.posting_ends[listed]]))
    cuts = np.searchsorted(owners, np.arange(len(own) + 1))
    most = np.zeros(len(own), np.int64)
    filled = np.flatnonzero(np.diff(cuts))
    if len(filled):
        most[filled] = np.maximum.reduceat(worth, cuts[filled])
    totals = np.diff(volumes[cuts]).tolist()
    reaches = []
    for number, ((start, end), best, volume) in enumerate(
        zip(pairwise(cuts.tolist()), most.tolist(), totals, strict=True)
    ):
        also = joined.get(number)
        if also is not None:
            those = (listed[start:end], worth[start:end], own[number])
            reaches.append(Reach(*those, max(best, int(also.worth.max())), volume + len(also.rows), also))
        elif end > start:
            reaches.append(Reach(listed[start:end], worth[start:end], own[number], best, volume))
        else:
            reaches.append(Reach(_NONE, _NONE, own[number], 0, 0))
    return reaches


def _begins(ordered: Array) -> Array:
    """Where each run of equal values begins."""
    if not len(ordered):
        return np.empty(0, np.int64)
    return np.flatnonzero(np.concatenate([[True], ordered[1:] != ordered[:-1]]))


def _named_keys(parts: Sequence[Part]) -> Array:
    """Per key of a part: owner, number, and what sharing the key is worth in percent: whatever the spelling; by
    spelling only, where both parts or neither have vowels; the same where one has.
    """
    within, across = weights.SKELETON_WITHIN, weights.SKELETON_ACROSS
    found: list[int] = []
    for number, part in enumerate(parts):
        for key in part.keys:
            kind, scaled = key[0], (0, 0)
            steady = weights.SAME_FATHERED if kind == "b" else 100
            if kind == "k":
                length = len(key) - 2
                steady, scaled = 0, (within[min(length, len(within) - 1)], across[min(length, len(across) - 1)])
            elif kind == "c":
                steady = weights.SAME_CLASS if int(key[2:]) < spelling_classes() else weights.NICKNAME
            found += (number, key_hash(key), steady, *scaled)
    return np.array(found, np.int64).reshape(-1, 5).T


def _alike(table: Table, parts: Sequence[Part]) -> tuple[Array, Array, Array]:
    """Pairs of an asked and a listed part that could agree, with the percent they are worth at most."""
    askers, named, *scales = _named_keys(parts)
    spellers, spelled = spelling_keys(parts, asked=True)
    starts, counts = _looked_up(table, np.concatenate([named.astype(np.uint32), spelled]))
    size = max(len(table.rarity), 1)
    pairs = np.repeat(np.concatenate([askers, spellers]), counts) * size + table.key_parts[spread(starts, counts)]
    order = np.argsort(pairs, kind="stable")
    ordered = pairs[order]
    begins = _begins(ordered)
    if not len(begins):
        return (np.empty(0, np.int64),) * 3
    pairs = ordered[begins]
    blank = np.zeros(int(counts[len(askers) :].sum()), np.int64)
    steady, within, across = (
        np.maximum.reduceat(np.concatenate([np.repeat(scale, counts[: len(askers)]), blank])[order], begins)
        for scale in scales
    )
    owners, listed = pairs // size, pairs % size
    ours, theirs = _Forms.of(parts, owners), _Forms.listed(table, listed)
    crossed = ours.vowelless != theirs.vowelless
    looks = np.where(crossed, across, within)
    looks = np.maximum(looks, _edited(ours, theirs, crossed))
    looks = np.maximum(looks, _cut_off(ours, theirs))
    percent = np.maximum(steady, np.minimum(looks, _ceilings(ours, theirs, crossed)))
    alike = np.flatnonzero(percent)
    return owners[alike], listed[alike], percent[alike]


@dataclass(frozen=True, slots=True)
class _Forms:
    """Attributes of one side of many pairs: the forms as arrays of ``bytes``."""

    simple: Array
    roman: Array
    skeleton: Array
    vowelless: npt.NDArray[np.bool_]
    abjad: npt.NDArray[np.bool_]
    rarity: Array
    classes: Array

    @classmethod
    def of(cls, parts: Sequence[Part], places: Array) -> _Forms:
        simple, roman, skeleton = (
            np.array([text.encode() for text in column], object)[places]
            for column in zip(*((part.simple, part.roman, part.skeleton) for part in parts), strict=True)
        )
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
        simple, roman, skeleton = (column[places] for column in table.written)
        return cls(
            simple,
            roman,
            skeleton,
            (flags & VOWELLESS) > 0,
            (flags & ABJAD) > 0,
            table.rarity[places],
            table.classes[places],
        )


def _lengths(texts: Array) -> Array:
    return np.fromiter(map(len, texts.tolist()), np.int64, len(texts))


def _away(ours: Array, theirs: Array, most: int) -> Array:
    """Edits from one to the other; more than ``most`` count as one more."""
    if not len(ours):
        return np.empty(0, np.int64)
    found = process.cpdist(ours.tolist(), theirs.tolist(), scorer=OSA.distance, score_cutoff=most, dtype=np.int32)
    return np.asarray(found)


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
        for one, other in zip(ours.roman.tolist(), theirs.roman.tolist(), strict=True)
    ]
    return np.where(ours.abjad == theirs.abjad, np.array(found, np.int64), 0)


def _ceilings(ours: _Forms, theirs: _Forms, crossed: npt.NDArray[np.bool_]) -> Array:
    """What a likeness of spelling may be worth at most."""
    known = (ours.classes > 0) & (theirs.classes > 0) & ((ours.classes & theirs.classes) == 0)
    common = np.maximum(ours.rarity, theirs.rarity) < weights.COMMON_BELOW
    ceiling = np.where(common & ~crossed, weights.BOTH_COMMON, 100)
    return np.where(known, 0, ceiling)
