"""Whether adding a finding could make a rule stop adding (DESIGN 2.3: nothing that is added makes it milder).

For a condition two bounds are worked out: the mildest level a further finding may have and still turn the
condition *true*, and the mildest that may turn it *false*. A rule that can be turned false by a finding milder
than the rule's own level would lower the disposition, and is refused. A finding at least as grave as the rule
carries the level itself, so "no finding of needs_review or above" may well ask for an obligation.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from vetting_engine.model.condition import All, AtLeast, Compare, Condition, Count, Not, Operator, Some
from vetting_engine.model.condition import Any as AnyOf
from vetting_engine.model.decision_facts import FACT_PREFIX
from vetting_engine.model.scales import Level

__all__ = ["NO_TURN", "Turns", "turns"]

#: In decision rules only findings are additions; attestations and closed gaps are people's doing.
_FINDING = "finding"
_LEVEL = "level"
_RISING = frozenset((Operator.GT, Operator.GE))
_FALLING = frozenset((Operator.LT, Operator.LE))


@dataclass(frozen=True, slots=True)
class Turns:
    """Mildest level of an addition that may turn a condition true, or false; None where no addition can."""

    true: Level | None = None
    false: Level | None = None

    def turned(self) -> Turns:
        """Of the negation."""
        return Turns(self.false, self.true)

    def joined(self, other: Turns) -> Turns:
        """Of a condition made of both."""
        return Turns(_milder(self.true, other.true), _milder(self.false, other.false))


NO_TURN = Turns()


def turns(condition: Condition, lists: Iterable[str] = (_FINDING,), facts: Mapping[str, Turns] | None = None) -> Turns:
    """The bounds of a condition.

    Args:
        condition: as read.
        lists: lists to which something may be added.
        facts: bounds of the derived facts the condition may read.
    """
    return _turns(condition, frozenset(lists), facts or {})


def _turns(node: Condition, lists: frozenset[str], facts: Mapping[str, Turns]) -> Turns:
    if isinstance(node, Compare):
        return _leaf(node, facts)
    if isinstance(node, Not):
        return _turns(node.of, lists, facts).turned()
    if isinstance(node, All | AnyOf | AtLeast):
        together = NO_TURN
        for part in node.of:
            together = together.joined(_turns(part, lists, facts))
        return together
    return _ranged(node, lists, facts)


def _leaf(node: Compare, facts: Mapping[str, Turns]) -> Turns:
    fact = facts.get(node.field.removeprefix(FACT_PREFIX)) if node.field.startswith(FACT_PREFIX) else None
    if fact is None:
        return NO_TURN
    if (node.op, node.value) in ((Operator.EQ, True), (Operator.NE, False)):
        return fact
    if (node.op, node.value) in ((Operator.EQ, False), (Operator.NE, True)):
        return fact.turned()
    return fact.joined(fact.turned())


def _ranged(node: Some | Count, lists: frozenset[str], facts: Mapping[str, Turns]) -> Turns:
    inner = NO_TURN if node.where is None else _turns(node.where, lists, facts)
    if node.over in lists:
        inner = inner.joined(Turns(true=_mildest_member(node)))
    if isinstance(node, Some) or node.op in _RISING:
        return inner
    return inner.turned() if node.op in _FALLING else inner.joined(inner.turned())


def _mildest_member(node: Some | Count) -> Level:
    """The mildest level a member that the quantifier looks for can have, as far as its ``where`` says."""
    parts = node.where.of if isinstance(node.where, All) else (node.where,)
    bounds = [_bound(part, f"{node.alias}.{_LEVEL}") for part in parts if isinstance(part, Compare)]
    return max(bounds, default=Level.NOTHING_FOUND)


def _bound(leaf: Compare, field: str) -> Level:
    named = leaf.value if isinstance(leaf.value, tuple) else (leaf.value,)
    levels = [Level(str(name)) for name in named if name in set(Level)] if leaf.field == field else []
    if not levels or leaf.op not in (Operator.EQ, Operator.IN, Operator.GE, Operator.GT):
        return Level.NOTHING_FOUND
    return min(levels)


def _milder(one: Level | None, other: Level | None) -> Level | None:
    known = [level for level in (one, other) if level is not None]
    return min(known, default=None)
