"""Evidence, findings, what checks and rules say, and what is decided."""

from __future__ import annotations

from datetime import date
from typing import Any

from make.people import digest
from vetting_engine.model.decision import Decision, Disposition
from vetting_engine.model.evidence import (
    FigureEvidence,
    NamePairEvidence,
    PartWeight,
    RelationEvidence,
    RelationStep,
    SpanEvidence,
)
from vetting_engine.model.finding import (
    CheckResult,
    CheckStatus,
    Finding,
    FindingStatus,
    Function,
    Gap,
    GapOwner,
    LeafTrace,
    RuleOutcome,
    RuleStatus,
)
from vetting_engine.model.scales import Band, Level, Severity


def span(text: str, excerpt: str, source_id: str = "p-1", **parts: Any) -> SpanEvidence:
    """The place where ``excerpt`` first stands in ``text``, with the whole text as its context."""
    start = text.index(excerpt)
    given = {"where": "post", "term": "dehumanising-vermin", "term_kind": "predicate", "context": text}
    return SpanEvidence(
        **{"source_id": source_id, "start": start, "end": start + len(excerpt), "excerpt": excerpt} | given | parts
    )


def name_pair(ours: str = "Tamsin Okvale", theirs: str = "Tamzin Okval", **parts: Any) -> NamePairEvidence:
    """A candidate's name beside an entry's."""
    given: dict[str, Any] = {
        "candidate_name": ours,
        "entry_name": theirs,
        "entry_name_kind": "primary",
        "entry_id": "QDi.9001",
        "entry_digest": digest("entry"),
        "list_id": "un-consolidated",
        "list_digest": digest("list"),
        "parts": (
            PartWeight(part="name_part", code="similar", ours="tamsin", theirs="tamzin", centibits=640),
            PartWeight(part="name_part", code="similar", ours="okvale", theirs="okval", centibits=910),
            PartWeight(part="birth_date", code="differs", ours="1996-04-02", theirs="1961", centibits=-720),
            PartWeight(part="nationality", code="missing", centibits=0),
        ),
    }
    return NamePairEvidence(**given | parts)


def relation_path(ours: str = "Tamsin Okvale", **parts: Any) -> RelationEvidence:
    """A path of two steps into the register of restricted parties."""
    given: dict[str, Any] = {
        "path": (
            RelationStep(from_name=ours, relation="employment", to_name="Ondrel Trading", source="declared"),
            RelationStep(
                from_name="Ondrel Trading", relation="ownership", to_name="Brusk Holdings", to_id="rp-7", current=False
            ),
        ),
        "register_id": "restricted",
        "register_digest": digest("register"),
        "entry_id": "rp-7",
        "matched_by": "name",
    }
    return RelationEvidence(**given | parts)


def figure(name: str = "followers", value: int | str = 4_200, bound: int | str | None = 5_000) -> FigureEvidence:
    """A figure beside its bound."""
    return FigureEvidence(name=name, value=value, bound=bound)


def finding(id: str = "content-1", **parts: Any) -> Finding:  # noqa: A002
    """A hit of the content check, unless said otherwise."""
    given: dict[str, Any] = {
        "check": "content",
        "rule": "dehumanising-speech",
        "rule_version": "2",
        "status": FindingStatus.HIT,
        "code": "content.rule_hit",
        "category": "hate",
        "level": Level.NEEDS_REVIEW,
        "severity": Severity.HIGH,
        "band": Band.STRONG,
        "functions": (Function.PROTECTION,),
    }
    return Finding(**{"id": id} | given | parts)


def gap(code: str = "list_missing", **parts: Any) -> Gap:
    """A gap of ours in the watchlist check, unless said otherwise."""
    return Gap(**{"code": code, "check": "watchlist", "owner": GapOwner.OURS, "due": date(2026, 2, 14)} | parts)


def leaf(**parts: Any) -> LeafTrace:
    """A leaf that failed."""
    given: dict[str, Any] = {
        "path": "all[0]",
        "field": "match.severity",
        "op": "ge",
        "expected": "high",
        "actual": "low",
        "result": "false",
    }
    return LeafTrace(**given | parts)


def outcome(rule_id: str = "threats", status: RuleStatus = RuleStatus.NOT_FIRED, **parts: Any) -> RuleOutcome:
    """What became of a rule."""
    if status is not RuleStatus.FIRED:
        parts.setdefault("deciding", leaf())
    return RuleOutcome(**{"rule": rule_id, "rule_version": "1", "check": "content", "status": status} | parts)


def result(check: str = "content", *findings: Finding, **parts: Any) -> CheckResult:
    """What one check says."""
    given: dict[str, Any] = {"check_version": "1", "status": CheckStatus.DONE, "findings": findings}
    return CheckResult(**{"check": check} | given | parts)


def decision(disposition: Disposition = Disposition.NOTHING_FOUND, **parts: Any) -> Decision:
    """A decision; the level follows the disposition where that names one."""
    named = {level.value: level for level in Level}
    parts.setdefault("level", named.get(disposition.value, Level.NOTHING_FOUND))
    return Decision(disposition=disposition, **parts)
