"""Reads everything a run rests on; whatever is wrong with any of it is told together."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from vetting_engine.cli._complaints import Complaints
from vetting_engine.cli._lists import read_lists
from vetting_engine.errors import Fault, InputError, Location
from vetting_engine.intake import read_batch
from vetting_engine.model.ruleset import Ruleset
from vetting_engine.model.watchlist import ListSnapshot, Register, RegisterKind
from vetting_engine.protocols import BatchRead
from vetting_engine.rulebook import load_ruleset
from vetting_engine.sources import load_register

__all__ = ["Sources", "read_sources"]

STDIN = "-"


@dataclass(frozen=True, slots=True)
class Sources:
    """Everything a run rests on."""

    ruleset: Ruleset
    watchlists: tuple[ListSnapshot, ...]
    registers: tuple[Register, ...]
    batch: BatchRead


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
    complaints = Complaints()
    ruleset = complaints.read(lambda: load_ruleset(pack))
    folder = path / "watchlists"
    lists = read_lists([*([folder] if folder.is_dir() else ()), *watchlists], complaints).lists
    known = _registers([*_registers_of(path / "registers"), *registers], complaints)
    with _file_of(path) as file:
        batch = complaints.read(lambda: read_batch(file, mapping=mapping, **side_files))
    complaints.settle()
    if ruleset is None or batch is None:
        raise RuntimeError("a reader answered nothing and complained of nothing")
    return Sources(ruleset, lists, tuple(known), batch)


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


def _registers_of(folder: Path) -> list[tuple[str, Path]]:
    return [(path.stem, path) for path in _in_folder(folder)]


def _registers(named: Sequence[tuple[str, Path]], complaints: Complaints) -> list[Register]:
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
