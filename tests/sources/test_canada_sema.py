"""Canada's list, invented and real."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from vetting_engine.errors import ListError
from vetting_engine.model.dates import Precision
from vetting_engine.model.watchlist import EntryKind, EntryNameKind, ListSnapshot, WatchlistEntry
from vetting_engine.sources.canada_sema import PLUGIN

PLACE = {"Country": "Syldavia / Syldavie", "Schedule": "1, Part 1", "Item": "1", "DateOfListing": "2020-09-28"}


def record(**fields: str) -> str:
    inner = "".join(f"<{tag}>{text}</{tag}>" for tag, text in {**PLACE, **fields}.items() if text)
    return f"<record>{inner}</record>"


def read(tmp_path: Path, *records: str) -> ListSnapshot:
    file = tmp_path / "l.bin"
    file.write_text(
        '<?xml version="1.0" encoding="UTF-8"?>\n<data-set xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"{''.join(records)}</data-set>",
        encoding="utf-8",
    )
    assert not records or PLUGIN.recognises(file.read_bytes(), file)
    return PLUGIN.read(file)


def person(tmp_path: Path, **fields: str) -> WatchlistEntry:
    return read(tmp_path, record(**{"LastName": "OKVALE", "GivenName": "Odo Tamsin", **fields})).entries[0]


def names_of(entry: WatchlistEntry) -> list[tuple[str, EntryNameKind]]:
    return [(name.text, name.kind) for name in entry.names]


def test_a_person(tmp_path: Path) -> None:
    entry = person(tmp_path, LastName="OKVALE\u00a0 ", TitleOrShip="Colonel", DateOfBirthOrShipBuildDate=" 1953-10-27")
    assert names_of(entry) == [("Odo Tamsin OKVALE", EntryNameKind.PRIMARY)]
    assert entry.id == "Syldavia / 1, Part 1 / 1"
    assert (entry.programme, entry.nationalities, entry.listed_on) == ("Syldavia", (), date(2020, 9, 28))
    assert entry.birth_dates[0].precision is Precision.DAY
    assert entry.notes == ("Regulation: Syldavia / Syldavie", "Title or type: Colonel")


@pytest.mark.parametrize(
    ("said", "precision", "readings"),
    [
        ("1972-03", Precision.MONTH, 1),
        ("1961 or 1962", Precision.YEAR, 2),
        ("1972-08-10 or 1972-08-11", Precision.DAY, 2),
        ("1963-1964", Precision.RANGE, 1),
        ("Sep-99", Precision.UNKNOWN, 0),
        ("born in the early 1970s", Precision.UNKNOWN, 0),
    ],
)
def test_birth_dates_as_they_are_written(tmp_path: Path, said: str, precision: Precision, readings: int) -> None:
    snapshot = read(tmp_path, record(LastName="O", GivenName="A", DateOfBirthOrShipBuildDate=said))
    (birth,) = snapshot.entries[0].birth_dates
    assert (birth.verbatim, birth.precision, len(birth.readings)) == (said, precision, readings)
    assert snapshot.report.partly_understood == ({} if readings else {"birth_date": 1})


@pytest.mark.parametrize(
    ("aliases", "expected"),
    [
        ("Udo Okval; Одо Оквале", ["Udo Okval", "Одо Оквале"]),
        ("Udo Okval, Belarusian: Адо Аквале, Russian: Одо Оквале", ["Udo Okval", "Адо Аквале", "Одо Оквале"]),
        ("Одо ОКВАЛЕ / Одо ОКВАЛЬ", ["Одо ОКВАЛЕ", "Одо ОКВАЛЬ"]),
        ("Udo Odovich or Odovych Okval", ["Udo Odovich Okval", "Udo Odovych Okval"]),
        ("Udo/ Ulo Okval", ["Udo Okval", "Ulo Okval"]),
        ("OKVAL, Udo AKA", ["Udo OKVAL"]),
        ("Oki", ["Oki"]),
        ("Odo Tamsin OKVALE", []),
        (" or ".join("abcdefghijklmno"), []),
    ],
)
def test_aliases_taken_apart(tmp_path: Path, aliases: str, expected: list[str]) -> None:
    assert [name.text for name in person(tmp_path, Aliases=aliases).names[1:]] == expected


def test_what_cannot_be_taken_apart_is_kept_and_counted(tmp_path: Path) -> None:
    text = "Udo or Ulo / " + " or ".join(f"N{number}" for number in range(20))
    snapshot = read(tmp_path, record(LastName="O", GivenName="A", Aliases=text))
    assert snapshot.report.partly_understood == {"alias": 1}
    assert f"Aliases: {text}" in snapshot.entries[0].notes


def test_alias_kinds(tmp_path: Path) -> None:
    assert [kind for _, kind in names_of(person(tmp_path, Aliases="Oki; Udo Okval; Одо Оквале"))[1:]] == [
        EntryNameKind.WEAK_ALIAS,
        EntryNameKind.ALIAS,
        EntryNameKind.ORIGINAL_SCRIPT,
    ]


def test_a_given_name_that_repeats_the_surname(tmp_path: Path) -> None:
    assert person(tmp_path, GivenName="Odo OKVALE").names[0].text == "Odo OKVALE"


def test_bodies_and_ships(tmp_path: Path) -> None:
    body = record(EntityOrShip="\tAshen Lantern\nLLC (also known as Lantern Works)", Aliases="AL, Lantern, Ltd.")
    both = record(EntityOrShip="Guild of Rivers/Guilde des rivières", Item="2")
    ship = record(
        EntityOrShip="Grey Gull", TitleOrShip="Oil Tanker", ShipIMONumber="1234567", Item="3",
        DateOfBirthOrShipBuildDate="2005",
    )  # fmt: skip
    one, two, three = read(tmp_path, body, both, ship).entries
    assert [text for text, _ in names_of(one)] == ["Ashen Lantern LLC", "Lantern Works", "AL", "Lantern, Ltd."]
    assert [text for text, _ in names_of(two)] == ["Guild of Rivers", "Guilde des rivières"]
    assert (three.kind, three.identifiers[0].value, three.birth_dates) == (EntryKind.OTHER, "1234567", ())
    assert "Built: 2005" in three.notes


@pytest.mark.parametrize(
    ("records", "expected"),
    [
        ([], ["list.no_entries"]),
        ([record(LastName="O", GivenName="A"), record(LastName="U", GivenName="B")], ["list.duplicate_entry"]),
        ([record()], ["list.entry_incomplete"]),
        ([record(LastName="O", GivenName="A", Item="")], ["list.entry_incomplete"]),
    ],
)
def test_what_cannot_be_trusted_is_refused(tmp_path: Path, records: list[str], expected: list[str]) -> None:
    with pytest.raises(ListError) as caught:
        read(tmp_path, *records)
    assert [fault.code for fault in caught.value.faults] == expected


@pytest.mark.data
def test_the_real_list(vetting_data: Path) -> None:
    snapshot = PLUGIN.read(vetting_data / "lists" / "ca" / "canada_sema.xml")
    kinds = [entry.kind for entry in snapshot.entries]
    assert snapshot.report.entries == 4_759
    assert (kinds.count(EntryKind.PERSON), kinds.count(EntryKind.OTHER)) == (3_334, 109)
    assert snapshot.report.partly_understood == {"alias": 1, "birth_date": 2}
    assert sum(bool(entry.birth_dates) for entry in snapshot.entries) == 1_825 - 109
    assert snapshot.published is None
