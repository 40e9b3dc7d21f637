"""Which names of the registers a name could be: asked once per distinct name, remembered for the run."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from vetting_engine.model.evidence import PartWeight
from vetting_engine.model.watchlist import EntryKind
from vetting_engine.names.compare import explain, points
from vetting_engine.names.index import Asked, NameIndex
from vetting_engine.names.organisations import parse_organisation
from vetting_engine.names.parts import parse_many, parse_name

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
        if name not in self._remembered:
            self.learn((name,))
        return self._remembered[name]

    def learn(self, names: Iterable[str]) -> None:
        """Looks up many names together, which is quicker than one by one, and remembers them."""
        wanted = [name for name in dict.fromkeys(names) if name not in self._remembered]
        found: list[list[Likeness]] = [[] for _ in wanted]
        for book, index, parse in (
            (self._people, self._person_index, parse_name),
            (self._bodies, self._body_index, parse_organisation),
        ):
            if not book:
                continue
            asked = [Asked(parsed, self._floor) for parsed in parse_many(wanted, parse)]
            for likenesses, hits in zip(found, index.search_many(asked), strict=True):
                for hit in hits:
                    text, kind = book[hit.name]
                    parts = tuple(explain(hit.alignment))
                    likenesses.append(Likeness(text, kind, points(hit.alignment.centibits), parts))
        self._remembered.update(zip(wanted, map(tuple, found), strict=True))
