"""The terms, cues and signs of a pack, compiled per language and script, and which of them apply to a text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import lru_cache, partial
from typing import Final

from vetting_engine.checks.content.documents import CueFile, SignFile, Term, TermFile
from vetting_engine.checks.content.gate import Gate
from vetting_engine.checks.content.group import Group
from vetting_engine.checks.content.language import LanguageTerms
from vetting_engine.checks.content.languages import languages_of
from vetting_engine.checks.content.words import CLASSES_FROM
from vetting_engine.text.scripts import scripts_in

__all__ = ["LanguageTerms", "Lexicon", "in_order", "live", "primary"]

#: Pairs of scripts and declared languages; texts that each declare another language must not grow it without end.
_CACHE_LIMIT: Final = 10_000
#: Sets of declared languages whose words are remembered at a time.
_GATES_KEPT: Final = 24


class Lexicon:
    """All languages of a pack. ``as_of`` retires expired terms.

    A language's terms apply to a text in its script where the text or the candidate declares that language, or
    declares none that is written in that script. No language is ever guessed from the text. ``same_language`` names
    tags that stand for one language (``prs`` for ``fa``): whichever is declared, the same terms apply.
    """

    def __init__(
        self,
        terms: Iterable[TermFile],
        cues: Iterable[CueFile],
        scripts: Mapping[str, str],
        same_language: Mapping[str, str] | None = None,
        signs: Iterable[SignFile] = (),
    ) -> None:
        known = languages_of(terms, cues, signs)
        self._known = known
        self.classes = known.classes
        #: The bits that the gate raises for figures; and for terms, that is, neither for figures nor to remember by.
        self.figure_bits = sum(known.figures.values())
        self.term_bits = -1 << CLASSES_FROM & ~self.figure_bits
        self._same_language = {primary(tag): primary(other) for tag, other in (same_language or {}).items()}
        self._scripts = {self._plain(language): script for language, script in scripts.items()}
        self._cache: dict[tuple[tuple[str, ...], tuple[str, ...]], tuple[LanguageTerms, ...]] = {}
        self._gates: dict[tuple[str, ...], Gate] = {}
        # A gate takes long to make and remembers words: all declarations that come to the same groups share one.
        self._gate_of = lru_cache(_GATES_KEPT)(partial(Gate, figures=known.figures, pairs_from=known.classes.end))

    @property
    def languages(self) -> tuple[LanguageTerms, ...]:
        """All languages with terms, in order of tag and script."""
        return self._known.all

    def covers(self, language: str) -> bool:
        """Whether any terms are declared for the language (BCP 47), in whatever script."""
        return any(self._same(language, item) for item in self.languages)

    def scripts_of(self, language: str) -> frozenset[str]:
        """The scripts a declared language is known to be written in."""
        found = {item.script for item in self.languages if self._plain(item.language) == self._plain(language)}
        declared = self._scripts.get(self._plain(language))
        return frozenset(found | {declared} if declared else found)

    def applicable(self, text: str, declared: Sequence[str]) -> tuple[LanguageTerms, ...]:
        """The languages whose terms apply to a text, given the declared languages (BCP 47)."""
        key = (tuple(sorted(scripts_in(text))), tuple(sorted(set(declared))))
        if key not in self._cache:
            if len(self._cache) >= _CACHE_LIMIT:
                self._cache.clear()
            self._cache[key] = in_order(self._group(script, key[1]) for script in key[0])
        return self._cache[key]

    def gate(self, declared: tuple[str, ...]) -> Gate:
        """What single words may be part of, for texts of the declared languages."""
        gate = self._gates.get(declared)
        if gate is None:
            if len(self._gates) >= _GATES_KEPT:
                self._gates.clear()
            scripts = sorted({item.script for item in self.languages})
            groups = tuple(self._group(script, tuple(sorted(set(declared)))) for script in scripts)
            gate = self._gates[declared] = self._gate_of(groups)
        return gate

    def _group(self, script: str, declared: tuple[str, ...]) -> Group:
        languages = [item for item in self.languages if item.script == script]
        spoken = [item for item in languages if any(self._same(language, item) for language in declared)]
        if any(script in self.scripts_of(language) for language in declared):
            languages = spoken
        return self._known.group(script, languages)

    def _plain(self, language: str) -> str:
        """The one tag that all tags of the same language are known by, without script or region."""
        return self._same_language.get(primary(language), primary(language))

    def _same(self, language: str, item: LanguageTerms) -> bool:
        if self._plain(language) != self._plain(item.language):
            return False
        parts = [part for part in language.split("-")[1:] if len(part) == len("Latn")]
        return not parts or parts[0].title() == item.script


def in_order(groups: Iterable[Group]) -> tuple[LanguageTerms, ...]:
    """The languages of some groups in order of tag and script."""
    languages = (language for group in groups for language in group.languages)
    return tuple(sorted(languages, key=lambda item: (item.language, item.script)))


def primary(language: str) -> str:
    """The language itself, without script or region: ``hi`` of ``hi-Latn``."""
    return language.partition("-")[0].lower()


def live(term: Term, as_of: date) -> bool:
    """Whether a term is still in use; terms age, and an expired one no longer speaks."""
    return term.expires is None or as_of <= term.expires
