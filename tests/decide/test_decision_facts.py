"""The facts of a decision fit their vocabulary, and hold nothing they must not."""

from __future__ import annotations

from datetime import date

import make
import pytest

from vetting_engine.model.candidate import Attestation
from vetting_engine.model.decision_facts import (
    DECISION_VOCABULARY,
    attestation_in_force,
    decision_facts,
    decision_vocabulary,
)
from vetting_engine.model.facts import FieldSpec, FieldType
from vetting_engine.model.finding import AppliedModifier, CheckStatus
from vetting_engine.model.scales import Level

PYTHON = {FieldType.TEXT: str, FieldType.NAME: str, FieldType.INTEGER: int, FieldType.FLAG: bool, FieldType.DATE: date}
PROTECTED = {"age", "gender", "sex", "nationality", "country", "ethnicity", "religion", "language", "disability"}


def fits(value: object, spec: FieldSpec) -> bool:
    if value is None:
        return not spec.always_known
    return type(value) is PYTHON[spec.type] and (not spec.values or value in spec.values)


def test_every_fact_is_in_the_vocabulary_and_of_its_type() -> None:
    vetting = make.escalated()
    signed = Attestation(kind="code_signed", on=date(2025, 6, 1))
    candidate = vetting.candidate.model_copy(update={"attestations": (signed, Attestation(kind="told"))})
    facts = decision_facts(candidate, vetting.results, make.AS_OF, ("content",))
    vocabulary = decision_vocabulary(("conflict", "content", "watchlist"))
    assert facts.keys() == vocabulary.fields.keys() | vocabulary.lists.keys()
    for name, spec in vocabulary.fields.items():
        assert fits(facts[name], spec), name
    for name, listed in vocabulary.lists.items():
        members = facts[name]
        assert isinstance(members, list)
        assert members, name
        for member in members:
            assert member.keys() == listed.fields.keys()
            assert all(fits(member[field], spec) for field, spec in listed.fields.items()), member


def test_shares_and_gaps_say_what_the_check_said() -> None:
    counted = make.result("content", gaps=(make.gap(check="content"),), counts={"posts": 3, "covered_posts": 1})
    idle = make.result("conflict", status=CheckStatus.PARTIAL, counts={"posts": 0, "covered_posts": 0})
    facts = decision_facts(make.candidate(), (counted, idle), make.AS_OF, ("content",))
    assert facts["check.content.covered_share"] == 3_333
    assert facts["check.conflict.covered_share"] is None
    assert facts["check.conflict.status"] == "partial"
    assert facts["gap"] == [{"check": "content", "code": "list_missing", "owner": "ours", "required": True}]


def test_findings_without_a_topic_are_never_about_the_same() -> None:
    findings = (make.finding("one"), make.finding("two"), make.finding("three", topic="post:1"))
    facts = decision_facts(make.candidate(), (make.result("content", *findings),), make.AS_OF)
    members = facts["finding"]
    assert isinstance(members, list)
    assert [member["topic"] for member in members] == ["finding/one", "finding/two", "post:1"]


def test_a_lowered_finding_says_so() -> None:
    kept = AppliedModifier(modifier="shared", from_level=Level.NEEDS_REVIEW, to_level=Level.NEEDS_REVIEW)
    lowered = AppliedModifier(modifier="condemned", from_level=Level.ESCALATE, to_level=Level.NEEDS_REVIEW)
    findings = (make.finding("one", modifiers=(kept,)), make.finding("two", modifiers=(kept, lowered)))
    members = decision_facts(make.candidate(), (make.result("content", *findings),), make.AS_OF)["finding"]
    assert isinstance(members, list)
    assert [(member["modifiers"], member["lowered"]) for member in members] == [(1, False), (2, True)]


@pytest.mark.parametrize(
    ("attestation", "holds"),
    [
        (Attestation(kind="k"), None),
        (Attestation(kind="k", on=make.AS_OF), True),
        (Attestation(kind="k", on=date(2026, 1, 16)), False),
        (Attestation(kind="k", on=date(2025, 1, 1), expires=make.AS_OF), True),
        (Attestation(kind="k", expires=date(2026, 1, 14)), False),
        (Attestation(kind="k", expires=date(2027, 1, 1)), None),
    ],
)
def test_an_attestation_holds_from_its_day_to_its_last(attestation: Attestation, holds: bool | None) -> None:
    assert attestation_in_force(attestation, make.AS_OF) is holds


def test_nothing_about_the_person_can_be_read() -> None:
    vocabulary = decision_vocabulary(("content",), ("listed",))
    names = [*vocabulary.fields, *(field for listed in vocabulary.lists.values() for field in listed.fields)]
    assert not {part for name in names for part in name.replace("_", ".").split(".")} & PROTECTED
    assert "fact.listed" in vocabulary.fields
    assert DECISION_VOCABULARY.fields.keys() < vocabulary.fields.keys()
