"""The promises about decisions, held against one pack: proved for every case, or broken by a case that is shown.

What is asked is whether any candidate, with any findings, gaps and attestations, is decided on against the promise.
Each answer is tried on the real Decider: a case that breaks a promise must break it there, and a promise that is
proved is tried on random cases besides.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any

from vetting_engine.errors import Location
from vetting_engine.model.decision import Disposition
from vetting_engine.model.finding import CheckResult, FindingStatus
from vetting_engine.model.ruleset import Ruleset
from vetting_engine.model.scales import Level
from vetting_engine.workbench._cases import Case
from vetting_engine.workbench._decision_world import DecisionWorld
from vetting_engine.workbench._encode import UnsupportedError, Value
from vetting_engine.workbench._packs import Pack, PackReading, world_for
from vetting_engine.workbench._protected import protected_reads
from vetting_engine.workbench._smt import TIMEOUT_SECONDS, Answer, Outcome, Smt, Term
from vetting_engine.workbench._trial import SEARCHED, Trial, random_cases

__all__ = ["Promise", "Proof", "ProofVerdict", "prove"]

_OTHER_CHECK = "other-check"


class Promise(StrEnum):
    """The promises of the design that are about decisions."""

    NO_REJECTION = "no-rejection"  # 2.1: the maximum of all levels, and nothing beyond escalate
    SILENCE = "silence"  # 2.2: a gap in a required check never ends in nothing_found or conditional
    MONOTONE = "monotone"  # 2.3: a further finding never makes a disposition milder
    AGD = "agd"  # 2.9: no rule reads a protected answer


class ProofVerdict(StrEnum):
    """``kept_so_far``: no case among so many members per list, which is not a proof."""

    KEPT = "kept"
    KEPT_SO_FAR = "kept_so_far"
    BROKEN = "broken"
    UNCONFIRMED = "unconfirmed"
    UNDECIDED = "undecided"


@dataclass(frozen=True, slots=True)
class Proof:
    """One promise and what became of it.

    ``before`` and ``after`` (monotone) are two cases of which the second has a finding more; for the other promises
    only ``after``. ``at`` is the rule that breaks ``agd``.
    """

    promise: Promise
    verdict: ProofVerdict
    searched: int
    before: Mapping[str, Any] | None = None
    after: Mapping[str, Any] | None = None
    before_disposition: Disposition | None = None
    after_disposition: Disposition | None = None
    at: Location | None = None
    rule: str = ""
    field: str = ""


def prove(
    ruleset: Ruleset,
    promise: Promise,
    *,
    as_of: date,
    timeout_seconds: float = TIMEOUT_SECONDS,
    search: int = SEARCHED,
    checks: Mapping[str, Any] | None = None,
) -> Proof:
    """Hold a promise against a pack.

    Args:
        ruleset: as loaded.
        promise: which one.
        as_of: the day rules are in force on and dates are relative to.
        timeout_seconds: for each question to the solver.
        search: random cases to try besides.
        checks: the check plugins by name; those installed, unless a host or a test names others.

    Raises:
        EngineError: z3 is not installed.
        RulesetError: the pack's decision rules do not compile.
    """
    court = _Court(ruleset, as_of, Smt(timeout_seconds), search)
    if promise is Promise.AGD:
        return _agd(court, checks)
    try:
        return _ASKED[promise](court)
    except UnsupportedError:
        return Proof(promise, ProofVerdict.UNDECIDED, 0)


class _Court:
    """One pack, its terms and its real Decider."""

    def __init__(self, ruleset: Ruleset, as_of: date, smt: Smt, search: int) -> None:
        self.ruleset, self.as_of, self.smt, self.search = ruleset, as_of, smt, search
        self.pack = Pack.of(ruleset, as_of)
        self.trial = Trial(ruleset)
        self.exact = True

    def world(self) -> DecisionWorld:
        """Room for a case; ``exact`` says whether it is enough for a proof."""
        # A host may run checks that the pack neither requires nor has rules for: what they find counts, too.
        pack = replace(self.pack, checks=self.pack.checks | {_OTHER_CHECK})
        world, self.exact = world_for((pack,), self.smt)
        return world

    def disposition(self, case: Case) -> Disposition | None:
        """What the engines agree on."""
        said = self.trial.said(case)
        return None if said is None else said[0]

    def judged(self, promise: Promise, answer: Answer, case: Case | None, breaks: Callable[[Case], bool]) -> Proof:
        """The proof for what the solver answered; random cases are tried where it found none."""
        if answer.outcome is Outcome.UNDECIDED:
            return Proof(promise, ProofVerdict.UNDECIDED, 0)
        if case is None:
            case = next((one for one in random_cases((self.pack,), self.as_of, self.search) if breaks(one)), None)
            if case is None:
                return Proof(promise, ProofVerdict.KEPT if self.exact else ProofVerdict.KEPT_SO_FAR, self.search)
        verdict = ProofVerdict.BROKEN if breaks(case) else ProofVerdict.UNCONFIRMED
        return Proof(promise, verdict, 0, after=case.values(), after_disposition=self.disposition(case))


def _no_rejection(court: _Court) -> Proof:
    world = court.world()
    reading = PackReading(court.pack, world)
    milder = court.smt.some(
        court.smt.every((
            reading.level_at_least(level),
            court.smt.neg(reading.disposition_at_least(Disposition(level.value))),
        ))
        for level in Level
    )  # fmt: skip

    def breaks(case: Case) -> bool:
        hits = [one.level for result in case.results for one in result.findings if one.status is FindingStatus.HIT]
        gravest = max([level for level in hits if level is not Level.NOTHING_FOUND], default=Level.NOTHING_FOUND)
        disposition = court.disposition(case)
        return disposition is not None and disposition < Disposition(gravest.value)

    return _one_case(court, Promise.NO_REJECTION, reading, milder, breaks)


def _silence(court: _Court) -> Proof:
    world = court.world()
    reading = PackReading(court.pack, world)
    quiet = court.smt.every((reading.gap, court.smt.neg(reading.disposition_at_least(Disposition.INCOMPLETE))))
    required = court.ruleset.required_checks

    def breaks(case: Case) -> bool:
        """With the gap it has, or with the result of a required check taken away."""
        named = any(gap.check in required for result in case.results for gap in result.gaps)
        cases = [case] if named else []
        cases += [_without(case, check) for check in required]
        return any(one is not None and one < Disposition.INCOMPLETE for one in map(court.disposition, cases))

    return _one_case(court, Promise.SILENCE, reading, quiet, breaks)


def _without(case: Case, check: str) -> Case:
    kept: tuple[CheckResult, ...] = tuple(result for result in case.results if result.check != check)
    return Case(case.candidate, kept, case.as_of, case.facts, case.read)


def _one_case(
    court: _Court, promise: Promise, reading: PackReading, broken: Term, breaks: Callable[[Case], bool]
) -> Proof:
    world = reading.world
    answer = court.smt.solve([*world.constraints, broken], world.wishes())
    case = reading.case(answer) if answer.outcome is Outcome.FOUND else None
    return court.judged(promise, answer, case, breaks)


def _monotone(court: _Court) -> Proof:
    world = court.world()
    smt = court.smt
    finding = world.add("finding", {})
    check = world.members["finding"][finding].value("check")
    code = Value(True, world.code("decide.check_unexplained"))
    gap = world.add("gap", {"check": check, "code": code, "owner": Value(True, world.code("ours"))})
    named = smt.some(
        smt.every((there, world.members["gap"][index].value("check").number == check.number))
        for index, there in enumerate(world.there["gap"][:gap])
    )
    unknown = world.members["finding"][finding].value("status").number == world.code("unknown")
    # A finding that could not be checked brings the gap that says so, where its check has none yet.
    brought = smt.every((unknown, smt.neg(named)))
    more = {("finding", finding): True, ("gap", gap): brought}
    before = PackReading(court.pack, world, lambda over, index: (over, index) not in more)
    after = PackReading(court.pack, world, lambda over, index: more.get((over, index), True))
    milder = smt.some(
        smt.every((before.disposition_at_least(one), smt.neg(after.disposition_at_least(one)))) for one in Disposition
    )
    answer = smt.solve([*world.constraints, milder], world.wishes())
    if answer.outcome is not Outcome.FOUND:
        return court.judged(Promise.MONOTONE, answer, None, lambda case: _loses(court, case) is not None)
    return _two_cases(court, before.case(answer), after.case(answer))


def _loses(court: _Court, case: Case) -> Case | None:
    """The case without one of its findings, where it was graver without it."""
    there = court.disposition(case)
    for place, result in enumerate(case.results):
        for index in range(len(result.findings)):
            # Unknown findings bring a gap of their own, which stays named here.
            kept = (*result.findings[:index], *result.findings[index + 1 :])
            fewer = result.model_copy(update={"findings": kept})
            results = (*case.results[:place], fewer, *case.results[place + 1 :])
            without = Case(case.candidate, results, case.as_of, case.facts, case.read)
            alone = court.disposition(without)
            if there is not None and alone is not None and alone > there:
                return without
    return None


def _two_cases(court: _Court, before: Case, after: Case) -> Proof:
    one, two = court.disposition(before), court.disposition(after)
    broken = one is not None and two is not None and two < one
    verdict = ProofVerdict.BROKEN if broken else ProofVerdict.UNCONFIRMED
    return Proof(Promise.MONOTONE, verdict, 0, before.values(), after.values(), one, two)


def _agd(court: _Court, checks: Mapping[str, Any] | None) -> Proof:
    for read in protected_reads(court.ruleset, court.as_of, court.smt, checks):
        return Proof(
            Promise.AGD,
            ProofVerdict.BROKEN if read.confirmed else ProofVerdict.UNCONFIRMED,
            0,
            before=read.before,
            after=read.after,
            at=Location(read.rule.file, read.rule.when.line or read.rule.line),
            rule=read.rule.id,
            field=read.field,
        )
    for case in random_cases((court.pack,), court.as_of, court.search):
        if len({court.trial.said(one) for one in _otherwise(case)}) > 1:
            return Proof(Promise.AGD, ProofVerdict.BROKEN, 0, after=case.values())
    return Proof(Promise.AGD, ProofVerdict.KEPT, court.search)


def _otherwise(case: Case) -> Iterable[Case]:
    """The same case about people who differ in what no decision may read."""
    for answers in ({}, {"gender": "woman", "languages": ("rhg",)}, {"nationalities": ("Ardenia",), "gender": "man"}):
        person = case.candidate.model_copy(update=answers)
        yield Case(person, case.results, case.as_of, case.facts, case.read)


_ASKED: Mapping[Promise, Callable[[_Court], Proof]] = {
    Promise.NO_REJECTION: _no_rejection,
    Promise.SILENCE: _silence,
    Promise.MONOTONE: _monotone,
}
