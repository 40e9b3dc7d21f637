"""The two engines give one answer, chaining and absence included."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reference.condition_oracle import evaluate
from reference.generated import packs

from vetting_engine.conditions import compile_condition
from vetting_engine.decide import _durable
from vetting_engine.decide._strata import Entry, stratify
from vetting_engine.decide.reference import infer


@pytest.mark.skipif(_durable.missing() is not None, reason="durable-rules is not installed here")
@settings(max_examples=150, deadline=None)
@given(st.randoms(use_true_random=False))
def test_both_engines_answer_alike(chance: Random) -> None:
    chain = packs.random_chain(chance)
    entries = [Entry(name, compile_condition(when, packs.VOCABULARY), fact) for name, when, fact in chain]
    strata, cyclic = stratify(entries)
    assert not cyclic
    engine = _durable.DurableEngine(entries)
    active = frozenset(entry.id for entry in entries if chance.random() < 0.9)
    for _ in range(3):
        facts = packs.random_facts(chance)
        told, _accounts = infer(strata, facts, packs.AS_OF, active)
        assert engine.infer(facts, packs.AS_OF, told, active) == told


@settings(max_examples=100, deadline=None)
@given(st.randoms(use_true_random=False))
def test_facts_come_to_their_fixed_point(chance: Random) -> None:
    """Evaluating every rule over and over until nothing changes, in any order, ends where one pass per stratum does."""
    chain = packs.random_chain(chance)
    entries = [Entry(name, compile_condition(when, packs.VOCABULARY), fact) for name, when, fact in chain]
    facts = packs.random_facts(chance)
    expected, _accounts = infer(stratify(entries)[0], facts, packs.AS_OF, frozenset(name for name, _, _ in chain))
    derived: dict[str, bool | None] = {fact: False for _, _, fact in chain if fact}
    values: dict[str, bool | None] = {}
    for _ in range(len(chain) + 1):
        known = {**facts, **{f"fact.{name}": value for name, value in derived.items()}}
        values = {name: evaluate(when, packs.VOCABULARY, known, packs.AS_OF) for name, when, _ in reversed(chain)}
        derived = {fact: values[name] for name, _, fact in chain if fact}
    assert (values, derived) == (dict(expected.values), dict(expected.derived))
