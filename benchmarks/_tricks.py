"""The tricks by which a word is hidden from filters, one table entry each, and which scripts they are played in."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from vetting_engine.text.fold import fold

__all__ = ["ALPHABETS", "TRICKS", "Trick"]

#: Scripts whose letters stand one by one, so that they can be parted, swapped or left out.
ALPHABETS = frozenset({"Latn", "Cyrl", "Arab", "Ethi"})
_CASED = frozenset({"Latn", "Cyrl"})
_EVERY = frozenset({*ALPHABETS, "Deva", "Mymr"})
_LATIN = frozenset({"Latn"})

_Make = Callable[[str, random.Random], str]


@dataclass(frozen=True, slots=True)
class Trick:
    """``make`` writes a word so that a person still reads it; the same word back where it cannot be played.

    ``glued`` puts the word against its neighbours (nothing is hidden in the word itself), ``tagged`` makes a
    CamelCase hashtag of it and them, ``shortest`` is the least length of a word it leaves readable.
    """

    name: str
    scripts: frozenset[str]
    make: _Make
    shortest: int = 4
    glued: bool = False
    tagged: bool = False


def _letters(table: Mapping[str, str], limit: int | None = None, *, last: bool = True) -> _Make:
    """Letters by their likes; ``limit`` is the most that are exchanged, without ``last`` the last letter stays."""

    def make(word: str, draw: random.Random) -> str:
        there = word.lower() if last else word.lower()[:-1]
        places = [place for place, char in enumerate(there) if char in table]
        if limit is not None and len(places) > limit:
            places = sorted(draw.sample(places, limit))
        return "".join(table[char.lower()] if place in places else char for place, char in enumerate(word))

    return make


def _between(sign: str) -> _Make:
    """A sign between all letters of each word."""

    def make(word: str, draw: random.Random) -> str:
        del draw
        return " ".join(sign.join(part) for part in word.split(" "))

    return make


def _after(sign: str) -> _Make:
    """A sign after one inner letter: what a copy-and-paste obfuscator leaves."""

    def make(word: str, draw: random.Random) -> str:
        place = draw.randrange(1, len(word) - 1)
        return word[:place] + sign + word[place:]

    return make


def _every(sign: str) -> _Make:
    def make(word: str, draw: random.Random) -> str:
        del draw
        return "".join(char + sign for char in word)

    return make


def _shift(first: Mapping[str, int]) -> _Make:
    """Letters a to z in another block of Unicode, from the code point of its first letter."""

    def make(word: str, draw: random.Random) -> str:
        del draw
        return "".join(chr(first["a"] + ord(char) - ord("a")) if "a" <= char <= "z" else char for char in word.lower())

    return make


def _repeat(word: str, draw: random.Random) -> str:
    place = draw.randrange(1, len(word) - 1)
    return word[:place] + word[place] * 4 + word[place + 1 :]


def _swap(word: str, draw: random.Random) -> str:
    places = [place for place in range(1, len(word) - 2) if word[place] != word[place + 1]]
    if not places:
        return word
    place = draw.choice(places)
    return word[:place] + word[place + 1] + word[place] + word[place + 2 :]


def _delete(word: str, draw: random.Random) -> str:
    place = draw.randrange(1, len(word) - 1)
    return word[:place] + word[place + 1 :]


def _mixed_case(word: str, draw: random.Random) -> str:
    del draw
    return "".join(char.upper() if place % 2 else char.lower() for place, char in enumerate(word))


def _marks(word: str, draw: random.Random) -> str:
    """Vowel points on Arabic letters, as in school books."""
    return "".join(char + draw.choice("\u064e\u064f\u0650\u0652") if char != " " else char for char in word)


def _same(word: str, draw: random.Random) -> str:
    del draw
    return word


def _mask(word: str, draw: random.Random) -> str:
    place = draw.randrange(1, len(word) - 1)
    return word[:place] + "*" + word[place + 1 :]


def _turned(word: str, draw: random.Random) -> str:
    """Letters from the last to the first after an override that shows them the other way round."""
    del draw
    return f"\u202e{word[::-1]}\u202c"


_ACCENTS = dict(zip("aeioucns", "áèîöüçñš", strict=True))
_CYRILLIC = dict(zip("aceopxyi", "асеорхуі", strict=True))
_GREEK = dict(zip("aoivuptk", "αοινυρτκ", strict=True))
_LATIN_LIKES = dict(zip("асеорхуі", "aceopxyi", strict=True))
_DIGITS = dict(zip("oieast", "013457", strict=True))
_SIGNS = dict(zip("asi", "@$!", strict=True))
_ARABIC = {"ا": "أ", "ي": "ى", "ك": "ک", "ه": "ة"}
_ARABIC_DIGITS = {"ع": "3", "ح": "7", "خ": "5", "ط": "6", "ق": "9"}
_SMALL_CAPITALS = dict(zip("abcdefghijklmnoprstuvwyz", "ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢ", strict=True))
_CHEROKEE = dict(zip("abcdeghijklmprstvwyz", "ᎪᏴᏟᎠᎬᏀᎻᎥᎫᏦᏞᎷᏢᏒᏚᎢᏙᎳᎽᏃ", strict=True))
_LISU = dict(zip("abcdefghijklmnoprstuvwxyz", "ꓮꓐꓚꓓꓰꓝꓖꓧꓲꓙꓗꓡꓟꓠꓳꓑꓣꓢꓔꓴꓦꓪꓫꓬꓜ", strict=True))
_ARMENIAN = dict(zip("ounhgl", "օսոհցլ", strict=True))
_IN_BRACKETS, _FLAGS = 0x249C, 0x1F1E6
_FULLWIDTH, _BOLD, _SCRIPT, _DOUBLE, _CIRCLED = 0xFF41, 0x1D41A, 0x1D4EA, 0x1D552, 0x24D0

TRICKS: tuple[Trick, ...] = (
    Trick("upper case", _CASED, lambda word, _: word.upper()),
    Trick("mixed case", _CASED, _mixed_case),
    Trick("zero-width space", _EVERY, _after("\u200b")),
    Trick("zero-width joiner", ALPHABETS, _after("\u200d")),
    Trick("word joiner everywhere", ALPHABETS, _between("\u2060")),
    Trick("soft hyphen", _EVERY, _after("\u00ad")),
    Trick("bidi marks", _EVERY, _after("\u200e")),
    Trick("bidi override", _EVERY, lambda word, _: f"\u202d{word}\u202c"),
    Trick("variation selector", ALPHABETS, _after("\ufe0f")),
    Trick("combining strike", _CASED, _every("\u0336")),
    Trick("accents", _LATIN, _letters(_ACCENTS)),
    Trick("fullwidth", _LATIN, _shift({"a": _FULLWIDTH})),
    Trick("mathematical bold", _LATIN, _shift({"a": _BOLD})),
    Trick("mathematical script", _LATIN, _shift({"a": _SCRIPT})),
    Trick("double-struck", _LATIN, _shift({"a": _DOUBLE})),
    Trick("circled", _LATIN, _shift({"a": _CIRCLED})),
    Trick("in brackets", _LATIN, _shift({"a": _IN_BRACKETS})),
    Trick("flag letters", _LATIN, lambda word, draw: _shift({"a": _FLAGS})(fold(word), draw)),
    Trick("small capitals", _LATIN, _letters(_SMALL_CAPITALS)),
    Trick("cherokee letters", _LATIN, _letters(_CHEROKEE)),
    Trick("lisu letters", _LATIN, _letters(_LISU)),
    Trick("armenian letters", _LATIN, _letters(_ARMENIAN, 2)),
    Trick("cyrillic letters", _LATIN, _letters(_CYRILLIC, 2)),
    Trick("greek letters", _LATIN, _letters(_GREEK, 2)),
    Trick("latin letters", frozenset({"Cyrl"}), _letters(_LATIN_LIKES, 2)),
    Trick("leet digits", _LATIN, _letters(_DIGITS)),
    # A sign at the end reads as punctuation, to people too.
    Trick("leet signs", _LATIN, _letters(_SIGNS, last=False)),
    Trick("arabic spelling", frozenset({"Arab"}), _letters(_ARABIC)),
    Trick("arabic digits", frozenset({"Arab"}), _letters(_ARABIC_DIGITS, 1)),
    Trick("vowel points", frozenset({"Arab"}), _marks),
    Trick("tatweel", frozenset({"Arab"}), _after("\u0640\u0640")),
    Trick("spaced", ALPHABETS, _between(" ")),
    Trick("dotted", ALPHABETS, _between(".")),
    Trick("dashed", ALPHABETS, _between("-")),
    Trick("underscored", ALPHABETS, _between("_")),
    Trick("starred", ALPHABETS, _between("*")),
    Trick("slashed", ALPHABETS, _between("/")),
    Trick("with commas", ALPHABETS, _between(",")),
    Trick("emoji between letters", ALPHABETS, _between("\U0001f525")),
    Trick("wide spaces", ALPHABETS, _between("   ")),
    Trick("emoji inside", _EVERY, _after("\U0001f525")),
    Trick("quotation mark inside", _EVERY, _after('"')),
    Trick("number sign inside", _EVERY, _after("#")),
    Trick("hyphen inside", _EVERY, _after("-")),
    Trick("point inside", _EVERY, _after(".")),
    Trick("masked letter", ALPHABETS - {"Ethi"}, _mask, 5),
    Trick("turned around", frozenset({"Latn", "Cyrl"}), _turned),
    Trick("repeated letter", ALPHABETS - {"Ethi"}, _repeat),
    Trick("swapped", ALPHABETS - {"Ethi"}, _swap, 6),
    Trick("left out", ALPHABETS - {"Ethi"}, _delete, 6),
    Trick("hashtag", _EVERY, lambda word, _: f"#{word.replace(' ', '_')}"),
    Trick("camel-case hashtag", _LATIN, _same, 4, tagged=True),
    Trick("glued", ALPHABETS - {"Ethi"}, _same, 5, glued=True),
)
