"""Finds declared terms in folded text, whole words only, in any script.

One automaton finds every occurrence of every stem; what stands left and right of it inside the same word must
then be one of the declared prefixes and suffixes (Arabic ``و`` + ``ال``, Slavic endings, English ``-s``). In
scripts without spaces a word's edge cannot be seen: there the next character must not change the syllable, and
longer declared innocent words win over the term inside them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

import daachorse

from vetting_engine.text.fold import fold
from vetting_engine.text.scripts import CONTINUOUS, is_word, script_of

__all__ = ["Forms", "Hit", "Inside", "TermIndex", "longest", "stem_of"]

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
#: Longer texts are looked through in blocks, so that what is found inside words, and mostly dropped, never piles up.
_BLOCK: Final = 50_000
_ASAT: Final = "\u103a"
_VIRAMA: Final = "\u1039"


class Forms(NamedTuple):
    """Written forms that hang alike on their words: folded stems, and what may stand before and after each of them
    inside the word.

    The last ``beside`` characters of a stem must be there and are no part of the hit (``black`` before ``people``).
    ``key`` is the caller's: it comes back with every hit.
    """

    stems: Collection[str]
    key: int
    prefixes: Collection[str] = NO_AFFIX
    suffixes: Collection[str] = NO_AFFIX
    beside: int = 0


class Hit(NamedTuple):
    """A form found at folded ``[start, end)``, affixes included; ``key`` is the form's."""

    start: int
    end: int
    key: int


class Inside:
    """Which of some strings stand anywhere in a text, inside words too: the bits they carry."""

    def __init__(self, strings: Mapping[str, int]) -> None:
        wanted = sorted(string for string in strings if string)
        self._bits = [strings[string] for string in wanted]
        self._automaton = daachorse.CharwiseDoubleArrayAhoCorasick(wanted) if wanted else None

    def bits(self, text: str) -> int:
        """The bits of all strings that are there, together. Linear in text and hits."""
        if self._automaton is None:
            return 0
        found = 0
        for _, _, number in self._automaton.find_overlapping(text):
            found |= self._bits[number]
        return found

    def spans(self, text: str) -> list[tuple[int, int]]:
        """``[start, end)`` of every string that is there."""
        if self._automaton is None:
            return []
        return [(start, end) for start, end, _ in self._automaton.find_overlapping(text)]


class _Stem(NamedTuple):
    """The forms of one stem, and how far their affixes reach; one object for all stems that are alike in this."""

    ways: tuple[Forms, ...]
    continuous: bool
    before: int
    after: int


class TermIndex:
    """An automaton over forms. Building is linear in the total length of the stems."""

    def __init__(self, forms: Iterable[Forms]) -> None:
        by_stem = _by_stem(forms)
        stems = sorted(by_stem)
        shared: dict[tuple[int, bool], _Stem] = {}
        self._stems: list[_Stem] = []
        for stem in stems:
            ways = by_stem[stem]
            alike = id(ways), script_of(stem[-1]) in CONTINUOUS
            known = shared.get(alike)
            if known is None:
                before = max(_longest(way.prefixes) for way in ways)
                after = max(_longest(way.suffixes) for way in ways)
                # The stems themselves are in the automaton, and are let go.
                bare = tuple(way._replace(stems=()) for way in ways)
                known = shared[alike] = _Stem(bare, alike[1], before, after)
            self._stems.append(known)
        self._longest = max(map(len, stems), default=0)
        self._automaton = daachorse.CharwiseDoubleArrayAhoCorasick(stems) if stems else None

    def find(self, text: str) -> list[Hit]:
        """All hits in a folded text, in order of place; overlapping ones included. Linear in text and hits."""
        if self._automaton is None:
            return []
        hits: list[Hit] = []
        short = len(text) <= _BLOCK
        for start, end, number in self._automaton.find_overlapping(text) if short else self._in_blocks(text):
            stem = self._stems[number]
            if stem.continuous:
                _in_continuous(text, start, end, stem, hits)
            elif stem.before or start == 0 or not is_word(text[start - 1]) or not is_word(text[start]):
                # Most stems found stand inside a longer word: that is told here for those that have no prefixes.
                _in_words(text, start, end, stem, hits)
        hits.sort()
        return hits

    def _in_blocks(self, text: str) -> Iterator[tuple[int, int, int]]:
        """The stems found, block by block; a block begins where the longest stem that ends in it may begin."""
        assert self._automaton is not None
        for begin in range(0, len(text), _BLOCK):
            first = max(0, begin - self._longest + 1)
            for start, end, number in self._automaton.find_overlapping(text[first : begin + _BLOCK]):
                if first + end > begin:
                    yield first + start, first + end, number


def _by_stem(forms: Iterable[Forms]) -> dict[str, tuple[Forms, ...]]:
    """The forms of each stem. There are many more stems than forms that hang alike, so tuples of these are shared."""
    by_stem: dict[str, tuple[Forms, ...]] = {}
    for some in forms:
        alone: tuple[Forms, ...] = (some,)
        fresh = dict.fromkeys(filter(None, some.stems), alone)
        joined: dict[int, tuple[Forms, ...]] = {}  # by what else has the stem: all of it stays until the update
        for stem in by_stem.keys() & fresh.keys():
            others = by_stem[stem]
            fresh[stem] = joined.setdefault(id(others), (*others, some))
        by_stem |= fresh
    return by_stem


def _longest(affixes: Collection[str]) -> int:
    return min(MAX_AFFIX, max(map(len, affixes), default=0))


def _in_words(text: str, start: int, end: int, stem: _Stem, hits: list[Hit]) -> None:
    first, last = start, end
    if start > 0 and is_word(text[start - 1]) and is_word(text[start]):
        low = max(0, start - stem.before)
        first -= 1
        while first > low and is_word(text[first - 1]):
            first -= 1
        if first < low or (first > 0 and is_word(text[first - 1])):
            return  # more stands before it than any prefix holds
    if end < len(text) and is_word(text[end]) and is_word(text[end - 1]):
        high = min(len(text), end + stem.after)
        last += 1
        while last < high and is_word(text[last]):
            last += 1
        if last > high or (last < len(text) and is_word(text[last])):
            return
    left, right = text[first:start], text[end:last]
    hits += [
        Hit(first, end - way.beside if way.beside else last, way.key)
        for way in stem.ways
        if left in way.prefixes and right in way.suffixes
    ]


def _in_continuous(text: str, start: int, end: int, stem: _Stem, hits: list[Hit]) -> None:
    if end < len(text) and text[end] in _SYLLABLE_TAILS:
        return
    if end + 1 < len(text) and text[end + 1] in (_ASAT, _VIRAMA):
        return  # the next consonant closes our last syllable
    if start > 0 and text[start - 1] == _VIRAMA:
        return
    hits += [Hit(start, end - way.beside, way.key) for way in stem.ways]


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
