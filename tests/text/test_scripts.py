"""Scripts and word characters."""

from __future__ import annotations

import sys
import unicodedata

import pytest

from vetting_engine.text import _generate
from vetting_engine.text.scripts import is_word, script_of, scripts_in


@pytest.mark.parametrize(
    ("char", "script"),
    [("a", "Latn"), ("ي", "Arab"), ("ሀ", "Ethi"), ("က", "Mymr"), ("ї", "Cyrl"), ("ह", "Deva"), ("א", "Hebr"),
     ("1", "Zyyy"), ("❤", "Zyyy"), ("\u0301", "Zinh"), ("\ud800", "Zzzz"), ("\ue000", "Zzzz")],
)  # fmt: skip
def test_script_of(char: str, script: str) -> None:
    assert script_of(char) == script


def test_script_of_wants_one_character() -> None:
    with pytest.raises(TypeError):
        script_of("ab")


@pytest.mark.parametrize(
    ("text", "scripts"),
    [("", ()), ("123 ❤️ #", ()), ("hello", ("Latn",)), ("مرحبا hi", ("Arab", "Latn")), ("aя", ("Cyrl", "Latn"))],
)
def test_scripts_in(text: str, scripts: tuple[str, ...]) -> None:
    assert scripts_in(text) == scripts


@pytest.mark.parametrize("text", ["ကုလားထိုင်", "हिन्दी", "عَرَبِيّ", "naïve", "e\u0301", "4ever"])
def test_words_are_whole(text: str) -> None:
    assert all(map(is_word, text))


@pytest.mark.parametrize("text", [" ", "-", "_", "#", "@", "❤", "।", "\u200b", "'", "፡", "၊"])
def test_what_parts_words(text: str) -> None:
    assert not is_word(text)


@pytest.mark.skipif(unicodedata.unidata_version != _generate.PINNED, reason="this Python has another Unicode version")
def test_scripts_agree_with_character_names() -> None:
    prefixes = {"Latn": "LATIN SMALL LETTER", "Cyrl": "CYRILLIC SMALL LETTER", "Ethi": "ETHIOPIC SYLLABLE",
                "Mymr": "MYANMAR LETTER", "Deva": "DEVANAGARI LETTER", "Beng": "BENGALI LETTER"}  # fmt: skip
    for script, prefix in prefixes.items():
        named = {chr(code) for code in range(sys.maxunicode + 1) if unicodedata.name(chr(code), "").startswith(prefix)}
        assert named
        assert {script_of(char) for char in named} == {script}
