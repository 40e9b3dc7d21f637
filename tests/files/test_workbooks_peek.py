"""The first texts of a workbook, whatever it is."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
import xlsxwriter

from vetting_engine.files.workbooks import peek


def test_the_first_texts(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(str(tmp_path / "b")) as book:
        book.add_worksheet().write_row(0, 0, ["Name 6", "Group ID", 7])
    assert peek(tmp_path / "b")[:2] == ("Name 6", "Group ID")


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 torn", b"no workbook"])
def test_what_is_no_workbook_has_none(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "b").write_bytes(data)
    assert peek(tmp_path / "b") == ()


def test_a_workbook_that_unpacks_without_end_is_read_a_little_way(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "b", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/sharedStrings.xml", "<t>Name 6</t>" + " " * 50_000_000)
    assert peek(tmp_path / "b") == ("Name 6",)
