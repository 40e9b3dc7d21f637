"""Words of a text without a dictionary: runs of letters, numbers by their length, Burmese by syllables."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vetting_engine.text.fold import fold
from vetting_engine.text.tokens import tokens_in


def words(text: str) -> list[str]:
    return [word for _, _, word in tokens_in(fold(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Call me, NOW!", ["call", "me", "now"]),
        ("l'École du soir", ["l", "ecole", "du", "soir"]),
        ("#SoldOut @amina_k", ["soldout", "amina", "k"]),
        ("من وين؟", ["من", "وين"]),
        ("ሰላም፣ ዓለም", ["ሰላም", "አለም"]),
        ("किताबें हैं", ["किताबें", "हैं"]),
        ("မြန်မာနိုင်ငံ", ["မြန်", "မာ", "နိုင်", "ငံ"]),
        ("သင်္ချာ", ["သင်္ချာ"]),
        ("", []),
        ("❤️ … \u200b\u202e", []),
    ],
)
def test_words_are_runs_of_letters_and_syllables_where_no_spaces_are_written(text: str, expected: list[str]) -> None:
    assert words(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("7", "0"), ("42", "00"), ("٤٢", "00"), ("2026", "0000"), ("0712345678", "00000"), ("1" * 400, "00000")],
)
def test_a_number_says_how_long_it_is(text: str, expected: str) -> None:
    assert words(text) == [expected]


@given(st.text(max_size=80))
def test_words_stand_where_they_are_told_to(text: str) -> None:
    shown = fold(text)
    before = 0
    for start, end, word in tokens_in(shown):
        assert before <= start < end <= len(shown)
        assert word == shown[start:end] or set(word) == {"0"}
        before = end
