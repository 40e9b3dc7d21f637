"""Loads a watchlist in whatever format it is: the content decides, never the file's name."""

from __future__ import annotations

from pathlib import Path

from vetting_engine._log import logger
from vetting_engine.errors import Fault, ListError, Location
from vetting_engine.files.reading import read_head
from vetting_engine.model.watchlist import Authority, ListSnapshot
from vetting_engine.protocols import ListSource
from vetting_engine.registry import discover
from vetting_engine.sources._authorities import Authorities
from vetting_engine.sources._fetched import fetched_on
from vetting_engine.sources._snapshot import as_list_error

__all__ = ["list_id_of", "load_watchlist"]

_GROUP = "vetting_engine.sources"
_log = logger("sources")


def load_watchlist(path: str | Path, authority: Authority | Authorities | None = None) -> ListSnapshot:
    """One dated, digested copy of a list.

    Args:
        path: the file as its issuer publishes it; companions of a set (OFAC's ``alt.csv`` …) are taken from beside
            it, and so is the day it was fetched, where ``watchlist fetch`` or ``import`` has left a note of it.
        authority: effect, legal basis and approving office of this list, or what an office says of all its lists;
            by default each list's own: UN lists are binding, every other list is off until an office approves it.

    Raises:
        ListError: missing, damaged or unknown; a list is refused whole, with every fault found.
    """
    file = Path(path)
    source = _source_of(file)
    snapshot = _under(authority, source, file) if isinstance(authority, Authorities) else source.read(file, authority)
    retrieved = fetched_on(file, snapshot.digest)
    if retrieved is not None:
        snapshot = snapshot.model_copy(update={"retrieved": retrieved})
    _log.info("watchlist loaded", list_id=snapshot.list_id, entries=snapshot.report.entries)
    return snapshot


def _source_of(file: Path) -> ListSource:
    with as_list_error():
        head = read_head(file)
    sources: dict[str, ListSource] = dict(discover(_GROUP))
    for source in sources.values():
        if source.recognises(head, file):
            return source
    raise ListError(Fault("list.unknown_format", Location(str(file)), {"formats": ", ".join(sources)}))


def list_id_of(path: Path) -> str:
    """The id of the list in a file, without reading it whole; raises as ``load_watchlist`` does."""
    return _source_of(path).list_id(path)


def _under(authorities: Authorities, source: ListSource, file: Path) -> ListSnapshot:
    """The list as an office has it."""
    terms = authorities.lists.get(source.list_id(file))
    if terms is not None and terms.datasets:
        # Which datasets of an aggregated list are admitted must be known before it is read.
        return authorities.settled(source.read(file, terms.applied_to(source.authority)))
    return authorities.settled(source.read(file))
