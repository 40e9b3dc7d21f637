"""Closing gaps: two readings of a sample each, and new records in which they are heeded.

Nothing is recorded unless every reading can be taken. The case is decided again by the engine, on the same input, pack,
lists and registers; the new record supersedes the old, keeps who read what, and can be replayed.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from vetting_engine.engine import ASSURED, Engine, Rebuilder, category_rule
from vetting_engine.errors import Fault, InputError
from vetting_engine.model.candidate import Candidate
from vetting_engine.model.decision import Disposition
from vetting_engine.model.finding import Gap
from vetting_engine.model.reading import GapReading, Reading
from vetting_engine.model.record import Actor, Record, SealedContent
from vetting_engine.model.ruleset import Ruleset
from vetting_engine.records import Journal, OpeningKeyRing
from vetting_engine.review._open import opened, sample_of
from vetting_engine.review._readers import Reader, reads
from vetting_engine.review._signed import SignedReading

__all__ = ["Closed", "Closing", "close_gaps", "paired"]


@dataclass(frozen=True, slots=True)
class Closing:
    """Two readings of one gap's sample, with the digest of every item each of them read, by number."""

    record_id: str
    about: str
    readings: tuple[Reading, Reading]
    items: tuple[Mapping[int, str], Mapping[int, str]]


@dataclass(frozen=True, slots=True)
class Closed:
    """What became of one person's gaps. ``disputed`` are those that stay open, with the number of items in dispute."""

    record_id: str
    superseded: str
    candidate_id: str
    before: Disposition
    after: Disposition
    closed: tuple[str, ...]
    disputed: Mapping[str, int]


def paired(readings: Iterable[SignedReading], readers: Mapping[str, Reader]) -> list[Closing]:
    """Signed readings, two by two, each under the key that is declared for its reader.

    Raises:
        InputError: every fault: a reader nobody has declared, a signature that does not hold, or not two readings of a
            gap.
    """
    faults: list[Fault] = []
    groups: dict[tuple[str, str], list[SignedReading]] = {}
    for reading in readings:
        reader = readers.get(reading.reader)
        told = {"reader": reading.reader, "record": reading.record, "gap": reading.gap}
        if reader is None:
            faults.append(Fault("gaps.reader_unknown", params=told))
        elif not reading.signed_by(reader.public_key):
            faults.append(Fault("gaps.signature", params=told))
        groups.setdefault((reading.record, reading.gap), []).append(reading)
    for (record, gap), theirs in groups.items():
        if len(theirs) != 2:  # noqa: PLR2004  # two people
            faults.append(Fault("gaps.not_two", params={"record": record, "gap": gap, "readings": len(theirs)}))
    if faults:
        raise InputError(faults)
    return [
        Closing(
            record,
            gap.partition("/")[2],
            (_reading(first, readers), _reading(second, readers)),
            (first.digests, second.digests),
        )
        for (record, gap), (first, second) in sorted(groups.items())
    ]


def _reading(signed: SignedReading, readers: Mapping[str, Reader]) -> Reading:
    reader = readers[signed.reader]
    return Reading(
        reader=reader.id,
        assurance="own_key",
        languages=(*reader.languages, *reader.scripts),
        on=signed.on,
        conflict_of_interest=signed.conflict_of_interest,
        found=signed.found,
    )


def close_gaps(
    journal: Journal,
    key_ring: OpeningKeyRing,
    closings: Sequence[Closing],
    *,
    actor: Actor | None = None,
    office: str = "",
) -> tuple[Closed, ...]:
    """Record what people read, one new record per person.

    Args:
        journal: open for appending; its archive holds what the records were made with.
        key_ring: the ring the records were made with.
        closings: any number of gaps, also several of one person. A host that assures its readers itself says so with
            the assurance ``host``.
        actor: who records it, for the envelope.
        office: the office responsible; by default that of the pack's approval.

    Raises:
        InputError: every fault of every closing; nothing was recorded. See ``docs/reference/gaps.md``.
        JournalError: a record is not there, is not its person's latest, or cannot be decided again.
        KeyRingError: a key was erased.
    """
    people: dict[str, list[Closing]] = {}
    for closing in closings:
        people.setdefault(closing.record_id, []).append(closing)
    with tempfile.TemporaryDirectory(prefix="vetting-gaps-") as folder:
        desk = _Desk(journal, key_ring, Rebuilder(journal.archive, None, Path(folder)), actor, office)
        faults: list[Fault] = []
        prepared: list[tuple[Record, SealedContent, list[GapReading]]] = []
        for record_id, theirs in people.items():
            try:
                record, content = opened(journal, key_ring, record_id)
                prepared.append((record, content, [desk.checked(one, record, content) for one in theirs]))
            except InputError as error:
                faults += error.faults
        if faults:
            raise InputError(faults)
        return tuple(desk.recorded(*one) for one in prepared)


@dataclass(frozen=True, slots=True)
class _Desk:
    """Where readings are held against what the engine draws, and recorded."""

    journal: Journal
    key_ring: OpeningKeyRing
    rebuilder: Rebuilder
    actor: Actor | None
    office: str
    engines: dict[tuple[int, int], Engine] = field(default_factory=dict)

    def checked(self, closing: Closing, record: Record, content: SealedContent) -> GapReading:
        """The reading of a gap. Raises InputError with all that is wrong with it."""
        gap, drawn = sample_of(self.journal, self.key_ring, record.id, closing.about)
        ruleset = self.rebuilder.ruleset(record.core)
        wanted = {item.item: item.digest for item in drawn.sampled}
        faults = [*_people_faults(closing, Candidate.model_validate(content.candidate))]
        for reading, read in zip(closing.readings, closing.items, strict=True):
            faults += _item_faults(reading.reader, record.id, wanted, read)
            faults += _found_faults(reading, record, wanted, ruleset, gap)
        if faults:
            raise InputError(faults)
        return GapReading(
            check=gap.check,
            about=closing.about,
            population=drawn.population,
            sample=drawn.sampled,
            readings=closing.readings,
        )

    def recorded(self, record: Record, content: SealedContent, readings: Sequence[GapReading]) -> Closed:
        """One person decided again, for the day of their record, with what was read before and now."""
        engine = self._engine(record)
        read = {(reading.check, reading.about): reading for reading in (*content.readings, *readings)}
        candidate = Candidate.model_validate(content.candidate)
        vetting = engine.vet(candidate, as_of=record.core.as_of, readings=tuple(read.values()), superseding=record.id)
        if vetting.record_id is None:
            raise RuntimeError("the engine has a journal and wrote no record")
        return Closed(
            record_id=vetting.record_id,
            superseded=record.id,
            candidate_id=vetting.candidate.id,
            before=content.decision.disposition,
            after=vetting.decision.disposition,
            closed=tuple(reading.about for reading in readings if not reading.disputed),
            disputed={reading.about: len(reading.disputed) for reading in readings if reading.disputed},
        )

    def _engine(self, record: Record) -> Engine:
        """One engine for each pack, lists and registers; the rebuilder answers the same objects for the same set."""
        ruleset, resources = self.rebuilder.ruleset(record.core), self.rebuilder.resources(record.core)
        key = (id(ruleset), id(resources))
        if key not in self.engines:
            self.engines[key] = Engine(
                ruleset,
                resources=replace(resources, key_ring=self.key_ring),
                journal=self.journal,
                actor=self.actor,
                office=self.office or ruleset.office,
            )
        return self.engines[key]


def _people_faults(closing: Closing, candidate: Candidate) -> Iterator[Fault]:
    told = {"record": closing.record_id, "about": closing.about}
    first, second = closing.readings
    if first.reader == second.reader:
        yield Fault("gaps.same_reader", params={**told, "reader": first.reader})
    for reading in closing.readings:
        if reading.assurance not in ASSURED:
            yield Fault("gaps.not_assured", params={**told, "reader": reading.reader})
        if reading.conflict_of_interest:
            yield Fault("gaps.conflict", params={**told, "reader": reading.reader})
        if not reads(reading.languages, closing.about, candidate.languages):
            yield Fault("gaps.not_their_language", params={**told, "reader": reading.reader})


def _item_faults(reader: str, record_id: str, wanted: Mapping[int, str], read: Mapping[int, str]) -> Iterator[Fault]:
    """Items nobody asked for, items not read, items whose content is another now."""
    wrong = {
        "gaps.item_unknown": read.keys() - wanted.keys(),
        "gaps.item_not_read": wanted.keys() - read.keys(),
        "gaps.item_changed": {item for item in wanted.keys() & read.keys() if wanted[item] != read[item]},
    }
    for code, items in wrong.items():
        for item in sorted(items):
            yield Fault(code, params={"reader": reader, "record": record_id, "item": item})


def _found_faults(
    reading: Reading, record: Record, wanted: Mapping[int, str], ruleset: Ruleset, gap: Gap
) -> Iterator[Fault]:
    """Findings in items nobody asked for, or of categories that no rule in force of the pack has."""
    told = {"reader": reading.reader, "record": record.id}
    for item in sorted({found.item for found in reading.found} - wanted.keys()):
        yield Fault("gaps.item_unknown", params={**told, "item": item})
    named = sorted({rule.category for rule in ruleset.rules_of(gap.check)} - {""})
    known = [name for name in named if category_rule(ruleset, gap.check, name, record.core.as_of) is not None]
    for category in sorted({found.category for found in reading.found} - set(known)):
        yield Fault("gaps.category_unknown", params={**told, "category": category, "known": ", ".join(known)})
