"""OFAC's advanced XML, invented in the shape its schema admits; not tested on a real file."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from sources.ofac_advanced_xml import PERSON, SHIP, TREASURY, UN, document

from vetting_engine.errors import ListError
from vetting_engine.model.candidate import Identifier
from vetting_engine.model.dates import Precision
from vetting_engine.model.watchlist import EntryKind, EntryNameKind, ListSnapshot
from vetting_engine.sources.ofac_advanced import PLUGIN


def read(tmp_path: Path, text: str) -> ListSnapshot:
    file = tmp_path / "l.bin"
    file.write_text(text, encoding="utf-8")
    assert PLUGIN.recognises(file.read_bytes()[:65536], file)
    return PLUGIN.read(file)


@pytest.mark.parametrize("namespace", [UN, TREASURY])
def test_parts_scripts_and_references(tmp_path: Path, namespace: str) -> None:
    snapshot = read(tmp_path, document(PERSON, SHIP, namespace=namespace))
    who, ship = snapshot.entries
    assert [(name.text, name.kind) for name in who.names] == [
        ("Odo Tamsin OKVALE", EntryNameKind.PRIMARY),
        ("Udo OKVAL", EntryNameKind.ALIAS),
        ("أودو أوكفالي", EntryNameKind.ORIGINAL_SCRIPT),
        ("OKI", EntryNameKind.WEAK_ALIAS),
        ("VELMAR", EntryNameKind.FORMER),
    ]
    assert (who.id, who.kind, who.gender) == ("7", EntryKind.PERSON, "Male")
    assert (who.birthplaces, who.nationalities, who.countries) == (("Klow, Syldavia",), ("Ruritania",), ("Syldavia",))
    assert (who.programme, who.listed_on) == ("INV, INV-2", date(2019, 3, 28))
    assert who.identifiers == (
        Identifier(kind="Passport", value="P1", country="Syldavia"),
        Identifier(kind="National ID", value="N2"),
    )
    assert who.notes == (
        "List: SDN List", "List: Consolidated List", "National ID No.: expired", "Address: Klow, Syldavia",
        "Title: Clerk",
    )  # fmt: skip
    assert (ship.kind, ship.names[0].text) == (EntryKind.OTHER, "GREY GULL")
    assert (snapshot.list_id, snapshot.published) == ("ofac-sdn", date(2026, 1, 31))


def test_birth_dates_by_the_days_between_which_they_lie(tmp_path: Path) -> None:
    snapshot = read(tmp_path, document(PERSON))
    assert [(birth.verbatim, birth.precision) for birth in snapshot.entries[0].birth_dates] == [
        ("1965-02-01", Precision.DAY),
        ("1966", Precision.YEAR),
        ("circa 1966", Precision.APPROXIMATE),
        ("1961-01-01 to 1963-12-31", Precision.RANGE),
        ("1967-05", Precision.MONTH),
        ("1385-1-1", Precision.UNKNOWN),
    ]
    assert snapshot.report.partly_understood == {"birth_date": 1}


def test_a_party_nobody_listed_is_kept(tmp_path: Path) -> None:
    (ship,) = read(tmp_path, document(SHIP, listings="")).entries
    assert (ship.programme, ship.listed_on, ship.notes) == (None, None, ())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (document(), ["list.no_entries"]),
        (document(SHIP, SHIP), ["list.duplicate_entry"]),
        (document(SHIP, more='DeltaBaseVersion="3"'), ["ofac.delta"]),
        (document(SHIP.replace('PartySubTypeID="1"', 'PartySubTypeID="99"')), ["ofac.reference"]),
        (document(PERSON.replace('LocationID="1"', 'LocationID="99"')), ["ofac.reference"]),
        (document(SHIP.replace("GREY GULL", "")), ["list.entry_incomplete"]),
        (document(SHIP)[:-20], ["xml.malformed"]),
    ],
)
def test_what_cannot_be_trusted_is_refused(tmp_path: Path, text: str, expected: list[str]) -> None:
    with pytest.raises(ListError) as caught:
        read(tmp_path, text)
    assert [fault.code for fault in caught.value.faults] == expected


@pytest.mark.data
def test_the_schema_admits_what_is_invented_here(tmp_path: Path, vetting_data: Path) -> None:
    xmlschema = pytest.importorskip("xmlschema")
    file = tmp_path / "l.xml"
    file.write_text(document(PERSON, SHIP), encoding="utf-8")
    xmlschema.XMLSchema(str(vetting_data / "lists" / "schemas" / "sdn_advanced.xsd")).validate(str(file))
