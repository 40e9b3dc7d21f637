"""Finds, among many names, all that could reach a floor against a given name: quickly and without loss.

Names repeat few parts, so parts are compared, not names: the distinct parts of a batch are compared once, all
together, with the distinct parts that share a key or are about one edit away (deletion neighbourhood, as SymSpell
does, exact for one edit), and remembered. The weights found give every name an upper bound of its score; only names
whose bound reaches the floor are aligned in full.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from vetting_engine.names._bound import Bounds, Floors, Wanted
from vetting_engine.names._reach import Reach, Run, reaches_of_parts, reaches_of_runs
from vetting_engine.names._table import Table, build
from vetting_engine.names.compare import Alignment, align, learn_runs, runs
from vetting_engine.names.parts import ParsedName, Part, Reading, Role

__all__ = ["Asked", "Floors", "NameIndex", "Retrieved"]

_FormKey = tuple[str, bool, Role]
#: Listed parts that remembered reaches may hold before they are forgotten: 8 bytes each.
_MOST_REMEMBERED: Final = 8_000_000


@dataclass(frozen=True, slots=True)
class Asked:
    """A name asked for, and the centibits every answer must reach."""

    name: ParsedName
    floor: int


@dataclass(frozen=True, slots=True)
class Retrieved:
    """A name of the index that reaches the floor: its number, and the alignment of the best readings."""

    name: int
    alignment: Alignment


class NameIndex:
    """An index over parsed names; names are numbered in the order given. A row is one reading of a name."""

    def __init__(self, names: Sequence[ParsedName], table: Table | None = None) -> None:
        """``table``: the same names as a table made before, else it is made here."""
        self.table = build(names) if table is None else table
        self._names = names
        self._bounds = Bounds(self.table)
        self._reaches: dict[_FormKey, Reach] = {}
        self._joined: dict[Run, Reach] = {}
        self._remembered = 0

    def __len__(self) -> int:
        return len(self.table.names)

    def search(self, name: ParsedName, floor: int, floors: Floors | None = None) -> list[Retrieved]:
        """All names whose score against ``name`` is at least ``floor`` centibits, and their own of ``floors``."""
        return self.search_many([Asked(name, floor)], floors)[0]

    def search_many(self, asked: Sequence[Asked], floors: Floors | None = None) -> list[list[Retrieved]]:
        """One answer per name asked for, in order. Parts that several ask for are compared once.

        Args:
            asked: the names, each with the least its answers must reach.
            floors: what they must reach besides, by place in ``asked`` and number of the name that answers.
        """
        if not len(self):
            return [[] for _ in asked]
        self._compare([reading for each in asked for reading in each.name.readings])
        wanted = [
            self._wanted(place, each, reading) for place, each in enumerate(asked) for reading in each.name.readings
        ]
        best: list[dict[int, Alignment]] = [{} for _ in asked]
        for each, rows, least in self._bounds.reaching(wanted, floors):
            numbers = self.table.names[rows]
            self._align(each, zip(rows.tolist(), numbers.tolist(), least.tolist(), strict=True), best[each.place])
        return [[Retrieved(number, found[number]) for number in sorted(found)] for found in best]

    def _wanted(self, place: int, asked: Asked, reading: Reading) -> Wanted:
        """What the reading asks with, where it reaches anything."""
        parts = [self._reaches[_key(part)] for part in reading.parts if part.role is not Role.INITIAL]
        joined = [reach for run in _runs(reading) if (reach := self._joined[run]).volume]
        slots = [reach for reach in parts if reach.volume] + joined
        return Wanted(place, reading, asked.floor, slots, joins=bool(joined))

    def _align(self, wanted: Wanted, rows: Iterable[tuple[int, int, int]], best: dict[int, Alignment]) -> None:
        """Aligns with rows, given with the number of their name and centibits to reach; keeps the best by name."""
        apart = {row for slot in wanted.slots if slot.joined is not None for row in slot.joined.rows.tolist()}
        for row, number, needed in rows:
            others, place = self._names[number].readings, self.table.reading[row]
            if place >= len(others):  # only a forged table says so
                continue
            found = align(wanted.reading, others[place], joins=wanted.joins or row in apart)
            if found.centibits >= needed and (number not in best or found.centibits > best[number].centibits):
                best[number] = found

    def _compare(self, readings: Sequence[Reading]) -> None:
        """Works out what the parts and runs not met before reach."""
        if self._remembered > _MOST_REMEMBERED:
            self._reaches, self._joined, self._remembered = {}, {}, 0
        parts: dict[_FormKey, Part] = {}
        joined: dict[Run, None] = {}
        for reading in readings:
            for part in reading.parts:
                key = _key(part)
                if key not in self._reaches and part.role is not Role.INITIAL:
                    parts[key] = part
        learn_runs(readings)
        for reading in readings:
            joined.update((run, None) for run in _runs(reading) if run not in self._joined)
        if parts:
            self._reaches.update(zip(parts, reaches_of_parts(self.table, tuple(parts.values())), strict=True))
            self._remembered += sum(len(self._reaches[key].listed) for key in parts)
        if joined:
            self._joined.update(zip(joined, reaches_of_runs(self.table, tuple(joined)), strict=True))
            self._remembered += len(joined)


def _key(part: Part) -> _FormKey:
    return (part.roman, part.abjad, part.role)


@lru_cache(maxsize=1 << 14)
def _runs(reading: Reading) -> tuple[Run, ...]:
    """Neighbours of the reading as if written in one word."""
    return tuple(
        (keys, rarity, sum(part.rarity for part in reading.parts[start:end]))
        for (start, end), keys, rarity in runs(reading.parts)
    )
