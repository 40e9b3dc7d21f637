"""One run of ``watchlist rescreen``: of a journal, or of a batch."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import click

from vetting_engine.cli._complaints import Complaints
from vetting_engine.cli._exit import Exit
from vetting_engine.cli._failure import tell
from vetting_engine.cli._lists import cache_for, drop_old_compiled, read_lists
from vetting_engine.cli._progress import progress
from vetting_engine.cli._show_rescreen import Shown, rescreen_exit, show_rescreened
from vetting_engine.cli._vet_sources import read_sources
from vetting_engine.engine import RescreenReport, rescreen_batch, rescreen_journal
from vetting_engine.errors import Fault
from vetting_engine.model.decision import Disposition
from vetting_engine.model.finding import Function
from vetting_engine.model.record import Actor
from vetting_engine.model.watchlist import ListSnapshot
from vetting_engine.protocols import Resources
from vetting_engine.records import FileKeyRing, Journal

__all__ = ["Request", "run_rescreen"]

_SQLITE = b"SQLite format 3\0"
_SIDE_FILES = ("posts", "relations", "attestations", "agd")


@dataclass(frozen=True, slots=True)
class Request:
    """What was asked for on the command line; the options of ``watchlist rescreen`` by name."""

    path: Path
    new: Sequence[Path]
    old: Sequence[Path]
    keys: Path | None
    as_of: date
    vetted_on: date | None
    pack: str
    mapping: Path | None
    no_record: bool
    cache: Path | None
    no_cache: bool
    function: str | None
    office: str
    actor: str
    fail_on: str | None
    as_json: bool


def run_rescreen(request: Request) -> Exit:
    """Screen anew and say of whom. Raises VettingError before anything is recorded."""
    refused: tuple[Fault, ...] = ()
    if _is_journal(request.path):
        report, lists = _of_journal(request)
    else:
        report, lists, refused = _of_batch(request)
    shown = Shown(
        report,
        lists,
        function=Function(request.function) if request.function else None,
        fail_on=Disposition(request.fail_on) if request.fail_on else None,
        refused=sum(fault.severity == "error" for fault in refused),
    )
    show_rescreened(shown, as_json=request.as_json)
    return rescreen_exit(shown)


def _is_journal(path: Path) -> bool:
    if not path.is_file():
        return False
    with path.open("rb") as file:
        return file.read(len(_SQLITE)) == _SQLITE


def _of_journal(request: Request) -> tuple[RescreenReport, tuple[ListSnapshot, ...]]:
    if request.keys is None:
        raise click.BadParameter("a journal is opened with the key ring it was made with", param_hint="--keys")
    if request.old:
        raise click.BadParameter("a journal knows the lists it was made with", param_hint="--old")
    if not request.new:
        raise click.BadParameter("name the newer copy of a list", param_hint="--new")
    complaints = Complaints()
    read = read_lists(request.new, complaints)
    complaints.settle()
    cache = cache_for(read.lists, request.cache, off=request.no_cache)
    with (
        FileKeyRing(request.keys) as ring,
        Journal.open(request.path) as journal,
        progress("cli.progress.rescreen", None) as advance,
    ):
        report = rescreen_journal(
            journal,
            ring,
            read.lists,
            as_of=request.as_of,
            record=not request.no_record,
            turned_off=sorted(read.spoken_of),
            cache=cache,
            actor=Actor(id=request.actor) if request.actor else None,
            office=request.office,
            progress=advance,
        )
    drop_old_compiled(cache)
    return report, read.lists


def _of_batch(request: Request) -> tuple[RescreenReport, tuple[ListSnapshot, ...], tuple[Fault, ...]]:
    if not request.old:
        raise click.BadParameter("name the copy the batch was vetted with", param_hint="--old")
    complaints = Complaints()
    old = read_lists(request.old, complaints).lists
    sources = complaints.read(
        lambda: read_sources(
            request.path,
            pack=request.pack,
            watchlists=request.new,
            registers=(),
            mapping=request.mapping,
            side_files=dict.fromkeys(_SIDE_FILES, ()),
        )
    )
    complaints.settle()
    if sources is None:
        raise RuntimeError("a reader answered nothing and complained of nothing")
    tell(sources.batch.faults)
    cache = cache_for(sources.watchlists, request.cache, off=request.no_cache)
    with progress("cli.progress.rescreen", len(sources.batch.candidates)) as advance:
        report = rescreen_batch(
            sources.ruleset,
            _as_it_was(sources.watchlists, old),
            Resources(sources.watchlists, sources.registers, cache=cache),
            sources.batch.candidates,
            days=(request.vetted_on or request.as_of, request.as_of),
            progress=advance,
        )
    drop_old_compiled(cache)
    return report, sources.watchlists, sources.batch.faults


def _as_it_was(now: Sequence[ListSnapshot], old: Sequence[ListSnapshot]) -> tuple[ListSnapshot, ...]:
    """The lists of the batch with the older copies in the place of the newer. An older copy is taken under the
    authority the newer has: the office speaks of a list, not of a copy.
    """
    new = {snapshot.list_id: snapshot for snapshot in now}
    was = {
        snapshot.list_id: snapshot.model_copy(update=_terms(new.get(snapshot.list_id, snapshot))) for snapshot in old
    }
    kept = [was.pop(snapshot.list_id, snapshot) for snapshot in now]
    return (*kept, *was.values())


def _terms(snapshot: ListSnapshot) -> dict[str, object]:
    return {"authority": snapshot.authority, "max_age_days": snapshot.max_age_days, "title": snapshot.title}
