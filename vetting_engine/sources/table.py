"""A local list in a table or JSON lines: whatever an office keeps itself, with the columns named below."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from vetting_engine.errors import Fault, ListError, Location
from vetting_engine.files.sniff import DELIMITERS
from vetting_engine.model.date_parsing import parse_date
from vetting_engine.model.dates import Calendar, PartialDate
from vetting_engine.model.watchlist import Authority, EntryNameKind, ListSnapshot, WatchlistEntry
from vetting_engine.sources._snapshot import Draft, complete, make_entry
from vetting_engine.sources._tabular import KINDS, Record, columns_of, read_records, slug, texts

__all__ = ["PLUGIN", "TableList"]

#: Our column → the headers it goes by.
_COLUMNS = MappingProxyType(
    {
        "id": ("id", "reference", "ref"),
        "name": ("name", "full_name", "names"),
        "aliases": ("aliases", "alias", "also_known_as"),
        "weak_aliases": ("weak_aliases", "weak"),
        "former_names": ("former_names", "formerly"),
        "original_script": ("original_script", "name_original_script"),
        "kind": ("kind", "type", "schema"),
        "birth_date": ("birth_date", "birth_dates", "date_of_birth", "dob"),
        "birth_calendar": ("birth_calendar", "calendar"),
        "birthplace": ("birthplace", "birthplaces", "place_of_birth", "pob"),
        "father_name": ("father_name", "fathers_name"),
        "gender": ("gender", "sex"),
        "nationality": ("nationality", "nationalities", "nat"),
        "countries": ("countries", "country"),
        "documents": ("documents", "document_numbers"),
        "programme": ("programme", "program"),
        "listed_on": ("listed_on", "listed"),
        "notes": ("notes", "comments", "remarks"),
    }
)
_NAMES = (
    ("name", EntryNameKind.PRIMARY),
    ("aliases", EntryNameKind.ALIAS),
    ("weak_aliases", EntryNameKind.WEAK_ALIAS),
    ("former_names", EntryNameKind.FORMER),
    ("original_script", EntryNameKind.ORIGINAL_SCRIPT),
)
AUTHORITY: Final = Authority(
    issuer="not declared", legal_basis="not declared; without effect until an office approves the list"
)
_CALENDARS = MappingProxyType({calendar.value: calendar for calendar in Calendar})


class TableList:
    """Columns ``id`` and ``name``, and any of the others; several values in a cell are parted by ``;``."""

    name = "table"
    title = "Local list (CSV or JSON Lines)"

    def recognises(self, head: bytes, path: Path) -> bool:  # noqa: ARG002  # the name of a file never decides
        """Whether the first line names an id and a name."""
        line = head.decode("utf-8-sig", "replace").lstrip().split("\n", 1)[0].strip()
        return {"id", "name"} <= columns_of(_header(line), _COLUMNS).keys()

    def read(self, path: Path, authority: Authority | None = None) -> ListSnapshot:
        """The snapshot; its id is the file's name.

        Raises:
            ListError: any row cannot be read, or has no id or name; every fault is named.
        """
        records = read_records(path, _COLUMNS)
        partly: Counter[str] = Counter(f"column.{name}" for name in records.unread)
        faults: list[Fault] = []
        entries: list[WatchlistEntry] = []
        for record in records.records:
            at = Location(str(path), record.line)
            try:
                entries.append(make_entry(_fields(record, at, partly), at))
            except ListError as error:
                faults += error.faults
        draft = Draft(slug(path), path.stem, self.name, authority or AUTHORITY)
        return complete(draft, entries, [records.file], partly, faults)


def _header(line: str) -> list[str]:
    if line.startswith("{"):
        try:
            return list(json.loads(line))
        except ValueError:
            return []
    return [name.strip(' "') for name in max((line.split(sign) for sign in DELIMITERS), key=len)]


def _fields(record: Record, at: Location, partly: Counter[str]) -> dict[str, Any]:
    values = record.values
    names = [{"text": text, "kind": kind} for column, kind in _NAMES for text in texts(values.get(column))]
    entry_id = " ".join(texts(values.get("id"), ""))
    kind = KINDS.get(" ".join(texts(values.get("kind"), "")).lower())
    missing = [name for name, found in (("id", entry_id), ("name", names), ("kind", kind)) if not found]
    if missing:
        raise ListError(Fault("list.entry_incomplete", at, {"missing": name}) for name in missing)
    births = _births(values)
    partly["birth_date"] += sum(not birth.readings for birth in births)
    return {
        "id": entry_id,
        "kind": kind,
        "names": names,
        "birth_dates": births,
        "birthplaces": tuple(texts(values.get("birthplace"))),
        "father_name": " ".join(texts(values.get("father_name"), "")) or None,
        "gender": " ".join(texts(values.get("gender"), "")) or None,
        "nationalities": tuple(texts(values.get("nationality"), ";|")),
        "countries": tuple(texts(values.get("countries"), ";|")),
        "identifiers": [{"kind": "document", "value": text} for text in texts(values.get("documents"))],
        "programme": " ".join(texts(values.get("programme"), "")) or None,
        "listed_on": _day(values, at),
        "notes": tuple(texts(values.get("notes"), "")),
    }


def _births(values: Any) -> tuple[PartialDate, ...]:  # noqa: ANN401  # a record's values
    calendar = _CALENDARS.get(" ".join(texts(values.get("birth_calendar"), "")).lower())
    return tuple(parse_date(text, calendar) for text in texts(values.get("birth_date")))


def _day(values: Any, at: Location) -> date | None:  # noqa: ANN401  # a record's values
    text = " ".join(texts(values.get("listed_on"), ""))
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise ListError(Fault("list.not_a_date", Location(at.file, at.line, field="listed_on"))) from None


PLUGIN = TableList()
