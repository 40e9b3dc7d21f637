"""Misspelt and glued terms: one letter left out, two neighbours swapped, a space left out.

A guarded guess: only words that are neither a declared form nor a declared common word of the language are
looked at. Unguarded guesses would make most of the false hits: every short word has neighbours.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Final

from vetting_engine.text.fold import Folded
from vetting_engine.text.scripts import is_word, script_of
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
_SHORTEST_IN_ABJADS: Final = 7
#: One-letter words that are glued to others; more letters than these would split too many words.
_GLUED_LETTERS: Final = frozenset("aeiouyو")
_LONGEST_WORD: Final = 40
_CACHE_LIMIT: Final = 100_000

#: What is to be read instead of a word: the view, and edits relative to the word's start.
_Guess = tuple[str, tuple[Edit, ...]]


class Spelling:
    """The words of one language, ready to guess what a misspelt one was meant to be.

    Args:
        forms: folded words of terms, affixes included, that may be guessed.
        common: folded words of the language that are never a misspelling of a term.
    """

    def __init__(self, forms: Iterable[str], common: Iterable[str]) -> None:
        self._forms = frozenset(forms)
        self._known = self._forms | frozenset(common)
        self._halves: dict[tuple[int, str], list[str]] | None = None
        self._cache: dict[str, _Guess | None] = {}

    def readings(self, folded: Folded, others: Sequence[Spelling] = ()) -> Iterator[Reading]:
        """One reading per kind of guess that any word of the text gave rise to.

        A word that one of the ``others``, the languages that also apply, knows as it stands is no misspelling.
        """
        text = folded.text
        found: dict[str, list[Edit]] = {}
        for written in set(text.split()):
            guess = self.guess(written)
            if guess is not None and not any(other.knows(written) for other in others):
                found.setdefault(guess[0], []).extend(_placed(text, written, guess[1]))
        for name in sorted(found):
            yield Reading(name, text, sorted(found[name], key=lambda edit: (edit.start, edit.end)))

    def guess(self, written: str) -> _Guess | None:
        """What a word, with the punctuation around it, is to be read as; None: as it is."""
        if written not in self._cache:
            if len(self._cache) > _CACHE_LIMIT:
                self._cache.clear()
            self._cache[written] = self._guess(written)
        return self._cache[written]

    def knows(self, written: str) -> bool:
        """Whether the word, without the punctuation around it, is a declared form or a common word."""
        return _core(written)[1] in self._known

    def _guess(self, written: str) -> _Guess | None:
        if len(written) > _LONGEST_WORD:
            return None
        first, word = _core(written)
        if len(word) < _SHORTEST_TERM or word in self._known or word[0].isdigit():
            return None
        swapped = self._swapped(word)
        if swapped is not None:
            return SWAPPED, (Edit(first, first + len(word), swapped),)
        whole = self._with_one_more(word)
        if whole is not None:
            return DELETED, (Edit(first, first + len(word), whole),)
        return self._split(word, first)

    def _split(self, word: str, first: int) -> _Guess | None:
        """The word as two or three known ones, a term among them; fewest pieces, then the most even ones."""
        if len(word) < _SHORTEST_GLUED:
            return None
        cuts = min(self._cuts(word), key=lambda cuts: (len(cuts), -_shortest_piece(word, cuts), cuts), default=None)
        if cuts is None:
            return None
        return GLUED, tuple(Edit(first + cut, first + cut, " ") for cut in cuts)

    def _cuts(self, word: str) -> Iterator[tuple[int, ...]]:
        for cut in range(1, len(word)):
            if not self._piece(word[:cut]):
                continue
            if self._piece(word[cut:]) and self._tells(word[:cut], word[cut:]):
                yield (cut,)
            for later in range(cut + 2, len(word) - 1):
                pieces = word[:cut], word[cut:later], word[later:]
                if self._piece(pieces[1]) and self._piece(pieces[2]) and self._tells(*pieces):
                    yield (cut, later)

    def _piece(self, word: str) -> bool:
        return word in self._known and (len(word) > 1 or word in _GLUED_LETTERS)

    def _tells(self, *pieces: str) -> bool:
        """A term of some length must be among the pieces: short ones turn up in any word by chance."""
        return any(piece in self._forms and len(piece) >= _SHORTEST_TERM for piece in pieces)

    def _swapped(self, word: str) -> str | None:
        """The form of which two neighbours were swapped; the first of the alphabet where there are several."""
        found = (
            word[: place - 1] + word[place] + word[place - 1] + word[place + 1 :]
            for place in range(1, len(word))
            if word[place - 1] != word[place]
        )
        return min((form for form in found if form in self._forms and len(form) >= _shortest(form)), default=None)

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


def _shortest_piece(word: str, cuts: tuple[int, ...]) -> int:
    edges = (0, *cuts, len(word))
    return min(last - first for first, last in pairwise(edges))


def _placed(text: str, written: str, edits: Sequence[Edit]) -> Iterable[Edit]:
    """The edits of a word at every place where it stands between white space."""
    place = text.find(written)
    while place >= 0:
        end = place + len(written)
        if (place == 0 or text[place - 1].isspace()) and (end == len(text) or text[end].isspace()):
            for edit in edits:
                yield Edit(place + edit.start, place + edit.end, edit.text)
        place = text.find(written, end)
