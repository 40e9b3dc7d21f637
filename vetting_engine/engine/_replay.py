"""Replay: read a journal's records, do everything again from archived bytes, compare the cores byte for byte.

What cannot be replayed says so and why: an erased key, an archive left elsewhere, another engine version.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Literal, TypeVar

from vetting_engine import canonical
from vetting_engine.engine._version import ENGINE_VERSION
from vetting_engine.engine._vet import Engine
from vetting_engine.errors import Fault, JournalError, KeyRingError, RulesetError, VettingError
from vetting_engine.model.candidate import Candidate
from vetting_engine.model.record import Core, Record
from vetting_engine.model.ruleset import Ruleset
from vetting_engine.model.watchlist import Authority, ListSnapshot, Register, RegisterKind
from vetting_engine.protocols import Resources
from vetting_engine.records import Archive, Journal, OpeningKeyRing, core_bytes, open_record
from vetting_engine.rulebook import load_ruleset
from vetting_engine.sources import load_register, load_watchlist

__all__ = ["Outcome", "ReplayReport", "Replayed", "replay"]

_Source = TypeVar("_Source", ListSnapshot, Register)
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
        self._archive = archive
        self._key_ring = key_ring
        self._folder = folder
        self._engines: dict[str, Engine | VettingError] = {}

    def replay(self, record: Record) -> Replayed:
        core = record.core
        if core.engine_version != ENGINE_VERSION:
            versions = {"recorded": core.engine_version, "running": ENGINE_VERSION}
            return Replayed(record.id, "not_replayable", "replay.other_version", versions)
        try:
            candidate = Candidate.model_validate(open_record(record, self._key_ring).candidate)
            engine = self._engine(core)
        except KeyRingError:
            return Replayed(record.id, "not_replayable", "replay.key_missing")
        except VettingError as error:
            fault = error.faults[0]
            params = {name: str(value) for name, value in fault.params.items()}
            return Replayed(record.id, "not_replayable", fault.code, params)
        again = engine.vet(candidate, as_of=core.as_of).core
        if core_bytes(again) == core_bytes(core):
            return Replayed(record.id, "same", "replay.same")
        path = _first_difference(_plain(core), _plain(again))
        return Replayed(record.id, "differs", "replay.differs", {"path": path})

    def _engine(self, core: Core) -> Engine:
        wanted = {"ruleset": core.ruleset, "lists": core.lists, "registers": core.registers}
        key = canonical.digest(canonical.dumps({name: _listed(value) for name, value in wanted.items()}))
        if key not in self._engines:
            try:
                self._engines[key] = self._rebuilt(core, self._folder / key.removeprefix(canonical.DIGEST_PREFIX))
            except VettingError as error:  # remembered, so that one missing list is not looked for 10,000 times
                self._engines[key] = error
        engine = self._engines[key]
        if isinstance(engine, VettingError):
            raise engine
        return engine

    def _rebuilt(self, core: Core, folder: Path) -> Engine:
        ruleset = self._ruleset(core.ruleset, folder / "pack")
        watchlists = [self._watchlist(each, folder / f"list-{n}") for n, each in enumerate(core.lists)]
        registers = [self._register(each, folder / f"register-{n}") for n, each in enumerate(core.registers)]
        return Engine(ruleset, watchlists, resources=Resources(registers=registers, key_ring=self._key_ring))

    def _ruleset(self, named: Mapping[str, Any], folder: Path) -> Ruleset:
        self._archive.extract_pack(named, folder)
        ruleset = load_ruleset(folder)
        if ruleset.digest != named["digest"]:
            raise RulesetError(Fault("archive.altered", params={"digest": str(named["digest"])}))
        return ruleset

    def _watchlist(self, named: Mapping[str, Any], folder: Path) -> ListSnapshot:
        authority = Authority.model_validate(named["authority"])
        snapshot = self._read(named["digest"], folder, lambda path: load_watchlist(path, authority))
        return snapshot.model_copy(
            update={
                "list_id": named["list_id"],
                "retrieved": _day(named["retrieved"]),
                "max_age_days": named["max_age_days"],
            }
        )

    def _register(self, named: Mapping[str, Any], folder: Path) -> Register:
        kind = RegisterKind(named["kind"])
        register = self._read(named["digest"], folder, lambda path: load_register(path, kind))
        return register.model_copy(update={"register_id": named["register_id"], "as_at": _day(named["as_at"])})

    def _read(self, digest: str, folder: Path, load: Callable[[Path], _Source]) -> _Source:
        """A list or register from archived bytes. Of a set of files, the one to read is the one that gives the
        digest of the record; the archive keeps no order.
        """
        faults: list[Fault] = []
        for path in self._archive.extract_source(digest, folder):
            try:
                source = load(path)
            except VettingError as error:
                faults += error.faults
                continue
            if source.digest == digest:
                return source
        raise JournalError(faults or Fault("archive.altered", params={"digest": digest}))


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


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
