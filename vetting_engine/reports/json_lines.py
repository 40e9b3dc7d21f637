"""One JSON object per candidate, in the order they were vetted: for other tools.

Canonical JSON (sorted keys, no floats). Without ``with_evidence`` a line carries no personal text but the id:
codes, levels and counts only. Findings only some functions may read are counted, never told.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from pathlib import Path

from vetting_engine import canonical
from vetting_engine.decide.discretion import hidden_rules
from vetting_engine.model.decision import DueObligation, Reason
from vetting_engine.model.finding import Finding, Gap, RuleOutcome
from vetting_engine.model.run import Run, Vetting
from vetting_engine.model.watchlist import NOT_FOR
from vetting_engine.records.core import core_digest
from vetting_engine.reports._options import Options

__all__ = ["LINE_SCHEMA", "PLUGIN", "JsonLinesReport"]

LINE_SCHEMA = "vetting-engine/line/1"
FILE = "candidates.jsonl"


@dataclass(frozen=True)
class JsonLinesReport:
    """Writes ``candidates.jsonl``; the keys are described in the reference of reports."""

    name: str = "jsonl"
    options: Options = field(default_factory=Options)

    def configured(self, options: Options) -> JsonLinesReport:
        """The same report with personal text, or for the reviewer of one function."""
        return replace(self, options=options)

    def write(self, run: Run, folder: Path) -> tuple[Path, ...]:
        """Write the file into an existing folder."""
        path = folder / FILE
        with path.open("wb") as out:
            for vetting in run.vettings:
                out.write(canonical.dumps(_line(vetting, run, self.options)) + b"\n")
        return (path,)


PLUGIN = JsonLinesReport()


def _line(vetting: Vetting, run: Run, options: Options) -> dict[str, object]:
    decided = vetting.decision
    findings = [finding for result in vetting.results for finding in result.findings]
    hidden = {finding.id for finding in findings if not options.shows(finding)}
    unseen = hidden_rules(vetting.results, vetting.decision, run.ruleset, options.function)
    return {
        "schema": LINE_SCHEMA,
        "id": vetting.candidate.id,
        "as_of": run.as_of.isoformat(),
        "engine_version": run.engine_version,
        "ruleset": {"id": run.ruleset.id, "version": run.ruleset.version, "digest": run.ruleset.digest},
        "lists": [{"list_id": item.list_id, "digest": item.digest} for item in run.watchlists],
        "registers": [{"register_id": item.register_id, "digest": item.digest} for item in run.registers],
        "disposition": decided.disposition.value,
        "level": decided.level.value,
        "held": decided.held,
        "dry_run": run.dry_run or decided.dry_run,
        "functions": [function.value for function in decided.functions],
        "reasons": [_reason(reason, hidden, unseen) for reason in decided.reasons],
        "findings": [_finding(finding, options) for finding in findings if finding.id not in hidden],
        "confidential": _confidential(findings, hidden),
        "gaps": [_gap(gap, options) for gap in decided.gaps],
        "obligations": [_obligation(due, hidden | unseen) for due in decided.obligations],
        "checks": _checks(vetting, unseen),
        "decision_rules": [_outcome(outcome) for outcome in decided.outcomes if outcome.rule not in unseen],
        "engines": [
            {"engine": engine.engine, "ran": engine.ran, "agreed": engine.agreed, "reason": engine.reason}
            for engine in vetting.engines
        ],
        "record_id": vetting.record_id,
        "core_digest": core_digest(vetting.core),
        "not_for": NOT_FOR,
    }


def _reason(reason: Reason, hidden: set[str], unseen: frozenset[str]) -> dict[str, object]:
    return {
        "level": reason.level.value,
        "finding": "confidential" if reason.finding in hidden else reason.finding,
        "rule": "confidential" if reason.rule in unseen else reason.rule,
    }


def _finding(finding: Finding, options: Options) -> dict[str, object]:
    told: dict[str, object] = {
        "id": finding.id,
        "check": finding.check,
        "rule": finding.rule,
        "rule_version": finding.rule_version,
        "status": finding.status.value,
        "code": finding.code,
        "category": finding.category,
        "level": finding.level.value,
        "severity": finding.severity.value,
        "band": finding.band.value,
        "functions": [function.value for function in finding.functions],
        "confidential": finding.confidential,
        "modifiers": [
            {"modifier": item.modifier, "from_level": item.from_level.value, "to_level": item.to_level.value}
            for item in finding.modifiers
        ],
    }
    if options.with_evidence and options.shows_excerpts(finding):
        told["topic"] = finding.topic
        told["params"] = dict(finding.params)
        told["evidence"] = [piece.model_dump(mode="json") for piece in finding.evidence]
    return told


def _confidential(findings: list[Finding], hidden: set[str]) -> list[dict[str, object]]:
    counts = Counter(finding.functions for finding in findings if finding.id in hidden)
    return [
        {"functions": [function.value for function in functions], "count": count}
        for functions, count in sorted(counts.items())
    ]


def _gap(gap: Gap, options: Options) -> dict[str, object]:
    told: dict[str, object] = {
        "code": gap.code,
        "check": gap.check,
        "owner": gap.owner.value,
        "functions": [function.value for function in gap.functions],
        "due": None if gap.due is None else gap.due.isoformat(),
    }
    return told | ({"params": dict(gap.params)} if options.with_evidence else {})


def _obligation(due: DueObligation, hidden: AbstractSet[str]) -> dict[str, object]:
    return {
        "id": due.id,
        "because": ["confidential" if item in hidden else item for item in due.because],
        "met": due.met_by is not None,
        "expires": None if due.expires is None else due.expires.isoformat(),
    }


def _checks(vetting: Vetting, unseen: frozenset[str]) -> list[dict[str, object]]:
    return [
        {
            "check": result.check,
            "version": result.check_version,
            "status": result.status.value,
            "rules": [_outcome(outcome) for outcome in result.outcomes if outcome.rule not in unseen],
        }
        for result in vetting.results
    ]


def _outcome(outcome: RuleOutcome) -> dict[str, object]:
    """A rule's outcome; where it was decided is told, what stood there is not."""
    return {
        "rule": outcome.rule,
        "version": outcome.rule_version,
        "status": outcome.status.value,
        "times": outcome.times,
        "decided_at": outcome.deciding.path if outcome.deciding else None,
    }
