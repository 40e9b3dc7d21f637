"""The comparison form of a text, and the way back to the original characters.

One table-driven fold per code point: compatibility decomposition, case, accents and vowel points where a script
can spare them, invisible characters, tatweel, Arabic alef, yeh and teh marbuta, Persian yeh and kaf, Ethiopic
homophones, digits of all scripts, typographic quotes, dashes and spaces. The table is generated from one pinned
Unicode version, so that every Python folds alike.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import cache
from itertools import accumulate
from typing import Final

from vetting_engine.text import _generated_fold
from vetting_engine.text.remembered import Remembered
from vetting_engine.text.scripts import is_word

__all__ = ["Folded", "fold", "folded"]

_HANGUL_FIRST: Final = 0xAC00
_HANGUL_LAST: Final = 0xD7A3
_BASIC_LAST: Final = 0xFFFF
#: A burst of this many different characters empties the cache, so that hostile text cannot grow it without end.
_CACHE_LIMIT: Final = 200_000
_MOST_KEPT: Final = 100_000
#: Longer texts are hostile, and not worth remembering words for.
_SHORT: Final = 20_000


class _Table(dict[int, str]):
    """Code point → its comparison form. Misses are filled in: ``str.translate`` is slow on missing keys."""

    def __missing__(self, code: int) -> str:
        if len(self) > _CACHE_LIMIT:
            self.clear()
            self.update(_changes())
        self[code] = answer = _jamo(code) if _HANGUL_FIRST <= code <= _HANGUL_LAST else chr(code)
        return answer


def _jamo(code: int) -> str:
    """A Hangul syllable in its parts (Unicode 14.0, section 3.12)."""
    index = code - _HANGUL_FIRST
    tail = index % 28
    return chr(0x1100 + index // 588) + chr(0x1161 + index % 588 // 28) + (chr(0x11A7 + tail) if tail else "")


@cache
def _changes() -> dict[int, str]:
    table = {}
    for item in _generated_fold.FOLD.split():
        code, to = item.split(":")
        table[int(code, 16)] = "".join(chr(int(part, 16)) for part in to.split("+")) if to else ""
    return table


@cache
def _table() -> _Table:
    return _Table(_changes())


def fold(text: str) -> str:
    """The text as it is compared: accents, case, width, invisible characters and spelling habits set aside.

    Folding twice changes nothing; canonically equivalent texts fold alike; an empty answer means that nothing
    comparable was there. Lone surrogates become U+FFFD. Linear in the text's length.
    """
    if text.isascii():
        return text.lower().replace("`", "'")
    plain = text.translate(_table())
    # Burmese is typed with the tone dot before or after the vowel killer; canonical order has the dot first.
    return plain.replace("\u103a\u1037", "\u1037\u103a") if "\u1037" in plain else plain


#: Word → its comparison form.
_WORDS: Final = Remembered(fold, _MOST_KEPT)


def fold_words(text: str, words: Sequence[str]) -> str:
    """``fold(text)`` where ``words`` is ``text.split()``: faster where the words were met before."""
    if text.isascii() or " ".join(words) != text:
        return fold(text)
    return " ".join(map(_WORDS.__getitem__, words))


class Folded:
    """A folded text that remembers where its characters came from. The map is built when first asked for."""

    __slots__ = ("_ends", "_even", "original", "text")

    def __init__(self, original: str) -> None:
        self.original = original
        self.text = fold_words(original, original.split()) if len(original) <= _SHORT else fold(original)
        self._ends: list[int] | None = None
        self._even: bool | None = None

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The original ``[start, end)`` in code points of a folded ``[start, end)``; marks that were dropped
        after the last character belong to it. An empty folded span gives an empty original one.
        """
        if self._is_even():
            return start, end
        ends = self._map()
        first = bisect_right(ends, start)
        if end <= start:
            return first, first
        last = bisect_left(ends, end)
        while last + 1 < len(ends) and ends[last + 1] == ends[last] and _is_dropped_mark(self.original[last + 1]):
            last += 1
        return first, last + 1

    def position(self, original: int) -> int:
        """The folded place where the original code point ``original`` begins."""
        if original == 0 or self._is_even():
            return original
        return self._map()[original - 1]

    def _is_even(self) -> bool:
        """Whether every character is folded to exactly one."""
        if self._even is None:
            self._even = self.original.isascii() or _uneven().search(self.original) is None
        return self._even

    def _map(self) -> list[int]:
        """For each original character, how many folded characters end with it."""
        if self._ends is None:
            lengths = map(len, map(_table().__getitem__, map(ord, self.original)))
            self._ends = list(accumulate(lengths))
        return self._ends


def folded(text: str) -> Folded:
    """The folded text with its (lazy) way back to the original."""
    return Folded(text)


@cache
def _uneven() -> re.Pattern[str]:
    """Any character that is, or might be, folded to none or to several."""
    # Above the basic plane a set of characters is searched one by one: all of it counts as uneven.
    codes = sorted(code for code, to in _changes().items() if len(to) != 1 and code <= _BASIC_LAST)
    listed = "".join(f"\\u{code:04x}" for code in codes)
    return re.compile(f"[{listed}\\u{_HANGUL_FIRST:04x}-\\u{_HANGUL_LAST:04x}\U00010000-\U0010ffff]")


@cache
def _dropped_marks() -> frozenset[str]:
    """Dropped characters that are seen on the letter before them; joiners and direction marks are not."""
    # Word characters that fold to nothing are exactly the marks; format characters are no part of words.
    return frozenset(chr(code) for code, to in _changes().items() if not to and is_word(chr(code)))


def _is_dropped_mark(char: str) -> bool:
    return char in _dropped_marks()
