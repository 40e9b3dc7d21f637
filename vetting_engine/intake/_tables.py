"""Opens a table of candidates, be it CSV or a workbook, as the mapping declares it."""

from __future__ import annotations

from pathlib import Path

from vetting_engine.files.reading import read_head
from vetting_engine.files.tables import Table, read_table
from vetting_engine.files.workbooks import is_workbook, read_sheets
from vetting_engine.intake._mapping import Mapping

__all__ = ["first_line", "open_table", "other_sheets"]


def first_line(head: bytes, path: Path) -> str:
    """The first line that is not blank, to recognise a format by; empty where the head is no text."""
    if is_workbook(head):
        return ",".join(read_sheets(path)[0].header)
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = head[: len(head) // 2 * 2].decode("utf-16", "replace")
    else:
        text = head.decode("utf-8-sig", "replace")
    return next((line for line in text.split("\n") if line.strip()), "")


def open_table(path: Path, mapping: Mapping | None) -> Table:
    """The table of a file; of a workbook its first sheet."""
    if is_workbook(read_head(path)):
        return read_sheets(path)[0]
    if mapping is None:
        return read_table(path)
    return read_table(path, encoding=mapping.encoding, delimiter=mapping.delimiter)


def other_sheets(path: Path) -> tuple[str, ...]:
    """The names of a workbook's further sheets; none for other files."""
    if not is_workbook(read_head(path)):
        return ()
    return tuple(sheet.sheet for sheet in read_sheets(path)[1:])
