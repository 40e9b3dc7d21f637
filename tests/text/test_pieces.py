"""Words and pieces of words, as signs are written."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vetting_engine.text.fold import fold
from vetting_engine.text.pieces import MOST_LETTERS, all_spelt, letters_of, pieces_of, spelt, words_in


def words(text: str) -> list[str]:
    return [word for _, _, word in words_in(fold(text))]


def test_words_are_those_between_signs_and_spaces_and_two_burmese_syllables_on_end() -> None:
    assert words("Call 0712, NOW!") == ["call", "0000", "now"]
    assert words("မြန်မာ စာ") == ["မြန်", "မြန်မာ", "မာ", "စာ"]
    assert words("မာa") == ["မာ", "a"]
    assert words("") == []


@pytest.mark.parametrize(
    ("word", "letters", "expected"),
    [
        ("unpaid", (4,), {"unp-", "-unpa-", "-npai-", "-paid-", "-aid"}),
        ("unpaid", (0,), {"unpaid"}),
        ("paid", (0, 4), {"paid", "pai-", "-paid-", "-aid"}),
        ("aid", (4,), {"aid-", "-aid"}),
        ("ai", (4,), {"ai"}),
        ("0000", (3,), {"0000"}),
        ("ሰላም", (3,), {"ሰላ-", "-ሰላም-", "-ላም"}),
        ("paid", (), set()),
    ],
)
def test_pieces_have_so_many_letters_edges_counted(word: str, letters: tuple[int, ...], expected: set[str]) -> None:
    assert pieces_of(word, *letters) == expected


@given(st.text(alphabet="abcdeመሰለمنسд", min_size=1, max_size=12), st.integers(3, MOST_LETTERS))
def test_a_piece_says_where_it_stands_and_of_how_many_letters_it_is(word: str, letters: int) -> None:
    for piece in pieces_of(word, letters):
        assert spelt(piece) == piece
        bare = piece.strip("-")
        if letters_of(piece) == 0:
            assert piece == word
            continue
        assert letters_of(piece) == letters
        assert bare in word
        assert piece.startswith("-") or word.startswith(bare)
        assert piece.endswith("-") or word.endswith(bare)


@pytest.mark.parametrize(
    ("sign", "expected"),
    [("Café", "cafe"), ("PRIC-", "pric-"), ("-Écol-", "-ecol-"), ("မြန်မာ", "မြန်မာ"), ("00", "00"), ("-ة", None)],
)
def test_signs_are_folded_as_texts_are(sign: str, expected: str | None) -> None:
    if expected is None:
        with pytest.raises(ValueError, match="no piece"):
            spelt(sign)
    else:
        assert spelt(sign) == expected


@pytest.mark.parametrize("sign", ["", "-", "--", "two words", "co-op", "12", "!", "-0000", "a-", "-abcdefgh"])
def test_what_is_no_word_and_no_piece_of_one_is_refused(sign: str) -> None:
    with pytest.raises(ValueError, match="the sign"):
        spelt(sign)


SIGNS = st.text(alphabet="abÉé-0ሰမန်ـ 　", min_size=1, max_size=9)


@given(st.lists(SIGNS, max_size=4))
def test_many_signs_are_spelt_as_each_of_them_is(signs: list[str]) -> None:
    try:
        expected = tuple(map(spelt, signs))
    except ValueError as refused:
        with pytest.raises(ValueError, match=re.escape(str(refused))):
            all_spelt(signs)
    else:
        assert all_spelt(signs) == expected
