"""Misspelt and glued terms: one letter left out or masked, two neighbours swapped, a space left out.

A guarded guess: only words that are neither a declared form nor a declared common word of the language are
looked at. Unguarded guesses would make most of the false hits: every short word has neighbours.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import pairwise
from typing import Final

from vetting_engine.text.fold import Folded
from vetting_engine.text.neighbours import (
    LONGEST_WORD,
    SHORTEST_GLUED,
    SHORTEST_TERM,
    Neighbours,
    core,
    is_abjad,
    mask_of,
)
from vetting_engine.text.parted import CONJUNCTIONS
from vetting_engine.text.reading import Edit, Reading

__all__ = ["DELETED", "GLUED", "MASKED", "SWAPPED", "Spelling"]

SWAPPED: Final = "swapped"
DELETED: Final = "deleted"
GLUED: Final = "glued"
MASKED: Final = "masked"

#: From this length on a term beside an unknown word of at least that length is taken to be glued to it.
_LONG_TERM: Final = 6
_LONG_REST: Final = 3
#: And from this length on beside "and".
_LONG_BESIDE_AND: Final = 5
#: Shorter words are not looked for inside others.
_SHORTEST_CORE: Final = 3
#: Shorter ones fit too many misspelt words where vowels are left out.
_LONG_CORE: Final = 4
#: One-letter words that are glued to others; more letters than these would split too many words.
_GLUED_LETTERS: Final = frozenset("aeiouywو")
#: A misspelt word is read as this many forms at most, the first of the alphabet.
_MOST_MEANT: Final = 3
_CACHE_LIMIT: Final = 100_000

#: What is to be read instead of a word: the view, and edits relative to the word's start.
_Guess = tuple[str, tuple[Edit, ...]]


class Spelling:
    """The words of one language, ready to guess what a misspelt one was meant to be.

    Args:
        forms: folded words of terms, affixes included, that may be guessed.
        common: folded words of the language that are never a misspelling of a term.
        prefixes, suffixes: what the language hangs on words; an inflected known word is no misspelling either.
        composed: those of the forms that nobody wrote: a stem with one of its endings, which may be no word at all
            ("cigana" with "a"). They may be misspellings of other forms all the same.
    """

    def __init__(
        self,
        forms: Iterable[str],
        common: Iterable[str],
        prefixes: Iterable[str] = (),
        suffixes: Iterable[str] = (),
        composed: Iterable[str] = (),
    ) -> None:
        self._forms = frozenset(forms)
        self._common = frozenset(common)
        self._known = self._forms | self._common
        self._composed = frozenset(composed) - self._common
        #: Common words that are no form: what hangs on one of these is an ending, and nothing glued to it.
        self._plain = self._common - self._forms
        self._prefixes = frozenset(prefixes) | {""}
        self._suffixes = frozenset(suffixes) | {""}
        self._longest_prefix = max(map(len, self._prefixes))
        self._longest_suffix = max(map(len, self._suffixes))
        #: The forms of this language alone, each with the bit 1.
        self.neighbours = Neighbours(dict.fromkeys(self._forms, 1))
        self._cache: dict[str, tuple[_Guess, ...]] = {}
        self._knows: dict[str, bool] = {}

    def readings(
        self,
        folded: Folded,
        others: Iterable[Spelling] = (),
        words: Iterable[str] | None = None,
        among: Neighbours | None = None,
    ) -> Iterator[Reading]:
        """A reading or several per kind of guess that any word of the text gave rise to.

        A word that one of the ``others``, the languages that also apply, knows as it stands is no misspelling.
        ``words``: those between white space that may give rise to any; all of the text's where it is not known.
        ``among``: neighbours where the forms of other languages may stand beside those of this one.
        """
        text = folded.text
        # A word that may mean several is read as each of them, in readings of their own.
        found: dict[tuple[str, int], list[Edit]] = {}
        for written in set(text.split()) if words is None else words:
            guesses = self.guesses(written, among)
            if guesses and not any(other.knows(written) for other in others):
                for number, (name, edits) in enumerate(guesses):
                    found.setdefault((name, number), []).extend(_placed(text, written, edits))
        for name, number in sorted(found):
            yield Reading(name, text, sorted(found[name, number], key=lambda edit: (edit.start, edit.end)))

    def guesses(self, written: str, among: Neighbours | None = None) -> tuple[_Guess, ...]:
        """What a word, with the punctuation around it, may be read as instead; mostly nothing."""
        found = self._cache.get(written)
        if found is None:
            if len(self._cache) > _CACHE_LIMIT:
                self._cache.clear()
            self._cache[written] = found = tuple(self._guesses(written, among or self.neighbours))
        return found

    def knows(self, written: str) -> bool:
        """Whether the word, without the punctuation around it, is a declared form or a common word."""
        known = self._knows.get(written)
        if known is None:
            if len(self._knows) > _CACHE_LIMIT:
                self._knows.clear()
            self._knows[written] = known = self._is_known(core(written)[1])
        return known

    def _is_known(self, word: str) -> bool:
        """Whether the word is known, or a common word with what may hang on it."""
        return word in self._known or self._is_inflected(word, self._common)

    def _is_inflected(self, word: str, words: frozenset[str]) -> bool:
        most = len(word) - _SHORTEST_CORE
        for first in range(min(self._longest_prefix, most) + 1):
            if word[:first] not in self._prefixes:
                continue
            for cut in range(min(self._longest_suffix, most - first) + 1):
                last = len(word) - cut
                if word[last:] in self._suffixes and word[first:last] in words:
                    return True
        return False

    def _is_plainly_inflected(self, word: str) -> bool:
        """Whether the word is a common word of some length with a prefix, or with a suffix: shorter ones, and both at
        once, fit most misspelt words of an alphabet that leaves vowels out.
        """
        places = range(1, len(word))
        return any(
            (word[:place] in self._prefixes and place <= len(word) - _LONG_CORE and word[place:] in self._common)
            or (word[place:] in self._suffixes and place >= _LONG_CORE and word[:place] in self._common)
            for place in places
        )

    def _guesses(self, written: str, among: Neighbours) -> Iterator[_Guess]:
        if len(written) > LONGEST_WORD:
            return
        masked = mask_of(written)
        if masked is not None:
            for meant in sorted(self._forms.intersection(among.masked(written)))[:_MOST_MEANT]:
                yield MASKED, (Edit(masked[0], masked[0] + len(masked[1]), meant),)
            return
        first, word = core(written)
        if len(word) < SHORTEST_TERM or word[0].isdigit() or (word in self._known and word not in self._composed):
            return
        swapped = sorted(self._forms.intersection(among.swapped(word)))
        whole = sorted(self._forms.intersection(among.with_one_more(word)))
        if whole and is_abjad(word) and self._is_plainly_inflected(word):
            whole = []
        if word not in self._known and self._composed.issuperset((*swapped, *whole)):
            # A word with "and" glued to it looks like one with a misspelt ending that nobody wrote.
            cuts = self._split(word, among)
            if cuts:
                yield GLUED, tuple(Edit(first + cut, first + cut, " ") for cut in cuts)
                return
        for name, several in ((SWAPPED, swapped), (DELETED, whole)):
            for meant in several[:_MOST_MEANT]:
                yield name, (Edit(first, first + len(word), meant),)

    def _split(self, word: str, among: Neighbours) -> tuple[int, ...]:
        """Where to cut the word into a term and what is glued to it, if anywhere: the longest term, then the best
        known, the fewest and the most even pieces.
        """
        if len(word) < SHORTEST_GLUED:
            return ()
        inside = [(start, end) for start, end in among.inside(word) if word[start:end] in self._forms]
        if not inside or self._is_inflected(word, self._plain):
            return ()

        def order(cuts: tuple[int, ...]) -> tuple[int, bool, int, int, tuple[int, ...]]:
            pieces = _pieces(word, cuts)
            term = max(map(self._term_length, pieces))
            known = all(map(self._piece, pieces)) and self._composed.isdisjoint(pieces)
            return -term, not known, len(cuts), -min(map(len, pieces)), cuts

        return min(filter(partial(self._are_cuts, word), _cuts(word, inside)), key=order, default=())

    def _term_length(self, piece: str) -> int:
        """How long a piece is as a term; a conjunction at its end is rather what is glued to it."""
        if piece not in self._forms:
            return 0
        return len(piece) - (piece[-1] in CONJUNCTIONS and piece[:-1] in self._forms)

    def _are_cuts(self, word: str, cuts: tuple[int, ...]) -> bool:
        """Whether the pieces are words; or one is a long term beside what is long enough to be one, or means "and".

        No list of words is complete, and a term as long as that is hardly in another word by chance.
        """
        pieces = _pieces(word, cuts)
        if len(pieces) > len(("left", "right")):
            # Short words beside a term are in many a longer word (de-puta-da, en-verga-dura); between two long ones
            # they are rather words (gorges-de-femmes).
            first, middle, last = pieces
            least = SHORTEST_TERM if _is_short(middle, _SHORTEST_CORE) else _SHORTEST_CORE
            return not (_is_short(first, least) or _is_short(last, least)) and all(map(self._piece, pieces))
        left, right = pieces
        return all(map(self._piece, pieces)) or self._is_long(left, beside=right) or self._is_long(right, beside=left)

    def _is_long(self, term: str, beside: str) -> bool:
        """Whether this is a term that may be taken for one beside that."""
        least = _LONG_TERM if len(beside) >= _LONG_REST else _LONG_BESIDE_AND if beside in CONJUNCTIONS else None
        return least is not None and len(term) >= least and term in self._forms

    def _piece(self, word: str) -> bool:
        if len(word) == 1:
            return word in _GLUED_LETTERS and word in self._known
        return word in self._known or self._is_inflected(word, self._known)


def _cuts(word: str, inside: Iterable[tuple[int, int]]) -> Iterator[tuple[int, ...]]:
    """Where a word may be cut in two or three, so that one piece is a form inside it.

    Short forms turn up in any word by chance: those given are of some length.
    """
    end = len(word)
    for first, last in inside:
        if first and last < end - 1:
            yield (first, last)
        if first == 0 and last < end:
            yield (last,)
            yield from ((last, later) for later in range(last + 2, end - 1))
        if last == end and first:
            yield (first,)
            yield from ((cut, first) for cut in range(1, first - 1))


def _pieces(word: str, cuts: tuple[int, ...]) -> list[str]:
    return [word[first:last] for first, last in pairwise((0, *cuts, len(word)))]


def _is_short(piece: str, least: int) -> bool:
    return len(piece) < least and piece not in CONJUNCTIONS


def _placed(text: str, written: str, edits: Sequence[Edit]) -> Iterable[Edit]:
    """The edits of a word at every place where it stands between white space."""
    place = text.find(written)
    while place >= 0:
        end = place + len(written)
        if (place == 0 or text[place - 1].isspace()) and (end == len(text) or text[end].isspace()):
            for edit in edits:
                yield Edit(place + edit.start, place + edit.end, edit.text)
        place = text.find(written, end)
