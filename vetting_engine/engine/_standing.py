"""How everybody in a journal stands: the latest record of each person, grouped by what it was made with."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date

from vetting_engine.engine._rebuild import Rebuilder
from vetting_engine.errors import KeyRingError, VettingError
from vetting_engine.model.candidate import Candidate
from vetting_engine.model.decision import Disposition
from vetting_engine.model.reading import GapReading
from vetting_engine.model.record import Record
from vetting_engine.model.ruleset import Ruleset
from vetting_engine.protocols import Resources
from vetting_engine.records import Journal, OpeningKeyRing, open_record

__all__ = ["Case", "Group", "Standing", "standing_readings"]


@dataclass(frozen=True, slots=True)
class Case:
    """Somebody as they stand: what is known of them, and their latest record if there is one."""

    candidate: Candidate
    record: Record | None = None
    readings: tuple[GapReading, ...] = ()

    @property
    def before(self) -> Disposition:
        """The answer they have; ``nothing_found`` where there is no record."""
        return Disposition(self.record.core.decision["disposition"]) if self.record else Disposition.NOTHING_FOUND


@dataclass(frozen=True, slots=True)
class Group:
    """Records made with one pack, one set of lists and registers, for one day."""

    ruleset: Ruleset
    resources: Resources
    day: date
    records: list[str] = field(default_factory=list)


def standing_readings(journal: Journal, key_ring: OpeningKeyRing) -> dict[str, tuple[GapReading, ...]]:
    """By candidate id, the readings of everybody's latest record: whoever is vetted again need not be read again.
    Those whose key was erased are left out.

    Raises:
        JournalError: a record was altered.
    """
    latest: dict[str, Record | None] = {}
    for record in journal.records():
        latest[record.core.subject] = record if record.core.readings else None
    found: dict[str, tuple[GapReading, ...]] = {}
    for kept in latest.values():
        if kept is not None:
            with suppress(KeyRingError):
                content = open_record(kept, key_ring)
                found[str(content.candidate["id"])] = content.readings
    return found


@dataclass(slots=True)
class Standing:
    """The latest record of each person; counts those that cannot be opened or rebuilt."""

    journal: Journal
    key_ring: OpeningKeyRing
    rebuilder: Rebuilder
    opened: int = 0
    erased: int = 0
    not_rebuilt: Counter[str] = field(default_factory=Counter)

    def groups(self) -> list[Group]:
        """In order of their first record. Only ids are kept, so that a long journal needs little memory."""
        superseded = {record.envelope.supersedes for record in self.journal.records()}
        groups: dict[tuple[int, int, date], Group] = {}
        for record in self.journal.records():
            if record.id in superseded:
                continue
            try:
                ruleset, resources = self.rebuilder.ruleset(record.core), self.rebuilder.resources(record.core)
            except VettingError as error:
                self.not_rebuilt[error.faults[0].code] += 1
                continue
            # The rebuilder answers the same objects for the same set, and the group keeps them alive.
            key = (id(ruleset), id(resources), record.core.as_of)
            groups.setdefault(key, Group(ruleset, resources, record.core.as_of)).records.append(record.id)
        return list(groups.values())

    def cases(self, group: Group) -> Iterator[Case]:
        """The people of a group, in order."""
        for record_id in group.records:
            record = self.journal.record(record_id)
            try:
                content = open_record(record, self.key_ring)
                candidate = Candidate.model_validate(content.candidate)
            except KeyRingError:
                self.erased += 1
                continue
            except VettingError as error:
                self.not_rebuilt[error.faults[0].code] += 1
                continue
            self.opened += 1
            yield Case(candidate, record, content.readings)
