"""Reads one comparison of a condition: a field, an operator, and a value of the field's type."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from vetting_engine.model.condition import Compare, Operator
from vetting_engine.model.facts import FieldSpec, FieldType
from vetting_engine.rulebook._literals import flag, integer, literal
from vetting_engine.rulebook._near import nearest
from vetting_engine.rulebook._refusal import MisfitError, Path, Places, gather
from vetting_engine.rulebook._scope import Scope

__all__ = ["COMPARISONS", "OFFSET", "WITH_FIELD", "read_leaf"]

#: Operators between two values, and so also between two fields (``eq_field`` …).
COMPARISONS = (Operator.EQ, Operator.NE, Operator.LT, Operator.LE, Operator.GT, Operator.GE)
WITH_FIELD: Mapping[str, Operator] = {f"{operator}_field": operator for operator in COMPARISONS}
OFFSET = "offset"

_ORDER = frozenset((Operator.LT, Operator.LE, Operator.GT, Operator.GE))
_SETS = frozenset((Operator.IN, Operator.NOT_IN))
_DAYS = frozenset((Operator.WITHIN_DAYS, Operator.OLDER_THAN_DAYS))
_PLAIN = frozenset((Operator.EQ, Operator.NE, Operator.PRESENT))
_BY_TYPE: Mapping[FieldType, frozenset[Operator]] = {
    FieldType.TEXT: _PLAIN | _SETS,
    FieldType.NAME: _PLAIN | _SETS | _ORDER,
    FieldType.INTEGER: _PLAIN | _SETS | _ORDER,
    FieldType.DATE: _PLAIN | _SETS | _ORDER | _DAYS,
    FieldType.FLAG: _PLAIN,
}
_TEXTS = (FieldType.TEXT, FieldType.NAME)
#: A century: longer spans are typing errors.
_MAX_DAYS = 36_525


def read_leaf(name: str, value: object, path: Path, scope: Scope, places: Places) -> Compare:
    """The comparison ``name: value`` at ``path``. Raises RefusedError."""
    with places.at(path):
        leaf = _Leaf(name, scope.field(name), path, scope, places)
        if isinstance(value, str):
            return leaf.compare(Operator.EQ, value, path)
        if isinstance(value, list):
            return leaf.compare(Operator.IN, value, path)
        if not isinstance(value, Mapping) or not value:
            raise MisfitError("when.no_value", field=name)
        said, *more = [key for key in value if key != OFFSET or len(value) == 1]
        joined = said in WITH_FIELD
        if more or (OFFSET in value and not joined):
            raise MisfitError("when.one_operator", field=name)
        if joined:
            return leaf.join(said, value)
        if said not in set(Operator):
            near = nearest(said, [*map(str, Operator), *WITH_FIELD])
            raise MisfitError("when.unknown_operator", operator=said, near=near)
    return leaf.compare(Operator(said), value[said], (*path, said))


@dataclass(frozen=True, slots=True)
class _Leaf:
    """One field being compared, at its place."""

    name: str
    spec: FieldSpec
    path: Path
    scope: Scope
    places: Places

    def compare(self, operator: Operator, value: object, path: Path) -> Compare:
        """With a literal, or a list of them."""
        with self.places.at(path):
            _allow_operator(operator, self.spec)
            if operator in _SETS and (not isinstance(value, list) or not value):
                raise MisfitError("when.empty_list", field=self.name)
        typed: Any
        if isinstance(value, list) and operator in _SETS:
            reads = (partial(self._typed, operator, item, (*path, index)) for index, item in enumerate(value))
            typed = tuple(gather(reads))
        else:
            typed = self._typed(operator, value, path)
        return Compare(field=self.name, op=operator, value=typed, line=self.places.line(path))

    def join(self, said: str, value: Mapping[str, Any]) -> Compare:
        """With another field, shifted by ``offset``."""
        operator, other, offset = WITH_FIELD[said], value[said], 0
        with self.places.at((*self.path, said)):
            if not isinstance(other, str):
                raise MisfitError("when.not_one_value")
            _allow_join(operator, self.spec, self.scope.field(other))
        if OFFSET in value:
            with self.places.at((*self.path, OFFSET)):
                if self.spec.type is not FieldType.INTEGER or not isinstance(value[OFFSET], str):
                    raise MisfitError("when.offset", field=self.name)
                offset = integer(value[OFFSET])
        line = self.places.line(self.path)
        return Compare(field=self.name, op=operator, other=other, offset=offset, line=line)

    def _typed(self, operator: Operator, value: object, path: Path) -> bool | int | str | date:
        with self.places.at(path):
            if not isinstance(value, str):
                raise MisfitError("when.not_one_value")
            if operator is Operator.PRESENT:
                return flag(value)
            if operator not in _DAYS:
                return literal(value, self.spec)
            days = integer(value)
            if not 0 <= days <= _MAX_DAYS:
                raise MisfitError("when.days", value=days, limit=_MAX_DAYS)
            return days


def _allow_operator(operator: Operator, spec: FieldSpec) -> None:
    if operator not in _BY_TYPE[spec.type]:
        raise MisfitError("when.operator_unfit", operator=operator, type=_type_words(spec))
    if operator in _ORDER and spec.type is FieldType.NAME and not spec.ordered:
        raise MisfitError("when.not_ordered", operator=operator)


def _allow_join(operator: Operator, ours: FieldSpec, theirs: FieldSpec) -> None:
    _allow_operator(operator, ours)
    alike = ours.type is theirs.type or (ours.type in _TEXTS and theirs.type in _TEXTS and operator not in _ORDER)
    if operator in _ORDER and ours.type is FieldType.NAME:
        alike = alike and ours.values == theirs.values
    if not alike:
        raise MisfitError("when.fields_unfit", type=_type_words(ours), other=_type_words(theirs))


def _type_words(spec: FieldSpec) -> str:
    return {FieldType.NAME: "one of a set of names", FieldType.INTEGER: "whole number"}.get(spec.type, str(spec.type))
