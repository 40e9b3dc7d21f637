"""Letters parted by spaces and signs are one word, in any script."""

from __future__ import annotations

import pytest

from vetting_engine.text.fold import folded
from vetting_engine.text.views import PARTED, readings


def read(text: str) -> set[str]:
    return {reading.text for reading in readings(folded(text), PARTED)}


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("h a t e", "hate"),
        ("h.a.t.e them", "hate them"),
        ("they said h a t e a lot", "they said hate a lot"),
        ("وقالوا ق ت ل و راحوا", "وقالوا قتل و راحوا"),
        ("ባ ሪ ያ", "ባሪያ"),
        ("ባ ሪ", "ባሪ"),
        ("ကု လား ထိုင်", "ကုလားထိုင်"),
        ("नी च", "नीच"),
        ("क्ष त्रि य", "क्षत्रिय"),
        ("k i l l   t h e m", "kill them"),
        ("k i l l, t h e m", "kill them"),
        ("k. i. l. l t. h. e. m", "kill them"),
        ("k i l l / t h e m now", "kill them now"),
        ("г.н.и.д и потом", "гнид и потом"),
        ("w o  m e n", "women"),
        ("les f e m m e s n'ont", "les femmes n'ont"),
        ("h\na\nt\ne", "hate"),
        ("h a t e\na b c", "hate abc"),
    ],
)
def test_parted_letters_are_joined(text: str, plain: str) -> None:
    assert plain in read(text)


@pytest.mark.parametrize("text", ["a b", "I am here", "1 2 3", "u s", "in a car", "ab cd ef", ""])
def test_other_texts_have_no_such_reading(text: str) -> None:
    assert read(text) == set()


def test_no_word_of_two_letters_is_left_where_others_are_left_out() -> None:
    assert read("zones a, b, e") == {"zones abe"}


def test_no_word_has_letters_of_two_scripts() -> None:
    assert "ካቤhate" not in "".join(read("ካ ቤ h a t e"))
