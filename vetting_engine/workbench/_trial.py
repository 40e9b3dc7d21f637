"""Cases put to the real Decider: what the analysis says is printed only when both engines say so, too."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from random import Random
from typing import Any

from vetting_engine.conditions.bound import Bound, BoundCount, BoundJoin, BoundLeaf, BoundNot, BoundSome
from vetting_engine.decide import Decided, Decider
from vetting_engine.model.decision import Decision, Disposition
from vetting_engine.model.decision_facts import decision_vocabulary
from vetting_engine.model.facts import Fact, FactList, FieldSpec, FieldType
from vetting_engine.model.ruleset import Ruleset
from vetting_engine.workbench._cases import Case, realised
from vetting_engine.workbench._packs import Pack

__all__ = ["SEARCHED", "Said", "Trial", "random_cases"]

#: Random cases a proof is tried on: a quarter of a second, and a wrong encoding would hardly survive it.
SEARCHED = 200
_MOST_OF_A_LIST = 4
_NEAR = (-1, 0, 1)
#: How often, so that rules fire and fail about as often: a check has a result, all checks are done, a finding weighs,
#: a value that may be missing is, a value is one that a rule names.
_THERE, _DONE, _WEIGHS, _MISSING, _NAMED, _EVEN = 0.6, 0.7, 0.8, 0.25, 0.75, 0.5

#: Disposition, obligations and functions: what two decisions are compared by.
Said = tuple[Disposition, tuple[str, ...], tuple[str, ...]]


class Trial:
    """The real Decider of one pack, made when it is first asked."""

    def __init__(self, ruleset: Ruleset) -> None:
        self._ruleset = ruleset
        self._decider: Decider | None = None

    def decided(self, case: Case) -> Decided:
        """What the engines make of a case."""
        if self._decider is None:
            self._decider = Decider(self._ruleset)
        return self._decider.decide(case.candidate, case.results, case.as_of)

    def said(self, case: Case) -> Said | None:
        """The decision in short; None where the engines do not agree, so that nothing is confirmed by it."""
        decided = self.decided(case)
        return None if decided.decision.held else _said(decided.decision)


def _said(decision: Decision) -> Said:
    duties = tuple(one.id for one in decision.obligations)
    return decision.disposition, duties, tuple(one.value for one in decision.functions)


def random_cases(packs: Sequence[Pack], as_of: date, count: int, seed: int = 0) -> Iterator[Case]:
    """Cases near what the rules ask for: their literals, their neighbours, and everything else now and then."""
    chance = Random(seed)  # noqa: S311  # not for secrets: the same seed gives the same cases
    checks = sorted({name for pack in packs for name in pack.checks})
    required = sorted({name for pack in packs for name in pack.ruleset.required_checks})
    literals: dict[tuple[str, str], list[Fact]] = {("finding", "check"): list(checks)}
    for pack in packs:
        for bound in pack.bounds.values():
            for place, value in _literals(bound, {}):
                literals.setdefault(place, []).append(value)
    invent = _Inventor(chance, literals, as_of)
    for _ in range(count):
        yield invent.case(checks, required)


def _literals(node: Bound, over: Mapping[int, str]) -> Iterator[tuple[tuple[str, str], Fact]]:
    if isinstance(node, BoundLeaf):
        listed = node.value if isinstance(node.value, tuple) else (node.value,)
        yield from (((node.field.over, node.field.key), value) for value in listed if value is not None)
    elif isinstance(node, BoundNot):
        yield from _literals(node.part, over)
    elif isinstance(node, BoundJoin):
        for part in node.parts:
            yield from _literals(part, over)
    elif isinstance(node, BoundSome | BoundCount) and node.where is not None:
        yield from _literals(node.where, over)


class _Inventor:
    def __init__(self, chance: Random, literals: Mapping[tuple[str, str], list[Fact]], as_of: date) -> None:
        self._chance = chance
        self._literals = literals
        self._as_of = as_of

    def case(self, checks: Sequence[str], required: Sequence[str]) -> Case:
        chance = self._chance
        vocabulary = decision_vocabulary(checks)
        facts: dict[str, Fact | FactList] = {
            name: self._value("", name, spec) for name, spec in vocabulary.fields.items() if not name.endswith("status")
        }
        for name in checks:
            posts, covered = f"check.{name}.posts", f"check.{name}.covered_posts"
            if isinstance(facts[posts], int) and isinstance(facts[covered], int):
                # A check reads no more posts than it was given.
                facts[covered] = min(facts[posts], facts[covered])  # type: ignore[type-var]  # both are counts
        there = [name for name in checks if name in required or chance.random() < _THERE]
        done = chance.random() < _DONE
        facts["check"] = [
            {"name": name, "status": "done" if done else chance.choice(("done", "partial", "unknown"))}
            for name in there
        ]
        for name in ("finding", "gap", "attestation"):
            most = _MOST_OF_A_LIST if name != "gap" else chance.choice((0, 0, 2))
            fields = vocabulary.lists[name].fields
            members = [self._member(name, fields, there) for _ in range(chance.randint(0, most))]
            facts[name] = members if there or name == "attestation" else []
        return realised(facts, self._as_of)

    def _member(self, over: str, fields: Mapping[str, FieldSpec], there: Sequence[str]) -> Mapping[str, Fact]:
        member = {key: self._value(over, key, spec) for key, spec in fields.items()}
        if "check" in fields and there:
            member["check"] = self._chance.choice(there)
        if over == "finding":
            member["topic"] = member["topic"] or "a-topic"
            member["status"] = "hit" if self._chance.random() < _WEIGHS else member["status"]
            member["level"] = member["level"] if member["status"] == "hit" else "nothing_found"
            member["modifiers"] = member["lowered"] = 0
        return member

    def _value(self, over: str, key: str, spec: FieldSpec) -> Fact:
        chance = self._chance
        if not spec.always_known and chance.random() < _MISSING:
            return None
        named = self._literals.get((over, key))
        if named and chance.random() < _NAMED:
            value: Any = chance.choice(named)
            if spec.type is FieldType.INTEGER and type(value) is int:
                return max(0, value + chance.choice(_NEAR))
            fits = spec.type is not FieldType.FLAG or isinstance(value, bool)
            if fits and not (spec.type is FieldType.DATE and not isinstance(value, date)):
                return value  # type: ignore[no-any-return]  # a literal of the field's type
        return self._anything(spec)

    def _anything(self, spec: FieldSpec) -> Fact:
        chance = self._chance
        if spec.type is FieldType.FLAG:
            return chance.random() < _EVEN
        if spec.type is FieldType.INTEGER:
            return chance.choice((0, 1, 2, 5, 40))
        if spec.type is FieldType.DATE:
            return self._as_of + timedelta(days=chance.choice((-400, -1, 0, 1, 400)))
        return chance.choice(spec.values) if spec.values else chance.choice(("a", "b", "c"))
