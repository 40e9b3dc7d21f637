"""One declared text for many: brackets and bars."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vetting_engine.text.alternatives import MAX_ALTERNATIVES, alternatives, meant, stems
from vetting_engine.text.terms import stem_of


@pytest.mark.parametrize(
    ("text", "forms"),
    [
        ("machete", ("machete",)),
        ("bring (your|the) machete", ("bring your machete", "bring the machete")),
        ("bring (your |)machete", ("bring your machete", "bring machete")),
        ("(a|b(c|d))e", ("ae", "bce", "bde")),
        ("(a|a)", ("a",)),
        ("(one)", ("one",)),
        ("( a | b )  c", ("a c", "b c")),
    ],
)
def test_a_text_stands_for_its_alternatives(text: str, forms: tuple[str, ...]) -> None:
    assert alternatives(text) == forms


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("(a|b", "not closed"),
        ("a|b", "outside brackets"),
        ("a)", "not opened"),
        ("(" * 9 + "a" + ")" * 9, "deeper"),
        ("(a|b|c|d|e|f|g|h|i|j)" * 4, "more than"),
        ("(" * 100_000, "deeper"),
    ],
)
def test_a_text_that_cannot_be_written_out_is_refused(text: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        alternatives(text)


def test_as_many_as_allowed_are_written_out() -> None:
    many = "|".join(map(str, range(MAX_ALTERNATIVES)))
    assert len(alternatives(f"({many})")) == MAX_ALTERNATIVES


PIECES = st.sampled_from(
    [*"abÉ (|)\uff08\uff09\uff5c\u1000\u1037\u103a", "(a|b)", "(\u103a|)\u1037", "(x(y|z)|)", "  ", "\u0130"]
)


@given(st.lists(PIECES, max_size=8).map("".join))
def test_alternatives_have_the_stems_that_each_of_them_has(text: str) -> None:
    try:
        forms = alternatives(text)
    except ValueError:
        return
    expected = tuple(dict.fromkeys(map(stem_of, forms)))
    assert stems(text) == expected
    said = meant(text)
    assert said.texts >= len(forms)
    assert said.blank == ("" in expected)
    assert said.stem == (expected[0] if said.texts == 1 else None)


def test_of_several_texts_each_form_and_stem_stands_once() -> None:
    assert alternatives("a (b|c)", "a c", "A c") == ("a b", "a c", "A c")
    assert stems("a (b|c)", "a c", "A c") == ("a b", "a c")


def test_how_much_a_text_stands_for_counts_the_same_one_again() -> None:
    assert meant("(a|a) (b|)").texts == 4
    with pytest.raises(ValueError, match="more than"):
        meant("(a|b)" * 1_000)
