"""Workbooks."""

import builtins
import zipfile
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from vetting_engine.errors import InputError
from vetting_engine.files.workbooks import is_workbook, read_sheets

xlsxwriter = pytest.importorskip("xlsxwriter")
pytest.importorskip("python_calamine")


@pytest.fixture
def book(tmp_path: Path) -> Any:
    def write(**sheets: Any) -> Path:
        path = tmp_path / "book.xlsx"
        workbook = xlsxwriter.Workbook(str(path), {"default_date_format": "yyyy-mm-dd"})
        for name, rows in sheets.items():
            sheet = workbook.add_worksheet(name)
            for index, row in enumerate(rows):
                sheet.write_row(index, 0, row)
        workbook.close()
        return path

    return write


def codes(path: Path) -> list[str]:
    with pytest.raises(InputError) as caught:
        read_sheets(path)
    return [fault.code for fault in caught.value.faults]


def test_cells_look_as_people_see_them(book: Any) -> None:
    path = book(
        first=[
            ["id", "n", "half", "day", "time", "yes", "long"],
            ["c1", 12, 0.5, date(1990, 5, 3), datetime(2026, 1, 2, 3, 4), True, 254712345678],  # noqa: DTZ001  # a workbook knows no zones
            [],
            ["c2", "", "", "", "", False, 2.5e20],
        ],
        second=[["a"], ["b"]],
        empty=[],
    )
    assert is_workbook(path.read_bytes()[:8])
    first, second = read_sheets(path)
    assert (first.sheet, second.sheet) == ("first", "second")
    assert [(row.line, row.cells) for row in first.rows] == [
        (2, ("c1", "12", "0.5", "1990-05-03", "2026-01-02T03:04:00", "true", "254712345678")),
        (4, ("c2", "", "", "", "", "false", "2.500000E+20")),
    ]


def test_what_is_no_workbook(tmp_path: Path, book: Any) -> None:
    torn = tmp_path / "torn.xlsx"
    torn.write_bytes(book(a=[["x"]]).read_bytes()[:200])
    assert codes(torn) == ["workbook.damaged"]
    other = tmp_path / "other.xlsx"
    with zipfile.ZipFile(other, "w") as archive:
        archive.writestr("a.txt", "hello")
    assert codes(other) == ["workbook.damaged"]
    assert codes(book(a=[])) == ["workbook.empty"]


def test_a_bomb_is_not_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vetting_engine.model.limits.MAX_FILE_BYTES", 10_000)
    bomb = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "0" * 1_000_000)
    assert codes(bomb) == ["workbook.too_large"]


def test_without_the_extra_the_remedy_is_said(book: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    path = book(a=[["x"], ["y"]])
    real = builtins.__import__

    def refuse(name: str, *args: Any, **kwargs: Any) -> Any:
        if name == "python_calamine":
            raise ImportError(name)
        return real(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", refuse)
    assert codes(path) == ["workbook.needs_extra"]
