"""Cases of the decision: symbolic ones that z3 fills, and the real candidate and findings they stand for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from vetting_engine.model import limits
from vetting_engine.model.candidate import Account, Attestation, Candidate, PersonName, Post, Relation, RelationKind
from vetting_engine.model.decision_facts import decision_vocabulary
from vetting_engine.model.facts import Fact, FactList, Vocabulary
from vetting_engine.model.finding import (
    AppliedModifier,
    CheckResult,
    CheckStatus,
    Finding,
    FindingStatus,
    Function,
    Gap,
    GapOwner,
)
from vetting_engine.model.scales import Band, Level, Severity
from vetting_engine.workbench._encode import Value
from vetting_engine.workbench._smt import Answer, Smt, Term
from vetting_engine.workbench._worlds import Record, Seen, World

__all__ = ["Case", "DecisionWorld", "case_of", "facts_as_values", "realised"]

_WHOLE = 10_000
#: As many as the nouns take, and no more than anybody reads.
_MOST: Mapping[str, int] = {
    "posts": limits.MAX_POSTS,
    "accounts": 50,
    "relations.count": limits.MAX_RELATIONS,
}
_MOST_MODIFIERS = 20
_INVENTED = PersonName(text="Tamsin Okvale")
_DEFAULTS: Mapping[str, Fact] = {
    "rule": "a-rule", "code": "a-code", "category": "", "status": "hit", "level": "nothing_found",
    "severity": "low", "band": "weak", "score": None, "topic": "", "confidential": False, "modifiers": 0,
    "lowered": False,
}  # fmt: skip

#: What a finding or gap is, whether a rule asks for it or not.
_ALWAYS_SHOWN = frozenset((
    ("finding", "check"), ("finding", "rule"), ("finding", "status"), ("finding", "level"), ("gap", "check"),
    ("check", "name"), ("check", "status"), ("attestation", "kind"), ("attestation", "on"), ("attestation", "expires"),
))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Case:
    """A candidate and what the checks said; ``facts`` as the rules see them, ``read`` which of them they ask for."""

    candidate: Candidate
    results: tuple[CheckResult, ...]
    as_of: date
    facts: Mapping[str, Fact | FactList] = field(default_factory=dict)
    read: frozenset[tuple[str, str]] = frozenset()

    def values(self) -> dict[str, Any]:
        """What the rules ask for, as JSON values; empty lists are left out."""
        return facts_as_values(self.facts, self.read)


def facts_as_values(facts: Mapping[str, Fact | FactList], read: frozenset[tuple[str, str]]) -> dict[str, Any]:
    """Facts as JSON values, as far as they are ``read``: pairs of list (empty for none) and field."""
    asked = read | _ALWAYS_SHOWN
    found: dict[str, Any] = {}
    for name, value in sorted(facts.items()):
        if isinstance(value, list):
            members = [{key: _json(one) for key, one in member.items() if (name, key) in asked} for member in value]
            # A check that is done has nothing to tell.
            members = [one for one in members if name != "check" or one["status"] != CheckStatus.DONE.value]
            if members:
                found[name] = members
        elif ("", name) in asked and value is not None:
            found[name] = _json(value)  # type: ignore[arg-type]  # a list was told above
    return found


def _json(value: Fact) -> Fact:
    return value.isoformat() if isinstance(value, date) else value


class DecisionWorld(World):
    """What decision rules of packs with these checks can be given, with one result at most for each check.

    The members of ``check`` are the checks themselves; every finding and gap belongs to one of them.
    """

    def __init__(
        self, smt: Smt, checks: Sequence[str], required: Iterable[str], sizes: Mapping[str, int], as_of: date
    ) -> None:
        self.checks = tuple(sorted(set(checks)))
        super().__init__(smt, decision_vocabulary(self.checks), {**sizes, "check": 0}, as_of)
        spec = _vocabulary(self.checks).lists["check"].fields
        self.members["check"] = [Record(self, spec) for _ in self.checks]
        self.there["check"] = [name in set(required) or smt.flag() for name in self.checks]
        for name, record in zip(self.checks, self.members["check"], strict=True):
            record.values["name"] = Value(True, self.code(name))
        for finding, there in self._listed("finding"):
            self.constraints.append(smt.implies(there, self.is_finding(finding)))
        for gap, there in self._listed("gap"):
            self.constraints.append(smt.implies(there, self.belongs(gap)))
        self.constraints.extend(self._silence_is_named(name) for name in self.checks)
        for attestation, _ in self._listed("attestation"):
            self._dated(attestation)
        self._plain_fields()

    def status_of(self, check: str) -> Value:
        """``check.<name>.status``: known where the check has a result."""
        index = self.checks.index(check)
        return Value(self.there["check"][index], self.members["check"][index].value("status").number)

    def value(self, over: str, index: int, key: str) -> Value:
        """A field; those of a check's figures are known only where it has a result."""
        if over or not key.startswith("check."):
            return super().value(over, index, key)
        check, _, name = key.removeprefix("check.").rpartition(".")
        return self.status_of(check) if name == "status" else self._figure(check, name)

    def add(self, over: str, values: Mapping[str, Value]) -> int:
        """A further member, always there, with some of its fields given; answers its index."""
        record = Record(self, _vocabulary(self.checks).lists[over].fields)
        record.values.update(values)
        self.members[over].append(record)
        self.there[over].append(True)
        self.constraints.append(self.is_finding(record) if over == "finding" else self.belongs(record))
        return len(self.members[over]) - 1

    def _listed(self, over: str) -> Iterable[tuple[Record, Term]]:
        return zip(self.members[over], self.there[over], strict=True)

    def belongs(self, member: Record) -> Term:
        """Its check has a result."""
        smt, check = self.smt, member.value("check").number
        slots = zip(self.checks, self.there["check"], strict=True)
        return smt.some(smt.every((check == self.code(name), there)) for name, there in slots)

    def is_finding(self, member: Record) -> Term:
        """It is one that a check can make."""
        smt, code = self.smt, self.code
        weighs = member.value("status").number == code(FindingStatus.HIT.value)
        applied, lowered = member.value("modifiers").number, member.value("lowered").number
        return smt.every((
            self.belongs(member),
            smt.some((weighs, member.value("level").number == code(Level.NOTHING_FOUND.value))),
            member.value("topic").number != code(""),
            smt.every((applied >= 0, applied <= _MOST_MODIFIERS, applied >= lowered)),
        ))  # fmt: skip

    def _silence_is_named(self, check: str) -> Term:
        """A result that is not done, or holds an unknown finding, has a gap."""
        smt, code, index = self.smt, self.code(check), self.checks.index(check)
        status = self.members["check"][index].value("status").number
        unknown = [
            smt.every((there, one.value("check").number == code, one.value("status").number == self.code("unknown")))
            for one, there in self._listed("finding")
        ]
        undone = smt.every((self.there["check"][index], status != self.code(CheckStatus.DONE.value)))
        named = [smt.every((there, one.value("check").number == code)) for one, there in self._listed("gap")]
        return smt.implies(smt.some((undone, *unknown)), smt.some(named))

    def _dated(self, member: Record) -> None:
        """Whether an attestation is in force follows from its dates."""
        smt, on, expires = self.smt, member.value("on"), member.value("expires")
        ended = smt.every((expires.known, expires.number < self.day))
        begun = smt.every((smt.neg(ended), on.known, on.number <= self.day))
        member.values["in_force"] = Value(smt.some((ended, on.known)), smt.choose(begun, 1, 0))
        self.constraints.append(member.value("kind").number != self.code(""))

    def _plain_fields(self) -> None:
        """Counts are as large as the nouns allow; what is a flag of the candidate is always known."""
        for name, most in _MOST.items():
            number = self.smt.number()
            self.fields.values[name] = Value(True, number)
            self.constraints.append(self.smt.every((number >= 0, number <= most)))
        for name in ("relations.declared", "consent.present"):
            number = self.smt.number()
            self.fields.values[name] = Value(True, number)
            self.constraints.append(self.smt.every((number >= 0, number <= 1)))

    def _figure(self, check: str, name: str) -> Value:
        key, smt = f"check.{check}.{name}", self.smt
        if key in self.fields.values:
            return self.fields.values[key]
        there = self.there["check"][self.checks.index(check)]
        made = self.fields.values[key] = Value(smt.every((there, smt.flag())), smt.number())
        self.constraints.append(smt.every((made.number >= 0, made.number <= limits.MAX_POSTS)))
        if name == "covered_share":
            posts, covered = self._figure(check, "posts"), self._figure(check, "covered_posts")
            product = made.number * posts.number
            self.constraints += [
                # Follows from the lines below; said so that no product needs to be looked at for it.
                made.number <= _WHOLE,
                smt.same(made.known, smt.every((posts.known, posts.number > 0, covered.known))),
                smt.implies(made.known, product <= covered.number * _WHOLE),
                smt.implies(made.known, covered.number * _WHOLE < product + posts.number),
                smt.implies(made.known, covered.number <= posts.number),
            ]
        return made


def _vocabulary(checks: Iterable[str]) -> Vocabulary:
    return decision_vocabulary(checks)


def case_of(
    world: DecisionWorld,
    answer: Answer,
    seen: Seen | None = None,
    functions: Mapping[int, tuple[Function, ...]] | None = None,
) -> Case:
    """The candidate and the results a case found stands for.

    Args:
        world: the symbolic case.
        answer: the values found.
        seen: which members count; all unless given.
        functions: of findings, by index in the world, those that name functions to look.
    """
    named = [
        (world.members["finding"][index].read(answer, world.codes), looks) for index, looks in (functions or {}).items()
    ]
    return realised(world.facts(answer, seen), date.fromordinal(world.day), frozenset(world.read), named)


def realised(
    facts: Mapping[str, Fact | FactList],
    as_of: date,
    read: frozenset[tuple[str, str]] = frozenset(),
    named: Sequence[tuple[Mapping[str, Fact], tuple[Function, ...]]] = (),
) -> Case:
    """The nouns behind facts: a result for each member of ``check``, with its findings and gaps."""
    results = []
    for member in _members(facts, "check"):
        name = str(member["name"])
        findings = []
        for number, said in enumerate(one for one in _members(facts, "finding") if one["check"] == name):
            looks = next((functions for one, functions in named if one == said), ())
            findings.append(_finding(name, number, said, looks))
        results.append(
            CheckResult(
                check=name,
                check_version="1",
                status=CheckStatus(str(member.get("status", "done"))),
                findings=tuple(findings),
                gaps=tuple(_gap(name, one) for one in _members(facts, "gap") if one["check"] == name),
                counts=_counts(facts, name),
            )
        )
    return Case(_candidate(facts), tuple(results), as_of, facts, read)


def _counts(facts: Mapping[str, Fact | FactList], check: str) -> dict[str, Any]:
    figures = {key: facts.get(f"check.{check}.{key}") for key in ("posts", "covered_posts", "entries")}
    return {key: number for key, number in figures.items() if number is not None}


def _members(facts: Mapping[str, Fact | FactList], name: str) -> Sequence[Mapping[str, Fact]]:
    listed = facts.get(name)
    return listed if isinstance(listed, list) else ()


def _finding(check: str, index: int, said: Mapping[str, Fact], functions: tuple[Function, ...]) -> Finding:
    read: dict[str, Any] = {**_DEFAULTS, **said}
    level = Level(read["level"])
    modifiers = [
        AppliedModifier(
            modifier="invented",
            # The first one lowers where the finding was lowered, the others keep the level.
            from_level=Level.ESCALATE if read["lowered"] and not number else Level.NOTHING_FOUND,
            to_level=Level.NOTHING_FOUND,
        )
        for number in range(int(read["modifiers"]))
    ]
    return Finding(
        id=f"{check}:{index}",
        check=check,
        rule=read["rule"],
        rule_version="1",
        status=FindingStatus(read["status"]),
        code=read["code"],
        category=read["category"],
        level=level,
        severity=Severity(read["severity"]),
        band=Band(read["band"]),
        score=read["score"],
        topic=read["topic"],
        confidential=read["confidential"],
        functions=functions,
        modifiers=tuple(modifiers),
    )


def _gap(check: str, said: Mapping[str, Fact]) -> Gap:
    return Gap(code=str(said.get("code", "a-gap")), check=check, owner=GapOwner(str(said.get("owner", "ours"))))


def _candidate(facts: Mapping[str, Fact | FactList]) -> Candidate:
    def number(name: str) -> int:
        return int(facts.get(name) or 0)  # type: ignore[arg-type]  # a count

    return Candidate(
        id="counterexample",
        names=(_INVENTED,),
        posts=tuple(Post(id=f"p-{index}") for index in range(number("posts"))),
        accounts=tuple(Account(platform="invented", handle=f"a-{index}") for index in range(number("accounts"))),
        relations=tuple(
            Relation(id=f"r-{index}", kind=RelationKind.ASSOCIATE, to_name="Ondrel Trading")
            for index in range(number("relations.count"))
        ),
        relations_declared=bool(facts.get("relations.declared")),
        attestations=tuple(_attestation(one) for one in _members(facts, "attestation")),
        consent_ref="c-1" if facts.get("consent.present") else None,
    )


def _attestation(said: Mapping[str, Any]) -> Attestation:
    return Attestation(
        kind=said["kind"],
        checked_by="somebody" if said.get("checked") else None,
        on=said.get("on"),
        expires=said.get("expires"),
    )
