"""What the signs of one language say of one topic: the points of a word, its pieces together."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final, TypeVar

from vetting_engine.checks.content.documents import MOST_POINTS, SignEntry, SignFile, Strength, Term, TermKind
from vetting_engine.text.pieces import letters_of, pieces_of

__all__ = ["Remembered", "Topic", "topics_of"]

#: Longer words are addresses and noise, and are not met again.
_LONGEST_KEPT: Final = 48
_MOST_KEPT: Final = 60_000
_Told = TypeVar("_Told")


class Remembered(dict[str, _Told]):
    """Word between white space → what is told of it; filled as words are met."""

    def __init__(self, tell: Callable[[str], _Told]) -> None:
        super().__init__()
        self._tell = tell

    def __missing__(self, word: str) -> _Told:
        told = self._tell(word)
        if len(word) <= _LONGEST_KEPT:
            if len(self) >= _MOST_KEPT:
                self.clear()
            self[word] = told
        return told


class Topic:
    """One topic in one language, as a file declares it; ``bit``: of its class, as the gate raises it."""

    def __init__(self, topic: str, file: SignFile, bit: int) -> None:
        self.bit = bit
        self.least = file.least[topic]
        self._entries = {sign: entry for entry in file.signs if entry.topic == topic for sign in entry.words}
        #: Of how many letters its signs are pieces; 0: they are whole words.
        self._letters = frozenset(map(letters_of, self._entries))
        self._file = file
        #: What a word gives a text, all its pieces together.
        self.points: Callable[[str], int] = Remembered(self._points_of).__getitem__
        #: The "term" that a word which gives a text points is reported as: the weightiest of its pieces.
        self.term: Callable[[str], Term] = Remembered(self._term_of).__getitem__

    def _points_of(self, word: str) -> int:
        points = sum([self._entries[sign].points for sign in self._signs_of(word)])
        return max(-MOST_POINTS, min(points, MOST_POINTS))

    def _term_of(self, word: str) -> Term:
        entries = [self._entries[sign] for sign in self._signs_of(word)]
        return _term_of(max(entries, key=lambda entry: entry.points), self._file)

    def _signs_of(self, word: str) -> Iterable[str]:
        return self._entries.keys() & pieces_of(word, *self._letters)


def topics_of(file: SignFile, class_of: Callable[[Term], int]) -> tuple[Topic, ...]:
    """The topics of a file. ``class_of``: the bit of the class of a term."""
    examples = {entry.topic: entry for entry in file.signs}
    return tuple(Topic(topic, file, class_of(_term_of(examples[topic], file))) for topic in sorted(examples))


def _term_of(entry: SignEntry, file: SignFile) -> Term:
    return Term(
        id=entry.id, kind=TermKind.SIGN, texts=entry.words, topic=entry.topic, strength=Strength.WEAK,
        reviewed_on=file.reviewed_on, expires=file.expires,
    )  # fmt: skip
