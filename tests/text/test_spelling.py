"""Misspelt and glued words are guessed, common words never are."""

from __future__ import annotations

import pytest

from vetting_engine.text.fold import folded
from vetting_engine.text.spelling import DELETED, GLUED, MASKED, SWAPPED, Spelling

SPELLING = Spelling(["hate", "women", "vermin", "filth"], ["heat", "i", "absolute", "all", "these", "menu"])


@pytest.mark.parametrize(
    ("text", "view", "plain"),
    [
        ("haet women", SWAPPED, "hate women"),
        ("womn, here", DELETED, "women, here"),
        ("Ihate women", GLUED, "i hate women"),
        ("absolutefilth.", GLUED, "absolute filth."),
        ("allthesewomen", GLUED, "all these women"),
        ("(h*te) women", MASKED, "(hate) women"),
        ("ver••n!", MASKED, "vermin!"),
        ("say:fil**", MASKED, "say:filth"),
    ],
)
def test_guesses(text: str, view: str, plain: str) -> None:
    assert (view, plain) in {(reading.name, reading.text) for reading in SPELLING.readings(folded(text))}


@pytest.mark.parametrize(
    "text",
    ["heat", "menu", "wome", "hte", "filt", "abhate", "x" * 500, "4hate", "h***", "hat*", "*ate", "h*t", "2*3*4"],
)
def test_no_guess(text: str) -> None:
    assert list(SPELLING.readings(folded(text))) == []


def test_every_place_is_corrected() -> None:
    reading = next(SPELLING.readings(folded("haet, haet and xhaet haet")))
    assert reading.text == "hate, hate and xhaet hate"


def test_a_word_may_be_misspelt_in_two_ways() -> None:
    both = Spelling(["jaali", "jaahil"], [])
    assert {(reading.name, reading.text) for reading in both.readings(folded("jaail"))} == {
        (SWAPPED, "jaali"),
        (DELETED, "jaahil"),
    }


def test_a_long_term_is_found_beside_an_unknown_word() -> None:
    long = Spelling(["cockroaches"], [])
    assert {reading.text for reading in long.readings(folded("cockroachesthey theycockroaches cockroachesx"))} == {
        "cockroaches they they cockroaches cockroachesx"
    }


def test_inflected_common_words_hold_no_term() -> None:
    words = Spelling(["verga"], ["en", "dura", "gradura"], prefixes=["enver"], suffixes=["s"])
    assert list(words.readings(folded("envergraduras"))) == []
    assert list(words.readings(folded("envergadura"))) == []  # two short words around a term are chance


@pytest.mark.parametrize(
    ("common", "written", "guessed"),
    [
        ("هاجم", "هاجمهم", False),  # four letters and a suffix
        ("هاجم", "هاجوهم", True),
        ("هاج", "هاجمهم", True),  # three: they fit too many
        ("اجمهم", "هاجمهم", False),  # a prefix
        ("جمهم", "هاجمهم", False),
        ("اجم", "هاجمهم", True),  # both at once
    ],
)
def test_where_vowels_are_left_out_a_plainly_inflected_word_is_no_misspelling(
    common: str, written: str, *, guessed: bool
) -> None:
    words = Spelling(["هاجموهم"], [common], prefixes=["ه", "ها"], suffixes=["هم", "مهم"])
    assert bool(words.guesses(written)) is guessed


def test_a_composed_form_may_be_a_misspelling_of_another() -> None:
    forms, composed = ["cigana", "ciganaa", "ciganada"], ["ciganaa"]
    assert Spelling(forms, []).guesses("ciganaa") == ()
    assert [name for name, _ in Spelling(forms, [], composed=composed).guesses("ciganaa")] == [DELETED]
    assert Spelling(forms, ["ciganaa"], composed=composed).guesses("ciganaa") == ()


def test_a_conjunction_is_glued_rather_than_an_ending_misspelt() -> None:
    forms = ["cucaracha", "cucarachasy"]
    written = Spelling(forms, ["y"]).readings(folded("cucarachay"))
    assert [(reading.name, reading.text) for reading in written] == [(DELETED, "cucarachasy")]
    composed = Spelling(forms, ["y"], composed=["cucarachasy"]).readings(folded("cucarachay"))
    assert [(reading.name, reading.text) for reading in composed] == [(GLUED, "cucaracha y")]


def test_a_short_word_stands_between_two_long_ones() -> None:
    words = Spelling(["pute", "femmes"], ["de", "en", "gorges", "typique", "dure"])
    assert {reading.text for reading in words.readings(folded("gorgesdefemmes"))} == {"gorges de femmes"}
    assert list(words.readings(folded("enputedure"))) == []


def test_known_pieces_are_better_than_few() -> None:
    words = Spelling(["cockroaches", "vermin"], ["are"])
    assert {reading.text for reading in words.readings(folded("cockroachesarevermin"))} == {"cockroaches are vermin"}


def test_a_glued_word_is_cut_into_the_best_known_pieces() -> None:
    words = Spelling(["travec", "traveco"], ["que", "ontem"])
    assert {reading.text for reading in words.readings(folded("travecoque ontemtraveco"))} == {
        "traveco que ontem traveco"
    }
