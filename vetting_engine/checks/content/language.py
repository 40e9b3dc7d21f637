"""The terms, cues and signs of one language in one script, compiled."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, reduce
from itertools import chain
from operator import or_

from vetting_engine._memory import collector_paused
from vetting_engine.checks.content.documents import Affixes, CueEntry, CueFile, SignFile, Term, TermFile
from vetting_engine.checks.content.kinds import NAMING, OUTSPOKEN, Flag, TermKind
from vetting_engine.checks.content.topics import topics_of
from vetting_engine.checks.content.words import CLASSES_FROM, PART, WordBits, WordTable
from vetting_engine.text.context import Cue, CueIndex
from vetting_engine.text.fold import fold
from vetting_engine.text.scripts import script_of
from vetting_engine.text.spelling import Spelling
from vetting_engine.text.terms import NO_AFFIX, Forms, TermIndex, stem_of

__all__ = ["Classes", "LanguageTerms"]

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
#: Whatever is told, condemned or answered is so with all its words.
_OF_WHAT_IS_SAID = frozenset({Flag.REPORTED, Flag.CONDEMNED, Flag.COUNTER_SPEECH})
#: Hate has no signs: what answers a refusal alone ("closed today, come tomorrow") answers none.
_WITHOUT_SIGNS = frozenset({TermKind.REFUSAL, TermKind.OURS})


@dataclass(frozen=True)
class _Entry:
    """A term, what hangs on it, and the bit of its class."""

    term: Term
    prefixes: frozenset[str]
    suffixes: frozenset[str]
    bits: int

    @cached_property
    def stems(self) -> tuple[str, ...]:
        """The stems of its texts; worked out at first use, since few languages of a pack may be asked for."""
        return self.term.stems

    @cached_property
    def heads(self) -> tuple[str, ...]:
        """The stems of what must stand after them; an empty one where nothing must."""
        return tuple(map(stem_of, self.term.followed_by)) or ("",)

    def forms(self, key: int) -> Iterator[Forms]:
        for head in self.heads:
            if head:
                stems = tuple(f"{stem} {head}" for stem in self.stems)
                yield Forms(stems, key, self.prefixes, NO_AFFIX, len(head) + 1)
            else:
                yield Forms(self.stems, key, self.prefixes, self.suffixes)


class Classes:
    """Terms of one kind, topic and strength are one class, which is one bit: rules mostly ask for no more of them."""

    def __init__(self) -> None:
        self._bits: dict[tuple[str, str, str], int] = {}
        #: What the terms of each class have in common, from the lowest bit on.
        self.fields: list[Mapping[str, str]] = []

    @property
    def end(self) -> int:
        """The first bit that is no class; asked for when all terms were seen."""
        return CLASSES_FROM + len(self.fields)

    def of(self, term: Term) -> int:
        """The bit of a term's class."""
        key = (term.kind, term.topic, term.strength)
        bit = self._bits.get(key)
        if bit is None:
            self._bits[key] = bit = self.apart(term)
        return bit

    def apart(self, term: Term) -> int:
        """A bit for terms like this one that are not to be counted among the class."""
        self.fields.append({"kind": str(term.kind), "topic": term.topic, "strength": str(term.strength)})
        return 1 << (CLASSES_FROM + len(self.fields) - 1)


class LanguageTerms:
    """Everything declared for one language in one script."""

    def __init__(
        self,
        language: str,
        script: str,
        *,
        terms: Sequence[TermFile],
        cues: Sequence[CueFile],
        signs: Sequence[SignFile],
        classes: Classes,
    ) -> None:
        self.language = language
        self.script = script
        #: The topics of its signs.
        self.topics = tuple(topic for file in signs for topic in topics_of(file, classes.of))
        self._files = terms
        self._cue_files = cues
        self._entries = tuple(_entries(terms, classes))
        #: The bits of the terms that name a group.
        self.naming = reduce(or_, {entry.bits for entry in self._entries if entry.term.kind in NAMING}, 0)

    def term(self, key: int) -> Term:
        """The term behind a hit's key."""
        return self._entries[key].term

    def forms(self) -> Iterator[Forms]:
        """The written forms of every term, under the term's key."""
        for key, entry in enumerate(self._entries):
            yield from entry.forms(key)

    @cached_property
    @collector_paused()
    def index(self) -> TermIndex:
        """The automaton over all terms; built at first use, as all that follows."""
        return TermIndex(self.forms())

    @cached_property
    @collector_paused()
    def told(self) -> WordTable:
        """The words of all forms, one by one, with the bits they raise."""
        # Innocent terms hide others and raise no bit of their own.
        bits = [PART if entry.term.kind is TermKind.INNOCENT else entry.bits for entry in self._entries]
        return WordTable([(forms, bits[forms.key]) for forms in self.forms()])

    @cached_property
    def foreign_words(self) -> WordBits:
        """Those of them that have no letter of the script: they may stand in any text."""
        return {key: told for key, told in self.told.words.items() if self.script not in map(script_of, key[0])}

    @cached_property
    def cues(self) -> CueIndex:
        """The cues and terminators."""
        return CueIndex(
            (cue for file in self._cue_files for cue in _cues(file)),
            [text for file in self._cue_files for text in file.terminators],
        )

    @cached_property
    @collector_paused()
    def spelling(self) -> Spelling:
        """The words of the language, for misspelt and glued ones: what is guessed is what people hide, and no block."""
        common = {fold(word) for file in self._files for word in file.common}
        # What cues are made of are the commonest words of all.
        common |= {
            word
            for file in self._cue_files
            for stem in chain(map(stem_of, file.terminators), *(cue.stems for cue in file.cues))
            for word in stem.split(" ")
        }
        guessable: set[str] = set()
        known: set[str] = set()
        written: set[str] = set()
        for entry in self._entries:
            words = _words(entry)
            (guessable if entry.term.kind in OUTSPOKEN else known).update(words, _inflected(entry))
            written |= words
        patterns = [
            pattern
            for file in chain[TermFile | CueFile](self._files, self._cue_files)
            for pattern in file.affixes.values()
        ]
        prefixes = {fold(prefix) for pattern in patterns for prefix in pattern.prefixes}
        suffixes = {fold(suffix) for pattern in patterns for suffix in pattern.suffixes}
        return Spelling(guessable, common | known, prefixes, suffixes, guessable - written)


def _entries(files: Sequence[TermFile], classes: Classes) -> Iterator[_Entry]:
    for file in files:
        for term in file.terms:
            expires = term.expires or file.expires
            prefixes, suffixes = _affixes(file.affixes, term.affix)
            live = term if expires == term.expires else term.model_copy(update={"expires": expires})
            yield _Entry(live, prefixes, suffixes, classes.of(term))


def _affixes(patterns: Mapping[str, Affixes], name: str | None) -> tuple[frozenset[str], frozenset[str]]:
    if name is None:
        return NO_AFFIX, NO_AFFIX
    pattern = patterns[name]
    return frozenset({"", *map(fold, pattern.prefixes)}), frozenset({"", *map(fold, pattern.suffixes)})


def _cues(file: CueFile) -> Iterator[Cue]:
    for cue in file.cues:
        prefixes, suffixes = _affixes(file.affixes, cue.affix)
        yield Cue(
            id=cue.id, flag=cue.flag, stems=cue.stems, scope=cue.scope, window=cue.window,
            kinds=_kinds(cue),
            terms=frozenset(cue.terms), prefixes=prefixes, suffixes=suffixes, terminated=cue.terminated,
        )  # fmt: skip


def _kinds(cue: CueEntry) -> frozenset[str]:
    """The kinds of terms a cue speaks of; empty: all."""
    if not cue.kinds:
        return _DENIABLE if cue.flag is Flag.NEGATED else frozenset()
    speaks_of_signs = cue.flag in _OF_WHAT_IS_SAID and not _WITHOUT_SIGNS.issuperset(cue.kinds)
    return frozenset(cue.kinds) | ({TermKind.SIGN} if speaks_of_signs else frozenset())


def _words(entry: _Entry) -> set[str]:
    """The words of an entry's texts as they are written."""
    return {word for text in (*entry.stems, *entry.heads) for word in text.split()}


def _inflected(entry: _Entry) -> set[str]:
    """The last word of each text with all that may hang on it, where that is not too much."""
    if len(entry.suffixes) > _EXPANDED_SUFFIXES:
        return set()
    lasts = {stem.rpartition(" ")[2] for stem in entry.stems}
    hanging = [suffix for suffix in entry.suffixes if "'" not in suffix]
    return {word for last in lasts for suffix in hanging for word in (last + suffix).split()}
