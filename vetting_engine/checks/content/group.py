"""The languages that apply to one script of a text, read in one pass; and their words one by one, for the gate."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property, lru_cache, reduce
from operator import or_
from typing import Final

from vetting_engine._memory import collector_paused
from vetting_engine.checks.content.kinds import Flag
from vetting_engine.checks.content.language import LanguageTerms
from vetting_engine.checks.content.signs import Signs
from vetting_engine.checks.content.topics import Topic
from vetting_engine.checks.content.words import Sides, WordBits, joined_bits
from vetting_engine.text.fold import Folded
from vetting_engine.text.neighbours import Neighbours
from vetting_engine.text.reading import Reading
from vetting_engine.text.terms import Forms, TermIndex

__all__ = ["Group", "words_of"]

#: Words of which it is remembered which languages may guess at them.
_MOST_KEPT: Final = 60_000


class Group:
    """Languages of one script, in order; one automaton knows the words of all of them."""

    def __init__(self, script: str, languages: Sequence[LanguageTerms]) -> None:
        self.script = script
        self.languages = tuple(languages)

    @cached_property
    def words(self) -> tuple[TermIndex, list[tuple[int, Sides | None]]]:
        """The words of all terms; and by the key of its hits, the bits that each raises and its pairs."""
        return words_of(language.told.words for language in self.languages)

    @cached_property
    def signs(self) -> Signs:
        """What is told by words together that are no term of any of the languages."""
        return Signs([topic for topic in self._topics if topic.name != Flag.NARRATED], self._named_in)

    @cached_property
    def reports(self) -> Signs:
        """What reports of news are told by, in any of the languages. Only asked for where something was found."""
        return Signs([topic for topic in self._topics if topic.name == Flag.NARRATED], self._named_in)

    @property
    def _topics(self) -> Iterator[Topic]:
        return (topic for language in self.languages for topic in language.topics)

    def _named_in(self, text: str) -> list[tuple[int, int]]:
        """Folded ``[start, end)`` of the single words in a text that name a group in any of the languages, in order."""
        index, told = self.words
        return [(hit.start, hit.end) for hit in index.find(text) if told[hit.key][0] & self._naming]

    @cached_property
    def _naming(self) -> int:
        return reduce(or_, [language.naming for language in self.languages], 0)

    def guesses(self, text: Folded, groups: Iterable[Group] = ()) -> Iterator[tuple[int, Reading]]:
        """The text as languages of this group read misspelt and glued words, with the number of each language.

        Languages of this group, and of the other ``groups`` that apply, may know a word as it stands.
        """
        words: dict[int, list[str]] = {}
        for word in set(text.text.split()):
            for number in _numbers_in(self._near(word)):
                words.setdefault(number, []).append(word)
        if words:
            everyone = {id(one.spelling): one.spelling for group in (self, *groups) for one in group.languages}
            for number in sorted(words):
                spelling = self.languages[number].spelling
                others = [other for key, other in everyone.items() if key != id(spelling)]
                for reading in spelling.readings(text, others, words[number], self.neighbours):
                    yield number, reading

    @cached_property
    def _near(self) -> Callable[[str], int]:
        """Word → the bits of the languages that may guess at it, by their numbers in the group; mostly none does."""
        return lru_cache(_MOST_KEPT)(self.neighbours.near)

    @cached_property
    @collector_paused()
    def neighbours(self) -> Neighbours:
        """The forms of all languages, each with a bit for its language's number."""
        if len(self.languages) == 1:
            return self.languages[0].spelling.neighbours
        merged: dict[str, int] = {}
        for number, language in enumerate(self.languages):
            for form in language.spelling.neighbours.forms:
                merged[form] = merged.get(form, 0) | 1 << number
        return Neighbours(merged)


@collector_paused()
def words_of(tables: Iterable[WordBits]) -> tuple[TermIndex, list[tuple[int, Sides | None]]]:
    """Words in one automaton; and by the key of its hits, the bits that each raises and its pairs."""
    joined = joined_bits(tables)
    forms = [Forms((word,), number, prefixes, suffixes) for number, (word, prefixes, suffixes) in enumerate(joined)]
    return TermIndex(forms), list(joined.values())


def _numbers_in(bits: int) -> Iterator[int]:
    """The places of the bits that are set, from the highest on."""
    while bits:
        number = bits.bit_length() - 1
        bits ^= 1 << number
        yield number
