"""The OFSI list: one row per variation of a name, invented and real."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from sources.uk_csv import OFSI, Cells, as_csv, ofsi_row, write_xlsx

from vetting_engine.errors import ListError
from vetting_engine.model.dates import Precision
from vetting_engine.model.watchlist import Effect, EntryKind, EntryNameKind, WatchlistEntry
from vetting_engine.sources._uk_rows import read_uk_table
from vetting_engine.sources.uk_ofsi import _COLUMNS, PLUGIN

FIRST = ("Last Updated", "10/04/2025")


def read(tmp_path: Path, *rows: Cells) -> tuple[WatchlistEntry, ...]:
    file = tmp_path / "l.bin"
    file.write_bytes(as_csv(OFSI, rows, FIRST))
    assert PLUGIN.recognises(file.read_bytes(), file)
    return PLUGIN.read(file).entries


def codes(tmp_path: Path, *rows: Cells) -> list[str]:
    with pytest.raises(ListError) as caught:
        read(tmp_path, *rows)
    return [fault.code for fault in caught.value.faults]


def names_of(entry: WatchlistEntry) -> list[tuple[str, EntryNameKind]]:
    return [(name.text, name.kind) for name in entry.names]


ROWS = (
    ofsi_row(Name_6="OKVAL", Name_1="Udo", Alias_Type="AKA", Alias_Quality="Low quality", DOB="01/02/1965"),
    ofsi_row(Name_6="OKVALE", Name_1="Odo", Name_2="Tamsin", DOB="00/00/1965", Country="Syldavia"),
    ofsi_row(Name_6="OKVALE", Name_1="Odo", Alias_Type="Primary name variation", DOB="05/1966"),
    ofsi_row(Name_6="VELMAR", Name_1="Odo", Alias_Type="FKA", **{"Name Non-Latin Script": "\u202bأودو أوكفالي\u202c"}),
)


def test_rows_of_a_group_are_one_entry(tmp_path: Path) -> None:
    (entry,) = read(tmp_path, *ROWS)
    assert names_of(entry) == [
        ("Odo Tamsin OKVALE", EntryNameKind.PRIMARY),
        ("Udo OKVAL", EntryNameKind.WEAK_ALIAS),
        ("Odo OKVALE", EntryNameKind.ALIAS),
        ("Odo VELMAR", EntryNameKind.FORMER),
        ("أودو أوكفالي", EntryNameKind.ORIGINAL_SCRIPT),
    ]
    assert (entry.id, entry.kind, entry.programme) == ("7", EntryKind.PERSON, "Invented")
    assert [(birth.verbatim, birth.precision) for birth in entry.birth_dates] == [
        ("01/02/1965", Precision.DAY),
        ("00/00/1965", Precision.YEAR),
        ("05/1966", Precision.MONTH),
    ]
    assert entry.birth_dates[0].readings[0].earliest == date(1965, 2, 1)  # the day stands first, and only so


def test_a_surname_alone_and_a_group_without_a_primary_name(tmp_path: Path) -> None:
    (entry,) = read(tmp_path, ofsi_row(Name_6="OKVALE", Alias_Type="AKA"))
    assert names_of(entry) == [("OKVALE", EntryNameKind.PRIMARY)]


def test_enumerated_cells_and_stray_characters(tmp_path: Path) -> None:
    row = ofsi_row(
        Name_6="OK\u00a0VALE", Name_1="Odo\n", Nationality="(1) Germany. (2)\u00a0Morocco",
        DOB="(1) 1965 (2) 00/03/1966",
        Town_of_Birth="(1) Klow\n(2) Zileh", Country_of_Birth="Syldavia",
        Passport_Number="(1) A1. (2) B2", Passport_Details="(1) expired (2) -",
        National_Identification_Number="x" * 120,
        Other_Information="\ufeff(UK Sanctions List Ref):X. Father\u2019s name is Halvard Okvale. (Gender):Male",
        Title="(1) Haji (2) Doctor", Listed_On="09/12/2022", Position="Clerk", Address_1="1 Mill Lane",
        Country="(1) Syldavia (2)Ruritania",
    )  # fmt: skip
    (entry,) = read(tmp_path, row)
    assert names_of(entry) == [("Odo OK VALE", EntryNameKind.PRIMARY)]
    assert entry.nationalities == ("Germany", "Morocco")
    assert entry.birthplaces == ("Klow, Syldavia", "Zileh, Syldavia")
    assert [identifier.value for identifier in entry.identifiers] == ["A1", "B2"]
    assert [birth.verbatim for birth in entry.birth_dates] == ["1965", "00/03/1966"]
    assert (entry.gender, entry.father_name, entry.listed_on) == ("Male", "Halvard Okvale", date(2022, 12, 9))
    assert entry.countries == ("Syldavia", "Ruritania")
    assert any(note.startswith("national identification number: xxx") for note in entry.notes)
    assert "Address: 1 Mill Lane, (1) Syldavia (2)Ruritania" in entry.notes


def test_bodies_and_ships(tmp_path: Path) -> None:
    body = ofsi_row(Name_6="ASHEN LANTERN LLC", Group_Type="Entity", Group_ID="8")
    ship = ofsi_row(Name_6="GREY GULL", Group_Type="Ship", Group_ID="9")
    assert [entry.kind for entry in read(tmp_path, body, ship)] == [EntryKind.ORGANISATION, EntryKind.OTHER]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ((), ["list.no_entries"]),
        ((ofsi_row(Name_6="A", Group_ID=""),), ["list.entry_incomplete"]),
        ((ofsi_row(Name_6=" "),), ["list.entry_incomplete"]),
        ((ofsi_row(Name_6="A"), ofsi_row(Name_6="A", Group_Type="Ship")), ["uk.kind"]),
        ((ofsi_row(Name_6="A", Group_Type="Ghost"),), ["uk.kind"]),
    ],
)
def test_what_cannot_be_trusted_is_refused(tmp_path: Path, rows: tuple[Cells, ...], expected: list[str]) -> None:
    assert codes(tmp_path, *rows) == expected


def test_a_missing_column_and_a_torn_row(tmp_path: Path) -> None:
    file = tmp_path / "l.csv"
    file.write_bytes(as_csv([name for name in OFSI if name != "DOB"], ROWS, FIRST))
    with pytest.raises(ListError, match=r"uk\.column_missing"):
        PLUGIN.read(file)
    file.write_bytes(as_csv(OFSI, ROWS, FIRST)[:-40])
    with pytest.raises(ListError, match=r"table\.ragged_row"):
        PLUGIN.read(file)


def test_a_workbook_says_the_same(tmp_path: Path) -> None:
    book = write_xlsx(tmp_path / "l.dat", OFSI, ROWS, FIRST)
    assert PLUGIN.recognises(book.read_bytes()[:65536], book)
    snapshot = PLUGIN.read(book)
    assert snapshot.entries == read(tmp_path, *ROWS)
    assert (snapshot.list_id, snapshot.published, snapshot.authority.effect) == (
        "uk-ofsi",
        date(2025, 4, 10),
        Effect.OFF,
    )


def test_a_workbook_that_is_none(tmp_path: Path) -> None:
    file = tmp_path / "l.xlsx"
    file.write_bytes(b"PK\x03\x04 torn")
    assert not PLUGIN.recognises(file.read_bytes(), file)


@pytest.mark.data
def test_the_real_list(vetting_data: Path) -> None:
    file = vetting_data / "lists" / "uk" / "OFSI_ConList_2025-04-10.xlsx"
    assert len(read_uk_table(file, _COLUMNS, ("id",)).rows) == 18_796
    snapshot = PLUGIN.read(file)
    kinds = [entry.kind for entry in snapshot.entries]
    assert snapshot.report.entries == 4_686
    assert (kinds.count(EntryKind.PERSON), kinds.count(EntryKind.ORGANISATION), kinds.count(EntryKind.OTHER)) == (
        3_662, 1_009, 15,
    )  # fmt: skip
    assert snapshot.report.names == 15_965
    assert snapshot.report.partly_understood == {}
    assert snapshot.published == date(2025, 4, 10)
    assert not [entry.id for entry in snapshot.entries if any("\u00a0" in name.text for name in entry.names)]
