"""The journal: decision records in one append-only SQLite file, under a Merkle tree.

Records are written in transactions with ``synchronous=FULL``: what ``append`` has answered survives a crash.
Nothing here reads a clock or knows who is acting; both come in with the call.
"""

from __future__ import annotations

import re
import secrets
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from pydantic import ValidationError

from vetting_engine import canonical
from vetting_engine.errors import Fault, JournalError, Location
from vetting_engine.model.candidate import Candidate
from vetting_engine.model.decision import EngineRun
from vetting_engine.model.record import Actor, Core, Envelope, Record, Sealed, SealedContent
from vetting_engine.protocols import KeyRing
from vetting_engine.records import _schema, merkle
from vetting_engine.records._draft import Circumstances, Draft, Entry, draft, envelope_bytes, leaf_data, record_id
from vetting_engine.records.archive import Archive
from vetting_engine.records.verify import Checkpoint

__all__ = ["Journal"]

_INSERT_RECORD = "INSERT INTO record VALUES (?, ?, ?, ?, ?, ?, ?)"
_INSERT_NODE = "INSERT INTO node VALUES (?, ?, ?)"
_READ = "SELECT sequence, id, envelope, core, sealed, leaf FROM record WHERE sequence = ?"
_LATEST = "SELECT id FROM record WHERE subject = ? ORDER BY sequence DESC LIMIT 1"
_NODE = "SELECT hash FROM node WHERE level = ? AND position = ?"
_LEAF = "SELECT leaf FROM record WHERE sequence = ?"
_SEQUENCE = re.compile("[0-9]{1,15}")
_Row = tuple[int, str, bytes, bytes, bytes | None, bytes]
#: Bytes of a journal's random name.
_ID_BYTES = 16


class Journal:
    """A journal, open for reading and appending; a context manager.

    One connection: use it from the thread that opened it. Several processes may append to one file; each
    transaction waits for the one before it.
    """

    def __init__(self, db: sqlite3.Connection, path: Path) -> None:
        self._db = db
        self.path = path
        named = db.execute("SELECT id FROM journal").fetchone()
        if named is None:
            raise JournalError(Fault("journal.not_a_journal", Location(file=path.name)))
        self.id = str(named[0])

    @classmethod
    def open(cls, path: str | Path, *, create: bool = False) -> Self:
        """Open a journal's file.

        Args:
            path: the file; its write-ahead log lies beside it while it is open.
            create: make the file where it does not exist.

        Raises:
            JournalError: it is missing, is no journal of this version, is damaged, or cannot be written.
        """
        file = Path(path)
        first_row = ("INSERT INTO journal VALUES (1, ?)", (secrets.token_hex(_ID_BYTES),))
        with _faults(file):
            if create:
                _schema.make_file(file)
            elif not file.is_file():
                raise JournalError(Fault("journal.missing", Location(file=file.name)))
            db = _schema.open_database(file, _schema.JOURNAL, first_row, create=create)
            if db is None:
                raise JournalError(Fault("journal.not_a_journal", Location(file=file.name)))
            return cls(db, file)

    @property
    def archive(self) -> Archive:
        """The archive of packs and lists beside this journal."""
        return Archive.beside(self.path)

    def __len__(self) -> int:
        with _faults(self.path):
            return self._size()

    def append(
        self,
        entry: Entry,
        *,
        time: datetime,
        actor: Actor,
        office: str = "",
        purpose: str = "",
        legal_basis: str = "",
        retain_until: date | None = None,
        key_ring: KeyRing | None = None,
    ) -> str:
        """Append one record; like ``append_many`` with one entry."""
        circumstances = Circumstances(time, actor, office, purpose, legal_basis, retain_until)
        return self._append([draft(entry, key_ring)], circumstances)[0]

    def append_many(
        self,
        entries: Iterable[tuple[Core, SealedContent | None, Sequence[EngineRun], Candidate]],
        *,
        time: datetime,
        actor: Actor,
        office: str = "",
        purpose: str = "",
        legal_basis: str = "",
        retain_until: date | None = None,
        key_ring: KeyRing | None = None,
        superseding: Sequence[str | None] = (),
    ) -> tuple[str, ...]:
        """Append records in one transaction: all of them or none.

        Args:
            entries: ``Entry`` values (or plain tuples of the same four), in the order they shall stand.
            time: written into every envelope, in UTC; it must have an offset.
            actor: who acts, and how that is assured.
            office: the office responsible.
            purpose: why the data are processed.
            legal_basis: on what basis.
            retain_until: last day to keep the sealed part.
            key_ring: the ring the cores were built with; needed where an entry has content to seal.
            superseding: per entry, the record that must still be the latest of its subject, or None where any may be;
                looked at inside the transaction, so that nothing decided from an old record overrides a newer one.

        Returns:
            The records' ids, in order.

        Raises:
            JournalError: the file cannot be written, another writer held it too long, or a record was superseded
                meanwhile (``journal.superseded_meanwhile``); nothing was recorded.
            KeyRingError: content without a key ring or with another one; a key was erased.
        """
        circumstances = Circumstances(time, actor, office, purpose, legal_basis, retain_until)
        return self._append([draft(Entry(*entry), key_ring) for entry in entries], circumstances, superseding)

    def record(self, record_id: str) -> Record:
        """The record of that id. Raises JournalError where there is none, or where it was altered."""
        sequence = record_id.rpartition("-")[2]
        row = self._row(int(sequence)) if _SEQUENCE.fullmatch(sequence) else None
        if row is None or row[1] != record_id:
            raise JournalError(Fault("journal.no_such_record", self._place(), {"record": record_id}))
        return self._read(row)

    def records(self) -> Iterator[Record]:
        """The records there are now, in order. Raises JournalError at the first that is missing or altered."""
        for sequence in range(len(self)):
            row = self._row(sequence)
            if row is None:
                raise JournalError(Fault("journal.record_missing", self._place(), {"detail": sequence}))
            yield self._read(row)

    def checkpoint(self, time: datetime) -> Checkpoint:
        """Size and root now; ``str()`` of it is the line to keep elsewhere. ``time`` needs a UTC offset."""
        with _faults(self.path), _snapshot(self._db):
            size = self._size()
            root = self._frontier(size).root()
        said = time.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
        return Checkpoint(self.id, size, canonical.DIGEST_PREFIX + root.hex(), said)

    def inclusion_proof(self, sequence: int, size: int) -> list[bytes]:
        """The path from the leaf at ``sequence`` to the root of the first ``size`` records. Raises ValueError out
        of range; JournalError where the file is damaged.
        """
        with _faults(self.path):
            self._require(size)
            return merkle.inclusion_proof(self._fetch, sequence, size)

    def consistency_proof(self, size1: int, size2: int) -> list[bytes]:
        """The path that shows the first ``size1`` records to begin the first ``size2``; raises as above."""
        with _faults(self.path):
            self._require(size2)
            return merkle.consistency_proof(self._fetch, size1, size2)

    def close(self) -> None:
        """Close; the write-ahead log is merged into the file, which then stands alone."""
        self._db.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def _append(
        self, drafts: Sequence[Draft], circumstances: Circumstances, superseding: Sequence[str | None] = ()
    ) -> tuple[str, ...]:
        ids: list[str] = []
        expected = superseding or [None] * len(drafts)
        with _faults(self.path), _schema.transaction(self._db):
            frontier = self._frontier(self._size())
            for record, stands in zip(drafts, expected, strict=True):
                sequence = frontier.size
                latest = self._db.execute(_LATEST, (record.subject,)).fetchone()
                if stands is not None and (latest is None or latest[0] != stands):
                    told = {"record": stands, "later": latest[0] if latest else ""}
                    raise JournalError(Fault("journal.superseded_meanwhile", self._place(), told))
                envelope = envelope_bytes(record, circumstances, sequence, latest and latest[0])
                leaf = merkle.leaf_hash(leaf_data(self.id, envelope, record.core_digest, record.sealed_digest))
                ids.append(record_id(record.core_digest, sequence))
                row = (sequence, ids[-1], record.subject, envelope, record.core, record.sealed, leaf)
                self._db.execute(_INSERT_RECORD, row)
                self._db.executemany(_INSERT_NODE, frontier.append(leaf))
        return tuple(ids)

    def _row(self, sequence: int) -> _Row | None:
        with _faults(self.path):
            row: _Row | None = self._db.execute(_READ, (sequence,)).fetchone()
            return row

    def _size(self) -> int:
        return int(self._db.execute("SELECT coalesce(max(sequence) + 1, 0) FROM record").fetchone()[0])

    def _frontier(self, size: int) -> merkle.Frontier:
        return merkle.Frontier(size, [self._fetch(level, position) for level, position in merkle.peaks(0, size)])

    def _fetch(self, level: int, position: int) -> bytes:
        row = self._db.execute(*((_NODE, (level, position)) if level else (_LEAF, (position,)))).fetchone()
        if row is None:
            raise JournalError(Fault("journal.node_missing", self._place(), {"sequence": position << level}))
        return bytes(row[0])

    def _require(self, size: int) -> None:
        if size > self._size():
            raise ValueError(f"the journal has fewer than {size} records")

    def _read(self, row: _Row) -> Record:
        """A record from its bytes, all of which must still fit its leaf."""
        sequence, name, envelope, core, sealed, leaf = row
        sealed_digest = None if sealed is None else canonical.digest(sealed)
        covered = leaf_data(self.id, envelope, canonical.digest(core), sealed_digest)
        altered = JournalError(Fault("journal.record_altered", self._place(), {"record": name}))
        if merkle.leaf_hash(covered) != leaf or record_id(canonical.digest(core), sequence) != name:
            raise altered
        try:
            return Record(
                id=name,
                envelope=Envelope.model_validate(canonical.loads(envelope)),
                core=Core.model_validate(canonical.loads(core)),
                sealed=None if sealed is None else Sealed.model_validate(canonical.loads(sealed)),
            )
        except (ValidationError, ValueError) as error:
            raise altered from error

    def _place(self) -> Location:
        return Location(file=self.path.name)


@contextmanager
def _snapshot(db: sqlite3.Connection) -> Iterator[None]:
    """Several reads of one state, whatever other writers do meanwhile."""
    db.execute("BEGIN")
    try:
        yield
    finally:
        db.execute("COMMIT")


@contextmanager
def _faults(path: Path) -> Iterator[None]:
    """What SQLite or the file system says, as a fault with the file's name."""
    try:
        yield
    except (sqlite3.Error, OSError) as error:
        busy = "locked" in str(error)
        code = "journal.busy" if busy else "journal.unusable"
        raise JournalError(Fault(code, Location(file=path.name), {"error": str(error)})) from error
