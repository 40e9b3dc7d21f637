"""The strict door to durable-rules: what would crash, hang or mislead the library is answered right, or not asked."""

from __future__ import annotations

import json
import re
import threading
from concurrent.futures import ThreadPoolExecutor
from random import Random
from typing import Any

import make
import pytest
from reference.generated import packs

from vetting_engine.conditions import compile_condition
from vetting_engine.decide import Decider, _durable, _network, reference
from vetting_engine.decide._columns import UnfitError
from vetting_engine.decide._network import CAPS, Shard
from vetting_engine.decide._strata import Entry, stratify
from vetting_engine.model.condition import All, AtLeast, Compare, Condition, Count, Not, Operator, Some
from vetting_engine.model.condition import Any as AnyOf
from vetting_engine.model.decision import Disposition
from vetting_engine.model.scales import Level

pytestmark = pytest.mark.skipif(_durable.missing() is not None, reason="durable-rules is not installed here")

AS_OF = packs.AS_OF
EMPTY = {name: packs.random_facts(Random(1))[name] for name in packs.VOCABULARY.fields if name.startswith("sure_")}


def leaf(field: str, op: str, value: Any = None, **more: Any) -> Compare:
    return Compare(field=field, op=Operator(op), value=value, **more)


def some(alias: str, where: Condition | None = None, over: str = "left") -> Some:
    return Some(over=over, alias=alias, where=where)


def member(**fields: Any) -> dict[str, Any]:
    return {**EMPTY, "sure_word": "", **fields}


def entries(*conditions: Condition) -> list[Entry]:
    return [
        Entry(f"rule-{index}", compile_condition(condition, packs.VOCABULARY))
        for index, condition in enumerate(conditions)
    ]


def both(asked: list[Entry], facts: dict[str, Any]) -> list[bool | None]:
    """What both engines say; fails where they differ."""
    whole = {**EMPTY, "left": [], "right": [], **facts}
    told, _ = reference.infer([asked], whole, AS_OF, frozenset())
    engine = _durable.DurableEngine(asked)
    assert not engine.abstains
    inferred = engine.infer(whole, AS_OF, told, frozenset())
    assert inferred == told
    return list(inferred.values.values())


HOSTILE = [
    "",
    "x" * 70_000,
    "x" * 69_999 + "y",
    "a\x00b",
    "a",
    '"}]',
    "\\",
    "\ud800",
    "1",
    "true",
    "👩‍👩‍👧",
    "سلام",
    "1e-07",
]


def test_texts_that_mislead_the_library_are_only_tokens_to_it() -> None:
    facts = {"left": [member(word=text) for text in HOSTILE]}
    conditions = [some("a", leaf("a.word", "eq", text)) for text in (*HOSTILE, "not there")]
    assert both(entries(*conditions), facts) == [*[True] * len(HOSTILE), False]


def test_equal_texts_join_and_others_do_not() -> None:
    joined = some("a", some("b", leaf("b.word", "eq", other="a.word"), over="right"))
    long = "x" * 70_000
    assert both(entries(joined), {"left": [member(word=long)], "right": [member(word=long)]}) == [True]
    assert both(entries(joined), {"left": [member(word=long)], "right": [member(word=long + "y")]}) == [False]


@pytest.mark.parametrize("number", [2**53 + 1, 2**61, -(2**61), 2**62 - 1, -(2**62) + 1])
def test_large_numbers_compare_exactly(number: int) -> None:
    conditions = (leaf("number", "eq", number), leaf("number", "gt", number - 1), leaf("number", "ge", number + 1))
    assert both(entries(*conditions), {"number": number}) == [True, True, False]


@pytest.mark.parametrize("number", [2**62, 2**70, -(2**63)])
def test_numbers_beyond_the_library_are_not_put_to_it(number: int) -> None:
    asked = entries(leaf("number", "ge", 1))
    facts = {**EMPTY, "number": number}
    told, _ = reference.infer([asked], facts, AS_OF, frozenset())
    assert told.values["rule-0"] is (number > 0)
    with pytest.raises(UnfitError, match="number_too_large"):
        _durable.DurableEngine(asked).infer(facts, AS_OF, told, frozenset())


def test_absence_is_asked_of_the_whole_set() -> None:
    # The library alone fires this when the fact that forbids it comes in one batch, or first.
    absent = Not(of=some("a", leaf("a.kind", "eq", "two")))
    asked = entries(absent, All(of=(some("a", leaf("a.kind", "eq", "one")), absent)))
    assert both(asked, {"left": [member(kind="two"), member(kind="one")]}) == [False, False]
    assert both(asked, {"left": [member(kind="one"), member(kind="two")]}) == [False, False]
    assert both(asked, {"left": [member(kind="one")]}) == [True, True]


def test_a_failing_join_at_the_end_of_a_pattern_is_followed_by_a_tautology() -> None:
    joined = some("a", some("b", All(of=(leaf("b.kind", "eq", "one"), leaf("b.number", "gt", other="a.number")))))
    (step,) = _durable.DurableEngine(entries(joined))._plan.passes
    (shard,) = step.shards
    written = json.dumps(shard.rules)
    assert '{"one": {"c": "one"}}]' in written
    assert both(entries(joined), {"left": [member(kind="one", number=1)]}) == [False]


def test_one_member_may_stand_for_two_names() -> None:
    twice = some("a", some("b", leaf("b.sure_word", "eq", other="a.sure_word")))
    assert both(entries(twice), {"left": [member()]}) == [True]


def test_absence_within_absence_takes_a_pass_of_its_own() -> None:
    inner = some("a", Not(of=some("b", leaf("b.sure_word", "eq", other="a.sure_word"), over="right")))
    asked = entries(Not(of=inner))
    assert len(_durable.DurableEngine(asked)._plan.passes) == 2
    assert both(asked, {"left": [member(sure_word="x")], "right": [member(sure_word="x")]}) == [True]
    assert both(asked, {"left": [member(sure_word="x")], "right": []}) == [False]


def test_a_bare_list_or_its_absence_can_be_asked() -> None:
    asked = entries(some("a"), Not(of=some("a")), Count(over="left", alias="a", op=Operator.GE, value=2))
    assert both(asked, {}) == [False, True, False]
    assert both(asked, {"left": [member(), member()]}) == [True, False, True]


def test_many_rules_with_one_condition_are_dealt_to_several_networks() -> None:
    asked = entries(*[some("a", leaf("a.kind", "eq", "one"))] * 300)
    shards = _durable.DurableEngine(asked)._plan.passes[0].shards
    assert len(shards) > 1
    assert all(len(shard.rules) <= CAPS["rules"] for shard in shards)
    assert both(asked, {"left": [member(kind="one")]}) == [True] * 300


def test_many_different_first_conditions_are_dealt_to_several_networks() -> None:
    asked = entries(*[some("a", leaf("a.number", "ge", number)) for number in range(600)])
    shards = _durable.DurableEngine(asked)._plan.passes[0].shards
    assert len(shards) >= 10
    answers = both(asked, {"left": [member(number=300)]})
    assert answers == [True] * 301 + [False] * 299


def test_what_cannot_be_said_safely_is_not_said_and_named() -> None:
    many = AtLeast(n=6, of=tuple(some("a", leaf("a.number", "eq", number)) for number in range(12)))
    inner = Not(of=some("c", leaf("c.sure_word", "eq", other="a.sure_word")))
    deep = some("a", Not(of=some("b", All(of=(leaf("b.sure_word", "eq", other="a.sure_word"), inner)))))
    wide = All(of=tuple(some("a", leaf("a.sure_number", "eq", number)) for number in range(12)))
    assert _durable.DurableEngine(entries(many, deep, wide, leaf("sure_flag", "eq", True))).abstains == {
        "rule-0": "too_many_alternatives",
        "rule-1": "absence_within_absence",
        "rule-2": "too_many_patterns",
    }


def test_rules_that_read_a_fact_the_other_engine_told_still_agree() -> None:
    many = AtLeast(n=6, of=tuple(some("a", leaf("a.sure_number", "eq", number)) for number in range(12)))
    chain = [
        Entry("told", compile_condition(many, packs.VOCABULARY), "a"),
        Entry("reads", compile_condition(leaf("fact.a", "eq", True), packs.VOCABULARY), "b"),
    ]
    strata, _ = stratify(chain)
    engine = _durable.DurableEngine(chain)
    assert list(engine.abstains) == ["told"]
    for count in (3, 6):
        facts = {**EMPTY, "left": [member(sure_number=number) for number in range(count)], "right": []}
        told, _ = reference.infer(strata, facts, AS_OF, frozenset({"told", "reads"}))
        assert engine.infer(facts, AS_OF, told, frozenset({"told", "reads"})) == told
        assert told.derived == {"a": count == 6, "b": count == 6}


def test_too_many_members_are_not_joined_in_the_library() -> None:
    joined = some("a", some("b", leaf("b.sure_word", "eq", other="a.sure_word")))
    asked = entries(joined)
    facts = {**EMPTY, "left": [member()] * 330, "right": []}
    told, _ = reference.infer([asked], facts, AS_OF, frozenset())
    with pytest.raises(UnfitError, match="too_many_members"):
        _durable.DurableEngine(asked).infer(facts, AS_OF, told, frozenset())


SAFE = {"all", "dist", "$and", "$neq", "$gt", "$gte", "$lt", "$lte"}


def test_only_safe_constructs_are_ever_written() -> None:
    for seed in range(150):
        chance = Random(seed)
        asked = entries(*(packs.random_condition(chance, 4) for _ in range(4)))
        for step in _durable.DurableEngine(asked)._plan.passes:
            for shard in step.shards:
                assert len(shard.rules) <= CAPS["rules"]
                _require_safe(shard)


def _require_safe(shard: Shard) -> None:
    keys = set(re.findall(r'"([^"]+)":', json.dumps(shard.rules)))
    names = {name for columns in shard.columns.values() for name in columns.values()}
    own = {"t", "one", "c"} | names | set(shard.rules)
    assert all(key in SAFE | own or re.fullmatch(r"m\d+(\$not)?", key) for key in keys)
    hashes = {_network._fnv1a(name) for name in names}
    assert len(hashes) == len(names)
    for rule in shard.rules.values():
        patterns = rule["all"]
        assert isinstance(patterns, list)
        assert list(patterns[0]) == ["c"]
        assert 1 <= len(patterns) <= CAPS["patterns"]
        assert '"$and": []' not in json.dumps(patterns)


def test_names_never_share_the_hash_that_is_all_the_library_keeps() -> None:
    assert _network._fnv1a("costarring") == _network._fnv1a("liquid")


def _decider(level: Level = Level.CONDITIONAL) -> tuple[Decider, list[Any]]:
    when = Some(over="finding", alias="f", where=leaf("f.check", "eq", "content"))
    ruleset = make.ruleset(make.rule("seen", check="decision", when=when, level=level), required_checks=("content",))
    return Decider(ruleset), [make.result("content", make.finding(level=Level.NOTHING_FOUND))]


def test_a_failing_engine_holds_the_case_and_the_next_case_gets_a_new_network(monkeypatch: pytest.MonkeyPatch) -> None:
    decider, results = _decider(Level.ESCALATE)

    def broken(*_: Any) -> None:
        raise RuntimeError("Could not assert fact, error code: 303")

    with monkeypatch.context() as patched:
        patched.setattr(_durable._core(), "assert_fact", broken)
        held = decider.decide(make.candidate(), results, make.AS_OF)
    assert (held.decision.disposition, held.decision.held) == (Disposition.INCOMPLETE, True)
    assert held.decision.level is Level.ESCALATE
    assert [gap.code for gap in held.decision.gaps] == ["decide.engine_failed"]
    assert held.engines[1].agreed is False
    assert "303" in held.engines[1].reason
    assert list(held.traces) == ["seen"]
    after = decider.decide(make.candidate(), results, make.AS_OF)
    assert after.decision.disposition is Disposition.ESCALATE
    assert after.engines[1].agreed is True


def test_engines_that_differ_hold_the_case_with_both_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    decider, results = _decider()
    ask = _durable._Network.ask
    monkeypatch.setattr(_durable._Network, "ask", lambda self, rows: ask(self, rows) & {"fin"})
    held = decider.decide(make.candidate(), results, make.AS_OF)
    assert (held.decision.disposition, held.decision.held) == (Disposition.INCOMPLETE, True)
    assert held.durable["seen"] is False
    assert [one.result for one in held.traces["seen"]] == ["true", "true"]
    assert [gap.code for gap in held.decision.gaps] == ["decide.engines_disagree"]


def test_an_unfinished_answer_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    decider, results = _decider()
    decider.decide(make.candidate(), results, make.AS_OF)
    monkeypatch.setattr(_durable._core(), "start_action_for_state", lambda *_: None)
    held = decider.decide(make.candidate(), results, make.AS_OF)
    assert held.decision.held
    assert "unfinished" in held.engines[1].reason


@pytest.mark.parametrize("why", ["not_installed", "version_untested"])
def test_without_the_library_the_reference_evaluator_decides_and_says_so(
    why: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_both, results = _decider()
    expected = with_both.decide(make.candidate(), results, make.AS_OF)
    monkeypatch.setattr(_durable, "missing", lambda: why)
    alone = _decider()[0].decide(make.candidate(), results, make.AS_OF)
    assert alone.decision == expected.decision
    assert [(run.engine, run.ran, run.agreed) for run in alone.engines] == [
        ("reference", True, None),
        ("durable", False, None),
    ]
    assert alone.engines[1].reason == why


def test_a_version_whose_limits_nobody_measured_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_durable, "version", lambda _: "2.0.29")
    assert _durable.missing.__wrapped__() == "version_untested"


def test_rules_set_aside_are_named_in_the_envelope() -> None:
    many = AnyOf(of=(AtLeast(n=6, of=tuple(leaf("posts", "ge", number) for number in range(12))),))
    ruleset = make.ruleset(make.rule("wide", check="decision", when=many), required_checks=())
    decided = Decider(ruleset).decide(make.candidate(), [], make.AS_OF)
    assert decided.engines[1].reason == "agreed; abstained: wide (too_many_alternatives)"


def test_threads_share_a_decider_and_no_timer_thread_is_left_behind() -> None:
    decider, results = _decider()
    expected = decider.decide(make.candidate(), results, make.AS_OF)
    before = threading.active_count()
    with ThreadPoolExecutor(4) as pool:
        decided = list(pool.map(lambda _: decider.decide(make.candidate(), results, make.AS_OF), range(80)))
    assert all(one == expected for one in decided)
    assert threading.active_count() == before
