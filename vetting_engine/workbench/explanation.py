"""Why a recorded decision is what it is, rule by rule: what fired or not, what was lowered, what would change it.

What became of each rule is read from the record, never worked out anew; the conditions behind decision rules are
evaluated again on the recorded findings, with the archived pack, and shown where they say the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from vetting_engine.conditions import Trace
from vetting_engine.decide import Decider, Why
from vetting_engine.decide.discretion import discreet_checks, hidden_rules, may_see
from vetting_engine.model.candidate import Candidate
from vetting_engine.model.decision import Decision, Reason
from vetting_engine.model.finding import Finding, FindingStatus, Function, Gap, LeafTrace, RuleOutcome, RuleStatus
from vetting_engine.model.record import Record, SealedContent
from vetting_engine.model.ruleset import DECISION, Rule, Ruleset
from vetting_engine.model.scales import Level

__all__ = ["Explanation", "FindingAccount", "Lowered", "RuleAccount", "explain_record"]

_VALUES: Mapping[RuleStatus, bool | None] = {
    RuleStatus.FIRED: True,
    RuleStatus.NOT_FIRED: False,
    RuleStatus.UNKNOWN: None,
}


@dataclass(frozen=True, slots=True)
class Lowered:
    """A modifier that took a finding from one level to another, or would."""

    modifier: str
    from_level: Level
    to_level: Level


@dataclass(frozen=True, slots=True)
class FindingAccount:
    """A finding of a rule: what was lowered, and what could still lower it."""

    id: str
    status: FindingStatus
    level: Level
    lowered: tuple[Lowered, ...]
    could_lower: tuple[Lowered, ...]


@dataclass(frozen=True, slots=True)
class RuleAccount:
    """One rule. ``conditions``, ``changes`` and ``facts`` leave out what this reader may not see.

    ``nearest`` is the leaf that decided against the rule; ``changes`` are the fewest leaves that would have to answer
    otherwise for the rule to fire, or, where it fired, not to. ``without`` is the level that would be left if the
    rule had not fired; None where it did not. Check rules keep only the leaf that decided.
    """

    rule: str
    version: str
    check: str
    title: str
    status: RuleStatus
    level: Level
    times: int
    overridden: bool  # it fired, and a modifier lowered what it found
    findings: tuple[FindingAccount, ...]
    facts: tuple[str, ...]
    conditions: tuple[LeafTrace, ...]
    nearest: LeafTrace | None
    changes: tuple[LeafTrace, ...]
    without: Level | None


@dataclass(frozen=True, slots=True)
class Explanation:
    """A recorded decision explained, to one function of the team or (``function`` None) to the team as a whole.

    ``withheld`` counts the findings only other functions may read; their rules are left out.
    """

    record: str
    as_of: str
    ruleset: str
    digest: str
    disposition: str
    level: Level
    held: bool
    dry_run: bool
    function: Function | None
    rules: tuple[RuleAccount, ...]
    gaps: tuple[Gap, ...]
    withheld: int


def explain_record(
    record: Record, content: SealedContent, ruleset: Ruleset, function: Function | None = None
) -> Explanation:
    """Explain a record.

    Args:
        record: as the journal has it.
        content: its sealed part, opened.
        ruleset: the pack it was made with, from the archive.
        function: the reader's; confidential findings are shown to their functions only.
    """
    decision = content.decision
    reader = _Reader(content, ruleset, function)
    why = Decider(ruleset).why(Candidate.model_validate(content.candidate), content.results, record.core.as_of)
    outcomes = [outcome for result in content.results for outcome in result.outcomes]
    known = {(rule.check, rule.id): rule for rule in ruleset.rules}
    checked = [
        _check_account(outcome, known[outcome.check, outcome.rule], reader, decision)
        for outcome in outcomes
        if outcome.rule not in reader.hidden and (outcome.check, outcome.rule) in known
    ]
    decided = [
        _decision_account(outcome, known[DECISION, outcome.rule], why, reader, decision)
        for outcome in decision.outcomes
        if (DECISION, outcome.rule) in known and outcome.rule not in reader.hidden
    ]
    return Explanation(
        record=record.id,
        as_of=record.core.as_of.isoformat(),
        ruleset=f"{ruleset.id} {ruleset.version}",
        digest=ruleset.digest,
        disposition=decision.disposition.value,
        level=decision.level,
        held=decision.held,
        dry_run=decision.dry_run,
        function=function,
        rules=(*decided, *checked),
        gaps=decision.gaps,
        withheld=len(reader.withheld),
    )


class _Reader:
    """What one reader may see of a record."""

    def __init__(self, content: SealedContent, ruleset: Ruleset, function: Function | None) -> None:
        findings = [finding for result in content.results for finding in result.findings]
        self.withheld = frozenset(finding.id for finding in findings if not may_see(finding, function))
        self.hidden = hidden_rules(content.results, content.decision, ruleset, function)
        self._discreet = discreet_checks(content.results, ruleset, function)
        self.findings: dict[tuple[str, str], list[Finding]] = {}
        for finding in findings:
            self.findings.setdefault((finding.check, finding.rule), []).append(finding)

    def nearest(self, outcome: RuleOutcome) -> LeafTrace | None:
        """The leaf that decided, unless the member it looked at may be one this reader must not know."""
        leaf = outcome.deciding
        return None if leaf is not None and leaf.fact and outcome.check in self._discreet else leaf

    def leaves(self, leaves: Iterable[LeafTrace], names: Mapping[str, str]) -> tuple[LeafTrace, ...]:
        """Leaves with their list members named, without those that show a confidential finding."""
        named = [_named(leaf, names) for leaf in leaves]
        # How many members a list has tells whether there is one that may not be seen.
        return tuple(
            leaf for leaf in named if leaf.fact not in self.withheld and not (self.withheld and leaf.field == "finding")
        )


def _named(leaf: LeafTrace, names: Mapping[str, str]) -> LeafTrace:
    """The leaf with its list member called by name."""
    return leaf.model_copy(update={"fact": names[leaf.fact]}) if leaf.fact in names else leaf


def _check_account(outcome: RuleOutcome, rule: Rule, reader: _Reader, decision: Decision) -> RuleAccount:
    findings = reader.findings.get((outcome.check, outcome.rule), [])
    accounts = tuple(_finding_account(finding, rule) for finding in findings)
    deciding = reader.nearest(outcome)
    nearest = () if deciding is None else (deciding,)
    fired = outcome.status is RuleStatus.FIRED
    return RuleAccount(
        rule=rule.id,
        version=outcome.rule_version,
        check=rule.check,
        title=rule.title,
        status=outcome.status,
        level=rule.level,
        times=outcome.times,
        overridden=fired and any(one.to_level < one.from_level for each in accounts for one in each.lowered),
        findings=accounts,
        facts=(),
        conditions=nearest,
        nearest=deciding,
        changes=nearest,
        without=_without(decision, {finding.id for finding in findings}, None) if fired else None,
    )


def _finding_account(finding: Finding, rule: Rule) -> FindingAccount:
    applied = {one.modifier for one in finding.modifiers}
    could = [
        Lowered(name, finding.level, Level(level))
        for name, level in rule.modifiers.items()
        if name not in applied and Level(level) < finding.level
    ]
    lowered = [Lowered(one.modifier, one.from_level, one.to_level) for one in finding.modifiers]
    return FindingAccount(finding.id, finding.status, finding.level, tuple(lowered), tuple(could))


def _decision_account(outcome: RuleOutcome, rule: Rule, why: Why, reader: _Reader, decision: Decision) -> RuleAccount:
    trace = why.traces.get(rule.id)
    told = trace if trace is not None and _says(trace, outcome.status) else None
    fired = outcome.status is RuleStatus.FIRED
    nearest = reader.leaves([] if outcome.deciding is None else [outcome.deciding], why.names)
    return RuleAccount(
        rule=rule.id,
        version=outcome.rule_version,
        check=DECISION,
        title=rule.title,
        status=outcome.status,
        level=rule.level,
        times=outcome.times,
        overridden=False,
        findings=(),
        facts=outcome.facts,
        conditions=reader.leaves(told.leaves if told else (), why.names),
        nearest=nearest[0] if nearest else None,
        changes=reader.leaves(told.changes(not fired) if told else (), why.names),
        without=_without(decision, set(), rule.id) if fired else None,
    )


def _says(trace: Trace, status: RuleStatus) -> bool:
    """Whether what is found again is what was recorded; a rule not in force is shown as it would be."""
    return status not in _VALUES or trace.value is _VALUES[status]


def _without(decision: Decision, findings: set[str], rule: str | None) -> Level:
    """The level that is left if the findings, or the rule, had not been."""

    def stays(reason: Reason) -> bool:
        if rule is not None:
            return reason.rule != rule
        return reason.finding not in findings and not (reason.facts and set(reason.facts) <= findings)

    return max((reason.level for reason in decision.reasons if stays(reason)), default=Level.NOTHING_FOUND)
