"""Conditions as closures: the fast answer, true, false or None for unknown."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from vetting_engine.conditions.bound import FACTS, Bound, BoundCount, BoundLeaf, BoundNot, BoundSome
from vetting_engine.conditions.values import COMPARE, Env, Leaf, leaf_test
from vetting_engine.model.condition import Operator
from vetting_engine.model.facts import Fact

__all__ = ["MAX_STEPS", "TooCostlyError", "count_bounds", "count_verdict", "evaluator", "new_env", "spend"]

#: Members visited by nested quantifiers in one evaluation: a second of work with the trace. A condition over n members
#: joined twice visits n², so a hostile post could otherwise keep an office waiting for hours.
MAX_STEPS = 250_000
#: Index of the steps left, counted from the end (the day of decision is the last).
_STEPS = -2
_SPARE = 2


class TooCostlyError(Exception):
    """The condition visited more members than it may; its answer is unknown."""


def new_env(facts: object, as_of: int, slots: int) -> Env:
    """Facts, one slot per nested quantifier, steps left, day of decision."""
    env: Env = [None] * (slots + 1 + _SPARE)
    env[FACTS], env[_STEPS], env[-1] = facts, MAX_STEPS, as_of
    return env


def spend(env: Env, steps: int) -> None:
    """Take ``steps`` off the budget of this evaluation."""
    env[_STEPS] -= steps
    if env[_STEPS] < 0:
        raise TooCostlyError


def evaluator(node: Bound) -> Leaf:
    """The condition as one closure."""
    if isinstance(node, BoundLeaf):
        return leaf_test(node)
    if isinstance(node, BoundNot):
        return _not(evaluator(node.part))
    if isinstance(node, BoundSome):
        return _some(node)
    if isinstance(node, BoundCount):
        return _count(node)
    parts = tuple(evaluator(part) for part in node.parts)
    if node.n == len(parts):
        return _all(parts)
    return _any(parts) if node.n == 1 else _at_least(node.n, parts)


def _not(part: Leaf) -> Leaf:
    def negated(env: Env) -> bool | None:
        result = part(env)
        return None if result is None else not result

    return negated


def _all(parts: Sequence[Leaf]) -> Leaf:
    def every(env: Env) -> bool | None:
        answer: bool | None = True
        for part in parts:
            result = part(env)
            if not result:
                if result is False:
                    return False
                answer = None
        return answer

    return every


def _any(parts: Sequence[Leaf]) -> Leaf:
    def one(env: Env) -> bool | None:
        answer: bool | None = False
        for part in parts:
            result = part(env)
            if result:
                return True
            if result is None:
                answer = None
        return answer

    return one


def _at_least(needed: int, parts: Sequence[Leaf]) -> Leaf:
    def several(env: Env) -> bool | None:
        results = [part(env) for part in parts]
        sure = results.count(True)
        if sure >= needed:
            return True
        return None if sure + results.count(None) >= needed else False

    return several


def _some(node: BoundSome) -> Leaf:
    over, slot, nested = node.over, node.slot, node.slot > FACTS + 1
    if node.where is None:
        return lambda env: bool(env[FACTS].get(over))
    where = evaluator(node.where)

    def some(env: Env) -> bool | None:
        members = env[FACTS].get(over) or ()
        if nested:
            spend(env, len(members))
        answer: bool | None = False
        for env[slot] in members:
            result = where(env)
            if result:
                return True
            if result is None:
                answer = None
        return answer

    return some


def count_bounds(node: BoundCount) -> Callable[[Env], tuple[int, int]]:
    """How many members hold: surely, and at most (the unknown ones counted in)."""
    over, slot, distinct, nested = node.over, node.slot, node.distinct, node.slot > FACTS + 1
    where = evaluator(node.where) if node.where is not None else None

    def bounds(env: Env) -> tuple[int, int]:
        members = env[FACTS].get(over) or ()
        if nested:
            spend(env, len(members))
        results: list[tuple[bool | None, Any]] = []
        for env[slot] in members:
            results.append((True if where is None else where(env), env[slot]))
        if distinct is None:
            sure = sum(result is True for result, _ in results)
            return sure, sure + sum(result is None for result, _ in results)
        sure_values = _values(distinct, (member for result, member in results if result))
        open_values = _values(distinct, (member for result, member in results if result is not False))
        return len(sure_values), len(open_values)

    return bounds


def _values(field: str, members: Iterable[Mapping[str, Fact]]) -> frozenset[tuple[bool, Fact]]:
    # Flags apart, since True == 1 and a flag is not a number.
    found = (member.get(field) for member in members)
    return frozenset((isinstance(value, bool), value) for value in found if value is not None)


def count_verdict(op: Operator, least: int, most: int, wanted: int) -> bool | None:
    """Compare a count known only within bounds; None where both answers are possible."""
    answers = {COMPARE[op](least, wanted), COMPARE[op](most, wanted)}
    if op in (Operator.EQ, Operator.NE) and least < wanted < most:
        return None
    return answers.pop() if len(answers) == 1 else None


def _count(node: BoundCount) -> Leaf:
    bounds, op, wanted = count_bounds(node), node.op, node.value

    def count(env: Env) -> bool | None:
        least, most = bounds(env)
        return count_verdict(op, least, most, wanted)

    return count
