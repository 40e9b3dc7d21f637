"""Tables and JSON lines with named columns, for local lists and registers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from vetting_engine.errors import Fault, ListError, Location
from vetting_engine.files.json_lines import parse_lines
from vetting_engine.files.reading import read_bytes
from vetting_engine.files.sniff import decode
from vetting_engine.files.tables import parse_table
from vetting_engine.model.watchlist import EntryKind
from vetting_engine.sources._snapshot import ListFile, as_list_error

__all__ = ["KINDS", "Record", "Records", "columns_of", "read_records", "slug", "texts"]

#: What lists call the kinds of thing they hold.
KINDS: Mapping[str, EntryKind] = {
    "": EntryKind.PERSON,
    "person": EntryKind.PERSON,
    "individual": EntryKind.PERSON,
    "organisation": EntryKind.ORGANISATION,
    "organization": EntryKind.ORGANISATION,
    "entity": EntryKind.ORGANISATION,
    "company": EntryKind.ORGANISATION,
    "other": EntryKind.OTHER,
    "vessel": EntryKind.OTHER,
    "aircraft": EntryKind.OTHER,
}
_NOT_SLUG = re.compile("[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Record:
    """One row or object: its line and values by our column name; cells are texts, JSON values as they are."""

    line: int
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Records:
    """The records of a file, and the names of columns nobody reads."""

    file: ListFile
    records: tuple[Record, ...]
    unread: tuple[str, ...]


def columns_of(header: Iterable[str], aliases: Mapping[str, Iterable[str]]) -> dict[str, str]:
    """Our column name → the header it goes by; the first alias that is there counts."""
    plain = {re.sub(r"[\s-]+", "_", name.strip().lower()): name for name in header}
    return {
        ours: plain[found]
        for ours, spellings in aliases.items()
        if (found := next((spelling for spelling in spellings if spelling in plain), None)) is not None
    }


def read_records(path: Path, aliases: Mapping[str, Iterable[str]]) -> Records:
    """Read a CSV or JSON Lines file whole.

    Raises:
        ListError: the file, or any row of it, cannot be read.
    """
    with as_list_error():
        data = read_bytes(path)
        decoded = decode(data, str(path))
        as_json = decoded.text.lstrip().startswith("{")
        rows, faults = _objects(decoded.text, path) if as_json else _cells(decoded.text, path)
    if faults:
        raise ListError(faults)
    header = dict.fromkeys(name for row in rows for name in row.values)
    names = columns_of(header, aliases)
    records = tuple(
        Record(row.line, {ours: row.values[theirs] for ours, theirs in names.items() if theirs in row.values})
        for row in rows
    )
    unread = tuple(name for name in header if name not in names.values())
    return Records(ListFile(path, data), records, unread)


def texts(value: Any, separators: str = ";") -> list[str]:  # noqa: ANN401  # a cell or a JSON value
    """The texts in a cell or a JSON list; numbers as they are written."""
    if value is None:
        return []
    if isinstance(value, list):
        return [text for item in value for text in texts(item, "")]
    parts = re.split(f"[{re.escape(separators)}]", str(value)) if separators else [str(value)]
    return [tidy for part in parts if (tidy := " ".join(part.split()))]


def slug(path: Path) -> str:
    """The file's name as an id: small letters, figures, hyphens."""
    return _NOT_SLUG.sub("-", path.stem.lower()).strip("-")[:80] or "list"


def _objects(text: str, path: Path) -> tuple[list[Record], list[Fault]]:
    lines = parse_lines(text, str(path))
    return [Record(line.line, line.value) for line in lines.objects], list(lines.faults)


def _cells(text: str, path: Path) -> tuple[list[Record], list[Fault]]:
    table = parse_table(text, str(path))
    faults = [row.fault for row in table.rows if row.fault]
    doubled = sorted({name for name in table.header if name and table.header.count(name) > 1})
    faults += [
        Fault("table.header_duplicate", Location(str(path), 1), {"column": name, "times": table.header.count(name)})
        for name in doubled
    ]
    rows = [Record(row.line, dict(zip(table.header, row.cells, strict=False))) for row in table.rows if not row.fault]
    return rows, faults
