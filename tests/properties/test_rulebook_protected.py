"""DESIGN 2.9: no rule about one person reads a protected feature, however its field is spelled."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rulebook.demo import VOCABULARY

from vetting_engine.model.decision_facts import DECISION_VOCABULARY
from vetting_engine.model.facts import FieldSpec, FieldType, Vocabulary
from vetting_engine.rulebook._refusal import MisfitError
from vetting_engine.rulebook._scope import Scope
from vetting_engine.rulebook.protected import AGREEMENTS, PROTECTED, protected_word

#: Names as people write them, for each feature DESIGN names.
NAMES = (
    "agd answer", "self report", "age", "age group", "birth date", "date of birth", "year of birth", "gender", "sex",
    "gender identity", "female", "nationality", "nationalities", "citizenship", "country of origin", "ethnicity",
    "ethnic group", "race", "tribe", "clan", "caste", "religion", "religious affiliation", "faith", "language",
    "mother tongue", "declared languages", "dialect", "script", "disability", "disabled", "sexual orientation", "lgbt",
    "marital status", "diversity", "indigenous", "stateless",
)  # fmt: skip
_PREFIXES = ("", "candidate", "person", "agd", "is", "self.declared", "x1")
_SUFFIXES = ("", "code", "value", "2", "text", "count", "known")
_STYLES = ("lower", "upper", "title", "camel")


@st.composite
def spellings(draw: st.DrawFn) -> str:
    """A protected name in any case, plural, separator and position."""
    words = draw(st.sampled_from(NAMES)).split()
    if draw(st.booleans()) and not words[-1].endswith("s"):
        words[-1] += "s"
    words = [*draw(st.sampled_from(_PREFIXES)).split(), *words, *draw(st.sampled_from(_SUFFIXES)).split()]
    style = draw(st.sampled_from(_STYLES))
    if style == "camel":
        return words[0] + "".join(word.title() for word in words[1:])
    said = draw(st.sampled_from((".", "_", "-"))).join(words)
    return {"lower": said, "upper": said.upper(), "title": said.title()}[style]


@given(spellings(), st.sampled_from(("content", "conflict", "watchlist", "decision", "custom")))
def test_no_spelling_of_a_protected_field_passes(field: str, check: str) -> None:
    assert protected_word(field, check) is not None
    # Nor does declaring it as a plain text, number or flag help, in whichever check.
    for kind in (FieldType.TEXT, FieldType.INTEGER, FieldType.FLAG, FieldType.DATE):
        spec = FieldSpec(type=kind, about="x")
        assert protected_word(field, check, spec) is not None
        with pytest.raises(MisfitError) as refused:
            Scope(Vocabulary(name=check, fields={field: spec}, lists={})).field(field)
        assert refused.value.code == "when.protected"


@given(spellings(), st.lists(st.sampled_from(("male", "female", "AF", "so", "young")), min_size=1, max_size=3))
def test_a_set_of_values_is_not_identity_evidence(field: str, values: list[str]) -> None:
    spec = FieldSpec(type=FieldType.NAME, about="x", values=(*values, "unknown"))
    assert protected_word(field, "watchlist", spec) is not None


@pytest.mark.parametrize("field", ["evidence.nationality", "pair.gender", "pair.birth_date", "pair.script"])
def test_identity_evidence_says_how_values_agree_and_only_in_the_watchlist(field: str) -> None:
    spec = FieldSpec(type=FieldType.NAME, about="x", values=("same", "differs", "unknown"))
    assert protected_word(field, "watchlist", spec) is None
    assert protected_word(field, "content", spec) is not None
    assert protected_word(field, "decision", spec) is not None


@pytest.mark.parametrize("field", ["pair.religion", "pair.ethnicity", "pair.disability"])
def test_what_no_list_holds_is_no_identity_evidence(field: str) -> None:
    spec = FieldSpec(type=FieldType.NAME, about="x", values=("same", "differs"))
    assert protected_word(field, "watchlist", spec) is not None


def test_coverage_may_speak_of_languages_and_of_nothing_else() -> None:
    assert protected_word("coverage.language", "content") is None
    assert protected_word("coverage.languages_read", "decision") is None
    assert protected_word("coverage.gender", "content") is not None
    assert protected_word("coverages.language", "content") is not None


INNOCENT = (
    "message", "passage.page", "engagement.stage", "coverage.share", "damage", "image", "usage", "post.shared",
    "finding.severity", "transcript", "postscript", "management", "storage", "percentage", "average", "racing",
    "sextortion", "minutes", "originally_posted", "nationwide", "mention", "menu", "path.relation", "gap.owner",
)  # fmt: skip


@pytest.mark.parametrize("field", INNOCENT)
def test_innocent_words_that_hold_protected_letters_pass(field: str) -> None:
    assert protected_word(field, "content") is None


def test_the_vocabulary_of_decisions_holds_nothing_protected() -> None:
    for name in DECISION_VOCABULARY.fields:
        assert protected_word(name, "decision") is None, name
    for over, spec in DECISION_VOCABULARY.lists.items():
        for name in spec.fields:
            assert protected_word(f"{over}.{name}", "decision") is None, name


def test_the_demo_vocabulary_offers_what_is_refused() -> None:
    assert {feature for name in VOCABULARY.fields if (feature := protected_word(name, "demo"))} == {
        "language",
        "gender",
    }
    assert AGREEMENTS.isdisjoint(PROTECTED)
