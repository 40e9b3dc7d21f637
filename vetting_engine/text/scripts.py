"""Which script a character belongs to, and what words are made of: from committed tables only."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterator
from functools import cache
from typing import Final

from vetting_engine.text import _generated_scripts, _generated_words

__all__ = [
    "COMMON",
    "CONTINUOUS",
    "INHERITED",
    "UNKNOWN",
    "class_of",
    "codes_of",
    "is_word",
    "letter_codes",
    "script_of",
    "scripts_among",
    "scripts_in",
]

COMMON: Final = "Zyyy"
INHERITED: Final = "Zinh"
UNKNOWN: Final = "Zzzz"
_BASIC_LAST: Final = 0xFFFF

#: Scripts written without spaces between words: a word's edge cannot be seen from its neighbours.
CONTINUOUS: Final = frozenset({"Mymr", "Thai", "Laoo", "Khmr", "Hani", "Hira", "Kana", "Tibt", "Bopo"})


def codes_of(table: str) -> Iterator[int]:
    """The code points of a generated table, as far as the basic plane.

    A pattern searches a set that goes above it one by one, and no living script has its letters there.
    """
    for item in table.split():
        first, last = item.split("-")
        yield from range(int(first, 16), min(int(last, 16), _BASIC_LAST) + 1)


@cache
def letter_codes() -> frozenset[int]:
    """The code points of the basic plane that words are made of, digits apart: letters and marks of all scripts."""
    return frozenset(codes_of(_generated_words.WORD)) - frozenset(range(ord("0"), ord("9") + 1))


def class_of(codes: Collection[int]) -> str:
    """The inside of a character class of a regular expression: code points of the basic plane, as ranges."""
    there = set(codes)
    firsts = [code for code in sorted(there) if code - 1 not in there]
    lasts = [code for code in sorted(there) if code + 1 not in there]
    return "".join(f"\\u{first:04x}-\\u{last:04x}" for first, last in zip(firsts, lasts, strict=True))


class _Words(dict[str, bool]):
    """Character → whether words are made of it; filled as characters are met."""

    def __missing__(self, char: str) -> bool:
        firsts, lasts = _word_ranges()
        place = bisect_right(firsts, ord(char)) - 1
        self[char] = answer = place >= 0 and ord(char) <= lasts[place]
        return answer


class _Scripts(dict[str, str]):
    """Character → ISO 15924 code; filled as characters are met."""

    def __missing__(self, char: str) -> str:
        firsts, lasts, codes = _script_ranges()
        place = bisect_right(firsts, ord(char)) - 1
        known = place >= 0 and ord(char) <= lasts[place]
        self[char] = answer = codes[place] if known else UNKNOWN
        return answer


_WORDS: Final = _Words()
_SCRIPTS: Final = _Scripts()

#: Whether a single character is part of a word: a letter, mark or decimal digit of any script.
is_word = _WORDS.__getitem__


@cache
def _word_ranges() -> tuple[list[int], list[int]]:
    pairs = [item.split("-") for item in _generated_words.WORD.split()]
    return [int(first, 16) for first, _ in pairs], [int(last, 16) for _, last in pairs]


@cache
def _script_ranges() -> tuple[list[int], list[int], list[str]]:
    firsts, lasts, codes = [], [], []
    for item in _generated_scripts.SCRIPT.split():
        span, code = item.split(":")
        first, last = span.split("-")
        firsts.append(int(first, 16))
        lasts.append(int(last, 16))
        codes.append(code)
    return firsts, lasts, codes


def script_of(char: str) -> str:
    """The ISO 15924 code of one character: ``Latn``, ``Arab`` …; ``Zyyy`` common, ``Zinh`` inherited, ``Zzzz`` unknown.

    Raises:
        TypeError: ``char`` is not exactly one character.
    """
    return _SCRIPTS[char] if len(char) == 1 else _not_one(char)


def _not_one(char: str) -> str:
    raise TypeError(f"one character was expected, {len(char)} were given")


def scripts_among(text: str) -> set[str]:
    """The scripts of all characters of a text, common, inherited and unknown among them; in no order."""
    return set(map(_SCRIPTS.__getitem__, set(text)))


def scripts_in(text: str) -> tuple[str, ...]:
    """Scripts of a text's characters, most frequent first (ties by code); common, inherited and unknown left out."""
    counts: dict[str, int] = {}
    if text.isascii():
        return ("Latn",) if any(map(str.isalpha, text)) else ()
    for char in set(text):
        script = _SCRIPTS[char]
        if script not in {COMMON, INHERITED, UNKNOWN}:
            counts[script] = counts.get(script, 0) + text.count(char)
    return tuple(sorted(counts, key=lambda script: (-counts[script], script)))
