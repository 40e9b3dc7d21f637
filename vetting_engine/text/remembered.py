"""What was found out of a word, kept: texts are made of the same words again and again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, TypeVar

__all__ = ["LONGEST_KEPT", "MOST_KEPT", "Remembered"]

#: Longer words are addresses and noise, and are not met again.
LONGEST_KEPT: Final = 48
#: Different words kept; a burst of more empties the memory, so that hostile text cannot grow it without end.
MOST_KEPT: Final = 60_000
_Told = TypeVar("_Told")


class Remembered(dict[str, _Told]):
    """Word between white space → what is told of it; filled as words are met."""

    def __init__(self, tell: Callable[[str], _Told], most: int = MOST_KEPT) -> None:
        super().__init__()
        self._tell, self._most = tell, most

    def __missing__(self, word: str) -> _Told:
        told = self._tell(word)
        if len(word) <= LONGEST_KEPT:
            if len(self) >= self._most:
                self.clear()
            self[word] = told
        return told
