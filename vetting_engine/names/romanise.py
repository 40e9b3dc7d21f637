"""Writes a name in ASCII letters, each script by its own habits.

Arabic-script and Hebrew words come out as consonants and long vowels (their vowels are not written); all
other scripts come out as people spell them in passports. Scripts without a table here use one committed
spelling per letter (``data/letters.txt``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Any, Final, NamedTuple

from vetting_engine.names._burmese import burmese_syllables
from vetting_engine.names._data import read_json, read_text
from vetting_engine.text.scripts import is_word, script_of

__all__ = ["Word", "romanise", "romanise_words"]

#: Scripts that leave short vowels unwritten: their words are compared by consonants.
ABJADS: Final = frozenset({"Arab", "Hebr", "Syrc"})
_UKRAINIAN: Final = frozenset("іїєґІЇЄҐ")
#: Inside a word these join (``Sa'd``); they are dropped, as writers use them at will.
_JOINERS: Final = frozenset("'’‘ʼʻʿʾ`´ʹ′ˈ‛ʹ׳״ـ‌‍")
_HAN_NAME: Final = range(2, 5)  # a Chinese name: one character of family name, one to three given
_INDIC_CONSONANTS: Final = range(0x15, 0x3A)
_INDIC_SIGNS: Final = range(0x3E, 0x4E)
_HALANT: Final = 0x4D
_INDIC: Final = frozenset({"Deva", "Beng", "Guru", "Gujr", "Orya", "Taml", "Telu", "Knda", "Mlym"})
_CACHE: Final = 1 << 16
_WORDS_CACHE: Final = 1 << 13


class Word(NamedTuple):
    """One word: as written, in lower-case ASCII, and whether its short vowels were not written."""

    native: str
    roman: str
    abjad: bool = False


def romanise(text: str) -> str:
    """The text in lower-case ASCII words, parted by single spaces; empty where nothing is readable."""
    return " ".join(word.roman for word in romanise_words(text))


@lru_cache(maxsize=_WORDS_CACHE)
def romanise_words(text: str) -> tuple[Word, ...]:
    """The words of a name in ASCII, in order. Marks, emoji and unassigned code points are no words."""
    if text.isascii():
        return tuple([Word(native, native.lower()) for native in _ascii_words(text)])
    words: list[Word] = []
    for native in _words(text):
        words.extend(_word(native))
    return tuple(words)


_ASCII_WORD: Final = re.compile("[A-Za-z0-9]+")


def _ascii_words(text: str) -> list[str]:
    return _ASCII_WORD.findall(text.replace("'", "").replace("`", ""))


def _words(text: str) -> Iterator[str]:
    run: list[str] = []
    for char in text:
        if is_word(char):
            run.append(char)
        elif char not in _JOINERS and not _is_invisible(char):
            if run:
                yield "".join(run)
            run = []
    if run:
        yield "".join(run)


def _is_invisible(char: str) -> bool:
    """Zero-width and direction marks: a name is not cut at them (Unicode 16.0, chapter 23.2)."""
    return char in "\u00ad\u034f\u061c\ufeff" or "\u200b" <= char <= "\u200f" or "\u202a" <= char <= "\u2069"


@lru_cache(maxsize=_CACHE)
def _word(native: str) -> tuple[Word, ...]:
    if native.isascii():
        return (Word(native, native.lower()),)
    scripts = [script for script in map(script_of, native) if script not in {"Zyyy", "Zinh"}]
    kinds = frozenset(scripts)
    script = max(kinds, key=lambda each: (scripts.count(each), each)) if len(kinds) > 1 else next(iter(kinds), "Zyyy")
    if script == "Arab":
        return (_arabic(native),)
    if script == "Hebr" and native in _tables()["hebrew_words"]:
        return (Word(native, _tables()["hebrew_words"][native]),)
    if script == "Mymr":
        return tuple(Word(each, roman) for each, roman in burmese_syllables(native))
    if script == "Hang":
        return tuple(Word(char, roman) for char, roman in _hangul(native) if roman)
    if script == "Hani" and len(native) in _HAN_NAME and len(scripts) == len(native) == scripts.count("Hani"):
        return tuple(Word(part, _plain(part)) for part in (native[0], native[1:]))
    if script in {"Cyrl", "Latn", "Grek"}:
        roman = _european(native, script, kinds)
    elif script in _INDIC:
        roman = _indic(native)
    elif script == "Hebr":
        roman = _by_table(native, "hebrew")
    else:
        roman = _plain(native)
    roman = roman.replace("'", "").replace("-", "")
    return (Word(native, roman, script in ABJADS),) if roman else ()


def _arabic(native: str) -> Word:
    tables = _tables()
    bare = "".join(char for char in native if not "\u064b" <= char <= "\u065f" and char not in _JOINERS)
    known = tables["arabic_words"].get(bare)
    if known is not None:
        return Word(native, known, abjad=False)
    letters = [tables["arabic"].get(char, _letter(char)) for char in bare]
    if letters and letters[0] == "'":
        letters[0] = "a"  # ayn or hamza at the start: Latin writes its vowel
    # An apostrophe parts letters that would read as one sound (zh, sh) from the digraphs of the table.
    roman = "".join("'h" if each == "h" and place else each for place, each in enumerate(letters) if each != "'")
    return Word(native, roman, abjad=True)


def _by_table(native: str, name: str) -> str:
    table = _tables()[name]
    return "".join(table[char] if char in table else _letter(char) for char in native)


def _european(native: str, script: str, scripts: frozenset[str]) -> str:
    tables = _tables()
    if len(scripts) > 1:
        # Letters of two alphabets in one word are look-alikes, not a foreign name.
        looks = tables["lookalikes"]
        return "".join(looks.get(char) or _letter(char) for char in native)
    if script != "Cyrl":
        return _plain(native)
    table = tables["cyrillic"]
    if not _UKRAINIAN.isdisjoint(native):
        table = table | tables["cyrillic_ukrainian"]
    return "".join(table[low] if (low := char.lower()) in table else _letter(char) for char in native)


def _indic(native: str) -> str:
    """Adds the inherent vowel: a consonant before another letter, without vowel sign or halant, is read with *a*; at
    the end of a word only after a cluster.

    The blocks of the Indic scripts are laid out alike (Unicode 16.0, section 12.1): consonants at 15-39,
    vowel signs and the halant at 3E-4D.
    """
    spelled = _tables()["indic"]
    out: list[str] = []
    for place, char in enumerate(native):
        point = ord(char) & 0x7F
        out.append(spelled.get(f"{point:02x}") or _letter(char))
        following = native[place + 1 : place + 2]
        is_open = ord(following) & 0x7F not in _INDIC_SIGNS if following else _ends_a_cluster(native, place)
        if point in _INDIC_CONSONANTS and is_open:
            out.append("a")
    return "".join(out)


def _ends_a_cluster(native: str, place: int) -> bool:
    """Whether the letter follows a halant: after a cluster the last vowel is spoken (Rajendra, Krishna)."""
    return place > 0 and ord(native[place - 1]) & 0x7F == _HALANT


def _hangul(native: str) -> Iterator[tuple[str, str]]:
    tables = _tables()
    for place, char in enumerate(native):
        index = ord(char) - 0xAC00
        if not 0 <= index < 11172:  # noqa: PLR2004  # Unicode 16.0, section 3.12: precomposed syllables
            yield char, _letter(char)
        elif place == 0 and char in tables["hangul_surnames"]:
            yield char, tables["hangul_surnames"][char]
        else:
            first, rest = divmod(index, 588)
            vowel, last = divmod(rest, 28)
            yield (
                char,
                tables["hangul_initial"][first] + tables["hangul_vowel"][vowel] + tables["hangul_final"][last],
            )


class _Letters(dict[str, str]):
    """Character → its letters where no script has a habit of its own; filled as characters are met."""

    def __missing__(self, char: str) -> str:
        row, place = _block(ord(char) >> 8), ord(char) & 0xFF
        plain = row[place] if place < len(row) else ""
        if char.isascii():
            plain = char.lower() if char.isalnum() else ""
        self[char] = plain
        return plain


_letter: Final = _Letters().__getitem__


def _plain(native: str) -> str:
    return "".join(map(_letter, native))


@cache
def _tables() -> dict[str, Any]:
    tables: dict[str, Any] = read_json("scripts")
    return tables


@cache
def _lines() -> dict[str, str]:
    _, *lines = read_text("letters.txt").split("\n")
    return dict(line.split("\t", 1) for line in lines if line)


@cache
def _block(number: int) -> tuple[str, ...]:
    return tuple(_lines().get(f"{number:x}", "").split("\t"))
