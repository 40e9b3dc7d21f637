"""Makes model nouns for tests: every part has a plain default, anything can be given by name.

Invented people only. ``make.run()`` is a whole small batch with one of everything a report shows.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from vetting_engine import canonical
from vetting_engine.errors import Fault, Location
from vetting_engine.model.candidate import Account, Candidate, PersonName, Post, Relation, RelationKind
from vetting_engine.model.cohort import CellMeasure, CohortRecord, Quota, ReachMeasure, Verdict
from vetting_engine.model.condition import Compare, Operator
from vetting_engine.model.decision import Decision, Disposition, DueObligation, EngineRun, Reason
from vetting_engine.model.evidence import (
    FigureEvidence,
    NamePairEvidence,
    PartWeight,
    RelationEvidence,
    RelationStep,
    SpanEvidence,
)
from vetting_engine.model.finding import (
    AppliedModifier,
    CheckResult,
    CheckStatus,
    Finding,
    FindingStatus,
    Function,
    Gap,
    GapOwner,
    LeafTrace,
    RuleOutcome,
    RuleStatus,
)
from vetting_engine.model.record import Core
from vetting_engine.model.ruleset import Approval, Obligation, Rule, Ruleset
from vetting_engine.model.run import Run, Vetting
from vetting_engine.model.scales import Band, Level, Severity
from vetting_engine.model.watchlist import (
    Authority,
    Effect,
    EntryKind,
    EntryName,
    ListSnapshot,
    LoadReport,
    Register,
    RegisterEntry,
    RegisterKind,
    WatchlistEntry,
)

AS_OF = date(2026, 1, 15)


def digest(text: str) -> str:
    """A digest that looks like any other."""
    return canonical.digest(text.encode())


def candidate(id: str = "c-001", name: str = "Tamsin Okvale", **parts: Any) -> Candidate:  # noqa: A002
    """A candidate with one name, unless ``names`` is given."""
    parts.setdefault("names", (PersonName(text=name),) if name else ())
    return Candidate(id=id, **parts)


def post(id: str = "p-1", text: str = "Good morning from the market.", **parts: Any) -> Post:  # noqa: A002
    """A public post."""
    return Post(id=id, text=text, **parts)


def relation(id: str = "r-1", to_name: str = "Ondrel Trading", **parts: Any) -> Relation:  # noqa: A002
    """A declared tie."""
    return Relation(**{"id": id, "kind": RelationKind.EMPLOYMENT, "to_name": to_name} | parts)


def span(text: str, excerpt: str, source_id: str = "p-1", **parts: Any) -> SpanEvidence:
    """The place where ``excerpt`` first stands in ``text``, with the whole text as its context."""
    start = text.index(excerpt)
    given = {"where": "post", "term": "dehumanising-vermin", "term_kind": "predicate", "context": text}
    return SpanEvidence(
        **{"source_id": source_id, "start": start, "end": start + len(excerpt), "excerpt": excerpt} | given | parts
    )


def name_pair(ours: str = "Tamsin Okvale", theirs: str = "Tamzin Okval", **parts: Any) -> NamePairEvidence:
    """A candidate's name beside an entry's."""
    given: dict[str, Any] = {
        "candidate_name": ours,
        "entry_name": theirs,
        "entry_name_kind": "primary",
        "entry_id": "QDi.9001",
        "entry_digest": digest("entry"),
        "list_id": "un-consolidated",
        "list_digest": digest("list"),
        "parts": (
            PartWeight(part="name_part", code="similar", ours="tamsin", theirs="tamzin", centibits=640),
            PartWeight(part="name_part", code="similar", ours="okvale", theirs="okval", centibits=910),
            PartWeight(part="birth_date", code="differs", ours="1996-04-02", theirs="1961", centibits=-720),
            PartWeight(part="nationality", code="missing", centibits=0),
        ),
    }
    return NamePairEvidence(**given | parts)


def relation_path(ours: str = "Tamsin Okvale", **parts: Any) -> RelationEvidence:
    """A path of two steps into the register of restricted parties."""
    given: dict[str, Any] = {
        "path": (
            RelationStep(from_name=ours, relation="employment", to_name="Ondrel Trading", source="declared"),
            RelationStep(
                from_name="Ondrel Trading", relation="ownership", to_name="Brusk Holdings", to_id="rp-7", current=False
            ),
        ),
        "register_id": "restricted",
        "register_digest": digest("register"),
        "entry_id": "rp-7",
        "matched_by": "name",
    }
    return RelationEvidence(**given | parts)


def figure(name: str = "followers", value: int | str = 4_200, bound: int | str | None = 5_000) -> FigureEvidence:
    """A figure beside its bound."""
    return FigureEvidence(name=name, value=value, bound=bound)


def finding(id: str = "content-1", **parts: Any) -> Finding:  # noqa: A002
    """A hit of the content check, unless said otherwise."""
    given: dict[str, Any] = {
        "check": "content",
        "rule": "dehumanising-speech",
        "rule_version": "2",
        "status": FindingStatus.HIT,
        "code": "content.rule_hit",
        "category": "hate",
        "level": Level.NEEDS_REVIEW,
        "severity": Severity.HIGH,
        "band": Band.STRONG,
        "functions": (Function.PROTECTION,),
    }
    return Finding(**{"id": id} | given | parts)


def gap(code: str = "list_missing", **parts: Any) -> Gap:
    """A gap of ours in the watchlist check, unless said otherwise."""
    return Gap(**{"code": code, "check": "watchlist", "owner": GapOwner.OURS, "due": date(2026, 2, 14)} | parts)


def leaf(**parts: Any) -> LeafTrace:
    """A leaf that failed."""
    given: dict[str, Any] = {
        "path": "all[0]",
        "field": "match.severity",
        "op": "ge",
        "expected": "high",
        "actual": "low",
        "result": "false",
    }
    return LeafTrace(**given | parts)


def outcome(rule_id: str = "threats", status: RuleStatus = RuleStatus.NOT_FIRED, **parts: Any) -> RuleOutcome:
    """What became of a rule."""
    if status is not RuleStatus.FIRED:
        parts.setdefault("deciding", leaf())
    return RuleOutcome(**{"rule": rule_id, "rule_version": "1", "check": "content", "status": status} | parts)


def result(check: str = "content", *findings: Finding, **parts: Any) -> CheckResult:
    """What one check says."""
    given: dict[str, Any] = {"check_version": "1", "status": CheckStatus.DONE, "findings": findings}
    return CheckResult(**{"check": check} | given | parts)


def decision(disposition: Disposition = Disposition.NOTHING_FOUND, **parts: Any) -> Decision:
    """A decision; the level follows the disposition where that names one."""
    named = {level.value: level for level in Level}
    parts.setdefault("level", named.get(disposition.value, Level.NOTHING_FOUND))
    return Decision(disposition=disposition, **parts)


def rule(id: str = "dehumanising-speech", **parts: Any) -> Rule:  # noqa: A002
    """A stable content rule."""
    given: dict[str, Any] = {
        "check": "content",
        "title": "Speech that calls people animals or vermin",
        "severity": Severity.HIGH,
        "level": Level.NEEDS_REVIEW,
        "rationale": "Dehumanising speech comes before violence.",
        "falsepositives": ("Reports that quote such speech in order to denounce it",),
        "owner": "protection",
        "review_by": date(2027, 1, 1),
        "functions": (Function.PROTECTION,),
        "modifiers": {"condemned": "conditional"},
        "prompts": ("Whose words are these?",),
        "when": Compare(field="match.kind", op=Operator.EQ, value="predicate"),
    }
    return Rule(**{"id": id} | given | parts)


def ruleset(*rules: Rule, **parts: Any) -> Ruleset:
    """A pack; without ``rules``, the ones that ``run`` speaks of."""
    given: dict[str, Any] = {
        "id": "sample-pack",
        "version": "1.0.0",
        "title": "Sample pack",
        "required_checks": ("content", "watchlist", "conflict"),
        "rules": rules or default_rules(),
        "obligations": {
            "code-of-conduct": Obligation(
                id="code-of-conduct",
                title="Sign the code of conduct",
                attestation="code_signed",
                rationale="Everybody who speaks with us signs it.",
            )
        },
        "purpose": "Due diligence before engagement",
        "legal_basis": "Data protection policy, legitimate interest",
        "approval": Approval(
            digest=digest("pack"),
            approvers=("Ilse Marrowby", "Dejen Farrokhal"),
            office="Sample office",
            valid_from=date(2026, 1, 1),
            valid_to=date(2026, 12, 31),
        ),
        "digest": digest("pack"),
    }
    return Ruleset(**given | parts)


def default_rules() -> tuple[Rule, ...]:
    """One rule for each check, and one that tells a support disclosure."""
    return (
        rule(),
        rule("threats", title="Threats of violence"),
        rule(
            "support-disclosure",
            title="A person tells of harm done to them",
            status_on_hit="support",
            level=Level.NOTHING_FOUND,
            modifiers={},
        ),
        rule("name-similar", check="watchlist", title="The name resembles a listed one", prompts=()),
        rule("restricted-tie", check="conflict", title="A tie leads to a restricted party", prompts=()),
        rule("listing-and-hate", check="decision", title="A listing hit and hate together", level=Level.ESCALATE),
    )


def listed(**parts: Any) -> WatchlistEntry:
    """An entry of a list: somebody of whom only a name is known, but for the parts given."""
    given: dict[str, Any] = {
        "id": "1",
        "kind": EntryKind.PERSON,
        "names": (EntryName(text="Tamsin Okvale"),),
        "digest": digest("e"),
    }
    return WatchlistEntry(**given | parts)


def snapshot(list_id: str = "un-consolidated", **parts: Any) -> ListSnapshot:
    """A binding list of one entry."""
    entry = WatchlistEntry(
        id="QDi.9001", kind=EntryKind.PERSON, names=(EntryName(text="Tamzin Okval"),), digest=digest("entry")
    )
    given: dict[str, Any] = {
        "title": "United Nations Security Council consolidated list",
        "format": "un_consolidated",
        "published": date(2026, 1, 10),
        "retrieved": date(2026, 1, 11),
        "authority": Authority(
            issuer="United Nations Security Council",
            legal_basis="UN Charter, Chapter VII",
            approving_office="Headquarters",
            effect=Effect.BINDING,
        ),
        "entries": (entry,),
        "digest": digest("list"),
        "report": LoadReport(entries=1, names=1),
    }
    return ListSnapshot(**{"list_id": list_id} | given | parts)


def register(register_id: str = "restricted", **parts: Any) -> Register:
    """A register of one restricted party."""
    given: dict[str, Any] = {
        "kind": RegisterKind.RESTRICTED_PARTIES,
        "as_at": date(2025, 12, 31),
        "entries": (RegisterEntry(id="rp-7", names=("Brusk Holdings",), kind=EntryKind.ORGANISATION),),
        "digest": digest("register"),
    }
    return Register(**{"register_id": register_id} | given | parts)


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
    hit = finding(
        params={"rule_title": "Speech that calls people animals or vermin"},
        topic="post:p-1",
        evidence=(span(HATE_POST, "vermin"), span(HATE_POST, "those people", term="people", term_kind="group")),
        modifiers=(
            AppliedModifier(modifier="condemned", from_level=Level.ESCALATE, to_level=Level.NEEDS_REVIEW, evidence=()),
        ),
    )
    support = finding(
        "content-2",
        rule="support-disclosure",
        status=FindingStatus.SUPPORT,
        level=Level.NOTHING_FOUND,
        severity=Severity.LOW,
        confidential=True,
        evidence=(span("She wrote that she is being followed home.", "followed home", source_id="p-2"),),
    )
    listed = finding(
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
    tie = finding(
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
        result("conflict", tie),
        result(
            "content",
            hit,
            support,
            status=CheckStatus.PARTIAL,
            gaps=gaps[:1],
            outcomes=outcomes,
            counts={"posts": 2, "covered_posts": 1},
        ),
        result("watchlist", listed, gaps=gaps[1:], counts={"entries": 1}),
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
