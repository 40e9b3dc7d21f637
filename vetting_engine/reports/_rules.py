"""The rules that did not fire, as one reader may see them: which conditions failed, and never what is confidential.

A trace says what stood where a condition failed. Where a reader may not know what the list members are (a term of
distress, a support disclosure among the findings), the trace would tell them; so it is told without its member.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from markupsafe import Markup

from vetting_engine.model.condition import All, Any, AtLeast, Compare, Count, Not, Some
from vetting_engine.model.finding import FindingStatus, LeafTrace, RuleOutcome, RuleStatus
from vetting_engine.model.ruleset import DECISION, Rule, Ruleset
from vetting_engine.model.run import Vetting
from vetting_engine.reports._options import Options
from vetting_engine.reports._words import Words, apart

__all__ = ["discreet_checks", "hidden_rules", "rule_table"]

SUPPORT = FindingStatus.SUPPORT.value
#: How the evaluator writes a flag; other expectations of ``present`` say what should have been there.
_FLAGS = {"true": "not_given", "false": "given"}


def hidden_rules(vetting: Vetting, ruleset: Ruleset, options: Options) -> frozenset[str]:
    """Rules this reader may not see the outcome of.

    Rules that tell support disclosures, and decision rules that ask for them, are hidden whether or not they
    fired, so that neither their presence nor their absence from a table says anything about the person.
    """
    telling = _support_rules(ruleset, options)
    names = {SUPPORT, *(rule.id for rule in telling), *(rule.category for rule in telling if rule.category)}
    asking = {
        rule.id
        for rule in ruleset.rules_of(DECISION)
        if telling and names & set(_literals(rule.when)) and options.function not in rule.functions
    }
    unseen = [f for result in vetting.results for f in result.findings if not options.shows(f)]
    ids = {finding.id for finding in unseen}
    resting = {outcome.rule for outcome in vetting.decision.outcomes if ids & set(outcome.facts)}
    return frozenset({rule.id for rule in telling} | asking | resting | {finding.rule for finding in unseen})


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


def discreet_checks(vetting: Vetting, ruleset: Ruleset, options: Options) -> frozenset[str]:
    """Checks whose traces are told without the list member they looked at: those with something this reader may
    not know, and the decision over their findings. For support rules this holds whether or not anything was found.
    """
    support = {rule.check for rule in _support_rules(ruleset, options)}
    withheld = {f.check for result in vetting.results for f in result.findings if not options.shows(f)}
    checks = support | withheld
    return frozenset(checks | {DECISION}) if checks else frozenset()


def _support_rules(ruleset: Ruleset, options: Options) -> list[Rule]:
    return [
        rule
        for rule in ruleset.rules
        if rule.status_on_hit == SUPPORT and (options.function is None or options.function not in rule.functions)
    ]


def rule_table(vetting: Vetting, ruleset: Ruleset, options: Options, words: Words) -> list[dict[str, object]]:
    """Rules that did not fire, each with the first condition that failed or was not known."""
    titles: Mapping[str, str] = {rule.id: rule.title for rule in ruleset.rules}
    hidden = hidden_rules(vetting, ruleset, options)
    discreet = discreet_checks(vetting, ruleset, options)
    return [
        {
            "check": words.word("check", outcome.check),
            "rule": outcome.rule,
            "rule_version": outcome.rule_version,
            "title": apart(titles.get(outcome.rule, outcome.rule)),
            "status": outcome.status.value,
            "status_word": words.word("report.rule_status", outcome.status),
            "because": _because(outcome.deciding, words, discreet=outcome.check in discreet)
            if outcome.deciding
            else "",
        }
        for outcome in _outcomes(vetting)
        if outcome.status is not RuleStatus.FIRED and outcome.rule not in hidden
    ]


def _outcomes(vetting: Vetting) -> Sequence[RuleOutcome]:
    return [*(outcome for result in vetting.results for outcome in result.outcomes), *vetting.decision.outcomes]


def _because(leaf: LeafTrace, words: Words, *, discreet: bool) -> Markup:
    """The first condition that failed or was not known, in the words explanations use everywhere."""
    if leaf.op == "too_costly":
        return words.text("explain.too_costly")
    params = {
        "field": leaf.field,
        "fact": leaf.fact,
        "op": words.word("operator", leaf.op),
        "expected": leaf.expected,
        "actual": leaf.actual or "",
    }
    ranges = bool(leaf.fact) or leaf.op == "some" or leaf.op.startswith("count")
    if discreet and ranges:
        return words.sentence("report.leaf.none_fits", params)
    if leaf.op == "present":
        return words.sentence(f"report.leaf.{_FLAGS.get(leaf.expected, 'none_there')}", params)
    if leaf.op == "some":
        return words.sentence("explain.list_failed", params)
    state = "unknown" if leaf.result == "unknown" or leaf.actual is None else "failed"
    return words.sentence(f"explain.leaf_{state}{'_at' if leaf.fact else ''}", params)
