"""Candidates in tables."""

from pathlib import Path
from typing import Any

import pytest

from vetting_engine.errors import Fault, InputError
from vetting_engine.intake import Mapping, read_batch
from vetting_engine.intake.csv import PLUGIN
from vetting_engine.model.candidate import NameKind
from vetting_engine.model.dates import Calendar
from vetting_engine.protocols import BatchRead

HEADER = "id,name,birth_date\n"


@pytest.fixture
def read(tmp_path: Path) -> Any:
    def read(text: str | bytes, **mapping: Any) -> BatchRead:
        file = tmp_path / "c.csv"
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
        return PLUGIN.read(file, Mapping.model_validate(mapping) if mapping else None)

    return read


def said(faults: tuple[Fault, ...]) -> list[tuple[str, int, str]]:
    return [(fault.code, fault.at.line, fault.at.field) for fault in faults]


def test_every_column(read: Any) -> None:
    batch = read(
        "ID,Full Name,name_2,Other names,Nicknames,DOB,Birth calendar,Place of birth,Sex,Nationality,"
        "Country of origin,Residence,Languages,Platform,Handle,Followers,Bio,platform_2,handle_2,"
        "document_kind,document_number,document_country,Audience groups,Consent ref,Relations declared\n"
        "c1,Tamsin Okvale,ታምሲን,Tam; T. Okvale,Oki,05/13/1985,Ethiopian,Klow,f,Ruritania|Syldavia,Ruritania,Klow,"
        'am|en,tiktok,@tam,"1,200","hi\nthere",x,@tam2,Passport,P 1,Syldavia,youth|women,CR-1,yes\n'
    )
    assert batch.faults == ()
    (who,) = batch.candidates
    assert [(name.text, name.kind) for name in who.names] == [
        ("Tamsin Okvale", NameKind.LEGAL),
        ("ታምሲን", NameKind.LEGAL),
        ("Tam", NameKind.ALIAS),
        ("T. Okvale", NameKind.ALIAS),
        ("Oki", NameKind.NICKNAME),
    ]
    assert (who.birth_date.verbatim, who.birth_date.calendar) == ("05/13/1985", Calendar.ETHIOPIAN)
    assert str(who.birth_date.readings[0].earliest) == "1993-09-10"
    assert (who.birthplace, who.gender, who.country_of_origin, who.residence) == ("Klow", "f", "Ruritania", "Klow")
    assert (who.nationalities, who.languages) == (("Ruritania", "Syldavia"), ("am", "en"))
    assert who.audience_groups == ("youth", "women")
    first, second = who.accounts
    assert (first.platform, first.handle, first.followers, first.bio) == ("tiktok", "@tam", 1200, "hi\nthere")
    assert (second.platform, second.handle, second.followers) == ("x", "@tam2", None)
    assert (who.identifiers[0].kind, who.identifiers[0].value) == ("Passport", "P 1")
    assert (who.consent_ref, who.relations_declared, who.dropped_fields) == ("CR-1", True, ())


def test_empty_cells_are_nothing(read: Any) -> None:
    (who,) = read("id,name,birth_date,platform,handle,followers,relations_declared,languages\nc1,,,,,,,\n").candidates
    assert who.model_dump(exclude_defaults=True) == {"id": "c1"}


def test_unknown_columns_are_dropped_and_only_their_names_kept(read: Any) -> None:
    batch = read("id,name,shoe size,religion\nc1,Odo,44,secret-answer\n")
    assert batch.candidates[0].dropped_fields == batch.dropped_fields == ("religion", "shoe size")
    assert "secret-answer" not in batch.candidates[0].model_dump_json()


def test_a_bad_row_is_named_and_the_rest_goes_on(read: Any) -> None:
    batch = read(
        "id,name,birth_date,platform,handle,followers,relations declared\n"
        "c1,Odo,1990,x,@o,12,no\n"
        "c2,Udo,31/02/1985,x,@u,many,perhaps\n"
        f"c3,{'N' * 301},1990,,,,\n"
        ",Nameless,1990,,,,\n"
        "c5,Ado,1990,x,,,\n"
        "c6,Ido,1990\n"
        'c7,"Odd,1990,,,,\n'
        "c8,Fine,1990,,,,\n"
    )
    assert [who.id for who in batch.candidates] == ["c1", "c8"]
    assert batch.rows == 8
    assert said(batch.faults) == [
        ("date.impossible", 3, "birth_date"),
        ("field.not_a_number", 3, "followers"),
        ("field.not_yes_or_no", 3, "relations declared"),
        ("field.too_long", 4, "name"),
        ("id.missing", 5, "id"),
        ("field.missing", 6, "handle"),
        ("table.ragged_row", 7, ""),
        ("table.open_quote", 8, ""),
    ]


def test_dates_that_are_words_are_kept_and_said(read: Any) -> None:
    batch = read(HEADER + "c1,Odo,after the harvest\n")
    assert batch.candidates[0].birth_date.verbatim == "after the harvest"
    assert [(fault.code, fault.severity) for fault in batch.faults] == [("date.not_understood", "warning")]


def test_ids_that_stand_twice_are_nobodys(read: Any) -> None:
    batch = read(HEADER + "c1,Odo,\nc2,Udo,\n c1 ,Ado,\nc1,Ido,31/02/1985\n")
    assert [who.id for who in batch.candidates] == ["c2"]
    twice = [fault for fault in batch.faults if fault.code == "id.duplicate"]
    assert [(fault.at.line, fault.params["lines"]) for fault in twice] == [(2, "4, 5"), (4, "2, 5"), (5, "2, 4")]


@pytest.mark.parametrize("mangled", ["2.54712E+11", '"2,54712E+11"', "2E5", "########", "#REF!", "#N/A", "#NAME?"])
def test_ids_mangled_by_a_spreadsheet_are_each_said(read: Any, mangled: str) -> None:
    batch = read(HEADER + f"{mangled},Odo,\n{mangled},Udo,\nc3,Ado,\n")
    assert [who.id for who in batch.candidates] == ["c3"]
    assert said(batch.faults) == [("id.mangled", 2, "id"), ("id.mangled", 3, "id")]


def test_nul_bytes_cost_their_row(read: Any) -> None:
    batch = read(HEADER + "c1,O\x00do,\nc2,Udo,\n" + "c3,Ado,\n" * 40)
    assert said(batch.faults)[0] == ("table.control_character", 2, "")
    assert batch.candidates[0].id == "c2"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "file.empty"),
        (b"\n\n", "table.no_header"),
        ("id,name\nc1,محمد\n".encode("cp1256"), "file.encoding"),
        ("id,name\nc1,Odo\n".encode("utf-16-le"), "file.binary"),
        (b"name,age\nOdo,1\n", "intake.no_id_column"),
        (b"id,name,Name\n1,a,b\n", "table.header_duplicate"),
    ],
)
def test_files_that_cannot_be_used_at_all(read: Any, data: bytes, code: str) -> None:
    with pytest.raises(InputError) as caught:
        read(data)
    assert [fault.code for fault in caught.value.faults] == [code]


def test_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        read_batch(tmp_path / "none.csv")
    assert [fault.code for fault in caught.value.faults] == ["file.missing"]


def test_a_header_alone_is_said(read: Any) -> None:
    batch = read(HEADER)
    assert (batch.rows, batch.candidates, said(batch.faults)) == (0, (), [("intake.no_rows", 0, "")])


def test_western_encodings_are_said_and_declared_ones_believed(read: Any) -> None:
    batch = read("id,name\nc1,Zoë Ñandú\n".encode("cp1252"))
    assert batch.candidates[0].names[0].text == "Zoë Ñandú"
    assert said(batch.faults) == [("file.encoding_guessed", 2, "")]
    arabic = read("id,name\nc1,محمد\n".encode("cp1256"), fields={"id": "id", "name": "name"}, encoding="cp1256")
    assert arabic.candidates[0].names[0].text == "محمد"


def test_too_many_candidates(read: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vetting_engine.model.limits.MAX_BATCH_CANDIDATES", 1)
    with pytest.raises(InputError) as caught:
        read(HEADER + "c1,Odo,\nc2,Udo,\n")
    assert caught.value.faults[0].code == "intake.too_many_candidates"


def test_the_first_sheet_of_a_workbook(tmp_path: Path) -> None:
    xlsxwriter = pytest.importorskip("xlsxwriter")
    path = tmp_path / "c.xlsx"
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["id", "name", "followers", "platform", "handle"])
    sheet.write_row(1, 0, [254712000001, "Odo", 1200, "x", "@o"])
    sheet.write_row(2, 0, [2.54712e20, "Udo", 1, "x", "@u"])
    book.close()
    batch = read_batch(path)
    assert [(who.id, who.accounts[0].followers) for who in batch.candidates] == [("254712000001", 1200)]
    assert said(batch.faults) == [("id.mangled", 3, "id")]
