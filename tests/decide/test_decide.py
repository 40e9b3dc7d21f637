"""What findings, gaps and decision rules mean together."""

from __future__ import annotations

import pickle
from datetime import date, timedelta
from typing import Any

import make
import pytest

from vetting_engine import messages
from vetting_engine.decide import Decided, Decider, _durable
from vetting_engine.errors import RulesetError
from vetting_engine.model.candidate import Attestation
from vetting_engine.model.condition import All, Compare, Condition, Count, Not, Operator, Some
from vetting_engine.model.decision import Disposition
from vetting_engine.model.finding import (
    CheckResult,
    CheckStatus,
    Finding,
    FindingStatus,
    Function,
    GapOwner,
    RuleStatus,
)
from vetting_engine.model.ruleset import Obligation, Rule, Ruleset, RuleState
from vetting_engine.model.scales import Level

AS_OF = make.AS_OF


def leaf(field: str, op: str, value: Any = None, **more: Any) -> Compare:
    return Compare(field=field, op=Operator(op), value=value, **more)


def some(*leaves: Condition, over: str = "finding") -> Some:
    return Some(over=over, alias="f", where=All(of=leaves) if leaves else None)


NEVER = some(leaf("f.category", "eq", "nothing-is-called-this"))


def rule(id: str, when: Condition, **parts: Any) -> Rule:  # noqa: A002
    given: dict[str, Any] = {"check": "decision", "functions": (), "modifiers": {}, "prompts": (), "when": when}
    return make.rule(id, **given | parts)


def pack(*rules: Rule, **parts: Any) -> Ruleset:
    return make.ruleset(*(rules or (rule("never", NEVER),)), **parts)


def done(*findings: Finding) -> list[CheckResult]:
    """Three checks done, with these findings."""
    return [
        make.result(check, *(finding for finding in findings if finding.check == check))
        for check in ("conflict", "content", "watchlist")
    ]


def decide(ruleset: Ruleset, results: list[CheckResult], **candidate: Any) -> Decided:
    decided = Decider(ruleset).decide(make.candidate(**candidate), results, AS_OF)
    assert not decided.decision.held
    if _durable.missing() is None:
        assert [run.agreed for run in decided.engines] == [True, True]
    return decided


@pytest.mark.parametrize("level", list(Level))
def test_a_finding_alone_causes_its_own_level(level: Level) -> None:
    decision = decide(pack(), done(make.finding(level=level))).decision
    assert decision.disposition.value == level.value
    assert [reason.finding for reason in decision.reasons] == ([] if level is Level.NOTHING_FOUND else ["content-1"])


def test_findings_and_rules_combine_by_maximum() -> None:
    both = All(of=(some(leaf("f.check", "eq", "watchlist")), some(leaf("f.check", "eq", "content"))))
    findings = (
        make.finding(level=Level.CONDITIONAL),
        make.finding("watchlist-1", check="watchlist", rule="name-similar", functions=(Function.LEGAL,)),
    )
    decision = decide(pack(rule("both", both, level=Level.ESCALATE)), done(*findings)).decision
    assert decision.disposition is Disposition.ESCALATE
    assert [(reason.level, reason.finding, reason.rule) for reason in decision.reasons] == [
        (Level.ESCALATE, None, "both"),
        (Level.NEEDS_REVIEW, "watchlist-1", None),
        (Level.CONDITIONAL, "content-1", None),
    ]
    assert set(decision.reasons[0].facts) == {"watchlist-1", "content-1"}
    assert decision.functions == (Function.PROTECTION, Function.LEGAL)


@pytest.mark.parametrize("status", [FindingStatus.SUPPORT, FindingStatus.NOTE])
def test_support_and_notes_never_weigh(status: FindingStatus) -> None:
    quiet = make.finding(status=status, level=Level.NOTHING_FOUND, confidential=True)
    decision = decide(pack(), done(quiet)).decision
    assert decision.disposition is Disposition.NOTHING_FOUND
    assert decision.functions == ()


@pytest.mark.parametrize(
    ("level", "disposition"),
    [
        (Level.NOTHING_FOUND, Disposition.INCOMPLETE),
        (Level.CONDITIONAL, Disposition.INCOMPLETE),
        (Level.NEEDS_REVIEW, Disposition.NEEDS_REVIEW),
        (Level.ESCALATE, Disposition.ESCALATE),
    ],
)
def test_a_gap_in_a_required_check_leaves_a_mild_case_incomplete(level: Level, disposition: Disposition) -> None:
    results = [*done(make.finding(level=level))[:2], make.result("watchlist", gaps=(make.gap(due=None),))]
    decision = decide(pack(), results).decision
    assert decision.disposition is disposition
    assert [(gap.code, gap.due) for gap in decision.gaps] == [("list_missing", AS_OF + timedelta(days=30))]


def test_a_gap_in_a_check_nobody_requires_only_shows() -> None:
    results = [*done(), make.result("voluntary", gaps=(make.gap(check="voluntary"),))]
    decision = decide(pack(), results).decision
    assert decision.disposition is Disposition.NOTHING_FOUND
    assert len(decision.gaps) == 1


def test_silence_is_named_where_a_check_named_none() -> None:
    results = [
        make.result("conflict", status=CheckStatus.PARTIAL),
        make.result("content", outcomes=(make.outcome("threats", RuleStatus.ERROR),)),
    ]
    decision = decide(pack(), results).decision
    assert decision.disposition is Disposition.INCOMPLETE
    assert {(gap.check, gap.code, gap.owner) for gap in decision.gaps} == {
        ("conflict", "decide.check_unexplained", GapOwner.OURS),
        ("content", "decide.rule_failed", GapOwner.OURS),
        ("watchlist", "decide.check_missing", GapOwner.OURS),
    }
    for gap in decision.gaps:
        assert f"gap.{gap.code}" in messages.codes()


def test_a_rule_that_cannot_be_answered_is_a_gap_of_ours() -> None:
    scored = rule("scored", some(leaf("f.score", "ge", 5_000)), level=Level.ESCALATE)
    decision = decide(pack(scored), done(make.finding(level=Level.CONDITIONAL, score=None))).decision
    assert decision.disposition is Disposition.INCOMPLETE
    assert [(gap.code, gap.params["rule"]) for gap in decision.gaps] == [("decide.rule_unknown", "scored")]
    assert decision.outcomes[0].status is RuleStatus.UNKNOWN
    assert decision.outcomes[0].deciding is not None
    assert decision.outcomes[0].deciding.field == "f.score"


def test_an_unknown_rule_without_a_level_leaves_no_gap() -> None:
    derives = rule("scored", some(leaf("f.score", "ge", 5_000)), level=Level.NOTHING_FOUND, derives="high")
    assert decide(pack(derives), done(make.finding(level=Level.CONDITIONAL))).decision.gaps == ()


@pytest.mark.parametrize(
    "parts",
    [
        {"status": RuleState.EXPERIMENTAL},
        {"valid_from": AS_OF + timedelta(days=1)},
        {"valid_to": AS_OF - timedelta(days=1)},
    ],
)
def test_a_rule_that_is_not_in_force_is_shown_and_never_weighs(parts: dict[str, Any]) -> None:
    loud = rule("loud", some(), level=Level.ESCALATE, derives="noise", obligations=("code-of-conduct",), **parts)
    reader = rule("reader", leaf("fact.noise", "eq", True), level=Level.NEEDS_REVIEW)
    decision = decide(pack(loud, reader), done(make.finding(level=Level.NOTHING_FOUND))).decision
    assert decision.disposition is Disposition.NOTHING_FOUND
    assert decision.obligations == ()
    assert decision.derived == ()
    shown = decision.outcomes[0]
    assert (shown.status, shown.times) == (RuleStatus.NOT_IN_FORCE, 1)


def test_a_finding_of_an_experimental_check_rule_never_weighs() -> None:
    trial = make.rule("dehumanising-speech", status=RuleState.EXPERIMENTAL)
    seen = rule("seen", some(), level=Level.ESCALATE)
    decision = decide(pack(trial, seen), done(make.finding(level=Level.ESCALATE))).decision
    assert decision.disposition is Disposition.NOTHING_FOUND


def test_derived_facts_chain_and_their_absence_is_asked_afterwards() -> None:
    rules = (
        rule("z-first", some(leaf("f.check", "eq", "watchlist")), level=Level.NOTHING_FOUND, derives="listed"),
        rule("m-second", leaf("fact.listed", "eq", True), level=Level.NOTHING_FOUND, derives="grave"),
        rule("a-third", leaf("fact.grave", "eq", True), level=Level.ESCALATE),
        rule("b-absent", leaf("fact.grave", "eq", False), level=Level.NOTHING_FOUND, derives="calm"),
    )
    listed = make.finding(check="watchlist", rule="name-similar", level=Level.CONDITIONAL)
    decision = decide(pack(*rules), done(listed)).decision
    assert decision.disposition is Disposition.ESCALATE
    assert decision.derived == ("grave", "listed")
    assert decide(pack(*rules), done()).decision.derived == ("calm",)


def test_facts_that_depend_on_themselves_are_refused() -> None:
    rules = (
        rule("one", leaf("fact.b", "eq", True), derives="a"),
        rule("two", leaf("fact.a", "eq", True), derives="b"),
    )
    with pytest.raises(RulesetError) as caught:
        Decider(pack(*rules))
    assert [(fault.code, fault.params["rule"]) for fault in caught.value.faults] == [
        ("decide.cycle", "one"),
        ("decide.cycle", "two"),
    ]


ABSENT = Not(of=some(leaf("f.category", "eq", "hate")))


@pytest.mark.parametrize(
    "rules",
    [
        (rule("absent", ABSENT),),
        (rule("few", Count(over="finding", alias="f", op=Operator.LT, value=3)),),
        (rule("exact", Count(over="finding", alias="f", op=Operator.EQ, value=3)),),
        (rule("calm", ABSENT, level=Level.NOTHING_FOUND, derives="calm"), rule("grave", leaf("fact.calm", "eq", True))),
        (
            rule("busy", leaf("posts", "ge", 1), level=Level.NOTHING_FOUND, derives="busy"),
            rule("grave", leaf("fact.busy", "eq", False)),
        ),
        (
            rule("hate", some(leaf("f.category", "eq", "hate")), level=Level.NOTHING_FOUND, derives="hate"),
            rule("grave", leaf("fact.hate", "eq", False)),
        ),
    ],
)
def test_a_level_that_something_further_could_take_away_is_refused(rules: tuple[Rule, ...]) -> None:
    with pytest.raises(RulesetError) as caught:
        Decider(pack(*rules))
    assert [fault.code for fault in caught.value.faults] == ["rule.absence_lowers"]
    assert messages.remedy("rule.absence_lowers")


def test_a_mild_rule_that_something_further_could_settle_is_refused() -> None:
    scored = some(leaf("f.score", "ge", 9000))
    with pytest.raises(RulesetError) as caught:
        Decider(pack(rule("sure", scored, level=Level.CONDITIONAL)))
    (fault,) = caught.value.faults
    assert (fault.code, fault.params) == (
        "rule.settling_lowers",
        {"rule": "sure", "level": "conditional", "least": "needs_review"},
    )
    guarded = some(leaf("f.score", "present", value=True), leaf("f.score", "ge", 9000))
    for accepted in (rule("sure", scored), rule("sure", guarded, level=Level.CONDITIONAL)):
        Decider(pack(accepted))


def test_absence_of_what_is_grave_enough_may_oblige() -> None:
    calm = rule("calm", Not(of=some(leaf("f.level", "ge", "needs_review"))), level=Level.CONDITIONAL)
    hit = make.finding("f-1", check="content", rule="unlisted", level=Level.NEEDS_REVIEW)
    assert decide(pack(calm), done()).decision.disposition is Disposition.CONDITIONAL
    assert decide(pack(calm), done(hit)).decision.disposition is Disposition.NEEDS_REVIEW


def test_absence_of_attestations_may_raise() -> None:
    signed = some(leaf("f.kind", "eq", "code_signed"), over="attestation")
    unsigned = rule("unsigned", Not(of=signed), level=Level.CONDITIONAL)
    assert decide(pack(unsigned), done()).decision.disposition is Disposition.CONDITIONAL


@pytest.mark.parametrize(
    ("attestation", "met", "expires"),
    [
        (None, None, None),
        (Attestation(kind="code_signed", on=date(2025, 6, 1)), "code_signed", date(2026, 6, 1)),
        (Attestation(kind="code_signed", on=date(2025, 1, 1)), None, None),
        (Attestation(kind="code_signed"), None, None),
        (Attestation(kind="other", on=date(2025, 6, 1)), None, None),
        (Attestation(kind="code_signed", on=date(2026, 1, 16)), None, None),
        (Attestation(kind="code_signed", on=date(2025, 6, 1), expires=date(2026, 1, 14)), None, None),
        (
            Attestation(kind="code_signed", on=date(2025, 6, 1), expires=date(2026, 1, 15), reference="form 7"),
            "form 7",
            date(2026, 1, 15),
        ),
    ],
)
def test_obligations_are_met_by_attestations_in_force(
    attestation: Attestation | None, met: str | None, expires: date | None
) -> None:
    yearly = Obligation(id="code", title="Sign", attestation="code_signed", valid_days=365, rationale="Everybody.")
    asks = rule("asks", some(), level=Level.CONDITIONAL, obligations=("code",))
    speech = make.rule(obligations=("code",))
    ruleset = pack(asks, speech, obligations={"code": yearly})
    attestations = (attestation,) if attestation else ()
    decision = decide(ruleset, done(make.finding(level=Level.CONDITIONAL)), attestations=attestations).decision
    assert decision.disposition is Disposition.CONDITIONAL
    (due,) = decision.obligations
    assert (due.because, due.met_by, due.expires) == (("asks", "dehumanising-speech"), met, expires)


def test_an_obligation_nobody_defined_is_refused() -> None:
    with pytest.raises(RulesetError) as caught:
        Decider(pack(rule("asks", some(), obligations=("unheard-of",))))
    assert [fault.code for fault in caught.value.faults] == ["decide.obligation_unknown"]


@pytest.mark.parametrize(
    ("change", "dry"),
    [
        ({}, False),
        ({"digest": "sha256:other"}, True),
        ({"valid_to": AS_OF - timedelta(days=1)}, True),
        ({"valid_from": AS_OF + timedelta(days=1)}, True),
        ({"approvers": ("Ilse Marrowby", " Ilse Marrowby")}, True),
    ],
)
def test_a_pack_without_an_approval_in_force_dry_runs(change: dict[str, Any], dry: bool) -> None:
    approval = make.ruleset().approval
    assert approval is not None
    assert decide(pack(approval=approval.model_copy(update=change)), done()).decision.dry_run is dry
    assert decide(pack(approval=None), done()).decision.dry_run is True


def test_every_fault_of_the_decision_rules_is_told_at_once() -> None:
    rules = (rule("one", leaf("gender", "eq", "woman")), rule("two", leaf("posts", "eq", "many")))
    with pytest.raises(RulesetError) as caught:
        Decider(pack(*rules))
    assert [fault.params["rule"] for fault in caught.value.faults] == ["one", "two"]


def test_a_decider_and_a_decision_travel_to_another_process() -> None:
    ruleset, results = pack(rule("any", some(), level=Level.ESCALATE)), done(make.finding())
    here = Decider(ruleset).decide(make.candidate(), results, AS_OF)
    there = pickle.loads(pickle.dumps(Decider(ruleset))).decide(make.candidate(), results, AS_OF)
    assert pickle.loads(pickle.dumps(here)) == there


def test_traces_are_there_for_who_asks() -> None:
    ruleset, results = pack(rule("any", some(leaf("f.check", "eq", "content")))), done(make.finding())
    leaves = Decider(ruleset).trace(make.candidate(), results, AS_OF)["any"]
    assert [(one.field, one.actual) for one in leaves] == [("finding", "1"), ("f.check", "content")]


def test_the_state_of_any_check_can_be_asked() -> None:
    asks = rule("asks", All(of=(leaf("check.voluntary.status", "eq", "partial"),)), level=Level.CONDITIONAL)
    results = [*done(), make.result("voluntary", status=CheckStatus.PARTIAL, gaps=(make.gap(check="voluntary"),))]
    assert decide(pack(asks), results).decision.disposition is Disposition.CONDITIONAL
    absent = decide(pack(asks), done()).decision
    assert (absent.disposition, absent.gaps[0].code) == (Disposition.INCOMPLETE, "decide.rule_unknown")
