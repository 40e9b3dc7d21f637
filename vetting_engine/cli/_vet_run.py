"""One run of ``vet``, step by step: read, vet, measure, report, publish, say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import click

from vetting_engine import messages
from vetting_engine.cli._exit import Exit
from vetting_engine.cli._failure import say, tell
from vetting_engine.cli._lists import cache_for, drop_old_compiled
from vetting_engine.cli._out_folder import OutFolder
from vetting_engine.cli._progress import progress
from vetting_engine.cli._vet_sources import Sources, read_sources
from vetting_engine.cli._vet_summary import Outcome, exit_code, show_summary
from vetting_engine.engine import ENGINE_VERSION, Engine, standing_readings
from vetting_engine.errors import Fault
from vetting_engine.model.decision import Disposition
from vetting_engine.model.finding import Function
from vetting_engine.model.reading import GapReading
from vetting_engine.model.record import Actor
from vetting_engine.model.run import Run, Vetting
from vetting_engine.model.watchlist import NOT_FOR
from vetting_engine.protocols import Report, Resources
from vetting_engine.records import FileKeyRing, Journal
from vetting_engine.registry import discover
from vetting_engine.reports import Options
from vetting_engine.rulebook.acceptances import accept_stale, read_acceptances

__all__ = ["Request", "run_vet"]

JOURNAL = "journal.sqlite"
#: Faults told on the terminal; the report shows more of them.
_SHOWN_FAULTS = 20


@dataclass(frozen=True, slots=True)
class Request:
    """What was asked for on the command line; the options of ``vet`` by name."""

    path: Path
    pack: str
    as_of: date
    watchlists: Sequence[Path]
    registers: Sequence[tuple[str, Path]]
    posts: Sequence[Path]
    relations: Sequence[Path]
    attestations: Sequence[Path]
    agd: Sequence[Path]
    mapping: Path | None
    accept_stale: Path | None
    cache: Path | None
    no_cache: bool
    out: Path | None
    journal: Path | None
    keys: Path | None
    no_journal: bool
    formats: str
    language: str
    function: str | None
    with_evidence: bool
    workers: int
    office: str
    actor: str
    fail_on: str | None
    as_json: bool

    @property
    def folder(self) -> Path:
        """Where the report goes."""
        return self.out or Path(f"vetting-{self.as_of.isoformat()}")

    @property
    def journal_file(self) -> Path | None:
        """The journal; None where nothing is to be recorded."""
        return None if self.no_journal else self.journal or self.folder / JOURNAL

    @property
    def key_file(self) -> Path | None:
        """The key ring: never inside the folder that is handed on, unless somebody says so."""
        if self.keys is not None or self.no_journal:
            return self.keys
        beside = self.journal or self.folder
        return beside.with_name(f"{beside.name}.keys")


def _accepted(request: Request, sources: Sources) -> Sources:
    """The sources, with lists that somebody accepts though they are too old."""
    if request.accept_stale is None:
        return sources
    acceptances = read_acceptances(request.accept_stale)
    lists = accept_stale(sources.ruleset, sources.watchlists, acceptances, request.as_of)
    return replace(sources, watchlists=lists)


def run_vet(request: Request) -> Exit:
    """Vet a batch and write what was asked for. Raises VettingError before anything is written."""
    reports = _reports(request)
    with OutFolder(request.folder) as out:
        sources = _accepted(
            request,
            read_sources(
                request.path,
                pack=request.pack,
                watchlists=request.watchlists,
                registers=request.registers,
                mapping=request.mapping,
                side_files={name: getattr(request, name) for name in ("posts", "relations", "attestations", "agd")},
            ),
        )
        tell(sources.batch.faults, request.language, _SHOWN_FAULTS)
        run, key_file = _vetted(request, sources, out)
        files = [file for report in reports for file in report.write(run, out.reports)]
        published = out.publish(
            files, {"as_of": run.as_of.isoformat(), "checkpoint": run.checkpoint, "not_for": NOT_FOR}
        )
    outcome = Outcome(
        run=run,
        files=published,
        journal=request.journal_file,
        keys=key_file,
        fail_on=Disposition(request.fail_on) if request.fail_on else None,
    )
    show_summary(outcome, as_json=request.as_json, language=request.language)
    return exit_code(outcome)


def _reports(request: Request) -> list[Report]:
    """The report plugins asked for; a wrong name is said before anything is read."""
    known: dict[str, Any] = dict(discover("vetting_engine.reports"))
    if request.language not in messages.languages():
        raise click.BadParameter(
            f"{request.language!r} is none of {', '.join(messages.languages())}", param_hint="--language"
        )
    options = Options(
        language=request.language,
        function=Function(request.function) if request.function else None,
        with_evidence=request.with_evidence,
    )
    reports: list[Report] = []
    for name in dict.fromkeys(part.strip() for part in request.formats.split(",") if part.strip()):
        if name not in known:
            raise click.BadParameter(f"{name!r} is none of {', '.join(known)}", param_hint="--format")
        plugin = known[name]
        reports.append(plugin.configured(options) if hasattr(plugin, "configured") else plugin)
    return reports


def _vetted(request: Request, sources: Sources, out: OutFolder) -> tuple[Run, Path | None]:
    """The run, journalled if asked for; and the key ring's file."""
    with ExitStack() as opened:
        key_file = request.key_file
        ring = None if key_file is None else opened.enter_context(FileKeyRing(key_file, create=True))
        journal = None
        place = request.journal_file
        if place is not None:
            home = out.journals if place.parent == request.folder else place.parent
            journal = opened.enter_context(Journal.open(home / place.name, create=True))
        cache = cache_for(sources.watchlists, request.cache, off=request.no_cache)
        engine = Engine(
            sources.ruleset,
            resources=Resources(sources.watchlists, sources.registers, key_ring=ring, cache=cache),
            journal=journal,
            actor=Actor(id=request.actor) if request.actor else None,
            office=request.office or sources.ruleset.office,
        )
        read = standing_readings(journal, ring) if journal is not None and ring is not None else {}
        vettings = _vet(engine, request, sources, read)
        drop_old_compiled(cache)
        run = _run_of(request, sources, engine, vettings)
        if journal is not None:
            checkpoint = str(journal.checkpoint(datetime.now(UTC)))
            run = replace(run, journal=journal.path.name, checkpoint=checkpoint)
    return run, key_file


def _vet(
    engine: Engine, request: Request, sources: Sources, read: Mapping[str, Sequence[GapReading]]
) -> tuple[Vetting, ...]:
    candidates = sources.batch.candidates
    with progress("cli.progress.vet", len(candidates), request.language) as advance:
        vetted = engine.vet_many(
            candidates, as_of=request.as_of, workers=request.workers, progress=advance, readings=read
        )
        return tuple(vetted)


def _run_of(request: Request, sources: Sources, engine: Engine, vettings: tuple[Vetting, ...]) -> Run:
    batch = sources.batch
    reports = {report.candidate_id: report for report in batch.reports}
    faults: tuple[Fault, ...] = batch.faults
    if not batch.candidates:
        say("cli.nobody", request.language)
    return Run(
        engine_version=ENGINE_VERSION,
        ruleset=sources.ruleset,
        as_of=request.as_of,
        vettings=vettings,
        watchlists=sources.watchlists,
        registers=sources.registers,
        cohorts=engine.measure(batch.candidates, reports, vettings),
        faults=faults,
        rows=batch.rows,
        dry_run=any(vetting.decision.dry_run for vetting in vettings),
    )
