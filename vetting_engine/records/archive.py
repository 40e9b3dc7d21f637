"""The archive beside a journal: the exact bytes of packs, lists and registers, by digest, for replay.

``<journal>.archive/sha256/ab/ab…`` holds files by the digest of their bytes; ``<journal>.archive/sets/<key>``
names the files of one pack, list or register. Whatever is read back is hashed again before it is used, so the
archive need not be trusted: a core names the digests, and the journal protects the core.
"""

from __future__ import annotations

import hashlib
import os
import secrets
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path, PurePosixPath
from typing import cast

from vetting_engine import canonical
from vetting_engine.errors import Fault, JournalError, Location
from vetting_engine.model.ruleset import Ruleset
from vetting_engine.model.watchlist import ListSnapshot, Register
from vetting_engine.records.core import approval_digest

__all__ = ["Archive"]

_CHUNK = 1 << 20
#: Where the rulebook looks first for a pack that another extends.
_PARENTS = ".parents"


class Archive:
    """Files by digest in a folder, which is made at the first ``put``.

    Every file is written under a temporary name, flushed to disk, and then renamed: what has its name is whole.
    """

    def __init__(self, folder: str | Path) -> None:
        self.folder = Path(folder)

    @classmethod
    def beside(cls, journal: str | Path) -> Archive:
        """The archive of a journal: ``<journal>.archive``."""
        return cls(f"{journal}.archive")

    def put_file(self, path: str | Path) -> str:
        """Archive one file, unless its bytes are there already. Answers their digest.

        Raises:
            JournalError: the file cannot be read, or changed while it was read (``archive.source_changed``).
        """
        source = Path(path)
        with _faults(source.name):
            with source.open("rb") as stream:
                digest = canonical.DIGEST_PREFIX + hashlib.file_digest(stream, "sha256").hexdigest()
            home = self._home(digest)
            if not home.is_file():
                with source.open("rb") as stream:
                    self._write(home, iter(lambda: stream.read(_CHUNK), b""))
                with home.open("rb") as stream:
                    copied = canonical.DIGEST_PREFIX + hashlib.file_digest(stream, "sha256").hexdigest()
                if copied != digest:
                    home.unlink()
                    raise JournalError(Fault("archive.source_changed", Location(file=source.name)))
        return digest

    def get_file(self, digest: str) -> bytes:
        """The bytes of that digest.

        Raises:
            JournalError: not archived here (``archive.not_found``), or altered since (``archive.altered``).
        """
        path = self._home(digest)
        if not path.is_file():
            raise JournalError(Fault("archive.not_found", self._place(), {"digest": digest}))
        with _faults(path.name):
            data = path.read_bytes()
        if canonical.digest(data) != digest:
            raise JournalError(Fault("archive.altered", self._place(), {"digest": digest}))
        return data

    def put_pack(self, ruleset: Ruleset) -> str | None:
        """Archive the pack a ruleset was read from, all files of its folder, hidden ones left out, and below
        ``.parents`` those of the packs it extends, where the rulebook finds them again.

        Returns:
            The digest of the file list; None where the ruleset was not read from a folder.

        Raises:
            JournalError: a file cannot be read.
        """
        if not ruleset.folder:
            return None
        files = dict(_pack_files(Path(ruleset.folder)))
        for parent in ruleset.parents:
            kept = f"{_PARENTS}/{parent.name}"
            files |= {f"{kept}/{name}": path for name, path in _pack_files(Path(parent.folder))}
        return self._put_set(_pack_key(ruleset.digest, approval_digest(ruleset.approval)), files.items())

    def extract_pack(self, ruleset: Mapping[str, object], into: Path) -> tuple[Path, ...]:
        """Write the pack that a core's ``ruleset`` names into an empty folder. Raises as ``get_file`` does."""
        digest, approval = str(ruleset["digest"]), cast("str | None", ruleset["approval"])
        return self._extract(_pack_key(digest, approval), digest, into)

    def put_source(self, source: ListSnapshot | Register) -> str | None:
        """Archive the files a list or register was read from.

        Returns:
            The digest of the file list; None where it was not read from files.

        Raises:
            JournalError: a file cannot be read, or is no longer what was read (``archive.source_changed``).
        """
        if not source.files or not all(file.path for file in source.files):
            return None
        for file in source.files:
            if self.put_file(file.path) != file.digest:
                raise JournalError(Fault("archive.source_changed", Location(file=file.name)))
        return self._put_set(_key(source.digest), ((file.name, Path(file.path)) for file in source.files))

    def extract_source(self, digest: str, into: Path) -> tuple[Path, ...]:
        """Write the files of the list or register of that digest into an empty folder. Raises as ``get_file``."""
        return self._extract(_key(digest), digest, into)

    def _put_set(self, key: str, files: Iterable[tuple[str, Path]]) -> str:
        """Archive files and the list that names them, last, so that a list never names what is not there."""
        named = [{"name": _inside(name), "digest": self.put_file(path)} for name, path in files]
        data = canonical.dumps(sorted(named, key=canonical.dumps))
        with _faults(key):
            self._write(self.folder / "sets" / key, (data,))
        return canonical.digest(data)

    def _extract(self, key: str, digest: str, into: Path) -> tuple[Path, ...]:
        listed = self.folder / "sets" / key
        if not listed.is_file():
            raise JournalError(Fault("archive.not_found", self._place(), {"digest": digest}))
        try:
            named = cast("list[dict[str, str]]", canonical.loads(listed.read_bytes()))
            files = [(_inside(item["name"]), item["digest"]) for item in named]
            if not files:
                raise ValueError("names no file")  # noqa: TRY301  # the same fault as any other broken list
        except (KeyError, TypeError, ValueError) as error:
            raise JournalError(Fault("archive.altered", self._place(), {"digest": digest})) from error
        written = []
        for name, file_digest in files:
            path = into / name
            data = self.get_file(file_digest)
            with _faults(name):
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(data)
            written.append(path)
        return tuple(written)

    def _write(self, home: Path, chunks: Iterable[bytes]) -> None:
        """Write under a temporary name, flush to disk, rename."""
        home.parent.mkdir(parents=True, exist_ok=True)
        temporary = self.folder / f".{secrets.token_hex(8)}.part"
        try:
            with temporary.open("xb") as stream:
                for chunk in chunks:
                    stream.write(chunk)
                stream.flush()
                os.fsync(stream.fileno())
            temporary.replace(home)
        finally:
            temporary.unlink(missing_ok=True)
        _flush_name(home)

    def _home(self, digest: str) -> Path:
        name = _key(digest)
        return self.folder / "sha256" / name[:2] / name

    def _place(self) -> Location:
        return Location(file=self.folder.name)


def _pack_files(root: Path) -> Iterator[tuple[str, Path]]:
    for path in sorted(root.rglob("*")):
        inner = path.relative_to(root)
        if path.is_file() and not any(part.startswith((".", "__")) for part in inner.parts):
            yield inner.as_posix(), path


def _pack_key(digest: str, approval: str | None) -> str:
    """One pack may be approved for several offices: digest and approval together name the files."""
    return f"{_key(digest)}-{_key(approval) if approval else 'unapproved'}"


def _key(digest: str) -> str:
    """The hexadecimal digits of a digest, safe as a file name.

    Raises:
        JournalError: it is no digest.
    """
    name = digest.removeprefix(canonical.DIGEST_PREFIX)
    if len(name) != hashlib.sha256().digest_size * 2 or not set(name) <= set("0123456789abcdef"):
        raise JournalError(Fault("archive.not_found", params={"digest": digest}))
    return name


def _inside(name: str) -> str:
    """A relative path that stays below its folder.

    Raises:
        JournalError: it would leave it, or some system could not write it (``archive.name_invalid``).
    """
    parts = PurePosixPath(name).parts
    if not parts or ".." in parts or any(set(part) & set('\\/:*?"<>|\0') for part in parts):
        raise JournalError(Fault("archive.name_invalid", params={"name": name}))
    return name


def _flush_name(path: Path) -> None:
    """The name must reach the disk as well as the bytes; Windows has no way, and no need, to ask for it."""
    with suppress(OSError, AttributeError):
        folder = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


@contextmanager
def _faults(name: str) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise JournalError(Fault("archive.unusable", Location(file=name), {"error": str(error)})) from error
