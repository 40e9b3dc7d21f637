"""The forms that a word is near to: two neighbours swapped, one letter left out or masked, a form inside it.

Most words are near to none. That is told here in a few look-ups, and of several languages at once: each form carries
the bits of the languages it is of. Only where something is near are the rules of a language asked (``spelling``).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, cached_property, reduce
from operator import or_
from typing import Final

from vetting_engine.text.scripts import class_of, is_word, letter_codes, script_of
from vetting_engine.text.terms import Inside

__all__ = ["LONGEST_WORD", "SHORTEST_GLUED", "SHORTEST_TERM", "Neighbours", "core", "is_abjad", "mask_of"]

#: Shorter words have too many neighbours that are words of their own.
SHORTEST_TERM: Final = 4
SHORTEST_GLUED: Final = 5
LONGEST_WORD: Final = 40
#: Signs that letters are masked by.
_MASKS: Final = "*\u2022\u25cf\u25a0\u00d7"
#: Alphabets that leave vowels out pack a word into fewer letters, so that neighbours of a five-letter word are
#: mostly other words (الخير "the good" beside a vulgar word); they are guessed at from this length on.
_ABJADS: Final = frozenset({"Arab", "Hebr", "Syrc", "Thaa"})
_SHORTEST_IN_ABJADS: Final = 6


class Neighbours:
    """Forms, ready to say which of them a word is near to.

    Args:
        forms: folded words of terms, affixes included, each with the bits of the languages it is of.
    """

    def __init__(self, forms: Mapping[str, int]) -> None:
        self.forms = forms

    def near(self, written: str) -> int:
        """The bits of the languages with a form that a word, with the punctuation around it, may be near to.

        Never too few; of the languages answered, the rules of spelling may still say that it is no guess.
        """
        if not SHORTEST_TERM <= len(written) <= LONGEST_WORD:
            return 0
        _, word = core(written)
        bits = reduce(or_, [self.forms[form] for form in self.masked(written)], 0)
        if len(word) < SHORTEST_TERM:
            return bits
        if len(word) >= SHORTEST_GLUED:
            bits |= self._inside.bits(word)
        for form in (*self.swapped(word), *self.with_one_more(word)):
            bits |= self.forms[form]
        return bits

    def inside(self, word: str) -> list[tuple[int, int]]:
        """``[start, end)`` of every form of some length inside the word."""
        return self._inside.spans(word)

    def swapped(self, word: str) -> list[str]:
        """The forms of which two neighbours were swapped."""
        if "".join(sorted(word)) not in self._letters:
            return []
        found = [
            meant
            for place in range(1, len(word))
            if (meant := word[: place - 1] + word[place] + word[place - 1] + word[place + 1 :]) in self.forms
        ]
        return [form for form in found if form != word and _is_guessable(form)]

    def with_one_more(self, word: str) -> list[str]:
        """The forms of which one inner letter was left out.

        One half of the form stands whole in the word, so only forms that share a half are compared.
        """
        length = len(word) + 1
        middle = length // 2
        halves = self._halves
        first = halves.get((length, word[:middle]), ())
        second = halves.get((-length, word[middle - 1 :]), ())
        return [form for form in (*first, *second) if _is_without_one(word, form)] if first or second else []

    def masked(self, written: str) -> list[str]:
        """The forms that a word is with a star in place of some of its letters (``k*ll``, ``sc**``)."""
        masked = mask_of(written)
        if masked is None:
            return []
        word = masked[1]
        return [
            form
            for form in self._alike.get((len(word), word[0]), ())
            if all(letter in _MASKS or letter == meant for letter, meant in zip(word, form, strict=True))
        ]

    @cached_property
    def _inside(self) -> Inside:
        return Inside({form: bits for form, bits in self.forms.items() if len(form) >= SHORTEST_TERM})

    @cached_property
    def _alike(self) -> dict[tuple[int, str], list[str]]:
        """Forms by their length and first letter."""
        alike: dict[tuple[int, str], list[str]] = {}
        for form in self.forms:
            if len(form) >= SHORTEST_TERM:
                alike.setdefault((len(form), form[0]), []).append(form)
        return alike

    @cached_property
    def _letters(self) -> frozenset[str]:
        """The letters of each form in order: swapping leaves them as they are, and hardly a word shares them."""
        return frozenset("".join(sorted(form)) for form in self.forms if _is_guessable(form))

    @cached_property
    def _halves(self) -> dict[tuple[int, str], list[str]]:
        """Forms by their length and first half, and by their negative length and second half."""
        halves: dict[tuple[int, str], list[str]] = {}
        for form in self.forms:
            if len(form) > SHORTEST_TERM and _is_guessable(form):
                middle = len(form) // 2
                halves.setdefault((len(form), form[:middle]), []).append(form)
                halves.setdefault((-len(form), form[middle:]), []).append(form)
        return halves


def core(written: str) -> tuple[int, str]:
    """Where the word begins, and the word without punctuation around it and without what an apostrophe adds."""
    first, last = 0, len(written)
    while first < last and not is_word(written[first]):
        first += 1
    while last > first and not is_word(written[last - 1]):
        last -= 1
    word = written[first:last]
    tail = word.find("'")
    return first, word[:tail] if tail > 0 else word


def mask_of(written: str) -> tuple[int, str] | None:
    """Where a word with masked letters begins, and it, masks included; None where there is none, or too little of it.

    The first letter shows, as do half of all; a single sign at the end is a footnote's.
    """
    if not any(mask in written for mask in _MASKS):
        return None
    for found in _maskable().finditer(written):
        word = found.group()
        if word[-1] in _MASKS and word[-2] not in _MASKS:
            word = word[:-1]
        masks = sum(map(word.count, _MASKS))
        if masks and len(word) >= SHORTEST_TERM and 2 * masks <= len(word):
            return found.start(), word
    return None


@cache
def _maskable() -> re.Pattern[str]:
    """Letters and masks on end, from a letter on that has none before it."""
    letters = class_of(letter_codes())
    return re.compile(f"(?<![{letters}{_MASKS}])[{letters}][{letters}{_MASKS}]*")


def is_abjad(word: str) -> bool:
    """Whether the word is written in an alphabet that leaves vowels out."""
    return script_of(word[0]) in _ABJADS


def _is_guessable(form: str) -> bool:
    """Whether the form is long enough for misspellings of it to be guessed."""
    return len(form) >= SHORTEST_TERM and (len(form) >= _SHORTEST_IN_ABJADS or not is_abjad(form))


def _is_without_one(word: str, form: str) -> bool:
    """Whether ``word`` is ``form`` without one inner letter (without its last one it is mostly another form)."""
    same = 0
    while same < len(word) and word[same] == form[same]:
        same += 1
    last = len(form) - 1
    inner = same > 0 and (same < last or form[last - 1] == form[last])
    return inner and word[same:] == form[same + 1 :]
