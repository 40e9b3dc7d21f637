"""From fields to entries: every entry that cannot be used is a fault, and all of them are told together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from vetting_engine.errors import Fault, ListError, Location
from vetting_engine.model.watchlist import WatchlistEntry
from vetting_engine.sources._snapshot import make_entry

__all__ = ["make_entries"]

#: Without these nobody can be found, or nothing be said about whom.
_NEEDED = ("id", "kind", "names")


def make_entries(items: Iterable[tuple[Location, Mapping[str, Any]]], faults: list[Fault]) -> list[WatchlistEntry]:
    """The entries; what is wrong with any of them is added to ``faults``."""
    entries: list[WatchlistEntry] = []
    for at, fields in items:
        missing = [name for name in _NEEDED if not fields.get(name)]
        if missing:
            faults += [Fault("list.entry_incomplete", at, {"missing": name}) for name in missing]
            continue
        try:
            entries.append(make_entry(fields, at))
        except ListError as error:
            faults += error.faults
    return entries
