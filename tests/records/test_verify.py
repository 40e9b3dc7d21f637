"""The verifier: any changed byte is found and its record named; nothing in a file makes it raise."""

from __future__ import annotations

import hashlib
import os
import shutil
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from random import Random

import pytest

from benchmarks import records as suite
from benchmarks._tampering import ACTOR, TAMPERINGS, TIME, Scene, entry, flip_a_bit, insider
from vetting_engine import messages
from vetting_engine.records import Checkpoint, FileKeyRing, Journal, VerifyReport, _schema, verify_journal
from vetting_engine.records import verify as verifier

COLUMNS = ("id", "subject", "envelope", "core", "sealed", "leaf")


def codes(report: VerifyReport) -> set[str]:
    return {fault.code for fault in report.faults}


def ids(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as db:
        return [name for (name,) in db.execute("SELECT id FROM record ORDER BY sequence")]


def test_an_untouched_journal_verifies_with_and_without_its_checkpoint(scene: Scene) -> None:
    for report in (verify_journal(scene.whole), verify_journal(scene.whole, scene.checkpoint)):
        assert report.ok, report.faults
        assert report.size == scene.size
        assert report.root == Checkpoint.parse(scene.checkpoint).root
        assert report.journal_id == Checkpoint.parse(scene.checkpoint).journal_id


def test_an_empty_journal_verifies(tmp_path: Path) -> None:
    path = tmp_path / "j.sqlite"
    with Journal.open(path, create=True) as journal:
        line = str(journal.checkpoint(TIME))
    report = verify_journal(path, line)
    assert (report.ok, report.size, report.root) == (True, 0, "sha256:" + hashlib.sha256(b"").hexdigest())


def test_a_journal_still_open_verifies_and_is_not_written_to(tmp_path: Path, scene: Scene) -> None:
    path = tmp_path / "j.sqlite"
    with Journal.open(path, create=True) as journal:
        for number in range(3):
            journal.append(entry(number, scene.key_ring), time=TIME, actor=ACTOR, key_ring=scene.key_ring)
        assert verify_journal(path).size == 3
    before = sorted(each.name for each in tmp_path.iterdir()), path.read_bytes()
    assert verify_journal(path).ok
    assert before == (sorted(each.name for each in tmp_path.iterdir()), path.read_bytes())


@pytest.mark.parametrize("column", COLUMNS)
def test_any_flipped_bit_of_a_column_is_found_and_its_record_named(column: str, copy: Callable[[], Path]) -> None:
    """50 flips per column, 300 in all, each in a fresh copy, in any record."""
    random = Random(column)
    for _ in range(50):
        path = copy()
        names = ids(path)
        sequence = random.randrange(len(names))
        with insider(path) as db:
            flip_a_bit(db, column, sequence, random)
        report = verify_journal(path)
        assert (sequence, names[sequence]) in {(fault.sequence, fault.record) for fault in report.faults}


def test_any_flipped_bit_of_a_record_in_the_file_itself_is_found_and_its_record_named(
    scene: Scene, copy: Callable[[], Path]
) -> None:
    """SQLite is not asked: the bytes of each column are looked up in the file, overflow pages and all."""
    random = Random(11)
    data = scene.whole.read_bytes()
    with closing(sqlite3.connect(scene.whole)) as db:
        rows = db.execute(
            f"SELECT sequence, {', '.join(f'CAST({name} AS BLOB)' for name in COLUMNS)} FROM record"
        ).fetchall()
    flips = 0
    for _ in range(400):
        sequence, *values = random.choice(rows)
        value = random.choice(values)
        at = random.randrange(len(value))
        start = data.find(value[max(0, at - 12) : at + 12])
        if data.count(value[max(0, at - 12) : at + 12]) != 1:
            continue  # the same bytes stand in another record too
        changed = bytearray(data)
        changed[start + min(at, 12)] ^= 1 << random.randrange(8)
        path = copy()
        path.write_bytes(changed)
        report = verify_journal(path)
        assert sequence in {fault.sequence for fault in report.faults}
        flips += 1
    assert flips >= 200


def test_a_flipped_bit_anywhere_in_the_file_never_makes_the_verifier_raise(copy: Callable[[], Path]) -> None:
    """Headers, page structure, free space: where no record lies a flip may go unseen, but nothing may break."""
    random = Random(12)
    seen = 0
    for _ in range(250):
        path = copy()
        data = bytearray(path.read_bytes())
        data[random.randrange(len(data))] ^= 1 << random.randrange(8)
        path.write_bytes(data)
        seen += not verify_journal(path).ok
    assert seen > 100


@pytest.mark.parametrize("filling", [b"\x00", b"\xff", b"\x0d"])
def test_a_lost_page_never_makes_the_verifier_raise_and_the_rest_is_still_read(
    copy: Callable[[], Path], filling: bytes
) -> None:
    """Every page in turn, as a bad disk sector would: tables, index, overflow; only the header's loss ends it all."""
    path = copy()
    data = path.read_bytes()
    size = int.from_bytes(data[16:18], "big")
    named = 0
    for start in range(size, len(data), size):
        path.write_bytes(data[:start] + filling * size + data[start + size :])
        report = verify_journal(path)
        assert not report.ok
        named += any(fault.sequence is not None for fault in report.faults)
    assert named > len(data) // size // 2


def test_the_index_by_person_is_checked_too(copy: Callable[[], Path]) -> None:
    path = copy()
    with closing(sqlite3.connect(path)) as db:
        subject = db.execute("SELECT subject FROM record WHERE sequence = 5").fetchone()[0].encode()
    data = path.read_bytes()
    places = [at for at in range(len(data)) if data.startswith(subject, at)]
    hits = []
    for at in places:
        changed = bytearray(data)
        changed[at + 5] ^= 1
        path.write_bytes(changed)
        report = verify_journal(path)
        assert 5 in {fault.sequence for fault in report.faults}
        hits.append(codes(report))
    assert any("journal.index_altered" in found for found in hits)


@pytest.mark.parametrize("kind", TAMPERINGS)
def test_every_kind_of_tampering_is_found_with_a_checkpoint_kept_elsewhere(
    kind: str, scene: Scene, copy: Callable[[], Path]
) -> None:
    random = Random(kind)
    for _ in range(5):
        path = copy()
        TAMPERINGS[kind](scene, path, random)
        assert not verify_journal(path, scene.checkpoint).ok


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        ("truncate", "journal.rolled_back"),
        ("rollback", "journal.rolled_back"),
        ("rebuild", "journal.history_changed"),
        ("fork", "journal.history_changed"),
    ],
)
def test_what_only_a_checkpoint_shows_is_called_by_its_name(
    kind: str, code: str, scene: Scene, copy: Callable[[], Path]
) -> None:
    path = copy()
    TAMPERINGS[kind](scene, path, Random(kind))
    assert verify_journal(path).ok
    assert codes(verify_journal(path, scene.checkpoint)) == {code}


def test_records_that_are_missing_are_named_as_a_range(copy: Callable[[], Path]) -> None:
    path = copy()
    with insider(path) as db:
        db.execute("DELETE FROM record WHERE sequence IN (4, 5, 6, 20)")
    report = verify_journal(path)
    told = [(fault.sequence, fault.detail) for fault in report.faults if fault.code == "journal.record_missing"]
    assert told == [(4, "4-6")]
    assert report.size == 20  # the last one is gone without a trace in the tree; only a checkpoint shows it
    assert report.root == ""


@pytest.mark.parametrize("sequence", [-3, 2**50])
def test_rows_that_never_belonged_here_are_foreign(copy: Callable[[], Path], sequence: int) -> None:
    path = copy()
    with insider(path) as db:
        db.execute("PRAGMA ignore_check_constraints=ON")
        db.execute(
            "INSERT INTO record SELECT ?, id, subject, envelope, core, sealed, leaf FROM record WHERE sequence = 2",
            (sequence,),
        )
    report = verify_journal(path)
    assert ("journal.record_foreign", sequence) in {(fault.code, fault.sequence) for fault in report.faults}
    assert report.size == 21


@pytest.mark.parametrize(
    ("statement", "code"),
    [
        ("UPDATE node SET hash = zeroblob(32) WHERE level = 2 AND position = 1", "journal.node_altered"),
        ("UPDATE node SET hash = x'00' WHERE level = 1 AND position = 3", "journal.node_altered"),
        ("DELETE FROM node WHERE level = 3 AND position = 0", "journal.node_altered"),
        ("INSERT INTO node VALUES (1, 99, zeroblob(32))", "journal.node_foreign"),
        ("UPDATE journal SET id = 'ffffffffffffffffffffffffffffffff'", "journal.envelope_altered"),
        ("DELETE FROM journal", "journal.envelope_altered"),
        ("CREATE TABLE extra (x)", "journal.schema_changed"),
        ("DROP INDEX record_by_subject", "journal.schema_changed"),
        ("CREATE TRIGGER record_late AFTER INSERT ON record BEGIN SELECT 1; END", "journal.schema_changed"),
        ("PRAGMA user_version=9", "journal.version_unknown"),
        ("PRAGMA application_id=7", "journal.not_a_journal"),
    ],
)
def test_changes_around_the_records_are_found(copy: Callable[[], Path], statement: str, code: str) -> None:
    path = copy()
    with insider(path) as db:
        db.execute(statement)
    assert code in codes(verify_journal(path))


def test_a_dropped_trigger_is_found(copy: Callable[[], Path]) -> None:
    path = copy()
    with closing(sqlite3.connect(path)) as db:
        db.execute("DROP TRIGGER record_no_delete")
    report = verify_journal(path)
    assert [(fault.code, fault.detail) for fault in report.faults] == [("journal.schema_changed", "record_no_delete")]


def test_bytes_behind_the_end_are_found(copy: Callable[[], Path]) -> None:
    path = copy()
    with path.open("ab") as file:
        file.write(b"trailing garbage")
    assert [(fault.code, fault.detail) for fault in verify_journal(path).faults] == [("journal.trailing_bytes", "16")]


@pytest.mark.parametrize("kept", [0, 1, 99, 4_096, 5_000, 20_000, 40_960])
def test_a_file_cut_short_is_a_fault(copy: Callable[[], Path], kept: int) -> None:
    path = copy()
    path.write_bytes(path.read_bytes()[:kept])
    assert codes(verify_journal(path)) & {"journal.damaged", "journal.not_a_journal", "journal.record_damaged"}


@pytest.mark.parametrize("what", ["absent", "folder", "text", "key ring"])
def test_what_is_no_journal_is_a_fault(tmp_path: Path, what: str) -> None:
    path = tmp_path / "j.sqlite"
    if what == "folder":
        path.mkdir()
    elif what == "text":
        path.write_text("id,name\n1,Tamsin Okvale\n" * 50)
    elif what == "key ring":
        FileKeyRing(path, create=True).close()
    assert len(verify_journal(path).faults) == 1


def test_a_journal_on_a_medium_that_cannot_be_written_verifies(tmp_path: Path, scene: Scene) -> None:
    folder = tmp_path / "medium"
    folder.mkdir()
    shutil.copyfile(scene.whole, folder / "j.sqlite")
    (folder / "j.sqlite").chmod(stat.S_IRUSR)
    folder.chmod(stat.S_IRUSR | stat.S_IXUSR)
    try:
        assert verify_journal(folder / "j.sqlite").ok
    finally:
        folder.chmod(stat.S_IRWXU)


def test_a_checkpoint_of_another_journal_does_not_fit(tmp_path: Path, scene: Scene) -> None:
    with Journal.open(tmp_path / "j.sqlite", create=True) as journal:
        line = str(journal.checkpoint(TIME))
    assert codes(verify_journal(scene.whole, line)) == {"journal.other_journal"}


def test_an_older_checkpoint_fits_a_journal_that_grew(scene: Scene) -> None:
    with Journal.open(scene.older) as journal:
        line = str(journal.checkpoint(TIME))
    assert verify_journal(scene.whole, line).ok


@pytest.mark.parametrize(
    "change", [str.upper, lambda line: line[:-1], lambda line: "", lambda line: line + "\n" + line]
)
def test_a_line_that_is_no_checkpoint_is_not_taken_for_one(scene: Scene, change: Callable[[str], str]) -> None:
    assert codes(verify_journal(scene.whole, change(scene.checkpoint))) == {"journal.checkpoint_unreadable"}


def test_white_space_around_a_pasted_line_does_no_harm(scene: Scene) -> None:
    assert verify_journal(scene.whole, f"  {scene.checkpoint}\r\n").ok


def test_control_characters_of_an_altered_file_do_not_reach_a_terminal(copy: Callable[[], Path]) -> None:
    path = copy()
    with insider(path) as db:
        db.execute("UPDATE record SET id = char(27) || '[2J', core = x'00', envelope = x'00' WHERE sequence = 3")
    assert all(str(fault).isprintable() for fault in verify_journal(path).faults)


@pytest.mark.parametrize(
    "envelope", [b"[" * 100_000, b'{"core_digest":"\\ud800"}', b'{"core_digest":[1.5]}', b"[]", b"\xff"]
)
def test_hostile_json_in_a_record_is_a_fault(copy: Callable[[], Path], envelope: bytes) -> None:
    path = copy()
    with insider(path) as db:
        db.execute("UPDATE record SET envelope = ?, core = ? WHERE sequence = 3", (envelope, envelope))
    assert ("journal.envelope_altered", 3) in {(fault.code, fault.sequence) for fault in verify_journal(path).faults}


def test_the_verifier_knows_the_schema_that_is_written() -> None:
    digests = {
        statement.split()[2]: hashlib.sha256(" ".join(statement.split()).encode()).hexdigest()
        for statement in _schema.JOURNAL.statements
    }
    assert digests == verifier.SCHEMA
    assert (_schema.JOURNAL.application_id, _schema.JOURNAL.version) == (verifier.APPLICATION_ID, verifier.VERSION)


def run_alone(path: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """The verifier copied out, run with no packages at all."""
    script = path.parent / "verify.py"
    shutil.copyfile(verifier.__file__, script)
    command = [sys.executable, "-I", "-S", "-W", "error", str(script), str(path), *arguments]
    return subprocess.run(command, capture_output=True, text=True, env=os.environ, check=False)


def test_the_verifier_runs_alone(scene: Scene, copy: Callable[[], Path]) -> None:
    path = copy()
    good = run_alone(path, "--checkpoint", scene.checkpoint)
    assert (good.returncode, good.stderr) == (0, "")
    assert good.stdout == f"ok: 21 records, root {Checkpoint.parse(scene.checkpoint).root}\n"
    name = ids(path)[7]
    with insider(path) as db:
        flip_a_bit(db, "sealed", 7, Random(1))
    bad = run_alone(path)
    assert (bad.returncode, bad.stdout, bad.stderr) == (4, f"journal.sealed_altered · sequence 7 · {name}\n", "")


def test_main_answers_with_the_exit_status(scene: Scene, capsys: pytest.CaptureFixture[str]) -> None:
    assert verifier.main([str(scene.whole)]) == 0
    assert verifier.main([str(scene.whole), "--checkpoint", "x"]) == verifier.EXIT_FAILED
    assert capsys.readouterr().out.endswith("\njournal.checkpoint_unreadable\n")


def test_every_code_has_a_sentence_and_a_remedy() -> None:
    rooms = Path(verifier.__file__).parent
    areas = ("archive", "journal", "key", "key_ring", "record", "seal")
    words = {word for path in rooms.glob("*.py") for word in path.read_text(encoding="utf-8").split('"')[1::2]}
    used = {word for word in words if word.partition(".")[0] in areas and word.partition(".")[2].isidentifier()}
    assert len(used) > 30
    assert used <= messages.codes()
    assert all(messages.remedy(code) for code in used)


def test_the_benchmark_runs_and_finds_all_kinds() -> None:
    figures = suite.run(["--records", "40", "--tries", "1"])
    assert figures["tampering"]["kinds_found_with_checkpoint"] == 9  # type: ignore[index]
    assert set(figures) == {
        "records",
        "core_bytes",
        "appends_per_second",
        "verified_per_second",
        "seals_per_second",
        "unseals_per_second",
        "keys",
        "canonical_mb_per_second",
        "tampering",
    }
