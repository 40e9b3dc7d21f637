"""The questions asked of rules and of pairs of rules, for decision rules and for those of a check alike."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from vetting_engine.conditions import Compiled, compile_condition
from vetting_engine.errors import Param
from vetting_engine.model.facts import Fact, FactList, FieldSpec, FieldType, Vocabulary
from vetting_engine.model.finding import RuleStatus
from vetting_engine.model.ruleset import Rule
from vetting_engine.model.scales import Level
from vetting_engine.workbench._cases import Case
from vetting_engine.workbench._encode import Holds
from vetting_engine.workbench._firing import Conditions
from vetting_engine.workbench._packs import Pack, PackReading, rule_witnesses, world_for
from vetting_engine.workbench._smt import Outcome, Smt, Term
from vetting_engine.workbench._trial import SEARCHED, Trial, random_cases

__all__ = ["CheckRules", "DecisionRules", "Rules", "Truth"]

_PLAIN: Mapping[FieldType, Fact] = {
    FieldType.TEXT: "",
    FieldType.NAME: "",
    FieldType.INTEGER: 0,
    FieldType.FLAG: False,
    FieldType.DATE: date(2000, 1, 1),
}


@dataclass(frozen=True, slots=True)
class Truth:
    """Whether there is a case of what was asked for; ``exact`` where none found means none at all."""

    outcome: Outcome
    exact: bool


class Rules(Protocol):
    """Rules of one kind under question. A case found counts only where the real evaluator says the same."""

    rules: Sequence[Rule]

    def can_hold(self, rule: Rule) -> Truth:
        """Is there a case in which it fires?"""

    def can_fail(self, rule: Rule) -> Truth:
        """Is there one in which it does not?"""

    def implies(self, rule: Rule, other: Rule) -> Truth:
        """Is there one in which it fires (or may) and the other does not?"""

    def covers(self, other: Rule, rule: Rule) -> bool:
        """Whether a hit of the other says all that a hit of the rule says."""

    def contradicts(self, other: Rule, rule: Rule) -> bool:
        """Whether their hits say contrary things, if they are about the same."""

    def weighs_otherwise(self, other: Rule, rule: Rule) -> bool:
        """Whether one never weighs and the other does."""

    def rests_on(self, rule: Rule, dead: Container[Param]) -> bool:
        """Whether it cannot fire only because of rules already told."""


def _says_no_more(rule: Rule, other: Rule) -> bool:
    duties = set(rule.obligations) <= set(other.obligations)
    return rule.level <= other.level and duties and set(rule.functions) <= set(other.functions)


class DecisionRules:
    """The decision rules of a pack that are in force."""

    def __init__(self, smt: Smt, pack: Pack) -> None:
        self.rules: Sequence[Rule] = pack.weighing
        self._smt, self._pack = smt, pack
        self._trial = Trial(pack.ruleset)
        self._world, self._exact = world_for((pack,), smt, rule_witnesses(pack))
        self._reading = PackReading(pack, self._world)
        self._witness: dict[str, Mapping[str, RuleStatus]] = {}
        self._random: list[Mapping[str, RuleStatus]] = []

    def can_hold(self, rule: Rule) -> Truth:
        """Is there a case in which it fires?"""
        truth, case = self._asked([self._holds(rule).surely], {rule.id: True}, plainly=True)
        if case is not None:
            self._witness[rule.id] = self._fired(case)
        return truth

    def can_fail(self, rule: Rule) -> Truth:
        """Is there one in which it does not?"""
        return self._asked([self._smt.neg(self._holds(rule).surely)], {rule.id: False})[0]

    def implies(self, rule: Rule, other: Rule) -> Truth:
        """Is there one in which it fires (or may) and the other does not?"""
        fires = {rule.id: True, other.id: False}
        if any(_is_so(statuses, fires) for statuses in (*self._witness.values(), *self._searched())):
            return Truth(Outcome.FOUND, self._exact)
        one, two, neg = self._holds(rule), self._holds(other), self._smt.neg
        truth = self._asked([one.surely, neg(two.surely)], fires)[0]
        if truth.outcome is not Outcome.NONE or rule.level is Level.NOTHING_FOUND:
            return truth
        # A rule that has a level leaves the case incomplete where it is unknown: so must the other.
        answer = self._smt.solve([*self._world.constraints, one.possibly, neg(two.possibly)])
        return Truth(answer.outcome, self._exact)

    def covers(self, other: Rule, rule: Rule) -> bool:
        """Whether a hit of the other says all that a hit of the rule says."""
        return _says_no_more(rule, other) and rule.derives in (None, other.derives)

    def contradicts(self, other: Rule, rule: Rule) -> bool:
        """Two levels for the same thing; a rule without a level only names things."""
        return rule.level is not other.level and Level.NOTHING_FOUND not in (rule.level, other.level)

    def weighs_otherwise(self, other: Rule, rule: Rule) -> bool:  # noqa: ARG002  # the same question to all rules
        """Decision rules always weigh as they say."""
        return False

    def rests_on(self, rule: Rule, dead: Container[Param]) -> bool:
        """Whether it cannot fire only because of rules already told."""
        return self._pack.rests_on(rule.id, dead)

    def _holds(self, rule: Rule) -> Holds:
        return self._reading.rules[rule.id]

    def _asked(
        self, wanted: Sequence[Term], fires: Mapping[str, bool], *, plainly: bool = False
    ) -> tuple[Truth, Case | None]:
        # A case with little in it tells rules apart: others do not fire on it by chance.
        answer = self._smt.solve([*self._world.constraints, *wanted], self._world.wishes() if plainly else ())
        if answer.outcome is not Outcome.FOUND:
            refuted = answer.outcome is Outcome.NONE and any(_is_so(one, fires) for one in self._searched())
            return Truth(Outcome.UNDECIDED if refuted else answer.outcome, self._exact), None
        case = self._reading.case(answer)
        told = _is_so(self._fired(case), fires)
        return Truth(Outcome.FOUND if told else Outcome.UNDECIDED, self._exact), case if told else None

    def _fired(self, case: Case) -> Mapping[str, RuleStatus]:
        return {outcome.rule: outcome.status for outcome in self._trial.decided(case).decision.outcomes}

    def _searched(self) -> Sequence[Mapping[str, RuleStatus]]:
        """What the real Decider said of each rule on random cases."""
        if not self._random:
            cases = random_cases((self._pack,), self._pack.as_of, SEARCHED)
            self._random = [self._fired(case) for case in cases]
        return self._random


def _is_so(statuses: Mapping[str, RuleStatus], fires: Mapping[str, bool]) -> bool:
    return all((statuses[rule] is RuleStatus.FIRED) is wanted for rule, wanted in fires.items())


class CheckRules:
    """The rules of one check that are in force."""

    def __init__(self, smt: Smt, vocabulary: Vocabulary, as_of: date, rules: Sequence[Rule]) -> None:
        self.rules = rules
        self._smt, self._vocabulary, self._as_of = smt, vocabulary, as_of
        self._compiled = {rule.id: compile_condition(rule.when, vocabulary) for rule in rules}
        self._witness: dict[str, Mapping[str, Fact | FactList]] = {}

    def can_hold(self, rule: Rule) -> Truth:
        """Is there a case in which it fires?"""
        asked = self._conditions(rule)
        truth, facts = self._asked(asked, [asked.holds[0].surely], {rule.id: True}, plainly=True)
        if facts is not None:
            self._witness[rule.id] = _completed(facts, self._vocabulary)
        return truth

    def can_fail(self, rule: Rule) -> Truth:
        """Is there one in which it does not?"""
        asked = self._conditions(rule)
        return self._asked(asked, [self._smt.neg(asked.holds[0].surely)], {rule.id: False})[0]

    def implies(self, rule: Rule, other: Rule) -> Truth:
        """Is there one in which it fires and the other does not?"""
        witness = self._witness.get(rule.id)
        if witness is not None and self._compiled[other.id].test(witness, self._as_of) is not True:
            return Truth(Outcome.FOUND, exact=True)
        asked = self._conditions(rule, other)
        one, two = asked.holds
        wanted = [one.surely, self._smt.neg(two.surely)]
        return self._asked(asked, wanted, {rule.id: True, other.id: False})[0]

    def covers(self, other: Rule, rule: Rule) -> bool:
        """Whether a hit of the other says all that a hit of the rule says."""
        same = (rule.status_on_hit, rule.category) == (other.status_on_hit, other.category)
        lowered = not other.modifiers or other.modifiers == rule.modifiers
        return same and lowered and rule.severity <= other.severity and _says_no_more(rule, other)

    def contradicts(self, other: Rule, rule: Rule) -> bool:
        """Two levels, or one that weighs and one that never does, for the same thing."""
        return self.weighs_otherwise(other, rule) or rule.level is not other.level

    def weighs_otherwise(self, other: Rule, rule: Rule) -> bool:
        """Whether one never weighs and the other does."""
        return (rule.status_on_hit == "hit") is not (other.status_on_hit == "hit")

    def rests_on(self, rule: Rule, dead: Container[Param]) -> bool:  # noqa: ARG002  # the same question to all rules
        """Rules of checks derive nothing."""
        return False

    def _conditions(self, *rules: Rule) -> Conditions:
        compiled: list[Compiled] = [self._compiled[rule.id] for rule in rules]
        return Conditions(self._smt, self._vocabulary, self._as_of, compiled)

    def _asked(
        self, asked: Conditions, wanted: Sequence[Term], fires: Mapping[str, bool], *, plainly: bool = False
    ) -> tuple[Truth, Mapping[str, Fact | FactList] | None]:
        shown = asked.show(wanted, plainly=plainly)
        if shown.facts is None:
            refuted = shown.outcome is Outcome.NONE and any(self._is_so(one, fires) for one in self._witness.values())
            return Truth(Outcome.UNDECIDED if refuted else shown.outcome, shown.exact), None
        told = self._is_so(shown.facts, fires)
        return Truth(Outcome.FOUND if told else Outcome.UNDECIDED, shown.exact), shown.facts if told else None

    def _is_so(self, facts: Mapping[str, Fact | FactList], fires: Mapping[str, bool]) -> bool:
        return all((self._compiled[rule].test(facts, self._as_of) is True) is wanted for rule, wanted in fires.items())


def _completed(facts: Mapping[str, Fact | FactList], vocabulary: Vocabulary) -> dict[str, Fact | FactList]:
    """Facts with a plain value in every field that is always known: other rules may read what this one does not."""
    found = {**_plain(vocabulary.fields), **facts}
    for name, spec in vocabulary.lists.items():
        members = facts.get(name)
        found[name] = [{**_plain(spec.fields), **one} for one in members] if isinstance(members, list) else []
    return found


def _plain(fields: Mapping[str, FieldSpec]) -> dict[str, Any]:
    known = ((name, spec) for name, spec in fields.items() if spec.always_known)
    return {name: spec.values[0] if spec.values else _PLAIN[spec.type] for name, spec in known}
