"""Signs: everyday words that say nothing alone and add up, by the points that a pack gives them.

Terms say what is meant; signs say what a text is about, and how. "Passport", "salary", "hotel" and "girls" are no
offence each. A pack gives each word points for a topic, above nought where it speaks for it and below where it speaks
against it. Where the different words of some sentences on end reach what the pack asks for, those that spoke for the
topic are matches, for rules to read. Sentences around them change nothing, whatever they say: nobody can hide an offer
among harmless words. Every number can be read, argued about and changed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from functools import reduce
from itertools import chain, starmap
from operator import or_
from typing import Final, TypeVar

from vetting_engine.checks.content.documents import SignEntry, SignFile, Strength, Term, TermKind
from vetting_engine.text.fold import Folded, fold, folded
from vetting_engine.text.sentences import Sentences
from vetting_engine.text.tokens import tokens_in

__all__ = ["MOST_TOLD", "Signs", "Topic", "topics_of"]

#: Points are for a text of the length of a post: so many words, between spaces, and so many sentences are added up at
#: most. A longer sentence is cut.
MOST_WORDS: Final = 60
MOST_SENTENCES: Final = 12
_CUT: Final = 20
#: The weightiest words that are told of one topic in one text: more would not help the reader.
MOST_TOLD: Final = 12
#: Texts of more words are not told by their words one by one.
_FEW: Final = 256
#: Longer words are addresses and noise, and are not met again.
_LONGEST_KEPT: Final = 48
_MOST_KEPT: Final = 60_000
#: The words of a sentence, or of a part of one, between white space.
_Sentence = list[str]
_Told = TypeVar("_Told")


class Topic:
    """One topic in one language, as a file declares it; ``bit``: of its class, as the gate raises it."""

    def __init__(self, topic: str, file: SignFile, bit: int) -> None:
        self.bit = bit
        self.least = file.least[topic]
        self.entries = {word: entry for entry in file.signs if entry.topic == topic for word in entry.words}
        self.speak_for = frozenset(word for word, entry in self.entries.items() if entry.points > 0)
        self._file = file
        #: Made when first told: most never are.
        self._terms: dict[str, Term] = {}

    def term(self, word: str) -> Term:
        """The "term" that one of the words is reported as."""
        entry = self.entries[word]
        if entry.id not in self._terms:
            self._terms[entry.id] = _term_of(entry, self._file)
        return self._terms[entry.id]

    def at_best(self, words: AbstractSet[str]) -> int:
        """The points of some words if nothing spoke against it, no more than are asked for."""
        return min(self.least, sum([self.entries[word].points for word in self.speak_for & words]))


class _Remembered(dict[str, _Told]):
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


class Signs:
    """The signs of some languages in one script.

    All topics are added up at once, as one long number with a lane of bits for each. Each file of signs is added up
    by itself.
    """

    def __init__(self, topics: Sequence[Topic]) -> None:
        self._topics = tuple(topics)
        #: The bits of all topics.
        self.bits = reduce(or_, (topic.bit for topic in topics), 0)
        asked = [topic.least for topic in topics]
        self._bests = _Lanes(asked, _FEW * max(asked, default=0))
        spoken = [sum(abs(entry.points) for entry in topic.entries.values()) for topic in topics]
        self._sums = _Lanes(asked, max(spoken, default=0))
        self._points: dict[str, int] = {}
        for column, topic in enumerate(topics):
            for word, entry in topic.entries.items():
                self._points[word] = self._points.get(word, 0) + self._sums.in_lane(column, entry.points)
        self._held = _Remembered(self._signs_in)
        self._at_best = _Remembered(self._best_of)

    def look(self, text: str, words: Sequence[str]) -> int:
        """The bits of the topics that a text reaches. Linear. ``words``: those of the text between white space."""
        if not self._topics:
            return 0
        different = set(words)
        if len(different) <= _FEW and not (
            sum(map(self._at_best.__getitem__, different), self._bests.start) & self._bests.tops
        ):
            return 0  # most texts
        columns = set(chain.from_iterable(lasts for _, lasts in self._reached(_sentences(text))))
        return reduce(or_, (self._topics[column].bit for column in columns), 0)

    def find(self, text: Folded) -> Iterator[tuple[int, int, Term]]:
        """Folded ``[start, end)`` of the words that spoke for a topic the text reaches, each word once a topic."""
        sentences = _sentences(text.original)
        reached: dict[int, set[int]] = {}
        for first, lasts in self._reached(sentences):
            for column, last in lasts.items():
                reached.setdefault(column, set()).update(range(first, last + 1))
        places = list(_places(text.original, sentences)) if reached else []
        for column in sorted(reached):
            words = chain.from_iterable(places[number] for number in sorted(reached[column]))
            yield from self._told(column, text, words)

    def _told(self, column: int, text: Folded, words: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int, Term]]:
        """The weightiest of the words that spoke for a topic. ``words``: where they stand in the original."""
        topic = self._topics[column]
        spoken: dict[str, tuple[int, int]] = {}
        for first, last in words:
            for sign in topic.speak_for & self._held[text.original[first:last]]:
                spoken.setdefault(sign, (first, last))
        weightiest = sorted(spoken, key=lambda sign: (-topic.entries[sign].points, spoken[sign], sign))
        for sign in weightiest[:MOST_TOLD]:
            first, last = spoken[sign]
            start, end = _place_in(text.original[first:last], sign)
            yield text.position(first + start), text.position(first + end), topic.term(sign)

    def _reached(self, sentences: Sequence[_Sentence]) -> Iterator[tuple[int, dict[int, int]]]:
        """The first of some sentences on end, and the topics that they reach: the number of a topic → of the last of
        the most sentences that do.
        """
        signs = [frozenset[str]().union(*map(self._held.__getitem__, sentence)) for sentence in sentences]
        lengths, points_of, tops = [*map(len, sentences)], self._points.__getitem__, self._sums.tops
        for first in range(len(sentences)):
            seen: set[str] = set()
            lasts: dict[int, int] = {}
            total, words = self._sums.start, 0
            for last in range(first, min(first + MOST_SENTENCES, len(sentences))):
                words += lengths[last]
                if words > MOST_WORDS:
                    break
                total += sum(map(points_of, signs[last] - seen))
                seen |= signs[last]
                if total & tops:
                    lasts |= dict.fromkeys(self._sums.reached(total), last)
            if lasts:
                yield first, lasts

    def _signs_in(self, word: str) -> frozenset[str]:
        return frozenset(token for _, _, token in tokens_in(fold(word)) if token in self._points)

    def _best_of(self, word: str) -> int:
        """The points of a word for each topic if nothing spoke against it."""
        return self._bests.packed([topic.at_best(self._held[word]) for topic in self._topics])


class _Lanes:
    """Sums of several columns as one long number, so many bits for each.

    A lane's highest bit is set where its sum, less what is asked for, is nought or more: lanes never borrow.

    Args:
        asked: what each column is to reach.
        most: no sum of any column is farther from nought.
    """

    def __init__(self, asked: Sequence[int], most: int) -> None:
        self._width = (most + max(asked, default=0)).bit_length() + 1
        self.tops = self.packed([1 << self._width - 1 for _ in asked])
        #: The sums before anything is added.
        self.start = self.tops - self.packed(asked)

    def in_lane(self, column: int, value: int) -> int:
        """What adds a value to one column."""
        return value << column * self._width

    def packed(self, values: Iterable[int]) -> int:
        """What adds a value to each column."""
        return sum(starmap(self.in_lane, enumerate(values)))

    def reached(self, sums: int) -> Iterator[int]:
        """The columns that reach what is asked for, the last first."""
        tops = sums & self.tops
        while tops:
            top = tops.bit_length() - 1
            tops ^= 1 << top
            yield top // self._width


def topics_of(file: SignFile, class_of: Callable[[Term], int]) -> tuple[Topic, ...]:
    """The topics of a file. ``class_of``: the bit of the class of a term."""
    examples = {entry.topic: entry for entry in file.signs}
    return tuple(Topic(topic, file, class_of(_term_of(examples[topic], file))) for topic in sorted(examples))


def _term_of(entry: SignEntry, file: SignFile) -> Term:
    return Term(
        id=entry.id, kind=TermKind.SIGN, texts=entry.words, topic=entry.topic, strength=Strength.WEAK,
        reviewed_on=file.reviewed_on, expires=file.expires,
    )  # fmt: skip


def _sentences(text: str) -> list[_Sentence]:
    """The sentences of a text that have words, long ones in parts."""
    return [
        words[first : first + _CUT]
        for start, end in Sentences(text)
        if (words := text[start:end].split())
        for first in range(0, len(words), _CUT)
    ]


def _places(text: str, sentences: Iterable[_Sentence]) -> Iterator[list[tuple[int, int]]]:
    """Original ``[start, end)`` of the words of each sentence, which are the text's own, in order."""
    end = 0
    for words in sentences:
        places: list[tuple[int, int]] = []
        for word in words:
            start = text.index(word, end)
            end = start + len(word)
            places.append((start, end))
        yield places


def _place_in(word: str, sign: str) -> tuple[int, int]:
    """Original ``[start, end)`` of a sign inside the word that holds it."""
    text = folded(word)
    return next(text.span(start, end) for start, end, token in tokens_in(text.text) if token == sign)
