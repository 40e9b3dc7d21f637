"""From one text to its matches: terms found in all readings, with their flags, in original code points."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cache
from itertools import chain
from typing import Final

from vetting_engine.checks.content.documents import Term
from vetting_engine.checks.content.figures import figures_in, growth_in
from vetting_engine.checks.content.gate import FIGURED, GUESSED, VIEWED, Gate
from vetting_engine.checks.content.group import Group
from vetting_engine.checks.content.kinds import OUTSPOKEN, Flag, TermKind
from vetting_engine.checks.content.language import LanguageTerms
from vetting_engine.checks.content.lexicon import Lexicon, in_order, live
from vetting_engine.model.candidate import MediaKind
from vetting_engine.text.context import Raised
from vetting_engine.text.fold import Folded, folded
from vetting_engine.text.parted import CONJUNCTIONS
from vetting_engine.text.reading import Reading
from vetting_engine.text.scripts import is_word
from vetting_engine.text.sentences import Sentences
from vetting_engine.text.spelling import DELETED, GLUED, SWAPPED
from vetting_engine.text.terms import Hit, longest
from vetting_engine.text.views import BETWEEN, EMOJI, PLAIN, SPACED, VIEWS, for_cues, humps, readings

__all__ = ["Located", "Match", "Passage", "find_matches", "locate"]

#: A text with more parted terms than this is not looked through for conjunctions: that would cost their square.
_MOST_PARTED: Final = 50
_ALL_KINDS: Final = frozenset(TermKind)
_MISSPELT: Final = frozenset({DELETED, SWAPPED})


@dataclass(frozen=True, slots=True)
class Passage:
    """One text to screen: a post, caption, bio, handle or link domain, and what is known about it.

    ``languages`` are the declared ones, of the text itself first. ``old`` as the pack's ``old_after_days`` has it.
    """

    text: str
    where: str = "post"
    source_id: str = ""
    languages: tuple[str, ...] = ()
    time: datetime | None = None
    platform: str | None = None
    media: MediaKind = MediaKind.NONE
    shared: bool = False
    own_words: bool = True
    old: bool = False


@dataclass(frozen=True, slots=True)
class Match:
    """A term at original ``[start, end)``. ``flags`` say what stands around it, with the place of each cue."""

    start: int
    end: int
    term: Term
    view: str
    sentence: int
    field: str
    flags: tuple[Raised, ...] = ()


#: Flags that a text raises on all its terms, by what is known about it.
_WHOLE_TEXT: Final[Mapping[Flag, Callable[[Passage], bool]]] = {
    Flag.SHARED: lambda passage: passage.shared and not passage.own_words,
    Flag.OLD: lambda passage: passage.old,
}


@dataclass(frozen=True, slots=True)
class _Found:
    start: int  # folded
    end: int
    term: Term
    view: str


@dataclass(frozen=True, slots=True)
class Located:
    """The terms and figures of a text, found and not yet looked around for cues."""

    passage: Passage
    text: Folded
    languages: Sequence[LanguageTerms]
    found: Sequence[_Found]
    #: The folded places at which a language parts words that are glued.
    glued: Mapping[LanguageTerms, Sequence[int]]
    #: In order of place, all without flags.
    matches: tuple[Match, ...]

    def flagged(self) -> tuple[Match, ...]:
        """The matches with the flags that cues raise on them."""
        return _in_context(self)


def find_matches(passage: Passage, lexicon: Lexicon, as_of: date) -> tuple[Match, ...]:
    """The matches of a text, in order of place. Linear in its length; most texts have none and end early."""
    gate = lexicon.gate(passage.languages)
    bits = gate.look(passage.text)
    if not bits & lexicon.term_bits:
        return ()
    located = locate(passage, gate, as_of, bits)
    return located.flagged() if located else ()


def locate(
    passage: Passage,
    gate: Gate,
    as_of: date,
    bits: int,
    worth: Callable[[Collection[Term]], object] = bool,
) -> Located | None:
    """Where terms, signs and figures stand, in all readings that the gate's ``bits`` speak of.

    None where there is no term, or where the terms found are not ``worth`` to go on.
    """
    text, groups = folded(passage.text), gate.groups(bits)
    guesses = [(group, *guess) for group in groups for guess in group.guesses(text, groups)] if bits & GUESSED else []
    found = _found(text, groups, guesses, as_of, bits)
    signs = chain.from_iterable(group.signs.find(text) for group in groups if bits & group.signs.bits)
    found += [_Found(start, end, sign, PLAIN) for start, end, sign in signs if live(sign, as_of)]
    if not found or not worth([item.term for item in found]):
        return None
    if bits & FIGURED:
        figures = list(figures_in(text.text))
        growth = growth_in(text.text, figures)
        found += [_Found(start, end, figure, PLAIN) for start, end, figure in chain(figures, growth)]
    found.sort(key=lambda item: (item.start, item.end, item.term.id))
    sentences = Sentences(text.text)
    matches = []
    for item in found:
        start, end = text.span(item.start, item.end)
        sentence = sentences.index(item.start)
        view = EMOJI if item.view == PLAIN and not any(map(is_word, text.text[item.start : item.end])) else item.view
        matches.append(Match(start, end, item.term, view, sentence, _field(passage, start)))
    glued = {group.languages[number]: reading.breaks for group, number, reading in guesses if reading.name == GLUED}
    return Located(passage, text, in_order(groups), found, glued, tuple(matches))


#: A text as a language of a group, by its number there, reads misspelt and glued words.
_GuessOf = tuple[Group, int, Reading]


def _found(text: Folded, groups: Sequence[Group], guesses: Sequence[_GuessOf], as_of: date, bits: int) -> list[_Found]:
    found: dict[tuple[int, int, str], _Found] = {}

    def seek(
        reading: Reading, languages: Sequence[LanguageTerms], kinds: Collection[TermKind] = tuple(TermKind)
    ) -> None:
        for language in languages:
            for hit in language.index.find(reading.text):
                term = language.term(hit.key)
                # What must stand beside a term is no part of the hit, but may be what was rewritten.
                if term.kind in kinds and (reading.touched(hit.start, hit.end) or term.followed_by):
                    keep(*reading.span(hit.start, hit.end), term, reading.name)

    def keep(start: int, end: int, term: Term, view: str) -> None:
        if live(term, as_of) and (not term.accented or as_written(start, end, term, view)):
            found.setdefault((start, end, term.id), _Found(start, end, term, view))

    def as_written(start: int, end: int, term: Term, view: str) -> bool:
        return term.written_in(text.original[slice(*text.span(start, end))], misspelt=view in _MISSPELT)

    languages = [language for group in groups for language in group.languages]
    for language in languages:
        for hit in language.index.find(text.text):
            keep(hit.start, hit.end, language.term(hit.key), PLAIN)
    for reading in readings(text, VIEWS if bits & VIEWED else BETWEEN):
        seek(reading, languages)
    for group, number, reading in guesses:
        seek(reading, [group.languages[number]], OUTSPOKEN)
    return _outermost(_without_neighbours(text.text, list(found.values())))


def _without_neighbours(text: str, found: list[_Found]) -> list[_Found]:
    """Parted letters are read with and without a conjunction beside them: where both are the term, it is without."""
    parted = [item for item in found if item.view == SPACED]

    def is_longer(item: _Found, other: _Found) -> bool:
        inside = item.start <= other.start and other.end <= item.end and item.term.id == other.term.id
        beside = text[item.start : other.start] + text[other.end : item.end]
        return inside and beside != beside.strip() and beside.strip() in CONJUNCTIONS

    if len(parted) > _MOST_PARTED:
        return found
    return [item for item in found if item.view != SPACED or not any(is_longer(item, other) for other in parted)]


#: Kinds of which the longest speaks for the others: the slur inside a curse, the group inside a slur. Blocks count
#: wherever they stand, except inside an innocent word, and hide nothing.
_SPOKEN_FOR: Final = OUTSPOKEN | {TermKind.INNOCENT}
#: What is said of a group may hold its name ("women belong in the kitchen"), and does not speak for it then.
_SAID_OF_GROUPS: Final = OUTSPOKEN - {TermKind.GROUP, TermKind.SLUR, TermKind.PROFANITY}


def _outermost(found: list[_Found]) -> list[_Found]:
    """The longest of nested ones, and blocks inside them; what stands inside an innocent word is innocent."""
    innocent = [item for item in found if item.term.kind is TermKind.INNOCENT]
    is_innocent = _inside(innocent)
    accented = {(item.start, item.end) for item in found if item.term.accented}
    told = [
        item
        for item in found
        if (item.term.kind is TermKind.INNOCENT or not is_innocent(item))
        and (item.term.accented or (item.start, item.end) not in accented)
    ]
    outer = longest([
        Hit(item.start, item.end, number) for number, item in enumerate(told) if item.term.kind in _SPOKEN_FOR
    ])  # fmt: skip
    outermost = {hit.key for hit in outer}
    is_named = _inside([told[number] for number in outermost if told[number].term.kind in _SAID_OF_GROUPS])
    return [
        item
        for number, item in enumerate(told)
        if item.term.kind is not TermKind.INNOCENT
        and (
            number in outermost
            or item.term.kind not in _SPOKEN_FOR
            or (item.term.kind is TermKind.GROUP and is_named(item))
        )
    ]


def _inside(outer: Sequence[_Found]) -> Callable[[_Found], bool]:
    """Whether something stands inside one of these; of nested ones the longest tell."""
    spans = longest([Hit(item.start, item.end, number) for number, item in enumerate(outer)])
    starts, ends = [span.start for span in spans], [span.end for span in spans]

    def inside(item: _Found) -> bool:
        last = bisect_right(starts, item.start) - 1
        return last >= 0 and item.end <= ends[last]

    return inside


def _in_context(located: Located) -> tuple[Match, ...]:
    text, found, passage = located.text, located.found, located.passage
    targets = [(item.start, item.end, str(item.term.kind), item.term.id) for item in found]
    flags = _raised(located, targets)
    names = {(item.start, item.end): item.term.id for item in found if item.term.kind is TermKind.GROUP}
    of_the_whole = [flag for flag, raises in _WHOLE_TEXT.items() if raises(passage)]
    matches = []
    for match, item, raised_here in zip(located.matches, found, flags, strict=True):
        name = names.get((item.start, item.end))
        if name is not None and item.term.kind is TermKind.SLUR:
            # A slur in one of the writer's languages may be a plain name in another (French, Spanish "negro").
            raised_here.setdefault(Flag.LITERAL, Raised(Flag.LITERAL, name, item.start, item.end))
        raised_here |= {flag: Raised(flag, flag, 0, 0) for flag in of_the_whole}
        shown = tuple(_original(text, raised_here[name]) for name in sorted(raised_here))
        matches.append(replace(match, flags=shown) if shown else match)
    return tuple(matches)


def _raised(located: Located, targets: Sequence[tuple[int, int, str, str]]) -> list[dict[str, Raised]]:
    """Flag → what raised it, for each of the targets; cues are looked for in glued and in parted words as well."""
    text = located.text
    flags: list[dict[str, Raised]] = [{} for _ in targets]
    tagged = frozenset(humps(text))

    @cache
    def worded(places: frozenset[int]) -> tuple[Reading, Sentences, list[tuple[int, int, str, str]]]:
        reading = for_cues(text.text, places)
        moved = [(*reading.there(start, end), kind, term) for start, end, kind, term in targets]
        return reading, Sentences(reading.text), moved

    for language in located.languages:
        reading, sentences, moved = worded(tagged.union(located.glued.get(language, ())))
        for known, raised in zip(flags, language.cues.read(reading.text, sentences, moved), strict=True):
            for flag in raised:
                known.setdefault(flag.flag, Raised(flag.flag, flag.cue, *reading.span(flag.start, flag.end)))
    return flags


def _original(text: Folded, flag: Raised) -> Raised:
    start, end = text.span(flag.start, flag.end)
    return Raised(flag.flag, flag.cue, start, end)


def _field(passage: Passage, start: int) -> str:
    """``hashtag`` for a match inside one, otherwise where the text stands."""
    here = start
    while here > 0 and start - here < 80 and not passage.text[here - 1].isspace():  # noqa: PLR2004  # no tag is longer
        here -= 1
        if passage.text[here] == "#":
            return "hashtag"
    return passage.where
