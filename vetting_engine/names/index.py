"""Finds, among many names, all that could reach a floor against a given name: quickly and without loss.

Names repeat few parts, so parts are compared, not names: each distinct part of a query is compared once with the
distinct parts that share a key or are about one edit away (deletion neighbourhood, as SymSpell does, exact for one
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
from vetting_engine.names._similarity import likeness, neighbourhood
from vetting_engine.names.background import FLOOR as RAREST
from vetting_engine.names.compare import Alignment, align, runs
from vetting_engine.names.parts import ParsedName, Part, Reading, Role

__all__ = ["Floors", "NameIndex", "Retrieved"]

_Ints = npt.NDArray[np.int32]
#: Centibits each name must reach, by its number.
Floors = npt.NDArray[np.int32]
_FormKey = tuple[str, bool, Role]
_LEAST_PREFIX: Final = 3


@dataclass(frozen=True, slots=True)
class Retrieved:
    """A name of the index that reaches the floor: its number, and the alignment of the best readings."""

    name: int
    alignment: Alignment


@dataclass(frozen=True, slots=True)
class _Reach:
    """What a part (or a run of parts in one word) of the query reaches: rows, each once and in order; what it is
    worth there at most; how much rarity of the row, and of the query, that would answer.
    """

    rows: _Ints
    worth: _Ints
    answered: _Ints
    own: int
    most: int


class NameIndex:
    """An index over parsed names; names are numbered in the order given. A row is one reading of a name."""

    def __init__(self, names: Sequence[ParsedName]) -> None:
        self._rows: list[tuple[int, Reading]] = [
            (number, reading) for number, name in enumerate(names) for reading in name.readings
        ]
        self._parts: list[Part] = []
        self._numbers: dict[_FormKey, int] = {}
        self._reaches: dict[_FormKey, _Reach] = {}
        postings: defaultdict[int, list[int]] = defaultdict(list)
        joined: defaultdict[str, list[tuple[int, int, int]]] = defaultdict(list)
        for row, (_, reading) in enumerate(self._rows):
            for part in reading.parts:
                postings[self._number(part)].append(row)
            for (start, end), keys, rarity in runs(reading.parts):
                whole = sum(part.rarity for part in reading.parts[start:end])
                for key in sorted(keys):
                    joined[key].append((row, rarity, whole))
        self._postings = [np.unique(np.array(postings[number], dtype=np.int32)) for number in range(len(self._parts))]
        self._joined = dict(joined)
        self._names = np.array([number for number, _ in self._rows], dtype=np.int32)
        self._weight = np.array([reading.weight for _, reading in self._rows], dtype=np.int32)
        self._initials = np.array([_initials(reading) for _, reading in self._rows], dtype=np.int32)
        self._by_key = self._keyed()
        self._sorted = sorted((part.roman, number) for number, part in enumerate(self._parts))
        self._romans = [roman for roman, _ in self._sorted]

    def __len__(self) -> int:
        return len(self._rows)

    def search(self, name: ParsedName, floor: int, floors: Floors | None = None) -> list[Retrieved]:
        """All names whose score against ``name`` is at least ``floor`` centibits, and their own of ``floors``."""
        best: dict[int, Alignment] = {}
        for reading in name.readings:
            for row in self._within_reach(reading, floor, floors):
                number, other = self._rows[row]
                least = floor if floors is None else max(floor, int(floors[number]))
                found = align(reading, other)
                if found.centibits >= least and (number not in best or found.centibits > best[number].centibits):
                    best[number] = found
        return [Retrieved(number, best[number]) for number in sorted(best)]

    def _within_reach(self, reading: Reading, floor: int, floors: Floors | None) -> list[int]:
        """Rows whose upper bound reaches their floor."""
        reaches = [self._reach(part) for part in reading.parts if part.role is not Role.INITIAL]
        reaches += self._run_reaches(reading)
        initials = _initials(reading)
        # A row's own initials answer parts of ours; how many is known only later, so the most of the index counts.
        slack = weights.INITIAL_WORTH * (initials + len(reading.parts) * bool(self._initials.any()))
        bonus = reading.complete + weights.TITLE
        near = _essential(reaches, floor - bonus - slack)
        if not near.size:
            return []
        worth, lacking, lost = self._sums(reading, reaches, near, initials)
        lesser, larger = np.minimum(lost, lacking), np.maximum(lost, lacking)
        cost = (lesser > 0) * weights.CONTRADICTION_BASE + lesser * weights.CONTRADICTION_SHARE // 100
        cost += (larger - lesser) * weights.OMISSION_SHARE // 100
        bound = worth + weights.TITLE + np.where(larger > 0, 0, reading.complete) - cost
        # Floors of the score round each part down; the bound rounds its sums: two centibits of difference at most.
        least = np.maximum(floor, floors[self._names[near]]) if floors is not None else floor
        return [int(row) for row in near[bound >= least - 2]]

    def _sums(
        self, reading: Reading, reaches: Sequence[_Reach], near: _Ints, initials: int
    ) -> tuple[_Ints, _Ints, _Ints]:
        """Per row: most that the parts can be worth, and the least rarity left over on each side."""
        theirs = self._initials[near]
        worth = weights.INITIAL_WORTH * (initials + np.minimum(theirs, len(reading.parts)))
        lacking = self._weight[near] - initials * RAREST - theirs * weights.INITIAL_WORTH
        lost = reading.weight - theirs * RAREST - initials * weights.INITIAL_WORTH
        for reach in reaches:
            if reach.rows.size:
                place = np.minimum(np.searchsorted(reach.rows, near), reach.rows.size - 1)
                there = reach.rows[place] == near
                worth += reach.worth[place] * there
                lacking -= reach.answered[place] * there
                lost -= reach.own * there
        return worth, np.maximum(lacking, 0), np.maximum(lost, 0)

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
            for key in part.keys.union(neighbourhood(part, asked=False)):
                keyed[key].append(number)
        return dict(keyed)

    def _reach(self, part: Part) -> _Reach:
        key = (part.roman, part.abjad, part.role)
        reach = self._reaches.get(key)
        if reach is None:
            reach = self._reaches[key] = self._reach_anew(part)
        return reach

    def _reach_anew(self, part: Part) -> _Reach:
        found: list[tuple[_Ints, int, int]] = []
        for number in sorted(self._alike(part)):
            other = self._parts[number]
            percent = likeness(part, other)[1]
            if percent:
                worth = min(part.rarity, other.rarity) * percent // 100
                found.append((self._postings[number], worth, other.rarity))
        for key in sorted(part.keys):
            for row, rarity, whole in self._joined.get(key, ()):
                worth = min(part.rarity, rarity) * weights.JOINED // 100
                found.append((np.array([row], np.int32), worth, whole))
        return _merged(found, part.rarity)

    def _run_reaches(self, reading: Reading) -> Iterator[_Reach]:
        """Rows where neighbours of the query are written as one word."""
        for (start, end), keys, rarity in runs(reading.parts):
            numbers = {number for key in keys for number in self._by_key.get(key, ())}
            if not numbers:
                continue
            whole = sum(part.rarity for part in reading.parts[start:end])
            yield _merged(
                [
                    (
                        self._postings[number],
                        min(self._parts[number].rarity, rarity) * weights.JOINED // 100,
                        self._parts[number].rarity,
                    )
                    for number in sorted(numbers)
                ],
                whole,
            )

    def _alike(self, part: Part) -> set[int]:
        numbers: set[int] = set()
        for key in part.keys.union(neighbourhood(part, asked=True)):
            numbers.update(self._by_key.get(key, ()))
        numbers.update(self._by_beginning(part.roman))
        return numbers

    def _by_beginning(self, roman: str) -> Iterator[int]:
        """Parts that begin with ``roman``, and parts it begins with."""
        for end in range(_LEAST_PREFIX, len(roman) + 1):
            beginning = roman[:end]
            place = bisect_left(self._romans, beginning)
            while place < len(self._romans) and (
                self._romans[place] == beginning or (end == len(roman) and self._romans[place].startswith(beginning))
            ):
                yield self._sorted[place][1]
                place += 1


def _initials(reading: Reading) -> int:
    return sum(part.role is Role.INITIAL for part in reading.parts)


def _essential(reaches: Sequence[_Reach], needed: int) -> _Ints:
    """Rows that could have ``needed``: the parts that together stay below it bring no row of their own.

    The idea is MaxScore (Turtle and Flood 1995): half the world's names need not be walked for "Mohammed".
    """
    walked: list[_Ints] = []
    spent = 0
    for reach in sorted(reaches, key=lambda each: each.most):
        spent += reach.most
        if spent >= needed:
            walked.append(reach.rows)
    return np.unique(np.concatenate(walked)) if walked else np.empty(0, np.int32)


def _merged(found: Sequence[tuple[_Ints, int, int]], own: int) -> _Reach:
    """Postings with what they are worth, each row once with the most of both."""
    if not found:
        empty = np.empty(0, np.int32)
        return _Reach(empty, empty, empty, own, 0)
    sizes = [len(rows) for rows, _, _ in found]
    rows = np.concatenate([rows for rows, _, _ in found])
    kept, place = np.unique(rows, return_inverse=True)
    worth, answered = np.zeros(len(kept), np.int32), np.zeros(len(kept), np.int32)
    np.maximum.at(worth, place, np.repeat(np.array([worth for _, worth, _ in found], np.int32), sizes))
    np.maximum.at(answered, place, np.repeat(np.array([rarity for _, _, rarity in found], np.int32), sizes))
    return _Reach(kept, worth, answered, own, max(worth for _, worth, _ in found))
