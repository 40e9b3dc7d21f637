"""The UK Sanctions List, invented in its true shape; not tested on a real file."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from sources.uk_csv import UKSL, as_csv, write_xlsx

from vetting_engine.errors import ListError
from vetting_engine.model.dates import Precision
from vetting_engine.model.watchlist import EntryKind, EntryNameKind
from vetting_engine.sources.uk_sanctions_list import PLUGIN

FIRST = ("Report Date: 23-Sep-2026",)
PERSON = {
    "Unique ID": "INV0001", "OFSI Group ID": "99", "UN Reference Number": "XXi.001", "Designation Type": "Individual",
    "Regime Name": "Invented", "Date Designated": "31/12/2020", "Gender": "Male", "D.O.B": "dd/mm/1961",
    "Nationality(/ies)": "Ruritania", "Town of birth": "Klow", "Country of birth": "Syldavia",
    "Passport number": "P1", "UK Statement of Reasons": "Invented reasons", "Address Country": "Syldavia",
    "Phone number": "00", "Last Updated": "01/02/2021",
}  # fmt: skip
ROWS = (
    PERSON | {"Name 6": "OKVALE", "Name 1": "Odo", "Name type": "Primary Name", "Name non-latin script": "Одо Оквале"},
    PERSON | {"Name 6": "OKVAL", "Name 1": "Udo", "Name type": "Alias", "Alias strength": "Good quality a.k.a"},
    PERSON | {"Name 6": "OKI", "Name type": "Alias", "Alias strength": "Low quality a.k.a", "D.O.B": "dd/05/1962"},
    PERSON | {"Name 6": "OKVALE", "Name 1": "Odo", "Name type": "Primary Name", "Address Country": "Ruritania"},
    {
        "Unique ID": "INV0002", "Designation Type": "Entity", "Name 6": "ASHEN LANTERN", "Name type": "Primary Name",
        "Parent company": "Lantern Holding",
    },
)  # fmt: skip


def test_rows_of_an_id_are_one_entry(tmp_path: Path) -> None:
    file = tmp_path / "list"
    file.write_bytes(as_csv(UKSL, ROWS, FIRST))
    assert PLUGIN.recognises(file.read_bytes(), file)
    snapshot = PLUGIN.read(file)
    who, body = snapshot.entries
    assert snapshot.published == date(2026, 9, 23)
    assert [(name.text, name.kind) for name in who.names] == [
        ("Odo OKVALE", EntryNameKind.PRIMARY),
        ("Udo OKVAL", EntryNameKind.ALIAS),
        ("OKI", EntryNameKind.WEAK_ALIAS),
        ("Одо Оквале", EntryNameKind.ORIGINAL_SCRIPT),
    ]
    assert [(birth.verbatim, birth.precision) for birth in who.birth_dates] == [
        ("dd/mm/1961", Precision.YEAR),
        ("dd/05/1962", Precision.MONTH),
    ]
    assert (who.id, who.gender, who.listed_on) == ("INV0001", "Male", date(2020, 12, 31))
    assert (who.nationalities, who.birthplaces, who.countries) == (
        ("Ruritania",), ("Klow, Syldavia",), ("Syldavia", "Ruritania"),
    )  # fmt: skip
    assert {"UN Reference Number: XXi.001", "Phone number: 00"} <= set(who.notes)
    assert body.kind is EntryKind.ORGANISATION
    assert "Parent company: Lantern Holding" in body.notes
    assert snapshot.report.partly_understood == {}


@pytest.mark.parametrize("first", [FIRST, ("Report Date", "23-Sep-2026"), ("Report Date:", "2026-09-23")])
def test_however_the_date_is_written(tmp_path: Path, first: tuple[str, ...]) -> None:
    book = write_xlsx(tmp_path / "l.xlsx", UKSL, ROWS, first)
    assert PLUGIN.recognises(book.read_bytes()[:65536], book)
    assert PLUGIN.read(book).published == date(2026, 9, 23)


def test_a_header_without_a_date_above_it(tmp_path: Path) -> None:
    file = tmp_path / "l.csv"
    file.write_bytes(as_csv(UKSL, ROWS, FIRST).split(b"\r\n", 1)[1])
    snapshot = PLUGIN.read(file)
    assert (snapshot.published, len(snapshot.entries)) == (None, 2)


def test_the_older_header_of_the_kind(tmp_path: Path) -> None:
    header = tuple("Individual, Entity, Ship" if name == "Designation Type" else name for name in UKSL)
    rows = [{**row, "Individual, Entity, Ship": row["Designation Type"]} for row in ROWS]
    file = tmp_path / "l.csv"
    file.write_bytes(as_csv(header, rows, FIRST))
    assert len(PLUGIN.read(file).entries) == 2


def test_a_list_without_rows(tmp_path: Path) -> None:
    file = tmp_path / "l.csv"
    file.write_bytes(as_csv(UKSL, [], FIRST))
    with pytest.raises(ListError, match=r"list\.no_entries"):
        PLUGIN.read(file)
