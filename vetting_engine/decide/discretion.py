"""Who may know what: rules and checks whose outcome would tell a reader of a confidential finding.

A support disclosure goes to protection in confidence. Its rule, the decision rules that ask for it, and a trace that
shows the term of distress it looked at would all tell it, so reports and explanations leave them out alike.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from vetting_engine.model.condition import All, Any, AtLeast, Compare, Count, Not, Some
from vetting_engine.model.decision import Decision
from vetting_engine.model.finding import CheckResult, Finding, FindingStatus, Function
from vetting_engine.model.ruleset import DECISION, Rule, Ruleset

__all__ = ["discreet_checks", "hidden_rules", "may_see"]

SUPPORT = FindingStatus.SUPPORT.value


def may_see(finding: Finding, function: Function | None) -> bool:
    """Whether a reader of that function (None: the whole team) may know what the finding says."""
    return not finding.confidential or function in finding.functions


def hidden_rules(
    results: Sequence[CheckResult], decision: Decision, ruleset: Ruleset, function: Function | None
) -> frozenset[str]:
    """Rules this reader may not see the outcome of.

    Rules that tell support disclosures, and decision rules that ask for them, are hidden whether or not they
    fired, so that neither their presence nor their absence says anything about the person.
    """
    telling = _support_rules(ruleset, function)
    names = {SUPPORT, *(rule.id for rule in telling), *(rule.category for rule in telling if rule.category)}
    asking = {
        rule.id
        for rule in ruleset.rules_of(DECISION)
        if telling and names & set(_literals(rule.when)) and function not in rule.functions
    }
    unseen = _unseen(results, function)
    ids = {finding.id for finding in unseen}
    resting = {outcome.rule for outcome in decision.outcomes if ids & set(outcome.facts)}
    return frozenset({rule.id for rule in telling} | asking | resting | {finding.rule for finding in unseen})


def discreet_checks(results: Sequence[CheckResult], ruleset: Ruleset, function: Function | None) -> frozenset[str]:
    """Checks whose traces are told without the list member they looked at: those with something this reader may
    not know, and the decision over their findings. For support rules this holds whether or not anything was found.
    """
    support = {rule.check for rule in _support_rules(ruleset, function)}
    checks = support | {finding.check for finding in _unseen(results, function)}
    return frozenset(checks | {DECISION}) if checks else frozenset()


def _unseen(results: Sequence[CheckResult], function: Function | None) -> list[Finding]:
    return [finding for result in results for finding in result.findings if not may_see(finding, function)]


def _support_rules(ruleset: Ruleset, function: Function | None) -> list[Rule]:
    return [rule for rule in ruleset.rules if rule.status_on_hit == SUPPORT and function not in rule.functions]


def _literals(condition: object) -> Iterator[str]:
    """Every text a condition compares with, in any branch."""
    if isinstance(condition, Compare):
        values = condition.value if isinstance(condition.value, tuple) else (condition.value,)
        yield from (value for value in values if isinstance(value, str))
    elif isinstance(condition, Not):
        yield from _literals(condition.of)
    elif isinstance(condition, All | Any | AtLeast):
        for part in condition.of:
            yield from _literals(part)
    elif isinstance(condition, Some | Count):
        yield from _literals(condition.where)
