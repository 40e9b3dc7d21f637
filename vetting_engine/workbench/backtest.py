"""What a pack would have made of cases already recorded: how many dispositions change, in which direction.

Recorded inputs are opened and decided again under the new pack, with the lists and registers of their day from the
archive. Nothing is written: the journal is only read, and no key is made.
"""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from vetting_engine.engine import ENGINE_VERSION, Engine, Rebuilder
from vetting_engine.errors import KeyRingError, VettingError
from vetting_engine.model.candidate import Candidate
from vetting_engine.model.cohort import SelfReport
from vetting_engine.model.decision import Disposition
from vetting_engine.model.reading import GapReading
from vetting_engine.model.record import Record
from vetting_engine.model.ruleset import Ruleset
from vetting_engine.protocols import Resources
from vetting_engine.records import Journal, OpeningKeyRing, open_record
from vetting_engine.workbench._group_counts import GroupCount, count_groups

__all__ = ["BacktestReport", "Redecided", "backtest"]


@dataclass(frozen=True, slots=True)
class Redecided:
    """One recorded case: what it was, and what it would be."""

    record: str
    before: Disposition
    after: Disposition

    @property
    def direction(self) -> int:
        """1 where the new pack is graver, -1 where it is milder, 0 where nothing changes."""
        return (self.after.rank > self.before.rank) - (self.after.rank < self.before.rank)


@dataclass(frozen=True, slots=True)
class BacktestReport:
    """All cases of a journal under another pack.

    ``records`` were read; of them ``superseded`` have a later record of the same person and are not counted twice,
    ``erased`` cannot be opened any more, ``not_rebuilt`` lack something they were made with (code → how many).
    ``other_version`` were decided by another version of the engine, whose changes show here too. ``groups`` are empty
    unless answers were given.
    """

    records: int
    superseded: int
    erased: int
    not_rebuilt: Mapping[str, int]
    other_version: int
    cases: tuple[Redecided, ...]
    groups: tuple[GroupCount, ...] = ()

    @property
    def graver(self) -> int:
        """How many dispositions would be graver."""
        return sum(case.direction > 0 for case in self.cases)

    @property
    def milder(self) -> int:
        """How many would be milder."""
        return sum(case.direction < 0 for case in self.cases)

    @property
    def table(self) -> Mapping[tuple[Disposition, Disposition], int]:
        """How many cases went from which disposition to which, in order."""
        counts = Counter((case.before, case.after) for case in self.cases)
        return dict(sorted(counts.items(), key=lambda item: (item[0][0].rank, item[0][1].rank)))


def backtest(
    ruleset: Ruleset,
    journal: str | Path,
    key_ring: OpeningKeyRing,
    *,
    reports: Mapping[str, SelfReport] | None = None,
    progress: Callable[[int], None] | None = None,
) -> BacktestReport:
    """Decide every person's latest record again under a pack.

    Args:
        ruleset: the new pack.
        journal: the journal's file; its archive lies beside it.
        key_ring: the ring the records were made with.
        reports: AGD answers by candidate id, to count changes by group; small groups are hidden.
        progress: called with the number of cases done.

    Raises:
        JournalError: the journal cannot be read, or a record in it was altered.
        RulesetError: the pack does not fit an installed check.
    """
    with Journal.open(journal) as opened, tempfile.TemporaryDirectory(prefix="vetting-backtest-") as folder:
        rebuilder = Rebuilder(opened.archive, None, Path(folder))
        superseded = {name for record in opened.records() if (name := record.envelope.supersedes) is not None}
        latest = _Latest(key_ring, rebuilder, superseded)
        whose: dict[str, str] = {}
        cases: list[Redecided] = []
        for record, candidate, after in _again(ruleset, latest.cases(opened.records()), key_ring):
            cases.append(Redecided(record.id, Disposition(record.core.decision["disposition"]), after))
            whose[record.id] = candidate.id
            if progress:
                progress(len(cases))
        read = len(opened)
    cases.sort(key=lambda case: int(case.record.rpartition("-")[2]))
    directions = {whose[case.record]: case.direction for case in cases}
    return BacktestReport(
        records=read,
        superseded=len(superseded),
        erased=latest.erased,
        not_rebuilt=dict(sorted(latest.not_rebuilt.items())),
        other_version=latest.other_version,
        cases=tuple(cases),
        groups=() if reports is None else count_groups(directions, reports),
    )


@dataclass(frozen=True, slots=True)
class _Case:
    """A recorded case with what it was made from."""

    record: Record
    candidate: Candidate
    resources: Resources
    readings: tuple[GapReading, ...]


@dataclass(slots=True)
class _Latest:
    """The latest record of each person, with what it was made from; counts those that cannot be used."""

    key_ring: OpeningKeyRing
    rebuilder: Rebuilder
    superseded: set[str]
    erased: int = 0
    other_version: int = 0
    not_rebuilt: Counter[str] = field(default_factory=Counter)

    def cases(self, records: Iterable[Record]) -> Iterator[_Case]:
        for record in records:
            if record.id in self.superseded:
                continue
            try:
                content = open_record(record, self.key_ring)
                candidate = Candidate.model_validate(content.candidate)
                resources = self.rebuilder.resources(record.core)
            except KeyRingError:
                self.erased += 1
                continue
            except VettingError as error:
                self.not_rebuilt[error.faults[0].code] += 1
                continue
            self.other_version += record.core.engine_version != ENGINE_VERSION
            yield _Case(record, candidate, resources, content.readings)


def _again(
    ruleset: Ruleset, cases: Iterable[_Case], key_ring: OpeningKeyRing
) -> Iterator[tuple[Record, Candidate, Disposition]]:
    """Each case decided again, with what people read of it; an engine is made once per set of lists and registers."""
    engines: dict[tuple[int, bool], tuple[Resources, Engine]] = {}
    for case in cases:
        # The rebuilder answers the same object for the same set, and the entry keeps it alive. Keys are needed only to
        # draw again the samples that people read.
        key = (id(case.resources), bool(case.readings))
        if key not in engines:
            given = replace(case.resources, key_ring=key_ring if case.readings else None)
            engines[key] = (case.resources, Engine(ruleset, resources=given))
        vetting = engines[key][1].vet(case.candidate, as_of=case.record.core.as_of, readings=case.readings)
        yield case.record, case.candidate, vetting.decision.disposition
