"""Which names of the registers a name could be: compared once per distinct name, remembered for the run."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from vetting_engine.model.evidence import PartWeight
from vetting_engine.model.watchlist import EntryKind
from vetting_engine.names import compare_names

__all__ = ["Likeness", "NameBook"]


@dataclass(frozen=True, slots=True)
class Likeness:
    """A name of the book that resembles the one asked for; ``score`` in basis points."""

    name: str
    kind: EntryKind
    score: int
    parts: tuple[PartWeight, ...]


class NameBook:
    """The distinct names of all registers. Declarations repeat names (one employer, many candidates)."""

    def __init__(self, names: Sequence[tuple[str, EntryKind]], floor: int) -> None:
        self._names = tuple(dict.fromkeys(names))
        self._floor = floor
        self._remembered: dict[str, tuple[Likeness, ...]] = {}

    def like(self, name: str) -> tuple[Likeness, ...]:
        """Names scoring at or above the floor, in the order of the registers."""
        found = self._remembered.get(name)
        if found is None:
            found = self._remembered[name] = tuple(self._compare(name))
        return found

    def _compare(self, name: str) -> list[Likeness]:
        found = []
        for theirs, kind in self._names:
            comparison = compare_names(name, theirs, kind=kind)
            if comparison.score >= self._floor:
                found.append(Likeness(theirs, kind, comparison.score, tuple(comparison.parts)))
        return found
