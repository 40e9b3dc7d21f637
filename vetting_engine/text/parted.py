"""Words written letter by letter: ``h a t e``, ``h.a.t.e``, ``ባ ሪ ያ``, ``ကု လား``.

A letter is what readers see as one: with its vowel signs, conjuncts and closing consonants where a script has them.
Runs of at least three such letters are read as one word; of two where each is a syllable. A one-letter word may stand
beside the run (``they said h a t e a lot``): it is left out in turn at either end.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from operator import itemgetter
from typing import Final, NamedTuple

from vetting_engine.text import _generated_words
from vetting_engine.text.scripts import class_of, codes_of, letter_codes, script_of

__all__ = ["CONJUNCTIONS", "FEWEST_SYLLABLES", "ONE_LETTER_WORDS", "Parted", "Run", "has_run", "is_lone", "parted"]

#: Words of one letter in the languages written so: they may stand beside a run.
ONE_LETTER_WORDS: Final = frozenset("aeiouywавеежзикорсуяіїйوعفبل")
#: "And", "or" in the languages written so: beside a run mostly that, and no ending of the word in it.
CONJUNCTIONS: Final = frozenset("yeowиіو")
#: Signs that join consonants to one letter: Indic viramas, Burmese and Khmer stackers.
_VIRAMAS: Final = "\u094d\u09cd\u0a4d\u0acd\u0b4d\u0bcd\u0c4d\u0ccd\u0d4d\u0dca\u1039\u17d2"
_ASAT: Final = "\u103a"  # closes a Burmese syllable with the consonant before it
#: Scripts in which one letter is a syllable.
_SYLLABIC: Final = frozenset({
    "Ethi", "Deva", "Beng", "Guru", "Gujr", "Orya", "Taml", "Telu", "Knda", "Mlym", "Sinh", "Mymr", "Khmr", "Cans",
})  # fmt: skip
_FEWEST_LETTERS: Final = 3
_LINE: Final = 10
#: As many syllables are a word, in scripts of which a letter is one.
FEWEST_SYLLABLES: Final = 2


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """A run of parted letters; a gap in one; a word that may be a part of one, since a lone letter is at its edge."""
    marks = set(codes_of(_generated_words.MARK))
    letters = class_of(letter_codes() - marks)
    joined = class_of(marks - set(map(ord, _VIRAMAS)))
    unit = f"[{letters}][{joined}]*(?:[{_VIRAMAS}]+(?:[{letters}][{joined}]*)?|[{letters}]{_ASAT}[{joined}]*)*"
    word = f"0-9{letters}{joined}{_VIRAMAS}"
    # White space, punctuation, emoji: whatever no word is made of. Apostrophes stand in words.
    sign = f"[^{word}']"
    gap = f"{sign}{{1,3}}"
    ends = f"(?!'?[{word}])"  # a letter before an apostrophe begins a word (French "n'ont")
    run = re.compile(f"(?<![{word}]){unit}(?:{gap}{unit}{ends})+")
    lone = re.compile(f"^{sign}*{unit}{ends}|(?<![{word}]){unit}{sign}*$")
    return run, re.compile(gap), lone


def is_lone(word: str) -> bool:
    """Whether a folded word between white space may be part of a parted word."""
    return _patterns()[2].search(word) is not None


@dataclass(frozen=True, slots=True)
class Run:
    """Parted letters of one script that are read as one word: the gaps between them, the letters at the ends, and how
    many letters it takes at least.
    """

    gaps: tuple[tuple[int, int], ...]
    head: str
    tail: str
    fewest: int

    def joined(self, first: int, last: int) -> Sequence[tuple[int, int]]:
        """The gaps to close where ``first`` and ``last`` letters (0 or 1) at the ends are words of their own."""
        if (first and self.head not in ONE_LETTER_WORDS) or (last and self.tail not in ONE_LETTER_WORDS):
            return ()
        gaps = self.gaps[first : len(self.gaps) - last]
        return gaps if len(gaps) + 1 >= self.fewest else ()


def has_run(text: str) -> bool:
    """Whether two letters are parted anywhere."""
    return _patterns()[0].search(text) is not None


class Parted(NamedTuple):
    """The parted words of a text in order of place, and the gaps that stand between them and other lone letters."""

    words: list[Run]
    between: list[tuple[int, int]]


def parted(text: str) -> Iterator[Parted]:
    """The words of a folded text whose letters are parted, in every way they may be told from each other, the likeliest
    first. Linear.
    """
    run, gap, _ = _patterns()
    found: list[Parted] = []
    runs = [[place.span() for place in gap.finditer(text, *match.span())] for match in run.finditer(text)]
    for is_within in _WAYS:
        one = Parted([], [])
        for gaps in runs:
            within = [
                _is_one_script(text, start, end) and inside
                for (start, end), inside in zip(gaps, is_within([text[slice(*place)] for place in gaps]), strict=True)
            ]
            one.words.extend(_words(text, gaps, within))
            one.between.extend(place for place, inside in zip(gaps, within, strict=True) if not inside)
        if one not in found:
            found.append(one)
            yield one


def _words(text: str, gaps: Sequence[tuple[int, int]], within: Sequence[bool]) -> Iterator[Run]:
    """The words whose gaps are those ``within`` one, as far as they have letters enough."""
    for inside, some in groupby(zip(gaps, within, strict=True), itemgetter(1)):
        if inside:
            part = tuple(place for place, _ in some)
            fewest = FEWEST_SYLLABLES if script_of(text[part[0][1]]) in _SYLLABIC else _FEWEST_LETTERS
            if len(part) + 1 >= fewest:
                yield Run(part, text[part[0][0] - 1], text[part[-1][1]], fewest)


def _is_one_script(text: str, start: int, end: int) -> bool:
    return script_of(text[start - 1]) == script_of(text[end])


def _narrowest(gaps: Sequence[str]) -> Sequence[bool]:
    """``k i l l  t h e m``: words stand further from each other than their letters."""
    ranks = list(map(_rank, gaps))
    least = min(ranks)
    return [rank == least for rank in ranks]


def _on_one_line(gaps: Sequence[str]) -> Sequence[bool]:
    """``h a  t e``: spaces are as wide as they happen to be."""
    ranks = list(map(_rank, gaps))
    return [rank < _LINE for rank in ranks] if 0 < min(ranks) < _LINE else _narrowest(gaps)


def _commonest(gaps: Sequence[str]) -> Sequence[bool]:
    """``k i l l, t h e m`` and ``k. i. l. l t. h. e. m``: words are parted by something else than their letters."""
    ((usual, _),) = Counter(gaps).most_common(1)
    return [gap == usual for gap in gaps]


#: Which of the gaps of a run stand within a word.
_WAYS: Final[tuple[Callable[[Sequence[str]], Sequence[bool]], ...]] = (_narrowest, _on_one_line, _commonest)


def _rank(gap: str) -> int:
    """How wide a gap is to the eye: signs are narrower than a space, and a line break is wider than any spaces."""
    if not gap.isspace():
        return 0
    return len(gap) + (_LINE if "\n" in gap else 0)
