"""A condition with its names resolved: what the evaluator and the compiler to durable-rules both start from.

Slots: while a condition is evaluated, slot 0 holds the facts, and each quantifier in scope holds its
member in a slot of its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from vetting_engine.model.condition import Operator
from vetting_engine.model.facts import Fact

__all__ = [
    "FACTS",
    "Bound",
    "BoundCount",
    "BoundJoin",
    "BoundLeaf",
    "BoundNot",
    "BoundSome",
    "Kind",
    "Ref",
    "free_slots",
    "refs",
]

#: Slot of the candidate-level facts.
FACTS = 0


class Kind(StrEnum):
    """How the two sides of a leaf are compared."""

    TEXT = "text"  # as texts: names without an order, too
    INTEGER = "integer"
    FLAG = "flag"
    DATE = "date"  # by day
    RANK = "rank"  # by position in ``scale``


@dataclass(frozen=True, slots=True)
class Ref:
    """A field: ``key`` of the mapping in ``slot``; ``path`` as the author wrote it."""

    slot: int
    key: str
    path: str
    over: str  # the list it is a member's field of; empty for candidate-level facts
    always_known: bool


@dataclass(frozen=True, slots=True)
class BoundLeaf:
    """``field`` ``op`` ``value``, or ``field`` ``op`` ``other + offset``; ``at`` is its place in the tree."""

    at: str
    field: Ref
    op: Operator
    kind: Kind
    scale: tuple[str, ...]
    value: Fact | tuple[Fact, ...]
    other: Ref | None
    offset: int


@dataclass(frozen=True, slots=True)
class BoundJoin:
    """At least ``n`` of the parts: ``all`` has ``n = len(parts)``, ``any`` has ``n = 1``."""

    at: str
    n: int
    parts: tuple[Bound, ...]


@dataclass(frozen=True, slots=True)
class BoundNot:
    """Negation."""

    at: str
    part: Bound


@dataclass(frozen=True, slots=True)
class BoundSome:
    """The members of list ``over``, each in turn in ``slot``."""

    at: str
    over: str
    slot: int
    where: Bound | None


@dataclass(frozen=True, slots=True)
class BoundCount:
    """How many members of ``over`` (or different values of ``distinct`` among them) hold, against ``value``."""

    at: str
    over: str
    slot: int
    where: Bound | None
    distinct: str | None
    op: Operator
    value: int


Bound = BoundLeaf | BoundJoin | BoundNot | BoundSome | BoundCount


def free_slots(node: Bound) -> frozenset[int]:
    """Slots a part reads but does not range over; slots count from the outside in, so none is both."""
    return frozenset(ref.slot for ref in refs(node)) - frozenset(_ranged(node))


def refs(node: Bound) -> list[Ref]:
    """Every field a part reads."""
    if isinstance(node, BoundLeaf):
        return [node.field] if node.other is None else [node.field, node.other]
    if isinstance(node, BoundNot):
        return refs(node.part)
    if isinstance(node, BoundJoin):
        return [ref for part in node.parts for ref in refs(part)]
    return refs(node.where) if node.where is not None else []


def _ranged(node: Bound) -> list[int]:
    if isinstance(node, BoundNot):
        return _ranged(node.part)
    if isinstance(node, BoundJoin):
        return [slot for part in node.parts for slot in _ranged(part)]
    if isinstance(node, BoundLeaf):
        return []
    return [node.slot, *(_ranged(node.where) if node.where is not None else ())]
