"""What a condition reads."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from vetting_engine.conditions.bound import FACTS, Bound, BoundJoin, BoundLeaf, BoundNot

__all__ = ["Read", "reads"]


@dataclass(frozen=True, slots=True, order=True)
class Read:
    """A candidate-level field or a list (``is_list``) that a condition reads."""

    name: str
    is_list: bool


def reads(bound: Bound) -> tuple[Read, ...]:
    """Every candidate-level field and list the condition reads, sorted, each once."""
    return tuple(sorted(set(_reads(bound))))


def _reads(node: Bound) -> Iterator[Read]:
    if isinstance(node, BoundLeaf):
        named = (node.field, node.other)
        yield from (Read(ref.path, is_list=False) for ref in named if ref is not None and ref.slot == FACTS)
    elif isinstance(node, BoundNot):
        yield from _reads(node.part)
    elif isinstance(node, BoundJoin):
        for part in node.parts:
            yield from _reads(part)
    else:
        yield Read(node.over, is_list=True)
        if node.where is not None:
            yield from _reads(node.where)
