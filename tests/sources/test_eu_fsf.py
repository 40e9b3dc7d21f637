"""The EU's list, invented in the shape its schema admits; not tested on a real file."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from sources.eu_xml import BODY, birth, document, person

from vetting_engine.errors import ListError
from vetting_engine.model.dates import Calendar, Precision
from vetting_engine.model.watchlist import EntryKind, EntryNameKind, ListSnapshot
from vetting_engine.sources.eu_fsf import PLUGIN

BIRTHS = (
    birth(birthdate="1965-02-01", city="Klow", dayOfMonth="1", monthOfYear="2", year="1965"),
    birth(circa="true", year="1966", dayOfMonth="0", monthOfYear="0"),
    birth(yearRangeFrom="1961", yearRangeTo="1963"),
    birth(year="1967", monthOfYear="5"),
    birth("ISLAMIC", year="1385"),
    birth("COPTIC", year="1682"),
    birth(city="Zileh"),
)


def read(tmp_path: Path, *entities: str) -> ListSnapshot:
    file = tmp_path / "l.bin"
    file.write_text(document(*entities), encoding="utf-8")
    assert PLUGIN.recognises(file.read_bytes(), file)
    return PLUGIN.read(file)


def test_every_attribute(tmp_path: Path) -> None:
    snapshot = read(tmp_path, person(*BIRTHS), BODY)
    who, body = snapshot.entries
    assert [(name.text, name.kind) for name in who.names] == [
        ("Odo Tamsin Okvale", EntryNameKind.PRIMARY),
        ("Udo Okval", EntryNameKind.ALIAS),
        ("Одо Оквале", EntryNameKind.ORIGINAL_SCRIPT),
        ("Oki", EntryNameKind.WEAK_ALIAS),
    ]
    assert (who.id, who.kind, who.gender, who.father_name) == ("EU.1.2", EntryKind.PERSON, "male", "Halvard Okvale")
    assert (who.nationalities, who.countries, who.programme) == (("SYLDAVIA",), ("SYLDAVIA",), "INV")
    assert [(item.kind, item.value, item.country) for item in who.identifiers] == [
        ("National passport", "P1", "SYLDAVIA"),
        ("National identification card", "N2", None),
    ]
    assert (who.listed_on, body.listed_on) == (date(2020, 1, 1), date(2021, 1, 2))
    assert {
        "UN reference: XXi.001", "Title: Dr", "Function: Clerk", "EMAIL: odo@okvale.example",
        "National passport: knownFalse issuedBy Klow", "Address: 1 Mill Lane, Klow, SYLDAVIA",
    } <= set(who.notes)  # fmt: skip
    assert (body.id, body.kind) == ("13", EntryKind.ORGANISATION)
    assert (snapshot.published, snapshot.list_id) == (date(2026, 1, 31), "eu-fsf")


def test_birth_dates_in_their_calendar_and_precision(tmp_path: Path) -> None:
    snapshot = read(tmp_path, person(*BIRTHS))
    (who,) = snapshot.entries
    assert [(born.verbatim, born.precision, born.calendar) for born in who.birth_dates] == [
        ("1965-02-01", Precision.DAY, Calendar.GREGORIAN),
        ("circa 1966", Precision.APPROXIMATE, Calendar.GREGORIAN),
        ("1961 to 1963", Precision.RANGE, Calendar.GREGORIAN),
        ("1967-05", Precision.MONTH, Calendar.GREGORIAN),
        ("1385", Precision.YEAR, Calendar.ISLAMIC),
        ("1682 (COPTIC)", Precision.UNKNOWN, Calendar.UNDECLARED),
    ]
    assert who.birthplaces == ("Klow, SYLDAVIA", "SYLDAVIA", "Zileh, SYLDAVIA")
    assert snapshot.report.partly_understood == {"birth_date": 1}


def test_a_list_of_nobody_is_refused_also_with_a_prefix(tmp_path: Path) -> None:
    file = tmp_path / "l.xml"
    file.write_text(document(prefix="fsd"), encoding="utf-8")
    assert PLUGIN.recognises(file.read_bytes(), file)
    with pytest.raises(ListError, match=r"list\.no_entries"):
        PLUGIN.read(file)


@pytest.mark.parametrize(
    ("entities", "expected"),
    [
        ((BODY, BODY), "list.duplicate_entry"),
        ((BODY.replace("Ashen Lantern", ""),), "list.entry_incomplete"),
        ((BODY.replace('logicalId="13"', ""),), "list.entry_incomplete"),
        ((BODY + "<torn",), "xml.malformed"),
    ],
)
def test_what_cannot_be_trusted_is_refused(tmp_path: Path, entities: tuple[str, ...], expected: str) -> None:
    with pytest.raises(ListError) as caught:
        read(tmp_path, *entities)
    assert caught.value.faults[0].code == expected


@pytest.mark.data
def test_the_schema_admits_what_is_invented_here(tmp_path: Path, vetting_data: Path) -> None:
    xmlschema = pytest.importorskip("xmlschema")
    file = tmp_path / "l.xml"
    file.write_text(document(person(*BIRTHS), BODY), encoding="utf-8")
    xmlschema.XMLSchema(str(vetting_data / "lists" / "schemas" / "fsf_schema_1_1.xsd")).validate(str(file))
