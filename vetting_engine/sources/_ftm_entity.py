"""Entities of FollowTheMoney, the model OpenSanctions publishes in, and rows of its simple table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from vetting_engine.model.candidate import Identifier
from vetting_engine.model.watchlist import DATASET_SIGN, EntryKind, EntryNameKind
from vetting_engine.sources._fields import MAX_IDENTIFIER, day, distinct, gregorian, names_of, tidy

__all__ = ["KINDS", "fields", "record", "simple"]

#: Schemata one can be, and what each is to us.
KINDS = MappingProxyType(
    {
        "Person": EntryKind.PERSON,
        "Organization": EntryKind.ORGANISATION,
        "Company": EntryKind.ORGANISATION,
        "PublicBody": EntryKind.ORGANISATION,
        "LegalEntity": EntryKind.ORGANISATION,
        "Vessel": EntryKind.OTHER,
        "Airplane": EntryKind.OTHER,
        "CryptoWallet": EntryKind.OTHER,
        "Security": EntryKind.OTHER,
    }
)
_NAMES = (
    ("name", EntryNameKind.PRIMARY),
    ("alias", EntryNameKind.ALIAS),
    ("weakAlias", EntryNameKind.WEAK_ALIAS),
    ("abbreviation", EntryNameKind.WEAK_ALIAS),
    ("previousName", EntryNameKind.FORMER),
)
_IDENTIFIERS = (
    "passportNumber", "idNumber", "taxNumber", "innCode", "socialSecurityNumber", "registrationNumber", "ogrnCode",
    "imoNumber", "mmsi", "leiCode", "swiftBic", "isin", "uniqueEntityId", "permId",
)  # fmt: skip
_NATIONALITIES = ("nationality", "citizenship")
_COUNTRIES = ("country", "jurisdiction", "mainCountry", "flag")
_LABELS = (
    ("title", "Title"),
    ("position", "Position"),
    ("address", "Address"),
    ("notes", "Notes"),
    ("sourceUrl", "Source"),
    ("topics", "Topics"),
)
#: Properties read here.
_READ = frozenset(
    {
        *(name for name, _ in _NAMES), *_IDENTIFIERS, *_NATIONALITIES, *_COUNTRIES, *(name for name, _ in _LABELS),
        "birthDate", "birthPlace", "birthCountry", "fatherName", "gender", "program", "programId", "sanctions",
        "firstName", "lastName", "middleName", "secondName", "motherName",
    }
)  # fmt: skip
#: Columns of the simple table that are lists joined by semicolons, and the properties they hold.
_COLUMNS = MappingProxyType(
    {
        "name": "name",
        "aliases": "alias",
        "birth_date": "birthDate",
        "countries": "country",
        "addresses": "address",
        "identifiers": "idNumber",
        "sanctions": "sanctions",
        "program_ids": "programId",
    }
)


def record(value: Mapping[str, Any]) -> dict[str, Any] | None:
    """An entity of JSON Lines as a record; None where it has not the shape of one."""
    properties, datasets = value.get("properties"), value.get("datasets")
    whole = isinstance(properties, dict) and isinstance(datasets, list)
    if not whole or not isinstance(value.get("id"), str) or not isinstance(value.get("schema"), str):
        return None
    assert isinstance(properties, dict)
    assert isinstance(datasets, list)
    return {
        "id": value["id"],
        "schema": value["schema"],
        "datasets": tuple(tidy(str(name)) for name in datasets),
        "first_seen": str(value.get("first_seen") or ""),
        "properties": {name: _texts(said) for name, said in properties.items()},
    }


def simple(row: Mapping[str, str]) -> dict[str, Any]:
    """A row of the simple table as a record: lists are joined by semicolons, a cell may hold line breaks."""
    properties = {ours: _parted(row.get(column, "")) for column, ours in _COLUMNS.items()}
    # A name is one name, whatever stands in it.
    properties["name"] = [said] if (said := tidy(row.get("name"))) else []
    return {
        "id": tidy(row.get("id")),
        "schema": tidy(row.get("schema")),
        "datasets": tuple(_parted(row.get("dataset", ""))),
        "first_seen": tidy(row.get("first_seen")),
        "properties": properties,
    }


def fields(entity: Mapping[str, Any], admitted: Sequence[str], partly: Counter[str]) -> dict[str, Any]:
    """The fields of an entry; properties nobody reads are kept in the notes, and counted."""
    said: Mapping[str, list[str]] = entity["properties"]
    births = [gregorian(text) for text in said.get("birthDate", ())]
    partly["birth_date"] += sum(not birth.readings for birth in births)
    numbers = [(name, text) for name in _IDENTIFIERS for text in said.get(name, ())]
    partly["document"] += sum(len(text) > MAX_IDENTIFIER for _, text in numbers)
    others = sorted(name for name in said if name not in _READ)
    partly.update(f"property.{name}" for name in others)
    notes = [f"{label}: {text}" for name, label in _LABELS for text in said.get(name, ())]
    notes += [f"{name}: {text}" for name in others for text in said[name]]
    notes += [f"{name}: {text}" for name, text in numbers if len(text) > MAX_IDENTIFIER]
    programmes = [text for name in ("programId", "program", "sanctions") for text in said.get(name, ())]
    return {
        "id": entity["id"],
        "kind": KINDS[entity["schema"]],
        "names": names_of((text, kind) for name, kind in _NAMES for text in said.get(name, ())),
        "birth_dates": distinct(births),
        "birthplaces": distinct([*said.get("birthPlace", ()), *said.get("birthCountry", ())]),
        "father_name": next(iter(said.get("fatherName", ())), None),
        "gender": next(iter(said.get("gender", ())), None),
        "nationalities": _upper(said, _NATIONALITIES),
        "countries": _upper(said, _COUNTRIES),
        "identifiers": distinct(
            Identifier(kind=name, value=text) for name, text in numbers if len(text) <= MAX_IDENTIFIER
        ),
        "programme": ", ".join(distinct(programmes)) or None,
        # The day the aggregator first saw it; the issuer's own date is not in these files.
        "notes": distinct([*notes, f"First seen: {day(entity['first_seen'])}" if day(entity["first_seen"]) else ""]),
        "dataset": DATASET_SIGN.join(admitted),
    }


def _upper(said: Mapping[str, list[str]], names: Iterable[str]) -> tuple[str, ...]:
    """Country codes as everybody else writes them."""
    return distinct(text.upper() if len(text) == 2 else text for name in names for text in said.get(name, ()))  # noqa: PLR2004  # ISO 3166-1 alpha-2


def _texts(value: Any) -> list[str]:  # noqa: ANN401  # any JSON value; nested entities have no text
    listed = value if isinstance(value, list) else [value]
    return [text for item in listed if isinstance(item, str | int) and (text := tidy(str(item)))]


def _parted(cell: str | None) -> list[str]:
    return [text for part in (cell or "").split(";") if (text := tidy(part))]
