"""Rows of the United Kingdom's lists: a line with a date, then a header, then a row for each variation of a name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from vetting_engine.errors import Fault, ListError, Location
from vetting_engine.files.reading import read_bytes, read_head
from vetting_engine.files.sniff import decode
from vetting_engine.files.tables import Row, Table, fit_rows, parse_table
from vetting_engine.files.workbooks import is_workbook, peek, read_sheets
from vetting_engine.sources._fields import day, tidy
from vetting_engine.sources._snapshot import ListFile, as_list_error

__all__ = ["UkRow", "UkTable", "first_texts", "read_uk_table"]

_NOT_WORD = re.compile("[^a-z0-9]+")
_DATED = re.compile(r"^\s*(?:last updated|report date)\s*:?\s*(?P<day>.*)$", re.IGNORECASE)
_CELLS = re.compile(r'[,\r\n"]+')


@dataclass(frozen=True, slots=True)
class UkRow:
    """One row: its line, and the cells by our column; ``rest`` are the others by their own header."""

    line: int
    cells: Mapping[str, str]
    rest: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class UkTable:
    """The file, the day it was published where it says so, and its rows."""

    file: ListFile
    published: date | None
    rows: tuple[UkRow, ...]


def first_texts(head: bytes, path: Path) -> frozenset[str]:
    """The words of the first cells, plain (``name 6``), of a CSV file or a workbook."""
    if is_workbook(head):
        return frozenset(_plain(cell) for cell in peek(path))
    return frozenset(_plain(cell) for cell in _CELLS.split(head.decode("utf-8-sig", "replace")))


def read_uk_table(path: Path, columns: Mapping[str, Sequence[str]], needed: Iterable[str]) -> UkTable:
    """The rows of a CSV file or workbook.

    Args:
        path: the file.
        columns: our column → the headers it goes by, plain.
        needed: our columns that must be there.

    Raises:
        ListError: the file or any row of it cannot be read; a needed column is missing (``uk.column_missing``).
    """
    with as_list_error():
        data = read_bytes(path)
        heading, table = _sheet(path) if is_workbook(read_head(path)) else _csv(data, path)
    faults = [row.fault for row in table.rows if row.fault]
    plain = [_plain(name) for name in table.header]
    places = {
        ours: plain.index(found)
        for ours, spellings in columns.items()
        if (found := next((name for name in spellings if name in plain), None)) is not None
    }
    faults += [
        Fault("uk.column_missing", Location(str(path), 1), {"column": columns[name][0]})
        for name in needed
        if name not in places
    ]
    if faults:
        raise ListError(faults)
    return UkTable(ListFile(path, data), _published(heading), tuple(_rows(table, places)))


def _rows(table: Table, places: Mapping[str, int]) -> Iterable[UkRow]:
    others = [(place, name) for place, name in enumerate(table.header) if name and place not in places.values()]
    for row in table.rows:
        cells = {ours: row.cells[place] for ours, place in places.items()}
        yield UkRow(row.line, cells, {name: said for place, name in others if (said := tidy(row.cells[place]))})


def _csv(data: bytes, path: Path) -> tuple[tuple[str, ...], Table]:
    text = decode(data, str(path)).text
    return _below_heading(parse_table(text, str(path), header=False, delimiter=",").rows, str(path))


def _sheet(path: Path) -> tuple[tuple[str, ...], Table]:
    """The first sheet; the cells above the header are its heading."""
    table = read_sheets(path)[0]
    return _below_heading((Row(1, table.header), *table.rows), str(path))


def _below_heading(rows: Sequence[Row], file: str) -> tuple[tuple[str, ...], Table]:
    dated = bool(rows) and _DATED.match(tidy(rows[0].cells[0] if rows[0].cells else "")) is not None
    # "Last Updated" alone also heads a column of the newer list, whose header has a name in every cell.
    beside = [cell for cell in rows[0].cells[1:] if tidy(cell)] if rows else []
    heading = dated and len(beside) <= 1
    return (rows[0].cells if heading else ()), fit_rows(rows[heading:], file)


def _published(heading: Sequence[str]) -> date | None:
    match = _DATED.match(" ".join(tidy(cell) for cell in heading).strip())
    return day(match["day"]) if match else None


def _plain(header: str) -> str:
    return _NOT_WORD.sub(" ", tidy(header).lower()).strip()
