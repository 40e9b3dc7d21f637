"""Other ways a text may be read: the tricks by which words are hidden from filters, one table entry each.

A view rewrites parts of a folded text (``k1ll`` as ``kill``, ``h a t e`` as ``hate``); terms found across a
rewritten part are reported with the name of the view and with their place in the folded text. Case, width,
accents, invisible characters and vowel points need no view: the fold sets them aside.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from operator import attrgetter
from typing import Final

from vetting_engine.text import _generated_words
from vetting_engine.text.fold import Folded
from vetting_engine.text.parted import has_run, runs
from vetting_engine.text.scripts import class_of, codes_of

__all__ = [
    "BETWEEN",
    "EMOJI",
    "OF_LETTERS",
    "PARTED",
    "PLAIN",
    "SPACED",
    "VIEWS",
    "WITHIN",
    "Edit",
    "Reading",
    "View",
    "apart",
    "humps",
    "readings",
]

PLAIN: Final = "plain"
SPACED: Final = "spaced"
#: Glued words parted, as cues are looked for: ``#TheyAreScum`` as ``#They Are Scum``. No term is told by it.
APART: Final = "apart"
#: A term that is a sign and no word: read for what it stands for.
EMOJI: Final = "emoji"


@dataclass(frozen=True, slots=True)
class Edit:
    """Folded ``[start, end)`` is read as ``text`` instead; an empty span inserts."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class View:
    """One trick. ``trigger`` is asked first about a folded text: where it finds nothing there is no such reading.
    ``edits`` answers its readings, each as non-overlapping edits in order of place (none: nothing to read so).
    """

    name: str
    trigger: Callable[[str], object]
    edits: Callable[[Folded], Iterable[Sequence[Edit]]]


class Reading:
    """A text as one view reads it, with the way back to the folded text."""

    __slots__ = ("_edits", "_starts", "name", "text")

    def __init__(self, name: str, plain: str, edits: Sequence[Edit]) -> None:
        parts: list[str] = []
        starts: list[int] = []  # where each edit begins in the new text
        here = length = 0
        for edit in edits:
            parts += (plain[here : edit.start], edit.text)
            length += edit.start - here
            starts.append(length)
            length += len(edit.text)
            here = edit.end
        parts.append(plain[here:])
        self.name = name
        self.text = "".join(parts)
        self._edits = edits
        self._starts = starts

    def touched(self, start: int, end: int) -> bool:
        """Whether ``[start, end)`` of this reading holds anything that was rewritten."""
        place = bisect_right(self._starts, end) - 1
        while place >= 0:
            edit, begins = self._edits[place], self._starts[place]
            if begins + len(edit.text) < start:
                return False
            if begins < end and start < begins + max(1, len(edit.text)):
                return True
            if not edit.text and start <= begins <= end:
                return True
            if edit.start == edit.end and begins in (start - 1, end):  # a space was put before or after it
                return True
            place -= 1
        return False

    @property
    def breaks(self) -> list[int]:
        """The folded places before which this reading puts a space."""
        return [edit.start for edit in self._edits if edit.start == edit.end and edit.text.isspace()]

    def there(self, start: int, end: int) -> tuple[int, int]:
        """Where the folded ``[start, end)`` stands in this reading, which only puts spaces in: those at its edges are
        left outside.
        """
        before = bisect_right(self._edits, start, key=_start_of)
        return start + before, end + bisect_left(self._edits, end, key=_start_of)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The folded ``[start, end)`` of a place in this reading; a rewritten part counts as a whole."""
        first, _ = self._place(start)
        _, last = self._place(end - 1)
        return first, last

    def _place(self, position: int) -> tuple[int, int]:
        place = bisect_right(self._starts, position) - 1
        if place < 0:
            return position, position + 1
        # Several edits may begin at one place: the last one that has text there holds the character.
        edit, begins = self._edits[place], self._starts[place]
        if position < begins + len(edit.text):
            return edit.start, edit.end
        moved = edit.end + position - begins - len(edit.text)
        return moved, moved + 1


_start_of: Final = attrgetter("start")


def _spaces(places: Iterable[int]) -> list[Edit]:
    return [Edit(place, place, " ") for place in places]


def apart(text: str, places: Iterable[int]) -> Reading:
    """A folded text with a space put before each of the places: glued words parted."""
    return Reading(APART, text, _spaces(sorted(set(places))))


# leet: a digit or sign that stands for a letter, inside a word of Latin letters.
_LEET: Final = re.compile(r"[a-z0-9@$!|+€*]+")
_LEET_SIGN: Final = re.compile(r"[0-9@$!|+€](?=[a-z])|(?<=[a-z])[013457@$|+€]")
_LEET_LETTERS: Final = {"0": "o", "1": "i", "3": "e", "4": "a", "5": "s", "6": "g", "7": "t", "8": "b", "9": "g",
                        "@": "a", "$": "s", "!": "i", "|": "l", "+": "t", "€": "e"}  # fmt: skip
_LEET_OTHER: Final = {**_LEET_LETTERS, "1": "l", "|": "i", "!": "l"}

# confusable: letters of another script that look alike, inside one word.
_MIXED: Final = re.compile("[a-z][\u0370-\u04ff]|[\u0370-\u04ff][a-z]")
_MIXED_WORD: Final = re.compile("[a-z\u0370-\u04ff]+")
_TO_LATIN: Final = {"а": "a", "в": "b", "е": "e", "к": "k", "м": "m", "н": "h", "о": "o", "р": "p",
                    "с": "c", "т": "t", "у": "y", "х": "x", "і": "i", "ј": "j", "ѕ": "s", "ԁ": "d", "һ": "h", "ԛ": "q",
                    "ԝ": "w", "г": "r", "ӏ": "l", "α": "a", "β": "b", "γ": "y", "ε": "e", "η": "n", "ι": "i",
                    "κ": "k", "ν": "v", "ο": "o", "ρ": "p", "σ": "o", "τ": "t", "υ": "u", "χ": "x", "ω": "w",
                    "ϲ": "c", "ϳ": "j"}  # fmt: skip
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
_SPACING: Final = re.compile(r" ?[_\-\n\t\r][ _\-\n\t\r]*|  [ _\-\n\t\r]*")
# hashtag: capitals inside a tag begin words; read from the original, since the fold has no capitals.
_LONGEST_TAG: Final = 80


@cache
def _tag_patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """A tag; and a place in one where a word begins: before a capital or a number."""
    words = set(codes_of(_generated_words.WORD))
    capitals = set(codes_of(_generated_words.CAPITAL))
    digits = set(range(ord("0"), ord("9") + 1))
    capital, other = class_of(capitals), class_of(words - capitals - digits)
    tag = re.compile(f"#[{class_of(words)}]{{4,{_LONGEST_TAG}}}")
    after_small, before_small = f"(?<=[0-9{other}])(?=[{capital}])", f"(?<=[{capital}])(?=[{capital}][{other}])"
    return tag, re.compile(f"{after_small}|{before_small}|(?<=[{capital}{other}])(?=[0-9])")


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
    """Joins parted letters; one-letter words (``a``, ``i``) at the ends of a run are left out by turns."""
    words = runs(folded.text)
    evenly = runs(folded.text, wide=False)
    for found in (words, evenly) if words != evenly else (words,):
        for first, last in ((0, 0), (1, 0), (0, 1), (1, 1)):
            yield [Edit(start, end, "") for run in found for start, end in run.joined(first, last)]


def _repeats(folded: Folded) -> Iterator[Sequence[Edit]]:
    for keep in (1, 2):
        yield [Edit(run.start(), run.end(), run.group(1) * keep) for run in _REPEAT.finditer(folded.text)]


def _spacing(folded: Folded) -> Iterator[Sequence[Edit]]:
    yield [Edit(run.start(), run.end(), " ") for run in _SPACING.finditer(folded.text)]


def humps(folded: Folded) -> Iterator[int]:
    """Where words begin inside the tags of a text (``#NoHateHere``), in order of place (folded)."""
    if "#" in folded.text:
        tags, humped = _tag_patterns()
        for tag in tags.finditer(folded.original):
            for hump in humped.finditer(folded.original, tag.start() + 2, tag.end()):
                yield folded.position(hump.start())


def _hashtags(folded: Folded) -> Iterator[Sequence[Edit]]:
    yield _spaces(humps(folded))


#: Tricks inside one word, each seen in the word itself.
WITHIN: Final[tuple[View, ...]] = (
    View("hashtag", re.compile("#").search, _hashtags),
    View("leet", _LEET_SIGN.search, _leet),
    View("confusable", _MIXED.search, _confusable),
    View("arabic", _ARABIC_SIGN.search, _arabic),
    View("repeats", _REPEAT.search, _repeats),
)
#: Those of them that a word of letters a to z alone may show: all others need a sign, a digit or another script.
OF_LETTERS: Final[tuple[View, ...]] = tuple(view for view in WITHIN if view.name == "repeats")
#: Letters parted, by white space too.
PARTED: Final[tuple[View, ...]] = (View(SPACED, has_run, _spaced),)
#: Words of a phrase parted by something else than one space.
BETWEEN: Final[tuple[View, ...]] = (View("spacing", _SPACING.search, _spacing),)
#: Every view, in the order they are tried. A new trick is one more entry.
VIEWS: Final[tuple[View, ...]] = (*BETWEEN, *WITHIN, *PARTED)


def readings(folded: Folded, views: Sequence[View] = VIEWS) -> Iterator[Reading]:
    """The readings of a text that differ from the plain one."""
    for view in views:
        if view.trigger(folded.text):
            for edits in view.edits(folded):
                if edits:
                    yield Reading(view.name, folded.text, edits)
