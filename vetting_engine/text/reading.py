"""A text read otherwise than it is written, with the way back to the folded text."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Final

__all__ = ["Edit", "Reading", "start_of"]


@dataclass(frozen=True, slots=True)
class Edit:
    """Folded ``[start, end)`` is read as ``text`` instead; an empty span inserts."""

    start: int
    end: int
    text: str


#: Where an edit begins.
start_of: Final = attrgetter("start")


class Reading:
    """A text as one view reads it, with the way back to the folded text."""

    __slots__ = ("_edits", "_starts", "name", "text")

    def __init__(self, name: str, plain: str, edits: Sequence[Edit]) -> None:
        parts: list[str] = []
        starts: list[int] = []  # where each edit begins in the new text
        here = length = 0
        for edit in edits:
            parts += (plain[here : edit.start], edit.text)
            length += edit.start - here
            starts.append(length)
            length += len(edit.text)
            here = edit.end
        parts.append(plain[here:])
        self.name = name
        self.text = "".join(parts)
        self._edits = edits
        self._starts = starts

    def touched(self, start: int, end: int) -> bool:
        """Whether ``[start, end)`` of this reading holds anything that was rewritten."""
        place = bisect_right(self._starts, end) - 1
        while place >= 0:
            edit, begins = self._edits[place], self._starts[place]
            if begins + len(edit.text) < start:
                return False
            if begins < end and start < begins + max(1, len(edit.text)):
                return True
            if not edit.text and start <= begins <= end:
                return True
            if edit.start == edit.end and begins in (start - 1, end):  # a space was put before or after it
                return True
            place -= 1
        return False

    @property
    def breaks(self) -> list[int]:
        """The folded places before which this reading puts a space."""
        return [edit.start for edit in self._edits if edit.start == edit.end and edit.text.isspace()]

    def there(self, start: int, end: int) -> tuple[int, int]:
        """Where the folded ``[start, end)`` stands in this reading: spaces put in at its edges are left outside."""
        first = self._moved(start, bisect_right(self._edits, start, key=start_of))
        return first, self._moved(end, bisect_left(self._edits, end, key=start_of))

    def _moved(self, position: int, count: int) -> int:
        """Where a folded position comes to stand behind so many edits."""
        if not count:
            return position
        edit = self._edits[count - 1]
        return self._starts[count - 1] + len(edit.text) + max(0, position - edit.end)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The folded ``[start, end)`` of a place in this reading; a rewritten part counts as a whole."""
        first, _ = self._place(start)
        _, last = self._place(end - 1)
        return first, last

    def _place(self, position: int) -> tuple[int, int]:
        place = bisect_right(self._starts, position) - 1
        if place < 0:
            return position, position + 1
        # Several edits may begin at one place: the last one that has text there holds the character.
        edit, begins = self._edits[place], self._starts[place]
        if position < begins + len(edit.text):
            return edit.start, edit.end
        moved = edit.end + position - begins - len(edit.text)
        return moved, moved + 1
