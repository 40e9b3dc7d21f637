"""Tables of text: CSV in any common dialect, and the sheets of a workbook.

Records are told apart by their quotation marks before they are parsed, so that every row knows the line it
begins on, one bad row never swallows the next, and the csv module's global field limit stays untouched.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from vetting_engine.errors import Fault, InputError, Location
from vetting_engine.files.reading import read_bytes
from vetting_engine.files.sniff import decode, delimiter_of
from vetting_engine.model import limits

__all__ = ["Row", "Table", "fit_rows", "parse_table", "read_table"]

#: The csv module refuses longer cells (its process-wide limit of 131,072); longer texts are not posts either.
_MAX_CELL_CHARS = limits.MAX_POST_CHARS
#: Control characters have no place in a cell; NUL is the usual one, from a torn copy.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")
_BLANK = " \t\r\n\xa0\ufeff"


@dataclass(frozen=True, slots=True)
class Row:
    """One record: the 1-based line it begins on, its cells as written, and what is wrong with it, if anything.

    A row with a fault keeps the cells it has, so that its reader can say whose row it was.
    """

    line: int
    cells: tuple[str, ...]
    fault: Fault | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """A header (empty where the table has none) and its rows; blank rows are left out."""

    file: str
    header: tuple[str, ...]
    rows: tuple[Row, ...]
    delimiter: str = ""
    encoding: str = "utf-8"
    sheet: str = ""
    warnings: tuple[Fault, ...] = field(default=())

    @property
    def faults(self) -> tuple[Fault, ...]:
        """What is wrong with its rows, and the warnings."""
        return self.warnings + tuple(row.fault for row in self.rows if row.fault)


def read_table(path: Path, *, header: bool = True, encoding: str | None = None, delimiter: str | None = None) -> Table:
    """The table of a CSV file; encoding and delimiter are sniffed where they are not given.

    Raises:
        InputError: as ``read_bytes`` and ``decode`` do, and ``table.no_header``, ``table.too_many_columns``.
    """
    decoded = decode(read_bytes(path), str(path), encoding)
    table = parse_table(decoded.text, str(path), header=header, delimiter=delimiter)
    return Table(table.file, table.header, table.rows, table.delimiter, decoded.encoding, warnings=decoded.warnings)


def parse_table(text: str, file: str, *, header: bool = True, delimiter: str | None = None) -> Table:
    """The table of a text; raises InputError for a header that cannot be used."""
    chosen = delimiter or delimiter_of(text)
    records = [row for row in _parse(text, file, chosen) if row.fault or any(cell.strip(_BLANK) for cell in row.cells)]
    if not header:
        return Table(file, (), tuple(records), chosen)
    return fit_rows(records, file, delimiter=chosen)


def fit_rows(records: Sequence[Row], file: str, *, delimiter: str = "", sheet: str = "") -> Table:
    """The table whose header is the first record; raises InputError for a header that cannot be used."""
    if not records:
        raise InputError(Fault("table.no_header", Location(file)))
    first, *rest = records
    if first.fault:
        raise InputError(first.fault)
    names = tuple(name.strip(_BLANK) for name in first.cells)
    if len(names) > limits.MAX_TABLE_COLUMNS:
        at = Location(file, first.line)
        raise InputError(Fault("table.too_many_columns", at, {"columns": len(names), "max": limits.MAX_TABLE_COLUMNS}))
    return Table(file, names, tuple(_fit(row, len(names), file) for row in rest), delimiter, sheet=sheet)


def _fit(row: Row, width: int, file: str) -> Row:
    """The row as wide as the header. Empty cells at the end may be missing or too many, nothing else may."""
    if row.fault or len(row.cells) == width:
        return row
    if len(row.cells) > width and not any(cell.strip(_BLANK) for cell in row.cells[width:]):
        return Row(row.line, row.cells[:width])
    params = {"cells": len(row.cells), "columns": width}
    return Row(row.line, row.cells, Fault("table.ragged_row", Location(file, row.line), params))


def _parse(text: str, file: str, delimiter: str) -> Iterator[Row]:
    for line, record in _records(text):
        at = Location(file, line)
        if record.count('"') % 2:
            yield Row(line, (), Fault("table.open_quote", at))
        elif _CONTROL.search(record):
            yield Row(line, _split(_CONTROL.sub("", record), delimiter), Fault("table.control_character", at))
        elif len(record) > _MAX_CELL_CHARS and max(map(len, cells := _split(record, delimiter))) > _MAX_CELL_CHARS:
            yield Row(line, cells, Fault("table.cell_too_long", at, {"max_chars": _MAX_CELL_CHARS}))
        else:
            yield _row(line, record, delimiter, at)


def _records(text: str) -> Iterator[tuple[int, str]]:
    """Records with the line each begins on: lines are joined while a quotation mark is open.

    One that is never closed costs its own line only. At most one such line exists, since the rest pairs up.
    """
    lines = list(io.StringIO(text, newline=""))
    begin = 0
    while begin < len(lines):
        end = begin + 1
        quotes = lines[begin].count('"')
        while quotes % 2 and end < len(lines):
            quotes += lines[end].count('"')
            end += 1
        if quotes % 2:
            end = begin + 1
        yield begin + 1, "".join(lines[begin:end])
        begin = end


def _row(line: int, record: str, delimiter: str, at: Location) -> Row:
    try:
        cells = next(csv.reader(io.StringIO(record, newline=""), delimiter=delimiter), [])
    except csv.Error:
        return Row(line, (), Fault("table.unreadable_row", at))
    return Row(line, tuple(cells))


def _split(record: str, delimiter: str) -> tuple[str, ...]:
    """The cells of a record the csv module would refuse, after RFC 4180."""
    cell = re.compile(rf'"((?:[^"]|"")*)"|([^{re.escape(delimiter)}]*)')
    cells = []
    place = 0
    record = record.rstrip("\r\n")
    while place <= len(record):
        match = cell.match(record, place)
        assert match is not None  # the second half matches the empty string
        quoted, plain = match.groups()
        cells.append(plain if quoted is None else quoted.replace('""', '"'))
        place = match.end() + 1
    return tuple(cells)
