"""Loads a watchlist in whatever format it is: the content decides, never the file's name."""

from __future__ import annotations

from pathlib import Path

from vetting_engine._log import logger
from vetting_engine.errors import Fault, ListError, Location
from vetting_engine.files.reading import read_head
from vetting_engine.model.watchlist import Authority, ListSnapshot
from vetting_engine.protocols import ListSource
from vetting_engine.registry import discover
from vetting_engine.sources._snapshot import as_list_error

__all__ = ["load_watchlist"]

_GROUP = "vetting_engine.sources"
_log = logger("sources")


def load_watchlist(path: str | Path, authority: Authority | None = None) -> ListSnapshot:
    """One dated, digested copy of a list.

    Args:
        path: the file as its issuer publishes it; companions of a set (OFAC's ``alt.csv`` …) are taken from beside it.
        authority: effect, legal basis and approving office; by default each list's own: UN lists are binding,
            every other list is off until an office approves it.

    Raises:
        ListError: missing, damaged or unknown; a list is refused whole, with every fault found.
    """
    file = Path(path)
    with as_list_error():
        head = read_head(file)
    sources: dict[str, ListSource] = dict(discover(_GROUP))
    for source in sources.values():
        if source.recognises(head, file):
            snapshot = source.read(file, authority)
            _log.info("watchlist loaded", list_id=snapshot.list_id, entries=snapshot.report.entries)
            return snapshot
    raise ListError(Fault("list.unknown_format", Location(str(file)), {"formats": ", ".join(sources)}))
