"""One run over a batch: what every report is made from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from vetting_engine.errors import Fault
from vetting_engine.model.base import Noun
from vetting_engine.model.candidate import Candidate
from vetting_engine.model.cohort import CohortRecord
from vetting_engine.model.decision import Decision, EngineRun
from vetting_engine.model.finding import CheckResult
from vetting_engine.model.reading import GapReading
from vetting_engine.model.record import Core
from vetting_engine.model.ruleset import Ruleset
from vetting_engine.model.watchlist import ListSnapshot, Register

__all__ = ["Run", "Vetting"]


class Vetting(Noun):
    """One candidate vetted. ``record_id`` names the journalled record; None without a journal."""

    candidate: Candidate
    results: tuple[CheckResult, ...]
    decision: Decision
    engines: tuple[EngineRun, ...]
    core: Core
    record_id: str | None = None
    readings: tuple[GapReading, ...] = ()  # by which people closed gaps


@dataclass(frozen=True, slots=True)
class Run:
    """A batch as reported. ``faults`` are the rows and files that were refused; ``rows`` were read in all.

    ``checkpoint`` is the journal's signed-size-and-root line to pin elsewhere; ``seconds`` is wall time.
    """

    engine_version: str
    ruleset: Ruleset
    as_of: date
    vettings: Sequence[Vetting]
    watchlists: Sequence[ListSnapshot] = ()
    registers: Sequence[Register] = ()
    cohorts: Sequence[CohortRecord] = ()
    faults: Sequence[Fault] = ()
    rows: int = 0
    dry_run: bool = False
    journal: str | None = None
    checkpoint: str | None = None
    counts: Mapping[str, int] = field(default_factory=dict)
