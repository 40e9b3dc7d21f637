"""SDN.XML, invented and real."""

# ruff: noqa: E501  # an element of XML is read best on one line

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from vetting_engine.errors import ListError
from vetting_engine.model.candidate import Identifier
from vetting_engine.model.dates import Precision
from vetting_engine.model.watchlist import EntryKind, EntryNameKind
from vetting_engine.sources.ofac_sdn_xml import PLUGIN

TEMPURI = "http://tempuri.org/sdnList.xsd"
TREASURY = "https://sanctionslistservice.ofac.treas.gov/api/PublicationPreview/exports/XML"
PERSON = """<sdnEntry><uid>7</uid><firstName>Odo Tamsin</firstName><lastName>OKVALE</lastName><title>Clerk</title>
<sdnType>Individual</sdnType><remarks>(Linked To: ASHEN LANTERN)</remarks>
<programList><program>INV</program><program>INV-2</program></programList>
<idList><id><uid>1</uid><idType>Passport</idType><idNumber>P1</idNumber><idCountry>Syldavia</idCountry></id>
<id><uid>2</uid><idType>Gender</idType><idNumber>Male</idNumber></id>
<id><uid>3</uid><idType>Website</idType><idNumber>okvale.example</idNumber></id></idList>
<akaList><aka><uid>4</uid><type>a.k.a.</type><category>strong</category><lastName>OKVAL</lastName><firstName>Udo</firstName></aka>
<aka><uid>5</uid><type>a.k.a.</type><category>weak</category><lastName>OKI</lastName></aka>
<aka><uid>6</uid><type>f.k.a.</type><category>strong</category><lastName>VELMAR</lastName></aka></akaList>
<addressList><address><uid>8</uid><address1>1 Mill Lane</address1><city>Klow</city><country>Syldavia</country></address></addressList>
<nationalityList><nationality><uid>9</uid><country>Ruritania</country><mainEntry>true</mainEntry></nationality></nationalityList>
<citizenshipList><citizenship><uid>10</uid><country>Syldavia</country><mainEntry>true</mainEntry></citizenship></citizenshipList>
<dateOfBirthList><dateOfBirthItem><uid>11</uid><dateOfBirth>circa 1966</dateOfBirth><mainEntry>true</mainEntry></dateOfBirthItem>
<dateOfBirthItem><uid>12</uid><dateOfBirth>1961 to 1963</dateOfBirth><mainEntry>false</mainEntry></dateOfBirthItem></dateOfBirthList>
<placeOfBirthList><placeOfBirthItem><uid>13</uid><placeOfBirth>Klow, Syldavia</placeOfBirth><mainEntry>true</mainEntry></placeOfBirthItem></placeOfBirthList>
</sdnEntry>"""
SHIP = """<sdnEntry><uid>8</uid><lastName>GREY GULL</lastName><sdnType>Vessel</sdnType><programList><program>INV</program></programList>
<vesselInfo><callSign>GG1</callSign><tonnage>10</tonnage></vesselInfo></sdnEntry>"""


def write(tmp_path: Path, *entries: str, namespace: str = TREASURY, count: int | None = None) -> Path:
    file = tmp_path / "l.bin"
    file.write_text(
        f'<?xml version="1.0" standalone="yes"?>\n<sdnList xmlns="{namespace}"><publshInformation>'
        f"<Publish_Date>03/28/2025</Publish_Date><Record_Count>{len(entries) if count is None else count}</Record_Count>"
        f"</publshInformation>{''.join(entries)}</sdnList>",
        encoding="utf-8",
    )
    return file


@pytest.mark.parametrize("namespace", [TEMPURI, TREASURY, "http://tempuri.org/consolidated.xsd"])
def test_every_field_in_every_namespace(tmp_path: Path, namespace: str) -> None:
    file = write(tmp_path, PERSON, SHIP, namespace=namespace)
    assert PLUGIN.recognises(file.read_bytes(), file)
    snapshot = PLUGIN.read(file)
    who, ship = snapshot.entries
    assert [(name.text, name.kind) for name in who.names] == [
        ("Odo Tamsin OKVALE", EntryNameKind.PRIMARY),
        ("Udo OKVAL", EntryNameKind.ALIAS),
        ("OKI", EntryNameKind.WEAK_ALIAS),
        ("VELMAR", EntryNameKind.FORMER),
    ]
    assert [birth.precision for birth in who.birth_dates] == [Precision.APPROXIMATE, Precision.RANGE]
    assert (who.birthplaces, who.nationalities) == (("Klow, Syldavia",), ("Ruritania", "Syldavia"))
    assert (who.countries, who.gender, who.programme) == (("Syldavia",), "Male", "INV, INV-2")
    assert who.identifiers == (Identifier(kind="Passport", value="P1", country="Syldavia"),)
    assert who.notes == (
        "Title: Clerk", "(Linked To: ASHEN LANTERN)", "Website okvale.example", "Address: 1 Mill Lane, Klow, Syldavia",
    )  # fmt: skip
    assert (ship.kind, ship.notes) == (EntryKind.OTHER, ("callSign: GG1", "tonnage: 10"))
    assert (snapshot.published, snapshot.report.partly_understood) == (date(2025, 3, 28), {})
    assert snapshot.list_id == ("ofac-consolidated" if "consolidated" in namespace else "ofac-sdn")


def test_what_nobody_knows_is_kept_and_counted(tmp_path: Path) -> None:
    odd = PERSON.replace("<sdnType>Individual", "<shoeSize>44</shoeSize><sdnType>Ghost")
    odd = odd.replace("circa 1966", "long ago").replace("<category>weak", "<category>odd")
    snapshot = PLUGIN.read(write(tmp_path, odd))
    assert snapshot.report.partly_understood == {
        "alias_quality": 1, "birth_date": 1, "element.shoeSize": 1, "kind": 1,
    }  # fmt: skip
    assert snapshot.entries[0].birth_dates[0].verbatim == "long ago"


@pytest.mark.parametrize(
    ("entries", "count", "expected"),
    [
        ((), 0, "list.no_entries"),
        ((PERSON,), 2, "ofac.count_differs"),
        ((PERSON, PERSON), 2, "list.duplicate_entry"),
        ((PERSON.replace("<uid>7</uid>", ""),), 1, "list.entry_incomplete"),
        ((SHIP.replace("GREY GULL", " "),), 1, "list.entry_incomplete"),
    ],
)
def test_what_cannot_be_trusted_is_refused(tmp_path: Path, entries: tuple[str, ...], count: int, expected: str) -> None:
    with pytest.raises(ListError) as caught:
        PLUGIN.read(write(tmp_path, *entries, count=count))
    assert [fault.code for fault in caught.value.faults] == [expected]


@pytest.mark.data
def test_the_schema_admits_what_is_invented_here(tmp_path: Path, vetting_data: Path) -> None:
    xmlschema = pytest.importorskip("xmlschema")
    schema = xmlschema.XMLSchema(str(vetting_data / "lists" / "schemas" / "sdn_xml_schema.xsd"))
    schema.validate(str(write(tmp_path, PERSON, SHIP, namespace="http://tempuri.org/consolidated.xsd")))


@pytest.mark.data
def test_the_real_list(vetting_data: Path) -> None:
    snapshot = PLUGIN.read(vetting_data / "lists" / "ofac_cons_sdn_schema_2025-03-28.xml")
    assert (snapshot.list_id, snapshot.report.entries, snapshot.report.names) == ("ofac-consolidated", 443, 1_578)
    assert sum(entry.kind is EntryKind.PERSON for entry in snapshot.entries) == 80
    assert sum(len(entry.birth_dates) for entry in snapshot.entries) == 75
    assert snapshot.report.partly_understood == {}
