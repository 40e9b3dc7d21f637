"""Misspelt and glued terms: one letter left out, two neighbours swapped, a space left out.

A guarded guess: only words that are neither a declared form nor a declared common word of the language are
looked at. Unguarded guesses would make most of the false hits: every short word has neighbours.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, pairwise
from typing import Final

from vetting_engine.text.fold import Folded
from vetting_engine.text.parted import CONJUNCTIONS
from vetting_engine.text.scripts import is_word, script_of
from vetting_engine.text.terms import Inside
from vetting_engine.text.views import Edit, Reading

__all__ = ["DELETED", "GLUED", "SWAPPED", "Spelling"]

SWAPPED: Final = "swapped"
DELETED: Final = "deleted"
GLUED: Final = "glued"

#: Shorter words have too many neighbours that are words of their own.
_SHORTEST_TERM: Final = 4
_SHORTEST_GLUED: Final = 5
#: Alphabets that leave vowels out pack a word into fewer letters, so that neighbours of a five-letter word are
#: mostly other words (الخير "the good" beside a vulgar word); they are guessed at from this length on.
_ABJADS: Final = frozenset({"Arab", "Hebr", "Syrc", "Thaa"})
_SHORTEST_IN_ABJADS: Final = 6
#: From this length on a term beside an unknown word of at least that length is taken to be glued to it.
_LONG_TERM: Final = 6
_LONG_REST: Final = 3
#: And from this length on beside "and".
_LONG_BESIDE_AND: Final = 5
#: Shorter words are not looked for inside others.
_SHORTEST_CORE: Final = 3
#: One-letter words that are glued to others; more letters than these would split too many words.
_GLUED_LETTERS: Final = frozenset("aeiouywو")
_LONGEST_WORD: Final = 40
_CACHE_LIMIT: Final = 100_000

#: What is to be read instead of a word: the view, and edits relative to the word's start.
_Guess = tuple[str, tuple[Edit, ...]]


class Spelling:
    """The words of one language, ready to guess what a misspelt one was meant to be.

    Args:
        forms: folded words of terms, affixes included, that may be guessed.
        common: folded words of the language that are never a misspelling of a term.
        prefixes, suffixes: what the language hangs on words; an inflected known word is no misspelling either.
    """

    def __init__(
        self,
        forms: Iterable[str],
        common: Iterable[str],
        prefixes: Iterable[str] = (),
        suffixes: Iterable[str] = (),
    ) -> None:
        self._forms = frozenset(forms)
        self._common = frozenset(common)
        self._known = self._forms | self._common
        self._prefixes = frozenset(prefixes) | {""}
        self._suffixes = frozenset(suffixes) | {""}
        self._longest_prefix = max(map(len, self._prefixes))
        self._longest_suffix = max(map(len, self._suffixes))
        self._inside: Inside | None = None
        self._halves: dict[tuple[int, str], list[str]] | None = None
        self._cache: dict[str, tuple[_Guess, ...]] = {}

    def readings(self, folded: Folded, others: Sequence[Spelling] = ()) -> Iterator[Reading]:
        """One reading per kind of guess that any word of the text gave rise to.

        A word that one of the ``others``, the languages that also apply, knows as it stands is no misspelling.
        """
        text = folded.text
        found: dict[str, list[Edit]] = {}
        for written in set(text.split()):
            guesses = self.guesses(written)
            if guesses and not any(other.knows(written) for other in others):
                for name, edits in guesses:
                    found.setdefault(name, []).extend(_placed(text, written, edits))
        for name in sorted(found):
            yield Reading(name, text, sorted(found[name], key=lambda edit: (edit.start, edit.end)))

    def guesses(self, written: str) -> tuple[_Guess, ...]:
        """What a word, with the punctuation around it, may be read as instead; mostly nothing."""
        if written not in self._cache:
            if len(self._cache) > _CACHE_LIMIT:
                self._cache.clear()
            self._cache[written] = tuple(self._guesses(written))
        return self._cache[written]

    def knows(self, written: str) -> bool:
        """Whether the word, without the punctuation around it, is a declared form or a common word."""
        return self._is_known(_core(written)[1])

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

    def _guesses(self, written: str) -> Iterator[_Guess]:
        if len(written) > _LONGEST_WORD:
            return
        first, word = _core(written)
        if len(word) < _SHORTEST_TERM or word[0].isdigit() or word in self._known:
            return
        swapped, whole = self._swapped(word), self._with_one_more(word)
        if whole is not None and script_of(word[0]) in _ABJADS and self._is_inflected(word, self._common):
            whole = None
        for name, meant in ((SWAPPED, swapped), (DELETED, whole)):
            if meant is not None:
                yield name, (Edit(first, first + len(word), meant),)
        if swapped is None and whole is None:
            yield from self._split(word, first)

    def _split(self, word: str, first: int) -> Iterator[_Guess]:
        """The word as a term and what is glued to it: the longest term, then the fewest and most even pieces."""
        if len(word) < _SHORTEST_GLUED or not self._holds_a_form(word) or self._is_inflected(word, self._common):
            return

        def order(cuts: tuple[int, ...]) -> tuple[int, int, int, tuple[int, ...]]:
            pieces = _pieces(word, cuts)
            term = max(map(self._term_length, pieces))
            return -term, len(cuts), -min(map(len, pieces)), cuts

        cuts = min(chain(self._cuts(word), self._cuts_at_a_long_term(word)), key=order, default=None)
        if cuts is not None:
            yield GLUED, tuple(Edit(first + cut, first + cut, " ") for cut in cuts)

    def _holds_a_form(self, word: str) -> bool:
        """Whether anything in the word could be the term: mostly not, and then no cut has to be tried."""
        if self._inside is None:
            self._inside = Inside(form for form in self._forms if len(form) >= _SHORTEST_TERM)
        return self._inside.found(word)

    def _term_length(self, piece: str) -> int:
        """How long a piece is as a term; a conjunction at its end is rather what is glued to it."""
        if piece not in self._forms:
            return 0
        return len(piece) - (piece[-1] in CONJUNCTIONS and piece[:-1] in self._forms)

    def _cuts(self, word: str) -> Iterator[tuple[int, ...]]:
        for cut in range(1, len(word)):
            if not self._piece(word[:cut]):
                continue
            if self._piece(word[cut:]) and self._tells(word[:cut], word[cut:]):
                yield (cut,)
            for later in range(cut + 2, len(word) - 1):
                pieces = word[:cut], word[cut:later], word[later:]
                if any(len(piece) < _SHORTEST_CORE and piece not in CONJUNCTIONS for piece in pieces):
                    continue  # two short words around a term are in many a longer word (de-puta-da)
                if self._piece(pieces[1]) and self._piece(pieces[2]) and self._tells(*pieces):
                    yield (cut, later)

    def _cuts_at_a_long_term(self, word: str) -> Iterator[tuple[int, ...]]:
        """Where a long term begins or ends a word, beside what is long enough to be a word, or means "and".

        No list of words is complete, and a term as long as this is hardly in another word by chance.
        """
        for cut in range(1, len(word)):
            left, right = word[:cut], word[cut:]
            if self._is_long(left, beside=right) or self._is_long(right, beside=left):
                yield (cut,)

    def _is_long(self, term: str, beside: str) -> bool:
        """Whether this is a term that may be taken for one beside that."""
        least = _LONG_TERM if len(beside) >= _LONG_REST else _LONG_BESIDE_AND if beside in CONJUNCTIONS else None
        return least is not None and len(term) >= least and term in self._forms

    def _piece(self, word: str) -> bool:
        if len(word) == 1:
            return word in _GLUED_LETTERS and word in self._known
        return word in self._known or self._is_inflected(word, self._known)

    def _tells(self, *pieces: str) -> bool:
        """A term of some length must be among the pieces: short ones turn up in any word by chance."""
        return any(piece in self._forms and len(piece) >= _SHORTEST_TERM for piece in pieces)

    def _swapped(self, word: str) -> str | None:
        """The form of which two neighbours were swapped; the first of the alphabet where there are several."""
        forms = self._forms
        found = [
            meant
            for place in range(1, len(word))
            if (meant := word[: place - 1] + word[place] + word[place - 1] + word[place + 1 :]) in forms
        ]
        return min((form for form in found if form != word and len(form) >= _shortest(form)), default=None)

    def _with_one_more(self, word: str) -> str | None:
        """The form of which one inner letter was left out; the first of the alphabet where there are several.

        One half of the form stands whole in the word, so only forms that share a half are compared.
        """
        if self._halves is None:
            self._halves = self._by_half()
        length = len(word) + 1
        middle = length // 2
        first = self._halves.get((length, word[:middle]), ())
        second = self._halves.get((-length, word[middle - 1 :]), ())
        return min((form for form in (*first, *second) if _is_without_one(word, form)), default=None)

    def _by_half(self) -> dict[tuple[int, str], list[str]]:
        """Forms by their length and first half, and by their negative length and second half."""
        halves: dict[tuple[int, str], list[str]] = {}
        for form in self._forms:
            if len(form) > _SHORTEST_TERM and len(form) >= _shortest(form):
                middle = len(form) // 2
                halves.setdefault((len(form), form[:middle]), []).append(form)
                halves.setdefault((-len(form), form[middle:]), []).append(form)
        return halves


def _is_without_one(word: str, form: str) -> bool:
    """Whether ``word`` is ``form`` without one inner letter (without its last one it is mostly another form)."""
    same = 0
    while same < len(word) and word[same] == form[same]:
        same += 1
    last = len(form) - 1
    inner = same > 0 and (same < last or form[last - 1] == form[last])
    return inner and word[same:] == form[same + 1 :]


def _core(written: str) -> tuple[int, str]:
    """Where the word begins, and the word without punctuation around it and without what an apostrophe adds."""
    first, last = 0, len(written)
    while first < last and not is_word(written[first]):
        first += 1
    while last > first and not is_word(written[last - 1]):
        last -= 1
    word = written[first:last]
    tail = word.find("'")
    return first, word[:tail] if tail > 0 else word


def _shortest(form: str) -> int:
    """Length from which on misspellings of a form are guessed."""
    return _SHORTEST_IN_ABJADS if script_of(form[0]) in _ABJADS else _SHORTEST_TERM


def _pieces(word: str, cuts: tuple[int, ...]) -> list[str]:
    return [word[first:last] for first, last in pairwise((0, *cuts, len(word)))]


def _placed(text: str, written: str, edits: Sequence[Edit]) -> Iterable[Edit]:
    """The edits of a word at every place where it stands between white space."""
    place = text.find(written)
    while place >= 0:
        end = place + len(written)
        if (place == 0 or text[place - 1].isspace()) and (end == len(text) or text[end].isspace()):
            for edit in edits:
                yield Edit(place + edit.start, place + edit.end, edit.text)
        place = text.find(written, end)
