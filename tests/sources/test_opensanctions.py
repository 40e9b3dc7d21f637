"""Aggregated lists: only what an office names is read. Invented, not tested on a real file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from vetting_engine.errors import ListError
from vetting_engine.messages import describe
from vetting_engine.model.watchlist import Authority, Effect, EntryKind, EntryNameKind, ListSnapshot
from vetting_engine.sources.opensanctions import PLUGIN

HEADER = (
    "id,schema,name,aliases,birth_date,countries,addresses,identifiers,sanctions,phones,emails,program_ids,dataset,"
    "first_seen,last_seen,last_change"
)
ROWS = (
    ("Q1", "Person", "Odo; Okvale", "Udo Okval;Одо\nОквале", "1965;1966-05", "sy;ru", "1 Mill Lane", "P1;" + "9" * 120,
     "Invented", "", "", "INV", "Guild Register;River Council", "2024-01-02T00:00:00", "", ""),
    ("Q2", "Company", "Ashen Lantern", "", "", "", "", "", "", "", "", "", "River Council", "", "", ""),
    ("Q3", "Person", "Somebody Who Fled", "", "", "", "", "", "", "", "", "", "Domestic Freeze", "", "", ""),
)  # fmt: skip
ENTITY: dict[str, Any] = {
    "id": "NK-1", "caption": "Odo Okvale", "schema": "Person", "datasets": ["river_council", "guild"], "target": True,
    "referents": [], "first_seen": "2024-01-02T00:00:00", "last_seen": "", "last_change": "",
    "properties": {
        "name": ["Odo Okvale", "Odo T. Okvale"], "alias": ["Одо Оквале"], "weakAlias": ["Oki"],
        "previousName": ["Odo Velmar"], "birthDate": ["1965-02-01", "long ago"], "birthPlace": ["Klow"],
        "nationality": ["sy"], "country": ["ru"], "gender": ["male"], "fatherName": ["Halvard"],
        "passportNumber": ["P1"],
        "programId": ["INV"], "position": ["Clerk"], "ethnicity": ["not ours to know"], "firstName": ["Odo"],
    },
}  # fmt: skip


def under(*datasets: str) -> Authority:
    return Authority(issuer="OpenSanctions", legal_basis="Memo 8", datasets=datasets)


def table(tmp_path: Path) -> Path:
    file = tmp_path / "l.bin"
    quoted = "\n".join(
        ",".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in (HEADER.split(","), *ROWS)
    )
    file.write_text(quoted, encoding="utf-8")
    return file


def entities(tmp_path: Path, *values: Any) -> Path:
    file = tmp_path / "l.bin"
    file.write_text("\n".join(json.dumps(value, ensure_ascii=False) for value in values), encoding="utf-8")
    return file


def refused(file: Path, authority: Authority | None) -> list[str]:
    with pytest.raises(ListError) as caught:
        PLUGIN.read(file, authority)
    return [fault.code for fault in caught.value.faults]


def names_of(snapshot: ListSnapshot) -> list[tuple[str, EntryNameKind]]:
    return [(name.text, name.kind) for name in snapshot.entries[0].names]


def test_a_table_by_the_titles_of_its_datasets(tmp_path: Path) -> None:
    file = table(tmp_path)
    assert PLUGIN.recognises(file.read_bytes(), file)
    snapshot = PLUGIN.read(file, under("River Council"))
    who, body = snapshot.entries
    assert names_of(snapshot) == [
        ("Odo; Okvale", EntryNameKind.PRIMARY),
        ("Udo Okval", EntryNameKind.ALIAS),
        ("Одо Оквале", EntryNameKind.ORIGINAL_SCRIPT),
    ]
    assert [birth.verbatim for birth in who.birth_dates] == ["1965", "1966-05"]
    assert (who.countries, who.programme, who.dataset) == (("SY", "RU"), "INV, Invented", "River Council")
    assert [identifier.value for identifier in who.identifiers] == ["P1"]
    assert body.kind is EntryKind.ORGANISATION
    assert snapshot.report.partly_understood == {"dataset_not_named": 1, "document": 1}


def test_entities_by_the_names_of_their_datasets(tmp_path: Path) -> None:
    address = {"id": "a1", "schema": "Address", "datasets": ["guild"], "properties": {"full": ["1 Mill Lane"]}}
    file = entities(tmp_path, ENTITY, address)
    assert PLUGIN.recognises(file.read_bytes(), file)
    snapshot = PLUGIN.read(file, under("guild"))
    (who,) = snapshot.entries
    assert names_of(snapshot) == [
        ("Odo Okvale", EntryNameKind.PRIMARY),
        ("Odo T. Okvale", EntryNameKind.ALIAS),
        ("Одо Оквале", EntryNameKind.ORIGINAL_SCRIPT),
        ("Oki", EntryNameKind.WEAK_ALIAS),
        ("Odo Velmar", EntryNameKind.FORMER),
    ]
    assert (who.nationalities, who.countries, who.father_name) == (("SY",), ("RU",), "Halvard")
    assert (who.birthplaces, who.gender, who.dataset) == (("Klow",), "male", "guild")
    assert snapshot.report.partly_understood == {"birth_date": 1, "property.ethnicity": 1, "schema.Address": 1}


def test_without_a_named_dataset_nothing_is_read(tmp_path: Path) -> None:
    file = table(tmp_path)
    assert refused(file, None) == ["opensanctions.dataset_unnamed"]
    with pytest.raises(ListError) as caught:
        PLUGIN.read(file)
    assert "Domestic Freeze, Guild Register, River Council" in describe(caught.value.faults[0])
    assert PLUGIN.authority.effect is Effect.OFF


def test_a_dataset_that_is_not_there_is_an_error_and_no_silent_nothing(tmp_path: Path) -> None:
    assert refused(table(tmp_path), under("River Council", "Rivr Council")) == ["opensanctions.dataset_absent"]


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ((ENTITY, ENTITY), "list.duplicate_entry"),
        ((ENTITY, {"id": 1}), "opensanctions.not_an_entity"),
        ((ENTITY, {**ENTITY, "datasets": "guild"}), "opensanctions.not_an_entity"),
        ((ENTITY, [1]), "json.not_object"),
        (({**ENTITY, "properties": {"name": []}},), "list.entry_incomplete"),
        (({**ENTITY, "properties": {"name": [{"id": "nested"}]}},), "list.entry_incomplete"),
        (({**ENTITY, "schema": "Sanction"},), "list.no_entries"),
    ],
)
def test_what_cannot_be_trusted_is_refused(tmp_path: Path, values: tuple[Any, ...], expected: str) -> None:
    assert refused(entities(tmp_path, *values), under("guild")) == [expected]
