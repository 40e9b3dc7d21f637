"""The rules that did not fire, as one reader may see them: which conditions failed, and never what is confidential.

A trace says what stood where a condition failed. Where a reader may not know what the list members are (a term of
distress, a support disclosure among the findings), the trace would tell them; so it is told without its member.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from markupsafe import Markup

from vetting_engine.decide.discretion import discreet_checks, hidden_rules
from vetting_engine.model.finding import LeafTrace, RuleOutcome, RuleStatus
from vetting_engine.model.ruleset import Ruleset
from vetting_engine.model.run import Vetting
from vetting_engine.reports._options import Options
from vetting_engine.reports._words import Words, apart

__all__ = ["rule_table"]

#: How the evaluator writes a flag; other expectations of ``present`` say what should have been there.
_FLAGS = {"true": "not_given", "false": "given"}


def rule_table(vetting: Vetting, ruleset: Ruleset, options: Options, words: Words) -> list[dict[str, object]]:
    """Rules that did not fire, each with the first condition that failed or was not known."""
    titles: Mapping[str, str] = {rule.id: rule.title for rule in ruleset.rules}
    hidden = hidden_rules(vetting.results, vetting.decision, ruleset, options.function)
    discreet = discreet_checks(vetting.results, ruleset, options.function)
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
