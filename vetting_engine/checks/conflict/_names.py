"""Which names of the registers a name could be: asked once per distinct name, remembered for the run."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from vetting_engine.model.evidence import PartWeight
from vetting_engine.model.watchlist import EntryKind
from vetting_engine.names.compare import explain, points
from vetting_engine.names.index import NameIndex
from vetting_engine.names.organisations import parse_organisation
from vetting_engine.names.parts import parse_name

__all__ = ["Likeness", "NameBook"]


@dataclass(frozen=True, slots=True)
class Likeness:
    """A name of the book that resembles the one asked for; ``score`` in basis points."""

    name: str
    kind: EntryKind
    score: int
    parts: tuple[PartWeight, ...]


class NameBook:
    """The distinct names of all registers, indexed. Declarations repeat names (one employer, many candidates)."""

    def __init__(self, names: Sequence[tuple[str, EntryKind]], floor: int) -> None:
        distinct = tuple(dict.fromkeys(names))
        self._people = tuple(name for name in distinct if name[1] is EntryKind.PERSON)
        self._bodies = tuple(name for name in distinct if name[1] is not EntryKind.PERSON)
        self._person_index = NameIndex([parse_name(text) for text, _ in self._people])
        self._body_index = NameIndex([parse_organisation(text) for text, _ in self._bodies])
        # The index reckons in centibits: the fewest that reach the floor.
        self._floor = -(-floor // points(1))
        self._remembered: dict[str, tuple[Likeness, ...]] = {}

    def like(self, name: str) -> tuple[Likeness, ...]:
        """Names scoring at or above the floor: people, then bodies, in the order of the registers."""
        found = self._remembered.get(name)
        if found is None:
            found = self._remembered[name] = tuple(self._search(name))
        return found

    def _search(self, name: str) -> Iterator[Likeness]:
        for names, index, parsed in (
            (self._people, self._person_index, parse_name(name)),
            (self._bodies, self._body_index, parse_organisation(name)),
        ):
            for hit in index.search(parsed, self._floor):
                text, kind = names[hit.name]
                yield Likeness(text, kind, points(hit.alignment.centibits), tuple(explain(hit.alignment)))
