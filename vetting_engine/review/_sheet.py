"""Reading sheets: what two readers get to read, as a table any office program opens, and what they hand back.

One row is one item, or a part of a long one. Cells that a spreadsheet would take for a formula begin with an
apostrophe; characters no table may hold are shown as ``�``. What was read is told by number and digest, never by the
text, so nothing a spreadsheet does to a text matters.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from vetting_engine.engine import Drawn
from vetting_engine.errors import Fault, InputError, Location
from vetting_engine.files.reading import read_head
from vetting_engine.files.tables import read_table
from vetting_engine.files.workbooks import is_workbook, read_sheets
from vetting_engine.model.reading import MAX_NOTE_CHARS, FoundItem

__all__ = ["FilledSheet", "read_sheet", "sheet_text"]

_COLUMNS: Final = ("item", "find", "text", "read", "category", "note", "digest", "gap", "record")
_NEEDED: Final = ("item", "read", "category", "digest", "gap", "record")
#: Characters a cell of common spreadsheets holds, with room for the apostrophe.
_CELL: Final = 30_000
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\uff1d", "\uff0b", "\uff0d", "\uff20")
_UNWRITABLE: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
#: What people write for yes, in the languages of the messages.
_YES: Final = frozenset({"yes", "y", "x", "1", "true", "oui", "o", "sí", "si", "s", "نعم"})
_NO: Final = frozenset({"", "no", "n", "0", "false", "non", "لا"})


@dataclass(frozen=True, slots=True)
class FilledSheet:
    """A sheet that somebody has read: of which record and gap, the digest of each item, and what was found."""

    record: str
    gap: str
    items: Mapping[int, str]
    found: tuple[FoundItem, ...]


def sheet_text(drawn: Drawn, record_id: str, check: str, about: str) -> str:
    """The sheet of a sample, as CSV with a byte-order mark, which spreadsheets need to see its encoding."""
    out = io.StringIO()
    rows = csv.writer(out)
    rows.writerow(_COLUMNS)
    for sampled, item in zip(drawn.sampled, drawn.items, strict=True):
        pieces = [item.text[start : start + _CELL] for start in range(0, max(1, len(item.text)), _CELL)]
        for piece in pieces:
            cells = (item.find, piece, "", "", "", sampled.digest, f"{check}/{about}", record_id)
            rows.writerow([sampled.item, *(_safe(cell) for cell in cells)])
    return "\ufeff" + out.getvalue()


def _safe(text: str) -> str:
    written = _UNWRITABLE.sub("\ufffd", text)
    return f"'{written}" if written.startswith(_FORMULA) else written


def read_sheet(path: Path) -> FilledSheet:
    """What a reader handed back.

    Raises:
        InputError: every fault of the sheet: a row that cannot be read, a missing column, an item that was not read
            (``sheet.not_read``), rows of different records or gaps, an item under two digests.
    """
    table = read_sheets(path)[0] if is_workbook(read_head(path)) else read_table(path)
    header = [name.strip().lower() for name in table.header]
    missing = [name for name in _NEEDED if name not in header]
    if missing:
        raise InputError(Fault("sheet.column_missing", Location(path.name, 1), {"column": name}) for name in missing)
    faults = [row.fault for row in table.rows if row.fault]
    rows = [
        _Row(row.line, {name: cell.strip() for name, cell in zip(header, row.cells, strict=False)})
        for row in table.rows
        if not row.fault
    ]
    return _filled(rows, path.name, faults)


@dataclass(frozen=True, slots=True)
class _Row:
    line: int
    cells: Mapping[str, str]

    @property
    def item(self) -> int | None:
        """The number of the item; None where there is none. A spreadsheet may have made ``3`` into ``3.0``."""
        said = self.cells["item"].removesuffix(".0").removesuffix(",0")
        return int(said) if said.isascii() and said.isdigit() and len(said) <= 9 and int(said) else None  # noqa: PLR2004


def _filled(rows: Sequence[_Row], file: str, faults: list[Fault]) -> FilledSheet:
    items: dict[int, str] = {}
    found: dict[tuple[int, str], FoundItem] = {}
    for row in rows:
        at = Location(file, row.line)
        if row.item is None:
            faults.append(Fault("sheet.item_unknown", at, {"item": row.cells["item"]}))
            continue
        if items.setdefault(row.item, row.cells["digest"]) != row.cells["digest"]:
            faults.append(Fault("sheet.item_changed", at, {"item": row.item}))
        faults += _answer_faults(row, at)
        note = row.cells.get("note", "")
        for category in (part.strip().lower() for part in re.split("[;,\n]", row.cells["category"])):
            if category and len(note) <= MAX_NOTE_CHARS:
                found[row.item, category] = FoundItem(item=row.item, category=category[:60], note=note)
    told = {(row.cells["record"], row.cells["gap"]) for row in rows}
    if len(told) != 1:
        faults.append(Fault("sheet.several" if told else "sheet.empty", Location(file)))
    if faults:
        raise InputError(faults)
    ((record, gap),) = told
    return FilledSheet(record, gap, dict(sorted(items.items())), tuple(found[key] for key in sorted(found)))


def _answer_faults(row: _Row, at: Location) -> list[Fault]:
    said, note = row.cells["read"].lower(), row.cells.get("note", "")
    faults = []
    if said not in _YES:
        code = "sheet.not_read" if said in _NO else "sheet.answer_unknown"
        faults.append(Fault(code, at, {"item": row.cells["item"], "said": said}))
    if len(note) > MAX_NOTE_CHARS:
        faults.append(Fault("sheet.note_too_long", at, {"most": MAX_NOTE_CHARS}))
    return faults
