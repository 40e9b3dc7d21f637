"""Names of many scripts in ASCII letters."""

from __future__ import annotations

import pytest

from vetting_engine.names._burmese import from_zawgyi, is_zawgyi
from vetting_engine.names.romanise import romanise, romanise_words


@pytest.mark.parametrize(
    ("written", "roman"),
    [
        ("Tamsin Okvale", "tamsin okvale"),
        ("ተስፋዬ በቀለ", "tesfaye bekele"),
        ("အောင်သီတာ", "aung thi ta"),
        ("Володимир Оквалє", "volodimir okvalye"),
        ("Щербак Юрий", "shcherbak yuriy"),
        ("김민수", "kim min su"),
        ("दिनेस मानन्धर", "dines manandhar"),
        ("李明華", "li minghua"),
        ("バラク", "baraku"),
        ("Ḥusayn ʿAlī Łuk", "husayn ali luk"),
        ("Sa'd O’Marrow", "sad omarrow"),
        ("\u202eTamsin\u200b \u2066Okvale", "tamsin okvale"),
        ("Tаmsin", "tamsin"),  # the a is Cyrillic
        ("😀 ✈", ""),
        ("", ""),
    ],
)
def test_written_forms(written: str, roman: str) -> None:
    assert romanise(written) == roman


def test_arabic_keeps_consonants_and_says_so() -> None:
    (word,) = romanise_words("زهراني")
    assert (word.roman, word.abjad) == ("z'hrany", True)


def test_words_whose_vowels_are_known_are_not_vowelless() -> None:
    assert [word.abjad for word in romanise_words("محمد عبدالسلام")] == [False, True]


def test_zawgyi_is_recognised_and_read_as_unicode_is() -> None:
    zawgyi, unicode = "ေအာင္ဆန္း", "အောင်ဆန်း"
    assert is_zawgyi(zawgyi)
    assert not is_zawgyi(unicode)
    assert from_zawgyi(zawgyi) == unicode
    assert romanise(zawgyi) == romanise(unicode) == "aung san"
