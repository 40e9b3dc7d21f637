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

__all__ = ["CLASSES_FROM", "PAIRS", "PART", "SCRIPTS_FROM", "WordBits", "WordTable", "Written", "numbers_in"]

#: Raised by every word of a term of several words: a reading that shows it may complete the term.
PART: Final = 1
#: Bits from here on are scripts that have terms, in order of code; the lower ones are for the gate.
SCRIPTS_FROM: Final = 6
#: Bits from here on are classes of terms and figures; then come the second and the first words of pairs.
CLASSES_FROM: Final = 37
#: How many pairs of words are told from each other; more share their bits.
PAIRS: Final = 4_096
#: A word as it may stand in a text, with what may hang on it.
Written = tuple[str, frozenset[str], frozenset[str]]
#: Such words → the bits they raise.
WordBits = dict[Written, int]


class WordTable:
    """The words of the forms of one language, each form given with the bits it raises where it stands; pairs have their
    bits from ``first_bit`` on.
    """

    def __init__(self, forms: Sequence[tuple[Form, int]], first_bit: int) -> None:
        uses = Counter(word for form, _ in forms for word in set(form.stem.split(" ")))
        # The words in order, the rarest first, then the longest; and which of them are written without spaces.
        self._rank = {word: place for place, word in enumerate(sorted(uses, key=lambda w: (uses[w], -len(w), w)))}
        self._continuous = {word: script_of(word[-1]) in CONTINUOUS for word in uses}
        self._numbers: dict[str, int] = {}
        #: By number of a pair: the bits of the terms that it tells.
        self.pairs = [0] * PAIRS
        #: By number of a pair: how many words from one of the two to the other at most.
        self.reach = [0] * PAIRS
        #: Every word of the forms, with its bits.
        self.words: WordBits = {}
        # Bits of pairs are as long as there are pairs, so they are only put together when all are known.
        paired: dict[Written, set[int]] = {}
        for form, bits in forms:
            self._enter(form, bits, paired)
        for key, numbers in paired.items():
            self.words[key] |= _as_bits(numbers) << first_bit

    def _enter(self, form: Form, bits: int, paired: dict[Written, set[int]]) -> None:
        words = form.stem.split(" ")
        telling = self._telling(words)
        alone = telling[0] if len(telling) == 1 else None
        pair: dict[str, int] = {}
        if alone is None:
            # The rarer word numbers the pair, so that a common word beside it does not speak for others.
            number = self._numbers.setdefault(telling[0], len(self._numbers)) % PAIRS
            self.pairs[number] |= bits
            self.reach[number] = max(self.reach[number], _distance(words, *telling))
            pair = {telling[0]: number + PAIRS, telling[1]: number}
        last = len(words) - 1
        for place, word in enumerate(words):
            prefixes = frozenset(form.prefixes) if place == 0 else NO_AFFIX
            key = word, prefixes, frozenset(form.suffixes) if place == last else NO_AFFIX
            self.words[key] = self.words.get(key, PART) | (bits if word == alone else PART)
            if word in pair:
                paired.setdefault(key, set()).add(pair[word])

    def _telling(self, words: Sequence[str]) -> list[str]:
        """The word, or the two, that tell a term: the rarest of those whose edges are looked for as the term's are,
        which is where both are written with spaces or neither is.
        """
        if len(words) == 1:
            return [words[0]]
        alike = self._continuous[words[-1]]
        return sorted({word for word in words if self._continuous[word] is alike}, key=self._rank.__getitem__)[:2]


def _as_bits(numbers: Iterable[int]) -> int:
    bits = bytearray(2 * PAIRS // 8)
    for number in numbers:
        bits[number >> 3] |= 1 << (number & 7)
    return int.from_bytes(bits, "little")


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
