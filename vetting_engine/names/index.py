"""Finds, among many names, all that could reach a floor against a given name: quickly and without loss.

Names repeat few parts, so parts are compared, not names: the distinct parts of a batch are compared once, all
together, with the distinct parts that share a key or are about one edit away (deletion neighbourhood, as SymSpell
does, exact for one edit), and remembered. The weights found give every name an upper bound of its score; only names
whose bound reaches the floor are aligned in full.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import compress
from typing import Final, NamedTuple

import numpy as np

from vetting_engine.names._bound import Bounds, Floors, Wanted
from vetting_engine.names._reach import Reach, Run, are_known, reaches_of_parts, reaches_of_runs
from vetting_engine.names._runs import keys_of_runs, run_of
from vetting_engine.names._table import Ints, Table, build
from vetting_engine.names.compare import Alignment, align
from vetting_engine.names.parts import FormKey, ParsedName, Part, Reading, Role

__all__ = ["Asked", "Floors", "NameIndex", "Retrieved", "Rivals"]

#: Listed parts that remembered reaches may hold before they are forgotten: 8 bytes each.
_MOST_REMEMBERED: Final = 8_000_000
#: Parts compared with the list at one time; bounds what that takes.
_TOGETHER: Final = 4_096


class Asked(NamedTuple):
    """A name asked for, and the centibits every answer must reach."""

    name: ParsedName
    floor: int


class Retrieved(NamedTuple):
    """A name of the index that reaches the floor: its number, and the alignment of the best readings."""

    name: int
    alignment: Alignment


@dataclass(frozen=True, slots=True)
class Rivals:
    """Names of which only the worthiest counts, such as all that one entry bears. By number of the name: ``of`` whom it
    is, and the centibits that are ``extra`` to what the comparison says.
    """

    of: Ints
    extra: Ints


class NameIndex:
    """An index over parsed names; names are numbered in the order given. A row is one reading of a name."""

    def __init__(self, names: Sequence[ParsedName], table: Table | None = None) -> None:
        """``table``: the same names as a table made before, else it is made here."""
        self.table = build(names) if table is None else table
        self._names = names
        self._bounds = Bounds(self.table)
        _ = self.table.written, self.table.lengths  # what belongs to the list is not left to the first batch
        self._own: dict[FormKey, Reach] = {}
        self._reaches: dict[FormKey, Reach] = {}
        self._members: dict[FormKey, frozenset[int]] = {}
        self._remembered = 0

    def __len__(self) -> int:
        return len(self.table.names)

    def work_ahead(self) -> None:
        """Work out what the listed parts reach, which batches ask for most: for an index that is asked much. It takes
        about as long as a batch of 1,000 names, and changes no answer.
        """
        self._compare([reading for name in self._names for reading in name.readings])
        self._own, self._remembered = self._reaches.copy(), 0

    def search(self, name: ParsedName, floor: int, floors: Floors | None = None) -> list[Retrieved]:
        """All names whose score against ``name`` is at least ``floor`` centibits, and their own of ``floors``."""
        return self.search_many([Asked(name, floor)], floors)[0]

    def search_many(
        self, asked: Sequence[Asked], floors: Floors | None = None, rivals: Rivals | None = None
    ) -> list[list[Retrieved]]:
        """One answer per name asked for, in order. Parts that several ask for are compared once.

        Args:
            asked: the names, each with the least its answers must reach.
            floors: what they must reach besides, by place in ``asked`` and number of the name that answers.
            rivals: where given, of rivals that answer only the worthiest are sure to be told.
        """
        if not len(self):
            return [[] for _ in asked]
        asking = [(place, each, reading) for place, each in enumerate(asked) for reading in each.name.readings]
        readings = [reading for _, _, reading in asking]
        self._compare(readings)
        joined = self._joined(readings)
        wanted = [self._wanted(*each, joined.get(number, ())) for number, each in enumerate(asking)]
        best: list[dict[int, Alignment]] = [{} for _ in asked]
        leading: list[dict[int, int]] = [{} for _ in asked]
        for each, rows, least, most in self._bounds.reaching(wanted, floors):
            numbers = self.table.names[rows]
            if rivals is None:
                self._align(each, zip(rows.tolist(), numbers.tolist(), least.tolist(), strict=True), best[each.place])
            else:
                own, extra = rivals.of[numbers], rivals.extra[numbers]
                order = np.argsort(-(most + extra), kind="stable")
                columns = (column[order].tolist() for column in (rows, numbers, least, own, most + extra, extra))
                promising = _promising(zip(*columns, strict=True), best[each.place], leading[each.place])
                self._align(each, promising, best[each.place])
        return [[Retrieved(number, found[number]) for number in sorted(found)] for found in best]

    def _wanted(self, place: int, asked: Asked, reading: Reading, joined: Sequence[Reach]) -> Wanted:
        """What the reading asks with, where it reaches anything."""
        parts = [self._reaches[part.form] for part in reading.parts if part.role is not Role.INITIAL]
        return Wanted.of(place, reading, asked.floor, parts, joined)

    def _align(self, wanted: Wanted, rows: Iterable[tuple[int, int, int]], best: dict[int, Alignment]) -> None:
        """Aligns with rows, given with the number of their name and centibits to reach; keeps the best by name."""
        apart = {row for slot in wanted.slots if slot.joined is not None for row in slot.joined.rows.tolist()}
        reached = self._reached_by(wanted.reading)
        chosen: dict[int, int] = {}  # rows come in any order: of equals the first stays
        for row, number, needed in rows:
            others, place = self._names[number].readings, self.table.reading.item(row)
            if place >= len(others):  # only a forged table says so
                continue
            alike = None if reached is None else self._alike(reached, row)
            found = align(wanted.reading, others[place], joins=wanted.joins or row in apart, alike=alike)
            if found.centibits < needed:
                continue
            known = best[number].centibits if number in best else needed - 1
            if found.centibits > known or (found.centibits == known and row < chosen.get(number, row)):
                best[number], chosen[number] = found, row

    def _reached_by(self, reading: Reading) -> list[frozenset[int]] | None:
        """The listed parts that each part reaches; None where one is an initial, which is not looked up."""
        found = []
        for part in reading.parts:
            if part.role is Role.INITIAL:
                return None
            members = self._members.get(part.form)
            if members is None:
                members = self._members[part.form] = frozenset(self._reaches[part.form].listed.tolist())
            found.append(members)
        return found

    def _alike(self, reached: Sequence[frozenset[int]], row: int) -> list[tuple[int, int]] | None:
        """Places of parts of the reading and of the row that could be alike; None where the row holds initials."""
        if self.table.initials.item(row):
            return None
        ends = self.table.row_ends
        numbers = self.table.row_parts[ends.item(row) : ends.item(row + 1)].tolist()
        return [
            (place, there)
            for place, members in enumerate(reached)
            for there, number in enumerate(numbers)
            if number in members
        ]

    def _compare(self, readings: Sequence[Reading]) -> None:
        """Works out what the parts not met before reach."""
        if self._remembered > _MOST_REMEMBERED:
            self._reaches, self._members, self._remembered = self._own.copy(), {}, 0
        parts: dict[FormKey, Part] = {}
        for reading in readings:
            for part in reading.parts:
                if part.form not in self._reaches and part.role is not Role.INITIAL:
                    parts[part.form] = part
        new = list(parts.values())
        for start in range(0, len(new), _TOGETHER):
            together = new[start : start + _TOGETHER]
            reaches = reaches_of_parts(self.table, together)
            self._reaches.update(zip([part.form for part in together], reaches, strict=True))
            self._remembered += sum(len(reach.listed) for reach in reaches)

    def _joined(self, readings: Sequence[Reading]) -> dict[int, list[Reach]]:
        """By place of the reading, what its neighbours reach as if written in one word, where they reach anything."""
        spelled = list(keys_of_runs(readings))
        known = are_known(self.table, [key for _, _, keys in spelled for key in keys])
        owners = [number for number, (_, _, keys) in enumerate(spelled) for _ in keys]
        places: list[int] = []
        asked: list[Run] = []
        for number in dict.fromkeys(compress(owners, known)):
            place, span, _ = spelled[number]
            run = run_of(readings[place].parts, span)
            if run is not None:
                places.append(place)
                asked.append((run[1], run[2], sum([part.rarity for part in readings[place].parts[slice(*span)]])))
        found: dict[int, list[Reach]] = {}
        for place, reach in zip(places, reaches_of_runs(self.table, asked), strict=True):
            if reach.volume:
                found.setdefault(place, []).append(reach)
        return found


def _promising(
    rows: Iterable[tuple[int, int, int, int, int, int]], best: dict[int, Alignment], leading: dict[int, int]
) -> Iterator[tuple[int, int, int]]:
    """The rows that could still be worth as much as the best of their rivals: given by row, number of the name,
    centibits to reach, whose name it is, the most it could be worth, and what of that is extra; the likeliest first.
    ``best`` is looked at again after each.
    """
    for row, number, needed, rival, most, extra in rows:
        if most >= leading.get(rival, most):
            yield row, number, needed
            found = best.get(number)
            if found is not None:
                leading[rival] = max(found.centibits + extra, leading.get(rival, found.centibits + extra))
