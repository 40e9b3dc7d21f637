"""Words written letter by letter: ``h a t e``, ``h.a.t.e``, ``ባ ሪ ያ``, ``ကု လား``.

A letter is what readers see as one: with its vowel signs, conjuncts and closing consonants where a script has them.
Runs of at least three such letters are read as one word; of two where each is a syllable. A one-letter word may stand
beside the run (``they said h a t e a lot``): it is left out in turn at either end.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from vetting_engine.text import _generated_words
from vetting_engine.text.scripts import class_of, codes_of, script_of

__all__ = ["CONJUNCTIONS", "ONE_LETTER_WORDS", "SIGNS", "Run", "has_run", "is_lone", "runs"]

#: Words of one letter in the languages written so: they may stand beside a run.
ONE_LETTER_WORDS: Final = frozenset("aeiouywавеежзикорсуяіїйوعفبل")
#: "And", "or" in the languages written so: beside a run mostly that, and no ending of the word in it.
CONJUNCTIONS: Final = frozenset("yeowиіو")
#: White space and signs that letters of one word, or words of one phrase, may be parted by.
SIGNS: Final = " \n\r\t.,*_~/|+=:;\u00b7\u2022\u2027\u2219\u22c5\u30fb-"
_SIGNS: Final = f"[{SIGNS}]"
_GAP: Final = f"{_SIGNS}{{1,3}}"
#: Signs that join consonants to one letter: Indic viramas, Burmese and Khmer stackers.
_VIRAMAS: Final = "\u094d\u09cd\u0a4d\u0acd\u0b4d\u0bcd\u0c4d\u0ccd\u0d4d\u0dca\u1039\u17d2"
_ASAT: Final = "\u103a"  # closes a Burmese syllable with the consonant before it
#: Scripts in which one letter is a syllable.
_SYLLABIC: Final = frozenset({
    "Ethi", "Deva", "Beng", "Guru", "Gujr", "Orya", "Taml", "Telu", "Knda", "Mlym", "Sinh", "Mymr", "Khmr", "Cans",
})  # fmt: skip
_FEWEST_LETTERS: Final = 3
_LINE: Final = 10
_FEWEST_SYLLABLES: Final = 2


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """A run of parted letters; a gap in one; a word that may be a part of one, since a lone letter is at its edge."""
    marks = set(codes_of(_generated_words.MARK))
    letters = class_of(set(codes_of(_generated_words.WORD)) - marks - set(range(ord("0"), ord("9") + 1)))
    joined = class_of(marks - set(map(ord, _VIRAMAS)))
    unit = f"[{letters}][{joined}]*(?:[{_VIRAMAS}]+(?:[{letters}][{joined}]*)?|[{letters}]{_ASAT}[{joined}]*)*"
    word = f"0-9{letters}{joined}{_VIRAMAS}"
    ends = f"(?!'?[{word}])"  # a letter before an apostrophe begins a word (French "n'ont")
    run = re.compile(f"(?<![{word}]){unit}(?:{_GAP}{unit}{ends})+")
    lone = re.compile(f"^{_SIGNS}*{unit}{ends}|(?<![{word}]){unit}{_SIGNS}*$")
    return run, re.compile(_GAP), lone


def is_lone(word: str) -> bool:
    """Whether a folded word between white space may be part of a parted word."""
    return _patterns()[2].search(word) is not None


@dataclass(frozen=True, slots=True)
class Run:
    """Parted letters of one script that are read as one word: the gaps between them, and the letters at the ends."""

    gaps: tuple[tuple[int, int], ...]
    head: str
    tail: str

    def joined(self, first: int, last: int) -> Sequence[tuple[int, int]]:
        """The gaps to close where ``first`` and ``last`` letters (0 or 1) at the ends are words of their own."""
        if (first and self.head not in ONE_LETTER_WORDS) or (last and self.tail not in ONE_LETTER_WORDS):
            return ()
        return self.gaps[first : len(self.gaps) - last]


def has_run(text: str) -> bool:
    """Whether two letters are parted anywhere."""
    return _patterns()[0].search(text) is not None


def runs(text: str, *, wide: bool = True) -> list[Run]:
    """The runs of parted letters in a folded text, in order of place. Linear.

    ``wide``: whether spaces that are wider than elsewhere in a run part words.
    """
    run, gap, _ = _patterns()
    found = []
    for match in run.finditer(text):
        gaps = [place.span() for place in gap.finditer(text, *match.span())]
        ranks = [_rank(text[start:end]) for start, end in gaps]
        narrow = min(ranks)
        if not wide and 0 < narrow < _LINE:
            narrow = _LINE - 1
        for part in _of_one_word(text, gaps, narrow):
            first = text[part[0][0] - 1]
            fewest = _FEWEST_SYLLABLES if script_of(text[part[0][1]]) in _SYLLABIC else _FEWEST_LETTERS
            if len(part) + 1 >= fewest:
                found.append(Run(tuple(part), first, text[part[-1][1]]))
    return found


def _rank(gap: str) -> int:
    """How wide a gap is to the eye: signs are narrower than a space, and a line break is wider than any spaces."""
    if not gap.isspace():
        return 0
    return len(gap) + (_LINE if "\n" in gap else 0)


def _of_one_word(text: str, gaps: Sequence[tuple[int, int]], narrow: int) -> Iterator[list[tuple[int, int]]]:
    """Gaps between letters of one word; no word has letters of two scripts, or gaps wider than ``narrow``."""
    part: list[tuple[int, int]] = []
    for start, end in gaps:
        if _rank(text[start:end]) > narrow or script_of(text[start - 1]) != script_of(text[end]):
            if part:
                yield part
            part = []
        else:
            part.append((start, end))
    if part:
        yield part
