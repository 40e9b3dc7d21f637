"""Where sentences and quoted passages begin and end in a folded text."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from vetting_engine.text.scripts import is_word

__all__ = ["MAX_SENTENCE", "Sentences", "is_last", "quotations"]

#: Ends of sentences: Latin, Arabic, Urdu, Ethiopic, Burmese, Devanagari, Khmer, CJK; and the line break.
_END: Final = re.compile("[.!?\u061f\u06d4\u1362\u1367\u1368\u104b\u0964\u0965\u17d4\u3002]+[\"')\\]]*|\\n+")
#: A line of at most so many words and characters goes on in the next one, if that is as short: words set one below the
#: other. A line that begins with a tag or a name does not.
_SHORT_WORDS: Final = 2
_SHORT_CHARS: Final = 24
#: A passage longer than this between two quotation marks is taken for two unrelated marks.
MAX_QUOTATION: Final = 600
#: Text without any full stop is cut into pieces of this length, so that work per sentence stays bounded.
MAX_SENTENCE: Final = 1_000
_MARK: Final = re.compile("\"|'|\n")


class Sentences:
    """The sentences of one folded text, by index. White space between them belongs to the one before."""

    __slots__ = ("_starts", "_stop")

    def __init__(self, text: str) -> None:
        starts = [0]
        for match in _END.finditer(text):
            if match.end() < len(text) and text[match.end()] not in " \n\t\r" and match.group()[-1] != "\n":
                continue  # a point inside a number, an address or an abbreviation
            if match.group() == "\n" and _goes_on(text, match.start()):
                continue
            _cut(starts, match.end())
            if match.end() < len(text):
                starts.append(match.end())
        _cut(starts, len(text))
        self._starts = starts
        self._stop = len(text)

    def index(self, place: int) -> int:
        """The number of the sentence that holds the folded position, counted from 0."""
        return bisect_right(self._starts, place) - 1

    def __iter__(self) -> Iterator[tuple[int, int]]:
        """Folded ``[start, end)`` of each sentence, in order."""
        return pairwise((*self._starts, self._stop))

    def bounds(self, index: int) -> tuple[int, int]:
        """Folded ``[start, end)`` of a sentence."""
        end = self._starts[index + 1] if index + 1 < len(self._starts) else self._stop
        return self._starts[index], end


def is_last(word: str) -> bool:
    """Whether a sentence ends with a word, as it stands before a space."""
    return any(match.end() == len(word) for match in _END.finditer(word))


def _goes_on(text: str, line_break: int) -> bool:
    """Whether a sentence goes on over a line break; only its neighbourhood is looked at."""
    before = text[max(0, line_break - _SHORT_CHARS - 1) : line_break].rpartition("\n")[2]
    after = text[line_break + 1 : line_break + _SHORT_CHARS + 2].partition("\n")[0]
    return all(
        len(line) <= _SHORT_CHARS and 0 < len(line.split()) <= _SHORT_WORDS and line.lstrip()[0] not in "#@"
        for line in (before, after)
    )


def _cut(starts: list[int], end: int) -> None:
    while end - starts[-1] > MAX_SENTENCE:
        starts.append(starts[-1] + MAX_SENTENCE)


def quotations(text: str) -> list[tuple[int, int]]:
    """Folded ``[start, end)`` of passages between quotation marks, marks included, in order of place.

    A single mark opens only before a word and not inside one, and closes only after one, so that apostrophes are
    not taken for quotations; a double one may stand apart on both sides, as in French (« so »). A text that is one
    quotation from end to end has none: nobody speaks around it.
    """
    found: list[tuple[int, int]] = []
    opened: dict[str, int] = {}
    for match in _MARK.finditer(text):
        mark, place = match.group(), match.start()
        if mark == "\n":
            opened.clear()
        elif mark in opened and _closes(text, place, mark):
            start = opened.pop(mark)
            if 1 < place - start <= MAX_QUOTATION:
                found.append((start, place + 1))
                opened.clear()
        elif mark not in opened and _opens(text, place, mark):
            opened[mark] = place
    return [span for span in sorted(found) if _spoken_around(text, span)]


def _opens(text: str, place: int, mark: str) -> bool:
    before = text[place - 1] if place else " "
    after = text[place + 1] if place + 1 < len(text) else " "
    return not is_word(before) and (not after.isspace() or (mark == '"' and before.isspace()))


def _closes(text: str, place: int, mark: str) -> bool:
    after = text[place + 1] if place + 1 < len(text) else " "
    return mark == '"' or (not is_word(after) and not text[place - 1].isspace())


def _spoken_around(text: str, span: tuple[int, int]) -> bool:
    start, end = span
    return any(map(is_word, text[:start])) or any(map(is_word, text[end:]))
