"""The gate before the scan: what a text may hold, told from its words one by one.

Texts are made of the same words again and again. What a word can be part of, in any reading, is found out once and
remembered; a text is then let through by looking its words up. The gate may raise too much, never too little: where a
term stands, so do the words that tell it (``words``). Whatever reaches over white space is looked at apart.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import reduce
from itertools import chain, pairwise
from operator import or_
from typing import Final

from vetting_engine.checks.content.group import Group, words_of
from vetting_engine.checks.content.words import PAIRS, SCRIPTS_FROM, numbers_in
from vetting_engine.text.fold import Folded, folded
from vetting_engine.text.parted import SIGNS, is_lone
from vetting_engine.text.scripts import scripts_among
from vetting_engine.text.views import OF_LETTERS, PARTED, WITHIN, Reading, readings

__all__ = ["FIGURED", "GUESSED", "VIEWED", "Gate"]

#: A word that a view within words reads otherwise, so that words of terms come out.
VIEWED: Final = 2
#: A word that may be a misspelt or glued word of a term.
GUESSED: Final = 4
#: A single letter at the edge of a word: it may belong to a parted word.
_LONE: Final = 8
#: A sign that every figure has one of.
FIGURED: Final = 16
#: Nothing but signs that part words: whatever stands before it and after it stands side by side.
_BLANK: Final = 32

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
        #: Sign → the bits of the figures that may have it.
        self._signs = {sign: bits | FIGURED for signs, bits in figures for sign in signs}
        self._foreign = words_of(language.foreign_words for group in groups for language in group.languages)

    def groups(self, bits: int) -> tuple[Group, ...]:
        """The languages that apply to a text with these bits, those of one script together."""
        return tuple(group for group, script in self._groups if bits & script)

    def look(self, text: str, worth: Callable[[int], object] | None = None) -> int:
        """The bits of all words of a text. Linear in its length.

        ``worth``: whether a text with these bits is read on. Phrases are looked at closer where that settles it; where
        it does not, bits of phrases that are not there may be among the answer.
        """
        words = list(map(self.__getitem__, text.split()))
        bits = reduce(or_, words, 0)
        if bits & _BLANK:
            words = _without_blanks(words)
        joined = bits & _LONE and any(one & _LONE & other for one, other in pairwise(words))
        if joined:
            bits |= self._across(text)
        firsts = bits >> self._pairs_from + PAIRS
        if firsts:
            both = firsts & bits >> self._pairs_from
            bits &= self._no_pairs
            if both:
                groups = [group for group in self.groups(bits) if group.languages]
                told = _told(groups, both)
                # Words that parted letters are joined to stand nowhere: there, both are enough.
                if not joined and (worth is None or (worth(bits | told) and not worth(bits))):
                    told = _told(groups, self._near(groups, both, words))
                bits |= told
            return bits
        return bits & self._no_pairs

    def _near(self, groups: Sequence[Group], both: int, words: Sequence[int]) -> int:
        """The pairs, among those of which ``both`` words are there, whose words stand near enough to each other."""
        far = both
        for place, word in enumerate(words):
            firsts = word >> self._pairs_from + PAIRS
            # Most words are the first of no pair: numbers as long as all pairs are only made for those that are.
            for number in numbers_in(firsts & far) if firsts else ():
                reach = max((group.reach[number] for group in groups), default=0)
                second = 1 << self._pairs_from + number
                if any(other & second for other in words[max(0, place - reach) : place + reach + 1]):
                    far ^= 1 << number
        return both ^ far

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
        # Fresh words are mostly plain letters: what needs a sign or another script is not asked for them.
        plain = text.text.isascii() and text.text.isalpha()
        for reading in readings(text, OF_LETTERS if plain else (*WITHIN, *PARTED)):
            found = self._found(reading.text, reading)
            bits |= found | VIEWED if found else 0
        scripts = scripts_among(text.text)
        for group, own in self._groups:
            if group.script in scripts:
                bits |= own | self._guessed(text, group)
        if is_lone(text.text):
            bits |= _LONE
        elif not text.text.strip(SIGNS):
            bits |= _BLANK
        for sign in self._signs.keys() & set(text.text):
            bits |= self._signs[sign]
        return bits

    def _guessed(self, text: Folded, group: Group) -> int:
        bits = 0
        for _, reading in group.guesses(text):
            bits |= self._found(reading.text, reading) | GUESSED
        return bits

    def _found(self, text: str, reading: Reading | None) -> int:
        scripts = scripts_among(text)
        found = 0
        for index, bits in (self._foreign, *(group.words for group, _ in self._groups if group.script in scripts)):
            for hit in index.find(text):
                if reading is None or reading.touched(hit.start, hit.end):
                    found |= bits[hit.key]
        return found


def _without_blanks(words: Iterable[int]) -> list[int]:
    """The bits of words, those of signs between them with the word before."""
    places: list[int] = []
    for word in words:
        if word & _BLANK and places:
            places[-1] |= word
        else:
            places.append(word)
    return places


def _told(groups: Iterable[Group], pairs: int) -> int:
    """The classes of the terms that the pairs of words tell."""
    told = 0
    for number in numbers_in(pairs):
        for group in groups:
            told |= group.pairs[number]
    return told
