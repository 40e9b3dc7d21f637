"""All rows of one listed person, body or ship to one entry."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from vetting_engine.errors import Fault, Location
from vetting_engine.model.candidate import Identifier
from vetting_engine.model.dates import PartialDate
from vetting_engine.model.watchlist import EntryKind, EntryNameKind
from vetting_engine.sources._fields import (
    MAX_IDENTIFIER,
    british_date,
    day,
    distinct,
    enumerated,
    father,
    is_foreign,
    names_of,
    tidy,
)
from vetting_engine.sources._uk_rows import UkRow, UkTable

__all__ = ["items"]

_GIVEN = ("name_1", "name_2", "name_3", "name_4", "name_5")
_ADDRESS = ("address_1", "address_2", "address_3", "address_4", "address_5", "address_6", "post_code", "country")
_KINDS = MappingProxyType({"individual": EntryKind.PERSON, "entity": EntryKind.ORGANISATION, "ship": EntryKind.OTHER})
_NAME_KINDS = MappingProxyType(
    {
        "primary name": EntryNameKind.PRIMARY,
        "primary name variation": EntryNameKind.ALIAS,
        "aka": EntryNameKind.ALIAS,
        "alias": EntryNameKind.ALIAS,
        "fka": EntryNameKind.FORMER,
    }
)
#: Column of numbers, column of what is said about them, and what kind of document it is.
_DOCUMENTS = (
    ("passport", "passport_details", "passport"),
    ("national_id", "national_id_details", "national identification number"),
)
#: Columns whose text is kept as a note, with the label it has there.
_NOTES = (
    ("title", "Title"),
    ("position", "Position"),
    ("other", "Other information"),
    ("reasons", "UK statement of reasons"),
    ("passport_details", "Passport"),
    ("national_id_details", "National identification"),
)
_GENDER = re.compile(r"\(?[Gg]ender\)?\s*:\s*([Ff]emale|[Mm]ale)")
#: Several spellings in one cell of the column for other scripts.
_SPELLINGS = re.compile("[;؛،\n]")
#: One birth date to a line or part, where a cell holds several.
_BIRTHS = re.compile("[;|\n]")


def items(table: UkTable, partly: Counter[str], faults: list[Fault]) -> Iterator[tuple[Location, dict[str, Any]]]:
    """The fields of each entry, its rows grouped by id in order of first mention, and where it begins.

    A row without an id, or rows of one id that disagree on what is listed, are added to ``faults``.
    """
    file = str(table.file.path)
    groups: dict[str, list[UkRow]] = {}
    for row in table.rows:
        entry_id = tidy(row.cells["id"])
        if entry_id:
            groups.setdefault(entry_id, []).append(row)
        else:
            faults.append(Fault("list.entry_incomplete", Location(file, row.line), {"missing": "id"}))
    for entry_id, rows in groups.items():
        at = Location(file, rows[0].line)
        kinds = {tidy(row.cells["kind"]).lower() for row in rows}
        if len(kinds) > 1 or not kinds <= _KINDS.keys():
            params: dict[str, str | int] = {"entry": entry_id, "said": ", ".join(sorted(kinds))}
            faults.append(Fault("uk.kind", at, params))
            continue
        yield at, _fields(entry_id, _KINDS[kinds.pop()], rows, partly)


def _fields(entry_id: str, kind: EntryKind, rows: Sequence[UkRow], partly: Counter[str]) -> dict[str, Any]:
    births = [birth for text in _texts(rows, "birth_date") for birth in _births(text)]
    partly["birth_date"] += sum(not birth.readings for birth in births)
    remarks = [*_texts(rows, "other"), *_texts(rows, "reasons")]
    genders = [*_texts(rows, "gender"), *(match[1] for text in remarks if (match := _GENDER.search(text)))]
    identifiers, leftover = _documents(rows, partly)
    notes = [f"{label}: {text}" for column, label in _NOTES for text in _texts(rows, column)]
    notes += [f"{name}: {text}" for row in rows for name, text in row.rest.items()]
    listed = [listed_on for text in _texts(rows, "listed_on") if (listed_on := day(text))]
    return {
        "id": entry_id,
        "kind": kind,
        "names": _names(rows, partly, person=kind is EntryKind.PERSON),
        "birth_dates": distinct(births),
        "birthplaces": distinct(place for row in rows for place in _places(row.cells)),
        "father_name": father(*remarks),
        "gender": next(iter(genders), None),
        "nationalities": distinct(part for text in _texts(rows, "nationality") for part in enumerated(text)),
        "countries": distinct(part for text in _texts(rows, "country") for part in enumerated(text)),
        "identifiers": identifiers,
        "programme": ", ".join(distinct(_texts(rows, "regime"))) or None,
        "listed_on": min(listed, default=None),
        "notes": distinct([*notes, *leftover, *(_address(row.cells) for row in rows)]),
    }


def _names(rows: Sequence[UkRow], partly: Counter[str], *, person: bool) -> list[dict[str, Any]]:
    names: list[tuple[str, EntryNameKind]] = []
    for row in rows:
        kind = _NAME_KINDS.get(tidy(row.cells["name_type"]).lower())
        partly["name_type"] += kind is None
        weak = tidy(row.cells.get("quality", "")).lower().startswith("low")
        parts = [row.cells.get(part, "") for part in (*_GIVEN, "name_6")]
        names.append((" ".join(parts), EntryNameKind.WEAK_ALIAS if weak else kind or EntryNameKind.ALIAS))
    # Stable: the primary name first, then as the list gives them.
    names.sort(key=lambda name: name[1] is not EntryNameKind.PRIMARY)
    for text in _texts(rows, "original_script"):
        names.extend(
            (spelling, EntryNameKind.ORIGINAL_SCRIPT if is_foreign(spelling) else EntryNameKind.ALIAS)
            for spelling in (_SPELLINGS.split(text) if person else [text])
        )
    return names_of(names) if any(tidy(text) for text, _ in names[: len(rows)]) else []


def _births(text: str) -> list[PartialDate]:
    return [british_date(part) for piece in _BIRTHS.split(text) for part in enumerated(piece)]


def _places(cells: Mapping[str, str]) -> list[str]:
    """Towns with their countries: as many of each, or one country for all; otherwise each for itself."""
    towns, countries = enumerated(cells.get("town", "")), enumerated(cells.get("birth_country", ""))
    if towns and len(set(countries)) == 1:
        return [f"{town}, {countries[0]}" for town in towns]
    if len(towns) == len(countries):
        return [f"{town}, {country}" for town, country in zip(towns, countries, strict=True)]
    return [*towns, *countries]


def _documents(rows: Sequence[UkRow], partly: Counter[str]) -> tuple[tuple[Identifier, ...], list[str]]:
    found: list[Identifier] = []
    leftover: list[str] = []
    for column, _, kind in _DOCUMENTS:
        for number in distinct(part for text in _texts(rows, column) for part in enumerated(text)):
            if len(number) <= MAX_IDENTIFIER:
                found.append(Identifier(kind=kind, value=number))
            else:
                partly["document"] += 1
                leftover.append(f"{kind}: {number}")
    return tuple(found), leftover


def _address(cells: Mapping[str, str]) -> str:
    said = ", ".join(part for column in _ADDRESS if (part := tidy(cells.get(column, ""))))
    return f"Address: {said}" if said else ""


def _texts(rows: Sequence[UkRow], column: str) -> tuple[str, ...]:
    """What the rows say in a column, each text once; line breaks stay where they part values."""
    cells = dict.fromkeys(row.cells.get(column, "") for row in rows)
    return distinct("\n".join(line for part in cell.splitlines() if (line := tidy(part))) for cell in cells)
