"""The languages that apply to one script of a text, read in one pass; and their words one by one, for the gate."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property, reduce
from itertools import accumulate
from operator import or_

from vetting_engine.checks.content.documents import Term
from vetting_engine.checks.content.language import LanguageTerms
from vetting_engine.checks.content.words import WordBits
from vetting_engine.text.terms import Form, Hit, TermIndex

__all__ = ["Group"]


class Group:
    """Languages of one script, in order; one automaton finds the terms of all of them."""

    def __init__(self, script: str, languages: Sequence[LanguageTerms]) -> None:
        self.script = script
        self.languages = tuple(languages)
        #: The number of the first entry of each language, and at last of all entries.
        self._firsts = [0, *accumulate(language.size for language in languages)]

    @cached_property
    def index(self) -> TermIndex:
        """The automaton over all terms of all languages; built at first use."""
        return TermIndex(
            form.with_key(first + form.key)
            for first, language in zip(self._firsts, self.languages, strict=False)
            for form in language.forms()
        )

    def language(self, hit: Hit) -> int:
        """Which language a hit is of."""
        return bisect_right(self._firsts, hit.key) - 1

    def term(self, hit: Hit) -> Term:
        """The term behind a hit."""
        number = self.language(hit)
        return self.languages[number].term(hit.key - self._firsts[number])

    @cached_property
    def _words(self) -> tuple[TermIndex, list[int]]:
        return _indexed(language.words for language in self.languages)

    @cached_property
    def _foreign(self) -> tuple[TermIndex, list[int]]:
        return _indexed(language.foreign_words for language in self.languages)

    @cached_property
    def pairs(self) -> list[int]:
        """By number of a pair of words: the classes of the terms, of any of the languages, that both of them tell."""
        return [reduce(or_, bits) for bits in zip(*(language.pairs for language in self.languages), strict=True)]

    def word_hits(self, text: str, scripts: Sequence[str]) -> Iterator[tuple[Hit, int]]:
        """Words of terms in a text of these scripts, each with its bits."""
        index, bits = self._words if self.script in scripts else self._foreign
        for hit in index.find(text):
            yield hit, bits[hit.key]


def _indexed(tables: Iterable[WordBits]) -> tuple[TermIndex, list[int]]:
    merged: WordBits = {}
    for table in tables:
        for key, bits in table.items():
            merged[key] = merged.get(key, 0) | bits
    forms = [Form(word, number, prefixes, suffixes) for number, (word, prefixes, suffixes) in enumerate(merged)]
    return TermIndex(forms), list(merged.values())
