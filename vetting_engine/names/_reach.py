"""What a part of a query could be worth at most beside every listed part: worked out for a whole batch at once.

The bound follows ``_similarity.likeness`` way by way and never lies below it.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from operator import attrgetter
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt
from rapidfuzz import process
from rapidfuzz.distance import OSA

from vetting_engine.names import _weights as weights
from vetting_engine.names._keys import Array, hashes_of, hashes_of_keys, in_order, spelling_keys, spread
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

__all__ = ["Reach", "Run", "are_known", "reaches_of_parts", "reaches_of_runs"]

_FAR: Final = 3
_HASH_BITS: Final = 32
#: Places of the forms.
_SIMPLE, _ROMAN, _SKELETON = range(3)
#: Neighbours of a query written as one word: keys, rarity; and the rarity of its parts together.
Run = tuple[frozenset[str], int, int]
_NONE: Final = np.empty(0, np.int32)


class Joined(NamedTuple):
    """Rows where the part is written as several words: what it is worth there at most, and the rarity answered."""

    rows: Ints
    worth: Ints
    answered: Ints


class Reach(NamedTuple):
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


_NOTHING: Final = Reach(_NONE, _NONE, 0, 0, 0)


def reaches_of_parts(table: Table, parts: Sequence[Part]) -> list[Reach]:
    """One reach per part, in order."""
    named = _named_keys(parts)
    owners, listed, percent = _alike(table, parts, named)
    ours = np.array([part.rarity for part in parts], np.int64)
    worth = np.minimum(ours[owners], table.rarity[listed]) * percent // 100
    joined = _joined(table, named, ours)
    return _reaches(table, (owners, listed, worth), ours.tolist(), joined)


def are_known(table: Table, keys: Sequence[str]) -> list[bool]:
    """Whether any listed part could have the key: True for all that have it, and for a few more."""
    found: list[bool] = (_looked_up(table, hashes_of(keys))[1] > 0).tolist()
    return found


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
    ordered, order = in_order(hashes, 1 << _HASH_BITS)  # one after another they are found many times as quickly
    places = np.empty(len(hashes), np.int64)
    places[order] = np.searchsorted(table.key_hashes, ordered)
    places[places == len(table.key_hashes)] = 0
    starts = table.key_ends[places]
    return starts, np.where(table.key_hashes[places] == hashes, table.key_ends[places + 1] - starts, 0)


def _joined(table: Table, named: Sequence[Array], ours: Array) -> dict[int, Joined]:
    """By part: rows where it is written as several words."""
    owners, hashes = named[:2]
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
            reaches.append(_NOTHING)
    return reaches


def _begins(ordered: Array) -> Array:
    """Where each run of equal values begins."""
    if not len(ordered):
        return np.empty(0, np.int64)
    return np.flatnonzero(np.concatenate([[True], ordered[1:] != ordered[:-1]]))


def _named_keys(parts: Sequence[Part]) -> tuple[Array, ...]:
    """Per key of a part: owner, number, and what sharing the key is worth in percent: whatever the spelling; by
    spelling only, where both parts or neither have vowels; the same where one has.
    """
    written = [tuple(part.keys) for part in parts]
    keys = [key for each in written for key in each]
    kinds = np.frombuffer("".join([key[0] for key in keys]).encode(), np.uint8)
    by_bones = kinds == ord("k")
    steady = np.where(by_bones, 0, np.where(kinds == ord("b"), weights.SAME_FATHERED, 100))
    for place in np.flatnonzero(kinds == ord("c")).tolist():
        steady[place] = weights.SAME_CLASS if int(keys[place][2:]) < spelling_classes() else weights.NICKNAME
    lengths = np.where(by_bones, np.fromiter(map(len, keys), np.int64, len(keys)) - len("k:"), 0)
    within, across = (
        np.array(scale)[np.minimum(lengths, len(scale) - 1)]
        for scale in (weights.SKELETON_WITHIN, weights.SKELETON_ACROSS)
    )
    owners = np.repeat(np.arange(len(written)), np.fromiter(map(len, written), np.int64, len(written)))
    return owners, hashes_of(keys), steady, within, across


def _alike(table: Table, parts: Sequence[Part], keys: Sequence[Array]) -> tuple[Array, Array, Array]:
    """Pairs of an asked and a listed part that could agree, with the percent they are worth at most."""
    askers, named, *scales = keys
    spellers, spelled, cut = spelling_keys(parts, asked=True)
    starts, counts = _looked_up(table, np.concatenate([named, spelled]))
    size = max(len(table.rarity), 1)
    pairs_found = np.repeat(np.concatenate([askers, spellers]), counts) * size + table.key_parts[spread(starts, counts)]
    ordered, order = in_order(pairs_found, len(parts) * size)
    begins = _begins(ordered)
    if not len(begins):
        return (np.empty(0, np.int64),) * 3
    pairs = ordered[begins]
    by_name = np.repeat(np.arange(len(askers)), counts[: len(askers)])
    blank = np.zeros(len(pairs_found) - len(by_name), np.int64)
    steady, within, across = (
        np.maximum.reduceat(np.concatenate([scale[by_name], blank])[order], begins) for scale in scales
    )
    is_cut = np.logical_or.reduceat(order >= len(order) - int(counts[len(counts) - cut :].sum()), begins)
    owners, listed = pairs // size, pairs % size
    sides = _Forms.of(parts, owners), _Forms.listed(table, listed)
    crossed = sides[0].vowelless != sides[1].vowelless
    ceilings = _ceilings(*sides, crossed)
    looks = np.where(crossed, across, within)
    open_ones = ceilings > np.maximum(steady, looks)  # the others are as like as they can be
    looks = np.maximum(looks, _edited(*sides, crossed, open_ones))
    looks = np.maximum(looks, np.where(is_cut, _cut_off(*sides), 0))
    percent = np.maximum(steady, np.minimum(looks, ceilings))
    alike = np.flatnonzero(percent)
    return owners[alike], listed[alike], percent[alike]


class _Forms(NamedTuple):
    """Attributes of one side of many pairs: how long the simple, roman and skeleton forms are, and what else counts;
    and the forms themselves, by the ``places`` of the side's parts.
    """

    written: Sequence[Array]
    places: Array
    lengths: Array
    vowelless: npt.NDArray[np.bool_]
    abjad: npt.NDArray[np.bool_]
    rarity: Array
    classes: Array

    @classmethod
    def of(cls, parts: Sequence[Part], places: Array) -> _Forms:
        simple, roman, skeleton, vowelless, abjad, rarity = zip(*map(_COMPARED, parts), strict=True)
        return cls(
            [np.array(column, object) for column in (simple, roman, skeleton)],
            places,
            np.array([list(map(len, column)) for column in (simple, roman, skeleton)])[:, places],
            np.array(vowelless)[places],
            np.array(abjad)[places],
            np.array(rarity)[places],
            np.array(list(map(class_bits, parts)), np.uint64)[places],
        )

    @classmethod
    def listed(cls, table: Table, places: Array) -> _Forms:
        flags = table.flags[places]
        return cls(
            table.written,
            places,
            table.lengths[:, places],
            (flags & VOWELLESS) > 0,
            (flags & ABJAD) > 0,
            table.rarity[places],
            table.classes[places],
        )

    def forms(self, form: int, asked: Array) -> list[str | bytes]:
        """The forms, of some of the pairs only."""
        found: list[str | bytes] = self.written[form][self.places[asked]].tolist()
        return found


_COMPARED: Final = attrgetter("simple", "roman", "skeleton", "vowelless", "abjad", "rarity")


def _away(ours: _Forms, theirs: _Forms, form: int, most: int, where: npt.NDArray[np.bool_]) -> Array:
    """Edits from one form to the other; more than ``most``, and any but ``where``, count as one more."""
    near = np.abs(ours.lengths[form] - theirs.lengths[form]) <= most
    asked = np.flatnonzero(where & near)
    away = np.full(len(where), most + 1, np.int64)
    if len(asked):
        pairs = ours.forms(form, asked), theirs.forms(form, asked)
        away[asked] = process.cpdist(*pairs, scorer=OSA.distance, score_cutoff=most, dtype=np.int32)
    return away


def _edited(ours: _Forms, theirs: _Forms, crossed: npt.NDArray[np.bool_], where: npt.NDArray[np.bool_]) -> Array:
    """Percent by edit distance of the forms that the two writings allow; 0 or less than that but ``where``."""
    shorter, longer = np.minimum(ours.lengths, theirs.lengths), np.maximum(ours.lengths, theirs.lengths)
    lengths, fewer = longer[_SIMPLE], shorter[_SKELETON]
    straight = ~crossed & where & (lengths >= LEAST_EDIT_LENGTH)
    away = _away(ours, theirs, _SIMPLE, _FAR, straight)
    by_bones = crossed & where & (fewer >= LEAST_BONES) & (longer[_SKELETON] >= LEAST_SKELETON)
    # Two edits are told apart by the beginning of long forms, more by their skeletons: either way is allowed here.
    far = straight & (away >= _FAR) & (fewer >= LEAST_ALIKE)
    near = _away(ours, theirs, _SKELETON, 1, by_bones | far) <= 1
    scaled = EDIT_BY_LENGTH[np.minimum(away, _FAR), np.minimum(lengths, LONGEST_SCALED)]
    scaled = np.where(straight & ((away < _FAR) | (far & near)), scaled, 0)
    slipped = straight & (away > 1) & (shorter[_ROMAN] >= LEAST_SLIP)
    slip = np.where(_away(ours, theirs, _ROMAN, 1, slipped) <= 1, weights.SLIP, 0)
    return np.where(by_bones & near, weights.SKELETON_NEAR, np.maximum(scaled, slip))


def _cut_off(ours: _Forms, theirs: _Forms) -> Array:
    """Percent where one is the beginning of the other."""
    shorter = np.minimum(ours.lengths[_ROMAN], theirs.lengths[_ROMAN])
    percent = np.array(weights.TRUNCATED)[np.minimum(shorter, len(weights.TRUNCATED) - 1)]
    return np.where(ours.abjad == theirs.abjad, percent, 0)


def _ceilings(ours: _Forms, theirs: _Forms, crossed: npt.NDArray[np.bool_]) -> Array:
    """What a likeness of spelling may be worth at most."""
    known = (ours.classes > 0) & (theirs.classes > 0) & ((ours.classes & theirs.classes) == 0)
    common = np.maximum(ours.rarity, theirs.rarity) < weights.COMMON_BELOW
    ceiling = np.where(common & ~crossed, weights.BOTH_COMMON, 100)
    return np.where(known, 0, ceiling)
