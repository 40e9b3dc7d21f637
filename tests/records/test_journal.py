"""The journal: append-only, whole or not at all, many writers, no acknowledged record lost."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from random import Random

import pytest

from benchmarks._tampering import ACTOR, TIME, Scene, entry, flip_a_bit, insider
from vetting_engine import canonical
from vetting_engine.errors import EngineError, JournalError, KeyRingError
from vetting_engine.model.record import Actor
from vetting_engine.records import Entry, FileKeyRing, Journal, MemoryKeyRing, merkle, open_record, verify_journal
from vetting_engine.records.keys import derive

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def ring() -> MemoryKeyRing:
    return MemoryKeyRing(seed="journal")


def fill(path: Path, ring: MemoryKeyRing, count: int = 3) -> tuple[str, ...]:
    with Journal.open(path, create=True) as journal:
        entries = [entry(number, ring) for number in range(count)]
        return journal.append_many(entries, time=TIME, actor=ACTOR, key_ring=ring)


def codes(error: pytest.ExceptionInfo[JournalError]) -> list[str]:
    return [fault.code for fault in error.value.faults]


def test_records_come_back_as_they_went_in(tmp_path: Path, ring: MemoryKeyRing) -> None:
    given = [entry(number, ring) for number in range(3)]
    with Journal.open(tmp_path / "j.sqlite", create=True) as journal:
        ids = journal.append_many(
            given,
            time=datetime(2026, 1, 15, 12, 30, tzinfo=timezone(timedelta(hours=3))),
            actor=Actor(id="officer-1", assurance="host"),
            office="Vell field office",
            purpose="vetting",
            legal_basis="consent",
            retain_until=date(2031, 1, 15),
            key_ring=ring,
        )
        records = list(journal.records())
        assert len(journal) == 3
        assert [record.id for record in records] == list(ids)
        assert [journal.record(name) for name in ids] == records
    for number, (record, item) in enumerate(zip(records, given, strict=True)):
        assert record.core == item.core
        assert open_record(record, ring) == item.content
        assert record.id == f"{record.envelope.core_digest[7:23]}-{number}"
        envelope = record.envelope
        assert (envelope.sequence, envelope.time, envelope.actor.assurance) == (number, TIME, "host")
        assert (envelope.office, envelope.purpose, envelope.legal_basis) == ("Vell field office", "vetting", "consent")
        key = derive(ring.subject_key(item.candidate.id), "commit/consent")
        consent = canonical.commitment(key, str(item.candidate.consent_ref).encode())
        assert (envelope.consent_ref, envelope.retain_until) == (consent, date(2031, 1, 15))
        assert envelope.engines == tuple(item.engines)
        assert envelope.supersedes is None


def test_a_later_record_names_the_one_it_supersedes(tmp_path: Path, ring: MemoryKeyRing) -> None:
    """Also within one transaction; other people's records stand for themselves."""
    with Journal.open(tmp_path / "j.sqlite", create=True) as journal:
        first, other, again = journal.append_many(
            [entry(1, ring), entry(2, ring), entry(1, ring)], time=TIME, actor=ACTOR, key_ring=ring
        )
        last = journal.append(entry(1, ring), time=TIME, actor=ACTOR, key_ring=ring)
        supersedes = {record.id: record.envelope.supersedes for record in journal.records()}
    assert supersedes == {first: None, other: None, again: first, last: again}


def test_without_a_key_ring_records_are_kept_and_nobody_is_taken_for_somebody_else(tmp_path: Path) -> None:
    with Journal.open(tmp_path / "j.sqlite", create=True) as journal:
        ids = journal.append_many([entry(1, None), entry(2, None)], time=TIME, actor=ACTOR)
        records = [journal.record(name) for name in ids]
        assert [record.envelope.supersedes for record in records] == [None, None]
        assert [record.sealed for record in records] == [None, None]
        with pytest.raises(JournalError) as error:
            open_record(records[0], MemoryKeyRing())
    assert codes(error) == ["seal.none"]
    assert verify_journal(tmp_path / "j.sqlite").ok


@pytest.mark.parametrize(
    ("ring_given", "code"), [(None, "seal.no_key_ring"), (MemoryKeyRing(seed="other"), "seal.other_key_ring")]
)
def test_content_is_sealed_with_the_ring_of_its_core_or_not_at_all(
    tmp_path: Path, ring: MemoryKeyRing, ring_given: MemoryKeyRing | None, code: str
) -> None:
    with Journal.open(tmp_path / "j.sqlite", create=True) as journal:
        with pytest.raises(KeyRingError) as error:
            journal.append(entry(1, ring), time=TIME, actor=ACTOR, key_ring=ring_given)
        assert error.value.faults[0].code == code
        assert len(journal) == 0


def test_content_of_an_unkeyed_core_is_not_sealed(tmp_path: Path, ring: MemoryKeyRing) -> None:
    """Its commitments could never be opened with the key it would be sealed under."""
    given = entry(1, ring)._replace(core=entry(1, None).core)
    with Journal.open(tmp_path / "j.sqlite", create=True) as journal, pytest.raises(KeyRingError) as error:
        journal.append(given, time=TIME, actor=ACTOR, key_ring=ring)
    assert error.value.faults[0].code == "seal.no_key_ring"


def test_one_bad_entry_and_nothing_of_the_batch_is_recorded(tmp_path: Path, ring: MemoryKeyRing) -> None:
    path = tmp_path / "j.sqlite"
    fill(path, ring, 2)
    bad = entry(9, ring)
    bad = Entry(bad.core.model_copy(update={"engine_version": 0.5}), bad.content, bad.engines, bad.candidate)
    with Journal.open(path) as journal:
        with pytest.raises(EngineError), pytest.warns(UserWarning, match="serialized value"):
            journal.append_many([entry(8, ring), bad], time=TIME, actor=ACTOR, key_ring=ring)
        with pytest.raises(ValueError, match="UTC offset"):
            journal.append(entry(8, ring), time=datetime(2026, 1, 1), actor=ACTOR, key_ring=ring)  # noqa: DTZ001
        assert len(journal) == 2
    assert verify_journal(path).ok


def test_an_empty_batch_writes_nothing(tmp_path: Path) -> None:
    with Journal.open(tmp_path / "j.sqlite", create=True) as journal:
        assert journal.append_many([], time=TIME, actor=ACTOR) == ()
        assert str(journal.checkpoint(TIME)).split()[2] == "0"


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE record SET core = x'00'",
        "DELETE FROM record",
        "UPDATE node SET hash = x'00'",
        "DELETE FROM node",
        "UPDATE journal SET id = 'x'",
        "DELETE FROM journal",
        "INSERT OR REPLACE INTO record SELECT * FROM record WHERE sequence = 0",
        "INSERT INTO record SELECT 99, id, subject, envelope, core, sealed, leaf FROM record WHERE sequence = 0",
        "INSERT INTO record SELECT -1, id, subject, envelope, core, sealed, leaf FROM record WHERE sequence = 0",
    ],
)
def test_the_tables_refuse_changes_made_by_mistake(tmp_path: Path, ring: MemoryKeyRing, statement: str) -> None:
    path = tmp_path / "j.sqlite"
    fill(path, ring)
    with closing(sqlite3.connect(path)) as db, pytest.raises(sqlite3.IntegrityError):
        db.execute(statement)


def test_proofs_of_every_record_and_every_earlier_size_hold(scene: Scene) -> None:
    with Journal.open(scene.whole) as journal:
        leaves = [journal._fetch(0, sequence) for sequence in range(scene.size)]
        root = merkle.root(leaves)
        assert journal.checkpoint(TIME).root == "sha256:" + root.hex()
        for sequence in range(scene.size):
            proof = journal.inclusion_proof(sequence, scene.size)
            assert merkle.verify_inclusion(leaves[sequence], sequence, scene.size, proof, root)
            old = merkle.root(leaves[: sequence + 1])
            proof = journal.consistency_proof(sequence + 1, scene.size)
            assert merkle.verify_consistency(sequence + 1, scene.size, proof, old, root)
        for ask in (journal.inclusion_proof, journal.consistency_proof):
            with pytest.raises(ValueError, match="fewer than"):
                ask(1, scene.size + 1)


@pytest.mark.parametrize("name", ["", "x", "-", "0", "0123456789abcdef-0", "a-99", "a-１", "a-" + "9" * 30])
def test_a_record_that_is_not_there_is_a_fault(scene: Scene, name: str) -> None:
    with Journal.open(scene.whole) as journal, pytest.raises(JournalError) as error:
        journal.record(name)
    assert codes(error) == ["journal.no_such_record"]


def test_an_altered_record_is_not_handed_out(copy: Callable[[], Path]) -> None:
    path = copy()
    with insider(path) as db:
        name = db.execute("SELECT id FROM record WHERE sequence = 4").fetchone()[0]
        flip_a_bit(db, "core", 4, Random(1))
    with Journal.open(path) as journal:
        with pytest.raises(JournalError) as error:
            journal.record(name)
        assert codes(error) == ["journal.record_altered"]
        with pytest.raises(JournalError):
            list(journal.records())


def test_records_missing_in_the_middle_end_the_reading(copy: Callable[[], Path]) -> None:
    path = copy()
    with insider(path) as db:
        db.execute("DELETE FROM record WHERE sequence = 4")
    with Journal.open(path) as journal, pytest.raises(JournalError) as error:
        list(journal.records())
    assert codes(error) == ["journal.record_missing"]


def test_appending_to_a_journal_with_a_broken_tree_is_refused(copy: Callable[[], Path], ring: MemoryKeyRing) -> None:
    path = copy()
    with insider(path) as db:
        db.execute("DELETE FROM node WHERE level = 4")
    with Journal.open(path) as journal, pytest.raises(JournalError) as error:
        journal.append(entry(1, ring), time=TIME, actor=ACTOR, key_ring=ring)
    assert codes(error) == ["journal.node_missing"]


@pytest.mark.parametrize("content", [b"", b"no database, but long enough to be taken for one" * 20])
def test_a_file_that_is_no_journal_is_refused_and_left_alone(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "j.sqlite"
    path.write_bytes(content)
    with pytest.raises(JournalError) as error:
        Journal.open(path)
    assert codes(error)[0] in {"journal.not_a_journal", "journal.unusable"}
    assert path.read_bytes() == content


def test_a_missing_journal_is_not_made_without_being_asked_for(tmp_path: Path) -> None:
    with pytest.raises(JournalError) as error:
        Journal.open(tmp_path / "absent.sqlite")
    assert codes(error) == ["journal.missing"]
    FileKeyRing(tmp_path / "ring.sqlite", create=True).close()
    with pytest.raises(JournalError) as error:
        Journal.open(tmp_path / "ring.sqlite", create=True)
    assert codes(error) == ["journal.not_a_journal"]


def test_a_writer_that_waits_too_long_says_so(tmp_path: Path, ring: MemoryKeyRing) -> None:
    path = tmp_path / "j.sqlite"
    fill(path, ring)
    with Journal.open(path) as journal, closing(sqlite3.connect(path, isolation_level=None)) as other:
        journal._db.execute("PRAGMA busy_timeout=20")
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(JournalError) as error:
            journal.append(entry(7, ring), time=TIME, actor=ACTOR, key_ring=ring)
        other.execute("ROLLBACK")
        assert codes(error) == ["journal.busy"]
        assert len(journal) == 3


def test_several_writers_share_one_journal(tmp_path: Path) -> None:
    path = tmp_path / "j.sqlite"
    Journal.open(path, create=True).close()
    acknowledged: list[str] = []

    def write(writer: int) -> None:
        ring = MemoryKeyRing(seed="journal")
        with Journal.open(path) as journal:
            for turn in range(8):
                pair = [entry(100 * writer + turn, ring), entry(turn, ring)]
                acknowledged.extend(journal.append_many(pair, time=TIME, actor=ACTOR, key_ring=ring))

    threads = [threading.Thread(target=write, args=(writer,)) for writer in (1, 2, 3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    report = verify_journal(path)
    assert report.ok, report.faults
    assert report.size == len(acknowledged) == len(set(acknowledged)) == 48
    with Journal.open(path) as journal:
        latest: dict[str, str] = {}
        for record in journal.records():
            assert record.envelope.supersedes == latest.get(record.core.subject)
            latest[record.core.subject] = record.id


_CHILD = """
import sys
from pathlib import Path
from benchmarks._tampering import ACTOR, TIME, entry
from vetting_engine.records import Journal, MemoryKeyRing
ring = MemoryKeyRing(seed="crash")
entries = [entry(number, ring) for number in range(200)]
with Journal.open(Path(sys.argv[1]), create=True) as journal:
    print("ready", flush=True)
    while True:
        for start in range(0, 200, int(sys.argv[2])):
            batch = entries[start:start + int(sys.argv[2])]
            print(*journal.append_many(batch, time=TIME, actor=ACTOR, key_ring=ring), flush=True)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
def test_what_was_acknowledged_survives_a_kill(tmp_path: Path) -> None:
    """Writers killed in the middle of single appends and of batches; what they had been told is all there."""
    path = tmp_path / "j.sqlite"
    acknowledged: list[str] = []
    for attempt, batch in enumerate((1, 7, 1, 50)):
        environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
        child = subprocess.Popen(
            [sys.executable, "-c", _CHILD, str(path), str(batch)], stdout=subprocess.PIPE, text=True, env=environment
        )
        assert child.stdout
        assert child.stdout.readline() == "ready\n"
        said = [child.stdout.readline() for _ in range(6)]
        time.sleep(0.02 * attempt)  # in another place of its work each time
        child.send_signal(signal.SIGKILL)
        said += child.stdout.read().rpartition("\n")[:1]  # what follows the last line break was cut off by the kill
        child.wait()
        child.stdout.close()
        acknowledged += " ".join(said).split()
        report = verify_journal(path)
        assert report.ok, report.faults
    assert len(acknowledged) >= 6 * (1 + 7 + 1 + 50)
    with Journal.open(path) as journal:
        assert set(acknowledged) <= {record.id for record in journal.records()}
    assert verify_journal(path).ok


def test_a_checkpoint_line_is_one_line_in_utc(scene: Scene) -> None:
    with Journal.open(scene.whole) as journal:
        line = str(journal.checkpoint(datetime(2026, 1, 15, 12, 30, tzinfo=timezone(timedelta(hours=3)))))
        assert line == f"vetting-journal/1 {journal.id} 21 {journal.checkpoint(TIME).root} 2026-01-15T09:30:00Z"
    assert "\n" not in line
    assert datetime(2026, 1, 15, 9, 30, tzinfo=UTC) == TIME
