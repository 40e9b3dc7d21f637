"""Sentences isolate and escape their parameters."""

from __future__ import annotations

import pytest
from markupsafe import Markup

from vetting_engine import messages
from vetting_engine.checks.content.kinds import TermKind
from vetting_engine.reports._words import Words


def test_parameters_are_escaped_isolated_and_made_visible() -> None:
    said = Words("en").text("report.term", kind="<b>", term="x\u202ey")
    assert said == '<bdi dir="auto">&lt;b&gt;</bdi> <bdi dir="auto">x⟦U+202E⟧y</bdi>'


def test_numbers_and_our_own_words_follow_the_sentence() -> None:
    assert Words("en").text("report.followers", count=7) == "7 followers"
    assert Words("en").text("report.figure.bound", bound=Markup("<b>x</b>")) == "held against <b>x</b>"


def test_a_parameter_cannot_stand_in_for_another() -> None:
    said = Words("en").text("report.term", kind="\t1\t", term="secret")
    assert said.count("secret") == 1


def test_an_unknown_value_is_shown_as_it_is() -> None:
    assert Words("en").word("report.band", "very_strange") == "very strange"


@pytest.mark.parametrize("language", messages.languages())
def test_every_kind_of_term_has_a_word_of_its_own(language: str) -> None:
    words = Words(language)
    shown = [words.text(f"report.term_kind.{kind}") for kind in TermKind if kind is not TermKind.INNOCENT]
    assert len(set(shown)) == len(shown)


def test_an_unknown_language_is_read_left_to_right_in_english() -> None:
    words = Words("xx")
    assert words.direction == "ltr"
    assert words.text("report.title") == "Vetting report"
