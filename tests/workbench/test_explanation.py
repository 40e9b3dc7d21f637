"""A record explained: every rule accounted for, nothing shown that the reader may not see."""

from __future__ import annotations

import json
import re
from typing import Any

import make
import pytest
import shipped
from workbench.conftest import Recorded

from vetting_engine import FileKeyRing, Journal, messages
from vetting_engine.cli import Exit, main
from vetting_engine.decide import Decider
from vetting_engine.model.condition import All, Compare, Operator, Some
from vetting_engine.model.finding import FindingStatus, Function, RuleStatus
from vetting_engine.model.record import Core, Record, SealedContent
from vetting_engine.model.ruleset import Ruleset
from vetting_engine.model.scales import Level
from vetting_engine.records import open_record
from vetting_engine.workbench.explanation import Explanation, RuleAccount, explain_record
from vetting_engine.workbench.explanation_text import explanation_tree, explanation_values


def leaf(field: str, op: str, value: Any) -> Compare:
    return Compare(field=field, op=Operator(op), value=value)


def about(*leaves: Compare) -> Some:
    return Some(over="finding", alias="f", where=All(of=leaves))


GRAVE = make.rule("grave", check="decision", level=Level.ESCALATE, when=about(leaf("f.severity", "ge", "critical")))
TWO_APART = make.rule(
    "two-apart",
    check="decision",
    level=Level.NEEDS_REVIEW,
    when=about(leaf("f.check", "eq", "content"), leaf("f.severity", "ge", "critical"), leaf("f.status", "eq", "note")),
)
ANY_HIT = make.rule("any-hit", check="decision", level=Level.CONDITIONAL, when=about(leaf("f.status", "eq", "hit")))
SECRET = make.rule("secret", check="decision", when=about(leaf("f.status", "eq", "support")))


def explained(ruleset: Ruleset, *findings: Any, function: Function | None = None) -> Explanation:
    candidate = make.candidate()
    results = (make.result("content", *findings),)
    decision = Decider(ruleset).decide(candidate, results, make.AS_OF).decision
    content = SealedContent(candidate=candidate.model_dump(mode="json"), results=results, decision=decision)
    core: Core = make.core(candidate, decision)
    record = Record.model_construct(id="0123456789abcdef-0", core=core, envelope=None, sealed=None)
    return explain_record(record, content, ruleset, function)


def account(explanation: Explanation, rule: str) -> RuleAccount:
    return next(one for one in explanation.rules if one.rule == rule)


def test_a_rule_that_fired_names_its_facts_what_would_stop_it_and_what_would_be_left() -> None:
    told = explained(make.ruleset(GRAVE, ANY_HIT, TWO_APART), make.finding(level=Level.CONDITIONAL))
    fired = account(told, "any-hit")
    assert (fired.status, fired.facts) == (RuleStatus.FIRED, ("content-1",))
    assert [(one.field, one.fact, one.actual) for one in fired.changes] == [("f.status", "content-1", "hit")]
    assert fired.without is Level.CONDITIONAL  # the finding itself still says so
    assert account(told, "grave").without is None


def test_a_rule_that_did_not_fire_names_its_nearest_miss_and_everything_that_would_have_to_change() -> None:
    told = explained(make.ruleset(GRAVE, TWO_APART), make.finding(level=Level.CONDITIONAL))
    near = account(told, "grave")
    assert near.nearest is not None
    assert (near.nearest.field, near.nearest.expected, near.nearest.actual) == ("f.severity", "critical", "high")
    assert near.changes == (near.nearest,)
    assert [one.field for one in account(told, "two-apart").changes] == ["f.severity", "f.status"]


def test_what_is_confidential_is_shown_to_its_functions_only() -> None:
    secret = make.finding(
        "content-9", status=FindingStatus.SUPPORT, level=Level.NOTHING_FOUND, confidential=True,
        functions=(Function.PROTECTION,), rule="disclosure", category="disclosure-of-violence",
    )  # fmt: skip
    ruleset = make.ruleset(SECRET, ANY_HIT, make.rule("disclosure", status_on_hit="support"))
    for function in (None, Function.LEGAL):
        told = explained(ruleset, secret, make.finding(level=Level.CONDITIONAL), function=function)
        assert told.withheld == 1
        assert not {"secret", "disclosure"} & {one.rule for one in told.rules}
        said = json.dumps(explanation_values(told)) + explanation_tree(told)
        assert "content-9" not in said
        assert "disclosure" not in said
    told = explained(ruleset, secret, make.finding(level=Level.CONDITIONAL), function=Function.PROTECTION)
    assert (told.withheld, account(told, "secret").facts) == (0, ("content-9",))


def test_every_rule_of_every_record_is_accounted_for_and_says_what_was_recorded(recorded: Recorded) -> None:
    ruleset = shipped.pack()
    with FileKeyRing(recorded.keys) as ring, Journal.open(recorded.journal) as journal:
        for record, vetting in zip(journal.records(), recorded.vettings, strict=True):
            told = explain_record(record, open_record(record, ring), ruleset, Function.PROTECTION)
            outcomes = [one for result in vetting.results for one in result.outcomes] + list(vetting.decision.outcomes)
            recorded_as = {(one.check, one.rule): one.status for one in outcomes}
            shown = {(one.check, one.rule): one.status for one in told.rules}
            assert shown.items() <= recorded_as.items()
            hidden = {one.id for one in ruleset.rules if one.status_on_hit == "support"}
            assert {rule for _, rule in recorded_as.keys() - shown.keys()} <= hidden
            for one in told.rules:
                if one.check == "decision" and one.status is not RuleStatus.NOT_IN_FORCE:
                    assert one.changes, one.rule
                    assert (one.without is not None) == (one.status is RuleStatus.FIRED)
                for finding in one.findings:
                    assert one.overridden or all(low.to_level == low.from_level for low in finding.lowered)


@pytest.mark.parametrize("language", ["en", "fr", "es", "ar"])
def test_the_tree_is_whole_in_every_language(recorded: Recorded, language: str) -> None:
    ruleset = shipped.pack()
    with FileKeyRing(recorded.keys) as ring, Journal.open(recorded.journal) as journal:
        for record in journal.records():
            tree = explanation_tree(explain_record(record, open_record(record, ring), ruleset), language)
            assert record.id in tree
            assert not re.search(r"\bexplain\.|\{[a-z_]+\}", tree)
            if language != messages.FALLBACK:
                assert "Did not fire" not in tree


def test_from_the_shell(recorded: Recorded, capsys: pytest.CaptureFixture[str]) -> None:
    record = recorded.vettings[2].record_id or ""
    where = ["--journal", str(recorded.journal), "--keys", str(recorded.keys)]
    assert main(["explain", record, *where, "--json", "--function", "protection"]) == Exit.DONE
    told = json.loads(capsys.readouterr().out)
    assert (told["record"], told["function"]) == (record, "protection")
    assert told["disposition"] == recorded.vettings[2].decision.disposition.value
    assert main(["explain", record, *where, "--language", "fr"]) == Exit.DONE
    assert "Non déclenchées" in capsys.readouterr().out
    assert main(["explain", "0000000000000000-99", *where]) == Exit.ERROR
    assert "journal.no_such_record" in capsys.readouterr().err
