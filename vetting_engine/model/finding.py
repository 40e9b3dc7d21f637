"""Findings and gaps: what a check says."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Literal

from pydantic import Field, model_validator

from vetting_engine.model.base import FrozenDict, FrozenMap, Noun
from vetting_engine.model.evidence import Evidence
from vetting_engine.model.scales import Band, Level, Severity

__all__ = [
    "AppliedModifier",
    "CheckResult",
    "CheckStatus",
    "Finding",
    "FindingStatus",
    "Function",
    "Gap",
    "GapOwner",
    "LeafTrace",
    "RuleOutcome",
    "RuleStatus",
]


class Function(StrEnum):
    """Who of the multi-functional team must look."""

    PROTECTION = "protection"
    PUBLIC_INFORMATION = "public_information"
    ICT = "ict"
    PRIVATE_SECTOR_PARTNERSHIPS = "private_sector_partnerships"
    LEGAL = "legal"


class FindingStatus(StrEnum):
    """``hit``: a machine's suspicion. ``unknown``: could not be checked. ``support``: a disclosure by a person
    at risk, confidentially to protection, never weighed. ``note``: shown to its functions, never weighed.
    """

    HIT = "hit"
    UNKNOWN = "unknown"
    SUPPORT = "support"
    NOTE = "note"


class AppliedModifier(Noun):
    """A declared reason that lowered a finding; it is recorded and never deletes one."""

    modifier: str  # "negated", "quoted", "condemned", "shared", "conflict_of_authority" …
    from_level: Level
    to_level: Level
    evidence: tuple[Evidence, ...] = ()


class Finding(Noun):
    """One thing a check says about one candidate.

    ``id`` is unique within the candidate's record and stable under replay. ``code`` names the sentence in
    ``messages`` (``finding.<code>``), ``params`` fill it. ``topic`` ties findings about the same thing
    (an entry, a post, a relation) for joins. ``score`` is in basis points and may pass 10,000.
    """

    id: str
    check: str
    rule: str
    rule_version: str
    status: FindingStatus
    code: str
    params: FrozenMap = Field(default_factory=FrozenDict)
    category: str = ""
    level: Level
    severity: Severity
    band: Band
    score: int | None = None
    topic: str = ""
    functions: tuple[Function, ...] = ()
    confidential: bool = False  # shown to ``functions`` only
    modifiers: tuple[AppliedModifier, ...] = ()
    evidence: tuple[Evidence, ...] = ()

    @model_validator(mode="after")
    def _weightless(self) -> Finding:
        weighs = self.status is FindingStatus.HIT
        if not weighs and self.level is not Level.NOTHING_FOUND:
            raise ValueError(f"a finding with status {self.status} has no level of its own")
        return self


class GapOwner(StrEnum):
    """Who must close a gap: the office, or the candidate (then they are asked, never suspected)."""

    OURS = "ours"
    CANDIDATE = "candidate"


class Gap(Noun):
    """Something that was not checked, whose it is, and what closes it.

    ``code`` names the sentences ``gap.<code>`` and its remedy in ``messages``.
    """

    code: str
    check: str
    owner: GapOwner
    params: FrozenMap = Field(default_factory=FrozenDict)
    functions: tuple[Function, ...] = ()
    due: date | None = None


class LeafTrace(Noun):
    """One leaf as evaluated: what was expected, what was there, which fact; ``result`` true/false/unknown."""

    path: str  # position in the condition tree: "all[0].some.where"
    field: str
    op: str
    expected: str
    actual: str | None
    result: Literal["true", "false", "unknown"]
    fact: str = ""  # the list member looked at, e.g. "finding[2]"


class RuleStatus(StrEnum):
    """What became of a rule."""

    FIRED = "fired"
    NOT_FIRED = "not_fired"
    UNKNOWN = "unknown"
    ERROR = "error"
    NOT_IN_FORCE = "not_in_force"  # before valid_from, expired, or experimental in a deciding run


class RuleOutcome(Noun):
    """A rule's status for one candidate; ``deciding`` is the first leaf that failed or was unknown, ``facts``
    (decision rules) are the findings, gaps and attestations it fired on.
    """

    rule: str
    rule_version: str
    check: str
    status: RuleStatus
    times: int = Field(default=0, ge=0)  # how often it fired (per post, per pair …)
    deciding: LeafTrace | None = None
    facts: tuple[str, ...] = ()


class CheckStatus(StrEnum):
    """Whether the check could be done at all; gaps say what was missing."""

    DONE = "done"
    PARTIAL = "partial"
    UNKNOWN = "unknown"


class CheckResult(Noun):
    """Everything one check says about one candidate."""

    check: str
    check_version: str
    status: CheckStatus
    findings: tuple[Finding, ...] = ()
    gaps: tuple[Gap, ...] = ()
    outcomes: tuple[RuleOutcome, ...] = ()
    counts: FrozenMap = Field(default_factory=FrozenDict)  # integers only: posts, covered_posts, entries …
