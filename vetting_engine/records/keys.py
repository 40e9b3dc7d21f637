"""Key rings: one random key per subject, in a file apart from the journal; erasing a key erases the person.

A ring never stores a subject's id: rows are found by a keyed token of it. Everything else about a subject is
derived from the subject's own key (pseudonym, commitments, seal), so that once the key is gone nothing in a
journal can be tied to the id again. What remains is a tombstone (the token), so that a key is never silently
made anew for somebody who was erased.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self, runtime_checkable

from vetting_engine.errors import Fault, KeyRingError, Location
from vetting_engine.protocols import KeyRing
from vetting_engine.records import _schema

__all__ = ["KEY_BYTES", "FileKeyRing", "MemoryKeyRing", "OpeningKeyRing", "derive", "pseudonym_of"]

#: AES-256 and HMAC-SHA-256 both take 32 bytes.
KEY_BYTES = 32
#: 128 bits: no two subjects share a pseudonym by chance.
_PSEUDONYM_BYTES = 16


@runtime_checkable
class OpeningKeyRing(KeyRing, Protocol):
    """A key ring that also finds keys by the id that stands in sealed records, as replay and reports need."""

    def key(self, key_id: str) -> bytes:
        """The key a sealed part names. Raises KeyRingError where this ring does not hold it (any more)."""


def derive(key: bytes, purpose: str) -> bytes:
    """A key for one purpose only (HMAC-SHA-256 of the purpose), so that no key serves two algorithms."""
    return hmac.new(key, f"vetting-engine/{purpose}/1".encode(), hashlib.sha256).digest()


def pseudonym_of(key: bytes) -> str:
    """The pseudonym of the subject whose key this is: ``s-`` and 32 hexadecimal digits. It also names the key."""
    return "s-" + derive(key, "pseudonym")[:_PSEUDONYM_BYTES].hex()


class MemoryKeyRing:
    """A key ring that is gone when the process ends: for tests, and for hosts that journal nothing.

    Args:
        seed: makes every key a function of the seed and the id, so that golden records and replay tests give
            the same bytes everywhere. **For samples and tests only**: whoever knows the seed knows every key.
    """

    def __init__(self, seed: str | None = None) -> None:
        self._seed = None if seed is None else hashlib.sha256(seed.encode()).digest()
        self._keys: dict[str, bytes] = {}
        self._subjects: dict[str, str] = {}
        self._erased: set[str] = set()

    def subject_key(self, subject_id: str) -> bytes:
        """The 32-byte key of a subject, made at first use. Raises KeyRingError where it was erased."""
        if subject_id in self._erased:
            raise KeyRingError(Fault("key.erased"))
        key = self._keys.get(subject_id)
        if key is None:
            key = secrets.token_bytes(KEY_BYTES) if self._seed is None else derive(self._seed, f"subject/{subject_id}")
            self._keys[subject_id] = key
            self._subjects[pseudonym_of(key)] = subject_id
        return key

    def ensure(self, subject_ids: Iterable[str]) -> None:
        """Make the keys that are missing; keys that were erased stay erased."""
        for subject_id in subject_ids:
            if subject_id not in self._erased:
                self.subject_key(subject_id)

    def pseudonym(self, subject_id: str) -> str:
        """The subject's pseudonym. Raises KeyRingError where the key was erased."""
        return pseudonym_of(self.subject_key(subject_id))

    def key(self, key_id: str) -> bytes:
        """The key a sealed part names. Raises KeyRingError where this ring does not hold it."""
        if key_id not in self._subjects:
            raise KeyRingError(Fault("key.not_found", params={"key": key_id}))
        return self._keys[self._subjects[key_id]]

    def erase(self, *subject_ids: str) -> None:
        """Destroy the keys of subjects. Raises KeyRingError where one never had a key; then nothing was erased."""
        if not self._erased.union(self._keys).issuperset(subject_ids):
            raise KeyRingError(Fault("key.unknown_subject"))
        for subject_id in set(subject_ids) - self._erased:
            self._erased.add(subject_id)
            del self._subjects[pseudonym_of(self._keys.pop(subject_id))]


class FileKeyRing:
    """A key ring in one SQLite file that only its owner may read (mode 0600 where the system knows modes).

    Keep it apart from the journal and from the journal's backups: a backup of this file keeps erased keys.
    One connection: use it from the thread that opened it.

    Args:
        path: the file.
        create: make the file where it does not exist. Without it a missing file is an error, since an empty
            ring made by mistake would give everybody a new pseudonym.

    Raises:
        KeyRingError: the file is missing, is no key ring, or cannot be read or written.
    """

    def __init__(self, path: str | Path, *, create: bool = False) -> None:
        self.path = Path(path)
        first_row = ("INSERT INTO master VALUES (1, ?)", (secrets.token_bytes(KEY_BYTES),))
        with self._faults():
            if create:
                _schema.make_file(self.path)
            elif not self.path.is_file():
                raise KeyRingError(Fault("key_ring.missing", Location(file=self.path.name)))
            db = _schema.open_database(self.path, _schema.KEY_RING, first_row, create=create)
            if db is None:
                raise KeyRingError(Fault("key_ring.not_a_key_ring", Location(file=self.path.name)))
            self._db = db
            self._master: bytes = self._db.execute("SELECT key FROM master").fetchone()[0]

    def subject_key(self, subject_id: str) -> bytes:
        """The 32-byte key of a subject, made (and on disk) at first use.

        Raises:
            KeyRingError: the key was erased, or the file cannot be written.
        """
        key = self._find(subject_id)
        if key is None:
            self.ensure((subject_id,))
            key = self._find(subject_id)
        assert key is not None  # ensure() has just committed it, and rows are never deleted
        return key

    def ensure(self, subject_ids: Iterable[str]) -> None:
        """Make the keys that are missing, all in one transaction: much faster than one by one for a batch. Keys that
        were erased stay erased.
        """
        rows = []
        for subject_id in subject_ids:
            key = secrets.token_bytes(KEY_BYTES)
            rows.append((self._token(subject_id), pseudonym_of(key), key))
        with self._faults(), _schema.transaction(self._db):
            self._db.executemany("INSERT OR IGNORE INTO subject (token, key_id, key) VALUES (?, ?, ?)", rows)

    def pseudonym(self, subject_id: str) -> str:
        """The subject's pseudonym. Raises KeyRingError where the key was erased."""
        return pseudonym_of(self.subject_key(subject_id))

    def key(self, key_id: str) -> bytes:
        """The key a sealed part names.

        Raises:
            KeyRingError: it was erased, or belongs to another ring; which of the two is not kept on purpose.
        """
        with self._faults():
            row = self._db.execute("SELECT key FROM subject WHERE key_id = ?", (key_id,)).fetchone()
        if row is None:
            raise KeyRingError(Fault("key.not_found", Location(file=self.path.name), {"key": key_id}))
        return bytes(row[0])

    def erase(self, *subject_ids: str) -> None:
        """Destroy the keys of subjects for good: nothing of them is left in the file or its write-ahead log.

        The file is written anew each time (0.2 s at 200,000 keys): erase many at once rather than one by one. May be
        called again after a failure, and changes nothing more where all is done.

        Raises:
            KeyRingError: a subject has no key here (``key.unknown_subject``; then nothing was erased), or another
                program still reads the file, so that old pages could not be dropped (``key.erase_unfinished``;
                erase again).
        """
        tokens = [(self._token(subject_id),) for subject_id in subject_ids]
        with self._faults():
            with _schema.transaction(self._db):
                for token in tokens:
                    changed = self._db.execute("UPDATE subject SET key = NULL, key_id = NULL WHERE token = ?", token)
                    if changed.rowcount == 0:
                        raise KeyRingError(Fault("key.unknown_subject", Location(file=self.path.name)))
            # SQLite overwrites what it deletes where it stands, but not the copies that it left in the slack of
            # index pages when it split them; only a file written anew holds nothing but what is in it.
            self._db.execute("VACUUM")
            # Without TRUNCATE the page that held the key would live on in the write-ahead log.
            busy = self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
        if busy:
            raise KeyRingError(Fault("key.erase_unfinished", Location(file=self.path.name)))

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def _find(self, subject_id: str) -> bytes | None:
        with self._faults():
            row = self._db.execute("SELECT key FROM subject WHERE token = ?", (self._token(subject_id),)).fetchone()
        if row is None:
            return None
        if row[0] is None:
            raise KeyRingError(Fault("key.erased", Location(file=self.path.name)))
        return bytes(row[0])

    def _token(self, subject_id: str) -> bytes:
        return derive(self._master, f"token/{subject_id}")

    @contextmanager
    def _faults(self) -> Iterator[None]:
        """What SQLite or the file system says, as a fault with the file's name."""
        try:
            yield
        except (sqlite3.Error, OSError) as error:
            place = Location(file=self.path.name)
            raise KeyRingError(Fault("key_ring.unusable", place, {"error": str(error)})) from error
