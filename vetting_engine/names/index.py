"""Finds, among many names, all that could reach a floor against a given name: quickly and without loss.

Names repeat few parts, so parts are compared, not names: the distinct parts of a batch are compared once, all
together, with the distinct parts that share a key or are about one edit away (deletion neighbourhood, as SymSpell
does, exact for one edit), and remembered. The weights found give every name an upper bound of its score; only names
whose bound reaches the floor are aligned in full.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np

from vetting_engine.names import _weights as weights
from vetting_engine.names._reach import Reach, Run, reaches_of_parts, reaches_of_runs
from vetting_engine.names._table import Ints, Table, build, initials_of
from vetting_engine.names.background import FLOOR as RAREST
from vetting_engine.names.compare import Alignment, align, runs
from vetting_engine.names.parts import ParsedName, Part, Reading, Role

__all__ = ["Asked", "Floors", "NameIndex", "Retrieved"]

#: Centibits that the names of these numbers must reach.
Floors = Callable[[Ints], Ints]
_FormKey = tuple[str, bool, Role]
#: Rows that remembered reaches may hold before they are forgotten: 12 bytes each.
_MOST_REMEMBERED: Final = 8_000_000


@dataclass(frozen=True, slots=True)
class Asked:
    """A name asked for, the centibits every answer must reach, and what each must reach by its number."""

    name: ParsedName
    floor: int
    floors: Floors | None = None


@dataclass(frozen=True, slots=True)
class Retrieved:
    """A name of the index that reaches the floor: its number, and the alignment of the best readings."""

    name: int
    alignment: Alignment


class NameIndex:
    """An index over parsed names; names are numbered in the order given. A row is one reading of a name."""

    def __init__(self, names: Sequence[ParsedName], table: Table | None = None) -> None:
        """``table``: the same names as a table made before, else it is made here."""
        self.table = table = build(names) if table is None else table
        self._names = names
        self._reaches: dict[_FormKey, Reach] = {}
        self._joined: dict[Run, Reach] = {}
        self._remembered = 0
        self._has_odd = bool(table.initials.any())

    def __len__(self) -> int:
        return len(self.table.names)

    def search(self, name: ParsedName, floor: int, floors: Floors | None = None) -> list[Retrieved]:
        """All names whose score against ``name`` is at least ``floor`` centibits, and their own of ``floors``."""
        return self.search_many([Asked(name, floor, floors)])[0]

    def search_many(self, asked: Sequence[Asked]) -> list[list[Retrieved]]:
        """One answer per name asked for, in order. Parts that several ask for are compared once."""
        readings = [reading for each in asked for reading in each.name.readings]
        self._compare(readings)
        return [self._search(each) for each in asked]

    def _search(self, asked: Asked) -> list[Retrieved]:
        best: dict[int, Alignment] = {}
        for reading in asked.name.readings:
            rows = self._within_reach(reading, asked)
            numbers = self.table.names[rows].tolist()
            places = self.table.reading[rows].tolist()
            least = np.full(len(rows), asked.floor)
            if asked.floors is not None:
                least = np.maximum(asked.floors(self.table.names[rows]), least)
            for number, place, needed in zip(numbers, places, least.tolist(), strict=True):
                others = self._names[number].readings
                if place >= len(others):  # only a forged table says so
                    continue
                found = align(reading, others[place])
                if found.centibits >= needed and (number not in best or found.centibits > best[number].centibits):
                    best[number] = found
        return [Retrieved(number, best[number]) for number in sorted(best)]

    def _compare(self, readings: Iterable[Reading]) -> None:
        """Works out what the parts and runs not met before reach."""
        if self._remembered > _MOST_REMEMBERED:
            self._reaches, self._joined, self._remembered = {}, {}, 0
        parts: dict[_FormKey, Part] = {}
        joined: dict[Run, None] = {}
        for reading in readings:
            parts.update((_key(part), part) for part in reading.parts if _key(part) not in self._reaches)
            joined.update((run, None) for run in _runs(reading) if run not in self._joined)
        if parts:
            for key, reach in zip(parts, reaches_of_parts(self.table, tuple(parts.values())), strict=True):
                self._reaches[key] = reach
                self._remembered += len(reach.rows)
        if joined:
            for run, reach in zip(joined, reaches_of_runs(self.table, tuple(joined)), strict=True):
                self._joined[run] = reach
                self._remembered += len(reach.rows)

    def _within_reach(self, reading: Reading, asked: Asked) -> Ints:
        """Rows whose upper bound reaches their floor."""
        table = self.table
        found = [self._reaches[_key(part)] for part in reading.parts if part.role is not Role.INITIAL]
        found += [self._joined[run] for run in _runs(reading)]
        reaches = [reach for reach in found if reach.rows.size]
        initials = initials_of(reading)
        near = self._near(reading, reaches, asked.floor, initials)
        if not near.size:
            return near
        worth, lacking, lost = self._sums(reading, reaches, near, initials)
        lesser, larger = np.minimum(lost, lacking), np.maximum(lost, lacking)
        cost = (lesser > 0) * weights.CONTRADICTION_BASE + lesser * weights.CONTRADICTION_SHARE // 100
        cost += (larger - lesser) * weights.OMISSION_SHARE // 100
        bound = worth + weights.TITLE + np.where(larger > 0, 0, reading.complete) - cost
        # Floors of the score round each part down; the bound rounds its sums: two centibits of difference at most.
        kept = bound >= asked.floor - 2
        if asked.floors is not None and kept.any():
            kept &= bound >= asked.floors(table.names[near]) - 2
        reaching: Ints = near[kept]
        return reaching

    def _near(self, reading: Reading, reaches: Sequence[Reach], floor: int, initials: int) -> Ints:
        """Rows that could have the floor: parts that together stay below it bring no row of their own.

        The idea is MaxScore (Turtle and Flood 1995): half the world's names need not be walked for "Mohammed". A row
        that answers such parts only leaves the other parts of the query unanswered, which costs. A row's own initials
        could answer them, so rows with initials are walked wherever their sum with the initials' worth could do.
        """
        plain = floor - weights.TITLE - weights.INITIAL_WORTH * initials - 2
        lost = reading.weight - initials * weights.INITIAL_WORTH
        odd = plain - reading.complete - weights.INITIAL_WORTH * len(reading.parts)
        walked: list[Ints] = []
        spent = 0
        for reach in sorted(reaches, key=lambda each: each.most):
            spent += reach.most
            lost -= reach.own
            gain = -(lost * weights.OMISSION_SHARE // 100) if lost > 0 else reading.complete
            if spent + gain >= plain:
                walked.append(reach.rows)
            elif self._has_odd and spent >= odd:
                walked.append(reach.odd)
        if not walked:
            return np.empty(0, np.int32)
        rows = np.concatenate(walked) if len(walked) > 1 else walked[0]
        return np.unique(rows) if len(walked) > 1 else rows

    def _sums(self, reading: Reading, reaches: Sequence[Reach], near: Ints, initials: int) -> tuple[Ints, Ints, Ints]:
        """Per row: most that the parts can be worth, and the least rarity left over on each side."""
        theirs = self.table.initials[near]
        worth = weights.INITIAL_WORTH * (initials + np.minimum(theirs, len(reading.parts)))
        lacking = self.table.weight[near] - initials * RAREST - theirs * weights.INITIAL_WORTH
        lost = reading.weight - theirs * RAREST - initials * weights.INITIAL_WORTH
        for reach in reaches:
            place = np.searchsorted(reach.rows, near)
            place[place == reach.rows.size] = 0
            there = reach.rows[place] == near
            worth += reach.worth[place] * there
            lacking -= reach.answered[place] * there
            lost -= reach.own * there
        return worth, np.maximum(lacking, 0), np.maximum(lost, 0)


def _key(part: Part) -> _FormKey:
    return (part.roman, part.abjad, part.role)


@lru_cache(maxsize=1 << 14)
def _runs(reading: Reading) -> tuple[Run, ...]:
    """Neighbours of the reading as if written in one word."""
    return tuple(
        (keys, rarity, sum(part.rarity for part in reading.parts[start:end]))
        for (start, end), keys, rarity in runs(reading.parts)
    )
