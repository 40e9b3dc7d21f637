"""Reads lists for a run, each once, with the effect an office gives it; and says where they are kept compiled."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from vetting_engine.cli._complaints import Complaints
from vetting_engine.errors import Fault, ListError, VettingError
from vetting_engine.model.watchlist import Effect, ListSnapshot
from vetting_engine.sources import authorities_in, lists_in, load_watchlist

__all__ = ["ListsRead", "cache_for", "drop_old_compiled", "read_lists"]

#: Where lists are kept compiled, beside them: whoever could change it could change the lists as well.
COMPILED = ".compiled"
#: Fewer names than this are read as fast as a compiled file of them would be opened.
_COMPILE_FROM = 2_000
#: Compiled files kept in one folder: two for each set of lists that is used together.
_KEPT = 8


@dataclass(frozen=True, slots=True)
class ListsRead:
    """Lists, and the ids of those that an office speaks of beside them."""

    lists: tuple[ListSnapshot, ...] = ()
    spoken_of: frozenset[str] = frozenset()


def read_lists(paths: Iterable[Path], complaints: Complaints) -> ListsRead:
    """Every list once, with the effect that the office's page beside it gives.

    Args:
        paths: files, or folders of lists. A file that another list was read from (OFAC publishes sets) is no list of
            its own.
        complaints: takes what cannot be read, and lists that are given twice.
    """
    files = list(dict.fromkeys(file for path in paths for file in (lists_in(path) if path.is_dir() else (path,))))
    said = {
        folder: complaints.read(partial(authorities_in, folder))
        for folder in dict.fromkeys(file.parent for file in files)
    }
    read: dict[Path, ListSnapshot] = {}
    refused: dict[Path, VettingError] = {}
    for file in files:
        try:
            read[file] = load_watchlist(file, said[file.parent])
        except VettingError as error:
            refused[file] = error
    parts = {
        Path(part.path).resolve()
        for file, snapshot in read.items()
        for part in snapshot.files
        if part.path and Path(part.path).resolve() != file.resolve()
    }
    complaints.errors.extend(error for file, error in refused.items() if file.resolve() not in parts)
    lists = [snapshot for file, snapshot in read.items() if file.resolve() not in parts]
    for twice in sorted({one.list_id for one in lists if sum(one.list_id == other.list_id for other in lists) > 1}):
        complaints.errors.append(ListError(Fault("cli.list_twice", params={"list": twice})))
    spoken_of = frozenset(list_id for authorities in said.values() if authorities for list_id in authorities.lists)
    return ListsRead(tuple(lists), spoken_of)


def cache_for(lists: Sequence[ListSnapshot], given: Path | None, *, off: bool) -> Path | None:
    """The folder for compiled lists: the one given, or one beside the first list if there are names enough."""
    if off:
        return None
    on = [snapshot for snapshot in lists if snapshot.authority.effect is not Effect.OFF]
    if given is not None:
        return given
    files = [Path(file.path) for snapshot in on for file in snapshot.files[:1] if file.path]
    if not files or sum(snapshot.report.names for snapshot in on) < _COMPILE_FROM:
        return None
    return files[0].parent / COMPILED


def drop_old_compiled(folder: Path | None) -> None:
    """Remove all but the newest compiled files; a folder that cannot be read or changed is left as it is."""
    if folder is None:
        return
    with suppress(OSError):
        files = sorted(folder.glob("names-*.compiled"), key=lambda file: file.stat().st_mtime, reverse=True)
        for file in files[_KEPT:]:
            file.unlink(missing_ok=True)
