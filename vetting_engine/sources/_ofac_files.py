"""The files of the SDN CSV set: ``sdn.csv`` and, beside it, ``alt.csv``, ``add.csv`` and ``sdn_comments.csv``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from vetting_engine.errors import Fault, ListError, Location
from vetting_engine.files.reading import read_bytes
from vetting_engine.files.sniff import decode
from vetting_engine.files.tables import Row, parse_table
from vetting_engine.sources._snapshot import ListFile, as_list_error

__all__ = ["COMPANIONS", "SdnSet", "read_set"]

#: Columns of each companion file by its name.
COMPANIONS: Mapping[str, int] = {"alt.csv": 5, "add.csv": 6, "sdn_comments.csv": 2}
_SDN_COLUMNS = 12
#: How the files write "nothing", and the end of the file as MS-DOS marked it.
_NULL = "-0-"
_END_OF_FILE = "\x1a"


@dataclass(frozen=True, slots=True)
class SdnSet:
    """Rows with nulls blanked: the entries, and companions' rows by entry number; ``missing`` companions by name."""

    entries: tuple[tuple[int, tuple[str, ...]], ...]
    companions: Mapping[str, Mapping[str, list[tuple[str, ...]]]]
    files: tuple[ListFile, ...]
    missing: tuple[str, ...]


def read_set(path: Path) -> SdnSet:
    """Read the set whole.

    Raises:
        ListError: a file cannot be read; a row has the wrong number of columns (``ofac.columns``); a companion
            speaks of entries that are not there, so that the files are of different days (``ofac.other_edition``).
    """
    faults: list[Fault] = []
    main = ListFile(path, _bytes(path))
    entries = tuple(_rows(main, _SDN_COLUMNS, faults))
    numbers = {cells[0] for _, cells in entries}
    files, missing = [main], []
    companions: dict[str, dict[str, list[tuple[str, ...]]]] = {}
    beside = {item.name.lower(): item for item in sorted(path.parent.iterdir()) if item.is_file()}
    for name, columns in COMPANIONS.items():
        companions[name] = {number: [] for number in numbers}
        if name not in beside or beside[name] == path:
            missing.append(name)
            continue
        file = ListFile(beside[name], _bytes(beside[name]))
        files.append(file)
        strangers = _join(_rows(file, columns, faults), companions[name])
        if strangers:
            params: dict[str, str | int] = {"rows": strangers, "main": path.name}
            faults.append(Fault("ofac.other_edition", Location(str(file.path)), params))
    if faults:
        raise ListError(faults)
    return SdnSet(entries, companions, tuple(files), tuple(missing))


def _bytes(path: Path) -> bytes:
    with as_list_error():
        return read_bytes(path)


def _join(rows: Iterable[tuple[int, tuple[str, ...]]], by_entry: dict[str, list[tuple[str, ...]]]) -> int:
    """Put each row to its entry; answers how many have none."""
    strangers = 0
    for _, cells in rows:
        if cells[0] in by_entry:
            by_entry[cells[0]].append(cells[1:])
        else:
            strangers += 1
    return strangers


def _rows(file: ListFile, columns: int, faults: list[Fault]) -> list[tuple[int, tuple[str, ...]]]:
    with as_list_error():
        text = decode(file.data, str(file.path)).text.rstrip("\r\n").removesuffix(_END_OF_FILE)
        table = parse_table(text, str(file.path), header=False, delimiter=",")
    rows = []
    for row in table.rows:
        fault = row.fault or _misfit(row, columns, str(file.path))
        if fault:
            faults.append(fault)
        else:
            rows.append((row.line, tuple("" if cell.strip() == _NULL else cell.strip() for cell in row.cells)))
    return rows


def _misfit(row: Row, columns: int, file: str) -> Fault | None:
    if len(row.cells) == columns and row.cells[0].strip().isdigit():
        return None
    return Fault("ofac.columns", Location(file, row.line), {"cells": len(row.cells), "columns": columns})
