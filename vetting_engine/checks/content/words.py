"""The words of terms, one by one: which bits a word raises in the gate.

A term of one word is told by it. A term of several is told by the two of them that the fewest other terms have: where
the term stands, so do both, and mostly only there. They make a pair, which is there where both stand in the term's
order and no further from each other than in the term: words of a phrase stand side by side in every reading.

Whether a text may have any pair at all is told first, and quickly, from bits that pairs share.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import chain
from operator import or_
from typing import Final, NamedTuple

from vetting_engine.text.scripts import CONTINUOUS, script_of
from vetting_engine.text.terms import NO_AFFIX, Forms

__all__ = [
    "CLASSES_FROM",
    "FIRST",
    "PAIRS",
    "PART",
    "SCRIPTS_FROM",
    "SECOND",
    "Met",
    "Sides",
    "WordBits",
    "WordTable",
    "joined_bits",
]

#: Raised by every word of a term of several words: a reading that shows it may complete the term.
PART: Final = 1
#: Raised by the rarer word of a pair, and by the other one.
FIRST: Final = 64
SECOND: Final = 128
#: Bits from here on are scripts that have terms, in order of code; the lower ones are for the gate.
SCRIPTS_FROM: Final = 8
#: Bits from here on are classes of terms and figures; then come those of pairs, for the other words and for the rarer.
CLASSES_FROM: Final = 39
#: How many bits there are for each side of pairs; pairs of one rarer word share one.
PAIRS: Final = 4_096
#: A word as it may stand in a text, with what may hang on it.
_Written = tuple[str, frozenset[str], frozenset[str]]
#: A word of a form, and whether the form begins and ends with it: there something may hang on it.
_Spot = tuple[str, bool, bool]
#: The rarer of two words that tell a form, the other, and how far on from the rarer one it stands.
_Pairing = tuple[_Spot, _Spot, int]


@dataclass(slots=True, eq=False)
class _Pair:
    """Two words: the number of the bits they share with others, the classes of the terms that they tell, and from where
    to where the other stands from the rarer one, counted in words. Both may stand in one word of the text: in a tag,
    or glued.
    """

    number: int
    classes: int = 0
    low: int = 0
    high: int = 0


class Sides(NamedTuple):
    """The pairs of which a word is the rarer one, and those of which it is the other."""

    firsts: Collection[_Pair] = ()
    seconds: Collection[_Pair] = ()

    @property
    def bits(self) -> int:
        """The bits that a word raises by its pairs: as long as there are pairs, so only made for words of texts."""
        shared = bytearray(2 * PAIRS // 8)
        for number in {*(each.number + PAIRS for each in self.firsts), *(each.number for each in self.seconds)}:
            shared[number >> 3] |= 1 << (number & 7)
        return int.from_bytes(shared, "little")

    def __or__(self, other: Sides) -> Sides:
        return Sides({*self.firsts, *other.firsts}, {*self.seconds, *other.seconds})


class Met(NamedTuple):
    """A word of a text, ready to be compared with those beside it: the pairs of which it is the rarer word, from where
    to where the others of these stand, and the pairs of which it is the other.
    """

    firsts: frozenset[_Pair]
    low: int
    high: int
    seconds: frozenset[_Pair]

    @classmethod
    def of(cls, sides: Sides) -> Met:
        """The word with all that it may stand for."""
        low = min([each.low for each in sides.firsts], default=0)
        high = max([each.high for each in sides.firsts], default=0)
        return cls(frozenset(sides.firsts), low, high, frozenset(sides.seconds))

    def told(self, beside: Met, away: int, wider: int) -> int:
        """The classes told by this word and the one that stands so many words further on, give or take ``wider``."""
        if self.firsts.isdisjoint(beside.seconds):  # mostly, and told more quickly
            return 0
        both = self.firsts & beside.seconds
        return reduce(or_, [each.classes for each in both if each.low - wider <= away <= each.high + wider], 0)


#: Words → the bits they raise, and the pairs they are of.
WordBits = Mapping[_Written, tuple[int, Sides | None]]


def joined_bits(tables: Iterable[WordBits]) -> dict[_Written, tuple[int, Sides | None]]:
    """Several tables in one."""
    joined: dict[_Written, tuple[int, Sides | None]] = {}
    for table in tables:
        for key, told in table.items():
            known = joined.get(key)
            joined[key] = told if known is None else (known[0] | told[0], _both(known[1], told[1]))
    return joined


def _both(one: Sides | None, other: Sides | None) -> Sides | None:
    return (one or other) if one is None or other is None else one | other


class WordTable:
    """The words of the forms of one language, the forms given with the bits they raise where they stand."""

    def __init__(self, forms: Sequence[tuple[Forms, int]]) -> None:
        texts = (stem for some, _ in forms for stem in some.stems)
        uses = Counter(chain.from_iterable(map(set, map(str.split, texts))))
        # The words in order, the rarest first, then the longest; and which of them are written without spaces.
        self._rank = {word: place for place, word in enumerate(sorted(uses, key=lambda w: (uses[w], -len(w), w)))}
        self._continuous = {word: script_of(word[-1]) in CONTINUOUS for word in uses}
        self._numbers: dict[str, int] = {}
        self._pairs: dict[tuple[str, str], _Pair] = {}
        self._bits: dict[_Written, int] = {}
        self._firsts: dict[_Written, dict[_Pair, None]] = {}
        self._seconds: dict[_Written, dict[_Pair, None]] = {}
        for some, bits in forms:
            self._enter(some, bits)
        #: Every word of the forms.
        self.words: WordBits = {key: self._told(key, bits) for key, bits in self._bits.items()}
        del self._rank, self._continuous, self._numbers, self._pairs, self._bits, self._firsts, self._seconds

    def _enter(self, some: Forms, bits: int) -> None:
        there, alone, pairs = self._spots(some.stems)
        hanging = frozenset(some.prefixes), frozenset(some.suffixes)
        for spot in there:
            self._bits.setdefault(_written(spot, *hanging), PART)
        for spot in alone:
            self._bits[_written(spot, *hanging)] |= bits
        for rarer, beside, away in pairs:
            pair = self._pair(rarer[0], beside[0], away, bits)
            self._firsts.setdefault(_written(rarer, *hanging), {})[pair] = None
            self._seconds.setdefault(_written(beside, *hanging), {})[pair] = None

    def _spots(self, stems: Iterable[str]) -> tuple[Collection[_Spot], Collection[_Spot], Collection[_Pairing]]:
        """All words of some stems, those that tell one by themselves, and those that tell one together.

        Forms of one term have most of their words and pairs in common: each comes once.
        """
        there: dict[_Spot, None] = {}
        alone: dict[_Spot, None] = {}
        pairs: dict[_Pairing, None] = {}
        inside: set[str] = set()
        for stem in stems:
            words = stem.split()
            end = len(words) - 1
            inside.update(words[1:end])
            there[words[0], True, not end] = there[words[end], not end, True] = None
            telling = self._telling(words)
            if len(telling) > 1:
                for one, other in _places(words, *telling):
                    rarer = words[one], not one, one == end
                    pairs[rarer, (words[other], not other, other == end), other - one] = None
            else:
                alone |= {(word, not place, place == end): None for place, word in enumerate(words) if word in telling}
        return [*there, *((word, False, False) for word in sorted(inside))], alone, pairs

    def _pair(self, rarer: str, other: str, away: int, bits: int) -> _Pair:
        pair = self._pairs.get((rarer, other))
        if pair is None:
            # The rarer word numbers the pair, so that a common word beside it does not speak for others.
            number = self._numbers.setdefault(rarer, len(self._numbers)) % PAIRS
            pair = self._pairs[rarer, other] = _Pair(number)
        pair.classes |= bits
        pair.low = min(pair.low, away)
        pair.high = max(pair.high, away)
        return pair

    def _told(self, key: _Written, bits: int) -> tuple[int, Sides | None]:
        """What a word raises when all forms are entered."""
        firsts, seconds = self._firsts.get(key, ()), self._seconds.get(key, ())
        return bits, Sides(tuple(firsts), tuple(seconds)) if firsts or seconds else None

    def _telling(self, words: Sequence[str]) -> Sequence[str]:
        """The word, or the two, that tell a term: the rarest of those that are found wherever the term is.

        A term that ends in a script without spaces has no edges ("1 သိန်း" stands in "21 သိန်း"); a word with spaces
        around it would not be found there.
        """
        if len(words) == 1:
            return words
        found = set(words)
        if self._continuous[words[-1]]:
            found = {word for word in found if self._continuous[word]}
        return sorted(found, key=self._rank.__getitem__)[:2]


def _written(spot: _Spot, prefixes: frozenset[str], suffixes: frozenset[str]) -> _Written:
    word, begins, ends = spot
    return word, prefixes if begins else NO_AFFIX, suffixes if ends else NO_AFFIX


def _places(words: Sequence[str], one: str, other: str) -> Iterable[tuple[int, int]]:
    """The places of two words; where either stands more than once, all pairs of them."""
    if words.count(one) == words.count(other) == 1:
        return ((words.index(one), words.index(other)),)
    there = list(enumerate(words))
    return [(here, away) for here, word in there if word == one for away, beside in there if beside == other]
