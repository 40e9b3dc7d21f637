"""The promises about decisions: no machine rejection, silence is not innocence, nothing added makes it milder."""

from __future__ import annotations

import make
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from vetting_engine.decide import Decided, Decider
from vetting_engine.errors import RulesetError
from vetting_engine.model.condition import All, Compare, Condition, Count, Not, Operator, Some
from vetting_engine.model.condition import Any as AnyOf
from vetting_engine.model.decision import Disposition
from vetting_engine.model.finding import CheckResult, CheckStatus, Finding, FindingStatus, RuleStatus
from vetting_engine.model.ruleset import Rule, Ruleset
from vetting_engine.model.scales import Band, Level, Severity

CHECKS = ("conflict", "content", "watchlist")
DERIVED = ("a", "b")


@st.composite
def findings(draw: st.DrawFn) -> Finding:
    status = draw(st.sampled_from((FindingStatus.HIT, FindingStatus.HIT, *FindingStatus)))
    hit = status is FindingStatus.HIT
    return make.finding(
        f"f-{draw(st.integers(0, 10**6))}",
        check=draw(st.sampled_from(CHECKS)),
        rule="unlisted",
        status=status,
        category=draw(st.sampled_from(("hate", "tie"))),
        level=draw(st.sampled_from(Level)) if hit else Level.NOTHING_FOUND,
        severity=draw(st.sampled_from(Severity)),
        band=draw(st.sampled_from(Band)),
        score=draw(st.one_of(st.none(), st.integers(0, 100))),
        topic=draw(st.sampled_from(("", "t-1", "t-2"))),
    )


def leaves(alias: str) -> st.SearchStrategy[Condition]:
    def leaf(field: str, op: Operator, value: str | int | bool) -> Condition:
        return Compare(field=f"{alias}.{field}", op=op, value=value)

    either = st.sampled_from((Operator.EQ, Operator.NE))
    order = st.sampled_from((Operator.GE, Operator.LE))
    return st.one_of(
        st.builds(leaf, st.just("check"), either, st.sampled_from(CHECKS)),
        st.builds(leaf, st.just("category"), either, st.sampled_from(("hate", "tie"))),
        st.builds(leaf, st.just("severity"), order, st.sampled_from([one.value for one in Severity])),
        st.builds(leaf, st.just("score"), order, st.integers(0, 100)),
    )


def joined() -> Condition:
    other = Compare(field="g.topic", op=Operator.EQ, other="f.topic")
    apart = Compare(field="g.check", op=Operator.NE, other="f.check")
    return Some(over="finding", alias="f", where=Some(over="finding", alias="g", where=All(of=(other, apart))))


def _counted(where: Condition, op: Operator, value: int) -> Condition:
    return Count(over="finding", alias="f", where=where, op=op, value=value)


conditions = st.recursive(
    st.one_of(
        st.builds(lambda where: Some(over="finding", alias="f", where=where), leaves("f")),
        st.builds(_counted, leaves("f"), st.sampled_from((Operator.GE, Operator.LT)), st.integers(0, 3)),
        st.builds(joined),
        st.builds(
            lambda name, yes: Compare(field=f"fact.{name}", op=Operator.EQ, value=yes),
            st.sampled_from(DERIVED),
            st.booleans(),
        ),
        st.just(Compare(field="consent.present", op=Operator.EQ, value=True)),
        st.just(Compare(field="check.content.posts", op=Operator.GE, value=10)),
        st.just(Some(over="gap", alias="g", where=Compare(field="g.required", op=Operator.EQ, value=False))),
    ),
    lambda inner: st.one_of(
        st.builds(lambda parts: All(of=tuple(parts)), st.lists(inner, min_size=1, max_size=3)),
        st.builds(lambda parts: AnyOf(of=tuple(parts)), st.lists(inner, min_size=1, max_size=3)),
        st.builds(lambda part: Not(of=part), inner),
    ),
    max_leaves=5,
)


@st.composite
def rules(draw: st.DrawFn, name: str) -> Rule:
    return make.rule(
        name,
        check="decision",
        when=draw(conditions),
        level=draw(st.sampled_from(Level)),
        derives=draw(st.sampled_from((None, None, *DERIVED))),
        modifiers={},
    )


@st.composite
def deciders(draw: st.DrawFn) -> tuple[Ruleset, Decider]:
    """A pack with two to four rules that is not refused."""
    drawn = [draw(rules(f"r-{index}")) for index in range(draw(st.integers(1, 4)))]
    # Facts that nobody derives are false for ever; every pack may read them.
    never = Compare(field="posts", op=Operator.LT, value=0)
    base = [
        make.rule(f"base-{name}", check="decision", when=never, derives=name, level=Level.NOTHING_FOUND)
        for name in DERIVED
    ]
    return accepted(make.ruleset(*base, *drawn))


def accepted(ruleset: Ruleset) -> tuple[Ruleset, Decider]:
    """The pack, where what is refused of it has no level."""
    try:
        return ruleset, Decider(ruleset)
    except RulesetError as error:
        codes = {fault.code for fault in error.faults}
        assume(codes <= {"rule.absence_lowers", "rule.settling_lowers"})
        refused = {fault.params["rule"] for fault in error.faults}
    kept = [
        rule.model_copy(update={"level": Level.NOTHING_FOUND}) if rule.id in refused else rule for rule in ruleset.rules
    ]
    ruleset = ruleset.model_copy(update={"rules": tuple(kept)})
    return ruleset, Decider(ruleset)


@st.composite
def results(draw: st.DrawFn) -> list[CheckResult]:
    drawn = draw(st.lists(findings(), max_size=4, unique_by=lambda finding: finding.id))
    return [
        make.result(
            check,
            *(finding for finding in drawn if finding.check == check),
            status=draw(
                st.sampled_from((CheckStatus.DONE, CheckStatus.DONE, CheckStatus.PARTIAL, CheckStatus.UNKNOWN))
            ),
            gaps=(make.gap(check=check),) if draw(st.integers(0, 4)) == 0 else (),
        )
        for check in CHECKS
        if draw(st.integers(0, 9)) > 0
    ]


def decide(decider: Decider, given_results: list[CheckResult]) -> Decided:
    decided = decider.decide(make.candidate(consent_ref="form"), given_results, make.AS_OF)
    assert not decided.decision.held
    return decided


def add(given_results: list[CheckResult], finding: Finding) -> list[CheckResult]:
    return [
        result.model_copy(update={"findings": (*result.findings, finding)}) if result.check == finding.check else result
        for result in given_results
    ]


@settings(max_examples=80, deadline=None)
@given(deciders(), results())
def test_the_disposition_is_the_maximum_and_silence_is_not_innocence(
    pack: tuple[Ruleset, Decider], given_results: list[CheckResult]
) -> None:
    ruleset, decider = pack
    decision = decide(decider, given_results).decision
    weighing = [one.level for result in given_results for one in result.findings if one.status is FindingStatus.HIT]
    outcomes = {outcome.rule: outcome.status for outcome in decision.outcomes}
    by_id = {rule.id: rule for rule in ruleset.rules}
    fired = [by_id[name].level for name, status in outcomes.items() if status is RuleStatus.FIRED]
    assert decision.level is max([Level.NOTHING_FOUND, *weighing, *fired])
    silent = (
        {result.check for result in given_results} < set(CHECKS)
        or any(result.gaps or result.status is not CheckStatus.DONE for result in given_results)
        or any(one.status is FindingStatus.UNKNOWN for result in given_results for one in result.findings)
        or any(
            status is RuleStatus.UNKNOWN and by_id[name].level is not Level.NOTHING_FOUND
            for name, status in outcomes.items()
        )
    )
    assert bool(decision.gaps) is silent
    if decision.level >= Level.NEEDS_REVIEW or not silent:
        assert decision.disposition.value == decision.level.value
    else:
        assert decision.disposition is Disposition.INCOMPLETE
    assert all(gap.due is not None for gap in decision.gaps)


@settings(max_examples=300, deadline=None)
@given(deciders(), results(), findings())
def test_a_further_finding_never_makes_it_milder(
    pack: tuple[Ruleset, Decider], given_results: list[CheckResult], finding: Finding
) -> None:
    before = decide(pack[1], given_results).decision
    after = decide(pack[1], add(given_results, finding)).decision
    assert after.disposition >= before.disposition
    assert after.level >= before.level


@settings(max_examples=60, deadline=None)
@given(deciders(), results(), rules("further"))
def test_a_further_rule_never_makes_it_milder(
    pack: tuple[Ruleset, Decider], given_results: list[CheckResult], rule: Rule
) -> None:
    ruleset, decider = pack
    # A rule that is there stays as it is, whatever further rules a pack may be given.
    further, larger = accepted(ruleset.model_copy(update={"rules": (*ruleset.rules, rule)}))
    assume(further.rules[:-1] == ruleset.rules)
    assert decide(larger, given_results).decision.disposition >= decide(decider, given_results).decision.disposition


@settings(max_examples=40, deadline=None)
@given(deciders(), results())
def test_the_order_of_results_does_not_matter(pack: tuple[Ruleset, Decider], given_results: list[CheckResult]) -> None:
    before, after = (decide(pack[1], order).decision for order in (given_results, given_results[::-1]))
    assert (before.disposition, before.level, before.functions, before.derived) == (
        after.disposition,
        after.level,
        after.functions,
        after.derived,
    )
