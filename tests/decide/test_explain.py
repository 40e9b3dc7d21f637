"""Why, and why not."""

from __future__ import annotations

from typing import Any

import make

from vetting_engine import messages
from vetting_engine.decide import Decider
from vetting_engine.decide.explain import explain
from vetting_engine.model.condition import All, Compare, Count, Operator, Some
from vetting_engine.model.finding import RuleStatus
from vetting_engine.model.ruleset import RuleState
from vetting_engine.model.scales import Level


def leaf(field: str, op: str, value: Any) -> Compare:
    return Compare(field=field, op=Operator(op), value=value)


def some(*leaves: Compare) -> Some:
    return Some(over="finding", alias="f", where=All(of=leaves))


RULES = {
    "fired": some(leaf("f.check", "eq", "content")),
    "alone": leaf("posts", "eq", 0),
    "close": some(leaf("f.check", "eq", "content"), leaf("f.severity", "ge", "critical")),
    "scored": some(leaf("f.score", "ge", 5_000)),
    "none-there": Some(over="attestation", alias="a"),
    "counted": Count(over="finding", alias="f", op=Operator.GE, value=3),
    "own": leaf("posts", "ge", 1),
}


def test_every_rule_says_why_or_why_not_in_a_sentence() -> None:
    rules = [make.rule(name, check="decision", title=name, when=when) for name, when in RULES.items()]
    trial = make.rule("trial", check="decision", title="trial", when=RULES["fired"], status=RuleState.EXPERIMENTAL)
    ruleset = make.ruleset(*rules, trial)
    results = [make.result("content", make.finding(level=Level.CONDITIONAL))]
    decision = Decider(ruleset).decide(make.candidate(), results, make.AS_OF).decision
    told = {explanation.rule: explanation for explanation in explain(decision, ruleset)}
    assert list(told) == [*RULES, "trial"]
    assert told["fired"].facts == ("content-1",)
    assert {name: explanation.text() for name, explanation in told.items()} == {
        "fired": "fired: fired on content-1.",
        "alone": "alone: fired.",
        "close": "close: did not fire, since f.severity of finding[0] was high; the rule asks for at least critical.",
        "scored": "scored: could not be answered, since f.score of finding[0] is not known; "
        "the rule asks for at least 5000.",
        "none-there": "none-there: did not fire, since of attestation, at least one had to fit; there were 0.",
        "counted": "counted: did not fire, since finding was 1; the rule asks for a number of at least 3.",
        "own": "own: did not fire, since posts was 0; the rule asks for at least 1.",
        "trial": "trial: shown only; it is experimental or not in force and does not count.",
    }


def test_there_is_a_sentence_for_every_status_and_operator() -> None:
    codes = messages.codes()
    assert {f"explain.rule_{status.value}" for status in RuleStatus} <= codes
    assert {f"operator.{op.value}" for op in Operator} <= codes
