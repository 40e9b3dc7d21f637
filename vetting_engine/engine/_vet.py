"""Vet one, vet many: examination, decision, core and journal in one loop."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import cached_property

from vetting_engine.engine._examine import Examination, Examined
from vetting_engine.engine._pool import chunks, examine_in_workers
from vetting_engine.engine._readings import WeighedReading, holding
from vetting_engine.engine._version import ENGINE_VERSION
from vetting_engine.errors import EngineError, Fault
from vetting_engine.model.candidate import Candidate
from vetting_engine.model.cohort import CohortRecord, SelfReport
from vetting_engine.model.reading import GapReading
from vetting_engine.model.record import Actor
from vetting_engine.model.ruleset import Ruleset
from vetting_engine.model.run import Vetting
from vetting_engine.model.watchlist import ListSnapshot
from vetting_engine.protocols import CohortCheck, Resources
from vetting_engine.records import Entry, Journal, build_core, build_sealed
from vetting_engine.registry import discover

__all__ = ["Engine"]

_Batch = tuple[Sequence[Candidate], Mapping[str, Sequence[WeighedReading]]]


def _system_clock() -> datetime:
    return datetime.now(UTC)


class Engine:
    """Vets candidates against one ruleset and the lists and registers handed in.

    Args:
        ruleset: from ``load_ruleset``.
        watchlists: snapshots from ``load_watchlist``; short for ``Resources(watchlists=…)``.
        resources: lists, registers and key ring.
        journal: where records are written; without one, nothing is stored.
        actor: who runs this, for the envelope. A typed name is ``asserted`` and never counts as a second person.
        office: the office responsible, for the envelope.
        clock: the time written into envelopes; never read by a check or a decision.

    Raises:
        EngineError: a required check is not installed, or a journal is given without a key ring.
        RulesetError: the pack does not fit an installed check.
    """

    def __init__(
        self,
        ruleset: Ruleset,
        watchlists: Sequence[ListSnapshot] = (),
        *,
        resources: Resources | None = None,
        journal: Journal | None = None,
        actor: Actor | None = None,
        office: str = "",
        clock: Callable[[], datetime] = _system_clock,
    ) -> None:
        given = resources or Resources()
        self.ruleset = ruleset
        self.resources = replace(given, watchlists=(*given.watchlists, *watchlists))
        self.journal = journal
        self._actor = actor or Actor(id="unnamed")
        self._office = office
        self._clock = clock
        if journal is not None:
            if self.resources.key_ring is None:
                raise EngineError(Fault("engine.journal_needs_keys"))
            self._archive(journal)

    @cached_property
    def _examination(self) -> Examination:
        return Examination(self.ruleset, self.resources)

    def vet(
        self, candidate: Candidate, *, as_of: date, readings: Sequence[GapReading] = (), superseding: str | None = None
    ) -> Vetting:
        """Vet one candidate as of a day; every age, window and staleness is reckoned from it. ``readings`` are those by
        which people closed gaps of theirs; ``superseding`` is the record that must still be their latest.
        """
        latest = {} if superseding is None else {candidate.id: superseding}
        return next(self.vet_many((candidate,), as_of=as_of, readings={candidate.id: readings}, superseding=latest))

    def vet_many(
        self,
        candidates: Iterable[Candidate],
        *,
        as_of: date,
        workers: int = 1,
        progress: Callable[[int], None] | None = None,
        readings: Mapping[str, Sequence[GapReading]] | None = None,
        superseding: Mapping[str, str] | None = None,
    ) -> Iterator[Vetting]:
        """Vet candidates in the order given, lazily, in constant memory.

        Args:
            candidates: any iterable; ids must differ within the run.
            as_of: the day everything is reckoned from.
            workers: processes; more than 1 pays from some thousands of candidates. Scripts that ask for more
                than one need the usual ``if __name__ == "__main__":`` guard.
            progress: called with the number done so far after each chunk.
            readings: by candidate id, those by which people closed gaps. One that does not hold (another sample would
                be drawn now, or the readers are not two people whose identity is assured) leaves its gap open.
            superseding: by candidate id, the record that must still be theirs when the new one is written.

        Raises:
            JournalError: the journal cannot be written, or a record was superseded meanwhile.
            EngineError: an id comes twice, or ``workers`` is below 1. What was yielded before stands recorded.
        """
        if workers < 1:
            raise EngineError(Fault("engine.workers_invalid", params={"workers": workers}))
        held: dict[str, Sequence[WeighedReading]] = {}
        batches = self._with_readings(chunks(_distinct(candidates)), readings or {}, held)
        done = 0
        for batch, examined in self._examined(batches, as_of, workers):
            yield from self._recorded(batch, examined, as_of, held, superseding or {})
            done += len(batch)
            if progress:
                progress(done)

    def measure(
        self, pool: Sequence[Candidate], reports: Mapping[str, SelfReport], vettings: Sequence[Vetting]
    ) -> tuple[CohortRecord, ...]:
        """Every cohort check over a pool: belonging, reach and quotas. It says nothing about one person."""
        dispositions = {vetting.candidate.id: vetting.decision.disposition for vetting in vettings}
        checks: list[CohortCheck] = [
            check for check in discover("vetting_engine.checks").values() if hasattr(check, "measure")
        ]
        return tuple(check.measure(self.ruleset, pool, reports, dispositions) for check in checks)

    def _with_readings(
        self,
        batches: Iterable[Sequence[Candidate]],
        readings: Mapping[str, Sequence[GapReading]],
        held: dict[str, Sequence[WeighedReading]],
    ) -> Iterator[_Batch]:
        """Each batch with the readings that hold, which are noted in ``held`` too. Keys stay in this process."""
        ring = self.resources.key_ring
        for batch in batches:
            theirs = {
                candidate.id: found
                for candidate in batch
                if (found := holding(candidate, readings.get(candidate.id, ()), ring))
            }
            held.update(theirs)
            yield batch, theirs

    def _examined(
        self, batches: Iterable[_Batch], as_of: date, workers: int
    ) -> Iterator[tuple[Sequence[Candidate], list[Examined]]]:
        if workers > 1:
            yield from examine_in_workers(self.ruleset, self.resources, batches, as_of, workers)
        else:
            for batch, readings in batches:
                yield batch, self._examination.examine(batch, as_of, readings)

    def _recorded(
        self,
        batch: Sequence[Candidate],
        examined: Sequence[Examined],
        as_of: date,
        held: dict[str, Sequence[WeighedReading]],
        superseding: Mapping[str, str],
    ) -> list[Vetting]:
        """The batch with cores, journalled in one transaction before any of it is handed out."""
        if self.resources.key_ring is not None:
            self.resources.key_ring.ensure(candidate.id for candidate in batch)
        vettings = [
            self._with_core(candidate, found, as_of, [reading for reading, _ in held.pop(candidate.id, ())])
            for candidate, found in zip(batch, examined, strict=True)
        ]
        if self.journal is None:
            return vettings
        ids = self.journal.append_many(
            [_entry(vetting) for vetting in vettings],
            time=self._clock(),
            actor=self._actor,
            office=self._office,
            purpose=self.ruleset.purpose,
            legal_basis=self.ruleset.legal_basis,
            retain_until=as_of + timedelta(days=self.ruleset.retention_days),
            key_ring=self.resources.key_ring,
            superseding=[superseding.get(candidate.id) for candidate in batch],
        )
        return [
            vetting.model_copy(update={"record_id": record_id})
            for vetting, record_id in zip(vettings, ids, strict=True)
        ]

    def _with_core(
        self, candidate: Candidate, examined: Examined, as_of: date, readings: Sequence[GapReading]
    ) -> Vetting:
        decided = examined.decided
        core = build_core(
            candidate=candidate,
            results=examined.results,
            decision=decided.decision,
            ruleset=self.ruleset,
            watchlists=self.resources.watchlists,
            registers=self.resources.registers,
            as_of=as_of,
            key_ring=self.resources.key_ring,
            engine_version=ENGINE_VERSION,
            readings=readings,
        )
        return Vetting(
            candidate=candidate,
            results=examined.results,
            decision=decided.decision,
            engines=decided.engines,
            core=core,
            readings=tuple(readings),
        )

    def _archive(self, journal: Journal) -> None:
        """The exact bytes of pack, lists and registers, so that the run can be replayed."""
        journal.archive.put_pack(self.ruleset)
        for snapshot in self.resources.watchlists:
            journal.archive.put_source(snapshot)
        for register in self.resources.registers:
            journal.archive.put_source(register)


def _entry(vetting: Vetting) -> Entry:
    content = build_sealed(vetting.candidate, vetting.results, vetting.decision, vetting.readings)
    return Entry(vetting.core, content, vetting.engines, vetting.candidate)


def _distinct(candidates: Iterable[Candidate]) -> Iterator[Candidate]:
    """The candidates one by one; a second one with the same id would make two records of one person's case."""
    seen: set[str] = set()
    for candidate in candidates:
        if candidate.id in seen:
            raise EngineError(Fault("engine.duplicate_candidate", params={"id": candidate.id}))
        seen.add(candidate.id)
        yield candidate
