"""The gate before the scan: what a text may hold, told from its words one by one.

Texts are made of the same words again and again. What a word can be part of, in any reading, is found out once and
remembered; a text is then let through by looking its words up. The gate may raise too much, never too little: where a
term stands, so do the words that tell it (``words``). Whatever reaches over white space is looked at apart.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from functools import reduce
from itertools import pairwise
from operator import or_
from typing import Final

from vetting_engine.checks.content.figures import kinds_in_word
from vetting_engine.checks.content.group import Group, words_of
from vetting_engine.checks.content.kinds import TermKind
from vetting_engine.checks.content.words import FIRST, PAIRS, SCRIPTS_FROM, SECOND, Met, Sides
from vetting_engine.text.fold import folded
from vetting_engine.text.parted import is_lone
from vetting_engine.text.reading import Reading
from vetting_engine.text.remembered import LONGEST_KEPT, MOST_KEPT
from vetting_engine.text.scripts import is_word, scripts_among
from vetting_engine.text.views import OF_LETTERS, PARTED, TURNED, WITHIN, View, is_turned, readings

__all__ = ["FIGURED", "GUESSED", "VIEWED", "Gate"]

#: A word that a view within words reads otherwise, so that words of terms come out.
VIEWED: Final = 2
#: A word that may be a misspelt or glued word of a term.
GUESSED: Final = 4
#: A single letter at the edge of a word: it may belong to a parted word.
_LONE: Final = 8
#: Something of a figure.
FIGURED: Final = 16
#: Nothing but signs that part words: whatever stands before it and after it stands side by side.
_BLANK: Final = 32


class Gate(dict[str, int]):
    """Word → its bits, for the languages of some declared set; filled as words are met.

    Args:
        groups: the languages that apply, by script.
        figures: the bits that a word raises which a figure of the kind may have.
        pairs_from: the first bit of pairs of words.
    """

    def __init__(self, groups: Sequence[Group], figures: Mapping[TermKind, int], pairs_from: int) -> None:
        super().__init__()
        self._seconds_from, self._firsts_from = pairs_from, pairs_from + PAIRS
        #: What is told of a text: that a word alone may make a pair is not.
        self._kept = (1 << pairs_from) - 1 & ~(FIRST | SECOND)
        self._groups = [(group, 1 << SCRIPTS_FROM + number) for number, group in enumerate(groups)]
        self._figures = figures
        #: Words of terms without a letter of their script, for the scripts that were met: those of others complete no
        #: term, and the tables of all languages take seconds to make.
        self._foreign = words_of(())
        self._scripts: frozenset[str] = frozenset()
        self._is_new = False
        #: The pairs of the words that are of any.
        self._met: dict[str, Met] = {}

    def groups(self, bits: int) -> tuple[Group, ...]:
        """The languages that apply to a text with these bits, those of one script together."""
        return tuple(group for group, script in self._groups if bits & script)

    def look(self, text: str) -> int:
        """The bits of all words of a text, and of the phrases they may make. Linear in its length."""
        words = text.split()
        seen = list(map(self.__getitem__, words))
        if self._is_new:
            # A script was met for the first time: words before it may belong to its terms.
            self._is_new = False
            seen = list(map(self.__getitem__, words))
        bits = reduce(or_, seen, 0)
        told = self._paired(words, seen, bits)
        if bits & _LONE:
            near = [word for word in seen if not word & _BLANK] if bits & _BLANK else seen
            if any(one & _LONE & other for one, other in pairwise(near)):
                told |= self._across(text, PARTED)
        if is_turned(text):
            told |= self._across(text, TURNED)
        signs = [group.signs.look(text, words) for group, script in self._groups if bits & script]
        return reduce(or_, signs, (bits | told) & self._kept)

    def speaks_for(self, topic: str, text: str, start: int, end: int) -> bool | None:
        """Whether everyday words speak for what was found of a topic, in any script; None where no signs can tell."""
        scripts = scripts_among(folded(text).text)
        told = [group.signs.speaks_for(topic, text, start, end) for group, _ in self._groups if group.script in scripts]
        return True if True in told else False if False in told else None

    def narrates(self, text: str, start: int, end: int) -> bool:
        """Whether the sentences that hold ``[start, end)`` are worded as news is, in any script of theirs."""
        scripts = scripts_among(folded(text).text)
        return any(group.reports.tell(text, start, end) for group, _ in self._groups if group.script in scripts)

    def _paired(self, words: Sequence[str], seen: Sequence[int], bits: int) -> int:
        """The classes of the terms of which both telling words stand near enough to each other."""
        firsts, seconds = self._firsts_from, self._seconds_from
        both = bits & FIRST and bits >> firsts & bits >> seconds
        if not both:
            return 0
        wider = sum([each & _BLANK > 0 for each in seen])  # signs between words are no words of the phrase
        told, end = 0, len(words)
        for place, each in enumerate(seen):
            # Numbers as long as there are pairs are only made for words that have some.
            own = each & FIRST and each >> firsts & both
            if own:
                pairs = self._pairs_of(words[place])
                for there in range(max(0, place + pairs.low - wider), min(end, place + pairs.high + wider + 1)):
                    if seen[there] & SECOND and seen[there] >> seconds & own:
                        told |= pairs.told(self._pairs_of(words[there]), there - place, wider)
        return told

    def _pairs_of(self, word: str) -> Met:
        """The pairs of a word that is of some; worked out anew where it was not kept."""
        return self._met.get(word) or Met.of(self._told(word)[1] or Sides())

    def __missing__(self, word: str) -> int:
        bits, sides = self._told(word)
        if sides is not None:
            bits |= sides.bits << self._seconds_from | (FIRST if sides.firsts else 0) | (SECOND if sides.seconds else 0)
        if len(word) <= LONGEST_KEPT:
            if len(self) >= MOST_KEPT:
                self.clear()
                self._met.clear()
            self[word] = bits
            if sides is not None:
                self._met[word] = Met.of(sides)
        return bits

    def _across(self, text: str, views: Sequence[View]) -> int:
        """What comes out in views that reach over white space."""
        bits = VIEWED
        for reading in readings(folded(text), views):
            words = reading.text.split()
            seen = list(map(self.__getitem__, words))
            found = reduce(or_, seen, 0)
            bits |= found | self._paired(words, seen, found)
        return bits

    def _told(self, word: str) -> tuple[int, Sides | None]:
        """The bits and the sides of one word, in all its readings."""
        text = folded(word)
        scripts = scripts_among(text.text)
        self._meet(scripts)
        found = self._found(text.text, scripts)
        # Fresh words are mostly plain letters: what needs a sign or another script is not asked for them.
        plain = text.text.isascii() and text.text.isalpha()
        raised = 0
        for reading in readings(text, OF_LETTERS if plain else (*WITHIN, *PARTED)):
            shown = scripts_among(reading.text)
            found += [(bits | VIEWED, sides) for bits, sides in self._found(reading.text, shown, reading)]
            if shown - scripts:  # letters that were written as signs (flags for letters)
                raised |= reduce(or_, [own for group, own in self._groups if group.script in shown], 0)
        for group, own in self._groups:
            if group.script in scripts:
                raised |= own
                for _, reading in group.guesses(text):
                    raised |= GUESSED
                    found += self._found(reading.text, scripts_among(reading.text), reading)
        if is_lone(text.text):
            raised |= _LONE
        elif not any(map(is_word, text.text)):
            raised |= _BLANK
        for kind in kinds_in_word(text.text):
            raised |= self._figures[kind] | FIGURED
        sides = [sides for _, sides in found if sides is not None]
        return reduce(or_, [bits for bits, _ in found], raised), reduce(or_, sides) if sides else None

    def _meet(self, scripts: Collection[str]) -> None:
        """Let terms of scripts that were not met before count from now on; what was remembered is forgotten."""
        met = self._scripts.union(group.script for group, _ in self._groups if group.script in scripts)
        if met != self._scripts:
            self._scripts = met
            groups = [group for group, _ in self._groups if group.script in met]
            self._foreign = words_of(language.foreign_words for group in groups for language in group.languages)
            self.clear()
            self._met.clear()
            self._is_new = True

    def _found(
        self, text: str, scripts: Collection[str], reading: Reading | None = None
    ) -> list[tuple[int, Sides | None]]:
        """What the words of terms raise in a ``reading`` of a word, or in the plain one, of these scripts."""
        return [
            told[hit.key]
            for index, told in (self._foreign, *(group.words for group, _ in self._groups if group.script in scripts))
            for hit in index.find(text)
            if reading is None or reading.touched(hit.start, hit.end)
        ]
