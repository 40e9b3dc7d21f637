"""The words of terms, one by one: which bits a word raises in the gate.

A term of one word is told by it. A term of several is told by the two of them that the fewest other terms have: where
the term stands, so do both, and mostly only there. Each such pair has two bits, one for the rarer word, one for the
other; the pair is there where both are raised, and no further from each other than in the term: words of a phrase
stand side by side in every reading.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from vetting_engine.text.scripts import CONTINUOUS, script_of
from vetting_engine.text.terms import NO_AFFIX, Form

__all__ = ["CLASSES_FROM", "PAIRS", "PART", "SCRIPTS_FROM", "WordBits", "WordTable", "numbers_in"]

#: Raised by every word of a term of several words: a reading that shows it may complete the term.
PART: Final = 1
#: Bits from here on are scripts that have terms, in order of code; the lower ones are for the gate.
SCRIPTS_FROM: Final = 6
#: Bits from here on are classes of terms and figures; then come the second and the first words of pairs.
CLASSES_FROM: Final = 37
#: How many pairs of words are told from each other; more share their bits.
PAIRS: Final = 4_096
#: A word as it may stand in a text, with what may hang on it → the bits it raises.
WordBits = dict[tuple[str, frozenset[str], frozenset[str]], int]


class WordTable:
    """The words of the forms of one language; pairs have their bits from ``first_bit`` on."""

    def __init__(self, forms: Iterable[Form], first_bit: int) -> None:
        uses = Counter(word for form in forms for word in set(form.stem.split(" ")))
        # The words in order, the rarest first, then the longest; and which of them are written without spaces.
        self._rank = {word: place for place, word in enumerate(sorted(uses, key=lambda w: (uses[w], -len(w), w)))}
        self._continuous = {word: script_of(word[-1]) in CONTINUOUS for word in uses}
        self._first_bit = first_bit
        self._numbers: dict[str, int] = {}
        self.words: WordBits = {}
        #: By number of a pair: the bits of the terms that it tells.
        self.pairs = [0] * PAIRS
        #: By number of a pair: how many words from one of the two to the other at most.
        self.reach = [0] * PAIRS

    def add(self, form: Form, bits: int) -> None:
        """Enter the words of a form that raises ``bits`` where it stands."""
        words = form.stem.split(" ")
        # Edges are looked for alike in a form and in one of its words only where both are written with spaces, or
        # neither is.
        alike = self._continuous[words[-1]]
        fitting = {word for word in words if self._continuous[word] is alike}
        telling = sorted(fitting, key=self._rank.__getitem__)[:2]
        raised = dict.fromkeys(words, PART)
        if len(telling) == 1:
            raised[telling[0]] |= bits
        else:
            # The rarer word numbers the pair, so that a common word beside it does not speak for others.
            number = self._numbers.setdefault(telling[0], len(self._numbers)) % PAIRS
            self.pairs[number] |= bits
            self.reach[number] = max(self.reach[number], _distance(words, *telling))
            raised[telling[0]] |= 1 << self._first_bit + PAIRS + number
            raised[telling[1]] |= 1 << self._first_bit + number
        for place, word in enumerate(words):
            prefixes = frozenset(form.prefixes) if place == 0 else NO_AFFIX
            suffixes = frozenset(form.suffixes) if place == len(words) - 1 else NO_AFFIX
            key = word, prefixes, suffixes
            self.words[key] = self.words.get(key, 0) | raised[word]


def numbers_in(bits: int) -> Iterator[int]:
    """The places of the bits that are set, from the highest on."""
    while bits:
        number = bits.bit_length() - 1
        bits ^= 1 << number
        yield number


def _distance(words: Sequence[str], one: str, other: str) -> int:
    """How many words from one to the other, where they stand nearest."""
    if len(set(words)) == len(words):
        return abs(words.index(one) - words.index(other))
    firsts = [place for place, word in enumerate(words) if word == one]
    return min(abs(place - first) for place, word in enumerate(words) if word == other for first in firsts)
