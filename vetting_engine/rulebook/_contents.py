"""The bytes of a pack: every file read once, bounded, and digested as it was read."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from vetting_engine import canonical
from vetting_engine.errors import Fault, Location
from vetting_engine.model import limits

__all__ = ["APPROVAL", "Contents", "read_contents"]

#: Approves the other files, so it is none of them.
APPROVAL = "approval.yaml"
#: Twice as many as there may be rules: one file each, and as many documents.
_MAX_FILES = 2 * limits.MAX_RULES
_MAX_BYTES = 4 * limits.MAX_YAML_BYTES
_MAX_PATH_PARTS = 8
#: Names that mean the same on every file system: no accents (NFC or NFD), no case games, no spaces.
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")
#: What the engine reads, and prose for people. Anything else (``.yml``) would vanish in silence.
_SUFFIXES = (".yaml", ".md")


@dataclass(frozen=True, slots=True)
class Contents:
    """Bytes by path (relative, ``/`` between parts), in order of path; hidden files are left out."""

    files: Mapping[str, bytes]
    faults: tuple[Fault, ...]

    def manifest(self) -> list[list[str]]:
        """Each path with the digest of its bytes, in order of path; without the approval."""
        return [[path, canonical.digest(data)] for path, data in self.files.items() if path != APPROVAL]


def read_contents(folder: Path) -> Contents:
    """Every file of a pack, with a fault for each that cannot be part of one."""
    files: dict[str, bytes] = {}
    faults: list[Fault] = []
    left = _MAX_BYTES
    for path, fault in _listed(folder):
        if fault is not None:
            faults.append(fault)
            continue
        if len(files) >= _MAX_FILES:
            faults.append(Fault("pack.too_many_files", Location(path), {"limit": _MAX_FILES}))
            break
        try:
            with (folder / path).open("rb") as stream:
                data = stream.read(left + 1)
        except OSError as trouble:
            faults.append(Fault("yaml.unreadable", Location(path), {"reason": trouble.strerror or "unknown"}))
            continue
        left -= len(data)
        if left < 0:
            faults.append(Fault("pack.too_large", Location(path), {"limit": _MAX_BYTES}))
            break
        files[path] = data
    return Contents(files, tuple(faults))


def _listed(folder: Path) -> Iterator[tuple[str, Fault | None]]:
    """Paths of files in order; with a fault where one may not be read."""
    found: list[tuple[str, Fault | None]] = []
    for parent, folders, names in os.walk(folder):
        inner = Path(parent).relative_to(folder)
        folders[:] = [name for name in folders if not name.startswith(".")]
        if len(inner.parts) >= _MAX_PATH_PARTS:
            folders[:] = []
        for name in [*folders, *names]:
            path = (inner / name).as_posix()
            if not name.startswith("."):
                found.extend(_judged(path, name, Path(parent) / name, name in folders))
        if len(found) > 2 * _MAX_FILES:
            break
    yield from sorted(found, key=lambda item: item[0])


def _judged(path: str, name: str, real: Path, is_folder: bool) -> Iterator[tuple[str, Fault | None]]:
    if not _NAME.fullmatch(name):
        # The name itself may not be printable text.
        yield path, Fault("pack.file_name", Location(ascii(path)[1:-1]))
    elif real.is_symlink():
        yield path, Fault("pack.link", Location(path))
    elif is_folder:
        return
    elif not name.endswith(_SUFFIXES):
        yield path, Fault("pack.file_type", Location(path), {"known": ", ".join(_SUFFIXES)})
    else:
        yield path, None
