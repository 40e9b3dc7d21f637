"""Resolves names and types of a condition against a vocabulary; collects every fault it finds."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from vetting_engine.conditions.bound import (
    FACTS,
    Bound,
    BoundCount,
    BoundJoin,
    BoundLeaf,
    BoundNot,
    BoundSome,
    Kind,
    Ref,
)
from vetting_engine.errors import Fault, Location, Param, RulesetError
from vetting_engine.model import limits
from vetting_engine.model.condition import All, Any, AtLeast, Compare, Condition, Count, Not, Operator, Some
from vetting_engine.model.facts import Fact, FieldSpec, FieldType, Vocabulary

__all__ = ["MAX_NESTED_QUANTIFIERS", "ORDER", "bind"]

#: Three lists joined are a cube of members; nothing about one person needs a fourth.
MAX_NESTED_QUANTIFIERS = 3

_EQUALITY = frozenset({Operator.EQ, Operator.NE, Operator.IN, Operator.NOT_IN, Operator.PRESENT})
#: Operators that compare by order.
ORDER = frozenset({Operator.LT, Operator.LE, Operator.GT, Operator.GE})
_DAYS = frozenset({Operator.WITHIN_DAYS, Operator.OLDER_THAN_DAYS})
_FITTING: Mapping[Kind, frozenset[Operator]] = {
    Kind.TEXT: _EQUALITY,
    Kind.FLAG: _EQUALITY,
    Kind.INTEGER: _EQUALITY | ORDER,
    Kind.RANK: _EQUALITY | ORDER,
    Kind.DATE: _EQUALITY | ORDER | _DAYS,
}
_KINDS: Mapping[FieldType, Kind] = {
    FieldType.TEXT: Kind.TEXT,
    FieldType.NAME: Kind.TEXT,
    FieldType.INTEGER: Kind.INTEGER,
    FieldType.FLAG: Kind.FLAG,
    FieldType.DATE: Kind.DATE,
}
_PYTHON: Mapping[Kind, type] = {Kind.TEXT: str, Kind.RANK: str, Kind.INTEGER: int, Kind.FLAG: bool, Kind.DATE: date}
_COUNTING = ORDER | {Operator.EQ, Operator.NE}


def bind(condition: Condition, vocabulary: Vocabulary) -> Bound:
    """The condition with names resolved.

    Raises:
        RulesetError: with every fault: unknown field or list, alias in use, operator or value that does not
            fit the field's type, empty branch, too deep.
    """
    binder = _Binder(vocabulary)
    bound = binder.bind(condition, "", {}, 0)
    if binder.faults or bound is None:
        raise RulesetError(binder.faults)
    return bound


def _kind(spec: FieldSpec) -> Kind:
    return Kind.RANK if spec.type is FieldType.NAME and spec.ordered else _KINDS[spec.type]


#: Alias → its list and its slot.
_Scope = Mapping[str, tuple[str, int]]


class _Binder:
    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self.faults: list[Fault] = []

    def bind(self, node: Condition, at: str, scope: _Scope, depth: int) -> Bound | None:
        if depth >= limits.MAX_CONDITION_DEPTH:
            self._fault("condition.too_deep", node, most=limits.MAX_CONDITION_DEPTH)
            return None
        if isinstance(node, Compare):
            return self._leaf(node, at, scope)
        if isinstance(node, Not):
            part = self.bind(node.of, _under(at, "not"), scope, depth + 1)
            return BoundNot(at, part) if part is not None else None
        if isinstance(node, Some | Count):
            return self._quantifier(node, at, scope, depth)
        return self._join(node, at, scope, depth)

    def _fault(self, code: str, node: Condition, **params: Param) -> None:
        fault = Fault(code, Location(line=node.line), {"vocabulary": self.vocabulary.name, **params})
        self.faults.append(fault)

    def _join(self, node: All | Any | AtLeast, at: str, scope: _Scope, depth: int) -> Bound | None:
        if not node.of:
            self._fault("condition.empty", node, branch=node.node)
            return None
        parts = [
            self.bind(part, _under(at, f"{node.node}[{index}]"), scope, depth + 1) for index, part in enumerate(node.of)
        ]
        needed = len(parts) if isinstance(node, All) else node.n if isinstance(node, AtLeast) else 1
        known = tuple(part for part in parts if part is not None)
        return BoundJoin(at, needed, known) if len(known) == len(parts) else None

    def _quantifier(self, node: Some | Count, at: str, scope: _Scope, depth: int) -> Bound | None:
        spec = self.vocabulary.lists.get(node.over)
        if spec is None:
            self._fault("condition.list_unknown", node, list=node.over)
            return None
        if node.alias in scope:
            self._fault("condition.alias_taken", node, alias=node.alias)
            return None
        if len(scope) >= MAX_NESTED_QUANTIFIERS:
            self._fault("condition.too_nested", node, most=MAX_NESTED_QUANTIFIERS)
            return None
        slot = FACTS + 1 + len(scope)
        where = None
        if node.where is not None:
            inner = {**scope, node.alias: (node.over, slot)}
            where = self.bind(node.where, _under(at, f"{node.node}.where"), inner, depth + 1)
            if where is None:
                return None
        if isinstance(node, Some):
            return BoundSome(at, node.over, slot, where)
        if node.op not in _COUNTING:
            self._fault("condition.operator_unfit", node, field=node.over, type="count", operator=node.op.value)
            return None
        if node.distinct is not None and node.distinct not in spec.fields:
            self._fault("condition.field_unknown", node, field=f"{node.over}.{node.distinct}")
            return None
        return BoundCount(at, node.over, slot, where, node.distinct, node.op, node.value)

    def _field(self, path: str, node: Compare, scope: _Scope) -> tuple[Ref, FieldSpec] | None:
        alias, _, key = path.partition(".")
        if alias in scope:
            over, slot = scope[alias]
            spec = self.vocabulary.lists[over].fields.get(key)
        else:
            over, slot, key = "", FACTS, path
            spec = self.vocabulary.fields.get(path)
        if spec is None:
            self._fault("condition.field_unknown", node, field=path)
            return None
        return Ref(slot, key, path, over, spec.always_known), spec

    def _leaf(self, node: Compare, at: str, scope: _Scope) -> Bound | None:
        found = self._field(node.field, node, scope)
        other = self._field(node.other, node, scope) if node.other is not None else None
        if found is None or (node.other is not None and other is None):
            return None
        ref, spec = found
        kind, scale = _kind(spec), spec.values if spec.ordered else ()
        if other is not None:
            joined = _joined_kind(spec, other[1], node)
            if joined is None:
                self._fault("condition.fields_unfit", node, field=node.field, other=other[0].path)
                return None
            kind = joined
        if node.op not in _FITTING[kind]:
            told = {"field": node.field, "type": kind.value, "operator": node.op.value}
            self._fault("condition.operator_unfit", node, **told)
            return None
        if other is None and not _value_fits(node, kind, spec):
            self._fault("condition.value_unfit", node, field=node.field, type=kind.value, value=str(node.value))
            return None
        value = node.value if other is None else None
        return BoundLeaf(at, ref, node.op, kind, scale, value, other[0] if other else None, node.offset)


def _under(at: str, step: str) -> str:
    return f"{at}.{step}" if at else step


def _joined_kind(left: FieldSpec, right: FieldSpec, node: Compare) -> Kind | None:
    """How two fields compare with each other; None where they do not."""
    kinds = (_kind(left), _kind(right))
    if node.op not in ORDER | {Operator.EQ, Operator.NE}:
        return None
    if node.offset and kinds != (Kind.INTEGER, Kind.INTEGER):
        return None
    if kinds == (Kind.RANK, Kind.RANK) and left.values != right.values:
        kinds = (Kind.TEXT, Kind.TEXT)
    if kinds[0] is kinds[1]:
        return kinds[0]
    return Kind.TEXT if set(kinds) == {Kind.TEXT, Kind.RANK} else None


def _value_fits(node: Compare, kind: Kind, spec: FieldSpec) -> bool:
    value = node.value
    if node.op is Operator.PRESENT:
        return isinstance(value, bool)
    if node.op in _DAYS:
        return type(value) is int and value >= 0
    if node.op in (Operator.IN, Operator.NOT_IN):
        return isinstance(value, tuple) and bool(value) and all(_scalar_fits(one, kind, spec) for one in value)
    return not isinstance(value, tuple) and _scalar_fits(value, kind, spec)


def _scalar_fits(value: Fact, kind: Kind, spec: FieldSpec) -> bool:
    if not isinstance(value, _PYTHON[kind]) or (kind is Kind.INTEGER and isinstance(value, bool)):
        return False
    return spec.type is not FieldType.NAME or not spec.values or value in spec.values
