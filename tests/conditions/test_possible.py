"""What a condition needs is never more than what makes it true."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vetting_engine.conditions import compile_condition
from vetting_engine.conditions.possible import Possible, met
from vetting_engine.model.condition import All, AtLeast, Compare, Condition, Count, Not, Operator, Some
from vetting_engine.model.condition import Any as AnyOf
from vetting_engine.model.facts import FieldSpec, FieldType, ListSpec, Vocabulary

AS_OF = date(2026, 1, 15)
FIELDS = {
    "kind": FieldSpec(type=FieldType.TEXT, about="Invented."),
    "number": FieldSpec(type=FieldType.INTEGER, about="Invented."),
    "flag": FieldSpec(type=FieldType.FLAG, about="Invented."),
}
VOCABULARY = Vocabulary(name="test", fields=FIELDS, lists={"match": ListSpec(about="Invented.", fields=FIELDS)})
KINDS = ("a", "b", "c")
POSSIBLE = Possible("match", [{"kind": kind} for kind in KINDS])


def is_kind(alias: str, *kinds: str) -> Compare:
    return Compare(field=f"{alias}.kind", op=Operator.IN, value=kinds)


def some(alias: str, *of: Condition) -> Some:
    return Some(over="match", alias=alias, where=All(of=of))


def suffices(condition: Condition, kinds: str) -> bool:
    needs = POSSIBLE.needs(compile_condition(condition, VOCABULARY).bound)
    return met(needs, sum(1 << KINDS.index(kind) for kind in kinds))


PAIR = some("p", is_kind("p", "a"), some("g", is_kind("g", "b", "c")))


@pytest.mark.parametrize(
    ("condition", "kinds", "expected"),
    [
        (PAIR, "", False),
        (PAIR, "a", False),
        (PAIR, "bc", False),
        (PAIR, "ab", True),
        (some("p", is_kind("p", "x")), "abc", False),
        (Not(of=some("p", is_kind("p", "a"))), "a", True),
        (Not(of=some("p", is_kind("p", "a"))), "", True),
        (AtLeast(n=2, of=tuple(some("p", is_kind("p", kind)) for kind in KINDS)), "a", False),
        (AtLeast(n=2, of=tuple(some("p", is_kind("p", kind)) for kind in KINDS)), "ac", True),
        (Count(over="match", alias="p", where=is_kind("p", "a"), op=Operator.GE, value=2), "b", False),
        (Count(over="match", alias="p", where=is_kind("p", "a"), op=Operator.GE, value=2), "a", True),
        (Count(over="match", alias="p", where=is_kind("p", "a"), op=Operator.LT, value=2), "", True),
        (Compare(field="flag", op=Operator.EQ, value=True), "", True),
    ],
)
def test_what_is_needed(condition: Condition, kinds: str, expected: bool) -> None:
    assert suffices(condition, kinds) is expected


@st.composite
def conditions(draw: st.DrawFn, depth: int = 0, scope: tuple[str, ...] = ()) -> Condition:
    leaves: list[str] = ["fact", *(["kind", "flag", "joined"] if scope else [])]
    branches = ["all", "any", "not", "at_least", *(["some", "count"] if len(scope) < 2 else [])]
    node = draw(st.sampled_from(leaves if depth >= 4 else leaves + branches))
    if node in leaves:
        return draw(_leaves(node, scope))
    if node == "not":
        return Not(of=draw(conditions(depth + 1, scope)))
    if node in {"some", "count"}:
        alias = f"m{len(scope)}"
        where = draw(st.none() | conditions(depth + 1, (*scope, alias)))
        if node == "some":
            return Some(over="match", alias=alias, where=where)
        op = draw(st.sampled_from([Operator.GE, Operator.GT, Operator.EQ, Operator.LT, Operator.NE]))
        return Count(over="match", alias=alias, where=where, op=op, value=draw(st.integers(0, 2)))
    parts = tuple(draw(st.lists(conditions(depth + 1, scope), min_size=1, max_size=3)))
    if node == "at_least":
        return AtLeast(n=draw(st.integers(1, len(parts))), of=parts)
    return All(of=parts) if node == "all" else AnyOf(of=parts)


def _leaves(node: str, scope: tuple[str, ...]) -> st.SearchStrategy[Condition]:
    aliases = st.sampled_from(scope or ("",))
    flags = st.booleans()
    if node == "fact":
        return flags.map(lambda value: Compare(field="flag", op=Operator.EQ, value=value))
    if node == "kind":
        return st.builds(
            lambda alias, kinds: is_kind(alias, *kinds), aliases, st.sets(st.sampled_from(KINDS), min_size=1)
        )
    if node == "flag":
        return st.builds(
            lambda alias, value: Compare(field=f"{alias}.flag", op=Operator.EQ, value=value), aliases, flags
        )
    return st.builds(
        lambda one, two: Compare(field=f"{one}.number", op=Operator.LE, other=f"{two}.number"), aliases, aliases
    )


MEMBERS = st.lists(
    st.fixed_dictionaries(
        {"kind": st.sampled_from(KINDS)},
        optional={"number": st.integers(0, 3), "flag": st.booleans()},
    ),
    max_size=4,
)


@given(conditions(), MEMBERS, st.sampled_from([True, False, None]))
def test_a_condition_that_cannot_hold_is_false(condition: Condition, members: list[dict[str, Any]], flag: bool) -> None:
    compiled = compile_condition(condition, VOCABULARY)
    answer = compiled.test({"flag": flag, "match": members}, AS_OF)
    there = sum({1 << KINDS.index(member["kind"]) for member in members})
    if not met(POSSIBLE.needs(compiled.bound), there):
        assert answer is False
