"""Folders and archives that exports lie in: asked for names, opened one file at a time, links never followed.

Nothing is listed that no path of an allow-list could lead through, and nothing is ever unpacked.
"""

from __future__ import annotations

import os
import stat
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from enum import Enum, auto
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Final, Protocol

from vetting_engine.errors import Fault, InputError, Location
from vetting_engine.files.reading import HEAD_BYTES, read_bytes, read_head

__all__ = ["MAX_EXPORT_BYTES", "FolderTree", "Kind", "Tree", "ZipTree", "find", "is_junk", "roots"]

#: 75,000 posts (``limits.MAX_POSTS``) of a Telegram channel are about 100 MB; a document is held in memory whole.
MAX_EXPORT_BYTES: Final = 256 * 1024 * 1024
#: Archives of photos hold some ten thousand names.
MAX_ZIP_NAMES: Final = 1_000_000
#: What an archive may be wrapped into: a folder in a folder.
_MAX_WRAPPERS: Final = 2
#: What a damaged archive makes the library raise; RuntimeError: it is locked with a password.
_BROKEN: Final = (OSError, EOFError, ValueError, RuntimeError, zipfile.BadZipFile, zlib.error)
#: What operating systems and unpackers leave behind.
_JUNK: Final = frozenset({"__MACOSX", "Thumbs.db", "desktop.ini"})


class Kind(Enum):
    """What a name stands for."""

    FILE = auto()
    FOLDER = auto()
    #: A link, a device, a name that leads elsewhere: never opened.
    REFUSED = auto()


class Tree(Protocol):
    """Files by their path, ``/`` between folders; the root is the empty path."""

    file: str

    def kind(self, path: str) -> Kind | None:
        """What stands there; None: nothing."""

    def names(self, path: str) -> Iterator[str]:
        """The names in a folder, in any order."""

    def head(self, path: str) -> bytes:
        """The first 64 KiB; raises InputError."""

    def read(self, path: str) -> bytes:
        """The whole content; raises InputError."""


class FolderTree:
    """A folder on disk."""

    def __init__(self, root: Path) -> None:
        self.file = str(root)
        self._root = root

    def kind(self, path: str) -> Kind | None:
        """What stands there; a link is refused wherever it leads."""
        try:
            mode = os.lstat(self._root / path).st_mode
        except (OSError, ValueError):
            return None
        if stat.S_ISREG(mode):
            return Kind.FILE
        return Kind.FOLDER if stat.S_ISDIR(mode) else Kind.REFUSED

    def names(self, path: str) -> Iterator[str]:
        """The names in a folder; raises InputError where it cannot be listed."""
        try:
            with os.scandir(self._root / path) as entries:
                yield from (entry.name for entry in entries)
        except OSError as error:
            raise InputError(_unreadable(str(self._root / path), error)) from None

    def head(self, path: str) -> bytes:
        """The first 64 KiB."""
        return read_head(self._root / path)

    def read(self, path: str) -> bytes:
        """The whole content."""
        return read_bytes(self._root / path, max_bytes=MAX_EXPORT_BYTES)


class ZipTree:
    """An archive as the platform made it; raises InputError where it is none."""

    def __init__(self, file: Path) -> None:
        self.file = str(file)
        try:
            with zipfile.ZipFile(file) as archive:
                entries = archive.infolist()
        except _BROKEN as error:
            raise InputError(_unreadable(self.file, error)) from None
        if len(entries) > MAX_ZIP_NAMES:
            raise InputError(Fault("export.too_many_files", Location(self.file), {"max": MAX_ZIP_NAMES}))
        self._folders = _folders(entries)

    def kind(self, path: str) -> Kind | None:
        """What stands there."""
        folder, _, name = path.rpartition("/")
        return self._folders.get(folder, {}).get(name) if path else Kind.FOLDER

    def names(self, path: str) -> Iterator[str]:
        """The names in a folder."""
        yield from self._folders.get(path, ())

    def head(self, path: str) -> bytes:
        """The first 64 KiB."""
        return self._read(path, HEAD_BYTES)

    def read(self, path: str) -> bytes:
        """The whole content; one that grows beyond the cap while it is unpacked is refused there."""
        data = self._read(path, MAX_EXPORT_BYTES + 1)
        if len(data) > MAX_EXPORT_BYTES:
            raise InputError(Fault("file.too_large", Location(f"{self.file}/{path}"), {"max_bytes": MAX_EXPORT_BYTES}))
        return data

    def _read(self, path: str, size: int) -> bytes:
        at = f"{self.file}/{path}"
        try:
            with zipfile.ZipFile(self.file) as archive, archive.open(path) as stream:
                data = stream.read(size)
        except _BROKEN as error:
            raise InputError(_unreadable(at, error)) from None
        if not data:
            raise InputError(Fault("file.empty", Location(at)))
        return data


def find(tree: Tree, root: str, pattern: str, faults: list[Fault]) -> list[str]:
    """The files below ``root`` that a pattern of an allow-list names, in order. What is refused there is a fault."""
    found = [root]
    parts = pattern.split("/")
    for depth, part in enumerate(parts, start=1):
        wanted = Kind.FILE if depth == len(parts) else Kind.FOLDER
        step = []
        for folder in found:
            names = [part]
            if "*" in part:
                names = sorted(name for name in tree.names(folder) if fnmatchcase(name, part) and not is_junk(name))
            for name in names:
                path = f"{folder}/{name}" if folder else name
                kind = tree.kind(path)
                if kind is wanted:
                    step.append(path)
                elif kind is Kind.REFUSED:
                    faults.append(Fault("export.not_followed", Location(f"{tree.file}/{path}")))
        found = step
    return found


def roots(tree: Tree) -> list[str]:
    """Where an export may begin: the root, and while a folder holds nothing but one folder, that one."""
    found = [""]
    while len(found) <= _MAX_WRAPPERS:
        inner = [name for name in tree.names(found[-1]) if not is_junk(name)]
        path = "/".join([*filter(None, [found[-1]]), *inner])
        if len(inner) != 1 or tree.kind(path) is not Kind.FOLDER:
            break
        found.append(path)
    return found


def is_junk(name: str) -> bool:
    """Whether a name is no part of any export but something a computer left there."""
    return name.startswith(".") or name in _JUNK


def _folders(entries: Iterable[zipfile.ZipInfo]) -> dict[str, dict[str, Kind]]:
    """Kind of each name, by folder. A file that stands twice is refused: tools differ in which one they read."""
    folders: dict[str, dict[str, Kind]] = {"": {}}
    for entry in entries:
        *parents, name = entry.filename.rstrip("/").split("/")
        if any(part in {"", ".", ".."} or "\\" in part for part in (*parents, name)):
            continue  # it leads out of the archive, and no allow-list names such a path
        at = ""
        for part in parents:
            folders[at].setdefault(part, Kind.FOLDER)
            at = f"{at}/{part}" if at else part
            folders.setdefault(at, {})
        kind = Kind.FOLDER if entry.is_dir() else Kind.FILE
        twice = name in folders[at] and Kind.FILE in {kind, folders[at][name]}
        folders[at][name] = Kind.REFUSED if twice or stat.S_ISLNK(entry.external_attr >> 16) else kind
        if kind is Kind.FOLDER:
            folders.setdefault(f"{at}/{name}" if at else name, {})
    return folders


def _unreadable(file: str, error: Exception) -> Fault:
    return Fault("file.unreadable", Location(file), {"reason": type(error).__name__})
