"""How many members of each list a counterexample can need, so that looking at so many is a proof.

A condition that is true in facts of any size stays true when members are taken away, as long as its witnesses
stay: one member for ``some``, *n* for "at least n". A condition that is false needs witnesses only where it asks
for absence. ``Need.true`` and ``Need.false`` count both, list by list; surely and possibly true have the same
shape, so one count serves both. Where every remaining member needs a witness of its own (``none`` inside
``some``) the counts multiply from list to list; where a list so needs itself there is no bound, and the answer
is only "none among so many members".
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from vetting_engine.conditions.bound import FACTS, Bound, BoundCount, BoundJoin, BoundLeaf, BoundNot, BoundSome
from vetting_engine.model.condition import Operator

__all__ = ["MOST_MEMBERS", "NONE", "Need", "Size", "Witnesses", "any_of", "needs", "size_of", "together"]

#: Members looked at per list at most: the work grows with the square where lists are joined.
MOST_MEMBERS = 12
#: Members looked at where there is no bound: enough for a chain of witnesses.
_UNBOUNDED = 5


@dataclass(frozen=True, slots=True)
class Witnesses:
    """Members needed per list, and per member of one list so many of another."""

    lists: Mapping[str, int] = field(default_factory=dict)
    each: Mapping[tuple[str, str], int] = field(default_factory=dict)

    def times(self, count: int) -> Witnesses:
        """So many of them, side by side; what each member needs stays."""
        return Witnesses({name: need * count for name, need in self.lists.items()} if count else {}, self.each)

    def per_member(self, over: str) -> Witnesses:
        """The same, needed by every member of a list."""
        own = {(over, name): need for name, need in self.lists.items() if need}
        return together((Witnesses({}, self.each), Witnesses({}, own)))


@dataclass(frozen=True, slots=True)
class Need:
    """Witnesses that keep a condition true, and those that keep it false; whether it may be unknown at all."""

    true: Witnesses
    false: Witnesses
    unsure: bool = False

    def turned(self) -> Need:
        """Of the negation."""
        return Need(self.false, self.true, self.unsure)

    @property
    def unknown(self) -> Witnesses:
        """Keep it unknown: possibly true, and not surely."""
        return together((self.true, self.false))

    @property
    def known(self) -> Witnesses:
        """Keep it from becoming unknown."""
        return any_of((self.true, self.false)) if self.unsure else NONE


@dataclass(frozen=True, slots=True)
class Size:
    """Members per list to look at; ``exact`` where no larger facts can say otherwise."""

    lists: Mapping[str, int]
    exact: bool


NONE = Witnesses()


def _joined(parts: Iterable[Witnesses], join: Callable[[int, int], int]) -> Witnesses:
    lists: dict[str, int] = {}
    each: dict[tuple[str, str], int] = {}
    for part in parts:
        for name, need in part.lists.items():
            lists[name] = join(lists.get(name, 0), need)
        for pair, need in part.each.items():
            each[pair] = join(each.get(pair, 0), need)
    return Witnesses(lists, each)


def together(parts: Iterable[Witnesses]) -> Witnesses:
    """All of them at once."""
    return _joined(parts, int.__add__)


def any_of(parts: Iterable[Witnesses]) -> Witnesses:
    """Enough for whichever one is needed."""
    return _joined(parts, max)


def needs(node: Bound, facts: Mapping[str, Need]) -> Need:
    """What a condition needs; ``facts`` are the needs of the derived facts, by the field's name."""
    if isinstance(node, BoundLeaf):
        return _leaf(node, facts)
    if isinstance(node, BoundNot):
        return needs(node.part, facts).turned()
    if isinstance(node, BoundJoin):
        return _join(node, [needs(part, facts) for part in node.parts])
    where = needs(node.where, facts) if node.where is not None else Need(NONE, NONE)
    if isinstance(node, BoundSome):
        return _counted(node.over, 1, where)
    return _count(node, where)


def _leaf(node: BoundLeaf, facts: Mapping[str, Need]) -> Need:
    derived = facts.get(node.field.key) if node.field.slot == FACTS else None
    if derived is None:
        known = node.field.always_known and (node.other is None or node.other.always_known)
        return Need(NONE, NONE, unsure=not known and node.op is not Operator.PRESENT)
    if node.other is None and (node.op, node.value) in ((Operator.EQ, True), (Operator.NE, False)):
        return derived
    if node.other is None and (node.op, node.value) in ((Operator.EQ, False), (Operator.NE, True)):
        return derived.turned()
    return Need(derived.unknown, derived.unknown, derived.unsure)


def _join(node: BoundJoin, parts: list[Need]) -> Need:
    # Which parts hold is not known beforehand: the sum over all is enough, the largest where one does.
    true = any_of(part.true for part in parts) if node.n == 1 else together(part.true for part in parts)
    every = node.n == len(parts)
    false = any_of(part.false for part in parts) if every else together(part.false for part in parts)
    return Need(true, false, any(part.unsure for part in parts))


def _counted(over: str, count: int, where: Need) -> Need:
    """At least ``count`` members."""
    witness = together((Witnesses({over: 1}), where.true))
    return Need(witness.times(count), where.false.per_member(over), where.unsure)


def _count(node: BoundCount, where: Need) -> Need:
    # A value that is missing counts for nothing, so distinct counts are as sure as their condition.
    if node.op in (Operator.GE, Operator.GT):
        return _counted(node.over, node.value + (node.op is Operator.GT), where)
    if node.op in (Operator.LE, Operator.LT):
        return _counted(node.over, node.value + (node.op is Operator.LE), where).turned()
    more = _counted(node.over, node.value + 1, where)
    exact = Need(together((more.true, more.false)), together((more.true, more.false)), where.unsure)
    return exact if node.op is Operator.EQ else exact.turned()


def size_of(witnesses: Witnesses, lists: Iterable[str], spare: Mapping[str, int] | None = None) -> Size:
    """Members to look at per list: at least one each, ``spare`` more where the facts themselves need them."""
    totals: dict[str, int | None] = {}

    def total(name: str, above: tuple[str, ...]) -> int | None:
        if name in above:
            return None
        found = witnesses.lists.get(name, 0) + (spare or {}).get(name, 0)
        for (outer, inner), need in witnesses.each.items():
            if inner == name and need:
                members = total(outer, (*above, name))
                if members is None:
                    return None
                found += members * need
        return found

    for name in lists:
        totals[name] = total(name, ())
    exact = all(found is not None and found <= MOST_MEMBERS for found in totals.values())
    looked = {name: _UNBOUNDED if found is None else min(max(found, 1), MOST_MEMBERS) for name, found in totals.items()}
    return Size(looked, exact)
