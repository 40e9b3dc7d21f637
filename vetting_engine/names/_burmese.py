"""Burmese syllables in the spelling people use for names, and Zawgyi text turned into Unicode first.

Zawgyi is the old font encoding that reuses Unicode's Myanmar block with other meanings; half the names met in
the wild are written in it. It is recognised by signs that no Unicode text has.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any, Final

from vetting_engine.names._data import read_json

__all__ = ["burmese_syllables", "from_zawgyi", "is_zawgyi"]

#: Zawgyi's own code points; or a vowel E standing before its consonant; or a Zawgyi asat before another sign.
_ZAWGYI: Final = re.compile(
    "[\u105a\u1060-\u1097\u1033\u1034]|(?:^|[^\u1000-\u102a\u103b-\u103e\u1075-\u108f])\u1031|\u1031\u103b|^\u103b|\u1039(?![\u1000-\u1021])"
)
#: Vowel E and the encircling RA are typed before their consonant in Zawgyi, after it in Unicode.
_LEADING: Final = re.compile("(\u1031?)(\u103c?)([\u1000-\u102a\u103f])((?:\u1039[\u1000-\u1021])?[\u103b-\u103e]*)")
_MEDIAL_ORDER: Final = "\u103b\u103c\u103d\u103e"
_SYLLABLE: Final = re.compile(
    "([\u1000-\u102a\u103f])([\u103b-\u103e]*)([\u102b-\u1032\u1036]*)[\u1037\u1038]*"
    "(?:([\u1000-\u1021])[\u1037\u1038]*\u103a[\u1037\u1038]*|([\u1000-\u1021])(?=\u1039))?[\u1037\u1038\u1039]*"
)


def is_zawgyi(text: str) -> bool:
    """Whether Burmese text is Zawgyi-encoded."""
    return _ZAWGYI.search(text) is not None


def from_zawgyi(text: str) -> str:
    """Zawgyi text in Unicode encoding: code points first, then typing order."""
    table = _tables()["zawgyi"]
    mapped = "".join(table.get(char, char) for char in text)
    return _LEADING.sub(_in_order, mapped)


def _in_order(found: re.Match[str]) -> str:
    vowel_e, ra, consonant, rest = found.groups()
    stacked = rest[:2] if rest.startswith("\u1039") else ""
    medials = sorted(set(ra + rest[len(stacked) :]), key=_MEDIAL_ORDER.index)
    return consonant + stacked + "".join(medials) + vowel_e


def burmese_syllables(native: str) -> Iterator[tuple[str, str]]:
    """Each syllable with its spelling, in order; signs that belong to no syllable are passed over."""
    text = from_zawgyi(native) if is_zawgyi(native) else native
    for found in _SYLLABLE.finditer(text):
        roman = _spelling(*found.groups(default=""))
        if "\u1037" in found.group():  # a creaky nasal ends in a stop: Myint, Nyunt
            roman += _tables()["burmese_creaky"].get(found.group(4) or "", "")
        if roman:
            yield found.group(), roman


def _spelling(consonant: str, medials: str, vowel: str, closing: str, stacked: str) -> str:
    tables = _tables()
    alone = tables["burmese_independent"].get(consonant)
    if alone is not None:
        return str(alone)
    onset, glide = _onset(consonant, medials)
    final = closing or stacked
    if final:
        rhyme = tables["burmese_rhyme"].get(f"{glide or vowel}|{final}\u103a")
        if rhyme is None:
            rhyme = tables["burmese_vowel"].get(vowel, "a") + _onset(final, "")[0]
        elif glide:
            return str(onset + rhyme)
    else:
        rhyme = tables["burmese_vowel"].get(vowel, "a")
    return str(onset + ("w" if glide else "") + rhyme)


def _onset(consonant: str, medials: str) -> tuple[str, str]:
    tables = _tables()
    sounds = tables["burmese_consonant"]
    special = tables["burmese_medial"].get("+".join([consonant, *(m for m in medials if m != "\u103d")]))
    onset = special or sounds.get(consonant, "")
    if special is None:
        if "\u103e" in medials:
            onset = "h" + onset
        if "\u103b" in medials or "\u103c" in medials:
            onset += "y"
    return onset, "\u103d" if "\u103d" in medials else ""


@cache
def _tables() -> dict[str, Any]:
    tables: dict[str, Any] = read_json("scripts")
    return tables
