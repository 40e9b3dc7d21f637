"""What all findings together mean."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field

from vetting_engine.model.base import FrozenDict, FrozenMap, Noun
from vetting_engine.model.finding import Function, Gap, RuleOutcome
from vetting_engine.model.scales import Level, Ordered

__all__ = ["Decision", "Disposition", "DueObligation", "EngineRun", "Reason"]


class Disposition(Ordered):
    """The machine's answer, mildest first. There is no "reject"."""

    NOTHING_FOUND = "nothing_found"
    CONDITIONAL = "conditional"
    INCOMPLETE = "incomplete"
    NEEDS_REVIEW = "needs_review"
    ESCALATE = "escalate"


class Reason(Noun):
    """Why the level is at least ``level``: a finding, or a decision rule that fired on ``facts``."""

    level: Level
    finding: str | None = None
    rule: str | None = None
    facts: tuple[str, ...] = ()


class DueObligation(Noun):
    """An obligation that applies, and whether an attestation already meets it."""

    id: str
    because: tuple[str, ...]
    met_by: str | None = None
    expires: date | None = None


class EngineRun(Noun):
    """One engine's answer, for the envelope: which it was, and the digest of what it said."""

    engine: Literal["reference", "durable"]
    ran: bool
    agreed: bool | None = None
    reason: str = ""


class Decision(Noun):
    """The agreed decision over one candidate's findings and gaps."""

    disposition: Disposition
    level: Level
    reasons: tuple[Reason, ...] = ()
    gaps: tuple[Gap, ...] = ()
    obligations: tuple[DueObligation, ...] = ()
    functions: tuple[Function, ...] = ()
    derived: tuple[str, ...] = ()
    outcomes: tuple[RuleOutcome, ...] = ()
    held: bool = False  # the engines disagreed; both traces are kept
    dry_run: bool = False  # the pack has no approval in force
    params: FrozenMap = Field(default_factory=FrozenDict)
