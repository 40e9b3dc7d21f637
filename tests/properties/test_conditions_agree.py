"""The compiled evaluator and the slow oracle give one answer."""

from __future__ import annotations

from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st
from reference.condition_oracle import evaluate
from reference.generated import packs

from vetting_engine.conditions import compile_condition

randoms = st.randoms(use_true_random=False)


@settings(max_examples=300, deadline=None)
@given(randoms)
def test_closures_answer_as_the_oracle_does(chance: Random) -> None:
    condition = packs.random_condition(chance)
    compiled = compile_condition(condition, packs.VOCABULARY)
    for _ in range(3):
        facts = packs.random_facts(chance)
        expected = evaluate(condition, packs.VOCABULARY, facts, packs.AS_OF)
        assert compiled.test(facts, packs.AS_OF) is expected
        assert compiled.trace(facts, packs.AS_OF).value is expected


@settings(max_examples=200, deadline=None)
@given(randoms)
def test_a_condition_that_does_not_hold_names_the_leaf_that_decided(chance: Random) -> None:
    compiled = compile_condition(packs.random_condition(chance), packs.VOCABULARY)
    trace = compiled.trace(packs.random_facts(chance), packs.AS_OF)
    if trace.value is True:
        assert trace.deciding is None
    else:
        assert trace.deciding in trace.leaves
        assert trace.value is not None or trace.deciding.result == "unknown"
