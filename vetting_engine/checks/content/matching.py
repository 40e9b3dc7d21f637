"""From one text to its matches: terms found in all readings, with their flags, in original code points."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from vetting_engine.checks.content.documents import Flag, Term, TermKind
from vetting_engine.checks.content.figures import figures_in
from vetting_engine.checks.content.lexicon import LanguageTerms, Lexicon, live
from vetting_engine.model.candidate import MediaKind
from vetting_engine.text.context import Raised
from vetting_engine.text.fold import Folded, folded
from vetting_engine.text.sentences import Sentences
from vetting_engine.text.terms import Hit, longest
from vetting_engine.text.views import PLAIN, Reading, readings

__all__ = ["Match", "Passage", "find_matches"]


@dataclass(frozen=True, slots=True)
class Passage:
    """One text to screen: a post, caption, bio, handle or link domain, and what is known about it.

    ``languages`` are the declared ones, of the text itself first.
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


def find_matches(passage: Passage, lexicon: Lexicon, as_of: date) -> tuple[Match, ...]:
    """The matches of a text, in order of place. Linear in its length; most texts have none and end early."""
    text = folded(passage.text)
    languages = lexicon.applicable(text.text, passage.languages)
    found = _found(text, languages, as_of)
    if not found:
        return ()
    found += [_Found(start, end, figure, PLAIN) for start, end, figure in figures_in(text.text)]
    return _in_context(passage, text, languages, sorted(found, key=lambda item: (item.start, item.end, item.term.id)))


@dataclass(frozen=True, slots=True)
class _Found:
    start: int  # folded
    end: int
    term: Term
    view: str


def _found(text: Folded, languages: Sequence[LanguageTerms], as_of: date) -> list[_Found]:
    found: dict[tuple[int, int, str], _Found] = {}

    def keep(start: int, end: int, term: Term, view: str) -> None:
        if live(term, as_of):
            found.setdefault((start, end, term.id), _Found(start, end, term, view))

    for language in languages:
        for hit in language.index.find(text.text):
            keep(hit.start, hit.end, language.term(hit.key), PLAIN)

    def seek(reading: Reading, language: LanguageTerms) -> None:
        for hit in language.index.find(reading.text):
            if reading.touched(hit.start, hit.end):
                keep(*reading.span(hit.start, hit.end), language.term(hit.key), reading.name)

    for reading in readings(text):
        for language in languages:
            seek(reading, language)
    for language in languages:
        others = [other.spelling for other in languages if other is not language]
        for reading in language.spelling.readings(text, others):
            seek(reading, language)
    return _outermost(list(found.values()))


#: Kinds that a longer term speaks for: the slur inside a curse, the group inside a slur. All others are blocks that
#: count wherever they stand, except inside an innocent word.
_SPOKEN_FOR: Final = frozenset({
    TermKind.GROUP, TermKind.SLUR, TermKind.CONTEMPT, TermKind.REPULSION, TermKind.INSULT, TermKind.DEHUMANISING,
    TermKind.WORTH, TermKind.EXCLUSION, TermKind.THREAT, TermKind.INCITEMENT, TermKind.PROFANITY, TermKind.INNOCENT,
})  # fmt: skip


def _outermost(found: list[_Found]) -> list[_Found]:
    """The longest of nested ones, and blocks inside them; what stands inside an innocent word is innocent."""
    innocent = longest([
        Hit(item.start, item.end, number) for number, item in enumerate(found) if item.term.kind is TermKind.INNOCENT
    ])  # fmt: skip
    starts, ends = [hit.start for hit in innocent], [hit.end for hit in innocent]

    def is_innocent(item: _Found) -> bool:
        last = bisect_right(starts, item.start) - 1
        return last >= 0 and item.end <= ends[last]

    told = [item for item in found if item.term.kind is TermKind.INNOCENT or not is_innocent(item)]
    outer = longest([Hit(item.start, item.end, number) for number, item in enumerate(told)])
    outermost = {hit.key for hit in outer}
    return [
        item
        for number, item in enumerate(told)
        if item.term.kind is not TermKind.INNOCENT and (number in outermost or item.term.kind not in _SPOKEN_FOR)
    ]


def _in_context(
    passage: Passage, text: Folded, languages: Sequence[LanguageTerms], found: list[_Found]
) -> tuple[Match, ...]:
    sentences = Sentences(text.text)
    targets = [(item.start, item.end, str(item.term.kind), item.term.id) for item in found]
    flags: list[dict[str, Raised]] = [{} for _ in found]
    for language in languages:
        for known, raised in zip(flags, language.cues.read(text.text, sentences, targets), strict=True):
            for flag in raised:
                known.setdefault(flag.flag, flag)
    names = {(item.start, item.end): item.term.id for item in found if item.term.kind is TermKind.GROUP}
    matches = []
    for item, raised_here in zip(found, flags, strict=True):
        name = names.get((item.start, item.end))
        if name is not None and item.term.kind is TermKind.SLUR:
            # A slur in one of the writer's languages may be a plain name in another (French, Spanish "negro").
            raised_here.setdefault(Flag.LITERAL, Raised(Flag.LITERAL, name, item.start, item.end))
        if passage.shared and not passage.own_words:
            raised_here[Flag.SHARED] = Raised(Flag.SHARED, Flag.SHARED, 0, 0)
        start, end = text.span(item.start, item.end)
        shown = tuple(_original(text, raised_here[name]) for name in sorted(raised_here))
        sentence = sentences.index(item.start)
        matches.append(Match(start, end, item.term, item.view, sentence, _field(passage, start), shown))
    return tuple(matches)


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
