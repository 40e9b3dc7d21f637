"""The decision as a symbolic case: what rules over findings can be given, as terms that z3 fills."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from vetting_engine.model import limits
from vetting_engine.model.decision_facts import decision_vocabulary
from vetting_engine.model.facts import Vocabulary
from vetting_engine.model.finding import CheckStatus, FindingStatus, Function
from vetting_engine.model.scales import Level
from vetting_engine.workbench._cases import Case, realised
from vetting_engine.workbench._encode import Value
from vetting_engine.workbench._smt import Answer, Smt, Term
from vetting_engine.workbench._worlds import Record, Seen, World

__all__ = ["DecisionWorld", "case_of"]

_WHOLE = 10_000
#: As many as the nouns take, and no more than anybody reads.
_MOST: Mapping[str, int] = {
    "posts": limits.MAX_POSTS,
    "accounts": 50,
    "relations.count": limits.MAX_RELATIONS,
}
_MOST_MODIFIERS = 20


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
