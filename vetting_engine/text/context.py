"""What stands around a term: negation, quotation, counter-speech and other cues, after ConText.

Harkema et al., "ConText: an algorithm for determining negation, experiencer and temporal status from clinical
reports" (2009): a cue opens a scope before or after itself, so many words wide, and a terminator closes it. Here
each cue raises a flag on the terms in its scope; what a flag means is for rules to say.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from vetting_engine.text.scripts import is_word
from vetting_engine.text.sentences import Sentences, quotations
from vetting_engine.text.terms import NO_AFFIX, Forms, Hit, TermIndex, longest, stem_of

__all__ = ["Cue", "CueIndex", "Raised", "Scope"]

QUOTED: Final = "quoted"
#: Flags of what answers a quotation: where one reaches its sentence, it reaches what is quoted in those beside it too.
_ANSWERING: Final = frozenset({"counter_speech", "condemned"})
#: Places at which one cue of the whole text is looked at: a target that the first overlaps is reached from the others.
_MOST_EVERYWHERE: Final = 3
#: In characters; bounds how far before a scope a term that reaches into it may begin.
_LONGEST_TERM: Final = 120


class Scope(StrEnum):
    """Which terms a cue reaches: those after it or before it in the sentence, either, or the whole text."""

    AFTER = "after"
    BEFORE = "before"
    SENTENCE = "sentence"
    NEIGHBOURS = "neighbours"  # its sentence and the two beside it
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Cue:
    """One cue. It reaches terms that begin (``after``) or end (``before``) within ``window`` words of it, 0 = as far
    as the sentence; terminators close both where ``terminated``. ``kinds`` and ``terms`` (ids), where given, are
    the only ones it reaches.
    """

    id: str
    flag: str
    stems: tuple[str, ...]
    scope: Scope
    window: int = 0
    kinds: frozenset[str] = frozenset()
    terms: frozenset[str] = frozenset()
    prefixes: Collection[str] = NO_AFFIX
    suffixes: Collection[str] = NO_AFFIX
    terminated: bool = True


@dataclass(frozen=True, slots=True)
class Raised:
    """A flag raised on one term: by which cue, and where the cue stands (folded)."""

    flag: str
    cue: str
    start: int
    end: int


class CueIndex:
    """The cues and terminators of some languages, ready to be looked for."""

    def __init__(self, cues: Iterable[Cue], terminators: Iterable[str] = ()) -> None:
        self._cues: Sequence[Cue] = tuple(cues)
        forms = [Forms(cue.stems, number, cue.prefixes, cue.suffixes) for number, cue in enumerate(self._cues)]
        self._stop = len(self._cues)
        forms.append(Forms(dict.fromkeys(map(stem_of, terminators)), self._stop))
        self._index = TermIndex(forms)

    def read(
        self, text: str, sentences: Sentences, targets: Sequence[tuple[int, int, str, str]]
    ) -> list[tuple[Raised, ...]]:
        """The flags raised on each target ``(start, end, kind, term id)``, given in order of place (folded)."""
        raised: list[dict[str, Raised]] = [{} for _ in targets]
        quoted = quotations(text)
        starts = [start for start, _, _, _ in targets]
        for low, high in quoted:
            for position in range(bisect_right(starts, low), bisect_left(starts, high)):
                if targets[position][1] < high:
                    raised[position].setdefault(QUOTED, Raised(QUOTED, QUOTED, low, high))
        hits = self._hits(text)
        stops = [hit.start for hit in hits if hit.key == self._stop]
        everywhere: Counter[str] = Counter()
        for hit in hits:
            if hit.key == self._stop:
                continue
            cue = self._cues[hit.key]
            if cue.scope is Scope.TEXT:
                everywhere[cue.id] += 1
                if everywhere[cue.id] > _MOST_EVERYWHERE:
                    continue
            reach = _reach(text, sentences, cue, hit, stops if cue.terminated else ())
            answered = quoted and cue.flag in _ANSWERING and cue.scope is Scope.SENTENCE
            low, high = _beside(text, sentences, hit) if answered else reach
            # A target may begin a little before the scope; no term is longer than this.
            for position in range(bisect_left(starts, low - _LONGEST_TERM), bisect_left(starts, high)):
                start, end, kind, term = targets[position]
                if end <= low or (start < hit.end and hit.start < end) or not _concerns(cue, kind, term):
                    continue
                if (end > reach[0] and start < reach[1]) or _is_quoted_from(raised[position], hit):
                    raised[position].setdefault(cue.flag, Raised(cue.flag, cue.id, hit.start, hit.end))
        return [tuple(flags[name] for name in sorted(flags)) for flags in raised]

    def _hits(self, text: str) -> list[Hit]:
        """Cues and terminators; a terminator hides the cues inside it that it can close ("not only" hides "not")."""
        found = self._index.find(text)
        stops = longest([hit for hit in found if hit.key == self._stop])
        starts = [hit.start for hit in stops]

        def hidden(hit: Hit) -> bool:
            last = bisect_right(starts, hit.start) - 1
            return last >= 0 and hit.end <= stops[last].end and self._cues[hit.key].terminated

        return sorted([*stops, *(hit for hit in found if hit.key != self._stop and not hidden(hit))])


def _concerns(cue: Cue, kind: str, term: str) -> bool:
    return (not cue.kinds or kind in cue.kinds) and (not cue.terms or term in cue.terms)


def _is_quoted_from(flags: Mapping[str, Raised], hit: Hit) -> bool:
    """Whether a target is in a quotation that the cue does not stand in."""
    quotation = flags.get(QUOTED)
    return quotation is not None and not quotation.start <= hit.start < quotation.end


def _beside(text: str, sentences: Sentences, hit: Hit) -> tuple[int, int]:
    """The sentence of a cue and the two beside it."""
    index = sentences.index(hit.start)
    low, high = sentences.bounds(index)
    before = sentences.bounds(index - 1)[0] if index else low
    return before, sentences.bounds(index + 1)[1] if high < len(text) else high


def _reach(text: str, sentences: Sentences, cue: Cue, hit: Hit, stops: Sequence[int]) -> tuple[int, int]:
    if cue.scope is Scope.TEXT:
        return 0, len(text)
    if cue.scope is Scope.NEIGHBOURS:
        return _beside(text, sentences, hit)
    low, high = sentences.bounds(sentences.index(hit.start))
    if cue.scope is Scope.AFTER:
        later = bisect_left(stops, hit.end)
        stop = stops[later] if later < len(stops) else high
        return hit.end, _forward(text, hit.end, min(high, stop), cue.window)
    if cue.scope is Scope.BEFORE:
        earlier = bisect_left(stops, hit.start)
        stop = stops[earlier - 1] if earlier else low
        return _backward(text, max(low, stop), hit.start, cue.window), hit.start
    return low, high


def _forward(text: str, start: int, limit: int, window: int) -> int:
    """The place where word number ``window`` after ``start`` has ended; the limit where ``window`` is 0."""
    if not window:
        return limit
    words, inside = 0, start > 0 and is_word(text[start - 1])
    for place in range(start, limit):
        word = is_word(text[place])
        words += word and not inside
        inside = word
        if words > window:
            return place
    return limit


def _backward(text: str, limit: int, end: int, window: int) -> int:
    """The place where word number ``window`` before ``end`` begins; the limit where ``window`` is 0."""
    if not window:
        return limit
    words, inside = 0, end < len(text) and is_word(text[end])
    for place in range(end - 1, limit - 1, -1):
        word = is_word(text[place])
        words += word and not inside
        inside = word
        if words > window:
            return place + 1
    return limit
