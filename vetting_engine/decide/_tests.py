"""Leaves as tests of integer columns, and their opposites."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from vetting_engine.conditions.bound import FACTS, BoundCount, BoundLeaf, Kind, Ref, free_slots, refs
from vetting_engine.conditions.values import comparable
from vetting_engine.decide._columns import Column, Form, UnfitError
from vetting_engine.model.condition import Operator

__all__ = ["Absent", "Branch", "Link", "Literal", "Present", "Test", "count_branches", "flipped", "leaf_branches"]


@dataclass(frozen=True, slots=True)
class Test:
    """``column op value`` of one fact; a text value is still to become a token."""

    variable: int
    column: Column
    op: str
    value: int | str


@dataclass(frozen=True, slots=True)
class Link:
    """``column op other`` between two facts."""

    variable: int
    column: Column
    op: str
    other_variable: int
    other: Column


@dataclass(frozen=True, slots=True)
class Present:
    """There is a member of ``over``, called ``variable``."""

    variable: int
    over: str


@dataclass(frozen=True, slots=True)
class Absent:
    """There is no member of ``over`` for which all ``tests`` hold."""

    variable: int
    over: str
    tests: tuple[Test | Link, ...]


Literal = Test | Link | Present | Absent
#: Literals that all hold.
Branch = tuple[Literal, ...]

_OPPOSITE = {"=": "!=", "!=": "=", "<": ">=", ">=": "<", ">": "<=", "<=": ">"}
_SIGNS: Mapping[Operator, str] = {
    Operator.EQ: "=",
    Operator.NE: "!=",
    Operator.LT: "<",
    Operator.LE: "<=",
    Operator.GT: ">",
    Operator.GE: ">=",
    Operator.IN: "=",
    Operator.NOT_IN: "!=",
}
#: For "surely" and "possibly": which bound of the left side, and of the right side, an order compares.
_BOUNDS: Mapping[tuple[bool, str], tuple[Form, Form]] = {
    (True, "<"): (Form.HIGH, Form.LOW),
    (True, "<="): (Form.HIGH, Form.LOW),
    (True, ">"): (Form.LOW, Form.HIGH),
    (True, ">="): (Form.LOW, Form.HIGH),
    (True, "="): (Form.LOW, Form.HIGH),
    (False, "<"): (Form.LOW, Form.HIGH),
    (False, "<="): (Form.LOW, Form.HIGH),
    (False, ">"): (Form.HIGH, Form.LOW),
    (False, ">="): (Form.HIGH, Form.LOW),
    (False, "!="): (Form.LOW, Form.HIGH),
}


def flipped(literal: Literal) -> Test | Link:
    """The opposite of a test; tests of columns have two values."""
    assert isinstance(literal, Test | Link)
    return replace(literal, op=_OPPOSITE[literal.op])


def leaf_branches(leaf: BoundLeaf, variables: Mapping[int, int], *, sure: bool, wanted: bool) -> list[Branch]:
    """Alternatives under which a leaf is surely (possibly) true, or false where not ``wanted``."""
    if leaf.op is Operator.PRESENT:
        column = Column(leaf.field.over, Form.PRESENT, _plain(leaf.field))
        return [(Test(variables[leaf.field.slot], column, "=", int(leaf.value is wanted)),)]
    if leaf.op in (Operator.WITHIN_DAYS, Operator.OLDER_THAN_DAYS):
        return _day_branches(leaf, variables, sure=sure, wanted=wanted)
    if leaf.other is not None and leaf.other.slot != leaf.field.slot:
        return [_linked(leaf, leaf.other, variables, sure=sure, wanted=wanted)]
    if leaf.other is not None or (isinstance(leaf.value, tuple) and len(leaf.value) > 1):
        return [_answered(leaf, variables, sure=sure, wanted=wanted)]
    value = leaf.value[0] if isinstance(leaf.value, tuple) else leaf.value
    sign = _SIGNS[leaf.op] if wanted else _OPPOSITE[_SIGNS[leaf.op]]
    number = comparable(value, leaf.kind, leaf.scale)
    wanted_value = number if isinstance(number, str) else int(number)
    return [_tests(_side(leaf, leaf.field), variables[leaf.field.slot], sign, wanted_value, sure=sure)]


def _side(leaf: BoundLeaf, ref: Ref, offset: int = 0, *, age: bool = False) -> Column:
    """The column of a field's value; its bounds are the same column in another form."""
    scale = leaf.scale if leaf.kind is Kind.RANK else ()
    return Column(ref.over, Form.VALUE, _plain(ref), leaf.kind, scale, offset, age)


def _plain(ref: Ref) -> Ref:
    """The field apart from the alias it was read by, so that equal fields share a column."""
    return replace(ref, slot=FACTS, path="")


def _known(column: Column) -> bool:
    assert isinstance(column.source, Ref)
    return column.source.always_known


def _bound(column: Column, form: Form) -> Column:
    return column if _known(column) else replace(column, form=form)


def _tests(column: Column, variable: int, sign: str, value: int | str, *, sure: bool) -> Branch:
    """``column sign value``, surely or possibly."""
    if _known(column):
        return (Test(variable, column, sign, value),)
    low, high = replace(column, form=Form.LOW), replace(column, form=Form.HIGH)
    if sign == "=" and not sure:
        return (Test(variable, low, "<=", value), Test(variable, high, ">=", value))
    if sign == "!=" and sure:
        return (_is_known(column, variable), Test(variable, low, "!=", value))
    return (Test(variable, replace(column, form=_BOUNDS[sure, sign][0]), sign, value),)


def _is_known(column: Column, variable: int) -> Test:
    return Test(variable, replace(column, form=Form.KNOWN, offset=0), "=", 1)


def _linked(leaf: BoundLeaf, other: Ref, variables: Mapping[int, int], *, sure: bool, wanted: bool) -> Branch:
    sign = _SIGNS[leaf.op] if wanted else _OPPOSITE[_SIGNS[leaf.op]]
    mine, theirs = _side(leaf, leaf.field), _side(leaf, other, leaf.offset)
    here, there = variables[leaf.field.slot], variables[other.slot]
    if sign == "=" and not sure:
        return (
            Link(here, _bound(mine, Form.LOW), "<=", there, _bound(theirs, Form.HIGH)),
            Link(here, _bound(mine, Form.HIGH), ">=", there, _bound(theirs, Form.LOW)),
        )
    if sign == "!=" and sure:
        sides = ((mine, here), (theirs, there))
        known = tuple(_is_known(column, variable) for column, variable in sides if not _known(column))
        return (*known, Link(here, _bound(mine, Form.LOW), "!=", there, _bound(theirs, Form.LOW)))
    left, right = _BOUNDS[sure, sign]
    return (Link(here, _bound(mine, left), sign, there, _bound(theirs, right)),)


def _answered(leaf: BoundLeaf, variables: Mapping[int, int], *, sure: bool, wanted: bool) -> Branch:
    """A leaf within one member, or with a set of values, is answered as it is written into the column."""
    column = Column(leaf.field.over, Form.ANSWER, leaf)
    sign, value = ("=", int(wanted)) if sure else ("!=", int(not wanted))
    return (Test(variables[leaf.field.slot], column, sign, value),)


def _day_branches(leaf: BoundLeaf, variables: Mapping[int, int], *, sure: bool, wanted: bool) -> list[Branch]:
    assert isinstance(leaf.value, int)
    column, variable = _side(leaf, leaf.field, age=True), variables[leaf.field.slot]
    if leaf.op is Operator.OLDER_THAN_DAYS:
        return [_tests(column, variable, ">" if wanted else "<=", leaf.value, sure=sure)]
    begun = _tests(column, variable, ">=" if wanted else "<", 0, sure=sure)
    recent = _tests(column, variable, "<=" if wanted else ">", leaf.value, sure=sure)
    return [(*begun, *recent)] if wanted else [begun, recent]


def count_branches(node: BoundCount, variables: Mapping[int, int], *, sure: bool, wanted: bool) -> list[Branch]:
    """Alternatives under which a count surely (possibly) compares, or does not.

    Counts are made beforehand, as a column of the one member they depend on, if any.
    """
    slots = sorted(free_slots(node) - {FACTS})
    if len(slots) > 1:
        raise UnfitError("count_over_two_members")
    over, variable = ("", FACTS) if not slots else (_list_of(node, slots[0]), variables[slots[0]])
    sign = _SIGNS[node.op] if wanted else _OPPOSITE[_SIGNS[node.op]]
    low, high = Column(over, Form.COUNT_LOW, node), Column(over, Form.COUNT_HIGH, node)
    if sign == "=":
        signs = ("=", "=") if sure else ("<=", ">=")
        return [(Test(variable, low, signs[0], node.value), Test(variable, high, signs[1], node.value))]
    if sign == "!=" and sure:
        return [(Test(variable, low, ">", node.value),), (Test(variable, high, "<", node.value),)]
    if sign == "!=":
        return [(Test(variable, low, "!=", node.value),), (Test(variable, high, "!=", node.value),)]
    form = _BOUNDS[sure, sign][0]
    return [(Test(variable, low if form is Form.LOW else high, sign, node.value),)]


def _list_of(node: BoundCount, slot: int) -> str:
    return next(ref.over for ref in refs(node) if ref.slot == slot)
