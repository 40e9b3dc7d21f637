"""Characters that hide are shown by number; letters of every script stay."""

from __future__ import annotations

import pytest

from vetting_engine.reports._visible import visible


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Tamsin\u202eelavkO", "Tamsin⟦U+202E⟧elavkO"),
        ("a\u2066b\u2069c", "a⟦U+2066⟧b⟦U+2069⟧c"),
        ("\x00\x1b\x7f\x9f", "⟦U+0000⟧⟦U+001B⟧⟦U+007F⟧⟦U+009F⟧"),
        ("\ufeffname\u00ad", "⟦U+FEFF⟧name⟦U+00AD⟧"),
        ("\U000e0041", "⟦U+E0041⟧"),
        ("\u2028", "⟦U+2028⟧"),
    ],
)
def test_hiding_characters_are_shown(text: str, expected: str) -> None:
    assert visible(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Tamsin Okvale\n\tsecond line",
        "تمسين أوكفيل",
        "می\u200cخواهم",  # Persian needs the zero-width non-joiner
        "မြန်မာ\u200bစာ",  # Burmese breaks lines at zero-width spaces
        "ትግርኛ",
        "👩\u200d🌾",
        "שלום\u200f!",
    ],
)
def test_ordinary_writing_stays_as_it_is(text: str) -> None:
    assert visible(text) == text
