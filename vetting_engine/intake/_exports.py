"""Finds the exports in one candidate's folder and has each read by the reader that recognises it.

A reader is handed only files that its allow-list names, so nothing else can be opened by it. Files of the folder that
belong to no export are faults; files inside an export that are on no list (messages, contacts) are left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Final

from vetting_engine.errors import Fault, InputError, Location
from vetting_engine.intake._trees import FolderTree, Kind, Tree, ZipTree, find, is_junk, roots
from vetting_engine.protocols import ExportFile, ExportRead, PostReader
from vetting_engine.registry import discover

__all__ = ["list_owners", "read_exports"]

_GROUP: Final = "vetting_engine.intake.platforms"
#: 75,000 posts (``limits.MAX_POSTS``) in pages of ten.
_MAX_FILES: Final = 7_500
#: Platforms name an export by the day it was made: ``instagram-okvale-2026-01-31``, ``takeout-20260131T120000Z``.
_DAY: Final = re.compile(r"(?<![0-9])(20[0-9]{2})([-_.]?)([01][0-9])\2([0-3][0-9])(?![0-9])")


@dataclass(slots=True)
class _Place:
    """A folder or archive that may hold exports: which reader reads which files, and what nobody will read."""

    tree: Tree
    claims: dict[str, list[ExportFile]] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    spared: set[str] = field(default_factory=set)
    unread: int = 0

    @property
    def used(self) -> set[str]:
        """First names of the paths that somebody reads."""
        return {file.name.split("/", 1)[0] for files in self.claims.values() for file in files}

    @property
    def is_export(self) -> bool:
        """Whether it is one export as a whole, known by where its files lie, not a heap of single files."""
        patterns = {file.pattern for files in self.claims.values() for file in files}
        return any("/" in pattern or "*" not in pattern for pattern in patterns)


def list_owners(folder: Path) -> Iterator[tuple[str, Fault | None]]:
    """The names in a folder of exports, in order; each is a candidate's folder, or comes with a fault."""
    tree = FolderTree(folder)
    try:
        names = sorted(name for name in tree.names("") if not is_junk(name))
    except InputError as error:
        yield "", error.faults[0]
        return
    for name in names:
        is_folder = tree.kind(name) is Kind.FOLDER
        yield name, None if is_folder else Fault("export.nobodys", Location(str(folder / name)))


def read_exports(folder: Path, zone: str | None = None) -> list[ExportRead]:
    """Everything in ``posts/<candidate id>``: single files, a folder or archive per export, or one export spread out.

    Never raises for what is in there: what cannot be read is a fault, and counts as at least one unread post.
    """
    readers: Mapping[str, PostReader] = discover(_GROUP)
    whole = _claimed(FolderTree(folder), readers, wrapped=False)
    answers = list(_read(whole, readers, zone))
    known = {*whole.used, *whole.spared, *(Path(fault.at.file).name for fault in whole.faults)}
    rest = sorted(name for name in _names(whole.tree) if name not in known and not is_junk(name))
    unopened = 0
    for name in rest[:_MAX_FILES]:
        inner = _opened(whole.tree, folder / name, name)
        # Folders of an export that is spread out here are parts of it: what lies deeper in them is not looked for.
        wrapped = isinstance(inner, ZipTree) or not whole.is_export
        place = None if isinstance(inner, Fault | None) else _claimed(inner, readers, wrapped=wrapped)
        if place is not None and (place.claims or place.faults):
            answers += _read(place, readers, zone)
        elif whole.is_export and not isinstance(inner, Fault):
            unopened += 1
        else:
            fault = inner if isinstance(inner, Fault) else Fault("export.unknown", Location(str(folder / name)))
            answers.append(ExportRead(faults=(fault,), unread=1))
    if unopened:
        warning = Fault("export.not_opened", Location(str(folder)), {"count": unopened}, severity="warning")
        answers.append(ExportRead(faults=(warning,)))
    if len(rest) > _MAX_FILES:
        answers.append(ExportRead(faults=(_too_many(whole.tree),), unread=len(rest) - _MAX_FILES))
    return answers


def _names(tree: Tree) -> list[str]:
    try:
        return list(tree.names(""))
    except InputError:
        return []  # said by whoever looked first


def _too_many(tree: Tree) -> Fault:
    return Fault("export.too_many_files", Location(tree.file), {"max": _MAX_FILES})


def _opened(tree: Tree, path: Path, name: str) -> Tree | Fault | None:
    """What may hold an export: a folder, an archive; None for any other file."""
    kind = tree.kind(name)
    if kind is Kind.FOLDER:
        return FolderTree(path)
    if kind is not Kind.FILE:
        return Fault("export.not_followed", Location(str(path)))
    if path.suffix.lower() != ".zip":
        return None
    try:
        return ZipTree(path)
    except InputError as error:
        return error.faults[0]


def _claimed(tree: Tree, readers: Mapping[str, PostReader], *, wrapped: bool = True) -> _Place:
    """Which files each reader will read. A file whose place says nothing (``*.jsonl``) must itself be recognised;
    others come along with any of the same export that is.
    """
    place = _Place(tree)
    try:
        starts = roots(tree) if wrapped else [""]
        for name, reader in readers.items():
            files = {file.name: file for root in starts for file in _allowed(tree, root, reader, place.faults)}
            claimed = _recognised(tree, reader, _capped(place, files))
            place.claims.update({name: [files[path] for path in claimed]} if claimed else {})
    except InputError as error:
        place.faults += error.faults
    place.faults = list({(fault.code, fault.at): fault for fault in place.faults}.values())
    place.unread += sum(fault.code != _too_many(tree).code for fault in place.faults)
    return place


def _capped(place: _Place, files: Mapping[str, ExportFile]) -> dict[str, ExportFile]:
    """The files nobody else has claimed, at most as many as are read; the others count as unread, each once."""
    taken = {file.name for claimed in place.claims.values() for file in claimed}
    free = sorted(path for path in files if path not in taken and path not in place.spared)
    if len(free) > _MAX_FILES:
        place.faults.append(_too_many(place.tree))
        place.spared.update(free[_MAX_FILES:])
        place.unread += len(free) - _MAX_FILES
    return {path: files[path] for path in free[:_MAX_FILES]}


def _allowed(tree: Tree, root: str, reader: PostReader, faults: list[Fault]) -> Iterator[ExportFile]:
    for pattern in reader.allowed:
        if root and pattern.startswith("*"):
            continue  # only what was handed in by itself may have any name
        for path in find(tree, root, pattern, faults):
            yield ExportFile(path, pattern, f"{tree.file}/{path}", partial(tree.read, path))


def _recognised(tree: Tree, reader: PostReader, files: Mapping[str, ExportFile]) -> list[str]:
    """The files of an export that is this reader's, in order."""
    known = {path for path in files if _is_of(tree, reader, path)}
    named = {path for path, file in files.items() if not file.pattern.startswith("*")}
    return sorted(known | named if known & named else known)


def _is_of(tree: Tree, reader: PostReader, path: str) -> bool:
    try:
        return reader.recognises(tree.head(path), Path(path))
    except InputError:
        return False


def _read(place: _Place, readers: Mapping[str, PostReader], zone: str | None) -> Iterator[ExportRead]:
    if place.faults:
        yield ExportRead(faults=tuple(place.faults), unread=place.unread)
    for name, files in place.claims.items():
        answer = readers[name].read(files, zone)
        day = _day(f"{Path(place.tree.file).name}/{files[0].name}")
        accounts = tuple(account if account.exported_on else replace(account, exported_on=day)
                         for account in answer.accounts)  # fmt: skip
        yield replace(answer, accounts=accounts)


def _day(name: str) -> date | None:
    match = _DAY.search(name)
    if match is None:
        return None
    try:
        return date(int(match[1]), int(match[3]), int(match[4]))
    except ValueError:
        return None
