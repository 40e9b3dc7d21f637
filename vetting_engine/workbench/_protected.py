"""Rules that read a protected answer, each with two sets of facts that differ in nothing else."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from vetting_engine.conditions import compile_condition
from vetting_engine.conditions.bound import FACTS, Bound, BoundJoin, BoundLeaf, BoundNot, Ref
from vetting_engine.model.facts import FieldSpec, Vocabulary
from vetting_engine.model.ruleset import Rule, Ruleset
from vetting_engine.rulebook.protected import protected_word
from vetting_engine.workbench._encode import Encoder, Holds, Value
from vetting_engine.workbench._firing import known_vocabularies
from vetting_engine.workbench._members import needs, size_of, together
from vetting_engine.workbench._smt import Outcome, Smt, Term
from vetting_engine.workbench._worlds import Record, World

__all__ = ["ProtectedRead", "protected_reads"]


@dataclass(frozen=True, slots=True)
class ProtectedRead:
    """A rule that reads a protected field. ``before`` and ``after`` differ in that field only, and the rule answers
    otherwise; both are None where no such pair was found, and then it is not ``confirmed``.
    """

    rule: Rule
    field: str
    confirmed: bool
    before: Mapping[str, Any] | None = None
    after: Mapping[str, Any] | None = None


def protected_reads(
    ruleset: Ruleset, as_of: date, smt: Smt, checks: Mapping[str, Any] | None
) -> Iterator[ProtectedRead]:
    """Every rule that reads what no rule may, in order of id."""
    known = known_vocabularies(ruleset, checks)
    for rule in ruleset.rules:
        vocabulary = known[rule.check]
        compiled = compile_condition(rule.when, vocabulary)
        for ref in dict.fromkeys(_refs(compiled.bound)):
            name = f"{ref.over}.{ref.key}" if ref.over else ref.path
            if protected_word(name, vocabulary.name, _spec(vocabulary, ref)) is not None:
                yield _shown(rule, ref, vocabulary, smt, as_of)


def _spec(vocabulary: Vocabulary, ref: Ref) -> FieldSpec:
    fields = vocabulary.fields if ref.slot == FACTS else vocabulary.lists[ref.over].fields
    spec: FieldSpec = fields[ref.key]
    return spec


def _refs(node: Bound) -> Iterator[Ref]:
    if isinstance(node, BoundLeaf):
        yield node.field
        if node.other is not None:
            yield node.other
    elif isinstance(node, BoundJoin):
        for part in node.parts:
            yield from _refs(part)
    elif isinstance(node, BoundNot):
        yield from _refs(node.part)
    elif node.where is not None:
        yield from _refs(node.where)


class _Twin:
    """The same facts with another value in one field."""

    def __init__(self, world: World, ref: Ref, spec: FieldSpec) -> None:
        self.smt, self.day, self.code = world.smt, world.day, world.code
        self.size, self.present = world.size, world.present
        self._world, self._over, self._key = world, ref.over, ref.key
        self.records = [Record(world, {ref.key: spec}) for _ in range(max(1, world.size(ref.over)))]

    def value(self, over: str, index: int, key: str) -> Value:
        """The other value in the one field, otherwise that of the facts."""
        if (over, key) == (self._over, self._key):
            return self.records[index].value(key)
        return self._world.value(over, index, key)

    def truth(self, key: str) -> Holds | None:
        """No fact is derived here."""
        return self._world.truth(key)


def _shown(rule: Rule, ref: Ref, vocabulary: Vocabulary, smt: Smt, as_of: date) -> ProtectedRead:
    compiled = compile_condition(rule.when, vocabulary)
    need = needs(compiled.bound, {}).unknown
    world = World(smt, vocabulary, size_of(together((need, need)), vocabulary.lists).lists, as_of)
    twin = _Twin(world, ref, _spec(vocabulary, ref))
    one, two = Encoder(world).holds(compiled.bound), Encoder(twin).holds(compiled.bound)
    otherwise: Term = smt.some((smt.differ(one.surely, two.surely), smt.differ(one.possibly, two.possibly)))
    answer = smt.solve([*world.constraints, otherwise], world.wishes())
    if answer.outcome is not Outcome.FOUND:
        return ProtectedRead(rule, ref.path, confirmed=False)
    before = world.facts(answer)
    after = dict(before)
    changed = [record.read(answer, world.codes) for record in twin.records]
    if ref.over:
        flags = world.there[ref.over]
        there = [index for index, flag in enumerate(flags) if answer.flag(flag)]
        members = before[ref.over]
        assert isinstance(members, list)
        after[ref.over] = [{**member, **changed[index]} for member, index in zip(members, there, strict=True)]
    else:
        after.update(changed[0])
    confirmed = compiled.test(before, as_of) is not compiled.test(after, as_of)
    return ProtectedRead(rule, ref.path, confirmed, before, after)
