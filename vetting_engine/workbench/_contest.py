"""Two packs over one symbolic case: where do their decisions part?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import partial

from vetting_engine.model.decision import Disposition
from vetting_engine.model.facts import Fact
from vetting_engine.model.finding import Function
from vetting_engine.model.ruleset import Rule, Ruleset
from vetting_engine.model.scales import Level
from vetting_engine.workbench._cases import Case
from vetting_engine.workbench._changes import REQUIRED, Change
from vetting_engine.workbench._decision_world import DecisionWorld
from vetting_engine.workbench._encode import Holds, UnsupportedError, Value
from vetting_engine.workbench._packs import Pack, PackReading, world_for
from vetting_engine.workbench._smt import Outcome, Smt, Term
from vetting_engine.workbench._trial import Said, Trial, random_cases

__all__ = ["Contest", "Direction", "Find", "Found"]

_NEVER = Holds(False, False)


class Direction(StrEnum):
    """How a decision changes. ``firing``: a check's rule fires otherwise, and no decision changes by it."""

    STRICTER = "stricter"
    MILDER = "milder"
    OBLIGATIONS = "obligations"
    FUNCTIONS = "functions"
    FIRING = "firing"


@dataclass(frozen=True, slots=True)
class Find:
    """A case on which the packs part, and what the real Deciders said of it; None where their engines disagree."""

    direction: Direction
    old: Case
    new: Case
    old_said: Said | None
    new_said: Said | None
    confirmed: bool


@dataclass(frozen=True, slots=True)
class Found:
    """What the solver said, with the case where there is one."""

    outcome: Outcome
    exact: bool
    find: Find | None = None


@dataclass(frozen=True, slots=True)
class _Ring:
    """The two packs as readings of one world, and what holds in it."""

    world: DecisionWorld
    old: PackReading
    new: PackReading


class Contest:
    """Asks where the decisions of two packs part. Answers of one instance share what was encoded.

    Raises:
        RulesetError: at construction, where decision rules do not compile.
    """

    def __init__(self, old: Ruleset, new: Ruleset, as_of: date, smt: Smt) -> None:
        self.smt = smt
        self.as_of = as_of
        self._packs = (Pack.of(old, as_of), Pack.of(new, as_of))
        self._trials = (Trial(old), Trial(new))
        #: By the identity of the rules of a finding, which the packs hold.
        self._rings: dict[tuple[int, int, str], _Ring] = {}
        self.exact = True

    def ask(
        self,
        direction: Direction,
        change: Change | None = None,
        others: Iterable[Change] = (),
        finding: tuple[Rule | None, Rule | None] = (None, None),
        modifier: str = "",
    ) -> Found:
        """A case on which the decisions differ so.

        Args:
            direction: how.
            change: a decision rule that acts in the case.
            others: those that do not.
            finding: a finding of the first rule, which only the old pack sees, became one of the second.
            modifier: applied to both, as far as their rules know it.
        """
        if direction is Direction.FIRING:
            return Found(Outcome.NONE, exact=True)
        try:
            ring = self._ring_of(finding, modifier)
        except UnsupportedError:
            return Found(Outcome.UNDECIDED, exact=False)
        wanted = [*ring.world.constraints, self._parts(ring, direction)]
        if change is not None:
            wanted.append(self._differs(ring, change))
        wanted.extend(self.smt.neg(self._differs(ring, other)) for other in others)
        return self._answered(ring, direction, wanted)

    def search(self, count: int) -> Find | None:
        """A random case on which the real Deciders differ."""
        for case in random_cases(self._packs, self.as_of, count):
            old, new = (trial.said(case) for trial in self._trials)
            if old is not None and new is not None and old != new:
                direction = _direction(old, new)
                return Find(direction, case, case, old, new, confirmed=True)
        return None

    def _ring_of(self, finding: tuple[Rule | None, Rule | None], modifier: str) -> _Ring:
        """The packs over a case with this finding; encoded once."""
        key = (id(finding[0]), id(finding[1]), modifier)
        if key not in self._rings:
            self._rings[key] = self._entered(*finding, modifier)
        return self._rings[key]

    def _entered(self, before: Rule | None, after: Rule | None, modifier: str) -> _Ring:
        world, exact = world_for(self._packs, self.smt)
        self.exact = self.exact and exact
        own: dict[int, int] = {}
        looks: list[dict[int, tuple[Function, ...]]] = [{}, {}]
        topic = Value(True, self.smt.number())
        world.constraints.append(topic.number > world.code(""))
        for side, rule in enumerate((before, after)):
            if rule is not None:
                index = world.add("finding", {**_carried(world, rule, modifier), "topic": topic})
                own[index], looks[side][index] = side, rule.functions

        def seen_by(side: int, over: str, index: int) -> Term:
            return over != "finding" or own.get(index, side) == side

        old, new = (
            PackReading(pack, world, partial(seen_by, side), looks[side]) for side, pack in enumerate(self._packs)
        )
        return _Ring(world, old, new)

    def _parts(self, ring: _Ring, direction: Direction) -> Term:
        smt, old, new = self.smt, ring.old, ring.new
        if direction in (Direction.STRICTER, Direction.MILDER):
            graver, milder = (new, old) if direction is Direction.STRICTER else (old, new)
            return smt.some(
                smt.every((graver.disposition_at_least(one), smt.neg(milder.disposition_at_least(one))))
                for one in Disposition
            )
        if direction is Direction.OBLIGATIONS:
            duties = {duty for pack in self._packs for rule in pack.ruleset.rules for duty in rule.obligations}
            return smt.some(smt.differ(old.obliges(duty), new.obliges(duty)) for duty in sorted(duties))
        return smt.some(smt.differ(old.names(one), new.names(one)) for one in Function)

    def _differs(self, ring: _Ring, change: Change) -> Term:
        """The changed rule says something else in this case."""
        smt = self.smt
        if change.rule == REQUIRED:
            old, new = (set(pack.ruleset.required_checks) for pack in self._packs)
            gaps = [
                smt.every((there, ring.world.members["gap"][index].value("check").number == ring.world.code(name)))
                for index, there in enumerate(ring.world.there["gap"])
                for name in sorted(old ^ new)
            ]
            return smt.some(gaps)
        one, two = ring.old.rules.get(change.rule, _NEVER), ring.new.rules.get(change.rule, _NEVER)
        otherwise = smt.some((smt.differ(one.surely, two.surely), smt.differ(one.possibly, two.possibly)))
        acts = set(change.fields) - {"when"} or change.kind != "changed"
        return smt.some((otherwise, one.possibly, two.possibly)) if acts else otherwise

    def _answered(self, ring: _Ring, direction: Direction, wanted: Iterable[Term]) -> Found:
        answer = self.smt.solve(wanted, ring.world.wishes())
        if answer.outcome is not Outcome.FOUND:
            return Found(answer.outcome, self.exact)
        old, new = ring.old.case(answer), ring.new.case(answer)
        old_said, new_said = self._trials[0].said(old), self._trials[1].said(new)
        confirmed = old_said is not None and new_said is not None and _is_so(direction, old_said, new_said)
        return Found(Outcome.FOUND, self.exact, Find(direction, old, new, old_said, new_said, confirmed))


def _carried(world: DecisionWorld, rule: Rule, modifier: str) -> Mapping[str, Value]:
    """What every finding of a rule says, with this modifier applied where the rule knows it."""
    level = rule.level if rule.status_on_hit == "hit" else Level.NOTHING_FOUND
    lowered = min(level, Level(rule.modifiers.get(modifier, level)))
    said: dict[str, Fact] = {
        "check": rule.check,
        "rule": rule.id,
        "category": rule.category,
        "status": rule.status_on_hit,
        "severity": rule.severity.value,
        "level": lowered.value,
        "modifiers": int(modifier in rule.modifiers),
        "lowered": lowered < level,
    }
    return {key: Value(True, world.code(value)) for key, value in said.items()}


def _direction(old: Said, new: Said) -> Direction:
    return next(one for one in Direction if one is not Direction.FIRING and _is_so(one, old, new))


def _is_so(direction: Direction, old: Said, new: Said) -> bool:
    if direction is Direction.STRICTER:
        return new[0] > old[0]
    if direction is Direction.MILDER:
        return new[0] < old[0]
    part = 1 if direction is Direction.OBLIGATIONS else 2
    return old[part] != new[part]
