"""Sheets of XLSX workbooks through python-calamine, which the ``[xlsx]`` extra installs."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from vetting_engine.errors import Fault, InputError, Location
from vetting_engine.files.reading import HEAD_BYTES, read_bytes
from vetting_engine.files.tables import Row, Table, fit_rows
from vetting_engine.model import limits

__all__ = ["is_workbook", "peek", "read_sheets"]

#: Excel holds more digits than it keeps: whole numbers from here on were rounded (IEEE 754 doubles).
_EXACT = 1 << 53
#: Where the first cells of a workbook are: written once for all sheets, or in the sheet itself.
_FIRST_TEXTS = ("xl/sharedStrings.xml", "xl/worksheets/sheet1.xml")
_CELL_TEXT = re.compile("<(?:[a-z]+:)?t(?: [^>]*)?>([^<]*)<")


def is_workbook(head: bytes) -> bool:
    """Whether a file begins as a workbook (a zip archive) does."""
    return head.startswith(b"PK\x03\x04")


def peek(path: Path) -> tuple[str, ...]:
    """The first texts of a workbook (of 64 KiB at most), to recognise it by; none where it cannot be opened."""
    texts: list[str] = []
    try:
        with zipfile.ZipFile(path) as archive:
            for name in _FIRST_TEXTS:
                if name in archive.namelist():
                    with archive.open(name) as stream:
                        texts += _CELL_TEXT.findall(stream.read(HEAD_BYTES).decode("utf-8", "ignore"))
    except (OSError, ValueError, RuntimeError, NotImplementedError, zipfile.BadZipFile, zlib.error):
        return ()
    return tuple(texts)


def read_sheets(path: Path) -> tuple[Table, ...]:
    """The sheets in order, the first row of each as header; sheets without any row are left out.

    Raises:
        InputError: ``workbook.damaged``, ``workbook.empty``, ``workbook.too_large`` (unpacked),
            ``workbook.needs_extra`` where python-calamine is not installed.
    """
    data = read_bytes(path)
    at = Location(str(path))
    _require_modest(data, at)
    try:
        import python_calamine  # noqa: PLC0415  # an extra, and slow to import
    except ImportError:
        raise InputError(Fault("workbook.needs_extra", at)) from None
    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        sheets = [(name, book.get_sheet_by_name(name).to_python(skip_empty_area=False)) for name in book.sheet_names]
    except (python_calamine.CalamineError, OSError, ValueError) as error:
        raise InputError(Fault("workbook.damaged", at, {"reason": type(error).__name__})) from None
    tables = tuple(_table(str(path), name, cells) for name, cells in sheets if any(map(any, cells)))
    if not tables:
        raise InputError(Fault("workbook.empty", at))
    return tables


def _require_modest(data: bytes, at: Location) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            unpacked = sum(item.file_size for item in archive.infolist())
    except zipfile.BadZipFile:
        raise InputError(Fault("workbook.damaged", at, {"reason": "BadZipFile"})) from None
    if unpacked > limits.MAX_FILE_BYTES:
        raise InputError(Fault("workbook.too_large", at, {"max_bytes": limits.MAX_FILE_BYTES}))


def _table(file: str, sheet: str, cells: list[list[Any]]) -> Table:
    rows = [Row(line, tuple(map(_text, row))) for line, row in enumerate(cells, start=1)]
    return fit_rows([row for row in rows if any(row.cells)], file, sheet=sheet)


def _text(cell: Any) -> str:  # noqa: ANN401  # what calamine makes of a cell
    """A cell as a person sees it. Numbers Excel has rounded look like the mangled numbers they are."""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        whole = cell.is_integer() and abs(cell) < _EXACT
        return str(int(cell)) if whole else f"{cell:E}" if abs(cell) >= _EXACT else repr(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat()
    if isinstance(cell, date | time):
        return cell.isoformat()
    return str(cell) if isinstance(cell, int | timedelta) else str(cell).strip()
