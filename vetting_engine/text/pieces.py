"""Words and pieces of words, as signs are: ``boat``; ``unpa-`` begins a word, ``-paid`` ends it, ``-npai-`` is in it.

Where one word takes on many shapes (Arabic and Amharic prefixes, Slavic cases), a piece of some letters is shared by
shapes that were never met. The notation is that of grammars, where a hyphen stands for the rest of the word.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Final

from vetting_engine.text.fold import fold
from vetting_engine.text.tokens import letters_in, tokens_in

__all__ = ["MOST_LETTERS", "all_spelt", "letters_of", "pieces_of", "spelt", "words_in"]

_REST: Final = "-"
#: The longest pieces, an edge of the word counting as a letter; shorter ones say nothing.
MOST_LETTERS: Final = 8
_LEAST_LETTERS: Final = 3


def words_in(text: str) -> Iterator[tuple[int, int, str]]:
    """Folded ``[start, end)`` and the word there, of all words that signs may speak of, in order of place.

    In Burmese, whose words are told apart by nothing, every syllable is one and every two on end. Numbers are noughts.
    """
    first, stop, before = 0, 0, ""
    for start, end, word in tokens_in(text):
        if stop == start and before and _is_burmese(before) and _is_burmese(word):
            yield first, end, before + word
        yield start, end, word
        first, stop, before = start, end, word


def _is_burmese(word: str) -> bool:
    return "\u1000" <= word[0] <= "\u109f"


def pieces_of(word: str, *letters: int) -> frozenset[str]:
    """The pieces of a folded word that have so many letters, or so many, an edge of the word being one.

    A word of no more letters, edges and all, is whole; so is a number, and any word where one of ``letters`` is 0.
    """
    return frozenset().union(*[_pieces_of(word, each) for each in letters])


def _pieces_of(word: str, letters: int) -> Iterable[str]:
    if not letters or len(word) + 2 <= letters or word[0] == "0":
        return (word,)
    within = range(len(word) - letters + 1)
    return (
        word[: letters - 1] + _REST,
        _REST + word[len(word) - letters + 1 :],
        *(_REST + word[place : place + letters] + _REST for place in within),
    )


def letters_of(sign: str) -> int:
    """Of how many letters a sign is a piece, as in ``pieces_of``; 0: it is a whole word."""
    bare = sign.strip(_REST)
    edges = 2 - (len(sign) - len(bare))
    return 0 if edges == 2 else len(bare) + edges  # noqa: PLR2004  # a word has two edges


def all_spelt(signs: Sequence[str]) -> tuple[str, ...]:
    """``spelt`` of each; signs that are written as they are compared, as most are, are only looked at.

    Raises:
        ValueError: as ``spelt``, for the first that it refuses.
    """
    together = " ".join(signs)
    if fold(together) != together:
        return tuple(map(spelt, signs))
    known = _evident().fullmatch
    return tuple(sign if known(sign) else spelt(sign) for sign in signs)


@cache
def _evident() -> re.Pattern[str]:
    """Folded signs that are beyond doubt: of letters alone, and none of them Burmese."""
    letter, least, most = f"[{letters_in()}]", _LEAST_LETTERS, MOST_LETTERS
    an_end = f"{letter}{{{least - 1},{most - 1}}}"
    return re.compile(f"{letter}+|{an_end}-|-{an_end}|-{letter}{{{least},{most}}}-")


def spelt(sign: str) -> str:
    """A sign as it is compared. Raises ValueError where it is neither a word nor a piece of one."""
    before, after = sign[:1] == _REST, sign[-1:] == _REST
    word = fold(sign[before : len(sign) - after])
    if word not in {found for _, _, found in words_in(word)}:
        raise ValueError(f"the sign {sign!r} is not one word (a number is written as noughts)")
    if not before and not after:
        return word
    spelt_out = _REST * before + word + _REST * after
    if word[0] == "0" or not _LEAST_LETTERS <= letters_of(spelt_out) <= MOST_LETTERS:
        raise ValueError(f"the sign {sign!r} is no piece of {_LEAST_LETTERS} to {MOST_LETTERS} letters, edges counted")
    return spelt_out
