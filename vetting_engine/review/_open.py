"""The gaps that are open in a journal: whose, what each is about, and how much people would read to close it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from vetting_engine.engine import Drawn, about_of, draw
from vetting_engine.errors import Fault, InputError, JournalError, VettingError
from vetting_engine.model.candidate import Candidate
from vetting_engine.model.decision import Disposition
from vetting_engine.model.finding import Gap
from vetting_engine.model.record import Record, SealedContent
from vetting_engine.records import Journal, OpeningKeyRing, open_record

__all__ = ["OpenGap", "OpenGaps", "gap_about", "latest", "open_gaps", "opened", "sample_of"]


@dataclass(frozen=True, slots=True)
class OpenGap:
    """A gap of somebody's latest record. ``about`` is None where reading does not close it; else it is about
    ``population`` items, of which ``sample`` are to be read; ``disputed`` are those in which two readers differed.
    """

    record_id: str
    candidate_id: str
    disposition: Disposition
    gap: Gap
    about: str | None = None
    population: int = 0
    sample: int = 0
    disputed: int = 0


@dataclass(slots=True)
class OpenGaps:
    """Open gaps in order of record, and how many records could not be opened (code → how many)."""

    gaps: list[OpenGap] = field(default_factory=list)
    people: int = 0
    not_opened: Counter[str] = field(default_factory=Counter)


def latest(journal: Journal) -> Iterator[Record]:
    """The latest record of each person."""
    superseded = {record.envelope.supersedes for record in journal.records()}
    return (record for record in journal.records() if record.id not in superseded)


def open_gaps(journal: Journal, key_ring: OpeningKeyRing) -> OpenGaps:
    """Every open gap of everybody's latest record.

    Raises:
        JournalError: a record was altered.
    """
    found = OpenGaps()
    for record in latest(journal):
        try:
            content = open_record(record, key_ring)
        except VettingError as error:
            found.not_opened[error.faults[0].code] += 1
            continue
        found.people += 1
        found.gaps += _of(record, content, key_ring)
    return found


def _of(record: Record, content: SealedContent, key_ring: OpeningKeyRing) -> Iterator[OpenGap]:
    candidate = Candidate.model_validate(content.candidate)
    disputed = {(reading.check, reading.about): len(reading.disputed) for reading in content.readings}
    for gap in content.decision.gaps:
        about = about_of(gap)
        drawn = None if about is None else draw(candidate, gap.check, about, key_ring)
        yield OpenGap(
            record.id,
            candidate.id,
            content.decision.disposition,
            gap,
            about if drawn is not None and drawn.population else None,
            drawn.population if drawn else 0,
            len(drawn.items) if drawn else 0,
            disputed.get((gap.check, about or ""), 0),
        )


def sample_of(journal: Journal, key_ring: OpeningKeyRing, record_id: str, about: str) -> tuple[Gap, Drawn]:
    """An open gap of somebody's latest record, and the sample that is to be read to close it.

    Raises:
        JournalError: ``gaps.superseded``: there is a later record; or there is no such record.
        KeyRingError: the person's key was erased.
        InputError: ``gaps.not_open``: the record has no such gap that reading could close.
    """
    _, content = opened(journal, key_ring, record_id)
    gap = gap_about(content, record_id, about)
    drawn = draw(Candidate.model_validate(content.candidate), gap.check, about, key_ring)
    if not drawn.population:
        raise InputError(Fault("gaps.nothing_to_read", params={"record": record_id, "about": about}))
    return gap, drawn


def opened(journal: Journal, key_ring: OpeningKeyRing, record_id: str) -> tuple[Record, SealedContent]:
    """A record, which must be its person's latest, and what is sealed in it; raises as ``sample_of``."""
    record = journal.record(record_id)
    later = next((each.id for each in journal.records() if each.envelope.supersedes == record_id), None)
    if later is not None:
        raise JournalError(Fault("gaps.superseded", params={"record": record_id, "later": later}))
    return record, open_record(record, key_ring)


def gap_about(content: SealedContent, record_id: str, about: str) -> Gap:
    """The open gap about something; raises as ``sample_of``."""
    gap = next((gap for gap in content.decision.gaps if about_of(gap) == about), None)
    if gap is None:
        there = ", ".join(sorted({told for gap in content.decision.gaps if (told := about_of(gap))})) or "–"
        raise InputError(Fault("gaps.not_open", params={"record": record_id, "about": about, "there": there}))
    return gap
