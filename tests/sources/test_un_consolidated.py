"""The UN Consolidated List, invented and real."""

from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sources.un_xml import alias, birth, body, document, person

from vetting_engine import canonical
from vetting_engine.errors import ListError
from vetting_engine.model.candidate import Identifier
from vetting_engine.model.dates import Calendar, Precision
from vetting_engine.model.watchlist import Effect, EntryKind, EntryNameKind, ListSnapshot, WatchlistEntry
from vetting_engine.sources.un_consolidated import PLUGIN

ALIAS, WEAK = EntryNameKind.ALIAS, EntryNameKind.WEAK_ALIAS
FORMER, SCRIPT = EntryNameKind.FORMER, EntryNameKind.ORIGINAL_SCRIPT
PRIMARY = EntryNameKind.PRIMARY


@pytest.fixture
def read(tmp_path: Path) -> Any:
    def read(text: str) -> ListSnapshot:
        file = tmp_path / "list.xml"
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
        return PLUGIN.read(file)

    return read


def names_of(entry: WatchlistEntry) -> list[tuple[str, EntryNameKind]]:
    return [(name.text, name.kind) for name in entry.names]


def test_every_field_of_a_person(read: Any) -> None:
    snapshot = read(document(person(births=[birth(DATE="1978-04-28")])))
    (entry,) = snapshot.entries
    assert (entry.id, entry.kind, entry.programme) == ("XXi.001", EntryKind.PERSON, "Invented")
    assert names_of(entry) == [("VELMAR ODO TAMSIN OKVALE", PRIMARY), ("أودو تامسين", SCRIPT)]
    assert (entry.gender, entry.father_name) == ("Male", "Halvard Okvale")
    assert entry.nationalities == ("Ruritania",)
    assert entry.countries == ("Syldavia",)
    assert entry.birthplaces == ("Mill Lane, Klow, Upper Province, Syldavia",)
    assert entry.listed_on == date(2014, 1, 1)
    assert entry.identifiers == (Identifier(kind="Passport", value="P 123", country="Syldavia"),)
    assert entry.notes == (
        "Dr.",
        "Keeper of seals",
        "Clerk",
        "Father’s name is Halvard Okvale. Deceased.",
        "Passport: expired",
        "National Identification Number: told by a neighbour",
        "(now Lower Province)",
        "as of early 2016",
    )
    assert snapshot.report.partly_understood == {"document": 1}


def test_the_snapshot(read: Any, tmp_path: Path) -> None:
    text = document(person(), bodies=[body("ASHEN LANTERN")])
    snapshot = read(text)
    assert (snapshot.list_id, snapshot.format) == ("un-consolidated", "un_consolidated")
    assert snapshot.published == date(2026, 2, 27)
    assert snapshot.digest == canonical.digest(text.encode())
    assert (snapshot.authority.effect, snapshot.authority.approving_office) == (Effect.BINDING, "United Nations")
    assert (snapshot.report.entries, snapshot.report.names) == (2, 3)
    assert [(file.name, file.path) for file in snapshot.files] == [("list.xml", str(tmp_path / "list.xml"))]


@pytest.mark.parametrize(
    ("element", "expected"),
    [
        (alias("Odo Velm"), [("Odo Velm", ALIAS)]),
        (alias("Joe", "Low"), [("Joe", WEAK)]),
        (alias("", ""), []),
        (alias("“The Lamp”", "Low"), [("The Lamp", WEAK)]),
        (alias("  Odo \n Velm  "), [("Odo Velm", ALIAS)]),
        (alias("Velm, Dr. Odo"), [("Dr. Odo Velm", ALIAS)]),
        (alias("Odo Santos, III (third)"), [("Odo Santos III", ALIAS)]),
        (alias("Odo Velm; Udo Welm;Odo Welm"), [("Odo Velm", ALIAS), ("Udo Welm", ALIAS), ("Odo Welm", ALIAS)]),
        (alias("Odo Velm b) U. Velm"), [("Odo Velm", ALIAS), ("U. Velm", ALIAS)]),
        (alias("Odo Velm (Одо Вельм)"), [("Odo Velm", ALIAS), ("Одо Вельм", SCRIPT)]),
        (alias("Odo (original script: Одо)", "Low"), [("Odo", WEAK), ("Одо", SCRIPT)]),
        (alias("أودو (Odo; Udo Velm)", "Low"), [("أودو", WEAK), ("Odo", WEAK), ("Udo Velm", WEAK)]),
        (alias("أودو (Odo; Udo Velm)"), [("أودو", SCRIPT), ("Odo", ALIAS), ("Udo Velm", ALIAS)]),
        (alias("Odo Velm (birth name)"), [("Odo Velm", ALIAS)]),
        (alias("Odo Velm (Welm)"), [("Odo Velm", ALIAS), ("Welm", WEAK)]),
        (alias("Odo Velm (previously listed as)"), [("Odo Velm", FORMER)]),
        (alias("Odo Velm", NOTE="previously listed as"), [("Odo Velm", FORMER)]),
        (alias("Odo Velm", NOTE="original script: Одо Вельм"), [("Odo Velm", ALIAS), ("Одо Вельм", SCRIPT)]),
        (alias("أودو", NOTE="Odo Velm; Udo Velm"), [("أودو", SCRIPT), ("Odo Velm", ALIAS), ("Udo Velm", ALIAS)]),
        (
            alias("أودو", "Low", NOTE="(Odo; Udo) prominently known by it"),
            [("أودو", WEAK), ("Odo", WEAK), ("Udo", WEAK)],
        ),
        (alias("Odo Velm, born 1 Jan. 1953 (passport no. 038252)"), [("Odo Velm", ALIAS)]),
        (alias("Odo son of Nor Velm (اودو ولد نور ),"), [("Odo", ALIAS), ("اودو ولد نور", SCRIPT)]),
        (alias(") Odo Velm Juhan"), [("Odo Velm Juhan", ALIAS)]),
        (alias("(Sheikh) Odo Velm"), [("Odo Velm", ALIAS)]),
        (alias("“General” Odo"), [("General Odo", ALIAS)]),
        (alias("VELMAR ODO TAMSIN OKVALE"), []),  # it has that name already
    ],
)
def test_what_one_alias_field_may_hold(read: Any, element: str, expected: Any) -> None:
    (entry,) = read(document(person(element))).entries
    assert names_of(entry)[2:] == expected


def test_what_an_alias_says_about_its_bearer(read: Any) -> None:
    snapshot = read(
        document(
            person(
                alias("Odo Velm, born 1 Jan. 1953 (passport no. 038252)"),
                alias("Udo Velm", NOTE="DOB: a) 11 Apr. 1960 b) 11 Apr. 1963. POB: Klow"),
                alias("Ado Velm", DATE_OF_BIRTH="1972-01-01", CITY_OF_BIRTH="Szohôd", COUNTRY_OF_BIRTH="Borduria"),
                alias("Ido son of Nor Velm"),
            ).replace("Father’s name is Halvard Okvale. ", "")
        )
    )
    (entry,) = snapshot.entries
    assert [birth.verbatim for birth in entry.birth_dates] == [
        "1 Jan. 1953", "11 Apr. 1960", "11 Apr. 1963", "1972-01-01",
    ]  # fmt: skip
    assert entry.birthplaces[1:] == ("Szohôd, Borduria",)
    assert entry.father_name == "Nor Velm"
    assert "passport no. 038252" in entry.notes
    assert snapshot.report.partly_understood == {"alias_remark": 1, "alias_sentence": 2, "document": 1}


@pytest.mark.parametrize(
    ("element", "verbatim", "precision", "spans"),
    [
        (birth(DATE="1978-04-28"), "1978-04-28", Precision.DAY, ["1978-04-28", "1978-04-28"]),
        (birth(YEAR="1971"), "1971", Precision.YEAR, ["1971-01-01", "1971-12-31"]),
        (
            birth("APPROXIMATELY", YEAR="1966"),
            "approximately 1966",
            Precision.APPROXIMATE,
            ["1966-01-01", "1966-12-31"],
        ),
        (
            birth("BETWEEN", FROM_YEAR="1973", TO_YEAR="1974"),
            "between 1973 and 1974",
            Precision.RANGE,
            ["1973-01-01", "1974-12-31"],
        ),
        (
            birth("BETWEEN", FROM_YEAR="1955", TO_YEAR="1958", NOTE="Approximately "),
            "approximately between 1955 and 1958",
            Precision.APPROXIMATE,
            ["1955-01-01", "1958-12-31"],
        ),
        (birth(NOTE="Nov. 1973 "), "Nov. 1973", Precision.MONTH, ["1973-11-01", "1973-11-30"]),
        (
            birth(NOTE="Between Aug. and Sep. 1977"),
            "Between Aug. and Sep. 1977",
            Precision.RANGE,
            ["1977-08-01", "1977-09-30"],
        ),
        (birth(YEAR="1958", NOTE="Sep."), "Sep. 1958", Precision.MONTH, ["1958-09-01", "1958-09-30"]),
        (
            birth(DATE="1979-03-03", NOTE="from false passport"),
            "1979-03-03",
            Precision.DAY,
            ["1979-03-03", "1979-03-03"],
        ),
        (
            birth("APPROXIMATELY", NOTE="30-35 years old"),
            "30-35 years old",
            Precision.APPROXIMATE,
            ["1978-01-02", "1984-01-01"],
        ),
        (
            birth(NOTE="24/06/1402 (Hijri Calendar)"),
            "24/06/1402 (Hijri Calendar)",
            Precision.DAY,
            ["1982-04-18", "1982-04-20"],
        ),
        (birth(NOTE="in the year of the flood"), "in the year of the flood", Precision.UNKNOWN, []),
    ],
)
def test_birth_dates(read: Any, element: str, verbatim: str, precision: Precision, spans: list[str]) -> None:
    snapshot = read(document(person(births=[element])))
    (date_,) = snapshot.entries[0].birth_dates
    assert (date_.verbatim, date_.precision) == (verbatim, precision)
    assert [str(day) for span in date_.readings for day in (span.earliest, span.latest)] == spans
    assert snapshot.report.partly_understood.get("birth_date", 0) == (not spans)


def test_blank_birth_dates_are_none_and_ten_are_ten(read: Any) -> None:
    births = [birth(""), *(birth(YEAR=str(1960 + n)) for n in range(10))]
    (entry,) = read(document(person(births=births))).entries
    assert [birth.verbatim for birth in entry.birth_dates] == [str(1960 + n) for n in range(10)]
    assert entry.birth_dates[0].calendar is Calendar.GREGORIAN


@pytest.mark.parametrize(
    ("name", "aliases", "expected"),
    [
        ("ASHEN LANTERN LTD, THE", [], [("ASHEN LANTERN LTD, THE", PRIMARY)]),
        ("ASHEN LANTERN COMPANY (ALC)", [], [("ASHEN LANTERN COMPANY", PRIMARY), ("ALC", WEAK)]),
        ("ASHEN LANTERN (SYLDAVIA)", [], [("ASHEN LANTERN (SYLDAVIA)", PRIMARY)]),
        ("灰燈(香港)公司", [], [("灰燈(香港)公司", PRIMARY)]),
        ("ASHEN LAMP (灰燈)", [], [("ASHEN LAMP", PRIMARY), ("灰燈", PRIMARY)]),
        ("ASHEN ROAD (AR) ; LAMP WORKS", [], [("ASHEN ROAD", PRIMARY), ("AR", WEAK), ("LAMP WORKS", PRIMARY)]),
        ("ASHEN", [("Lamp; Light", "a.k.a.")], [("ASHEN", PRIMARY), ("Lamp", ALIAS), ("Light", ALIAS)]),
        ("ASHEN", [("Old Lamp", "f.k.a.")], [("ASHEN", PRIMARY), ("Old Lamp", FORMER)]),
        (
            "ASHEN",
            [("مصباح (Misbah; Mesbah Front (MF))", "a.k.a.")],
            [("ASHEN", PRIMARY), ("مصباح", ALIAS), ("Misbah", ALIAS), ("Mesbah Front", ALIAS), ("MF", WEAK)],
        ),
    ],
)
def test_names_of_bodies(read: Any, name: str, aliases: Any, expected: Any) -> None:
    (entry,) = read(document(bodies=[body(name, *aliases)])).entries
    assert entry.kind is EntryKind.ORGANISATION
    assert names_of(entry) == expected


def test_an_element_nobody_knows_is_counted(read: Any) -> None:
    text = document(person()).replace("<SORT_KEY/>", "<HAIR_COLOUR>red</HAIR_COLOUR><SORT_KEY/>")
    assert read(text).report.partly_understood["element.HAIR_COLOUR"] == 1


def test_the_digest_follows_the_entry(read: Any) -> None:
    first, again = (read(document(person())).entries[0].digest for _ in range(2))
    changed = read(document(person(alias("New Name")))).entries[0].digest
    assert first == again != changed


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        (document(person(), person()), ["list.duplicate_entry"]),
        (document(), ["list.no_entries"]),
        (document(person()).replace("XXi.001", " "), ["un.entry_incomplete"]),
        (document(person()).replace("ENTITIES", "THINGS"), ["un.section_missing"]),
        ("<CONSOLIDATED_LIST><a/></CONSOLIDATED_LIST>", ["un.section_missing", "un.section_missing"]),
        ("<OTHER/>", ["un.not_the_list"]),
        (document(person()).replace("VELMAR", "V" * 3_000), ["list.entry_invalid"]),
        (document(person())[:-40], ["xml.malformed"]),
        (document(person()).encode().replace(b"Klow", b"Kl\xf6w"), ["xml.bad_bytes"]),
    ],
)
def test_what_cannot_be_trusted_is_refused_whole(read: Any, text: str, codes: list[str]) -> None:
    with pytest.raises(ListError) as caught:
        read(text)
    assert [fault.code for fault in caught.value.faults] == codes


def test_all_faults_at_once(read: Any) -> None:
    people = [person(reference=""), person(reference="XXi.007"), person(reference="XXi.007")]
    with pytest.raises(ListError) as caught:
        read(document(*people))
    assert [fault.code for fault in caught.value.faults] == ["un.entry_incomplete", "list.duplicate_entry"]
    assert caught.value.faults[0].at.field == "INDIVIDUALS/INDIVIDUAL[1]"


@pytest.mark.data
def test_the_real_list_whole(vetting_data: Path) -> None:
    snapshot = PLUGIN.read(vetting_data / "lists" / "un_consolidated_2026-02-27.xml")
    kinds = Counter(entry.kind for entry in snapshot.entries)
    assert kinds == {EntryKind.PERSON: 730, EntryKind.ORGANISATION: 273}
    people = [entry for entry in snapshot.entries if entry.kind is EntryKind.PERSON]
    assert sum(any(name.kind is SCRIPT for name in entry.names) for entry in snapshot.entries) >= 378
    assert sum(entry.gender is not None for entry in people) == 54
    assert sum(bool(entry.birthplaces) for entry in people) >= 535
    assert max(len(entry.birth_dates) for entry in people) >= 10
    assert all(birth.readings for entry in people for birth in entry.birth_dates)
    assert not any(name.text.strip(' ,;"“”') != name.text for entry in people for name in entry.names)
    assert not any(";" in name.text for entry in snapshot.entries for name in entry.names)
    assert not any(key.startswith("element.") for key in snapshot.report.partly_understood)


@pytest.mark.data
def test_the_damaged_list_is_refused(vetting_data: Path) -> None:
    with pytest.raises(ListError) as caught:
        PLUGIN.read(vetting_data / "lists" / "un_consolidated_2025-08-16_CORRUPT.xml")
    first = caught.value.faults[0]
    assert (first.code, first.at.line, first.params["offset"]) == ("xml.bad_bytes", 53, 2110)
