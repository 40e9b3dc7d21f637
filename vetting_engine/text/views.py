"""Other ways a text may be read: the tricks by which words are hidden from filters, one table entry each.

A view rewrites parts of a folded text (``k1ll`` as ``kill``, ``h a t e`` as ``hate``); terms found across a
rewritten part are reported with the name of the view and with their place in the folded text. Case, width,
accents, invisible characters and vowel points need no view: the fold sets them aside.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from vetting_engine.text import _generated_words
from vetting_engine.text.fold import Folded
from vetting_engine.text.parted import FEWEST_SYLLABLES, has_run, parted
from vetting_engine.text.reading import Edit, Reading, start_of
from vetting_engine.text.scripts import class_of, codes_of, letter_codes

__all__ = [
    "BETWEEN",
    "EMOJI",
    "OF_LETTERS",
    "PARTED",
    "PLAIN",
    "SPACED",
    "TURNED",
    "VIEWS",
    "WITHIN",
    "View",
    "for_cues",
    "humps",
    "is_turned",
    "readings",
]

PLAIN: Final = "plain"
SPACED: Final = "spaced"
#: As cues are looked for: ``#TheyAreScum`` as ``#They Are Scum``, ``n o t`` as ``not``. No term is told by it.
FOR_CUES: Final = "for_cues"
#: A term that is a sign and no word: read for what it stands for.
EMOJI: Final = "emoji"


@dataclass(frozen=True, slots=True)
class View:
    """One trick. ``trigger`` is asked first about a text: where it finds nothing there is no such reading.
    ``edits`` answers its readings, each as non-overlapping edits in order of place (none: nothing to read so).
    """

    name: str
    trigger: Callable[[Folded], object]
    edits: Callable[[Folded], Iterable[Sequence[Edit]]]


def _spaces(places: Iterable[int]) -> list[Edit]:
    return [Edit(place, place, " ") for place in places]


def for_cues(text: str, places: Iterable[int]) -> Reading:
    """A folded text in whole words: glued ones parted before each of the places, letters that are parted joined."""
    words, between = next(parted(text))
    # Where a letter is a syllable, words of one letter stand beside each other all the time.
    gaps = [Edit(*gap, "") for run in words if run.fewest > FEWEST_SYLLABLES for gap in run.gaps]
    # Lines and what stands after a point stay sentences of their own.
    gaps += [Edit(*gap, " ") for gap in between if not text[slice(*gap)].strip(" ")]
    inside = {place for gap in gaps for place in range(gap.start + 1, gap.end)}
    edits = [*_spaces(set(places) - inside), *gaps]
    return Reading(FOR_CUES, text, sorted(edits, key=start_of))


# leet: a digit or sign that stands for a letter, inside a word of Latin letters.
_LEET: Final = re.compile(r"[a-z0-9@$!|+€*]+")
_LEET_SIGN: Final = re.compile(r"[0-9@$!|+€](?=[a-z])|(?<=[a-z])[013457@$|+€]")
_LEET_LETTERS: Final = {"0": "o", "1": "i", "3": "e", "4": "a", "5": "s", "6": "g", "7": "t", "8": "b", "9": "g",
                        "@": "a", "$": "s", "!": "i", "|": "l", "+": "t", "€": "e"}  # fmt: skip
_LEET_OTHER: Final = {**_LEET_LETTERS, "1": "l", "|": "i", "!": "l"}

# confusable: letters of another script that look alike, inside one word; of some scripts, as a whole word too.
_ALIKE: Final = "\u0370-\u04ff\u0530-\u058f"
_CAPITALS_ALIKE: Final = "\u13a0-\u13f5\ua4d0-\ua4f7"  # Cherokee and Lisu
_MIXED: Final = re.compile(f"[a-z][{_ALIKE}]|[{_ALIKE}][a-z]|[{_CAPITALS_ALIKE}]")
_MIXED_WORD: Final = re.compile(f"[a-z{_ALIKE}{_CAPITALS_ALIKE}]+")
_TO_LATIN: Final = {"а": "a", "в": "b", "е": "e", "к": "k", "м": "m", "н": "h", "о": "o", "р": "p",
                    "с": "c", "т": "t", "у": "y", "х": "x", "і": "i", "ј": "j", "ѕ": "s", "ԁ": "d", "һ": "h", "ԛ": "q",
                    "ԝ": "w", "г": "r", "ӏ": "l", "α": "a", "β": "b", "γ": "y", "ε": "e", "η": "n", "ι": "i",
                    "κ": "k", "ν": "v", "ο": "o", "ρ": "p", "σ": "o", "τ": "t", "υ": "u", "χ": "x", "ω": "w",
                    "ϲ": "c", "ϳ": "j",
                    "օ": "o", "ս": "u", "ո": "n", "հ": "h", "ց": "g", "ք": "f", "զ": "q", "ա": "w", "յ": "j", "լ": "l",
                    "Ꭺ": "a", "Ᏼ": "b", "Ꮯ": "c", "Ꭰ": "d", "Ꭼ": "e", "Ꮐ": "g", "Ꮋ": "h", "Ꭵ": "i", "Ꭻ": "j", "Ꮶ": "k",
                    "Ꮮ": "l", "Ꮇ": "m", "Ꮲ": "p", "Ꮢ": "r", "Ꮪ": "s", "Ꭲ": "t", "Ꮩ": "v", "Ꮃ": "w", "Ꮍ": "y", "Ꮓ": "z",
                    "ꓮ": "a", "ꓐ": "b", "ꓚ": "c", "ꓓ": "d", "ꓰ": "e", "ꓝ": "f", "ꓖ": "g", "ꓧ": "h", "ꓲ": "i", "ꓙ": "j",
                    "ꓗ": "k", "ꓡ": "l", "ꓟ": "m", "ꓠ": "n", "ꓳ": "o", "ꓑ": "p", "ꓣ": "r", "ꓢ": "s", "ꓔ": "t", "ꓴ": "u",
                    "ꓦ": "v", "ꓪ": "w", "ꓫ": "x", "ꓬ": "y", "ꓜ": "z"}  # fmt: skip
_TO_CYRILLIC: Final = {"a": "а", "b": "в", "c": "с", "e": "е", "h": "н", "i": "і", "k": "к", "m": "м", "o": "о",
                       "p": "р", "t": "т", "x": "х", "y": "у", "u": "и", "n": "п", "r": "г"}  # fmt: skip

# arabic: a Latin letter or a digit in place of an Arabic letter, inside a word of Arabic letters.
_ARABIC: Final = "[\u0620-\u064a\u0671-\u06d3\u06ee-\u06ff\u0750-\u077f]"
_ARABIC_SIGN: Final = re.compile(f"(?<={_ARABIC})[0-9a-z]+|(?<![0-9a-z])[0-9a-z]+(?={_ARABIC})")
_ARABIC_LETTERS: Final = {"2": "ا", "3": "ع", "4": "ش", "5": "خ", "6": "ط", "7": "ح", "8": "غ", "9": "ص", "0": "و",
                          "1": "ا", "a": "ا", "b": "ب", "c": "ك", "d": "د", "e": "ي", "f": "ف", "g": "ج", "h": "ه",
                          "i": "ي", "j": "ج", "k": "ك", "l": "ل", "m": "م", "n": "ن", "o": "و", "p": "ب", "q": "ق",
                          "r": "ر", "s": "س", "t": "ت", "u": "و", "v": "ف", "w": "و", "x": "خ", "y": "ي",
                          "z": "ز"}  # fmt: skip
_ARABIC_OTHER: Final = {**_ARABIC_LETTERS, "2": "ق", "8": "ق", "9": "ق", "6": "ت", "g": "غ", "h": "ح", "s": "ص",
                        "t": "ط", "d": "ض"}  # fmt: skip

# repeats: the same letter, of any script, three times or more.
_REPEAT: Final = re.compile("([a-z\u00df-\u1fff\u2c00-\u2dff\u3040-\ud7ff])\\1\\1+")
# spacing: other signs or more than one space where a phrase has one space.
_TIES: Final = "_-\n\t\r#"
_OTHER_SIGNS: Final = "*/\\\\\u00b7\u2022\u2027\u30fb"
# regional: the letters that flags are made of, three or more on end.
_REGIONAL_FIRST: Final = 0x1F1E6
_REGIONAL: Final = re.compile("[\U0001f1e6-\U0001f1ff]{3,}")
# turned: what follows an override (right to left, left to right), up to where it ends.
_TURNED: Final = re.compile("[\u202d\u202e]+[^\u202c-\u202e\n]+")
# hashtag: capitals inside a tag begin words; read from the original, since the fold has no capitals.
_LONGEST_TAG: Final = 80


@cache
def _tag_patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """A tag; and a place in one where a word begins: before a capital or a number."""
    capitals = set(codes_of(_generated_words.CAPITAL))
    capital, other = class_of(capitals), class_of(letter_codes() - capitals)
    tag = re.compile(f"#[0-9{class_of(letter_codes())}]{{4,{_LONGEST_TAG}}}")
    after_small, before_small = f"(?<=[0-9{other}])(?=[{capital}])", f"(?<=[{capital}])(?=[{capital}][{other}])"
    return tag, re.compile(f"{after_small}|{before_small}|(?<=[{capital}{other}])(?=[0-9])")


@cache
def _sign_patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What stands between words in place of one space; and a sign or two inside a word."""
    letters = class_of(letter_codes())
    symbols = f"[{_OTHER_SIGNS}{class_of(set(codes_of(_generated_words.SYMBOL)))}]|[\U0001f000-\U0001faff]"
    tie = f"(?:[{re.escape(_TIES)}]|{symbols})"
    point = f"(?<=[{letters}])[.,:;](?=[{letters}])"
    spacing = re.compile(f"{point}| ?{tie}(?:{tie}| )*|  (?:{tie}| )*")
    return spacing, re.compile(f'(?<=[{letters}])(?:[-_.,:;!?"#]|{symbols}){{1,2}}(?=[{letters}])')


def _leet(folded: Folded) -> Iterator[Sequence[Edit]]:
    for letters in (_LEET_LETTERS, _LEET_OTHER):
        yield list(_leet_edits(folded.text, letters))


def _leet_edits(text: str, letters: dict[str, str]) -> Iterator[Edit]:
    for word in _LEET.finditer(text):
        written = word.group()
        if written.isalpha() or not any("a" <= char <= "z" for char in written):
            continue
        last = len(written.rstrip("!+*|"))  # signs at the end are punctuation
        for offset, char in enumerate(written[:last]):
            if char in letters:
                place = word.start() + offset
                yield Edit(place, place + 1, letters[char])


def _confusable(folded: Folded) -> Iterator[Sequence[Edit]]:
    for letters in (_TO_LATIN, _TO_CYRILLIC):
        yield [
            Edit(place, place + 1, letters[folded.text[place]])
            for word in _MIXED_WORD.finditer(folded.text)
            if _MIXED.search(word.group())
            for place in range(word.start(), word.end())
            if folded.text[place] in letters
        ]


def _arabic(folded: Folded) -> Iterator[Sequence[Edit]]:
    for letters in (_ARABIC_LETTERS, _ARABIC_OTHER):
        yield [
            Edit(place, place + 1, letters[folded.text[place]])
            for run in _ARABIC_SIGN.finditer(folded.text)
            for place in range(run.start(), run.end())
        ]


def _spaced(folded: Folded) -> Iterator[Sequence[Edit]]:
    """Joins parted letters, with one space between words; one-letter words (``a``, ``i``) at the ends of a run are left
    out by turns.
    """
    wide = list(_spacing_edits(folded.text))
    for words, between in parted(folded.text):
        gaps = {*between, *(gap for run in words for gap in run.gaps)}
        spaces = [Edit(*gap, " ") for gap in between if folded.text[slice(*gap)] != " "]
        spaces += _elsewhere(wide, gaps)
        for first, last in ((0, 0), (1, 0), (0, 1), (1, 1)):
            joined = [Edit(start, end, "") for run in words for start, end in run.joined(first, last)]
            yield sorted(joined + spaces, key=start_of) if joined else ()


def _elsewhere(edits: Iterable[Edit], gaps: Collection[tuple[int, int]]) -> Iterator[Edit]:
    """The edits that touch none of the gaps."""
    starts = sorted(gaps)
    for edit in edits:
        place = bisect_left(starts, (edit.end, 0)) - 1
        if place < 0 or starts[place][1] <= edit.start:
            yield edit


def _repeats(folded: Folded) -> Iterator[Sequence[Edit]]:
    for keep in (1, 2):
        yield [Edit(run.start(), run.end(), run.group(1) * keep) for run in _REPEAT.finditer(folded.text)]


def _spacing(folded: Folded) -> Iterator[Sequence[Edit]]:
    yield list(_spacing_edits(folded.text))


def _spacing_edits(text: str) -> Iterator[Edit]:
    """One space for what ties words together; for an emoji or another sign among spaces only where it comes again
    (``so 👏 many 👏 words``): one by itself mostly ends a sentence.
    """
    found = list(_sign_patterns()[0].finditer(text))
    signs = Counter(match.group().strip() for match in found)
    for match in found:
        sign = match.group()
        is_tie = not sign.strip(" " + _TIES)
        if is_tie or not (sign[0] == " " or sign[-1] == " ") or signs[sign.strip()] > 1:
            yield Edit(match.start(), match.end(), " ")


def _broken(folded: Folded) -> Iterator[Sequence[Edit]]:
    yield [Edit(match.start(), match.end(), "") for match in _sign_patterns()[1].finditer(folded.text)]


def _regional(folded: Folded) -> Iterator[Sequence[Edit]]:
    yield [
        Edit(place, place + 1, chr(ord("a") + ord(folded.text[place]) - _REGIONAL_FIRST))
        for run in _REGIONAL.finditer(folded.text)
        for place in range(run.start(), run.end())
    ]


def is_turned(original: str) -> bool:
    """Whether an override turns any of the letters around for whoever reads them."""
    return "\u202e" in original or "\u202d" in original


def _turned(folded: Folded) -> Iterator[Sequence[Edit]]:
    places = [(folded.position(run.start()), folded.position(run.end())) for run in _TURNED.finditer(folded.original)]
    yield [Edit(start, end, folded.text[start:end][::-1]) for start, end in places if start < end]


def humps(folded: Folded) -> Iterator[int]:
    """Where words begin inside the tags of a text (``#NoHateHere``), in order of place (folded)."""
    if "#" in folded.text:
        tags, humped = _tag_patterns()
        for tag in tags.finditer(folded.original):
            for hump in humped.finditer(folded.original, tag.start() + 2, tag.end()):
                yield folded.position(hump.start())


def _hashtags(folded: Folded) -> Iterator[Sequence[Edit]]:
    yield _spaces(humps(folded))


def _in_text(pattern: re.Pattern[str]) -> Callable[[Folded], object]:
    return lambda folded: pattern.search(folded.text)


#: Tricks inside one word, each seen in the word itself.
WITHIN: Final[tuple[View, ...]] = (
    View("hashtag", lambda folded: "#" in folded.text, _hashtags),
    View("leet", _in_text(_LEET_SIGN), _leet),
    View("confusable", _in_text(_MIXED), _confusable),
    View("arabic", _in_text(_ARABIC_SIGN), _arabic),
    View("repeats", _in_text(_REPEAT), _repeats),
    View("regional", _in_text(_REGIONAL), _regional),
    View("broken", lambda folded: _sign_patterns()[1].search(folded.text), _broken),
)
#: Those of them that a word of letters a to z alone may show: all others need a sign, a digit or another script.
OF_LETTERS: Final[tuple[View, ...]] = tuple(view for view in WITHIN if view.name == "repeats")
#: Letters parted, by white space too.
PARTED: Final[tuple[View, ...]] = (View(SPACED, lambda folded: has_run(folded.text), _spaced),)
#: Letters in the order in which an override shows them.
TURNED: Final[tuple[View, ...]] = (View("turned", lambda folded: is_turned(folded.original), _turned),)
#: Words of a phrase parted by something else than one space.
BETWEEN: Final[tuple[View, ...]] = (View("spacing", lambda folded: _sign_patterns()[0].search(folded.text), _spacing),)
#: Every view, in the order they are tried. A new trick is one more entry.
VIEWS: Final[tuple[View, ...]] = (*BETWEEN, *WITHIN, *PARTED, *TURNED)


def readings(folded: Folded, views: Sequence[View] = VIEWS) -> Iterator[Reading]:
    """The readings of a text that differ from the plain one."""
    for view in views:
        if view.trigger(folded):
            for edits in view.edits(folded):
                if edits:
                    yield Reading(view.name, folded.text, edits)
