"""Finds declared terms in folded text, whole words only, in any script.

One automaton finds every occurrence of every stem; what stands left and right of it inside the same word must
then be one of the declared prefixes and suffixes (Arabic ``و`` + ``ال``, Slavic endings, English ``-s``). In
scripts without spaces a word's edge cannot be seen: there the next character must not change the syllable, and
longer declared innocent words win over the term inside them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

import daachorse

from vetting_engine.text.fold import fold
from vetting_engine.text.scripts import CONTINUOUS, is_word, script_of

__all__ = ["Form", "Hit", "TermIndex", "longest", "stem_of", "word_around"]

#: Longer affixes than this are not looked at; no declared pattern is longer.
MAX_AFFIX: Final = 12
NO_AFFIX: Final = frozenset({""})
#: Signs that stay with the letter before them: a match that ends before one has cut a syllable in two.
#: Burmese medials, vowels, asat and virama; Khmer and Thai vowel signs; Tibetan subjoined letters.
_SYLLABLE_TAILS: Final = frozenset(
    map(
        chr,
        [
            *range(0x102B, 0x103F),
            *range(0x1056, 0x105A),
            *range(0x17B6, 0x17D4),
            0x0E30,
            *range(0x0E31, 0x0E3B),
            *range(0x0E45, 0x0E4F),
            *range(0x0F71, 0x0FBD),
        ],
    )
)
_ASAT: Final = "\u103a"
_VIRAMA: Final = "\u1039"


@dataclass(frozen=True, slots=True)
class Form:
    """One written form of a term: folded stem, and what may stand before and after it inside the word.

    The last ``beside`` characters of the stem must be there and are no part of the hit (``black`` before
    ``people``). ``key`` is the caller's: it comes back with every hit.
    """

    stem: str
    key: int
    prefixes: Collection[str] = NO_AFFIX
    suffixes: Collection[str] = NO_AFFIX
    beside: int = 0


@dataclass(frozen=True, slots=True, order=True)
class Hit:
    """A form found at folded ``[start, end)``, affixes included; ``key`` is the form's."""

    start: int
    end: int
    key: int


class TermIndex:
    """An automaton over forms. Building is linear in the total length of the stems."""

    def __init__(self, forms: Iterable[Form]) -> None:
        by_stem: dict[str, list[Form]] = {}
        for form in forms:
            if form.stem:
                by_stem.setdefault(form.stem, []).append(form)
        self._forms: Sequence[tuple[Form, ...]] = [tuple(by_stem[stem]) for stem in sorted(by_stem)]
        self._continuous = [script_of(stem[-1]) in CONTINUOUS for stem in sorted(by_stem)]
        self._automaton = daachorse.CharwiseDoubleArrayAhoCorasick(sorted(by_stem)) if by_stem else None

    def find(self, text: str) -> list[Hit]:
        """All hits in a folded text, in order of place; overlapping ones included. Linear in text and hits."""
        if self._automaton is None:
            return []
        hits: list[Hit] = []
        for start, end, number in self._automaton.find_overlapping(text):
            if self._continuous[number]:
                hits.extend(_in_continuous(text, start, end, self._forms[number]))
            else:
                hits.extend(_in_words(text, start, end, self._forms[number]))
        hits.sort()
        return hits


def _in_words(text: str, start: int, end: int, forms: tuple[Form, ...]) -> Iterable[Hit]:
    left = start > 0 and is_word(text[start - 1]) and is_word(text[start])
    right = end < len(text) and is_word(text[end]) and is_word(text[end - 1])
    if not left and not right:
        for form in forms:
            if "" in form.prefixes and "" in form.suffixes:
                yield Hit(start, end - form.beside, form.key)
        return
    first, last = word_around(text, start, end)
    left_rest, right_rest = text[first:start], text[end:last]
    for form in forms:
        if left_rest in form.prefixes and right_rest in form.suffixes:
            yield Hit(first, end - form.beside if form.beside else last, form.key)


def word_around(text: str, start: int, end: int) -> tuple[int, int]:
    """The word edges around ``[start, end)``, looking at most one character further than any affix is long."""
    first, last = start, end
    low, high = max(0, start - MAX_AFFIX - 1), min(len(text), end + MAX_AFFIX + 1)
    if first > 0 and is_word(text[first]):
        while first > low and is_word(text[first - 1]):
            first -= 1
    if last < len(text) and is_word(text[last - 1]):
        while last < high and is_word(text[last]):
            last += 1
    return first, last


def _in_continuous(text: str, start: int, end: int, forms: tuple[Form, ...]) -> Iterable[Hit]:
    if end < len(text) and text[end] in _SYLLABLE_TAILS:
        return
    if end + 1 < len(text) and text[end + 1] in (_ASAT, _VIRAMA):
        return  # the next consonant closes our last syllable
    if start > 0 and text[start - 1] == _VIRAMA:
        return
    for form in forms:
        yield Hit(start, end - form.beside, form.key)


def longest(hits: Sequence[Hit]) -> list[Hit]:
    """Hits that stand wholly inside a longer one are dropped; equal spans and partial overlaps are kept.

    ``hits`` are in order of place. Linear, apart from sorting.
    """
    kept: list[Hit] = []
    reach = (0, 0)  # the span that reaches furthest among those that began before
    for hit in sorted(hits, key=lambda hit: (hit.start, -hit.end, hit.key)):
        span = (hit.start, hit.end)
        if hit.end > reach[1]:
            reach = span
        elif span != reach:
            continue
        kept.append(hit)
    return kept


def stem_of(text: str) -> str:
    """The stem a declared text is found by: folded, white space collapsed; empty where nothing comparable is left."""
    return " ".join(fold(text).split())
