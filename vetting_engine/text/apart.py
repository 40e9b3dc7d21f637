"""A text with its glued words parted, as cues are looked for in it: ``#TheyAreScum`` as ``# They Are Scum``."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from itertools import pairwise

__all__ = ["Apart"]


class Apart:
    """A folded text with a space put before each of some places, and the way there and back."""

    __slots__ = ("_moved", "_places", "text")

    def __init__(self, text: str, places: Iterable[int]) -> None:
        self._places = sorted(set(places))
        #: Where the spaces stand in the parted text.
        self._moved = [place + number for number, place in enumerate(self._places)]
        ends = [0, *self._places, len(text)]
        self.text = " ".join(text[start:end] for start, end in pairwise(ends))

    def there(self, start: int, end: int) -> tuple[int, int]:
        """Folded ``[start, end)`` in the parted text; spaces at its edges are left outside."""
        return start + bisect_right(self._places, start), end + bisect_left(self._places, end)

    def back(self, start: int, end: int) -> tuple[int, int]:
        """``[start, end)`` of the parted text in the folded one."""
        return start - bisect_left(self._moved, start), end - bisect_left(self._moved, end)
