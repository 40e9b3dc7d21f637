"""Verifies a journal. This one file needs nothing but the Python standard library: copy it out and run it.

    python verify.py JOURNAL [--checkpoint "LINE"]

It shares no code with what writes journals, so that a mistake there is not repeated here. It reads and never
writes. Every stored byte of every record is covered: each is hashed, compared with the record's own digests,
its leaf, and the Merkle tree (RFC 6962). What it cannot see without help is a whole journal rebuilt, cut short
or replaced by an older copy: for that, give it a checkpoint line kept somewhere else.

The claim is "unaltered since recorded", never "true".
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import sqlite3
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, field
from pathlib import Path

__all__ = ["Checkpoint", "JournalFault", "VerifyReport", "main", "verify_journal"]

#: What the header of a journal must say, and the SHA-256 of the SQL of each object in it (white space as one blank).
APPLICATION_ID = 0x56_4A_52_4E
VERSION = 1
SCHEMA = {
    "journal": "6d5dd33be62f929703a0a2c19642c08b2cb9cf50b77a370ceef6dcc33ad05dfb",
    "record": "b53b4a3769171c4d53c91e6d931ebab7066066ad1d4fbef119ccc434d0aba0b4",
    "record_by_subject": "c655ab340a64b780ba7e640b0a1a1f8829fc615b4f833a02f5f57726e33dc19c",
    "node": "17c9e1787fc975423261f0aa26c490a7cca38d470be261c42ee2d6353525c42a",
    "record_in_order": "a8c21b3363ce9a0f01b5cbaa9d1d592d79813f374ad83ddd8f4464e6609757c0",
    "journal_no_update": "21d6920b148cdbcd8828534f635f08a80a8c20e2ec4cd4a1525c9e90f9289cd7",
    "journal_no_delete": "e32217def835a7656f64afe2101c2a05aa3ff3080cb73f2710511c1699086cbb",
    "record_no_update": "6e59db5a5c3083160f80c6232c6da1ce7ae55452c1cc4b9340a85cad631b1c8f",
    "record_no_delete": "9904452782e75b3700a24d43221ff113ccf606345f5dea69d94cc86ffbc7bf64",
    "node_no_update": "f24c9429d97c2a736223d8bc137eb28fa970bfd701967c0bd8a6a6fb6a2b2920",
    "node_no_delete": "a1251f2a4270ea5f306e915a149e2c19131e542ea425f06bd68902f781a3a98b",
}

_LEAF, _NODE = b"\x00", b"\x01"  # RFC 6962 section 2.1
_EMPTY_ROOT = hashlib.sha256(b"").digest()
_PREFIX = "sha256:"
_TIME = "[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z"
_CHECKPOINT = re.compile(f"vetting-journal/1 ([0-9a-f]{{32}}) (0|[1-9][0-9]{{0,15}}) sha256:([0-9a-f]{{64}}) ({_TIME})")
_READ = "SELECT id, subject, envelope, core, sealed, leaf FROM record WHERE sequence = ?"
_READ_INDEX = """SELECT count(*) FROM record INDEXED BY record_by_subject WHERE sequence = ?1
    AND subject = (SELECT stored.subject FROM record AS stored NOT INDEXED WHERE stored.sequence = ?1)"""
_COLUMN_TYPES = ((str, str, bytes, bytes, bytes, bytes), (str, str, bytes, bytes, type(None), bytes))
_READ_NODE = "SELECT hash FROM node WHERE level = ? AND position = ?"
EXIT_FAILED = 4  # exit status when the journal is not as it should be


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A journal's size and root at a time, as one line to keep elsewhere: paper, mail, another machine."""

    journal_id: str
    size: int
    root: str
    time: str

    def __str__(self) -> str:
        return f"vetting-journal/1 {self.journal_id} {self.size} {self.root} {self.time}"

    @classmethod
    def parse(cls, line: str) -> Checkpoint:
        """Read the line back. Raises ValueError where it is none."""
        found = _CHECKPOINT.fullmatch(line.strip())
        if not found:
            raise ValueError("not a checkpoint line of a journal")
        return cls(found[1], int(found[2]), _PREFIX + found[3], found[4])


@dataclass(frozen=True, slots=True)
class JournalFault:
    """One thing that is wrong: a code, the record it concerns where there is one, and a detail."""

    code: str
    sequence: int | None = None
    record: str = ""
    detail: str = ""

    def __str__(self) -> str:
        place = "" if self.sequence is None else f"sequence {self.sequence}"
        return " · ".join(part for part in (self.code, place, self.record, self.detail) if part)


@dataclass(slots=True)
class VerifyReport:
    """What was found. ``size`` is one more than the last sequence; ``root`` is empty where anything is wrong."""

    size: int = 0
    root: str = ""
    journal_id: str = ""
    faults: list[JournalFault] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        """Whether nothing is wrong."""
        return not self.faults

    def add(self, code: str, sequence: int | None = None, record: str = "", detail: object = "") -> None:
        """Note a fault; what comes from an altered file must not reach a terminal as control characters."""
        self.faults.append(
            JournalFault(code, sequence, ascii(record)[1:-1], " ".join(ascii(str(detail))[1:-1].split()))
        )


def verify_journal(path: str | Path, checkpoint: str | Checkpoint | None = None) -> VerifyReport:
    """Verify every record of a journal, its tree, its tables and, if given, a checkpoint kept elsewhere.

    Never raises for what is in the file: everything that is wrong is in the report, in order of records.

    Args:
        path: the journal's SQLite file; its write-ahead log beside it is read too.
        checkpoint: a line of ``Journal.checkpoint()``, or that line read.
    """
    report = VerifyReport()
    try:
        pinned = Checkpoint.parse(checkpoint) if isinstance(checkpoint, str) else checkpoint
    except ValueError:
        report.add("journal.checkpoint_unreadable")
        return report
    busy = _is_being_written(Path(path))
    _verify(Path(path), pinned, report, busy=busy)
    if not busy and _is_being_written(Path(path)):  # somebody began to write while it was read without locks
        report = VerifyReport()
        _verify(Path(path), pinned, report, busy=True)
    return report


def _verify(path: Path, pinned: Checkpoint | None, report: VerifyReport, *, busy: bool) -> None:
    try:
        with closing(_open(path, busy=busy)) as db:
            db.execute("BEGIN")  # one snapshot for the whole verification, whatever others append meanwhile
            if _is_journal(db, report):
                _check_file(db, path, report)
                _check_tree(db, pinned, report)
    except (sqlite3.Error, OSError) as error:
        report.add("journal.damaged" if path.is_file() else "journal.missing", detail=error)


def _is_being_written(path: Path) -> bool:
    """Whether a write-ahead log holds records that are not in the file yet."""
    log = path.with_name(path.name + "-wal")
    return log.is_file() and log.stat().st_size > 0


def _open(path: Path, *, busy: bool) -> sqlite3.Connection:
    """Open for reading. ``immutable`` works on a read-only medium too and leaves no file, but ignores a log."""
    with path.open("rb"):  # a missing or forbidden file says so in the system's own words
        pass
    mode = "mode=ro" if busy else "immutable=1"
    db = sqlite3.connect(f"{path.resolve().as_uri()}?{mode}", uri=True, isolation_level=None)
    # An altered text need not be UTF-8 any more; it must compare as different, not end the reading.
    db.text_factory = lambda data: data.decode("utf-8", "surrogateescape")
    return db


def _is_journal(db: sqlite3.Connection, report: VerifyReport) -> bool:
    """Every table, index and trigger is the one that belongs here; a dropped trigger opens the door to changes."""
    if db.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
        report.add("journal.not_a_journal")
        return False
    if (version := db.execute("PRAGMA user_version").fetchone()[0]) != VERSION:
        report.add("journal.version_unknown", detail=version)
        return False
    found = {
        name: hashlib.sha256(" ".join((sql or "").split()).encode("utf-8", "surrogateescape")).hexdigest()
        for name, sql in db.execute("SELECT name, sql FROM sqlite_schema ORDER BY name")
    }
    for name in sorted(found.keys() | SCHEMA.keys()):
        if found.get(name) != SCHEMA.get(name):
            report.add("journal.schema_changed", detail=name)
    return True


def _check_file(db: sqlite3.Connection, path: Path, report: VerifyReport) -> None:
    """What SQLite itself can tell, and bytes behind the end that no table holds."""
    try:
        for (line,) in db.execute("PRAGMA integrity_check(100)"):
            if line != "ok":
                report.add("journal.damaged", detail=line)
    except sqlite3.DatabaseError as error:  # the records behind the damage are still to be named
        report.add("journal.damaged", detail=error)
    pages = db.execute("PRAGMA page_count").fetchone()[0] * db.execute("PRAGMA page_size").fetchone()[0]
    behind = path.stat().st_size - pages
    if behind > 0:
        report.add("journal.trailing_bytes", detail=behind)


def _check_tree(db: sqlite3.Connection, pinned: Checkpoint | None, report: VerifyReport) -> None:
    """Stream the records in order: each against its leaf, the leaves against the tree, the tree against the pin."""
    report.journal_id = " ".join(str(name) for (name,) in db.execute("SELECT id FROM journal"))
    tree = _Tree(db, report)
    root_at_pin: str | None = None
    bound = _bound(db)
    for sequence in _sequences(db, bound, report):
        if not report.size <= sequence < bound:
            report.add("journal.record_foreign", sequence)
            continue
        if sequence > report.size:
            report.add("journal.record_missing", report.size, detail=f"{report.size}-{sequence - 1}")
            for _ in range(report.size, sequence):
                tree.append(None)
        if pinned and pinned.size == sequence:
            root_at_pin = tree.root()
        tree.append(_check_record(db, sequence, report))
        report.size = sequence + 1
    tree.check_nothing_more()
    if pinned:
        _check_pinned(pinned, root_at_pin if pinned.size < report.size else tree.root(), report)
    if report.ok:
        report.root = tree.root() or ""


def _check_pinned(pinned: Checkpoint, root: str | None, report: VerifyReport) -> None:
    """The journal must be the one of the checkpoint, at least as long, and have begun with the same records."""
    if pinned.journal_id != report.journal_id:
        report.add("journal.other_journal", detail=report.journal_id)
    elif pinned.size > report.size:
        report.add("journal.rolled_back", detail=f"{report.size} < {pinned.size}")
    elif pinned.root != root:
        report.add("journal.history_changed", detail=pinned.size)


def _bound(db: sqlite3.Connection) -> int:
    """More records than the tree has nodes for there cannot be; else a forged sequence of 2^50 would be a long gap."""
    most = 0
    for query in ("SELECT 2 * count(*) + 1 FROM node WHERE level = 1", "SELECT count(*) FROM record NOT INDEXED"):
        with suppress(sqlite3.DatabaseError):  # a damaged page: the other count serves, and the damage shows later
            most = max(most, db.execute(query).fetchone()[0])
    return most


def _sequences(db: sqlite3.Connection, bound: int, report: VerifyReport) -> Iterator[int]:
    """Sequences as stored, ascending; behind a damaged page each possible one is tried by itself."""
    last = -1
    try:
        for (sequence,) in db.execute("SELECT sequence FROM record NOT INDEXED ORDER BY sequence"):
            last = sequence
            yield sequence
    except sqlite3.DatabaseError as error:
        report.add("journal.damaged", last + 1, detail=error)
        yield from range(last + 1, bound)


def _check_record(db: sqlite3.Connection, sequence: int, report: VerifyReport) -> bytes | None:
    """Check one record; answers its leaf as stored, or None where it cannot be read."""
    try:
        row = db.execute(_READ, (sequence,)).fetchone()
        indexed = row and db.execute(_READ_INDEX, (sequence,)).fetchone() == (1,)
    except sqlite3.DatabaseError as error:
        report.add("journal.record_damaged", sequence, detail=error)
        return None
    if row is None or tuple(map(type, row)) not in _COLUMN_TYPES:
        report.add("journal.record_damaged", sequence, detail="missing, or columns of other types")
        return None
    record = _Stored(sequence, *row)
    for code in record.faults(report.journal_id):
        report.add(code, sequence, record.name())
    if not indexed:
        report.add("journal.index_altered", sequence, record.name())
    return record.leaf if len(record.leaf) == len(_EMPTY_ROOT) else None


@dataclass(slots=True)
class _Stored:
    """One row as it is in the file."""

    sequence: int
    id: str
    subject: str
    envelope: bytes
    core: bytes
    sealed: bytes | None
    leaf: bytes

    def faults(self, journal_id: str) -> Iterator[str]:
        """Codes of what does not fit. The envelope names the digests; the leaf covers envelope and digests."""
        envelope = _object(self.envelope)
        core, sealed = envelope.get("core_digest"), envelope.get("sealed_digest")
        leaf = {"core": core, "envelope": _digest(self.envelope), "journal": journal_id, "sealed": sealed}
        checks = (
            ("journal.envelope_altered", self.leaf == hashlib.sha256(_LEAF + _canonical(leaf)).digest()),
            ("journal.core_altered", core == _digest(self.core)),
            ("journal.sealed_altered", sealed == (None if self.sealed is None else _digest(self.sealed))),
            ("journal.record_moved", envelope.get("sequence") == self.sequence),
            ("journal.subject_altered", self.subject == _object(self.core).get("subject")),
            ("journal.id_altered", self.id == _record_id(str(core), self.sequence)),
        )
        return (code for code, fits in checks if not fits)

    def name(self) -> str:
        """The record's id by majority of the three places that tell it, since one of them may be the altered one."""
        told = (
            self.id,
            _record_id(str(_object(self.envelope).get("core_digest")), self.sequence),
            _record_id(_digest(self.core), self.sequence),
        )
        return Counter(told).most_common(1)[0][0]


class _Tree:
    """The tree as stored, checked from below: each node against its two stored children; None = not known."""

    def __init__(self, db: sqlite3.Connection, report: VerifyReport) -> None:
        self._db = db
        self._report = report
        self._size = 0
        self._nodes = 0
        self._edge: list[bytes | None] = []

    def append(self, leaf: bytes | None) -> None:
        """Add a stored leaf, and check the nodes it completes."""
        level, position, value = 0, self._size, leaf
        while position & 1:
            left = self._edge.pop()
            level, position = level + 1, position >> 1
            value = self._check(level, position, left, value)
        self._edge.append(value)
        self._size += 1

    def root(self) -> str | None:
        """The root as ``sha256:…``, None where it cannot be known."""
        value: bytes | None = self._edge[-1] if self._edge else _EMPTY_ROOT
        for left in reversed(self._edge[:-1]):
            value = _parent(left, value)
        return None if value is None else _PREFIX + value.hex()

    def check_nothing_more(self) -> None:
        """As many nodes are stored as the tree has: more are left over from records that were cut off."""
        stored = self._db.execute("SELECT count(*) FROM node").fetchone()[0]
        if stored > self._nodes:
            self._report.add("journal.node_foreign", detail=stored - self._nodes)

    def _check(self, level: int, position: int, left: bytes | None, right: bytes | None) -> bytes | None:
        self._nodes += 1
        first = position << level
        try:
            row = self._db.execute(_READ_NODE, (level, position)).fetchone()
        except sqlite3.DatabaseError as error:
            self._report.add("journal.damaged", first, detail=error)
            return None
        stored = row[0] if row and isinstance(row[0], bytes) else None
        if stored is None or _parent(left, right) not in (None, stored):
            self._report.add("journal.node_altered", first, detail=f"{first}-{first + (1 << level) - 1}")
        return stored


def _parent(left: bytes | None, right: bytes | None) -> bytes | None:
    return None if left is None or right is None else hashlib.sha256(_NODE + left + right).digest()


def _object(data: bytes) -> dict[str, object]:
    """The JSON object in stored bytes; an empty one, which fits nothing, where there is none."""
    try:
        value = json.loads(data)
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}


def _canonical(value: object) -> bytes:
    """RFC 8785 for what a leaf holds: ASCII keys, texts and null."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode("utf-8", "surrogatepass")


def _digest(data: bytes) -> str:
    return _PREFIX + hashlib.sha256(data).hexdigest()


def _record_id(core_digest: str, sequence: int) -> str:
    """A record's id: the first sixteen hexadecimal digits of its core's digest, and its sequence."""
    return f"{core_digest.removeprefix(_PREFIX)[:16]}-{sequence}"


def main(arguments: Sequence[str] | None = None) -> int:
    """Verify from the command line: 0 and the journal's size and root, or 4 and what is wrong."""
    parser = argparse.ArgumentParser(description="Verify a journal of the vetting engine.")
    parser.add_argument("journal")
    parser.add_argument("--checkpoint", help="a checkpoint line kept elsewhere")
    given = parser.parse_args(arguments)
    report = verify_journal(given.journal, given.checkpoint)
    for fault in report.faults:
        sys.stdout.write(f"{fault}\n")
    if report.ok:
        sys.stdout.write(f"ok: {report.size} records, root {report.root}\n")
    return 0 if report.ok else EXIT_FAILED


if __name__ == "__main__":
    sys.exit(main())
