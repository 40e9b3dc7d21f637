"""Sheets: safe to open, and read back whatever a spreadsheet did to them."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import make
import pytest

from vetting_engine.engine import Drawn, draw
from vetting_engine.errors import InputError
from vetting_engine.messages import describe
from vetting_engine.records import MemoryKeyRing
from vetting_engine.review import read_sheet, sheet_text

RECORD = "10d0683f05b30ba5-0"
HOSTILE = (
    '=HYPERLINK("http://x")', "+1", "-1+1", "@SUM(A1)", "\tcmd", "\r=1", "＝1+1", "a\x00b\x0bc", 'tab\tin, "it"\nline',
    "\u202eelavkO", "\ud800", "x" * 70_000,
)  # fmt: skip
Rows = list[dict[str, str]]


def drawn(*texts: str) -> Drawn:
    posts = tuple(make.post(f"p{n}", f"{text} balita" if "\r" not in text else text + "balita", language="tl")
                  for n, text in enumerate(texts or ("Ang", "Mga", "Sa")))  # fmt: skip
    return draw(make.candidate(posts=posts, languages=("tl",)), "content", "language:tl", MemoryKeyRing(seed="one"))


def rows_of(sheet: str) -> Rows:
    return list(csv.DictReader(io.StringIO(sheet.removeprefix("\ufeff"))))


def filled(tmp_path: Path, change: Callable[[Rows], Any] = lambda rows: None, delimiter: str = ",") -> Path:
    """A sheet in which everything was read, and then something changed."""
    rows = rows_of(sheet_text(drawn(), RECORD, "content", "language:tl"))
    for row in rows:
        row["read"] = "yes"
    change(rows)
    path = tmp_path / "sheet.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        header = list(rows[0]) if rows else ["item", "read", "category", "digest", "gap", "record"]
        writer = csv.DictWriter(file, header, delimiter=delimiter)
        writer.writeheader()
        writer.writerows(rows)
    return path


def refused(path: Path) -> list[str]:
    with pytest.raises(InputError) as caught:
        read_sheet(path)
    assert all("{" not in describe(fault) for fault in caught.value.faults)
    return [fault.code for fault in caught.value.faults]


def test_no_cell_is_a_formula_and_every_text_is_there() -> None:
    sample = drawn(*HOSTILE[:10], HOSTILE[11])
    sheet = sheet_text(sample, RECORD, "content", "language:tl")
    rows = rows_of(sheet)
    assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r", "＝")) for row in rows for cell in row.values())
    assert "\x00" not in sheet
    assert max(len(row["text"]) for row in rows) <= 30_001
    for item in sample.sampled:
        parts = [row["text"] for row in rows if row["item"] == str(item.item)]
        assert len("".join(parts)) >= len(sample.items[item.item - 1].text)
    assert {row["record"] for row in rows} == {RECORD}


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("yes", ["yes", "X", "oui", "sí", "نعم", "1"])
def test_what_readers_write_is_understood(tmp_path: Path, delimiter: str, yes: str) -> None:
    def change(rows: Rows) -> None:
        for row in rows:
            row["read"], row["item"] = yes, row["item"] + ".0"
        rows[1] |= {"category": "Hate; support", "note": "told so", "text": "mangled"}

    sheet = read_sheet(filled(tmp_path, change, delimiter))
    assert (sheet.record, sheet.gap, list(sheet.items)) == (RECORD, "content/language:tl", [1, 2, 3])
    assert sheet.items == {item.item: item.digest for item in drawn().sampled}
    assert [(one.item, one.category, one.note) for one in sheet.found] == [
        (2, "hate", "told so"),
        (2, "support", "told so"),
    ]


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (lambda rows: rows[0].update(read=""), ["sheet.not_read"]),
        (lambda rows: rows[0].update(read="later"), ["sheet.answer_unknown"]),
        (lambda rows: [row.update(read="no") for row in rows], ["sheet.not_read"] * 3),
        (lambda rows: rows[0].update(item="one"), ["sheet.item_unknown"]),
        (lambda rows: rows[0].update(item="-1"), ["sheet.item_unknown"]),
        (lambda rows: rows[0].update(item="0"), ["sheet.item_unknown"]),
        (lambda rows: rows[0].update(item="9" * 40), ["sheet.item_unknown"]),
        (lambda rows: rows[0].update(item="2"), ["sheet.item_changed"]),
        (lambda rows: rows[0].update(record="other-1"), ["sheet.several"]),
        (lambda rows: rows[0].update(gap="x", note="n" * 1_001), ["sheet.note_too_long", "sheet.several"]),
        (lambda rows: rows.clear(), ["sheet.empty"]),
        (lambda rows: [row.pop("digest") for row in rows], ["sheet.column_missing"]),
    ],
)  # fmt: skip
def test_faults_are_told_at_once(tmp_path: Path, change: Callable[[Rows], Any], expected: list[str]) -> None:
    assert refused(filled(tmp_path, change)) == expected


def test_what_is_no_sheet(tmp_path: Path) -> None:
    junk = tmp_path / "junk.csv"
    junk.write_bytes(b"\xff\xfe\x00")
    for path in (junk, tmp_path / "gone.csv", tmp_path):
        with pytest.raises(InputError):
            read_sheet(path)
