"""Vettings and whole runs: one of everything a report shows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from make.findings import decision, figure, finding, gap, name_pair, outcome, relation_path, result, span
from make.lists import register, snapshot
from make.packs import ruleset
from make.people import AS_OF, candidate, digest, post
from vetting_engine import canonical
from vetting_engine.errors import Fault, Location
from vetting_engine.model.candidate import Account, Candidate, PersonName
from vetting_engine.model.cohort import CellMeasure, CohortRecord, Quota, ReachMeasure, Verdict
from vetting_engine.model.decision import Decision, Disposition, DueObligation, EngineRun, Reason
from vetting_engine.model.finding import (
    AppliedModifier,
    CheckResult,
    CheckStatus,
    Finding,
    FindingStatus,
    Function,
    GapOwner,
    RuleStatus,
)
from vetting_engine.model.record import Core
from vetting_engine.model.run import Run, Vetting
from vetting_engine.model.scales import Band, Level, Severity


def core(vetted: Candidate, decided: Decision) -> Core:
    """A core that names the candidate by pseudonym only."""
    return Core(
        engine_version="0.1.0",
        ruleset={"id": "sample-pack", "version": "1.0.0", "digest": digest("pack"), "approval": None},
        lists=(),
        registers=(),
        as_of=AS_OF,
        subject=canonical.commitment(b"k" * 32, vetted.id.encode()),
        input_commitment=canonical.commitment(b"i" * 32, vetted.id.encode()),
        checks=(),
        decision={"disposition": decided.disposition.value, "level": decided.level.value},
    )


def vetting(
    vetted: Candidate | None = None,
    results: Sequence[CheckResult] = (),
    decided: Decision | None = None,
    **parts: Any,
) -> Vetting:
    """One candidate vetted, agreed by both engines."""
    vetted = vetted or candidate()
    decided = decided or decision()
    given: dict[str, Any] = {
        "candidate": vetted,
        "results": tuple(results),
        "decision": decided,
        "engines": (
            EngineRun(engine="reference", ran=True, agreed=True),
            EngineRun(engine="durable", ran=True, agreed=True),
        ),
        "core": core(vetted, decided),
        "record_id": f"{digest(vetted.id)[7:23]}-1",
    }
    return Vetting(**given | parts)


def cohort(**parts: Any) -> CohortRecord:
    """Two groups, one of them too small to show."""
    given: dict[str, Any] = {
        "check": "balance",
        "pool_size": 60,
        "eligible_size": 52,
        "cohort_size": 20,
        "cells": (
            CellMeasure(
                feature="gender",
                value="woman",
                pool=31,
                eligible=28,
                selected=11,
                undisclosed=2,
                share_low=5_500,
                share_high=6_500,
                quota=Quota(feature="gender", value="woman", minimum=10),
                verdict=Verdict.MET,
            ),
            CellMeasure(
                feature="disability",
                value="yes",
                pool=3,
                eligible=3,
                selected=1,
                undisclosed=6,
                share_low=500,
                share_high=3_500,
                suppressed=True,
            ),
        ),
        "reach": (ReachMeasure(group="older_people", reached_by=7),),
    }
    return CohortRecord(**given | parts)


HATE_POST = "They said it again in the square: those people are vermin, and nobody answered."


def _hit() -> Finding:
    """Hate in the first post, in the words of others."""
    return finding(
        params={"rule_title": "Speech that calls people animals or vermin"},
        topic="post:p-1",
        evidence=(span(HATE_POST, "vermin"), span(HATE_POST, "those people", term="people", term_kind="group")),
        modifiers=(
            AppliedModifier(modifier="condemned", from_level=Level.ESCALATE, to_level=Level.NEEDS_REVIEW, evidence=()),
        ),
    )


def _support() -> Finding:
    """A disclosure, for protection only."""
    return finding(
        "content-2",
        rule="support-disclosure",
        status=FindingStatus.SUPPORT,
        level=Level.NOTHING_FOUND,
        severity=Severity.LOW,
        confidential=True,
        evidence=(span("She wrote that she is being followed home.", "followed home", source_id="p-2"),),
    )


def _listing() -> Finding:
    """A possible listing."""
    return finding(
        "watchlist-1",
        check="watchlist",
        rule="name-similar",
        rule_version="1",
        code="watchlist.possible_listing",
        category="listing",
        level=Level.ESCALATE,
        severity=Severity.CRITICAL,
        band=Band.POSSIBLE,
        score=4_800,
        topic="entry:QDi.9001",
        functions=(Function.LEGAL, Function.PROTECTION),
        evidence=(name_pair(),),
    )


def _tie() -> Finding:
    """A tie to a restricted party."""
    return finding(
        "conflict-1",
        check="conflict",
        rule="restricted-tie",
        rule_version="1",
        code="conflict.tie",
        category="tie",
        level=Level.CONDITIONAL,
        severity=Severity.MEDIUM,
        band=Band.VERY_STRONG,
        functions=(Function.PRIVATE_SECTOR_PARTNERSHIPS,),
        evidence=(relation_path(), figure()),
    )


def escalated() -> Vetting:
    """A candidate with a hit of every kind, a support disclosure, gaps of both owners and an obligation."""
    person = candidate(
        "c-002",
        "تمسين أوكفيل",
        names=(PersonName(text="تمسين أوكفيل", script="Arab"), PersonName(text="Tamsin Okvale", kind="alias")),
        languages=("ar", "en"),
        accounts=(Account(platform="example", handle="tamsin", followers=4_200),),
        posts=(post("p-1", HATE_POST), post("p-2", "أخبار السوق اليوم")),
    )
    gaps = (
        gap("language_not_covered", check="content", owner=GapOwner.OURS, params={"language": "rhg"}),
        gap("birth_date_missing", owner=GapOwner.CANDIDATE),
    )
    decided = decision(
        Disposition.ESCALATE,
        reasons=(
            Reason(level=Level.ESCALATE, finding="watchlist-1"),
            Reason(level=Level.ESCALATE, rule="listing-and-hate", facts=("watchlist-1", "content-1")),
            Reason(level=Level.NEEDS_REVIEW, finding="content-1"),
        ),
        gaps=gaps,
        obligations=(DueObligation(id="code-of-conduct", because=("conflict-1",)),),
        functions=(Function.PROTECTION, Function.LEGAL),
        outcomes=(outcome("listing-and-hate", RuleStatus.FIRED, check="decision", times=1),),
    )
    outcomes = (
        outcome("dehumanising-speech", RuleStatus.FIRED, times=1),
        outcome("support-disclosure", RuleStatus.FIRED, times=1),
        outcome("threats"),
    )
    results = (
        result("conflict", _tie()),
        result(
            "content",
            _hit(),
            _support(),
            status=CheckStatus.PARTIAL,
            gaps=gaps[:1],
            outcomes=outcomes,
            counts={"posts": 2, "covered_posts": 1},
        ),
        result("watchlist", _listing(), gaps=gaps[1:], counts={"entries": 1}),
    )
    return vetting(person, results, decided)


def run(*vettings: Vetting, **parts: Any) -> Run:
    """A batch; without ``vettings``, one candidate with nothing found, one incomplete and one escalated."""
    missing = gap("list_stale", params={"list": "un-consolidated", "days": 41})
    incomplete = vetting(
        candidate("c-003", "Marrow Ilsington"),
        (result("watchlist", status=CheckStatus.UNKNOWN, gaps=(missing,)),),
        decision(Disposition.INCOMPLETE, gaps=(missing,)),
    )
    batch = vettings or (vetting(), escalated(), incomplete)
    given: dict[str, Any] = {
        "engine_version": "0.1.0",
        "ruleset": ruleset(),
        "as_of": AS_OF,
        "vettings": batch,
        "watchlists": (snapshot(),),
        "registers": (register(),),
        "cohorts": (cohort(),),
        "faults": (
            Fault("intake.date_impossible", Location("candidates.csv", 5, field="birth_date"), {"value": "1991-13-40"}),
        ),
        "rows": len(batch) + 1,
        "journal": "journal.sqlite",
        "checkpoint": "vetting-engine/checkpoint/1 3 " + digest("root"),
    }
    return Run(**given | parts)
