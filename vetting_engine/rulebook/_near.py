"""Did you mean: the known words closest to one that is not known."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

__all__ = ["nearest"]

_SHOWN = 3
#: Enough for a transposed, missing or wrong letter in a short word.
_LIKENESS = 0.6


def nearest(word: str, known: Iterable[str]) -> str:
    """The closest known words, best first; where none is close, the first of them; ``-`` where none is known."""
    words = sorted(set(known))
    near = get_close_matches(word, words, n=_SHOWN, cutoff=_LIKENESS)
    return ", ".join(near or words[: _SHOWN * 3]) or "-"
