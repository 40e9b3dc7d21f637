"""Conditions as terms: where they surely hold, and where they possibly do. Unknown lies between the two."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

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
from vetting_engine.model.condition import Operator
from vetting_engine.workbench._smt import Smt, Term

__all__ = ["Encoder", "Holds", "Reading", "UnsupportedError", "Value", "Where"]

_ORDER: Mapping[Operator, Callable[[Term, Term], Term]] = {
    Operator.LT: operator.lt,
    Operator.LE: operator.le,
    Operator.GT: operator.gt,
    Operator.GE: operator.ge,
}
#: Slot of a quantifier → the list and the member it stands for.
Where = Mapping[int, tuple[str, int]]


class UnsupportedError(Exception):
    """A condition uses something the analysis has no terms for: the answer is undecided, never guessed."""


@dataclass(frozen=True, slots=True)
class Value:
    """A field of symbolic facts: whether it is known, and its value as a number."""

    known: Term
    number: Term


@dataclass(frozen=True, slots=True)
class Holds:
    """A three-valued truth: ``surely`` implies ``possibly``; unknown is possibly and not surely."""

    surely: Term
    possibly: Term


class Reading(Protocol):
    """Symbolic facts as one pack reads them."""

    smt: Smt

    def size(self, over: str) -> int:
        """How many members the list can have at most."""

    def present(self, over: str, index: int) -> Term:
        """Whether the list has this member."""

    def value(self, over: str, index: int, key: str) -> Value:
        """A field of a member; of the facts themselves where ``over`` is empty."""

    def truth(self, key: str) -> Holds | None:
        """A derived fact; None for fields that are handed in."""

    def code(self, text: object) -> int:
        """The number a literal stands for."""

    @property
    def day(self) -> int:
        """The day of decision, as an ordinal."""


class Encoder:
    """Encodes conditions over one reading of symbolic facts."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._smt = reading.smt

    def holds(self, node: Bound, where: Where | None = None) -> Holds:
        """Where the condition holds, surely and possibly."""
        inner = where or {}
        if isinstance(node, BoundLeaf):
            return self._leaf(node, inner)
        if isinstance(node, BoundNot):
            part = self.holds(node.part, inner)
            return Holds(self._smt.neg(part.possibly), self._smt.neg(part.surely))
        if isinstance(node, BoundJoin):
            parts = [self.holds(part, inner) for part in node.parts]
            surely = self._smt.at_least([part.surely for part in parts], node.n)
            return Holds(surely, self._smt.at_least([part.possibly for part in parts], node.n))
        if isinstance(node, BoundSome):
            members = self._members(node, inner)
            smt = self._smt
            return Holds(smt.some(one.surely for one in members), smt.some(one.possibly for one in members))
        if isinstance(node, BoundCount):
            return self._count(node, inner)
        raise UnsupportedError(type(node).__name__)

    def _members(self, node: BoundSome | BoundCount, where: Where) -> list[Holds]:
        found = []
        for index in range(self._reading.size(node.over)):
            there = self._reading.present(node.over, index)
            if node.where is None or there is False:
                found.append(Holds(there, there))
                continue
            part = self.holds(node.where, {**where, node.slot: (node.over, index)})
            every = self._smt.every
            found.append(Holds(every((there, part.surely)), every((there, part.possibly))))
        return found

    def _count(self, node: BoundCount, where: Where) -> Holds:
        members = self._members(node, where)
        least, most = [one.surely for one in members], [one.possibly for one in members]
        if node.distinct is not None:
            least, most = self._distinct(node, least), self._distinct(node, most)
        smt, wanted = self._smt, node.value
        if node.op in (Operator.GE, Operator.GT):
            needed = wanted + (node.op is Operator.GT)
            return Holds(smt.at_least(least, needed), smt.at_least(most, needed))
        if node.op in (Operator.LE, Operator.LT):
            over = wanted + (node.op is Operator.LE)
            return Holds(smt.neg(smt.at_least(most, over)), smt.neg(smt.at_least(least, over)))
        exactly = smt.every((smt.at_least(least, wanted), smt.neg(smt.at_least(most, wanted + 1))))
        maybe = smt.every((smt.at_least(most, wanted), smt.neg(smt.at_least(least, wanted + 1))))
        if node.op is Operator.EQ:
            return Holds(exactly, maybe)
        return Holds(smt.neg(maybe), smt.neg(exactly))

    def _distinct(self, node: BoundCount, counted: list[Term]) -> list[Term]:
        """Of each value only the first member that has it counts."""
        smt, firsts = self._smt, []
        assert node.distinct is not None
        values = [self._reading.value(node.over, index, node.distinct) for index in range(len(counted))]
        for index, (term, value) in enumerate(zip(counted, values, strict=True)):
            before = [
                smt.every((counted[other], values[other].known, values[other].number == value.number))
                for other in range(index)
            ]
            firsts.append(smt.every((term, value.known, smt.neg(smt.some(before)))))
        return firsts

    def _value(self, ref: Ref, where: Where) -> Value:
        over, index = where[ref.slot] if ref.slot != FACTS else ("", 0)
        return self._reading.value(over, index, ref.key)

    def _leaf(self, leaf: BoundLeaf, where: Where) -> Holds:
        derived = self._reading.truth(leaf.field.key) if leaf.field.slot == FACTS else None
        if derived is not None:
            return self._derived(leaf, derived)
        value = self._value(leaf.field, where)
        if leaf.op is Operator.PRESENT:
            there = value.known if leaf.value else self._smt.neg(value.known)
            return Holds(there, there)
        known, test = value.known, self._test(leaf, value, where)
        if leaf.other is not None:
            if self._reading.truth(leaf.other.key) is not None and leaf.other.slot == FACTS:
                raise UnsupportedError(leaf.other.path)
            known = self._smt.every((known, self._value(leaf.other, where).known))
        smt = self._smt
        return Holds(smt.every((known, test)), smt.some((smt.neg(known), test)))

    def _derived(self, leaf: BoundLeaf, truth: Holds) -> Holds:
        smt = self._smt
        if leaf.other is not None:
            raise UnsupportedError(leaf.field.path)
        if leaf.op is Operator.PRESENT:
            known = smt.some((truth.surely, smt.neg(truth.possibly)))
            there = known if leaf.value else smt.neg(known)
            return Holds(there, there)
        listed = leaf.value if isinstance(leaf.value, tuple) else (leaf.value,)
        wanted = set(listed) if leaf.op in (Operator.EQ, Operator.IN) else {True, False} - set(listed)
        no = Holds(smt.neg(truth.possibly), smt.neg(truth.surely))
        parts = [truth if answer else no for answer in sorted(wanted, key=bool)]
        if len(parts) == 1:
            return parts[0]
        # Both answers fit, or none: only an unknown fact is still open.
        known = smt.some((truth.surely, no.surely))
        return Holds(known, True) if parts else Holds(False, smt.neg(known))

    def _test(self, leaf: BoundLeaf, value: Value, where: Where) -> Term:
        if leaf.other is not None:
            return self._joined(leaf, value, self._value(leaf.other, where))
        if leaf.op in (Operator.WITHIN_DAYS, Operator.OLDER_THAN_DAYS):
            assert isinstance(leaf.value, int)
            age = self._reading.day - value.number
            return (
                self._smt.every((age >= 0, age <= leaf.value)) if leaf.op is Operator.WITHIN_DAYS else age > leaf.value
            )
        code = self._reading.code
        if leaf.kind is Kind.RANK and leaf.op in _ORDER:
            bound = leaf.scale.index(str(leaf.value))
            fitting = [name for rank, name in enumerate(leaf.scale) if _ORDER[leaf.op](rank, bound)]
            return self._smt.some(value.number == code(name) for name in fitting)
        if leaf.op in _ORDER:
            return _ORDER[leaf.op](value.number, code(leaf.value))
        listed = leaf.value if isinstance(leaf.value, tuple) else (leaf.value,)
        inside = self._smt.some(value.number == code(one) for one in listed)
        if leaf.op in (Operator.EQ, Operator.IN):
            return inside
        if leaf.op in (Operator.NE, Operator.NOT_IN):
            return self._smt.neg(inside)
        raise UnsupportedError(str(leaf.op))

    def _joined(self, leaf: BoundLeaf, one: Value, two: Value) -> Term:
        left, right = one.number, two.number
        if leaf.op in (Operator.EQ, Operator.NE):
            right = right + leaf.offset if leaf.offset else right
            return left == right if leaf.op is Operator.EQ else left != right
        if leaf.op not in _ORDER:
            raise UnsupportedError(str(leaf.op))
        if leaf.kind is Kind.RANK:
            left, right = self._rank(left, leaf.scale), self._rank(right, leaf.scale)
        return _ORDER[leaf.op](left, right + leaf.offset if leaf.offset else right)

    def _rank(self, number: Term, scale: tuple[str, ...]) -> Term:
        rank: Term = -1
        for index, name in enumerate(scale):
            rank = self._smt.choose(number == self._reading.code(name), index, rank)
        return rank
