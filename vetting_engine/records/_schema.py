"""The two SQLite files of this room: their tables, and how they are opened."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

__all__ = ["BUSY_SECONDS", "JOURNAL", "KEY_RING", "FileKind", "FirstRow", "make_file", "open_database", "transaction"]

#: How long a writer waits for another one before it gives up; a chunk of 1,000 records takes well under one second.
BUSY_SECONDS = 30.0
#: STRICT tables came with SQLite 3.37 (November 2021).
_OLDEST_SQLITE = (3, 37, 0)


#: A statement and its parameters.
FirstRow = tuple[str, tuple[int | str | bytes, ...]]


@dataclass(frozen=True, slots=True)
class FileKind:
    """One kind of file: the number in its header, the version of its tables, and their SQL in order."""

    application_id: int
    version: int
    statements: tuple[str, ...]


def _append_only(table: str) -> tuple[str, ...]:
    """Triggers that refuse changes made by mistake; changes made on purpose are what the tree is for."""
    refuse = "BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END"
    return tuple(
        f"CREATE TRIGGER {table}_no_{change} BEFORE {change.upper()} ON {table} {refuse}"
        for change in ("update", "delete")
    )


# One row: the random name of this journal, which every leaf covers.
_JOURNAL_TABLE = """CREATE TABLE journal (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  id TEXT NOT NULL
) STRICT"""

# The exact bytes of each record; id, subject and leaf can be derived from them, and are checked against them.
_RECORD_TABLE = """CREATE TABLE record (
  sequence INTEGER PRIMARY KEY CHECK (sequence >= 0),
  id TEXT NOT NULL,
  subject TEXT NOT NULL,
  envelope BLOB NOT NULL,
  core BLOB NOT NULL,
  sealed BLOB,
  leaf BLOB NOT NULL
) STRICT"""

# Complete subtrees of the Merkle tree from level 1 up; level 0 is record.leaf.
_NODE_TABLE = """CREATE TABLE node (
  level INTEGER NOT NULL CHECK (level >= 1),
  position INTEGER NOT NULL,
  hash BLOB NOT NULL,
  PRIMARY KEY (level, position)
) STRICT, WITHOUT ROWID"""

# INSERT OR REPLACE deletes without firing the delete trigger; so any sequence but the next one is refused.
_IN_ORDER = """CREATE TRIGGER record_in_order BEFORE INSERT ON record
WHEN NEW.sequence IS NOT (SELECT coalesce(max(sequence) + 1, 0) FROM record)
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END"""

# A row without key is the tombstone of an erased subject.
_SUBJECT_TABLE = """CREATE TABLE subject (
  number INTEGER PRIMARY KEY,
  token BLOB NOT NULL UNIQUE,
  key_id TEXT UNIQUE,
  key BLOB,
  CHECK ((key IS NULL) = (key_id IS NULL))
) STRICT"""

JOURNAL = FileKind(
    application_id=0x56_4A_52_4E,  # "VJRN"
    version=1,
    statements=(
        _JOURNAL_TABLE,
        _RECORD_TABLE,
        "CREATE INDEX record_by_subject ON record (subject)",
        _NODE_TABLE,
        _IN_ORDER,
        *_append_only("journal"),
        *_append_only("record"),
        *_append_only("node"),
    ),
)

KEY_RING = FileKind(
    application_id=0x56_4B_45_59,  # "VKEY"
    version=1,
    statements=(
        "CREATE TABLE master (one INTEGER PRIMARY KEY CHECK (one = 1), key BLOB NOT NULL) STRICT",
        _SUBJECT_TABLE,
    ),
)


def open_database(path: Path, kind: FileKind, first_row: FirstRow, *, create: bool) -> sqlite3.Connection | None:
    """Open a file of this kind for writing; None where the file is of another kind (it is left as it was).

    Args:
        path: an existing file. Its tables are made only if ``create`` is set and it has none: an empty file where
            records or keys should be is a loss to be noticed.
        kind: what it must be.
        first_row: statement and parameters run once, with the tables.
        create: whether tables may be made.
    """
    if sqlite3.sqlite_version_info < _OLDEST_SQLITE:
        raise sqlite3.NotSupportedError(f"SQLite {sqlite3.sqlite_version} is too old; 3.37 or newer is needed")
    db = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)
    try:
        if create:
            _create_if_empty(db, kind, first_row)
        if _stamp(db) != (kind.application_id, kind.version):
            db.close()
            return None
        db.execute("PRAGMA secure_delete=ON")
        # Keys must not pass through a temporary file when a ring is written anew.
        db.execute("PRAGMA temp_store=MEMORY")
        db.execute("PRAGMA journal_mode=WAL")
        db.execute("PRAGMA synchronous=FULL")
    except BaseException:
        db.close()
        raise
    return db


def make_file(path: Path) -> None:
    """An empty file that only its owner may read; one made first and restricted later could be opened in between."""
    with suppress(FileExistsError):  # another process was quicker: it is the same file
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))


def _create_if_empty(db: sqlite3.Connection, kind: FileKind, first_row: FirstRow) -> None:
    with transaction(db):
        if db.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0] == 0 and _stamp(db) == (0, 0):
            for statement in kind.statements:
                db.execute(statement)
            db.execute(*first_row)
            db.execute(f"PRAGMA application_id={kind.application_id}")
            db.execute(f"PRAGMA user_version={kind.version}")


def _stamp(db: sqlite3.Connection) -> tuple[int, int]:
    """What the file's header says it is: application id and version of the tables."""
    return (
        int(db.execute("PRAGMA application_id").fetchone()[0]),
        int(db.execute("PRAGMA user_version").fetchone()[0]),
    )


@contextmanager
def transaction(db: sqlite3.Connection) -> Iterator[None]:
    """A write transaction taken at once (no deadlock between two that read first); rolled back on any error."""
    db.execute("BEGIN IMMEDIATE")
    try:
        yield
        db.execute("COMMIT")
    except BaseException:
        if db.in_transaction:
            db.execute("ROLLBACK")
        raise
