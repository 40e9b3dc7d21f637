"""The core: deterministic, ordered, and without a word of a person."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import make
import pytest

from vetting_engine import canonical
from vetting_engine.errors import EngineError, KeyRingError
from vetting_engine.model.candidate import Account, Candidate
from vetting_engine.model.decision import Decision, Disposition, DueObligation, Reason
from vetting_engine.model.finding import AppliedModifier, CheckResult, RuleStatus
from vetting_engine.model.record import Core
from vetting_engine.model.scales import Level
from vetting_engine.protocols import KeyRing
from vetting_engine.records import MemoryKeyRing, approval_digest, build_core, core_bytes, core_digest
from vetting_engine.records.core import candidate_bytes
from vetting_engine.records.keys import derive

TEXT = "They are vermin, said the man at the gate."


def person(**parts: Any) -> Candidate:
    given = {
        "posts": (
            make.post("p-2", TEXT, time=datetime(2026, 1, 2, 8, tzinfo=UTC)),
            make.post("p-1", "Good morning, Tamsin here."),
        ),
        "relations": (make.relation("r-2", "Brusk Holdings"), make.relation("r-1")),
        "accounts": (Account(platform="chirp", handle="@tamsin_okvale", bio="Market stories."),),
    }
    return make.candidate("c-001", **(given | parts))


def found() -> tuple[CheckResult, ...]:
    span = make.span(TEXT, "vermin", source_id="p-2")
    lowered = AppliedModifier(
        modifier="quoted", from_level=Level.NEEDS_REVIEW, to_level=Level.CONDITIONAL, evidence=(span,)
    )
    content = make.result(
        "content",
        make.finding("content:hate:bio:chirp/@tamsin_okvale", topic="bio:chirp/@tamsin_okvale", evidence=(span,)),
        make.finding("content:hate:post:p-2", modifiers=(lowered,), params={"excerpt": "vermin"}),
        outcomes=(make.outcome("threats"), make.outcome("hate", RuleStatus.FIRED, times=2)),
        counts={"posts": 2},
    )
    watchlist = make.result(
        "watchlist",
        make.finding("watchlist:listed:QDi.9001", check="watchlist", evidence=(make.name_pair(),), score=9_100),
        gaps=(make.gap(params={"list": "un"}), make.gap("list_stale")),
    )
    return (watchlist, content)


def decided() -> Decision:
    return make.decision(
        Disposition.NEEDS_REVIEW,
        reasons=(
            Reason(level=Level.NEEDS_REVIEW, finding="content:hate:post:p-2", facts=("@tamsin_okvale",)),
            Reason(level=Level.CONDITIONAL, rule="combined"),
        ),
        obligations=(
            DueObligation(id="training", because=("threats", "content:hate:post:p-2"), met_by="cert of Tamsin"),
        ),
        gaps=(make.gap(),),
        derived=("b", "a"),
    )


def build(key_ring: KeyRing | None = None, **parts: Any) -> Core:
    given: dict[str, Any] = {
        "candidate": person(),
        "results": found(),
        "decision": decided(),
        "ruleset": make.ruleset(make.rule("threats")),
        "watchlists": (make.snapshot(), make.snapshot(list_id="local", published=None)),
        "registers": (make.register(), make.register(register_id="another")),
        "as_of": make.AS_OF,
        "key_ring": key_ring,
        "engine_version": "0.1.0",
    }
    return build_core(**(given | parts))


@pytest.fixture
def ring() -> MemoryKeyRing:
    return MemoryKeyRing(seed="core")


def test_no_word_of_the_person_is_in_the_core(ring: MemoryKeyRing) -> None:
    for core in (build(ring), build()):
        data = core_bytes(core).decode().lower()
        for word in ("c-001", "tamsin", "okvale", "vermin", "p-2", "chirp", "brusk", "qdi.9001", "1996", "cert of"):
            assert word not in data


def test_the_same_input_in_another_order_gives_the_same_bytes(ring: MemoryKeyRing) -> None:
    base = core_bytes(build(ring))
    turned = person(posts=person().posts[::-1], relations=person().relations[::-1])
    results = tuple(
        result.model_copy(update={name: getattr(result, name)[::-1] for name in ("findings", "gaps", "outcomes")})
        for result in found()[::-1]
    )
    given = decided()
    decision = given.model_copy(
        update={name: getattr(given, name)[::-1] for name in ("reasons", "obligations", "gaps", "derived")}
    )
    again = build(
        ring,
        candidate=turned,
        results=results,
        decision=decision,
        watchlists=(make.snapshot(list_id="local", published=None), make.snapshot()),
        registers=(make.register(register_id="another"), make.register()),
    )
    assert core_bytes(again) == base


def test_bytes_read_back_are_the_same_core(ring: MemoryKeyRing) -> None:
    core = build(ring)
    again = Core.model_validate(canonical.loads(core_bytes(core)))
    assert again == core
    assert core_digest(again) == core_digest(core) == canonical.digest(core_bytes(core))


def test_every_rule_and_finding_is_named_with_its_outcome(ring: MemoryKeyRing) -> None:
    content, watchlist = build(ring).checks
    assert [(rule["rule"], rule["status"], rule["times"], rule["deciding"]) for rule in content["rules"]] == [
        ("hate", "fired", 2, None),
        ("threats", "not_fired", 0, "all[0]"),
    ]
    assert [finding["id"] for finding in content["findings"]] == ["content-1", "content-2"]
    assert watchlist["findings"][0]["score"] == 9_100
    assert [gap["code"] for gap in watchlist["gaps"]] == ["list_missing", "list_stale"]
    assert content["counts"] == {"posts": 2}
    assert content["findings"][1]["modifiers"][0]["from_level"] == "needs_review"


def test_reasons_point_at_the_findings_of_the_core(ring: MemoryKeyRing) -> None:
    decision = build(ring).decision
    assert [(reason["finding"], reason["rule"]) for reason in decision["reasons"]] == [
        ("content-2", None),
        (None, "combined"),
    ]
    assert decision["obligations"][0]["because"] == ["content-2", "threats"]
    assert decision["obligations"][0]["met"] is True
    assert decision["derived"] == ["a", "b"]


def test_commitments_depend_on_the_evidence_and_on_the_key(ring: MemoryKeyRing) -> None:
    core = build(ring)
    first, second = core.checks[0]["findings"]
    assert first["evidence"] != second["evidence"]  # one has none
    assert first["evidence"].startswith("hmac-sha256:")
    assert second["modifiers"][0]["evidence"] == first["evidence"]
    assert build(MemoryKeyRing(seed="other")).input_commitment != core.input_commitment
    assert build(ring, candidate=person(birthplace="Vell")).input_commitment != core.input_commitment


def test_the_input_commitment_can_be_shown_later_with_the_key(ring: MemoryKeyRing) -> None:
    key = derive(ring.subject_key("c-001"), "commit/input")
    assert build(ring).input_commitment == canonical.commitment(key, candidate_bytes(person()))


def test_without_a_key_ring_nothing_is_committed_to() -> None:
    core = build()
    assert core.subject == core.input_commitment == "unkeyed"
    assert core.checks[0]["findings"][0]["evidence"] == "unkeyed"


def test_lists_and_pack_are_named_with_digest_and_authority() -> None:
    core = build()
    assert [each["list_id"] for each in core.lists] == ["local", "un-consolidated"]
    un = core.lists[1]
    assert un["digest"] == make.snapshot().digest
    assert un["effect"] == un["authority"]["effect"]
    assert core.ruleset["approval"] == approval_digest(make.ruleset().approval)
    assert build(ruleset=make.ruleset(approval=None)).ruleset["approval"] is None
    assert [each["register_id"] for each in core.registers] == sorted(["another", make.register().register_id])
    assert core.as_of == date(2026, 1, 15)


@pytest.mark.parametrize("count", [0.5, 2**53, "\ud800"])
def test_a_count_outside_the_profile_is_refused(count: object) -> None:
    with pytest.raises(EngineError) as error:
        build(results=(make.result("content", counts={"posts": count}),))
    assert error.value.faults[0].code == "record.not_canonical"


def test_an_erased_subject_is_not_vetted_again_under_a_new_key(ring: MemoryKeyRing) -> None:
    build(ring)
    ring.erase("c-001")
    with pytest.raises(KeyRingError):
        build(ring)
