"""One row of a file beside the candidates."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

from vetting_engine.errors import Fault
from vetting_engine.model.base import Noun
from vetting_engine.model.candidate import Post, Relation

__all__ = ["SideRow", "keep_once"]

_Identified = TypeVar("_Identified", Post, Relation)


@dataclass(frozen=True, slots=True)
class SideRow:
    """What became of one row: whose it is (empty: nobody can tell), what it says or None, what is wrong with it,
    and the names of fields that were not read. A row with nothing but a warning says nothing and loses nothing.
    """

    file: str
    line: int
    candidate_id: str
    value: Noun | None
    faults: tuple[Fault, ...] = ()
    dropped: tuple[str, ...] = ()

    @property
    def is_lost(self) -> bool:
        """Whether something was there that could not be read."""
        return self.value is None and any(fault.severity == "error" for fault in self.faults)


def keep_once(known: dict[str, _Identified], new: _Identified) -> bool:
    """Keep a post or relation under its id. Exports overlap, so the same again is no fault; another under the
    same id is not kept, and the answer is False.
    """
    return known.setdefault(new.id, new) == new
