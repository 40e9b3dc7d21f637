"""Signs: everyday words that say nothing alone and add up, by the points that a pack gives them.

Terms say what is meant; signs say what a text is about, and how. "Passport", "salary", "hotel" and "girls" are no
offence each. A pack gives each word points for a topic, above nought where it speaks for it and below where it speaks
against it. Where the different words of some sentences on end reach what the pack asks for, those that spoke for the
topic are matches, for rules to read. Sentences around them change nothing, whatever they say: nobody can hide an offer
among harmless words. Every number can be read, argued about and changed.

Where words take on many shapes, a pack gives points to pieces of words (``text.pieces``): those of a word are added up.
Words that name a group give none, whatever their pieces.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import reduce
from itertools import chain, starmap
from operator import or_
from types import MappingProxyType
from typing import Final, TypeVar

from vetting_engine.checks.content.documents import MOST_POINTS, SignEntry, SignFile, Strength, Term, TermKind
from vetting_engine.text.fold import Folded, folded
from vetting_engine.text.pieces import letters_of, pieces_of, words_in
from vetting_engine.text.sentences import MAX_SENTENCE, Sentences

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
#: Words of some sentences on end, at most: each sentence is of a thousand characters and has a word or two for each.
_MOST_ADDED: Final = MOST_SENTENCES * MAX_SENTENCE * 2
#: Longer words are addresses and noise, and are not met again.
_LONGEST_KEPT: Final = 48
_MOST_KEPT: Final = 60_000
#: The words of a sentence, or of a part of one, between white space.
_Sentence = list[str]
#: Word as signs speak of it → original ``[start, end)`` of where it first stands in what is between white space.
_Held = Mapping[str, tuple[int, int]]
#: Folded text → folded ``[start, end)`` of the words in it that name a group.
NamedIn = Callable[[str], Sequence[tuple[int, int]]]
_NONE: Final[_Held] = MappingProxyType({})
_Told = TypeVar("_Told")


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


class Topic:
    """One topic in one language, as a file declares it; ``bit``: of its class, as the gate raises it."""

    def __init__(self, topic: str, file: SignFile, bit: int) -> None:
        self.bit = bit
        self.least = file.least[topic]
        self._entries = {sign: entry for entry in file.signs if entry.topic == topic for sign in entry.words}
        #: Of how many letters its signs are pieces; 0: they are whole words.
        self.letters = frozenset(map(letters_of, self._entries))
        self._file = file
        #: What a word gives a text, all its pieces together.
        self.points: Callable[[str], int] = _Remembered(self._points_of).__getitem__
        #: Made when first told: most never are.
        self._terms: dict[str, Term] = {}

    def _points_of(self, word: str) -> int:
        points = sum([self._entries[sign].points for sign in self._signs_of(word)])
        return max(-MOST_POINTS, min(points, MOST_POINTS))

    def term(self, word: str) -> Term:
        """The "term" that a word which gives a text points is reported as: the weightiest of its pieces."""
        entry = max([self._entries[sign] for sign in self._signs_of(word)], key=lambda entry: entry.points)
        if entry.id not in self._terms:
            self._terms[entry.id] = _term_of(entry, self._file)
        return self._terms[entry.id]

    def _signs_of(self, word: str) -> Iterable[str]:
        return self._entries.keys() & frozenset[str]().union(*(pieces_of(word, letters) for letters in self.letters))


class Signs:
    """The signs of some languages in one script.

    All topics are added up at once, as one long number with a lane of bits for each. Each file of signs is added up
    by itself.
    """

    def __init__(self, topics: Sequence[Topic], named_in: NamedIn = lambda _: ()) -> None:
        self._topics = tuple(topics)
        self._named_in = named_in
        #: The bits of all topics.
        self.bits = reduce(or_, (topic.bit for topic in topics), 0)
        asked = [topic.least for topic in topics]
        self._bests = _Lanes(asked, _FEW * max(asked, default=0))
        self._sums = _Lanes(asked, _MOST_ADDED * MOST_POINTS)
        #: Word → what it gives a text; word between white space → the words in it that give anything, and at best what.
        self._points = _Remembered(self._points_of)
        self._held = _Remembered(self._words_in)
        self._at_best = _Remembered(self._best_of)

    def look(self, text: str, words: Sequence[str]) -> int:
        """The bits of the topics that a text reaches. Linear. ``words``: those of the text between white space."""
        if not self._topics:
            return 0
        # Each word counts once; that is only seen to where counting some twice would reach a topic.
        if len(words) <= _FEW and not (self._may_reach(words) and self._may_reach(set(words))):
            return 0  # most texts
        columns = set(chain.from_iterable(lasts for _, lasts in self._reached(_sentences(text))))
        return reduce(or_, (self._topics[column].bit for column in columns), 0)

    def _may_reach(self, words: Iterable[str]) -> int:
        """Whether few words, between white space, reach any topic if nothing speaks against it."""
        return sum(map(self._at_best.__getitem__, words), self._bests.start) & self._bests.tops

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
            for word, (start, end) in self._held[text.original[first:last]].items():
                spoken.setdefault(word, (first + start, first + end))
        points = {word: topic.points(word) for word in spoken}
        told: list[tuple[int, int]] = []
        for word in sorted(spoken, key=lambda word: (-points[word], spoken[word])):
            start, end = spoken[word]
            if points[word] <= 0 or len(told) == MOST_TOLD:
                return
            # Burmese syllables stand in words of two: the weightier speaks for both.
            if all(end <= other or last <= start for other, last in told):
                told.append((start, end))
                yield text.position(start), text.position(end), topic.term(word)

    def _reached(self, sentences: Sequence[_Sentence]) -> Iterator[tuple[int, dict[int, int]]]:
        """The first of some sentences on end, and the topics that they reach: the number of a topic → of the last of
        the most sentences that do.
        """
        held = [frozenset[str]().union(*map(self._held.__getitem__, sentence)) for sentence in sentences]
        points_of, tops = self._points.__getitem__, self._sums.tops
        lengths, sums = [*map(len, sentences)], [sum(map(points_of, words)) for words in held]
        for first in range(len(sentences)):
            seen: set[str] = set()
            lasts: dict[int, int] = {}
            total, words = self._sums.start, 0
            for last in range(first, min(first + MOST_SENTENCES, len(sentences))):
                words += lengths[last]
                if words > MOST_WORDS:
                    break
                total += sums[last] - sum(map(points_of, seen & held[last]))
                seen |= held[last]
                if total & tops:
                    lasts |= dict.fromkeys(self._sums.reached(total), last)
            if lasts:
                yield first, lasts

    def _words_in(self, word: str) -> _Held:
        text = folded(word)
        named = self._named_in(text.text)
        held: dict[str, tuple[int, int]] = {}
        for start, end, found in words_in(text.text):
            if found not in held and self._points[found] and not any(start < b and a < end for a, b in named):
                held[found] = text.span(start, end)
        return held or _NONE

    def _points_of(self, word: str) -> int:
        return self._sums.packed([topic.points(word) for topic in self._topics])

    def _best_of(self, word: str) -> int:
        """The points of a word for each topic if nothing spoke against it, no more than are asked for."""
        held = self._held[word]
        if not held:
            return 0
        given = ((topic, sum([max(0, topic.points(found)) for found in held])) for topic in self._topics)
        return self._bests.packed([min(topic.least, points) for topic, points in given])


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
    sentences: list[_Sentence] = []
    for start, end in Sentences(text):
        words = text[start:end].split()
        if len(words) > _CUT:
            sentences.extend(words[first : first + _CUT] for first in range(0, len(words), _CUT))
        elif words:
            sentences.append(words)
    return sentences


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
