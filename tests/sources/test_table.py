"""Local lists."""

import json
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from vetting_engine.errors import ListError
from vetting_engine.model.watchlist import Effect, EntryKind, EntryNameKind
from vetting_engine.sources.table import PLUGIN

#: What every row of a list an office keeps itself must have.
LOCAL = "reason,owner,expiry,notice"
GIVEN = "spam,ICT,2027-01-31,told in person"


def codes(path: Path) -> list[str]:
    with pytest.raises(ListError) as caught:
        PLUGIN.read(path)
    return [fault.code for fault in caught.value.faults]


def test_every_column_of_a_table(tmp_path: Path) -> None:
    file = tmp_path / "Our Own List.csv"
    file.write_text(
        "Reference;Name;Aliases;Weak aliases;Former names;Original script;Kind;DOB;Birthplace;Father name;Gender;"
        "Nationality;Countries;Documents;Programme;Listed on;Notes;Shoe size;Reason;Owner;Expiry;Notice\n"
        '"a1";"Odo Okvale";"O. Okvale";"Oki";"Odo Velm";"Одо";person;"1971|x";Klow;Nor;male;"Ruritania|Syldavia";'
        'Syldavia;"P 1";local;2024-01-31;"said; in passing";44;spam;ICT;2027-01-31;told\n'
        "a2;Ashen Lantern;;;;;company;;;;;;;;;;;;spam;ICT;2027-01-31;told\n",
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
    assert (who.listed_on, who.notes, who.programme) == (
        date(2024, 1, 31),
        ("said; in passing", "Reason: spam", "Owner: ICT", "Notice: told"),
        "local",
    )
    assert [birth.verbatim for birth in who.birth_dates] == ["1971|x"]
    assert body.kind is EntryKind.ORGANISATION
    assert (snapshot.list_id, snapshot.authority.effect) == ("our-own-list", Effect.OFF)
    assert snapshot.report.partly_understood == {"birth_date": 1, "column.Shoe size": 1}


def test_json_lines_with_short_keys(tmp_path: Path) -> None:
    entry: dict[str, Any] = {
        "id": "un-1", "name": "ODO OKVALE", "aliases": ["Odo; Velm"], "weak": ["Oki"], "dob": ["1971", "1972-03"],
        "nat": ["Ruritania"], "gender": None, "src": "x", "reason": "spam", "owner": "ICT", "expires": "2027-01-31",
        "notice": "told",
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
    file.write_text(f"id,name,dob,birth_calendar,{LOCAL}\n1,Odo,05/13/1985,{calendar},{GIVEN}\n", encoding="utf-8")
    (birth,) = PLUGIN.read(file).entries[0].birth_dates
    assert len(birth.readings) == (1 if calendar else 2)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"id,name,{LOCAL}\n1,Odo,{GIVEN}\n1,Udo,{GIVEN}\n", ["list.duplicate_entry"]),
        (f"id,name,{LOCAL}\n,Odo,{GIVEN}\n2,,{GIVEN}\n", ["list.entry_incomplete", "list.entry_incomplete"]),
        (f"id,name,kind,{LOCAL}\n1,Odo,ghost,{GIVEN}\n", ["list.entry_incomplete"]),
        ("id,name\n", ["list.no_entries"]),
        ("id,name\n1,Odo,extra\n", ["table.ragged_row"]),
        ("id,name,name\n1,Odo,Udo\n", ["table.header_duplicate"]),
        (f"id,name,listed_on,{LOCAL}\n1,Odo,soon,{GIVEN}\n", ["list.not_a_date"]),
        (f"id,name,{LOCAL}\n1,Odo,spam,ICT,soon,told\n", ["list.not_a_date"]),
        ('{"id": "1", "name": "Odo"}\n{"id": \n', ["json.malformed"]),
        (f"id,name,{LOCAL}\n1,{'x' * 3_000},{GIVEN}\n", ["list.entry_invalid"]),
        (f"{','.join(['id', 'name', *(f'c{n}' for n in range(1_000_000))])}\n1,Odo\n", ["table.too_many_columns"]),
        # A list an office keeps is answered for, row by row.
        ("id,name\n1,Odo\n", ["list.local_column_missing"] * 4),
        ("id,name,reason,owner,expiry\n1,Odo,spam,ICT,2027-01-31\n", ["list.local_column_missing"]),
        (f"id,name,{LOCAL}\n1,,spam,ICT,soon,told\n", ["list.entry_incomplete", "list.not_a_date"]),
        (f"id,name,{LOCAL}\n1,Odo, ,ICT,2027-01-31,\n", ["list.entry_incomplete", "list.entry_incomplete"]),
    ],
)
def test_what_cannot_be_trusted_is_refused_whole(tmp_path: Path, text: str, expected: list[str]) -> None:
    file = tmp_path / "w.csv"
    file.write_text(text, encoding="utf-8")
    assert codes(file) == expected


def test_what_a_local_row_says_is_kept(tmp_path: Path) -> None:
    file = tmp_path / "w.csv"
    file.write_text(f"id,name,{LOCAL}\n1,Odo,{GIVEN}\n", encoding="utf-8")
    (entry,) = PLUGIN.read(file).entries
    assert entry.expires_on == date(2027, 1, 31)
    assert entry.notes == ("Reason: spam", "Owner: ICT", "Notice: told in person")
    file.write_text(f"id,name,{LOCAL}\n1,Odo,{GIVEN.replace('2027', '2028')}\n", encoding="utf-8")
    assert PLUGIN.read(file).entries[0].digest != entry.digest


def test_a_table_cannot_pose_as_an_issuers_list(tmp_path: Path) -> None:
    file = tmp_path / "UN consolidated.csv"
    file.write_text(f"id,name,{LOCAL}\n1,Odo,{GIVEN}\n", encoding="utf-8")
    assert PLUGIN.read(file).list_id == "local-un-consolidated"


GUILD = """title: Guild
issuer: Guild of Klow
issuer_country: SY
published: 2026-01-31
columns: {id: No., name: Full  Name}
"""


def mapped(tmp_path: Path, mapping: str) -> Path:
    file = tmp_path / "guild.csv"
    file.write_text("No.;Full name;Born\n1;Odo Okvale;1965\n", encoding="utf-8")
    (tmp_path / "guild.csv.mapping.yaml").write_text(mapping, encoding="utf-8")
    return file


def test_a_table_somebody_else_publishes_has_a_mapping(tmp_path: Path) -> None:
    file = mapped(tmp_path, GUILD)
    assert PLUGIN.recognises(file.read_bytes(), file)
    snapshot = PLUGIN.read(file)
    assert (snapshot.title, snapshot.published, snapshot.list_id) == ("Guild", date(2026, 1, 31), "guild")
    assert (snapshot.authority.issuer, snapshot.authority.issuer_country) == ("Guild of Klow", "SY")
    assert snapshot.authority.effect is Effect.OFF
    assert snapshot.report.partly_understood == {"column.Born": 1}
    assert [item.name for item in snapshot.files] == ["guild.csv", "guild.csv.mapping.yaml"]


@pytest.mark.parametrize(
    ("mapping", "expected"),
    [
        ("title: Guild\ncolumns: {id: No.}\n", ["list.mapping_invalid"]),
        (GUILD.replace("name:", "nmae:"), ["list.mapping_invalid"]),
        (GUILD + "colour: red\n", ["list.mapping_invalid"]),
        ("title: [\n", ["yaml.syntax"]),
    ],
)
def test_a_mapping_that_cannot_be_used(tmp_path: Path, mapping: str, expected: list[str]) -> None:
    assert codes(mapped(tmp_path, mapping)) == expected


@pytest.mark.data
def test_the_lists_of_the_queries_load(tmp_path: Path, vetting_data: Path) -> None:
    file = tmp_path / "watchlist.jsonl"
    shutil.copyfile(vetting_data / "names" / "watchlist.jsonl", file)
    (tmp_path / "watchlist.jsonl.mapping.yaml").write_text("title: T\nissuer: UN and OFAC\ncolumns: {id: id}\n")
    snapshot = PLUGIN.read(file)
    assert snapshot.report.entries == 5350
    assert snapshot.report.names == 14225
