"""Misspelt and glued terms: one letter left out, two neighbours swapped, a space left out.

A guarded guess: only words that are neither a declared form nor a declared common word of the language are
looked at. Without the guard such matching multiplies false hits by thirteen (measured on news and stories).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from vetting_engine.text.fold import Folded
from vetting_engine.text.scripts import is_word
from vetting_engine.text.views import Edit, View

__all__ = ["DELETED", "GLUED", "SWAPPED", "Spelling"]

SWAPPED: Final = "swapped"
DELETED: Final = "deleted"
GLUED: Final = "glued"

#: Shorter words have too many neighbours that are words of their own.
_SHORTEST_TERM: Final = 4
_SHORTEST_GLUED: Final = 5
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
        self._common = frozenset(common)
        self._known = self._forms | self._common
        self._variants = self._all_variants()
        self._cache: dict[str, _Guess | None] = {}

    def views(self) -> tuple[View, ...]:
        """One view per kind of guess."""
        return tuple(View(name, self._edits(name)) for name in (SWAPPED, DELETED, GLUED))

    def _edits(self, name: str):  # type: ignore[no-untyped-def]  # noqa: ANN202
        def edits(folded: Folded) -> Sequence[Edit]:
            text = folded.text
            found: list[Edit] = []
            for written in set(text.split()):
                guess = self.guess(written)
                if guess is not None and guess[0] == name:
                    found.extend(_placed(text, written, guess[1]))
            found.sort(key=lambda edit: (edit.start, edit.end))
            return found

        return edits

    def guess(self, written: str) -> _Guess | None:
        """What a word, with the punctuation around it, is to be read as; None: as it is."""
        if written not in self._cache:
            if len(self._cache) > _CACHE_LIMIT:
                self._cache.clear()
            self._cache[written] = self._guess(written)
        return self._cache[written]

    def _guess(self, written: str) -> _Guess | None:
        if len(written) > _LONGEST_WORD:
            return None
        first, last = 0, len(written)
        while first < last and not is_word(written[first]):
            first += 1
        while last > first and not is_word(written[last - 1]):
            last -= 1
        word = written[first:last]
        tail = word.find("'")
        if tail > 0:
            word = word[:tail]
        if len(word) < _SHORTEST_TERM - 1 or word in self._known or word[0].isdigit():
            return None
        variant = self._variants.get(word)
        if variant is not None:
            return variant[0], (Edit(first, first + len(word), variant[1]),)
        return self._split(word, first)

    def _split(self, word: str, first: int) -> _Guess | None:
        if len(word) < _SHORTEST_GLUED:
            return None
        best: tuple[int, int] | None = None
        for cut in range(1, len(word)):
            left, right = word[:cut], word[cut:]
            if left not in self._known or right not in self._known:
                continue
            if left not in self._forms and right not in self._forms:
                continue
            rank = (min(cut, len(word) - cut), -cut)
            best = rank if best is None else max(best, rank)
        if best is None:
            return None
        place = first - best[1]
        return GLUED, (Edit(place, place, " "),)

    def _all_variants(self) -> dict[str, tuple[str, str]]:
        variants: dict[str, tuple[str, str]] = {}
        for form in sorted(self._forms, key=lambda form: (len(form), form)):
            if len(form) < _SHORTEST_TERM:
                continue
            for place in range(1, len(form)):
                if place < len(form) - 1:  # without its last letter a word is mostly another form of itself
                    self._add(variants, form[:place] + form[place + 1 :], DELETED, form)
                if form[place - 1] != form[place]:
                    swapped = form[: place - 1] + form[place] + form[place - 1] + form[place + 1 :]
                    self._add(variants, swapped, SWAPPED, form)
        return variants

    def _add(self, variants: dict[str, tuple[str, str]], word: str, view: str, form: str) -> None:
        if word not in self._known:
            variants.setdefault(word, (view, form))


def _placed(text: str, written: str, edits: Sequence[Edit]) -> Iterable[Edit]:
    """The edits of a word at every place where it stands between white space."""
    place = text.find(written)
    while place >= 0:
        end = place + len(written)
        if (place == 0 or text[place - 1].isspace()) and (end == len(text) or text[end].isspace()):
            for edit in edits:
                yield Edit(place + edit.start, place + edit.end, edit.text)
        place = text.find(written, end)
