"""Signs: everyday words that say nothing alone and add up, by the points that a pack gives them.

Terms say what is meant; signs say what a text is about, and how. "Passport", "salary", "hotel" and "girls" are no
offence each. A pack gives each word points for a topic, above nought where it speaks for it and below where it speaks
against it. Where the different words of some sentences on end reach what the pack asks for (in proportion, where they
are long), those that spoke for the topic are matches, for rules to read. Sentences around them change nothing,
whatever they say: nobody can hide an offer among harmless sentences. Every number can be read, argued about and
changed.

Where words take on many shapes, a pack gives points to pieces of words (``text.pieces``): those of a word are added up.
Words that name a group give none, whatever their pieces.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import reduce
from itertools import accumulate, chain
from operator import or_
from types import MappingProxyType
from typing import Final

from vetting_engine.checks.content.documents import MOST_POINTS, Term
from vetting_engine.checks.content.lanes import Lanes
from vetting_engine.checks.content.topics import Topic
from vetting_engine.text.fold import Folded, folded
from vetting_engine.text.pieces import MOST_LETTERS, letters_of, pieces_of, words_in
from vetting_engine.text.remembered import Remembered
from vetting_engine.text.sentences import MAX_SENTENCE, Sentences, is_last

__all__ = ["MEANT_FOR", "MOST_SENTENCES", "MOST_TOLD", "MOST_WORDS", "Signs"]

#: Points are for a text of the length of a post: so many words, between spaces, and so many sentences are added up at
#: most. A longer sentence is cut.
MOST_WORDS: Final = 60
MOST_SENTENCES: Final = 12
_CUT: Final = 20
#: What is asked for is meant for so many words; of more, more is asked in proportion: in long sentences of news points
#: add up by chance (docs/adr/0007-signs-add-up.md).
MEANT_FOR: Final = 18
#: The weightiest words that are told of one topic in one text: more would not help the reader.
MOST_TOLD: Final = 8
#: Texts of more words are not told by their words one by one.
_FEW: Final = 256
#: Signs of some sentences on end, at most: each sentence is of a thousand characters, with each of which a word or two
#: may begin, and in them a piece of each length.
_MOST_ADDED: Final = MOST_SENTENCES * MAX_SENTENCE * 2 * MOST_LETTERS
#: Whether everyday words speak for something is only told of texts with so many words that give any points for
#: anything, and at least half of all their words: nobody is judged by words that the pack does not know.
_LEAST_KNOWN: Final = 5
#: A short text is asked for no more points than so many for each known word: few words outright are enough.
_MOST_PER_KNOWN: Final = 1.25
#: The words of a sentence, or of a part of one, between white space.
_Sentence = list[str]
#: Word as signs speak of it → original ``[start, end)`` of where it first stands in what is between white space.
_Held = Mapping[str, tuple[int, int]]
#: Folded text → folded ``[start, end)`` of the words in it that name a group, in order of place.
NamedIn = Callable[[str], Sequence[tuple[int, int]]]
_NONE: Final[_Held] = MappingProxyType({})


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
        self._bests = Lanes(asked, _FEW * max(asked, default=0))
        self._sums = Lanes(asked, _MOST_ADDED * MOST_POINTS)
        #: Sign → its points for all topics.
        self._of_sign: dict[str, int] = {}
        for column, topic in enumerate(topics):
            for sign, entry in topic.entries.items():
                self._of_sign[sign] = self._of_sign.get(sign, 0) + self._sums.in_lane(column, entry.points)
        #: Of how many letters signs are pieces; 0: whole words.
        self._letters = frozenset(map(letters_of, self._of_sign))
        #: Word → what it gives a text, all its pieces together; word between white space → the words in it that give
        #: anything, and at best what.
        self._points = Remembered(self._points_of)
        self._held = Remembered(self._words_in)
        self._at_best = Remembered(self._best_of)
        self._given = Remembered(self._given_by)

    def look(self, text: str, words: Sequence[str]) -> int:
        """The bits of the topics that a text reaches. Linear. ``words``: those of the text between white space."""
        if not self._topics:
            return 0
        if len(words) <= _FEW and not self._may_reach(text, words):
            return 0  # most texts
        columns = set(chain.from_iterable(lasts for _, lasts in self._reached(_sentences(text))))
        return reduce(or_, (self._topics[column].bit for column in columns), 0)

    def _may_reach(self, text: str, words: Sequence[str]) -> bool:
        """Whether a text of few words may reach a topic: never wrongly no, and quickly."""
        if not sum(map(self._at_best.__getitem__, words), self._bests.start) & self._bests.tops:
            return False  # not even if nothing spoke against it
        # Long texts, lines and such are cut elsewhere as well.
        return len(text) > MAX_SENTENCE or " ".join(words) != text or self._at_best_in_parts(words)

    def _at_best_in_parts(self, words: Sequence[str]) -> bool:
        """Whether words reach a topic by those of their sentences that speak for it.

        No run of sentences has more points. Words that speak against a topic count where they first stand only, since
        a run counts them once.
        """
        seen: set[str] = set()
        part, length, best = 0, 0, self._sums.start
        for word in words:
            given, ends = self._given[word]
            for unit, points, at_best in given:
                if unit in seen:
                    part += at_best
                else:
                    seen.add(unit)
                    part += points
            length += 1
            if ends or length == _CUT:
                best += self._sums.above_nought(part)
                part, length = 0, 0
        return bool((best + self._sums.above_nought(part)) & self._sums.tops)

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
        points = {word: self._sums.value(column, self._points[word]) for word in spoken}
        told: list[tuple[int, int]] = []
        for word in sorted(spoken, key=lambda word: (-points[word], spoken[word])):
            start, end = spoken[word]
            if points[word] <= 0 or len(told) == MOST_TOLD:
                return
            # Burmese syllables stand in words of two: the weightier speaks for both.
            if all(end <= other or last <= start for other, last in told):
                told.append((start, end))
                yield text.position(start), text.position(end), topic.term(pieces_of(word, *self._letters))

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
                    lasts |= dict.fromkeys(self._reached_by(total, words), last)
            if lasts:
                yield first, lasts

    def _reached_by(self, total: int, words: int) -> Iterator[int]:
        """The numbers of the topics that a sum, of a run of so many words, reaches."""
        points = total - self._sums.start
        for column in self._sums.reached(total):
            asked = self._topics[column].least * max(words, MEANT_FOR)
            if self._sums.value(column, points) * MEANT_FOR >= asked:
                yield column

    def tell(self, text: str, start: int, end: int) -> bool:
        """Whether the words of the sentences that hold ``[start, end)`` reach any topic: all that their points come to,
        however many they are. More sentences than a run may have reach none.
        """
        held = [(first, last) for first, last in Sentences(text) if first < end and start < last]
        if len(held) > MOST_SENTENCES:
            return False
        units = [unit for first, last in held for unit in text[first:last].split()]
        words = frozenset[str]().union(*map(self._held.__getitem__, units))
        total = sum(map(self._points.__getitem__, words))
        return any(self._sums.value(column, total) >= topic.least for column, topic in enumerate(self._topics))

    def speaks_for(self, topic: str, text: str, start: int, end: int) -> bool | None:
        """Whether so many everyday words speak for a topic that what terms found of it in ``[start, end)`` stands.

        Words that speak for it are added up over some sentences on end, anywhere in the text; how many are asked for
        depends on the sentences of what was found. So nothing that is said beside it takes from it. None where the
        signs do not say how many are asked for, or know too few words of those sentences.
        """
        asked = {
            column: each.least_beside_terms
            for column, each in enumerate(self._topics)
            if each.name == topic and each.least_beside_terms
        }
        sentences = _sentences(text) if asked else []
        held = [frozenset[str]().union(*map(self._held.__getitem__, sentence)) for sentence in sentences]
        there = [
            number
            for number, places in enumerate(_places(text, sentences))
            if places[0][0] < end and start < places[-1][1]
        ]
        known = len(frozenset[str]().union(*(held[number] for number in there)))
        if known < max(_LEAST_KNOWN, sum(len(sentences[number]) for number in there) / 2):
            return None
        return any(
            self._most_for(column, sentences, held) >= min(least, _MOST_PER_KNOWN * known)
            for column, least in asked.items()
        )

    def _most_for(self, column: int, sentences: Sequence[_Sentence], held: Sequence[frozenset[str]]) -> int:
        """The most points that words which speak for a topic have in some sentences on end."""
        points = {word: max(0, self._sums.value(column, self._points[word])) for words in held for word in words}
        most = 0
        for first in range(len(sentences)):
            words, total, seen = 0, 0, frozenset[str]()
            for last in range(first, min(first + MOST_SENTENCES, len(sentences))):
                words += len(sentences[last])
                if words > MOST_WORDS:
                    break
                total += sum(points[word] for word in held[last] - seen)
                seen |= held[last]
            most = max(most, total)
        return most

    def _words_in(self, word: str) -> _Held:
        text = folded(word)
        giving = [(start, end, found) for start, end, found in words_in(text.text) if self._points[found]]
        named = self._named_in(text.text) if giving else ()
        starts = [start for start, _ in named]
        ends = [*accumulate((end for _, end in named), max, initial=0)]
        held: dict[str, tuple[int, int]] = {}
        for start, end, found in giving:
            # Nothing that names a group begins before this ends and ends after this begins.
            if found not in held and ends[bisect_left(starts, end)] <= start:
                held[found] = text.span(start, end)
        return held or _NONE

    def _points_of(self, word: str) -> int:
        of_sign = self._of_sign
        return sum([of_sign[sign] for sign in pieces_of(word, *self._letters) if sign in of_sign])

    def _given_by(self, word: str) -> tuple[Sequence[tuple[str, int, int]], bool]:
        """The words in what is between white space, each with its points and those above nought; is it the last of
        a sentence?
        """
        above = self._sums.above_nought
        return [(held, self._points[held], above(self._points[held])) for held in self._held[word]], is_last(word)

    def _best_of(self, word: str) -> int:
        """The points of a word for each topic if nothing spoke against it, no more than are asked for."""
        best = sum([self._sums.above_nought(self._points[held]) for held in self._held[word]])
        points = ((topic, self._sums.value(column, best)) for column, topic in enumerate(self._topics))
        return self._bests.packed([min(topic.least, given) for topic, given in points]) if best else 0


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
