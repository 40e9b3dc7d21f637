"""Why a decision is what it is, and why not: every decision rule, as data and as sentences."""

from __future__ import annotations

from dataclasses import dataclass

from vetting_engine import messages
from vetting_engine.model.decision import Decision
from vetting_engine.model.finding import LeafTrace, RuleOutcome, RuleStatus
from vetting_engine.model.ruleset import DECISION, Rule, Ruleset

__all__ = ["RuleExplanation", "because", "explain"]


@dataclass(frozen=True, slots=True)
class RuleExplanation:
    """One decision rule: what became of it, on which facts it fired, or the leaf that decided against it.

    ``facts`` name findings by id, gaps and attestations by what they are. ``deciding`` is the first condition
    that failed or was unknown, of the nearest list member, with what was expected and what was there.
    """

    rule: str
    version: str
    title: str
    status: RuleStatus
    facts: tuple[str, ...]
    deciding: LeafTrace | None

    def text(self, language: str = messages.FALLBACK) -> str:
        """One sentence."""
        params: dict[str, str] = {"title": self.title, "facts": ", ".join(self.facts), "because": ""}
        code = f"explain.rule_{self.status.value}"
        if self.status is RuleStatus.FIRED and not self.facts:
            code = "explain.rule_fired_alone"
        elif self.deciding is not None:
            params["because"] = because(self.deciding, language)
        return messages.text(code, params, language)


def explain(decision: Decision, ruleset: Ruleset) -> tuple[RuleExplanation, ...]:
    """Every decision rule of the pack, in the pack's order."""
    outcomes = {outcome.rule: outcome for outcome in decision.outcomes}
    return tuple(_explained(rule, outcomes[rule.id]) for rule in ruleset.rules_of(DECISION) if rule.id in outcomes)


def _explained(rule: Rule, outcome: RuleOutcome) -> RuleExplanation:
    return RuleExplanation(
        rule=rule.id,
        version=outcome.rule_version,
        title=rule.title,
        status=outcome.status,
        facts=outcome.facts,
        deciding=outcome.deciding,
    )


def because(leaf: LeafTrace, language: str = messages.FALLBACK) -> str:
    """What a leaf asked for and what was there, as part of a sentence."""
    if leaf.op == "too_costly":
        return messages.text("explain.too_costly", language=language)
    params = {
        "field": leaf.field,
        "fact": leaf.fact,
        "op": messages.text(f"operator.{leaf.op}", language=language),
        "expected": leaf.expected,
        "actual": leaf.actual if leaf.actual is not None else "",
    }
    if leaf.op == "some":
        return messages.text("explain.list_failed", params, language)
    unknown = leaf.result == "unknown" or leaf.actual is None
    code = f"explain.leaf_{'unknown' if unknown else 'failed'}{'_at' if leaf.fact else ''}"
    return messages.text(code, params, language)
