"""What a further finding can do to a condition (DESIGN 2.3: nothing that is added makes an outcome milder).

A rule adds its level where its condition is true; where it is unknown the case is ``incomplete``; where it is false
it adds nothing. So two things would make an outcome milder: a rule that falls silent, and a rule milder than
``needs_review`` that was unknown and is settled, since ``incomplete`` is graver than ``conditional``. Both are
harmless where whatever was added is itself at least as grave as what falls away.

For each condition it is therefore worked out how grave the mildest addition is that may move it, in each direction.
The bounds may be too mild, never too grave: some rules are refused that would do no harm, none accepted that would.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce

from vetting_engine.conditions._bind import bind
from vetting_engine.conditions.bound import (
    FACTS,
    Bound,
    BoundCount,
    BoundJoin,
    BoundLeaf,
    BoundNot,
    BoundSome,
    Ref,
)
from vetting_engine.model.condition import Condition, Operator
from vetting_engine.model.decision import Disposition
from vetting_engine.model.decision_facts import FACT_PREFIX
from vetting_engine.model.facts import Vocabulary
from vetting_engine.model.ruleset import Rule
from vetting_engine.model.scales import Level

__all__ = ["ADDED_TO_DECISIONS", "STILL", "Lowering", "Moves", "lowering_rules", "moves"]

#: In decision rules findings are additions, and so are gaps, which an unknown finding brings with it; attestations
#: and closed gaps are people's doing.
ADDED_TO_DECISIONS = ("finding", "gap")
#: A rule that would fall silent, and one that would be settled, when something milder than its effect is added.
_SILENCED, _SETTLED = "rule.absence_lowers", "rule.settling_lowers"
_RISING = frozenset((Operator.GT, Operator.GE))
_FALLING = frozenset((Operator.LT, Operator.LE))
_LEAST = frozenset((Operator.EQ, Operator.IN, Operator.GE, Operator.GT))
_MILDEST = Disposition.NOTHING_FOUND
_TRULY = frozenset(((Operator.EQ, True), (Operator.NE, False)))
_FALSELY = frozenset(((Operator.EQ, False), (Operator.NE, True)))
Grave = Disposition | None


@dataclass(frozen=True, slots=True)
class Moves:
    """How grave the mildest addition is that may move a condition; None where no addition can.

    ``rises`` and ``falls``: along false < unknown < true. ``settles`` and ``fails``: from unknown to true, to false.
    ``open``: whether it can be unknown at all.
    """

    rises: Grave = None
    falls: Grave = None
    settles: Grave = None
    fails: Grave = None
    open: bool = False

    def negated(self) -> Moves:
        """Of the negation."""
        return Moves(self.falls, self.rises, self.fails, self.settles, self.open)

    def joined(self, other: Moves) -> Moves:
        """Of what may move as either does."""
        return Moves(
            _milder(self.rises, other.rises),
            _milder(self.falls, other.falls),
            _milder(self.settles, other.settles),
            _milder(self.fails, other.fails),
            self.open or other.open,
        )


STILL = Moves()


def moves(
    condition: Condition,
    vocabulary: Vocabulary,
    added_to: Iterable[str] = ADDED_TO_DECISIONS,
    facts: Mapping[str, Moves] | None = None,
) -> Moves:
    """How a condition may move.

    Args:
        condition: as read; it must fit the vocabulary.
        vocabulary: what it may read.
        added_to: lists to which something may be added.
        facts: moves of the derived facts it may read, by name without prefix.

    Raises:
        RulesetError: the condition does not fit the vocabulary.
    """
    return _Mover(frozenset(added_to), facts or {}).moves(bind(condition, vocabulary), frozenset())


def _fact_moves(makers: Iterable[Moves]) -> Moves:
    """How a derived fact may move. A further rule may always make it true, and so settle it; that rule brings
    nothing with it, since it need not have a level.
    """
    together = reduce(Moves.joined, makers, STILL)
    return Moves(_MILDEST, together.falls, _MILDEST if together.open else None, together.fails, together.open)


@dataclass(frozen=True, slots=True)
class Lowering:
    """The code of a fault, and how grave an addition must at least be to do no harm."""

    code: str
    least: Level


def _lowering(level: Level, own: Moves) -> Lowering | None:
    if level is Level.NOTHING_FOUND:
        return None
    effect = Disposition(level.value)
    needed = max(effect, Disposition.INCOMPLETE) if own.open else effect
    least = Level.NEEDS_REVIEW if needed is Disposition.INCOMPLETE else level
    if own.falls is not None and own.falls < needed:
        return Lowering(_SILENCED, least)
    if own.settles is not None and own.settles < needed and effect < needed:
        return Lowering(_SETTLED, least)
    return None


def lowering_rules(
    rules: Sequence[Rule],
    vocabulary: Vocabulary,
    order: Sequence[str] = (),
    added_to: Iterable[str] = ADDED_TO_DECISIONS,
) -> dict[str, Lowering]:
    """Rules of one check, or decision rules, that could make an outcome milder, by id.

    Args:
        rules: whose conditions fit the vocabulary.
        vocabulary: what they may read.
        order: the derived facts, each after those it is made from.
        added_to: lists to which something may be added.
    """
    lists = tuple(added_to)
    facts: dict[str, Moves] = {}
    makers: dict[str, list[Rule]] = {}
    for rule in rules:
        makers.setdefault(rule.derives or "", []).append(rule)
    for name in order:
        facts[name] = _fact_moves(moves(rule.when, vocabulary, lists, facts) for rule in makers.get(name, ()))
    told = {rule.id: _lowering(rule.level, moves(rule.when, vocabulary, lists, facts)) for rule in rules}
    return {name: one for name, one in told.items() if one is not None}


@dataclass(frozen=True, slots=True)
class _Mover:
    added_to: frozenset[str]
    facts: Mapping[str, Moves]

    def moves(self, node: Bound, known: frozenset[tuple[int, str]]) -> Moves:
        """``known``: fields that are asked about only where they are known."""
        if isinstance(node, BoundLeaf):
            return self._leaf(node, known)
        if isinstance(node, BoundNot):
            return self.moves(node.part, known).negated()
        if isinstance(node, BoundJoin):
            inner = known | _guarded(node)
            return _together([self.moves(part, inner) for part in node.parts], node.n)
        return self._ranged(node, known)

    def _leaf(self, node: BoundLeaf, known: frozenset[tuple[int, str]]) -> Moves:
        refs = [node.field] if node.other is None else [node.field, node.other]
        read = [self.facts[name] for ref in refs if (name := _fact(ref)) is not None and name in self.facts]
        if not read:
            may_lack = any(not ref.always_known and (ref.slot, ref.key) not in known for ref in refs)
            return Moves(open=may_lack and node.op is not Operator.PRESENT)
        if node.other is None and (node.op, node.value) in _TRULY:
            return read[0]
        if node.other is None and (node.op, node.value) in _FALSELY:
            return read[0].negated()
        # Whether a fact is known at all changes with every move; so does a comparison with something else.
        every = [grave for fact in read for grave in (fact.rises, fact.falls, fact.settles, fact.fails)]
        grave = reduce(_milder, every, None)
        return Moves(grave, grave, grave, grave, node.op is not Operator.PRESENT)

    def _ranged(self, node: BoundSome | BoundCount, known: frozenset[tuple[int, str]]) -> Moves:
        member = STILL if node.where is None else self.moves(node.where, known)
        further = Moves(rises=_mildest_member(node)) if node.over in self.added_to else STILL
        # Members without a value of ``distinct`` are not counted, so it leaves nothing open.
        at_least = _together([member, further], 1)
        if isinstance(node, BoundSome) or node.op in _RISING:
            return at_least
        return at_least.negated() if node.op in _FALLING else at_least.joined(at_least.negated())


def _together(parts: Sequence[Moves], n: int) -> Moves:
    """Of "at least n" of several. One part may rise and so settle what another left open, unless all must hold;
    one may fall and so fail it, unless one is enough.
    """
    together = reduce(Moves.joined, parts, STILL)
    settles, fails = together.settles, together.fails
    for index, part in enumerate(parts):
        if any(other.open for place, other in enumerate(parts) if place != index):
            settles = settles if n == len(parts) else _milder(settles, part.rises)
            fails = fails if n == 1 else _milder(fails, part.falls)
    return Moves(together.rises, together.falls, settles, fails, together.open)


def _guarded(node: BoundJoin) -> frozenset[tuple[int, str]]:
    """Fields whose absence decides the join: ``present: yes`` beside others that must hold, ``present: no`` as an
    alternative to them. Derived facts are left out, since an addition may make them known.
    """
    asked = {True: node.n == len(node.parts), False: node.n == 1}
    return frozenset(
        (part.field.slot, part.field.key)
        for part in node.parts
        if isinstance(part, BoundLeaf)
        and part.op is Operator.PRESENT
        and asked[part.value is True]
        and _fact(part.field) is None
    )


def _fact(ref: Ref) -> str | None:
    """The derived fact a field is."""
    is_fact = ref.slot == FACTS and ref.path.startswith(FACT_PREFIX)
    return ref.path.removeprefix(FACT_PREFIX) if is_fact else None


def _mildest_member(node: BoundSome | BoundCount) -> Disposition:
    """How grave the mildest member is that the quantifier looks for, as far as its ``where`` says."""
    where = node.where
    parts = where.parts if isinstance(where, BoundJoin) and where.n == len(where.parts) else (where,)
    bounds = [_bound(part) for part in parts if isinstance(part, BoundLeaf) and part.field.slot == node.slot]
    return max(bounds, default=_MILDEST)


def _bound(leaf: BoundLeaf) -> Disposition:
    if (leaf.field.over, leaf.field.key) == ("finding", "level") and leaf.op in _LEAST and leaf.other is None:
        named = leaf.value if isinstance(leaf.value, tuple) else (leaf.value,)
        return min(Disposition(str(name)) for name in named)
    return _MILDEST


def _milder(one: Grave, other: Grave) -> Grave:
    known = [grave for grave in (one, other) if grave is not None]
    return min(known, default=None)
