"""What the signs of one language say of one topic."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Set as AbstractSet
from typing import Final, TypeVar

from vetting_engine.checks.content.documents import SignEntry, SignFile, Strength, Term, TermKind

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
        #: Sign → the entry that gives it its points.
        self.entries = {sign: entry for entry in file.signs if entry.topic == topic for sign in entry.words}
        self._file = file
        #: Made when first told: most never are.
        self._terms: dict[str, Term] = {}

    def term(self, signs: AbstractSet[str]) -> Term:
        """The "term" that a word with these signs is reported as: the weightiest of them, of which there are some."""
        entry = max([self.entries[sign] for sign in self.entries.keys() & signs], key=lambda entry: entry.points)
        if entry.id not in self._terms:
            self._terms[entry.id] = _term_of(entry, self._file)
        return self._terms[entry.id]


def topics_of(file: SignFile, class_of: Callable[[Term], int]) -> tuple[Topic, ...]:
    """The topics of a file. ``class_of``: the bit of the class of a term."""
    examples = {entry.topic: entry for entry in file.signs}
    return tuple(Topic(topic, file, class_of(_term_of(examples[topic], file))) for topic in sorted(examples))


def _term_of(entry: SignEntry, file: SignFile) -> Term:
    return Term(
        id=entry.id, kind=TermKind.SIGN, texts=entry.words, topic=entry.topic, strength=Strength.WEAK,
        reviewed_on=file.reviewed_on, expires=file.expires,
    )  # fmt: skip
