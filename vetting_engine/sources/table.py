"""A local list in a table or JSON lines: whatever an office keeps itself, with the columns named below.

Each row of such a list needs a reason, an owner, an expiry and a notice. A table somebody else publishes has a
mapping beside it that says who issues it and which column is what, and needs none of them.
"""

from __future__ import annotations

import json
from collections import Counter
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any

from vetting_engine.errors import Fault, ListError, Location
from vetting_engine.files.sniff import DELIMITERS
from vetting_engine.model.date_parsing import parse_date
from vetting_engine.model.dates import Calendar, PartialDate
from vetting_engine.model.watchlist import Authority, EntryNameKind, ListSnapshot, WatchlistEntry
from vetting_engine.sources._authority_defaults import ISSUED_IDS, UNDECLARED
from vetting_engine.sources._snapshot import Draft, complete, make_entry
from vetting_engine.sources._table_mapping import mapped_columns, read_mapping
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
        "reason": ("reason", "grounds"),
        "owner": ("owner",),
        "expiry": ("expiry", "expires", "expires_on"),
        "notice": ("notice", "notified"),
    }
)
_NAMES = (
    ("name", EntryNameKind.PRIMARY),
    ("aliases", EntryNameKind.ALIAS),
    ("weak_aliases", EntryNameKind.WEAK_ALIAS),
    ("former_names", EntryNameKind.FORMER),
    ("original_script", EntryNameKind.ORIGINAL_SCRIPT),
)
#: Without these a local list would be a blacklist nobody answers for: why, whose it is, until when, and how the
#: person is told (or why not yet).
_LOCAL = ("reason", "owner", "expiry", "notice")
_CALENDARS = MappingProxyType({calendar.value: calendar for calendar in Calendar})


class TableList:
    """Columns ``id`` and ``name``, and any of the others; several values in a cell are parted by ``;``."""

    name = "table"
    title = "Local list (CSV or JSON Lines)"
    authority = UNDECLARED

    def recognises(self, head: bytes, path: Path) -> bool:
        """Whether the first line names an id and a name, or a mapping beside the file says which columns they are."""
        columns = mapped_columns(path)
        line = head.decode("utf-8-sig", "replace").lstrip().split("\n", 1)[0].strip()
        header = _header(line)
        aggregated = {"schema", "dataset"} <= set(header)
        return not aggregated and {"id", "name"} <= columns_of(header, {**_COLUMNS, **columns}).keys()

    def list_id(self, path: Path) -> str:
        """The file's name, small and hyphenated; ``local-`` goes before the id of an issuer's list."""
        name = slug(path)
        return f"local-{name}" if name in ISSUED_IDS else name

    def read(self, path: Path, authority: Authority | None = None) -> ListSnapshot:
        """The snapshot; its id is the file's name.

        Raises:
            ListError: any row cannot be read, has no id or name, or (in a list without a mapping) no reason, owner,
                expiry or notice; every fault is named.
        """
        mapping = read_mapping(path, _COLUMNS)
        records = read_records(path, {**_COLUMNS, **(mapping.columns if mapping else {})})
        partly: Counter[str] = Counter(f"column.{name}" for name in records.unread)
        local = mapping is None
        absent = [name for name in _LOCAL if local and not any(name in record.values for record in records.records)]
        faults = [Fault("list.local_column_missing", Location(str(path), 1), {"column": name}) for name in absent]
        if faults and records.records:
            raise ListError(faults)
        faults = []
        entries: list[WatchlistEntry] = []
        for record in records.records:
            at = Location(str(path), record.line)
            try:
                entries.append(make_entry(_fields(record, at, partly, local=local), at))
            except ListError as error:
                faults += error.faults
        own = mapping.authority if mapping else self.authority
        draft = Draft(
            self.list_id(path),
            mapping.title if mapping else path.stem,
            self.name,
            authority or own,
            mapping.published if mapping else None,
        )
        files = [records.file, *([mapping.file] if mapping else [])]
        return complete(draft, entries, files, partly, faults)


def _header(line: str) -> list[str]:
    if line.startswith("{"):
        try:
            return list(json.loads(line))
        except ValueError:
            return []
    return [name.strip(' "') for name in max((line.split(sign) for sign in DELIMITERS), key=len)]


def _fields(record: Record, at: Location, partly: Counter[str], *, local: bool) -> dict[str, Any]:
    values = record.values
    names = [{"text": text, "kind": kind} for column, kind in _NAMES for text in texts(values.get(column))]
    entry_id = " ".join(texts(values.get("id"), ""))
    kind = KINDS.get(" ".join(texts(values.get("kind"), "")).lower())
    missing = [name for name, found in (("id", entry_id), ("name", names), ("kind", kind)) if not found]
    missing += [name for name in _LOCAL if local and not texts(values.get(name), "")]
    faults = [Fault("list.entry_incomplete", at, {"missing": name}) for name in missing]
    days = {column: _day(values, column, at, faults) for column in ("listed_on", "expiry")}
    if faults:
        raise ListError(faults)
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
        "listed_on": days["listed_on"],
        "notes": (*texts(values.get("notes"), ""), *_labelled(values)),
        "expires_on": days["expiry"],
    }


def _births(values: Any) -> tuple[PartialDate, ...]:  # noqa: ANN401  # a record's values
    calendar = _CALENDARS.get(" ".join(texts(values.get("birth_calendar"), "")).lower())
    return tuple(parse_date(text, calendar) for text in texts(values.get("birth_date")))


def _labelled(values: Any) -> list[str]:  # noqa: ANN401  # a record's values
    return [
        f"{name.capitalize()}: {text}" for name in ("reason", "owner", "notice") for text in texts(values.get(name), "")
    ]


def _day(values: Any, column: str, at: Location, faults: list[Fault]) -> date | None:  # noqa: ANN401  # a record's values
    text = " ".join(texts(values.get(column), ""))
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        faults.append(Fault("list.not_a_date", Location(at.file, at.line, field=column)))
        return None


PLUGIN = TableList()
