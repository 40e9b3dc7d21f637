"""After a list changed: whom the change touches, and by which entries.

A candidate is touched if an entry that left, came, changed or expired has, in its old or new form, a pair with them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from vetting_engine.checks.watchlist._screen import Pair, Screen
from vetting_engine.checks.watchlist._settings import WatchlistSettings
from vetting_engine.model.candidate import Candidate
from vetting_engine.model.watchlist import Effect, ListSnapshot, WatchlistEntry

__all__ = ["ChangeKind", "Changes", "Touch", "Touched", "changes"]


class ChangeKind(StrEnum):
    """What became of an entry. ``authority``: the entry stands, but what its list may do, or its title, changed."""

    CAME = "came"
    LEFT = "left"
    CHANGED = "changed"
    EXPIRED = "expired"
    AUTHORITY = "authority"


@dataclass(frozen=True, slots=True)
class Touch:
    """An entry that resembles a candidate, and what became of it. ``confidential``: its list is one of the
    candidate's own state, so that only protection and legal may be told.
    """

    list_id: str
    entry_id: str
    change: ChangeKind
    confidential: bool


@dataclass(frozen=True, slots=True)
class Changes:
    """What became of the lists that are on: their entries that left or changed, as they were (``old``), and those
    that came or changed, as they are (``new``); and what became of each, by list and id.
    """

    old: tuple[ListSnapshot, ...]
    new: tuple[ListSnapshot, ...]
    kinds: Mapping[tuple[str, str], ChangeKind]

    def counts(self, list_id: str) -> Mapping[ChangeKind, int]:
        """How many entries of a list came, left, changed, expired or stand under another authority."""
        kinds = [kind for (theirs, _), kind in self.kinds.items() if theirs == list_id]
        return {kind: kinds.count(kind) for kind in ChangeKind}


#: List, entry, and how often the id stood before: lists repeat ids now and then.
_Key = tuple[str, str, int]


@dataclass(frozen=True, slots=True)
class _State:
    """What of an entry decides an answer: its content, what its list may do, whether its last day is past."""

    digest: str
    standing: str
    expired: bool


def changes(before: Sequence[ListSnapshot], after: Sequence[ListSnapshot], days: tuple[date, date]) -> Changes:
    """The difference of two sets of lists, entry by entry. ``days`` are those the two are held against: a row that
    weighed on the first and has expired on the second changed too.
    """
    was, now = _keyed(before, days[0]), _keyed(after, days[1])
    kinds = {
        key: kind for key in sorted(was.keys() | now.keys()) if (kind := _kind(was.get(key), now.get(key))) is not None
    }
    return Changes(
        _only(before, kinds.keys() & was.keys()),
        _only(after, kinds.keys() & now.keys()),
        {key[:2]: kind for key, kind in kinds.items()},
    )


def _kind(was: _State | None, now: _State | None) -> ChangeKind | None:
    if was == now:
        return None
    if was is None or now is None:
        return ChangeKind.CAME if was is None else ChangeKind.LEFT
    if was.digest != now.digest:
        return ChangeKind.CHANGED
    return ChangeKind.EXPIRED if was.standing == now.standing else ChangeKind.AUTHORITY


def _keyed(snapshots: Sequence[ListSnapshot], as_of: date) -> dict[_Key, _State]:
    found: dict[_Key, _State] = {}
    for snapshot in snapshots:
        if snapshot.authority.effect is not Effect.OFF:
            standing = f"{snapshot.title}\0{snapshot.authority.model_dump_json()}"
            for key, entry in _numbered(snapshot):
                found[key] = _State(entry.digest, standing, entry.expired(as_of))
    return found


def _numbered(snapshot: ListSnapshot) -> list[tuple[_Key, WatchlistEntry]]:
    seen: dict[str, int] = {}
    numbered = []
    for entry in snapshot.entries:
        seen[entry.id] = seen.get(entry.id, -1) + 1
        numbered.append(((snapshot.list_id, entry.id, seen[entry.id]), entry))
    return numbered


def _only(snapshots: Sequence[ListSnapshot], keys: set[_Key]) -> tuple[ListSnapshot, ...]:
    return tuple(
        snapshot.model_copy(update={"entries": tuple(entry for key, entry in _numbered(snapshot) if key in keys)})
        for snapshot in snapshots
        if snapshot.authority.effect is not Effect.OFF
    )


class Touched:
    """Changes, indexed once, to hold candidates against."""

    def __init__(self, change: Changes, settings: WatchlistSettings) -> None:
        self._change = change
        self._screens = (Screen(change.old, settings), Screen(change.new, settings))

    def by(self, candidates: Sequence[Candidate]) -> tuple[tuple[Touch, ...], ...]:
        """Per candidate, the entries they are touched by, in order of list and id."""
        sides = zip(*(screen.pairs_of(candidates) for screen in self._screens), strict=True)
        return tuple(tuple(self._touches([*left, *came])) for left, came in sides)

    def _touches(self, pairs: Sequence[Pair]) -> Iterator[Touch]:
        own_state = {(pair.snapshot.list_id, pair.entry.id): pair.own_state for pair in pairs}
        for key in sorted(own_state):
            yield Touch(*key, self._change.kinds[key], own_state[key])
