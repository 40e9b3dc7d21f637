"""The words of a folded text, one by one, as far as a reader without a dictionary can tell them apart."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from vetting_engine.text import _generated_words
from vetting_engine.text.scripts import class_of, codes_of

__all__ = ["letters_in", "tokens_in"]

#: A number says how long it is and no more: whoever is called, and what is paid, differs from post to post.
_LONGEST_NUMBER: Final = 5
#: Burmese writes no spaces between words, so its words are syllables: a letter with all that hangs on it, and the
#: letters after it that have lost their vowel (asat, U+103A).
_MARKS: Final = "\u102b-\u1038\u103b-\u103e\u1056-\u1059\u105e-\u1060"
_SYLLABLE: Final = rf"[\u1000-\u102a\u103f](?:\u1039[\u1000-\u1021]|[{_MARKS}]|[\u1000-\u1021][{_MARKS}]*\u103a)*"


def tokens_in(text: str) -> Iterator[tuple[int, int, str]]:
    """Folded ``[start, end)`` and the word there, in order; numbers as so many noughts. Linear."""
    for found in _pattern().finditer(text):
        word = found.group()
        yield found.start(), found.end(), "0" * min(len(word), _LONGEST_NUMBER) if word[0] in "0123456789" else word


@cache
def letters_in() -> str:
    """The letters that words are made of, as what stands between the brackets of a pattern; no digits, no Burmese."""
    digits = set(range(ord("0"), ord("9") + 1))
    burmese = set(range(0x1000, 0x10A0))
    return class_of(set(codes_of(_generated_words.WORD)) - digits - burmese)


@cache
def _pattern() -> re.Pattern[str]:
    return re.compile(f"[0-9]+|{_SYLLABLE}|[{letters_in()}]+")
