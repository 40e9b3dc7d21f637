"""Reads field values for comparison. A value that is absent, null or of another type is unknown: never an error."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from vetting_engine.conditions.bound import BoundLeaf, Kind, Ref
from vetting_engine.model.condition import Operator
from vetting_engine.model.facts import Fact

__all__ = ["AS_OF", "COMPARE", "Env", "Leaf", "comparable", "leaf_test", "reader"]

#: What a condition is evaluated in. Slots 0.. hold facts and members; see ``evaluate.new_env``.
Env = list[Any]
#: True, false, or None: unknown.
Leaf = Callable[[Env], bool | None]
#: Index of the day of decision (proleptic ordinal), counted from the end so that slots keep their numbers.
AS_OF = -1

COMPARE: Mapping[Operator, Callable[[Any, Any], bool]] = {
    Operator.EQ: operator.eq,
    Operator.NE: operator.ne,
    Operator.LT: operator.lt,
    Operator.LE: operator.le,
    Operator.GT: operator.gt,
    Operator.GE: operator.ge,
}


def comparable(value: Fact, kind: Kind, scale: tuple[str, ...]) -> Any:  # noqa: ANN401  # str, int or bool by kind
    """``value`` as it is compared: texts and flags as they are, days and ranks as integers; None = unknown."""
    if kind is Kind.TEXT:
        return str(value) if isinstance(value, str) else None
    if kind is Kind.INTEGER:
        return value if type(value) is int else None
    if kind is Kind.FLAG:
        return value if type(value) is bool else None
    if kind is Kind.DATE:
        return value.toordinal() if isinstance(value, date) else None
    return scale.index(value) if isinstance(value, str) and value in scale else None


def reader(ref: Ref, kind: Kind, scale: tuple[str, ...]) -> Callable[[Env], Any]:
    """A function from the environment to the comparable value of a field."""
    slot, key = ref.slot, ref.key
    return lambda env: comparable(env[slot].get(key), kind, scale)


def leaf_test(leaf: BoundLeaf) -> Leaf:
    """The leaf as a closure."""
    if leaf.other is not None:
        return _joined(leaf, leaf.other)
    slot, key = leaf.field.slot, leaf.field.key
    if leaf.op is Operator.PRESENT:
        wanted = leaf.value
        return lambda env: (env[slot].get(key) is not None) is wanted
    if leaf.op in (Operator.WITHIN_DAYS, Operator.OLDER_THAN_DAYS):
        return _in_days(leaf)
    if leaf.kind is Kind.RANK:
        # One table per leaf: every name of the closed scale is answered beforehand.
        table = {name: _holds(leaf, name) for name in leaf.scale}
        return lambda env: table.get(env[slot].get(key))
    if leaf.op in (Operator.IN, Operator.NOT_IN):
        return _in_set(leaf)
    return _scalar(leaf)


def _holds(leaf: BoundLeaf, name: str) -> bool:
    rank = leaf.scale.index(name)
    if isinstance(leaf.value, tuple):
        return (name in leaf.value) is (leaf.op is Operator.IN)
    return COMPARE[leaf.op](rank, comparable(leaf.value, leaf.kind, leaf.scale))


def _scalar(leaf: BoundLeaf) -> Leaf:
    slot, key, kind = leaf.field.slot, leaf.field.key, leaf.kind
    compare, wanted = COMPARE[leaf.op], comparable(leaf.value, kind, leaf.scale)  # type: ignore[arg-type]
    if kind is Kind.DATE:
        read = reader(leaf.field, kind, leaf.scale)

        def dated(env: Env) -> bool | None:
            day = read(env)
            return None if day is None else compare(day, wanted)

        return dated
    if kind is Kind.TEXT:

        def text(env: Env) -> bool | None:
            value = env[slot].get(key)
            return compare(value, wanted) if isinstance(value, str) else None

        return text
    exact = int if kind is Kind.INTEGER else bool

    def scalar(env: Env) -> bool | None:
        value = env[slot].get(key)
        return compare(value, wanted) if type(value) is exact else None

    return scalar


def _in_set(leaf: BoundLeaf) -> Leaf:
    read = reader(leaf.field, leaf.kind, leaf.scale)
    assert isinstance(leaf.value, tuple)
    wanted = frozenset(comparable(one, leaf.kind, leaf.scale) for one in leaf.value)
    inside = leaf.op is Operator.IN

    def in_set(env: Env) -> bool | None:
        value = read(env)
        return None if value is None else (value in wanted) is inside

    return in_set


def _in_days(leaf: BoundLeaf) -> Leaf:
    read = reader(leaf.field, leaf.kind, leaf.scale)
    assert isinstance(leaf.value, int)
    days, within = leaf.value, leaf.op is Operator.WITHIN_DAYS

    def in_days(env: Env) -> bool | None:
        day = read(env)
        if day is None:
            return None
        age = env[AS_OF] - day
        return bool(0 <= age <= days) if within else bool(age > days)

    return in_days


def _joined(leaf: BoundLeaf, other: Ref) -> Leaf:
    left, right = reader(leaf.field, leaf.kind, leaf.scale), reader(other, leaf.kind, leaf.scale)
    compare, offset = COMPARE[leaf.op], leaf.offset
    if leaf.kind is Kind.TEXT:
        # The commonest join by far, and the only one inside two nested lists: worth its own closure.
        slot, key, there, theirs = leaf.field.slot, leaf.field.key, other.slot, other.key

        def joined_texts(env: Env) -> bool | None:
            mine, other_value = env[slot].get(key), env[there].get(theirs)
            both = isinstance(mine, str) and isinstance(other_value, str)
            return compare(mine, other_value) if both else None

        return joined_texts

    def joined(env: Env) -> bool | None:
        one, two = left(env), right(env)
        if one is None or two is None:
            return None
        return compare(one, two + offset if offset else two)

    return joined
