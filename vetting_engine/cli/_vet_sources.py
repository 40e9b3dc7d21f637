"""Reads everything a run rests on; whatever is wrong with any of it is told together."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

from vetting_engine.errors import Fault, InputError, ListError, Location, VettingError
from vetting_engine.intake import read_batch
from vetting_engine.model.ruleset import Ruleset
from vetting_engine.model.watchlist import ListSnapshot, Register, RegisterKind
from vetting_engine.protocols import BatchRead
from vetting_engine.rulebook import load_ruleset
from vetting_engine.sources import authorities_in, lists_in, load_register, load_watchlist

__all__ = ["Sources", "read_sources"]

STDIN = "-"
_Read = TypeVar("_Read")


@dataclass(frozen=True, slots=True)
class Sources:
    """Everything a run rests on."""

    ruleset: Ruleset
    watchlists: tuple[ListSnapshot, ...]
    registers: tuple[Register, ...]
    batch: BatchRead


@dataclass(slots=True)
class _Complaints:
    """Errors of several readers, so that an officer mends everything in one go."""

    errors: list[VettingError] = field(default_factory=list)

    def read(self, reader: Callable[[], _Read]) -> _Read | None:
        try:
            return reader()
        except VettingError as error:
            self.errors.append(error)
            return None

    def settle(self) -> None:
        """Raise all faults as the kind of the gravest error: pack before list before input."""
        if self.errors:
            gravest = min(self.errors, key=lambda error: _GRAVITY.get(type(error).__name__, len(_GRAVITY)))
            raise type(gravest)([fault for error in self.errors for fault in error.faults])


_GRAVITY = {"PluginError": 0, "RulesetError": 1, "ListError": 2, "InputError": 3}


def read_sources(
    path: Path,
    *,
    pack: str,
    watchlists: Sequence[Path],
    registers: Sequence[tuple[str, Path]],
    mapping: Path | None,
    side_files: dict[str, Sequence[Path]],
) -> Sources:
    """The pack, the lists, the registers and the batch of a run.

    Args:
        path: a file of candidates, a folder laid out by convention, or ``-`` for stdin.
        pack: a shipped pack's name, or a folder.
        watchlists: beside those of the folder.
        registers: kind and file, beside those of the folder.
        mapping: which column of a form means what.
        side_files: posts, relations, attestations and agd, beside those of the folder.

    Raises:
        VettingError: with the faults of all of them.
    """
    complaints = _Complaints()
    ruleset = complaints.read(lambda: load_ruleset(pack))
    folder = path / "watchlists"
    lists = _watchlists([*(lists_in(folder) if folder.is_dir() else ()), *watchlists], complaints)
    known = _registers([*_registers_of(path / "registers"), *registers], complaints)
    with _file_of(path) as file:
        batch = complaints.read(lambda: read_batch(file, mapping=mapping, **side_files))
    complaints.settle()
    if ruleset is None or batch is None:
        raise RuntimeError("a reader answered nothing and complained of nothing")
    return Sources(ruleset, tuple(lists), tuple(known), batch)


@contextmanager
def _file_of(path: Path) -> Iterator[Path]:
    if str(path) != STDIN:
        yield path
        return
    with TemporaryDirectory(prefix="vetting-stdin-") as folder:
        file = Path(folder) / "stdin"
        with file.open("wb") as out:
            shutil.copyfileobj(sys.stdin.buffer, out)
        yield file


def _in_folder(folder: Path) -> list[Path]:
    if not folder.is_dir():
        return []
    return sorted(item for item in folder.iterdir() if item.is_file() and not item.name.startswith("."))


def _watchlists(paths: Sequence[Path], complaints: _Complaints) -> list[ListSnapshot]:
    """Every list once, with the effect that the office's page beside it gives. A file that another list was read
    from (OFAC publishes sets) is no list of its own.
    """
    read: dict[Path, ListSnapshot] = {}
    refused: dict[Path, VettingError] = {}
    said = {
        folder: complaints.read(partial(authorities_in, folder))
        for folder in dict.fromkeys(path.parent for path in paths)
    }
    for path in dict.fromkeys(paths):
        try:
            read[path] = load_watchlist(path, said[path.parent])
        except VettingError as error:
            refused[path] = error
    parts = {
        Path(file.path).resolve()
        for path, snapshot in read.items()
        for file in snapshot.files
        if file.path and Path(file.path).resolve() != path.resolve()
    }
    complaints.errors.extend(error for path, error in refused.items() if path.resolve() not in parts)
    lists = [snapshot for path, snapshot in read.items() if path.resolve() not in parts]
    for twice in sorted({one.list_id for one in lists if sum(one.list_id == other.list_id for other in lists) > 1}):
        complaints.errors.append(ListError(Fault("cli.list_twice", params={"list": twice})))
    return lists


def _registers_of(folder: Path) -> list[tuple[str, Path]]:
    return [(path.stem, path) for path in _in_folder(folder)]


def _registers(named: Sequence[tuple[str, Path]], complaints: _Complaints) -> list[Register]:
    known: list[Register] = []
    for kind, path in named:
        if kind not in list(RegisterKind):
            params = {"kind": kind, "kinds": ", ".join(RegisterKind)}
            complaints.errors.append(InputError(Fault("cli.register_kind", Location(file=path.name), params)))
            continue
        register = complaints.read(lambda path=path, kind=kind: load_register(path, RegisterKind(kind)))  # type: ignore[misc]
        if register is not None:
            known.append(register)
    return known
