"""Paths of ties from a candidate into the registers: one step, or two where the pack allows it.

A tie binds both ends, so it is followed from either: the candidate declares a cousin on the staff, a member of
staff declares the candidate as a cousin, or both name one company that stands in no register.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from vetting_engine.checks.conflict._names import NameBook
from vetting_engine.checks.conflict._settings import ConflictSettings
from vetting_engine.model.candidate import Candidate, Relation, RelationKind
from vetting_engine.model.evidence import PartWeight
from vetting_engine.model.scales import Band
from vetting_engine.model.watchlist import EntryKind, Register, RegisterEntry

__all__ = ["SAME_PERSON", "Path", "Ties"]

#: The relation of a candidate who is in a register themselves; it takes the place of a kind of tie.
SAME_PERSON: Final = "same_person"

#: Ties of these kinds bind people; the other end of any other tie is an organisation.
_BETWEEN_PEOPLE: Final = frozenset({RelationKind.FAMILY, RelationKind.ASSOCIATE})


@dataclass(frozen=True, slots=True)
class _Row:
    """One entry of one register."""

    register: Register
    entry: RegisterEntry


@dataclass(frozen=True, slots=True)
class _Match:
    """How sure it is that a name or id means a row, or the other end of a row's tie."""

    by: str
    band: Band
    parts: tuple[PartWeight, ...] = ()

    def worse(self, other: _Match) -> _Match:
        """The weaker of two matches a path rests on."""
        return self if (self.band, self.by == "id") <= (other.band, other.by == "id") else other


#: Whether each tie of a path is held by its far end.
_FORWARD: Final = (False, False)
_SECOND_BACKWARD: Final = (False, True)
_BY_ID: Final = _Match("id", Band.VERY_STRONG)


@dataclass(frozen=True, slots=True)
class Path:
    """From a candidate to a register entry. ``ties`` are the one or two ties it follows; none: same person.

    ``backward`` says of each whether it is held by its far end. ``between`` is the name in the middle of two
    steps; ``topic`` is the declared relation's id.
    """

    topic: str
    ties: tuple[Relation, ...]
    backward: tuple[bool, ...]
    between: str
    register: Register
    entry: RegisterEntry
    matched_by: str
    band: Band
    parts: tuple[PartWeight, ...]

    @property
    def steps(self) -> int:
        """One or two; a candidate who is the entry is one step away."""
        return max(1, len(self.ties))

    @property
    def relation(self) -> str:
        """Kind of the last tie, the one that reaches the register."""
        return self.ties[-1].kind.value if self.ties else SAME_PERSON

    @property
    def first_relation(self) -> str:
        """Kind of the tie at the candidate's end."""
        return self.ties[0].kind.value if self.ties else SAME_PERSON


class Ties:
    """The registers, ready to be asked for paths."""

    def __init__(self, registers: Sequence[Register], settings: ConflictSettings) -> None:
        self._settings = settings
        self._onward = frozenset(settings.second_step)
        self._by_id: dict[str, list[_Row]] = defaultdict(list)
        self._by_name: dict[tuple[str, EntryKind], list[_Row]] = defaultdict(list)
        self._tied_by_id: dict[str, list[tuple[_Row, Relation]]] = defaultdict(list)
        self._tied_by_name: dict[tuple[str, EntryKind], list[tuple[_Row, Relation]]] = defaultdict(list)
        for register in sorted(registers, key=lambda item: item.register_id):
            for entry in register.entries:
                self._add(_Row(register, entry))
        self._book = NameBook((*self._by_name, *self._tied_by_name), settings.name_floor)

    def _add(self, row: _Row) -> None:
        self._by_id[row.entry.id].append(row)
        for name in row.entry.names:
            self._by_name[name, row.entry.kind].append(row)
        for tie in row.entry.relations:
            kind = EntryKind.PERSON if tie.kind in _BETWEEN_PEOPLE else EntryKind.ORGANISATION
            self._tied_by_name[tie.to_name, kind].append((row, tie))
            if tie.to_id is not None:
                self._tied_by_id[tie.to_id].append((row, tie))

    def learn(self, candidates: Iterable[Candidate]) -> None:
        """Looks up all names that these candidates bear or declare, together."""
        self._book.learn(
            name
            for candidate in candidates
            for name in (*(own.text for own in candidate.names), *(tie.to_name for tie in candidate.relations))
        )

    def paths(self, candidate: Candidate) -> tuple[Path, ...]:
        """All paths of one candidate in order of declaration; of two along the same ties, the surer."""
        best: dict[tuple[str, ...], Path] = {}
        for path in self._all(candidate):
            key = (path.topic, path.register.register_id, path.entry.id, *(tie.id for tie in path.ties))
            held = best.get(key)
            if held is None or (path.band, path.matched_by == "id") > (held.band, held.matched_by == "id"):
                best[key] = path
        return tuple(best.values())

    def _all(self, candidate: Candidate) -> Iterator[Path]:
        own_names = [name.text for name in candidate.names]
        yield from self._self_paths(candidate.id, own_names)
        for relation in candidate.relations:
            names = (relation.to_name,)
            rows = list(self._rows(relation.to_id, names))
            for row, match in rows:
                yield _path(relation.id, (relation,), "", row, match)
            if self._settings.max_steps > 1:
                yield from self._second_steps(relation, rows)

    def _self_paths(self, candidate_id: str, names: Sequence[str]) -> Iterator[Path]:
        for row, match in self._rows(candidate_id, names):
            if row.entry.kind is EntryKind.PERSON:
                yield _path(SAME_PERSON, (), "", row, match)
        for row, tie, match in self._tied(candidate_id, names):
            yield _path(tie.id, (tie,), "", row, match, backward=(True,))

    def _second_steps(self, relation: Relation, rows: Sequence[tuple[_Row, _Match]]) -> Iterator[Path]:
        """Onward from the declared party: along its own ties, and along the ties others have with it."""
        for middle, first in rows:
            name = middle.entry.names[0]
            for tie in middle.entry.relations:
                for row, match in self._rows(tie.to_id, (tie.to_name,)):
                    if tie.kind in self._onward and row.entry is not middle.entry:
                        yield _path(relation.id, (relation, tie), name, row, first.worse(match))
            for row, tie in self._tied_by_id.get(middle.entry.id, ()):
                if tie.kind in self._onward and row.entry is not middle.entry:
                    yield _path(relation.id, (relation, tie), name, row, first, backward=_SECOND_BACKWARD)
        for row, tie, match in self._tied(relation.to_id, (relation.to_name,)):
            if tie.kind in self._onward:
                yield _path(relation.id, (relation, tie), relation.to_name, row, match, backward=_SECOND_BACKWARD)

    def _rows(self, known_id: str | None, names: Iterable[str]) -> Iterator[tuple[_Row, _Match]]:
        """Entries that an id or one of the names means."""
        for row in self._by_id.get(known_id, ()) if known_id is not None else ():
            yield row, _BY_ID
        for match, key in self._alike(names):
            for row in self._by_name.get(key, ()):
                yield row, match

    def _tied(self, known_id: str | None, names: Iterable[str]) -> Iterator[tuple[_Row, Relation, _Match]]:
        """Entries with a tie of their own to whom an id or one of the names means."""
        for row, tie in self._tied_by_id.get(known_id, ()) if known_id is not None else ():
            yield row, tie, _BY_ID
        for match, key in self._alike(names):
            for row, tie in self._tied_by_name.get(key, ()):
                yield row, tie, match

    def _alike(self, names: Iterable[str]) -> Iterator[tuple[_Match, tuple[str, EntryKind]]]:
        for name in names:
            for like in self._book.like(name):
                yield _Match("name", self._settings.band_of(like.score), like.parts), (like.name, like.kind)


def _path(
    topic: str,
    ties: tuple[Relation, ...],
    between: str,
    row: _Row,
    match: _Match,
    *,
    backward: tuple[bool, ...] = _FORWARD,
) -> Path:
    return Path(topic, ties, backward, between, row.register, row.entry, match.by, match.band, match.parts)
