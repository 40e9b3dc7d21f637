"""Local lists."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from vetting_engine.errors import ListError
from vetting_engine.model.watchlist import Effect, EntryKind, EntryNameKind
from vetting_engine.sources.table import PLUGIN


def codes(path: Path) -> list[str]:
    with pytest.raises(ListError) as caught:
        PLUGIN.read(path)
    return [fault.code for fault in caught.value.faults]


def test_every_column_of_a_table(tmp_path: Path) -> None:
    file = tmp_path / "Our Own List.csv"
    file.write_text(
        "Reference;Name;Aliases;Weak aliases;Former names;Original script;Kind;DOB;Birthplace;Father name;Gender;"
        "Nationality;Countries;Documents;Programme;Listed on;Notes;Shoe size\n"
        '"a1";"Odo Okvale";"O. Okvale";"Oki";"Odo Velm";"Одо";person;"1971|x";Klow;Nor;male;"Ruritania|Syldavia";'
        'Syldavia;"P 1";local;2024-01-31;"said; in passing";44\n'
        "a2;Ashen Lantern;;;;;company;;;;;;;;;;;\n",
        encoding="utf-8",
    )
    assert PLUGIN.recognises(file.read_bytes(), file)
    snapshot = PLUGIN.read(file)
    who, body = snapshot.entries
    assert [(name.text, name.kind) for name in who.names] == [
        ("Odo Okvale", EntryNameKind.PRIMARY),
        ("O. Okvale", EntryNameKind.ALIAS),
        ("Oki", EntryNameKind.WEAK_ALIAS),
        ("Odo Velm", EntryNameKind.FORMER),
        ("Одо", EntryNameKind.ORIGINAL_SCRIPT),
    ]
    assert (who.nationalities, who.countries, who.father_name) == (("Ruritania", "Syldavia"), ("Syldavia",), "Nor")
    assert (who.listed_on, who.notes, who.programme) == (date(2024, 1, 31), ("said; in passing",), "local")
    assert [birth.verbatim for birth in who.birth_dates] == ["1971|x"]
    assert body.kind is EntryKind.ORGANISATION
    assert (snapshot.list_id, snapshot.authority.effect) == ("our-own-list", Effect.OFF)
    assert snapshot.report.partly_understood == {"birth_date": 1, "column.Shoe size": 1}


def test_json_lines_with_short_keys(tmp_path: Path) -> None:
    entry: dict[str, Any] = {
        "id": "un-1", "name": "ODO OKVALE", "aliases": ["Odo; Velm"], "weak": ["Oki"], "dob": ["1971", "1972-03"],
        "nat": ["Ruritania"], "gender": None, "src": "x",
    }  # fmt: skip
    file = tmp_path / "w.jsonl"
    file.write_text(json.dumps(entry) + "\n", encoding="utf-8")
    assert PLUGIN.recognises(file.read_bytes(), file)
    (found,) = PLUGIN.read(file).entries
    assert [name.text for name in found.names] == ["ODO OKVALE", "Odo; Velm", "Oki"]
    assert [len(birth.readings) for birth in found.birth_dates] == [1, 1]
    assert (found.nationalities, found.gender) == (("Ruritania",), None)


@pytest.mark.parametrize("calendar", ["", "ethiopian"])
def test_birth_dates_of_an_undeclared_calendar_stay_ambiguous(tmp_path: Path, calendar: str) -> None:
    file = tmp_path / "w.csv"
    file.write_text(f"id,name,dob,birth_calendar\n1,Odo,05/13/1985,{calendar}\n", encoding="utf-8")
    (birth,) = PLUGIN.read(file).entries[0].birth_dates
    assert len(birth.readings) == (1 if calendar else 2)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("id,name\n1,Odo\n1,Udo\n", ["list.duplicate_entry"]),
        ("id,name\n,Odo\n2,\n", ["list.entry_incomplete", "list.entry_incomplete"]),
        ("id,name,kind\n1,Odo,ghost\n", ["list.entry_incomplete"]),
        ("id,name\n", ["list.no_entries"]),
        ("id,name\n1,Odo,extra\n", ["table.ragged_row"]),
        ("id,name,name\n1,Odo,Udo\n", ["table.header_duplicate"]),
        ("id,name,listed_on\n1,Odo,soon\n", ["list.not_a_date"]),
        ('{"id": "1", "name": "Odo"}\n{"id": \n', ["json.malformed"]),
        (f"id,name\n1,{'x' * 3_000}\n", ["list.entry_invalid"]),
    ],
)
def test_what_cannot_be_trusted_is_refused_whole(tmp_path: Path, text: str, expected: list[str]) -> None:
    file = tmp_path / "w.csv"
    file.write_text(text, encoding="utf-8")
    assert codes(file) == expected


@pytest.mark.data
def test_the_lists_of_the_queries_load(vetting_data: Path) -> None:
    snapshot = PLUGIN.read(vetting_data / "names" / "watchlist.jsonl")
    assert snapshot.report.entries == 5350
    assert snapshot.report.names == 14225
