"""The gate before the scan: what a text may hold, told from its words one by one.

Texts are made of the same words again and again. What a word can be part of, in any reading, is found out once and
remembered; a text is then let through by looking its words up. The gate may raise too much, never too little: where a
term stands, so do the words that tell it (``words``). Whatever reaches over white space is looked at apart.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from itertools import chain, pairwise
from operator import or_
from typing import Final

from vetting_engine.checks.content.group import Group
from vetting_engine.checks.content.words import PAIRS, SCRIPTS_FROM
from vetting_engine.text.fold import Folded, folded
from vetting_engine.text.parted import is_lone
from vetting_engine.text.scripts import scripts_in
from vetting_engine.text.views import PARTED, WITHIN, Reading, readings

__all__ = ["FIGURED", "GUESSED", "VIEWED", "Gate"]

#: A word that a view within words reads otherwise, so that words of terms come out.
VIEWED: Final = 2
#: A word that may be a misspelt or glued word of a term.
GUESSED: Final = 4
#: A single letter at the edge of a word: it may belong to a parted word.
_LONE: Final = 8
#: A sign that every figure has one of.
FIGURED: Final = 16

#: Longer words are addresses and noise, and are not met again.
_LONGEST_KEPT: Final = 48
#: Different words kept per set of languages; a burst of more empties the memory.
_MOST_KEPT: Final = 60_000


class Gate(dict[str, int]):
    """Word → its bits, for the languages of some declared set; filled as words are met.

    Args:
        groups: the languages that apply, by script.
        figures: the bits that a word with any of the signs may raise by its figures.
        pairs_from: the first bit of pairs of words.
    """

    def __init__(self, groups: Sequence[Group], figures: Sequence[tuple[str, int]], pairs_from: int) -> None:
        super().__init__()
        self._pairs_from = pairs_from
        self._no_pairs = (1 << pairs_from) - 1
        self._groups = [(group, 1 << SCRIPTS_FROM + number) for number, group in enumerate(groups)]
        self._figures = figures

    def groups(self, bits: int) -> tuple[Group, ...]:
        """The languages that apply to a text with these bits, those of one script together."""
        return tuple(group for group, script in self._groups if bits & script)

    def look(self, text: str) -> int:
        """The bits of all words of a text. Linear in its length."""
        words = text.split()
        bits = reduce(or_, map(self.__getitem__, words), 0)
        if bits & _LONE and any(self[one] & self[other] & _LONE for one, other in pairwise(words)):
            bits |= self._across(text)
        firsts = bits >> self._pairs_from + PAIRS
        if firsts:
            both = firsts & bits >> self._pairs_from
            bits &= self._no_pairs
            if both:
                bits |= self._told(both, bits)
            return bits
        return bits & self._no_pairs

    def _told(self, both: int, bits: int) -> int:
        """The classes of the terms whose pairs of words are there."""
        # A script that a declared language is written in may have no terms at all.
        tables = [group.pairs for group in self.groups(bits) if group.languages]
        told = 0
        while both:
            number = both.bit_length() - 1
            both ^= 1 << number
            told |= reduce(or_, (table[number] for table in tables), 0)
        return told

    def __missing__(self, word: str) -> int:
        bits = self._bits(word)
        if len(word) <= _LONGEST_KEPT:
            if len(self) >= _MOST_KEPT:
                self.clear()
            self[word] = bits
        return bits

    def _across(self, text: str) -> int:
        """What comes out where parted letters are joined over white space."""
        joined = chain.from_iterable(reading.text.split() for reading in readings(folded(text), PARTED))
        return reduce(or_, map(self.__getitem__, set(joined)), VIEWED)

    def _bits(self, word: str) -> int:
        text = folded(word)
        bits = self._found(text.text, None)
        for reading in readings(text, (*WITHIN, *PARTED)):
            found = self._found(reading.text, reading)
            bits |= found | VIEWED if found else 0
        scripts = scripts_in(text.text)
        for group, own in self._groups:
            if group.script in scripts:
                bits |= own | self._guessed(text, group)
        if is_lone(text.text):
            bits |= _LONE
        for signs, figures in self._figures:
            if any(sign in text.text for sign in signs):
                bits |= figures | FIGURED
        return bits

    def _guessed(self, text: Folded, group: Group) -> int:
        bits = 0
        for language in group.languages:
            others = [other.spelling for other in group.languages if other is not language]
            for reading in language.spelling.readings(text, others):
                bits |= self._found(reading.text, reading) | GUESSED
        return bits

    def _found(self, text: str, reading: Reading | None) -> int:
        scripts = scripts_in(text)
        return reduce(
            or_,
            (
                bits
                for group, _ in self._groups
                for hit, bits in group.word_hits(text, scripts)
                if reading is None or reading.touched(hit.start, hit.end)
            ),
            0,
        )
