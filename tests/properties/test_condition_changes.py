"""What would change a condition: enough, and not one leaf more, against trying every way."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from itertools import combinations, product
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st
from reference.generated import packs

from vetting_engine.conditions import Compiled, compile_condition
from vetting_engine.model.condition import All, AtLeast, Compare, Condition, Not, Operator
from vetting_engine.model.condition import Any as AnyOf
from vetting_engine.model.facts import FieldSpec, FieldType, Vocabulary

AS_OF = date(2026, 1, 15)
FIELDS = tuple(f"flag{number}" for number in range(6))
VOCABULARY = Vocabulary(
    name="flags", fields={name: FieldSpec(type=FieldType.FLAG, about="Invented.") for name in FIELDS}, lists={}
)
randoms = st.randoms(use_true_random=False)


def formula(chance: Random, fields: list[str]) -> Condition:
    """Joins over leaves, each of which reads a field of its own."""
    if len(fields) == 1:
        leaf = Compare(field=fields[0], op=Operator.EQ, value=chance.random() < 0.7)
        return Not(of=leaf) if chance.random() < 0.3 else leaf
    cut = chance.randint(1, len(fields) - 1)
    parts = (formula(chance, fields[:cut]), formula(chance, fields[cut:]))
    join = chance.choice(("all", "any", "at_least", "not"))
    if join == "at_least":
        return AtLeast(n=chance.randint(1, 2), of=parts)
    joined = All(of=parts) if join == "all" else AnyOf(of=parts)
    return Not(of=joined) if join == "not" else joined


def reachable(compiled: Compiled, facts: Mapping[str, bool | None], changed: tuple[str, ...], target: bool) -> bool:
    """Whether some answers of the fields that may change make the condition so."""
    tries = product((True, False), repeat=len(changed))
    return any(compiled.test({**facts, **dict(zip(changed, values, strict=True))}, AS_OF) is target for values in tries)


@settings(max_examples=200, deadline=None)
@given(randoms, st.integers(1, len(FIELDS)), st.booleans())
def test_they_are_enough_and_the_fewest(chance: Random, leaves: int, target: bool) -> None:
    fields = list(FIELDS[:leaves])
    compiled = compile_condition(formula(chance, fields), VOCABULARY)
    facts = {name: chance.choice((True, False, None)) for name in fields}
    changes = compiled.trace(facts, AS_OF).changes(target)
    named = tuple(leaf.field for leaf in changes)
    assert len(set(named)) == len(named)
    assert reachable(compiled, facts, named, target)
    for fewer in combinations(fields, max(len(named) - 1, 0)):
        assert not named or not reachable(compiled, facts, fewer, target)


@settings(max_examples=200, deadline=None)
@given(randoms, st.booleans())
def test_they_are_leaves_of_the_trace_and_none_where_it_is_so_already(chance: Random, target: bool) -> None:
    compiled = compile_condition(packs.random_condition(chance), packs.VOCABULARY)
    trace = compiled.trace(packs.random_facts(chance), packs.AS_OF)
    changes = trace.changes(target)
    assert (not changes) == (trace.value is target)
    assert set(changes) <= set(trace.leaves)
