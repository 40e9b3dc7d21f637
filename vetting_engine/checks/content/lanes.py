"""Several sums at once, as one long number: most texts are let through by a handful of additions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import starmap

__all__ = ["Lanes"]


class Lanes:
    """Sums of several columns as one long number, so many bits for each.

    A lane's highest bit is set where its sum, less what is asked for, is nought or more: lanes never borrow.

    Args:
        asked: what each column is to reach.
        most: no sum of any column is farther from nought.
    """

    def __init__(self, asked: Sequence[int], most: int) -> None:
        self._width = (most + max(asked, default=0)).bit_length() + 1
        self.tops = self.packed([1 << self._width - 1 for _ in asked])
        #: The sums before anything is added.
        self.start = self.tops - self.packed(asked)

    def in_lane(self, column: int, value: int) -> int:
        """What adds a value to one column."""
        return value << column * self._width

    def packed(self, values: Iterable[int]) -> int:
        """What adds a value to each column."""
        return sum(starmap(self.in_lane, enumerate(values)))

    def value(self, column: int, sums: int) -> int:
        """The sum of one column; ``sums`` without the start."""
        lane = (sums + self.tops) >> column * self._width & (1 << self._width) - 1
        return lane - (1 << self._width - 1)

    def above_nought(self, sums: int) -> int:
        """The sums that are above nought; nought for the others."""
        raised = sums + self.tops
        above = raised & self.tops
        return raised & above - (above >> self._width - 1)

    def reached(self, sums: int) -> Iterator[int]:
        """The columns that reach what is asked for, the last first."""
        tops = sums & self.tops
        while tops:
            top = tops.bit_length() - 1
            tops ^= 1 << top
            yield top // self._width
