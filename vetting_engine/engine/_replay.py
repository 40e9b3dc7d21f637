"""Replay: read a journal's records, do everything again from archived bytes, compare the cores byte for byte.

What cannot be replayed says so and why: an erased key, an archive left elsewhere, another engine version.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from vetting_engine import canonical
from vetting_engine.engine._rebuild import Rebuilder
from vetting_engine.engine._version import ENGINE_VERSION
from vetting_engine.engine._vet import Engine
from vetting_engine.errors import KeyRingError, VettingError
from vetting_engine.model.candidate import Candidate
from vetting_engine.model.record import Core, Record
from vetting_engine.records import Archive, Journal, OpeningKeyRing, core_bytes, open_record

__all__ = ["Outcome", "ReplayReport", "Replayed", "replay"]

Outcome = Literal["same", "differs", "not_replayable"]


@dataclass(frozen=True, slots=True)
class Replayed:
    """What came of one record. ``code`` names the sentence in ``messages``, ``params`` fill it."""

    record_id: str
    outcome: Outcome
    code: str
    params: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ReplayReport:
    """All records of a journal, in order."""

    records: tuple[Replayed, ...]

    @property
    def ok(self) -> bool:
        """Whether no record came out different (those that cannot be replayed are counted apart)."""
        return not self.count("differs")

    def count(self, outcome: Outcome) -> int:
        """How many records had this outcome."""
        return sum(record.outcome == outcome for record in self.records)


def replay(
    journal: str | Path, key_ring: OpeningKeyRing, *, progress: Callable[[int], None] | None = None
) -> ReplayReport:
    """Replay every record of a journal.

    Args:
        journal: the journal's file; its archive lies beside it.
        key_ring: the ring the records were made with.
        progress: called with the number of records done.

    Raises:
        JournalError: the journal cannot be read, or a record in it was altered.
    """
    with Journal.open(journal) as opened, tempfile.TemporaryDirectory(prefix="vetting-replay-") as folder:
        workshop = _Workshop(opened.archive, key_ring, Path(folder))
        done: list[Replayed] = []
        for record in opened.records():
            done.append(workshop.replay(record))
            if progress:
                progress(len(done))
    return ReplayReport(tuple(done))


class _Workshop:
    """Rebuilds each engine once per distinct set of pack, lists and registers."""

    def __init__(self, archive: Archive, key_ring: OpeningKeyRing, folder: Path) -> None:
        self._rebuilder = Rebuilder(archive, key_ring, folder)
        self._key_ring = key_ring
        self._engines: dict[str, Engine] = {}

    def replay(self, record: Record) -> Replayed:
        core = record.core
        if core.engine_version != ENGINE_VERSION:
            versions = {"recorded": core.engine_version, "running": ENGINE_VERSION}
            return Replayed(record.id, "not_replayable", "replay.other_version", versions)
        try:
            content = open_record(record, self._key_ring)
            candidate = Candidate.model_validate(content.candidate)
            engine = self._engine(core)
        except KeyRingError:
            return Replayed(record.id, "not_replayable", "replay.key_missing")
        except VettingError as error:
            fault = error.faults[0]
            params = {name: str(value) for name, value in fault.params.items()}
            return Replayed(record.id, "not_replayable", fault.code, params)
        again = engine.vet(candidate, as_of=core.as_of, readings=content.readings).core
        if core_bytes(again) == core_bytes(core):
            return Replayed(record.id, "same", "replay.same")
        path = _first_difference(_plain(core), _plain(again))
        return Replayed(record.id, "differs", "replay.differs", {"path": path})

    def _engine(self, core: Core) -> Engine:
        ruleset, resources = self._rebuilder.ruleset(core), self._rebuilder.resources(core)
        wanted = {"ruleset": core.ruleset, "lists": core.lists, "registers": core.registers}
        key = canonical.digest(canonical.dumps({name: _listed(value) for name, value in wanted.items()}))
        if key not in self._engines:
            self._engines[key] = Engine(ruleset, resources=resources)
        return self._engines[key]


def _plain(core: Core) -> Any:  # noqa: ANN401  # any JSON value
    return json.loads(core_bytes(core))


def _listed(value: object) -> object:
    return [dict(item) for item in value] if isinstance(value, tuple) else dict(value)  # type: ignore[call-overload]


def _first_difference(ours: Any, theirs: Any, path: str = "core") -> str:  # noqa: ANN401  # any JSON value
    """Path of the first place where two JSON values differ, in order of keys."""
    for place, (left, right) in _pairs(ours, theirs, path):
        if left != right:
            return _first_difference(left, right, place)
    return path


def _pairs(ours: Any, theirs: Any, path: str) -> Iterator[tuple[str, tuple[Any, Any]]]:  # noqa: ANN401
    if isinstance(ours, dict) and isinstance(theirs, dict):
        for key in sorted({*ours, *theirs}):
            yield f"{path}.{key}", (ours.get(key), theirs.get(key))
    elif isinstance(ours, list) and isinstance(theirs, list):
        for index in range(max(len(ours), len(theirs))):
            pair = tuple(side[index] if index < len(side) else None for side in (ours, theirs))
            yield f"{path}[{index}]", (pair[0], pair[1])
