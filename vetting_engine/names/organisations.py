"""Takes the name of a body apart: words, legal forms, acronyms.

The parts are those of ``parts``, so that bodies are aligned and weighed as people are; what differs is what counts
as a word of the name.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache, lru_cache
from typing import Any, Final

from vetting_engine.names import _weights as weights
from vetting_engine.names._data import read_json
from vetting_engine.names.parts import (
    ACRONYM,
    MAX_CHARS,
    MAX_PARTS,
    ParsedName,
    Part,
    Reading,
    Role,
    is_placeholder,
    make_part,
)
from vetting_engine.names.romanise import Word, romanise_words

__all__ = ["parse_organisation"]

_CACHE: Final = 1 << 16
#: Longest legal form, in words ("obshchestvo s ogranichennoy otvetstvennostyu").
_LONGEST_FORM: Final = 6
#: Words of a trade: many bodies have them, and they still tell two apart.
_COMMON_RARITY: Final = 550
_ACRONYM: Final = range(2, 7)


@lru_cache(maxsize=_CACHE)
def parse_organisation(text: str) -> ParsedName:
    """The readings of a body's name: as written, by its acronym where it has three words or more, and each of two
    names parted by a slash.
    """
    if is_placeholder(text):
        return ParsedName(text, (), placeholder=True)
    readings: list[Reading] = []
    pieces = [text, *text.split("/")] if "/" in text else [text]
    for piece in pieces:
        words = romanise_words(piece[:MAX_CHARS].replace("&", " and ").replace("%", " percent "))
        reading = _reading(words)
        if reading is not None and reading not in readings:
            readings.append(reading)
            acronym = _acronym(reading)
            if acronym is not None:
                readings.append(acronym)
    return ParsedName(text, tuple(readings))


def _reading(words: Sequence[Word]) -> Reading | None:
    parts = tuple(_parts(words))[:MAX_PARTS]
    named = tuple(part for part in parts if part.role is not Role.TITLE)
    if not named:
        named, parts = tuple(_part(word.native, word.roman, Role.NAME, abjad=word.abjad) for word in words), ()
    if not named:
        return None
    titles = tuple(part for part in parts if part.role is Role.TITLE)
    return Reading(named, titles, sum(part.rarity for part in named), weights.BODY_COMPLETE)


def _parts(words: Sequence[Word]) -> Iterator[Part]:
    """Legal forms are titles (they may be left out), small words fall away, numbers are digits."""
    particles, numbers = _table()["organisation_particles"], _table()["numbers"]
    place = 0
    while place < len(words):
        form, taken = _legal_form(words, place)
        if taken:
            text = " ".join(word.native for word in words[place : place + taken])
            yield make_part(text, form, Role.TITLE)
            place += taken
            continue
        word = words[place]
        place += 1
        number = numbers.get(word.roman, word.roman)
        if number.isdigit() and len(words) > 1:
            # Series, vintages and hull numbers tell sisters apart; the owner is one.
            yield make_part(word.native, number, Role.TITLE)
        elif word.roman not in particles or len(words) == 1:
            yield _part(word.native, number, Role.NAME, abjad=word.abjad)


@lru_cache(maxsize=_CACHE)
def _part(text: str, roman: str, role: Role, *, abjad: bool) -> Part:
    common = _table()["common_words"]
    part = make_part(text, roman, role, abjad=abjad)
    if roman in common:
        part = replace(part, rarity=min(part.rarity, _COMMON_RARITY))
    if len(roman) in _ACRONYM:
        part = replace(part, keys=part.keys | {f"a:{roman}"})
    return part


def _legal_form(words: Sequence[Word], place: int) -> tuple[str, int]:
    forms = _forms()
    for length in range(min(_LONGEST_FORM, len(words) - place), 0, -1):
        written = " ".join(word.roman for word in words[place : place + length])
        if written in forms and len(words) > length:
            return forms[written], length
    return "", 0


def _acronym(reading: Reading) -> Reading | None:
    if len(reading.parts) not in _ACRONYM or len(reading.parts) < 3:  # noqa: PLR2004  # two letters say too little
        return None
    part = _acronym_part("".join(part.roman[:1] for part in reading.parts))
    return Reading((part,), reading.titles, part.rarity, weights.BODY_COMPLETE)


@lru_cache(maxsize=_CACHE)
def _acronym_part(letters: str) -> Part:
    return replace(make_part(letters.upper(), ACRONYM + letters, Role.NAME), keys=frozenset({f"a:{letters}"}))


@cache
def _forms() -> dict[str, str]:
    return {form: name for name, forms in _table()["legal_forms"].items() for form in forms}


@cache
def _table() -> dict[str, Any]:
    table: dict[str, Any] = read_json("parts")
    return table
