"""What a condition reads, and in which direction: whether more of it could make the condition true or false."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from vetting_engine.conditions.bound import FACTS, Bound, BoundCount, BoundJoin, BoundLeaf, BoundNot, BoundSome
from vetting_engine.model.condition import Operator

__all__ = ["Read", "reads"]

_RISING = frozenset({Operator.GT, Operator.GE})
_FALLING = frozenset({Operator.LT, Operator.LE})


@dataclass(frozen=True, slots=True, order=True)
class Read:
    """A candidate-level field or a list (``is_list``) that a condition reads.

    ``rising``: a further member of the list (a flag that becomes true) can only make the condition true;
    otherwise it may also make it false.
    """

    name: str
    is_list: bool
    rising: bool


def reads(bound: Bound) -> tuple[Read, ...]:
    """Every candidate-level field and list the condition reads, sorted, each direction once."""
    return tuple(sorted(set(_reads(bound, rising=True))))


def _reads(node: Bound, *, rising: bool) -> Iterator[Read]:
    if isinstance(node, BoundNot):
        yield from _reads(node.part, rising=not rising)
    elif isinstance(node, BoundJoin):
        for part in node.parts:
            yield from _reads(part, rising=rising)
    elif isinstance(node, BoundLeaf):
        yield from _leaf(node, rising=rising)
    elif isinstance(node, BoundSome):
        yield Read(node.over, is_list=True, rising=rising)
        if node.where is not None:
            yield from _reads(node.where, rising=rising)
    else:
        yield from _count(node, rising=rising)


def _count(node: BoundCount, *, rising: bool) -> Iterator[Read]:
    directions = (rising,) if node.op in _RISING else (not rising,) if node.op in _FALLING else (True, False)
    for direction in directions:
        yield Read(node.over, is_list=True, rising=direction)
        if node.where is not None:
            yield from _reads(node.where, rising=direction)


def _leaf(node: BoundLeaf, *, rising: bool) -> Iterator[Read]:
    for ref in (node.field, node.other):
        if ref is None or ref.slot != FACTS:
            continue
        flag_true = node.other is None and (node.op, node.value) in ((Operator.EQ, True), (Operator.NE, False))
        flag_false = node.other is None and (node.op, node.value) in ((Operator.EQ, False), (Operator.NE, True))
        for direction in (rising,) if flag_true else (not rising,) if flag_false else (True, False):
            yield Read(ref.path, is_list=False, rising=direction)
