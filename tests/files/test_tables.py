"""Tables: every row knows its line, one bad row never takes the next with it."""

import csv
import io
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vetting_engine.errors import InputError
from vetting_engine.files.tables import parse_table, read_table
from vetting_engine.model import limits


def rows_of(text: str, **options: Any) -> list[Any]:
    return [(row.line, row.cells, row.fault and row.fault.code) for row in parse_table(text, "f", **options).rows]


def test_lines_count_through_line_breaks_in_cells() -> None:
    text = 'id,bio\r\n1,"first\r\nsecond\r\nthird"\r\n2,x\r\n'
    assert rows_of(text) == [(2, ("1", "first\r\nsecond\r\nthird"), None), (5, ("2", "x"), None)]


def test_blank_rows_are_left_out_and_counted() -> None:
    assert rows_of("id,bio\n\n , \n1,x\n") == [(4, ("1", "x"), None)]


def test_ragged_rows_are_refused_singly() -> None:
    assert [row[2] for row in rows_of("a,b,c\n1,2\n1,2,3\n1,2,3,4\n1,2,3,,\n")] == [
        "table.ragged_row", None, "table.ragged_row", None,
    ]  # fmt: skip


def test_an_open_quotation_costs_its_own_row() -> None:
    found = rows_of('id,bio\n1,"never closed\n2,fine\n3,"closed"\n')
    assert [(line, code) for line, _, code in found] == [(2, "table.open_quote"), (3, None), (4, None)]


def test_control_characters_cost_their_own_row() -> None:
    found = rows_of("id,bio\n1,a\x00b\n2,fine\n")
    assert found == [(2, ("1", "ab"), "table.control_character"), (3, ("2", "fine"), None)]


def test_a_five_megabyte_cell_costs_its_own_row_and_keeps_the_id() -> None:
    limit = csv.field_size_limit()
    found = rows_of('id,text\n1,"' + "long \n" * 700_000 + '"\n2,fine\n')
    assert [(line, cells[0], code) for line, cells, code in found] == [
        (2, "1", "table.cell_too_long"),
        (700_003, "2", None),
    ]
    assert csv.field_size_limit() == limit  # the process-wide limit is not ours to change


def test_a_long_row_of_short_cells_is_no_long_cell() -> None:
    header = ",".join(f"q{number}" for number in range(4_000))
    row = ",".join(["forty characters, no more than that.."[:36].replace(",", " ")] * 4_000)
    ((_, cells, code),) = rows_of(f"{header}\n{row}\n", delimiter=",")
    assert (len(cells), code) == (4_000, None)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "table.no_header"),
        ("\n \n", "table.no_header"),
        (",".join("x" * (limits.MAX_TABLE_COLUMNS + 1)) + "\n", "table.too_many_columns"),
        ('id,"name\n', "table.open_quote"),
    ],
)
def test_headers_that_cannot_be_used(text: str, code: str) -> None:
    with pytest.raises(InputError) as caught:
        parse_table(text, "f", delimiter=",")
    assert [fault.code for fault in caught.value.faults] == [code]


def test_headers_are_tidied_and_may_repeat() -> None:
    assert parse_table("\ufeff id , Name\xa0,Name\n1,2,3\n", "f").header == ("id", "Name", "Name")


def test_a_table_without_header() -> None:
    table = parse_table("1,2\n3,4,5\n", "f", header=False, delimiter=",")
    assert (table.header, [row.cells for row in table.rows]) == ((), [("1", "2"), ("3", "4", "5")])


def test_reads_a_file_and_says_its_encoding(tmp_path: Path) -> None:
    file = tmp_path / "t.csv"
    file.write_bytes("id;name\n1;Zoé\n".encode("cp1252"))
    table = read_table(file)
    assert (table.delimiter, table.encoding, table.rows[0].cells) == (";", "cp1252", ("1", "Zoé"))
    assert [fault.code for fault in table.faults] == ["file.encoding_guessed"]


CELLS = st.text(alphabet=st.sampled_from('ab,;"\n\r \t|é'), max_size=8)


@given(rows=st.lists(st.lists(CELLS, min_size=3, max_size=3), min_size=1, max_size=6))
def test_what_the_csv_module_writes_is_read_back_with_its_lines(rows: Any) -> None:
    out = io.StringIO(newline="")
    writer = csv.writer(out, quoting=csv.QUOTE_ALL)
    writer.writerow(["a", "b", "c"])
    lines = []
    for row in rows:
        lines.append(len(list(io.StringIO(out.getvalue(), newline=""))) + 1)
        writer.writerow(row)
    found = parse_table(out.getvalue(), "f", delimiter=",").rows
    expected = [(line, tuple(row)) for line, row in zip(lines, rows, strict=True) if any(c.strip() for c in row)]
    assert [(row.line, row.cells) for row in found] == expected


@given(text=st.text(alphabet=st.sampled_from('a,;"\n\r\x00 '), max_size=60))
def test_any_text_gives_rows_or_a_fault(text: str) -> None:
    try:
        table = parse_table(text, "f")
    except InputError as error:
        assert error.faults  # noqa: PT017  # either answer is right
    else:
        assert all(row.fault or len(row.cells) == len(table.header) for row in table.rows)
