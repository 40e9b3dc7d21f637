"""The condition grammar, slow and obvious: walks the model as its docstring reads, with no compiling.

Written apart from ``vetting_engine.conditions`` and sharing nothing with it; laws hold the two together.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from vetting_engine.model.condition import All, AtLeast, Compare, Count, Not, Some
from vetting_engine.model.condition import Any as AnyOf
from vetting_engine.model.facts import FieldSpec, FieldType, Vocabulary

FALSE, UNKNOWN, TRUE = 0, 1, 2


def evaluate(condition: Any, vocabulary: Vocabulary, facts: Mapping[str, Any], as_of: date) -> bool | None:
    """True, false, or None for unknown."""
    answer = _value(condition, vocabulary, facts, as_of, {})
    return {FALSE: False, UNKNOWN: None, TRUE: True}[answer]


def _value(node: Any, vocabulary: Vocabulary, facts: Mapping[str, Any], as_of: date, aliases: dict[str, Any]) -> int:
    if isinstance(node, Compare):
        return _compare(node, vocabulary, facts, as_of, aliases)
    if isinstance(node, Not):
        return TRUE - _value(node.of, vocabulary, facts, as_of, aliases)
    if isinstance(node, All | AnyOf | AtLeast):
        values = [_value(part, vocabulary, facts, as_of, aliases) for part in node.of]
        if isinstance(node, All):
            return min(values)
        if isinstance(node, AnyOf):
            return max(values)
        if values.count(TRUE) >= node.n:
            return TRUE
        return UNKNOWN if values.count(TRUE) + values.count(UNKNOWN) >= node.n else FALSE
    members = []
    for member in facts.get(node.over, ()):
        inside = {**aliases, node.alias: (node.over, member)}
        value = TRUE if node.where is None else _value(node.where, vocabulary, facts, as_of, inside)
        members.append((value, member))
    if isinstance(node, Some):
        return max([value for value, _ in members], default=FALSE)
    return _count(node, members)


def _count(node: Count, members: list[tuple[int, Mapping[str, Any]]]) -> int:
    """Try every number of members the unknown ones could bring it to."""
    if node.distinct is None:
        least = sum(value == TRUE for value, _ in members)
        most = sum(value != FALSE for value, _ in members)
    else:
        seen = {(repr(m.get(node.distinct)), value) for value, m in members if m.get(node.distinct) is not None}
        least = len({name for name, value in seen if value == TRUE})
        most = len({name for name, value in seen if value != FALSE})
    answers = {_order(node.op.value, count, node.value) for count in range(least, most + 1)}
    return UNKNOWN if len(answers) == 2 else (TRUE if answers == {True} else FALSE)


def _look_up(path: str, vocabulary: Vocabulary, facts: Mapping[str, Any], aliases: dict[str, Any]) -> Any:
    head, _, rest = path.partition(".")
    if head in aliases:
        over, member = aliases[head]
        return vocabulary.lists[over].fields[rest], member.get(rest)
    return vocabulary.fields[path], facts.get(path)


def _typed(value: Any, spec: FieldSpec) -> Any:
    """The value if it is of the field's type, otherwise None."""
    fits = {
        FieldType.TEXT: isinstance(value, str),
        FieldType.NAME: isinstance(value, str) and (not spec.ordered or value in spec.values),
        FieldType.INTEGER: isinstance(value, int) and not isinstance(value, bool),
        FieldType.FLAG: isinstance(value, bool),
        FieldType.DATE: isinstance(value, date),
    }
    return value if fits[spec.type] else None


def _compare(
    node: Compare, vocabulary: Vocabulary, facts: Mapping[str, Any], as_of: date, aliases: dict[str, Any]
) -> int:
    spec, raw = _look_up(node.field, vocabulary, facts, aliases)
    if node.op.value == "present":
        return TRUE if (raw is not None) == node.value else FALSE
    left, right = _typed(raw, spec), node.value
    if node.other is not None:
        other_spec, other_raw = _look_up(node.other, vocabulary, facts, aliases)
        right = _typed(other_raw, other_spec)
        if right is not None and node.offset:
            right += node.offset
    if left is None or right is None:
        return UNKNOWN
    return TRUE if _holds(node.op.value, left, right, spec, as_of) else FALSE


def _holds(op: str, left: Any, right: Any, spec: FieldSpec, as_of: date) -> bool:
    if op == "within_days":
        return as_of - timedelta(days=right) <= left <= as_of
    if op == "older_than_days":
        return left < as_of - timedelta(days=right)
    if op == "in":
        return any(left == one for one in right)
    if op == "not_in":
        return all(left != one for one in right)
    if spec.ordered and op in ("lt", "le", "gt", "ge"):
        return _order(op, spec.values.index(left), spec.values.index(right))
    return _order(op, left, right)


def _order(op: str, left: Any, right: Any) -> bool:
    if op == "eq":
        return bool(left == right)
    if op == "ne":
        return bool(left != right)
    if op == "lt":
        return bool(left < right)
    if op == "le":
        return bool(left <= right)
    return bool(left > right) if op == "gt" else bool(left >= right)
