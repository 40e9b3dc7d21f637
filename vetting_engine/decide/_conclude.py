"""From fired rules and findings to a decision: the maximum, obligations, functions, reasons."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from vetting_engine.model.candidate import Attestation
from vetting_engine.model.decision import Disposition, DueObligation, Reason
from vetting_engine.model.decision_facts import attestation_in_force
from vetting_engine.model.finding import (
    CheckResult,
    Finding,
    FindingStatus,
    Function,
    LeafTrace,
    RuleOutcome,
    RuleStatus,
)
from vetting_engine.model.ruleset import DECISION, Obligation, Rule, Ruleset
from vetting_engine.model.scales import Level

__all__ = [
    "RANKS",
    "Force",
    "approved",
    "disposition_of",
    "due_obligations",
    "functions_of",
    "hits",
    "outcome",
    "reasons_of",
]

#: Looked up rather than compared: a batch compares levels a hundred times per candidate.
RANKS: Mapping[Level, int] = {level: level.rank for level in Level}
_DISPOSITIONS: Mapping[Level, Disposition] = {level: Disposition(level.value) for level in Level}


@dataclass(frozen=True, slots=True)
class Force:
    """Which rules weigh on one day. ``resting`` are ids of check rules, by check, that do not."""

    as_of: date
    weighing: tuple[Rule, ...]  # decision rules
    active: frozenset[str]
    resting: frozenset[tuple[str, str]]

    @classmethod
    def on(cls, ruleset: Ruleset, as_of: date) -> Force:
        """The rules of a pack on a day."""
        weighing = tuple(rule for rule in ruleset.rules_of(DECISION) if rule.in_force(as_of))
        resting = frozenset((rule.check, rule.id) for rule in ruleset.rules if not rule.in_force(as_of))
        return cls(as_of, weighing, frozenset(rule.id for rule in weighing), resting)

    def heeded(self, results: Sequence[CheckResult]) -> tuple[CheckResult, ...]:
        """The results without findings of rules that are experimental or not in force: those never weigh."""
        if not self.resting:
            return tuple(results)
        return tuple(
            result.model_copy(update={"findings": kept})
            if len(kept := tuple(f for f in result.findings if (f.check, f.rule) not in self.resting))
            < len(result.findings)
            else result
            for result in results
        )


def disposition_of(level: Level, *, has_gap: bool) -> Disposition:
    """The level as disposition; incomplete where a required gap leaves room for something worse."""
    if has_gap and RANKS[level] <= RANKS[Level.CONDITIONAL]:
        return Disposition.INCOMPLETE
    return _DISPOSITIONS[level]


def approved(ruleset: Ruleset, as_of: date) -> bool:
    """Whether the pack has an approval in force: of these very bytes, by two different people, on that day."""
    approval = ruleset.approval
    return (
        approval is not None
        and approval.digest == ruleset.digest
        and len({approver.strip() for approver in approval.approvers} - {""}) > 1
        and approval.in_force(as_of)
    )


def hits(results: Iterable[CheckResult]) -> list[Finding]:
    """The findings that weigh; support disclosures, notes and unknowns never do."""
    return [finding for result in results for finding in result.findings if finding.status is FindingStatus.HIT]


def reasons_of(
    findings: Sequence[Finding], fired: Sequence[Rule], facts: Mapping[str, tuple[str, ...]]
) -> tuple[Reason, ...]:
    """Why the level is what it is, gravest first; ``facts`` are what each rule fired on."""
    reasons = [Reason(level=one.level, finding=one.id) for one in findings if one.level is not Level.NOTHING_FOUND]
    reasons += [
        Reason(level=rule.level, rule=rule.id, facts=facts[rule.id])
        for rule in fired
        if rule.level is not Level.NOTHING_FOUND
    ]
    return tuple(sorted(reasons, key=lambda reason: (-RANKS[reason.level], reason.finding or "", reason.rule or "")))


def functions_of(findings: Iterable[Finding], fired: Iterable[Rule]) -> tuple[Function, ...]:
    """Who must look: of everything that weighs or fired, in one fixed order."""
    named = {function for finding in findings for function in finding.functions}
    named.update(function for rule in fired for function in rule.functions)
    return tuple(function for function in Function if function in named)


def due_obligations(
    ruleset: Ruleset, because: Iterable[Rule], attestations: Sequence[Attestation], as_of: date
) -> tuple[DueObligation, ...]:
    """The obligations of the rules that fired, each with the attestation in force that meets it, if any."""
    rules_by_obligation: dict[str, set[str]] = {}
    for rule in because:
        for name in rule.obligations:
            rules_by_obligation.setdefault(name, set()).add(rule.id)
    return tuple(
        _due(ruleset.obligations[name], sorted(rules), attestations, as_of)
        for name, rules in sorted(rules_by_obligation.items())
    )


def _due(
    obligation: Obligation, because: Sequence[str], attestations: Sequence[Attestation], as_of: date
) -> DueObligation:
    meeting = []
    for attestation in attestations:
        if attestation.kind != obligation.attestation or attestation_in_force(attestation, as_of) is not True:
            continue
        ends = [attestation.expires] if attestation.expires is not None else []
        if obligation.valid_days is not None and attestation.on is not None:
            ends.append(attestation.on + timedelta(days=obligation.valid_days))
        end = min(ends, default=date.max)
        if end >= as_of:
            meeting.append((end, attestation.reference or attestation.kind))
    if not meeting:
        return DueObligation(id=obligation.id, because=tuple(because))
    # The one that holds longest.
    end, reference = max(meeting)
    expires = end if end < date.max else None
    return DueObligation(id=obligation.id, because=tuple(because), met_by=reference, expires=expires)


_STATUS: Mapping[bool | None, RuleStatus] = {
    True: RuleStatus.FIRED,
    False: RuleStatus.NOT_FIRED,
    None: RuleStatus.UNKNOWN,
}


def outcome(
    rule: Rule, value: bool | None, deciding: LeafTrace | None, facts: tuple[str, ...], *, active: bool
) -> RuleOutcome:
    """What became of a decision rule; one that is not in force shows how often it would have fired."""
    return RuleOutcome(
        rule=rule.id,
        rule_version=rule.version,
        check=DECISION,
        status=_STATUS[value] if active else RuleStatus.NOT_IN_FORCE,
        times=int(value is True),
        deciding=deciding,
        facts=facts,
    )
