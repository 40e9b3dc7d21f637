"""What a pack decides, as terms over a symbolic case, beside the witnesses each statement needs."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from vetting_engine.conditions.bound import Bound
from vetting_engine.decide._strata import Entry, decision_entries, derivers
from vetting_engine.errors import Param
from vetting_engine.model.decision import Disposition
from vetting_engine.model.decision_facts import FACT_PREFIX
from vetting_engine.model.finding import FindingStatus, Function
from vetting_engine.model.ruleset import DECISION, Rule, Ruleset
from vetting_engine.model.scales import Level
from vetting_engine.workbench._cases import Case
from vetting_engine.workbench._decision_world import DecisionWorld, case_of
from vetting_engine.workbench._encode import Encoder, Holds, Value
from vetting_engine.workbench._members import NONE, Need, Witnesses, any_of, needs, size_of, together
from vetting_engine.workbench._smt import Answer, Smt, Term
from vetting_engine.workbench._worlds import Seen

__all__ = ["LISTS", "Pack", "PackReading", "decision_witnesses", "rule_witnesses", "world_for"]

LISTS = ("finding", "gap", "attestation")
_WITNESS_OF_FINDING = Witnesses({"finding": 1})
_WITNESS_OF_GAP = Witnesses({"gap": 1})
_NEVER = Holds(False, False)


@dataclass(frozen=True, slots=True)
class Pack:
    """The decision rules of a ruleset on one day.

    ``resting`` are rules (check, id) that are not in force; ``checks`` those that have a say: required, with rules
    of their own, or named by a decision rule.
    """

    ruleset: Ruleset
    as_of: date
    strata: tuple[tuple[Entry, ...], ...]
    weighing: tuple[Rule, ...]
    resting: frozenset[tuple[str, str]]
    checks: frozenset[str]

    @classmethod
    def of(cls, ruleset: Ruleset, as_of: date) -> Pack:
        """A ruleset compiled.

        Raises:
            RulesetError: with every fault of its decision rules.
        """
        vocabulary, strata = decision_entries(ruleset)
        weighing = tuple(rule for rule in ruleset.rules_of(DECISION) if rule.in_force(as_of))
        resting = frozenset((rule.check, rule.id) for rule in ruleset.rules if not rule.in_force(as_of))
        stated = (name for name in vocabulary.fields if name.startswith("check.") and name.endswith(".status"))
        named = {name.removeprefix("check.").removesuffix(".status") for name in stated}
        named.update(rule.check for rule in ruleset.rules if rule.check != DECISION)
        checks = frozenset((*named, *ruleset.required_checks))
        return cls(ruleset, as_of, strata, weighing, resting, checks)

    def without(self, rule_id: str) -> Pack:
        """The same with one rule left out."""
        kept = tuple(rule for rule in self.weighing if rule.id != rule_id)
        return replace(self, weighing=kept)

    @property
    def bounds(self) -> Mapping[str, Bound]:
        """The conditions of the decision rules, by id."""
        return {entry.id: entry.condition.bound for stratum in self.strata for entry in stratum}

    def facts_read(self, rule_id: str) -> list[str]:
        """Names of the derived facts a rule reads."""
        entry = next(entry for stratum in self.strata for entry in stratum if entry.id == rule_id)
        named = (read.name for read in entry.condition.reads() if not read.is_list)
        return sorted({name.removeprefix(FACT_PREFIX) for name in named if name.startswith(FACT_PREFIX)})

    def rests_on(self, rule_id: str, dead: Container[Param]) -> bool:
        """Whether a rule reads a fact that only rules in ``dead`` make, at whatever distance."""
        for fact in self.facts_read(rule_id):
            makers = [rule.id for rule in self.weighing if rule.derives == fact]
            if all(maker in dead or self.rests_on(maker, dead) for maker in makers):
                return True
        return False

    def rule_needs(self) -> tuple[dict[str, Need], dict[str, Need]]:
        """Witnesses of every rule, and of every derived fact by its field's name."""
        active = {rule.id for rule in self.weighing}
        rules: dict[str, Need] = {}
        facts: dict[str, Need] = {}
        for stratum in self.strata:
            rules.update({entry.id: needs(entry.condition.bound, facts) for entry in stratum})
            for fact, makers in derivers(stratum).items():
                name = f"{FACT_PREFIX}{fact}"
                made = [facts[name]] if name in facts else []
                made += [rules[maker] for maker in makers if maker in active]
                facts[name] = Need(
                    any_of(one.true for one in made),
                    together(one.false for one in made),
                    any(one.unsure for one in made),
                )
        return {rule.id: rules[rule.id] for rule in self.weighing}, facts


class PackReading:
    """A symbolic case as one pack reads and decides it.

    Args:
        pack: the decision rules.
        world: the case.
        seen: whether this reading sees a member of a list; all of them unless given.
        functions: of findings, by index, those that name functions to look.
    """

    def __init__(
        self,
        pack: Pack,
        world: DecisionWorld,
        seen: Seen | None = None,
        functions: Mapping[int, tuple[Function, ...]] | None = None,
    ) -> None:
        self.pack = pack
        self.smt = world.smt
        self.world = world
        self._seen: Seen = seen or (lambda _over, _index: True)
        self._functions = functions or {}
        self._facts: dict[str, Holds] = {}
        self._there: dict[tuple[str, int], Term] = {}
        self.rules = self._infer()

    @property
    def day(self) -> int:
        """The day of decision, as an ordinal."""
        return self.world.day

    def size(self, over: str) -> int:
        """How many members the list can have at most."""
        return self.world.size(over)

    def present(self, over: str, index: int) -> Term:
        """Whether the pack sees this member: findings of rules that are not in force are left out."""
        if (over, index) not in self._there:
            there = self.smt.every((self.world.present(over, index), self._seen(over, index)))
            if over == "finding":
                there = self.smt.every((there, self.smt.neg(self._is_of(index, self.pack.resting))))
            self._there[over, index] = there
        return self._there[over, index]

    def value(self, over: str, index: int, key: str) -> Value:
        """A field; whether a check is required is the pack's to say."""
        if key == "required" and over in ("gap", "check"):
            check = self.world.value(over, index, "check" if over == "gap" else "name").number
            needed = self.smt.some(check == self.code(name) for name in self.pack.ruleset.required_checks)
            return Value(True, self.smt.choose(needed, 1, 0))
        return self.world.value(over, index, key)

    def truth(self, key: str) -> Holds | None:
        """A derived fact; one that no rule makes is false."""
        if not key.startswith(FACT_PREFIX):
            return None
        return self._facts.get(key, _NEVER)

    def code(self, value: object) -> int:
        """The number a literal stands for."""
        return self.world.code(value)

    def _is_of(self, index: int, rules: Iterable[tuple[str, str]]) -> Term:
        check, rule = (self.world.value("finding", index, key).number for key in ("check", "rule"))
        every = self.smt.every
        return self.smt.some(every((check == self.code(one), rule == self.code(two))) for one, two in sorted(rules))

    def _infer(self) -> dict[str, Holds]:
        encoder, smt = Encoder(self), self.smt
        active = {rule.id for rule in self.pack.weighing}
        found: dict[str, Holds] = {}
        for stratum in self.pack.strata:
            found.update({entry.id: encoder.holds(entry.condition.bound) for entry in stratum})
            for fact, makers in derivers(stratum).items():
                name = f"{FACT_PREFIX}{fact}"
                made = [self._facts.get(name, _NEVER), *(found[maker] for maker in makers if maker in active)]
                self._facts[name] = Holds(smt.some(one.surely for one in made), smt.some(one.possibly for one in made))
        return {rule.id: found[rule.id] for rule in self.pack.weighing}

    @cached_property
    def _hits(self) -> list[Term]:
        hit = self.code(FindingStatus.HIT.value)
        return [
            self.smt.every((self.present("finding", index), self.world.value("finding", index, "status").number == hit))
            for index in range(self.size("finding"))
        ]

    def level_at_least(self, level: Level) -> Term:
        """A hit or a rule that fired has this level or a graver one."""
        smt, graver = self.smt, [self.code(one.value) for one in Level if one >= level]
        by_finding = (
            smt.every((hit, smt.some(self.world.value("finding", index, "level").number == one for one in graver)))
            for index, hit in enumerate(self._hits)
        )
        by_rule = (self.rules[rule.id].surely for rule in self.pack.weighing if rule.level >= level)
        return smt.some((*by_finding, *by_rule))

    @cached_property
    def gap(self) -> Term:
        """Something required is missing, or a rule that could have raised the level is unknown."""
        smt = self.smt
        by_gap = (
            smt.every((self.present("gap", index), self.value("gap", index, "required").number == 1))
            for index in range(self.size("gap"))
        )
        weighty = [self.rules[rule.id] for rule in self.pack.weighing if rule.level > Level.NOTHING_FOUND]
        return smt.some((*by_gap, *(smt.every((one.possibly, smt.neg(one.surely))) for one in weighty)))

    def disposition_at_least(self, disposition: Disposition) -> Term:
        """The machine's answer is this one or a graver one."""
        if disposition is Disposition.NOTHING_FOUND:
            return True
        if disposition is Disposition.INCOMPLETE:
            return self.smt.some((self.level_at_least(Level.NEEDS_REVIEW), self.gap))
        level = self.level_at_least(Level(disposition.value))
        incomplete_too = disposition is Disposition.CONDITIONAL
        return self.smt.some((level, self.gap)) if incomplete_too else level

    def obliges(self, obligation: str) -> Term:
        """The obligation applies."""
        smt, of = self.smt, [rule for rule in self.pack.ruleset.rules if obligation in rule.obligations]
        behind = [(rule.check, rule.id) for rule in of if rule.check != DECISION]
        by_rule = (self.rules[rule.id].surely for rule in of if rule.id in self.rules)
        by_hit = (smt.every((hit, self._is_of(index, behind))) for index, hit in enumerate(self._hits) if behind)
        return smt.some((*by_rule, *by_hit))

    def names(self, function: str) -> Term:
        """A rule that fired names the function to look; findings name none unless given, so that the rules' show."""
        by_rule = (self.rules[rule.id].surely for rule in self.pack.weighing if function in rule.functions)
        by_hit = (self._hits[index] for index, named in self._functions.items() if function in named)
        return self.smt.some((*by_rule, *by_hit))

    def case(self, answer: Answer) -> Case:
        """The case found, as this reading sees it."""
        return case_of(self.world, answer, self._seen, self._functions)


@dataclass(frozen=True, slots=True)
class _Statement:
    """Witnesses that keep a statement about a decision true, and false."""

    true: Witnesses
    false: Witnesses


def _statements(pack: Pack) -> list[_Statement]:
    """In a fixed order: dispositions, then obligations and functions."""
    rules, _ = pack.rule_needs()

    def fired(chosen: Iterable[Rule], own: Witnesses) -> _Statement:
        mine = [rules[rule.id] for rule in chosen]
        return _Statement(any_of((own, *(one.true for one in mine))), together(one.false for one in mine))

    weighty = [rules[rule.id] for rule in pack.weighing if rule.level > Level.NOTHING_FOUND]
    gap = _Statement(
        any_of((_WITNESS_OF_GAP, *(one.unknown for one in weighty if one.unsure))),
        together(one.known for one in weighty),
    )
    levels = [fired((rule for rule in pack.weighing if rule.level >= level), _WITNESS_OF_FINDING) for level in Level]
    found = [_Statement(any_of((one.true, gap.true)), together((one.false, gap.false))) for one in levels]
    duties = sorted({name for rule in pack.ruleset.rules for name in rule.obligations})
    found += [fired((r for r in pack.weighing if name in r.obligations), _WITNESS_OF_FINDING) for name in duties]
    functions = sorted({one for rule in pack.weighing for one in rule.functions})
    found += [fired((r for r in pack.weighing if one in r.functions), NONE) for one in functions]
    return found


def decision_witnesses(packs: Sequence[Pack]) -> Witnesses:
    """What any case needs on which the decisions of the packs part (or, of one pack, say one thing and not another)."""
    statements = [_statements(pack) for pack in packs]
    pairs = [
        together((any_of(one.true for one in mine), any_of(one.false for one in others)))
        for mine, others in zip(statements, reversed(statements), strict=True)
    ]
    return any_of(pairs)


def rule_witnesses(pack: Pack) -> Witnesses:
    """What any case needs on which one rule of the pack holds and another does not."""
    own = list(pack.rule_needs()[0].values())
    return together((any_of(one.true for one in own), any_of(one.false for one in own)))


def world_for(packs: Sequence[Pack], smt: Smt, witnesses: Witnesses | None = None) -> tuple[DecisionWorld, bool]:
    """A case with room for every counterexample, and whether that room is a proof.

    Args:
        packs: one, or the two that are compared.
        smt: where the terms live.
        witnesses: what there must be room for; unless given, for decisions that part.
    """
    checks = sorted({name for pack in packs for name in pack.checks})
    # A gap for each check may have to stay beside those that a rule looks for.
    size = size_of(decision_witnesses(packs) if witnesses is None else witnesses, LISTS, {"gap": len(checks)})
    required = frozenset.intersection(*(frozenset(pack.ruleset.required_checks) for pack in packs))
    return DecisionWorld(smt, checks, required, size.lists, packs[0].as_of), size.exact
