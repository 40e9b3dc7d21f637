"""Rows of an index that could reach their floors: bounds of many readings at once, first coarse, then fine.

A reading asks with *slots*: its parts, and runs of them as one word. The walk takes rows by the parts listed; a row is
dropped as soon as what it could be worth at most lies below its floor. No step ever drops a row that reaches it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from operator import attrgetter
from typing import Final, NamedTuple

import numpy as np

from vetting_engine.names import _weights as weights
from vetting_engine.names._keys import Array, spread
from vetting_engine.names._reach import Reach
from vetting_engine.names._table import Ints, Table
from vetting_engine.names.background import FLOOR as RAREST
from vetting_engine.names.parts import Reading

__all__ = ["Bounds", "Floors", "Wanted"]

#: Centibits that answers must reach: by place of the name asked for, and by number of the name that answers.
Floors = Callable[[Ints, Ints], Ints]
#: Cells of the table of worth, and rows walked, that are held at one time; both bound memory.
_MOST_CELLS: Final = 1_000_000
_MOST_WALKED: Final = 2_000_000
_MOST_TOGETHER: Final = 256
_MOST_CELL: Final = np.iinfo(np.int16).max
#: Floors of the score round each part down; the bound rounds its sums: two centibits of difference at most.
_ROUNDED: Final = 2
#: Most percent that the first, second, third … best part can count.
_SHARES: Final = tuple(max(weights.DIMINISHING[rank:]) for rank in range(len(weights.DIMINISHING)))


class Wanted(NamedTuple):
    """One reading of a name asked for: its place, the least centibits its answers must reach, its slots, those that
    reach most rows first, and the rows that a walk could meet at most; whether one of the slots is a run of its parts,
    and how many of these are initials.
    """

    place: int
    reading: Reading
    floor: int
    slots: Sequence[Reach]
    volume: int
    joins: bool
    initials: int

    @classmethod
    def of(cls, place: int, reading: Reading, floor: int, parts: Sequence[Reach], joined: Sequence[Reach]) -> Wanted:
        """``parts``: what its parts reach, initials left out; ``joined``: what runs of them reach."""
        slots = [slot for slot in parts if slot.volume]
        slots += joined
        slots.sort(key=_volume, reverse=True)
        volume = sum([slot.volume for slot in slots])
        return cls(place, reading, floor, slots, volume, bool(joined), len(reading.parts) - len(parts))

    @property
    def titles(self) -> int:
        """What titles can add at most."""
        return weights.TITLE if self.reading.titles else 0


_volume: Final = attrgetter("volume")


class Bounds:
    """Bounds over one table."""

    def __init__(self, table: Table) -> None:
        self._table = table
        self._size = max(len(table.rarity), 1)
        self._together = min(max(_MOST_CELLS // self._size, 1), _MOST_TOGETHER)
        self._cells = np.zeros((0, 2), np.int16)
        odd = table.initials[table.postings] > 0
        self._odd = table.postings[odd]
        self._odd_ends = np.concatenate([[0], np.cumsum(odd)])[table.posting_ends] if len(self._odd) else None

    def reaching(self, wanted: Sequence[Wanted], floors: Floors | None) -> Iterator[tuple[Wanted, Ints, Ints, Ints]]:
        """Per reading that any row could answer, in order: the rows whose bound reaches their floor, ascending, the
        centibits each must reach, and the bounds.
        """
        together: list[Wanted] = []
        volume = 0
        for each in wanted:
            if together and (len(together) == self._together or volume + each.volume > _MOST_WALKED):
                yield from self._reaching(together, floors)
                together, volume = [], 0
            together.append(each)
            volume += each.volume
        yield from self._reaching(together, floors)

    def _reaching(self, wanted: Sequence[Wanted], floors: Floors | None) -> Iterator[tuple[Wanted, Ints, Ints, Ints]]:
        askers, rows, least, most = _Asked(self._table, wanted, self._size).rows(self, floors)
        starts = np.searchsorted(askers, np.arange(len(wanted) + 1)).tolist()
        for each, start, end in zip(wanted, starts, starts[1:], strict=False):
            if start < end:
                yield each, rows[start:end], least[start:end], most[start:end]

    def cells(self, readings: int) -> Array:
        """Noughts, a pair for every reading and listed part; whoever writes there clears it again."""
        if len(self._cells) < readings * self._size:
            self._cells = np.zeros((readings * self._size, 2), np.int16)
        return self._cells

    def postings(self, listed: Array, *, odd: bool) -> tuple[Array, Array]:
        """Rows of the parts one after another, and how many each has; ``odd``: only rows that hold initials."""
        ends = self._table.posting_ends
        postings = self._table.postings
        if odd:
            if self._odd_ends is None:
                return np.empty(0, np.int32), np.zeros(len(listed), np.int64)
            ends, postings = self._odd_ends, self._odd
        starts = ends[listed]
        counts = ends[listed + 1] - starts
        return postings[spread(starts, counts)], counts


class _Asked:
    """Readings asked together, their slots one after another."""

    def __init__(self, table: Table, wanted: Sequence[Wanted], size: int) -> None:
        self._table, self._size = table, size
        self._wanted = wanted
        self._slots: list[Reach] = []
        self._least: list[int] = []
        self._odd_least: list[int] = []
        askers: list[int] = []
        for asker, each in enumerate(wanted):
            self._add_slots(each)
            askers += [asker] * len(each.slots)
        self._asker = np.array(askers, np.int64)
        self._first = np.searchsorted(self._asker, np.arange(len(wanted) + 1))
        self._own = np.array([slot.own for slot in self._slots], np.int64)
        self._slot = np.repeat(np.arange(len(self._slots)), [len(slot.listed) for slot in self._slots])
        self._listed = _concatenated([slot.listed for slot in self._slots])
        self._worth = _concatenated([slot.worth for slot in self._slots])
        found = [(number, slot.joined) for number, slot in enumerate(self._slots) if slot.joined is not None]
        self._joined_slots = np.array([number for number, _ in found], np.int64)
        self._joined = [joined for _, joined in found]
        self._place = np.array([each.place for each in wanted], np.int32)
        self._floor = np.array([each.floor for each in wanted], np.int64)
        self._parts = np.array([len(each.reading.parts) for each in wanted], np.int64)
        self._titles = np.array([each.titles for each in wanted], np.int64)
        self._initials = np.array([each.initials for each in wanted], np.int64)
        self._weight = np.array([each.reading.weight for each in wanted], np.int64)
        self._complete = np.array([each.reading.complete for each in wanted], np.int64)

    def _add_slots(self, wanted: Wanted) -> None:
        """Slots with what a listed part must be worth to bring a row of its own.

        The idea is MaxScore (Turtle and Flood 1995): in whatever order slots stand, a row is found by the last slot it
        answers, which is worth what the row needs less the most of all slots before. With the slots that reach most
        rows first, half the world's names need not be walked for "Mohammed". A row's own initials could answer any
        part, so rows with initials need less.
        """
        reading, initials = wanted.reading, wanted.initials * weights.INITIAL_WORTH
        plain = wanted.floor - wanted.titles - initials - _ROUNDED
        odd = plain - reading.complete - weights.INITIAL_WORTH * len(reading.parts)
        lost = reading.weight - initials
        spent = 0
        for slot in wanted.slots:
            lost -= slot.own
            gain = -(lost * weights.OMISSION_SHARE // 100) if lost > 0 else reading.complete
            self._slots.append(slot)
            self._least.append(plain - gain - spent)
            self._odd_least.append(odd - spent)
            spent += slot.most

    def rows(self, bounds: Bounds, floors: Floors | None) -> tuple[Array, Array, Array, Array]:
        """Reading and row of all whose bound reaches the floor, in order, each once; that floor, and the bound."""
        askers, rows = self._near(*self._walked(bounds), floors)
        kept = np.flatnonzero(self._coarse(bounds, askers, rows) >= self._floor[askers])
        also, others = self._walked_joined()
        size = max(len(self._table.names), 1)
        places = np.unique(np.concatenate([askers[kept] * size + rows[kept], also * size + others]))
        askers, rows = places // size, places % size
        least = self._floor[askers]
        if floors is not None and len(rows):
            least = np.maximum(least, floors(self._place[askers], self._table.names[rows]))
        most = self._fine(askers, rows)
        reaching = most >= least
        return askers[reaching], rows[reaching], least[reaching], most[reaching]

    def _near(self, askers: Array, rows: Array, floors: Floors | None) -> tuple[Array, Array]:
        """Those that could reach their floor if all that is asked for agreed: most people share no birth date with the
        entries whose names begin like theirs, and telling so is cheaper than looking at the names.
        """
        if floors is None or not len(rows):
            return askers, rows
        ends = np.concatenate([[0], np.cumsum([slot.most for slot in self._slots])])
        initials = (self._initials + self._parts) * weights.INITIAL_WORTH
        most = np.diff(ends[self._first]) + initials + self._complete + self._titles + _ROUNDED
        near = floors(self._place[askers], self._table.names[rows]) <= most[askers]
        return askers[near], rows[near]

    def _walked(self, bounds: Bounds) -> tuple[Array, Array]:
        """Reading and row for every listed part that is worth enough to bring its rows."""
        least, odd_least = np.array(self._least, np.int64), np.array(self._odd_least, np.int64)
        enough = self._worth >= least[self._slot]
        odd = (self._worth >= odd_least[self._slot]) & ~enough
        askers, rows = [], []
        for those, is_odd in ((enough, False), (odd, True)):
            found, counts = bounds.postings(self._listed[those], odd=is_odd)
            askers.append(np.repeat(self._asker[self._slot[those]], counts))
            rows.append(found)
        return np.concatenate(askers), np.concatenate(rows)

    def _walked_joined(self) -> tuple[Array, Array]:
        """Reading and row where a part asked for is written as several words: there are few."""
        askers = np.repeat(self._asker[self._joined_slots], [len(each.rows) for each in self._joined])
        return askers, _concatenated([each.rows for each in self._joined])

    def _coarse(self, bounds: Bounds, askers: Array, rows: Array) -> Array:
        """Most a row can be worth, since each of its parts answers one slot at most."""
        if not len(rows):
            return np.empty(0, np.int64)
        cells = bounds.cells(len(self._wanted))
        filled = self._asker[self._slot] * self._size + self._listed
        np.maximum.at(cells[:, 0], filled, np.minimum(self._worth, _MOST_CELL).astype(np.int16))
        np.maximum.at(cells[:, 1], filled, np.minimum(self._own, _MOST_CELL).astype(np.int16)[self._slot])
        parts, counts = self._parts_of(rows)
        both = cells.view(np.int32)[np.repeat(askers * self._size, counts) + parts, 0]
        cells[filled] = 0
        begins = np.cumsum(counts) - counts
        answered = np.add.reduceat(self._table.rarity[parts] * (both != 0), begins, dtype=np.int64)
        worth, own = (np.add.reduceat(each, begins, dtype=np.int64) for each in both.view(np.int16).reshape(-1, 2).T)
        return self._bound(askers, rows, worth, answered, own)

    def _fine(self, askers: Array, rows: Array) -> Array:
        """Most a row can be worth slot by slot."""
        worth, answered, own = self._by_slot(askers, rows)
        shares = np.array([_SHARES[min(rank, len(_SHARES) - 1)] for rank in range(worth.shape[1])], np.int64)
        worth = (-np.sort(-worth, axis=1) * shares).sum(axis=1) // 100
        return self._bound(askers, rows, worth, answered, own)

    def _bound(self, askers: Array, rows: Array, worth: Array, answered: Array, own: Array) -> Array:
        """Most centibits of the rows: what their parts are worth, less what is left over on either side."""
        ours, theirs = self._initials[askers], self._table.initials[rows]
        lacking = self._table.weight[rows] - answered - ours * RAREST - theirs * weights.INITIAL_WORTH
        lost = self._weight[askers] - own - theirs * RAREST - ours * weights.INITIAL_WORTH
        lacking, lost = np.maximum(lacking, 0), np.maximum(lost, 0)
        lesser, larger = np.minimum(lost, lacking), np.maximum(lost, lacking)
        cost = (lesser > 0) * weights.CONTRADICTION_BASE + lesser * weights.CONTRADICTION_SHARE // 100
        cost += (larger - lesser) * weights.OMISSION_SHARE // 100
        initials = (ours + np.minimum(theirs, self._parts[askers])) * weights.INITIAL_WORTH
        whole = np.where(larger > 0, 0, self._complete[askers])
        bound: Array = worth + initials + whole + self._titles[askers] + _ROUNDED - cost
        return bound

    def _by_slot(self, askers: Array, rows: Array) -> tuple[Array, Array, Array]:
        """Per row the most each slot can be worth, and the rarity answered of the row and of the query."""
        worth = np.zeros((len(rows), int(np.diff(self._first).max(initial=0))), np.int64)
        answered = np.zeros_like(worth)
        widths = np.diff(self._first)[askers]
        places, slots = np.repeat(np.arange(len(rows)), widths), spread(self._first[askers], widths)
        rank = slots - self._first[askers][places]
        if len(self._listed) and len(places):
            parts, counts = self._parts_of(rows[places])
            codes = self._slot * self._size + self._listed
            sought = np.repeat(slots * self._size, counts) + parts
            pair = np.minimum(np.searchsorted(codes, sought), len(codes) - 1)
            there = codes[pair] == sought
            begins = np.cumsum(counts) - counts
            worth[places, rank] = np.maximum.reduceat(self._worth[pair] * there, begins)
            answered[places, rank] = np.maximum.reduceat(self._table.rarity[parts] * there, begins)
        self._add_joined(askers, rows, worth, answered)
        own = (answered[places, rank] > 0) * self._own[slots]
        return worth, answered.sum(axis=1), np.bincount(places, own, len(rows)).astype(np.int64)

    def _add_joined(self, askers: Array, rows: Array, worth: Array, answered: Array) -> None:
        if not self._joined:
            return
        size = max(len(self._table.names), 1)
        also, others = self._walked_joined()
        places = np.searchsorted(askers * size + rows, also * size + others)
        slots = np.repeat(self._joined_slots, [len(each.rows) for each in self._joined])
        cells = places, slots - self._first[also]
        np.maximum.at(worth, cells, _concatenated([each.worth for each in self._joined]))
        np.maximum.at(answered, cells, _concatenated([each.answered for each in self._joined]))

    def _parts_of(self, rows: Array) -> tuple[Array, Array]:
        """The parts of the rows one after another, and how many each has."""
        starts = self._table.row_ends[rows]
        counts = self._table.row_ends[rows + 1] - starts
        return self._table.row_parts[spread(starts, counts)], counts


def _concatenated(arrays: Sequence[Array]) -> Array:
    return np.concatenate(arrays) if arrays else np.empty(0, np.int32)
