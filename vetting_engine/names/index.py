"""Finds, among many names, all that could reach a floor against a given name: quickly and without loss.

Names repeat few parts, so parts are compared, not names: each distinct part of a query is compared once with the
distinct parts that share a key or are one edit away (deletion neighbourhood, as SymSpell does, exact for one
edit), and remembered for the rest of the batch. The weights found give every name an upper bound of its score;
only names whose bound reaches the floor are aligned in full.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from vetting_engine.names import _weights as weights
from vetting_engine.names._similarity import likeness
from vetting_engine.names.compare import Alignment, align, runs
from vetting_engine.names.parts import ParsedName, Part, Reading, Role

__all__ = ["NameIndex", "Retrieved"]

_Rows = npt.NDArray[np.int32]
_Bits = npt.NDArray[np.float64]
_FormKey = tuple[str, bool, Role]
_LEAST_PREFIX: Final = 3
_LEAST_BONES: Final = 3


@dataclass(frozen=True, slots=True)
class Retrieved:
    """A name of the index that reaches the floor: its number, and the alignment of the best readings."""

    name: int
    alignment: Alignment


@dataclass(frozen=True, slots=True)
class _Reach:
    """What one query part reaches: rows of names, what it is worth there, and the rarity it answers there."""

    rows: _Rows
    worth: _Bits
    answered: _Bits


class NameIndex:
    """An index over parsed names; names are numbered in the order given."""

    def __init__(self, names: Sequence[ParsedName]) -> None:
        self._rows: list[tuple[int, Reading]] = [
            (number, reading) for number, name in enumerate(names) for reading in name.readings
        ]
        self._parts: list[Part] = []
        self._numbers: dict[_FormKey, int] = {}
        self._reaches: dict[_FormKey, _Reach] = {}
        postings: defaultdict[int, list[int]] = defaultdict(list)
        joined: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
        for row, (_, reading) in enumerate(self._rows):
            for part in reading.parts:
                postings[self._number(part)].append(row)
            for _, keys, rarity in runs(reading.parts):
                for key in sorted(keys):
                    joined[key].append((row, rarity))
        self._postings = [np.unique(np.array(postings[number], dtype=np.int32)) for number in range(len(self._parts))]
        self._joined = dict(joined)
        self._weight = np.array([reading.weight for _, reading in self._rows], dtype=np.float64)
        self._spare = np.array([self._bonus(reading) for _, reading in self._rows], dtype=np.float64)
        self._by_key = self._keyed()
        self._sorted = sorted((part.roman, number) for number, part in enumerate(self._parts))
        self._romans = [roman for roman, _ in self._sorted]

    def __len__(self) -> int:
        return len(self._rows)

    def search(self, name: ParsedName, floor: int) -> list[Retrieved]:
        """All names whose score against ``name`` is at least ``floor`` centibits, by number."""
        best: dict[int, Alignment] = {}
        for reading in name.readings:
            for row in self._within_reach(reading, floor):
                number, other = self._rows[row]
                found = align(reading, other)
                if found.centibits >= floor and (number not in best or found.centibits > best[number].centibits):
                    best[number] = found
        return [Retrieved(number, best[number]) for number in sorted(best)]

    def _within_reach(self, reading: Reading, floor: int) -> list[int]:
        reaches = [self._reach(part) for part in reading.parts if part.role is not Role.INITIAL]
        reaches += list(self._joined_reaches(reading))
        if not reaches:
            return []
        rows = np.concatenate([reach.rows for reach in reaches])
        worth = np.bincount(rows, np.concatenate([reach.worth for reach in reaches]), len(self._rows))
        spare = (
            weights.COMPLETE
            + weights.TITLE
            + weights.INITIAL_WORTH * sum(part.role is Role.INITIAL for part in reading.parts)
        )
        near = np.flatnonzero(worth + self._spare + spare >= floor)
        if not near.size:
            return []
        answered = np.bincount(rows, np.concatenate([reach.answered for reach in reaches]), len(self._rows))[near]
        lacking = np.maximum(self._weight[near] - answered - self._spare[near] - spare, 0)
        lost = np.maximum(reading.weight - answered - self._spare[near] - spare, 0)
        lesser, larger = np.minimum(lost, lacking), np.maximum(lost, lacking)
        cost = np.where(lesser > 0, weights.CONTRADICTION_BASE + lesser * weights.CONTRADICTION_SHARE / 100, 0)
        cost += (larger - lesser) * weights.OMISSION_SHARE / 100
        bound = worth[near] + self._spare[near] + spare - cost
        return [int(row) for row in near[bound >= floor - 1]]

    def _bonus(self, reading: Reading) -> int:
        """What this reading's initials may add: they are not indexed."""
        return weights.INITIAL_WORTH * sum(part.role is Role.INITIAL for part in reading.parts)

    def _number(self, part: Part) -> int:
        key = (part.roman, part.abjad, part.role)
        number = self._numbers.get(key)
        if number is None:
            number = self._numbers[key] = len(self._parts)
            self._parts.append(part)
        return number

    def _keyed(self) -> dict[str, list[int]]:
        keyed: defaultdict[str, list[int]] = defaultdict(list)
        for number, part in enumerate(self._parts):
            for key in part.keys | frozenset(_neighbourhood(part)):
                keyed[key].append(number)
        return dict(keyed)

    def _reach(self, part: Part) -> _Reach:
        key = (part.roman, part.abjad, part.role)
        reach = self._reaches.get(key)
        if reach is None:
            reach = self._reaches[key] = self._reach_anew(part)
        return reach

    def _reach_anew(self, part: Part) -> _Reach:
        found: list[tuple[int, int, int]] = []
        for number in sorted(self._alike(part)):
            other = self._parts[number]
            percent = likeness(part, other)[1]
            if percent:
                found.append((number, min(part.rarity, other.rarity) * percent // 100, max(part.rarity, other.rarity)))
        if not found:
            return _Reach(np.empty(0, np.int32), np.empty(0), np.empty(0))
        sizes = [len(self._postings[number]) for number, _, _ in found]
        return _Reach(
            np.concatenate([self._postings[number] for number, _, _ in found]),
            np.repeat(np.array([worth for _, worth, _ in found], np.float64), sizes),
            np.repeat(np.array([rarity for _, _, rarity in found], np.float64), sizes),
        )

    def _alike(self, part: Part) -> set[int]:
        numbers: set[int] = set()
        for key in part.keys | frozenset(_neighbourhood(part)):
            numbers.update(self._by_key.get(key, ()))
        numbers.update(self._by_beginning(part.roman))
        return numbers

    def _by_beginning(self, roman: str) -> Iterator[int]:
        if len(roman) < _LEAST_PREFIX:
            return
        place = bisect_left(self._romans, roman)
        while place < len(self._romans) and self._romans[place].startswith(roman):
            yield self._sorted[place][1]
            place += 1
        for end in range(_LEAST_PREFIX, len(roman)):
            place = bisect_left(self._romans, roman[:end])
            while place < len(self._romans) and self._romans[place] == roman[:end]:
                yield self._sorted[place][1]
                place += 1

    def _joined_reaches(self, reading: Reading) -> Iterator[_Reach]:
        """Rows where parts of one side are written as one word on the other."""
        for part in reading.parts:
            for key in sorted(part.keys):
                for row, rarity in self._joined.get(key, ()):
                    yield _single(row, min(part.rarity, rarity) * weights.JOINED // 100, 4 * max(part.rarity, rarity))
        for _, keys, rarity in runs(reading.parts):
            for key in sorted(keys):
                for number in self._by_key.get(key, ()):
                    worth = min(self._parts[number].rarity, rarity) * weights.JOINED // 100
                    for row in self._postings[number]:
                        yield _single(int(row), worth, 4 * max(rarity, self._parts[number].rarity))


def _single(row: int, worth: int, answered: int) -> _Reach:
    return _Reach(np.array([row], np.int32), np.array([worth], np.float64), np.array([answered], np.float64))


def _neighbourhood(part: Part) -> Iterator[str]:
    """Keys two parts share when their simple forms, or skeletons of three letters, are at most one edit apart."""
    if part.role is Role.INITIAL:
        return
    if not part.abjad:
        yield from (f"d:{form}" for form in _deletions(part.simple))
    if len(part.skeleton) >= _LEAST_BONES:
        yield from (f"e:{form}" for form in _deletions(part.skeleton))


def _deletions(form: str) -> Iterator[str]:
    yield form
    for place in range(len(form)):
        yield form[:place] + form[place + 1 :]
