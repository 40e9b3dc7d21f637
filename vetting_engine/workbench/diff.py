"""Two packs compared by what they decide: proved alike, or a case on which they part, for each rule that changed.

A decision rule that changed is compared through the whole decision: findings, gaps and attestations are left open,
and z3 looks for values on which disposition, obligations or functions differ. A rule of a check that changed is
compared through its own facts first (on what does it fire now, or no longer?), then through the decision that the
one finding makes. Every case is put to the real Decider of both packs before it counts.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from vetting_engine.model.ruleset import DECISION, Ruleset
from vetting_engine.workbench._changes import Change, changes_between, not_compared
from vetting_engine.workbench._contest import Contest, Direction, Find, Found
from vetting_engine.workbench._encode import UnsupportedError
from vetting_engine.workbench._firing import Firing, firings
from vetting_engine.workbench._smt import TIMEOUT_SECONDS, Outcome, Smt
from vetting_engine.workbench._trial import SEARCHED, Said

__all__ = ["Comparison", "Direction", "Effect", "RuleChange", "Said", "Verdict", "compare"]


class Verdict(StrEnum):
    """What a comparison comes to."""

    EQUIVALENT = "equivalent"  # no decision differs
    FINDINGS_DIFFER = "findings_differ"  # a check's rule fires otherwise, and one such finding changes no decision
    DIFFERENT = "different"  # with a confirmed case
    UNDECIDED = "undecided"  # the solver ran out of time, or a case was not confirmed


@dataclass(frozen=True, slots=True)
class Effect:
    """One way in which a change shows, with a case.

    ``old_case`` and ``new_case`` are what the packs were given, as the rules read it; ``old`` and ``new`` what the
    real Deciders said of it (disposition, obligations, functions), None where their engines did not agree.
    ``facts`` (rules of checks) are what the check saw when the rule began or ceased to fire. ``confirmed``: the real
    engines say that it is so. ``modifier`` (rules of checks) was applied to the finding, where it lowers otherwise.
    """

    direction: Direction
    confirmed: bool
    old: Said | None = None
    new: Said | None = None
    old_case: Mapping[str, Any] = field(default_factory=dict)
    new_case: Mapping[str, Any] = field(default_factory=dict)
    facts: Mapping[str, Any] | None = None
    modifier: str = ""


@dataclass(frozen=True, slots=True)
class RuleChange:
    """A rule (or what the pack requires) that changed, and how it shows; ``undecided`` names open questions."""

    change: Change
    effects: tuple[Effect, ...]
    undecided: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two packs compared.

    ``exact``: where nothing was found, nothing is there; otherwise none was found among so many members per list.
    ``searched`` random cases were put to both packs beside the proof. ``not_compared`` are parts of the packs that
    do not reach a decision through rules: settings, terms, texts.
    """

    old: str
    new: str
    verdict: Verdict
    exact: bool
    changes: tuple[RuleChange, ...]
    not_compared: tuple[str, ...]
    searched: int

    @property
    def confirmed(self) -> bool:
        """Whether every case shown was confirmed."""
        return all(effect.confirmed for change in self.changes for effect in change.effects)


def compare(
    old: Ruleset,
    new: Ruleset,
    *,
    as_of: date,
    timeout_seconds: float = TIMEOUT_SECONDS,
    search: int = SEARCHED,
    checks: Mapping[str, Any] | None = None,
) -> Comparison:
    """Compare what two packs decide on a day.

    Args:
        old: the pack in use.
        new: the pack proposed.
        as_of: the day rules are in force on and dates are relative to.
        timeout_seconds: for each question to the solver; beyond it the answer is undecided.
        search: random cases to try an equivalence on, beside its proof.
        checks: the check plugins by name; those installed, unless a host or a test names others.

    Raises:
        EngineError: z3 is not installed.
        RulesetError: a pack's decision rules do not compile.
    """
    smt = Smt(timeout_seconds)
    contest = Contest(old, new, as_of, smt)
    every = changes_between(old, new)
    overall = {direction: contest.ask(direction) for direction in Direction}
    told = []
    for change in every:
        if change.check in (DECISION, ""):
            told.append(_decision_change(contest, change, every, overall))
        else:
            told.append(_check_change(contest, change, every, (old, new), checks))
    refuted = contest.search(search) if all(one.outcome is Outcome.NONE for one in overall.values()) else None
    if refuted is not None:
        told.append(RuleChange(Change("", DECISION, "found_by_search", ()), (_effect(refuted),)))
    return Comparison(
        old=old.digest,
        new=new.digest,
        verdict=_verdict(overall.values(), told),
        exact=contest.exact and all(one.exact for one in overall.values()),
        changes=tuple(told),
        not_compared=not_compared(old, new),
        searched=search,
    )


def _verdict(overall: Iterable[Found], told: Iterable[RuleChange]) -> Verdict:
    listed = list(told)
    effects = [effect for change in listed for effect in change.effects]
    if any(effect.confirmed and effect.direction is not Direction.FIRING for effect in effects):
        return Verdict.DIFFERENT
    open_ = any(one.outcome is not Outcome.NONE for one in overall) or any(change.undecided for change in listed)
    if open_ or any(not effect.confirmed for effect in effects):
        return Verdict.UNDECIDED
    return Verdict.FINDINGS_DIFFER if effects else Verdict.EQUIVALENT


def _decision_change(
    contest: Contest, change: Change, every: Iterable[Change], overall: Mapping[Direction, Found]
) -> RuleChange:
    others = [one for one in every if one.check in (DECISION, "") and one != change]
    open_ = [direction for direction, found in overall.items() if found.outcome is not Outcome.NONE]
    alone = [contest.ask(direction, change, others) for direction in open_]
    # What a change does by itself is its own; what it does only beside others is told where that is all it does.
    found = alone if not others or _finds(alone) else [contest.ask(direction, change) for direction in open_]
    undecided = [
        direction.value for direction, one in zip(open_, found, strict=True) if one.outcome is Outcome.UNDECIDED
    ]
    return RuleChange(change, tuple(_effect(find) for find in _finds(found)), tuple(undecided))


def _finds(found: Iterable[Found]) -> list[Find]:
    return [one.find for one in found if one.find is not None]


def _check_change(
    contest: Contest,
    change: Change,
    every: Iterable[Change],
    packs: tuple[Ruleset, Ruleset],
    checks: Mapping[str, Any] | None,
) -> RuleChange:
    others = [one for one in every if one.check in (DECISION, "")]
    effects: list[Effect] = []
    undecided: list[str] = []
    try:
        asked = firings(change, *packs, contest, checks)
    except UnsupportedError as unsupported:
        return RuleChange(change, (), (str(unsupported),))
    for firing in asked:
        contest.exact = contest.exact and firing.exact
        if firing.outcome is Outcome.UNDECIDED:
            undecided.append(firing.kind)
        elif firing.outcome is Outcome.FOUND:
            effects.extend(_through_decision(contest, firing, others, undecided))
    return RuleChange(change, tuple(effects), tuple(undecided))


def _through_decision(contest: Contest, firing: Firing, others: Iterable[Change], undecided: list[str]) -> list[Effect]:
    """What the finding that came, went or changed does to decisions; where it does nothing, that it is so."""
    if not firing.reaches_decision:
        return [_silent(firing)]
    pair = (firing.before, firing.after)
    found = [contest.ask(direction, others=others, finding=pair, modifier=firing.modifier) for direction in Direction]
    if others and not _finds(found):
        found = [contest.ask(direction, finding=pair, modifier=firing.modifier) for direction in Direction]
    undecided.extend(
        direction.value for direction, one in zip(Direction, found, strict=True) if one.outcome is Outcome.UNDECIDED
    )
    return [_effect(find, firing) for find in _finds(found)] or [_silent(firing)]


def _silent(firing: Firing) -> Effect:
    return Effect(Direction.FIRING, firing.confirmed, facts=firing.facts, modifier=firing.modifier)


def _effect(find: Find, firing: Firing | None = None) -> Effect:
    return Effect(
        direction=find.direction,
        confirmed=find.confirmed and (firing is None or firing.confirmed),
        old=find.old_said,
        new=find.new_said,
        old_case=find.old.values(),
        new_case=find.new.values(),
        facts=firing.facts if firing else None,
        modifier=firing.modifier if firing else "",
    )
