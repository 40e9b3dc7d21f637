"""Rules of checks: on which facts does one fire that the other does not?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from vetting_engine.conditions import Compiled, compile_condition
from vetting_engine.model.facts import Fact, FactList, Vocabulary
from vetting_engine.model.ruleset import DECISION, Rule, Ruleset
from vetting_engine.registry import discover
from vetting_engine.rulebook import vocabularies
from vetting_engine.workbench._cases import facts_as_values
from vetting_engine.workbench._changes import Change
from vetting_engine.workbench._contest import Contest
from vetting_engine.workbench._encode import Encoder, Holds
from vetting_engine.workbench._members import needs, size_of, together
from vetting_engine.workbench._smt import Answer, Outcome, Smt, Term
from vetting_engine.workbench._worlds import World

__all__ = ["Conditions", "Firing", "Shown", "firings", "known_vocabularies"]

_CHECKS = "vetting_engine.checks"


@dataclass(frozen=True, slots=True)
class Shown:
    """Facts on which conditions give the answers asked for; ``exact`` where none among so many means none at all."""

    outcome: Outcome
    exact: bool
    facts: Mapping[str, Fact | FactList] | None = None
    values: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Firing:
    """A way in which a check's rule fires otherwise: its finding comes, goes, or carries something else.

    ``kind`` is ``comes``, ``goes``, ``carries`` or ``unknown``; ``before`` and ``after`` are the rules whose finding
    there is then and now; ``modifier`` is applied to both, where it is what says something else.
    """

    kind: str
    outcome: Outcome
    confirmed: bool
    before: Rule | None
    after: Rule | None
    facts: Mapping[str, Any] | None
    exact: bool = True
    modifier: str = ""

    @property
    def reaches_decision(self) -> bool:
        """Whether a finding differs, not only what could be answered."""
        return self.before is not None or self.after is not None


class Conditions:
    """Conditions over one vocabulary, asked together. Facts found are put to the real evaluator by whoever asks."""

    def __init__(self, smt: Smt, vocabulary: Vocabulary, as_of: date, compiled: Iterable[Compiled]) -> None:
        self._smt = smt
        bounds = [one.bound for one in compiled]
        # Whatever is asked of each of them, true, false or unknown, its witnesses stay.
        size = size_of(together(needs(bound, {}).unknown for bound in bounds), vocabulary.lists)
        self.exact = size.exact
        self.world = World(smt, vocabulary, size.lists, as_of)
        encoder = Encoder(self.world)
        self.holds: tuple[Holds, ...] = tuple(encoder.holds(bound) for bound in bounds)

    def show(self, wanted: Iterable[Term], *, plainly: bool = True) -> Shown:
        """Facts on which all of it holds."""
        answer: Answer = self._smt.solve([*self.world.constraints, *wanted], self.world.wishes() if plainly else ())
        if answer.outcome is not Outcome.FOUND:
            return Shown(answer.outcome, self.exact)
        facts = self.world.facts(answer)
        return Shown(Outcome.FOUND, self.exact, facts, facts_as_values(facts, frozenset(self.world.read)))


def known_vocabularies(ruleset: Ruleset, checks: Mapping[str, Any] | None) -> Mapping[str, Vocabulary]:
    """What the rules of each check may read."""
    plugins = discover(_CHECKS) if checks is None else checks
    return vocabularies(plugins, (rule.derives for rule in ruleset.rules if rule.derives is not None))


def firings(
    change: Change, old: Ruleset, new: Ruleset, contest: Contest, checks: Mapping[str, Any] | None
) -> list[Firing]:
    """The ways in which a changed rule fires otherwise, each with facts confirmed by the evaluator."""
    before, after = (_weighing(ruleset, change, contest.as_of) for ruleset in (old, new))
    vocabulary = known_vocabularies(new, checks)[change.check]
    compiled = [compile_condition(rule.when, vocabulary) for rule in (before, after) if rule is not None]
    asked = Conditions(contest.smt, vocabulary, contest.as_of, compiled)
    smt, never = contest.smt, Holds(False, False)
    one = asked.holds[0] if before is not None else never
    two = asked.holds[-1] if after is not None else never
    ways: list[tuple[str, Term, Rule | None, Rule | None]] = [
        ("comes", smt.every((two.surely, smt.neg(one.surely))), None, after),
        ("goes", smt.every((one.surely, smt.neg(two.surely))), before, None),
        ("unknown", _unsure(smt, one, two), None, None),
    ]
    both = smt.every((one.surely, two.surely))
    # Without a modifier a finding says the same where nothing but a modifier changed.
    if set(change.fields) - {"when", "modifiers"}:
        ways.append(("carries", both, before, after))
    found = []
    for kind, wanted, was, is_ in ways:
        shown = asked.show([wanted])
        sure = shown.facts is not None and _holds_so(kind, compiled, shown.facts, contest.as_of, (before, after))
        found.append(Firing(kind, shown.outcome, sure, was, is_, shown.values, shown.exact))
    modifiers = _otherwise_lowered(before, after) if before is not None and after is not None else []
    if modifiers:
        shown = asked.show([both])
        sure = shown.facts is not None and _holds_so("carries", compiled, shown.facts, contest.as_of, (before, after))
        found += [
            Firing("carries", shown.outcome, sure, before, after, shown.values, shown.exact, name) for name in modifiers
        ]
    return found


def _otherwise_lowered(before: Rule, after: Rule) -> list[str]:
    """Modifiers that take a hit elsewhere than they did."""
    named = sorted({*before.modifiers, *after.modifiers})
    return [name for name in named if before.modifiers.get(name) != after.modifiers.get(name)]


def _unsure(smt: Smt, one: Holds, two: Holds) -> Term:
    """Unknown on one side only, and fired on neither."""
    silent = smt.every((smt.neg(one.surely), smt.neg(two.surely)))
    return smt.every((silent, smt.differ(one.possibly, two.possibly)))


def _weighing(ruleset: Ruleset, change: Change, as_of: date) -> Rule | None:
    """The rule where the pack has it in force."""
    assert change.check != DECISION
    return next(
        (
            rule
            for rule in ruleset.rules
            if (rule.check, rule.id) == (change.check, change.rule) and rule.in_force(as_of)
        ),
        None,
    )


def _holds_so(
    kind: str,
    compiled: list[Compiled],
    facts: Mapping[str, Fact | FactList],
    as_of: date,
    rules: tuple[Rule | None, Rule | None],
) -> bool:
    """Whether the real evaluator answers as the kind says."""
    answers = [one.test(facts, as_of) for one in compiled]
    was = answers[0] if rules[0] is not None else False
    is_ = answers[-1] if rules[1] is not None else False
    if kind == "comes":
        return is_ is True and was is not True
    if kind == "goes":
        return was is True and is_ is not True
    if kind == "carries":
        return was is True and is_ is True
    return was is not is_ and True not in (was, is_)
