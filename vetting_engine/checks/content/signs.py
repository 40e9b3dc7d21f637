"""Signs: everyday words that say nothing alone and add up, by the points that a pack gives them.

Terms say what is meant; signs say what a text is about, and how. "Passport", "salary", "hotel" and "girls" are no
offence each. A pack gives each word points for a topic, above nought where it speaks for it and below where it speaks
against it. Where the different words of some sentences on end reach what the pack asks for, those that spoke for the
topic are matches, for rules to read. Sentences around them change nothing, whatever they say: nobody can hide an offer
among harmless words. Every number can be read, argued about and changed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import reduce
from itertools import chain
from operator import or_
from typing import Final

from vetting_engine.checks.content.documents import SignEntry, SignFile, Strength, Term, TermKind
from vetting_engine.text.fold import Folded, fold, folded
from vetting_engine.text.sentences import Sentences
from vetting_engine.text.tokens import tokens_in

__all__ = ["MOST_TOLD", "Signs", "term_of"]

#: Points are for a text of the length of a post: so many words, between spaces, and so many sentences are added up at
#: most. A longer sentence is cut.
MOST_WORDS: Final = 60
MOST_SENTENCES: Final = 12
_CUT: Final = 20
#: The weightiest words that are told of one topic in one text: more would not help the reader.
MOST_TOLD: Final = 12
#: All topics are added up at once, as one long number with so many bits for each: more than points of all words that
#: a pack can hold.
_LANE: Final = 40
#: Longer words are addresses and noise, and are not met again.
_LONGEST_KEPT: Final = 48
_MOST_KEPT: Final = 60_000
_BETWEEN_SPACES: Final = re.compile(r"\S+")
#: Original ``[start, end)`` of the words of a sentence, or of a part of one.
_Sentence = list[tuple[int, int]]


class Signs(dict[str, tuple[int, ...]]):
    """Word between white space → the numbers of its signs, for some languages; filled as words are met.

    Args:
        files: the signs of all languages that apply. Each language is added up by itself.
        bits: the bit of each topic's class, as the gate raises it.
    """

    def __init__(self, files: Sequence[SignFile], bits: Mapping[str, int]) -> None:
        super().__init__()
        self._topics = [_Topic(topic, file, bits[topic]) for file in files for topic in sorted(file.least)]
        words = sorted({word for topic in self._topics for word in topic.entries})
        self._numbers = {word: number for number, word in enumerate(words)}
        #: The bits of all topics.
        self.bits = reduce(or_, (topic.bit for topic in self._topics), 0)
        self._speak_for = [
            frozenset(self._numbers[word] for word, entry in topic.entries.items() if entry.points > 0)
            for topic in self._topics
        ]
        self._points = [0] * len(words)
        self._at_best = [0] * len(words)
        for column, topic in enumerate(self._topics):
            for word, entry in topic.entries.items():
                self._points[self._numbers[word]] += entry.points << column * _LANE
                self._at_best[self._numbers[word]] += max(0, entry.points) << column * _LANE
        # A lane's highest bit is set where the points, less those asked for, are nought or more: lanes never borrow.
        self._tops = sum(1 << column * _LANE + _LANE - 1 for column in range(len(self._topics)))
        self._asked = self._tops - sum(topic.least << column * _LANE for column, topic in enumerate(self._topics))

    def look(self, text: str, words: Sequence[str]) -> int:
        """The bits of the topics that a text reaches. Linear. ``words``: those of the text between white space."""
        if not self._topics:
            return 0
        numbers = set().union(*map(self.__getitem__, words))
        if not sum(map(self._at_best.__getitem__, numbers)) + self._asked & self._tops:
            return 0  # most texts: not even if nothing spoke against it
        columns = set(chain.from_iterable(lasts for _, lasts in self._reached(text, _sentences(text))))
        return reduce(or_, (self._topics[column].bit for column in columns), 0)

    def find(self, text: Folded) -> Iterator[tuple[int, int, Term]]:
        """Folded ``[start, end)`` of the words that spoke for a topic the text reaches, each word once a topic."""
        sentences = _sentences(text.original)
        reached: dict[int, set[int]] = {}
        for first, lasts in self._reached(text.original, sentences):
            for column, last in lasts.items():
                reached.setdefault(column, set()).update(range(first, last + 1))
        for column in sorted(reached):
            words = chain.from_iterable(sentences[number] for number in sorted(reached[column]))
            yield from self._told(column, text, words)

    def _told(self, column: int, text: Folded, words: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int, Term]]:
        """The weightiest of the words that spoke for a topic. ``words``: where they stand in the original."""
        topic, fresh = self._topics[column], self._speak_for[column]
        spoken: dict[str, tuple[int, int]] = {}
        for first, last in words:
            there = fresh.intersection(self[text.original[first:last]])
            if there:
                fresh -= there
                for start, end, token in _tokens_of(text.original[first:last]):
                    if self._numbers.get(token) in there:
                        spoken.setdefault(token, (text.position(first + start), text.position(first + end)))
        for token in sorted(spoken, key=lambda token: (-topic.entries[token].points, spoken[token]))[:MOST_TOLD]:
            yield *spoken[token], topic.terms[topic.entries[token].id]

    def _reached(self, text: str, sentences: Sequence[_Sentence]) -> Iterator[tuple[int, dict[int, int]]]:
        """The first of some sentences on end, and the topics that they reach: the number of a topic → of the last of
        the most sentences that do.
        """
        signs: list[set[int]] = [
            set().union(*[self[text[start:end]] for start, end in sentence]) for sentence in sentences
        ]
        for first in range(len(sentences)):
            seen: set[int] = set()
            lasts: dict[int, int] = {}
            total, words = self._asked, 0
            for last, sentence in enumerate(sentences[first : first + MOST_SENTENCES], first):
                words += len(sentence)
                if words > MOST_WORDS:
                    break
                fresh = signs[last] - seen
                seen |= fresh
                total += sum(map(self._points.__getitem__, fresh))
                tops = total & self._tops
                while tops:
                    top = tops.bit_length() - 1
                    tops ^= 1 << top
                    lasts[top // _LANE] = last
            if lasts:
                yield first, lasts

    def __missing__(self, word: str) -> tuple[int, ...]:
        known = (self._numbers.get(token) for _, _, token in tokens_in(fold(word)))
        numbers = tuple({number for number in known if number is not None})
        if len(word) <= _LONGEST_KEPT:
            if len(self) >= _MOST_KEPT:
                self.clear()
            self[word] = numbers
        return numbers


class _Topic:
    """One topic in one language."""

    def __init__(self, topic: str, file: SignFile, bit: int) -> None:
        self.bit = bit
        self.least = file.least[topic]
        entries = [entry for entry in file.signs if entry.topic == topic]
        self.entries = {word: entry for entry in entries for word in entry.words}
        self.terms = {entry.id: term_of(entry, file) for entry in entries}


def term_of(entry: SignEntry, file: SignFile) -> Term:
    """The "term" that words of an entry are reported as."""
    return Term(
        id=entry.id, kind=TermKind.SIGN, texts=entry.words, topic=entry.topic, strength=Strength.WEAK,
        reviewed_on=file.reviewed_on, expires=file.expires,
    )  # fmt: skip


def _sentences(text: str) -> list[_Sentence]:
    sentences: list[_Sentence] = []
    bounds, number = Sentences(text), -1
    for word in _BETWEEN_SPACES.finditer(text):
        there = bounds.index(word.start())
        if there != number or len(sentences[-1]) == _CUT:
            sentences.append([])
        sentences[-1].append(word.span())
        number = there
    return sentences


def _tokens_of(word: str) -> Iterator[tuple[int, int, str]]:
    """Original ``[start, end)`` inside the word, and the token."""
    text = folded(word)
    for start, end, token in tokens_in(text.text):
        yield *text.span(start, end), token
