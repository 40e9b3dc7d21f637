"""The terms and cues of a pack, compiled per language and script, and which of them apply to a text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Final

from vetting_engine.checks.content.documents import Affixes, CueFile, Flag, Term, TermFile, TermKind
from vetting_engine.text.context import Cue, CueIndex
from vetting_engine.text.fold import fold
from vetting_engine.text.scripts import scripts_in
from vetting_engine.text.spelling import Spelling
from vetting_engine.text.terms import NO_AFFIX, Form, TermIndex, stem_of

__all__ = ["LanguageTerms", "Lexicon", "primary"]

#: Pairs of scripts and declared languages; texts that each declare another language must not grow it without end.
_CACHE_LIMIT: Final = 10_000

#: Patterns with more suffixes than this (Slavic cases, Arabic pronouns) are not expanded for misspellings.
_EXPANDED_SUFFIXES = 24
#: What is said can be denied; a name cannot, and an offer that begins with "no papers needed" is not denied by it.
_DENIABLE = frozenset(
    {
        TermKind.SLUR, TermKind.CONTEMPT, TermKind.REPULSION, TermKind.INSULT, TermKind.DEHUMANISING, TermKind.WORTH,
        TermKind.EXCLUSION, TermKind.THREAT, TermKind.INCITEMENT, TermKind.PROFANITY, TermKind.SCHEME,
        TermKind.ASSURANCE, TermKind.CREDENTIAL, TermKind.SEXUAL, TermKind.ADVANCE, TermKind.EXPOSURE, TermKind.SPREAD,
        TermKind.PRAISE, TermKind.IDEOLOGY, TermKind.RUMOUR, TermKind.CLAIM, TermKind.ELECTION, TermKind.PROMOTION,
        TermKind.DISTRESS, TermKind.HARM, TermKind.HELP,
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Entry:
    term: Term
    prefixes: frozenset[str]
    suffixes: frozenset[str]


class LanguageTerms:
    """Everything declared for one language in one script."""

    def __init__(self, language: str, script: str, terms: Sequence[TermFile], cues: Sequence[CueFile]) -> None:
        self.language = language
        self.script = script
        self._files = terms
        self._cue_files = cues
        self._entries = tuple(_entries(terms))

    def term(self, key: int) -> Term:
        """The term behind a hit's key."""
        return self._entries[key].term

    @cached_property
    def index(self) -> TermIndex:
        """The automaton over all terms; built at first use."""
        return TermIndex(
            _form(key, entry, text, head)
            for key, entry in enumerate(self._entries)
            for text, head in entry.term.written
        )

    @cached_property
    def cues(self) -> CueIndex:
        """The cues and terminators."""
        return CueIndex(
            (cue for file in self._cue_files for cue in _cues(file)),
            [text for file in self._cue_files for text in file.terminators],
        )

    @cached_property
    def spelling(self) -> Spelling:
        """The words of the language, for misspelt and glued ones."""
        common = {fold(word) for file in self._files for word in file.common}
        guessable: set[str] = set()
        known: set[str] = set()
        for entry in self._entries:
            words = known if entry.term.kind is TermKind.INNOCENT else guessable
            words.update(word for written in _written(entry) for word in written.split())
        return Spelling(guessable, common | known)


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
    ) -> None:
        by_key: dict[tuple[str, str], tuple[list[TermFile], list[CueFile]]] = {}
        for file in terms:
            for language in (file.language, *file.also):
                by_key.setdefault((language, file.script), ([], []))[0].append(file)
        for cue_file in cues:
            for language in (cue_file.language, *cue_file.also):
                by_key.setdefault((language, cue_file.script), ([], []))[1].append(cue_file)
        self._languages = tuple(
            LanguageTerms(language, script, files, cue_files)
            for (language, script), (files, cue_files) in sorted(by_key.items())
            if files
        )
        self._same_language = {primary(tag): primary(other) for tag, other in (same_language or {}).items()}
        self._scripts = {self._plain(language): script for language, script in scripts.items()}
        self._cache: dict[tuple[tuple[str, ...], tuple[str, ...]], tuple[LanguageTerms, ...]] = {}

    @property
    def languages(self) -> tuple[LanguageTerms, ...]:
        """All languages with terms, in order of tag and script."""
        return self._languages

    def covers(self, language: str) -> bool:
        """Whether any terms are declared for the language (BCP 47), in whatever script."""
        return any(self._same(language, item) for item in self._languages)

    def scripts_of(self, language: str) -> frozenset[str]:
        """The scripts a declared language is known to be written in."""
        found = {item.script for item in self._languages if self._plain(item.language) == self._plain(language)}
        declared = self._scripts.get(self._plain(language))
        return frozenset(found | {declared} if declared else found)

    def applicable(self, text: str, declared: Sequence[str]) -> tuple[LanguageTerms, ...]:
        """The languages whose terms apply to a text, given the declared languages (BCP 47)."""
        return self._for(scripts_in(text), tuple(sorted(set(declared))))

    def _for(self, scripts: tuple[str, ...], declared: tuple[str, ...]) -> tuple[LanguageTerms, ...]:
        key = (tuple(sorted(scripts)), declared)
        if key not in self._cache:
            if len(self._cache) >= _CACHE_LIMIT:
                self._cache.clear()
            self._cache[key] = tuple(
                item
                for item in self._languages
                if item.script in scripts
                and (
                    any(self._same(language, item) for language in declared)
                    or not any(item.script in self.scripts_of(language) for language in declared)
                )
            )
        return self._cache[key]

    def _plain(self, language: str) -> str:
        """The one tag that all tags of the same language are known by, without script or region."""
        return self._same_language.get(primary(language), primary(language))

    def _same(self, language: str, item: LanguageTerms) -> bool:
        if self._plain(language) != self._plain(item.language):
            return False
        parts = [part for part in language.split("-")[1:] if len(part) == len("Latn")]
        return not parts or parts[0].title() == item.script


def primary(language: str) -> str:
    """The language itself, without script or region: ``hi`` of ``hi-Latn``."""
    return language.partition("-")[0].lower()


def live(term: Term, as_of: date) -> bool:
    """Whether a term is still in use; terms age, and an expired one no longer speaks."""
    return term.expires is None or as_of <= term.expires


def _entries(files: Sequence[TermFile]) -> Iterator[_Entry]:
    for file in files:
        for term in file.terms:
            expires = term.expires or file.expires
            prefixes, suffixes = _affixes(file.affixes, term.affix)
            yield _Entry(term.model_copy(update={"expires": expires}), prefixes, suffixes)


def _affixes(patterns: Mapping[str, Affixes], name: str | None) -> tuple[frozenset[str], frozenset[str]]:
    if name is None:
        return NO_AFFIX, NO_AFFIX
    pattern = patterns[name]
    return frozenset({"", *map(fold, pattern.prefixes)}), frozenset({"", *map(fold, pattern.suffixes)})


def _cues(file: CueFile) -> Iterator[Cue]:
    for cue in file.cues:
        prefixes, suffixes = _affixes(file.affixes, cue.affix)
        yield Cue(
            id=cue.id, flag=cue.flag, texts=cue.texts, scope=cue.scope, window=cue.window,
            kinds=frozenset(cue.kinds) or (_DENIABLE if cue.flag is Flag.NEGATED else frozenset()),
            terms=frozenset(cue.terms), prefixes=prefixes, suffixes=suffixes, terminated=cue.terminated,
        )  # fmt: skip


def _form(key: int, entry: _Entry, text: str, head: str) -> Form:
    stem = stem_of(text)
    if not head:
        return Form(stem, key, entry.prefixes, entry.suffixes)
    beside = " " + stem_of(head)
    return Form(stem + beside, key, entry.prefixes, NO_AFFIX, len(beside))


def _written(entry: _Entry) -> Iterator[str]:
    suffixes = entry.suffixes if len(entry.suffixes) <= _EXPANDED_SUFFIXES else NO_AFFIX
    for text, head in entry.term.written:
        stem = stem_of(text)
        yield from (stem + suffix for suffix in sorted(suffixes) if "'" not in suffix)
        if head:
            yield stem_of(head)
