"""Encodings and delimiters."""

from typing import Any

import pytest

from vetting_engine.errors import InputError
from vetting_engine.files.sniff import decode, delimiter_of


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_unicode_with_and_without_mark(codec: str) -> None:
    decoded = decode("id;اسم\n1;ተስፋዬ\n".encode(codec), "f")
    assert decoded.text == "id;اسم\n1;ተስፋዬ\n"
    assert decoded.warnings == ()


def test_western_text_is_read_and_said() -> None:
    decoded = decode("id,name\n1,Zoë Ñandú\n2,Façade d'été\n".encode("cp1252"), "f")
    assert "Zoë Ñandú" in decoded.text
    (warning,) = decoded.warnings
    assert (warning.code, warning.severity, warning.at.line) == ("file.encoding_guessed", "warning", 2)


@pytest.mark.parametrize(
    ("data", "line", "offset"),
    [
        ("id,name\n1,محمد علي\n".encode("cp1256"), 2, 10),  # another code page is never guessed
        ("id,name\n1,Пётр\n".encode("cp1251"), 2, 12),
        ("id,name\n1,Zoë\n2,".encode() + b"Zo\xe9\n", 3, 19),  # UTF-8 with a slip in it is damaged
        (b"id,name\n1,a\x81b\n", 2, 11),  # no character in cp1252 either
    ],
)
def test_what_is_not_utf8_is_refused_with_its_place(data: bytes, line: Any, offset: int) -> None:
    with pytest.raises(InputError) as caught:
        decode(data, "f")
    (fault,) = caught.value.faults
    assert (fault.code, fault.at.line, fault.params["offset"]) == ("file.encoding", line, offset)


def test_a_declared_encoding_is_believed_but_a_mark_wins() -> None:
    assert decode("محمد".encode("cp1256"), "f", "cp1256").text == "محمد"
    assert decode("محمد".encode("utf-8-sig"), "f", "cp1256").text == "محمد"


@pytest.mark.parametrize(
    ("data", "declared", "code"),
    [
        ("id,name\n1,Ada\n".encode("utf-16-le"), None, "file.binary"),  # no mark
        (bytes(range(256)) * 4 + b"\x00" * 90, None, "file.binary"),
        (b"abc", "klingon", "file.encoding_unknown"),
    ],
)
def test_what_is_no_text(data: bytes, declared: Any, code: str) -> None:
    with pytest.raises(InputError) as caught:
        decode(data, "f", declared)
    assert [fault.code for fault in caught.value.faults] == [code]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_delimiters(delimiter: str) -> None:
    rows = [["id", "name", "notes"], ["1", "Ada", "a, b; c"], ["2", "Bo", "x"]]
    assert delimiter_of("\n".join(delimiter.join(f'"{cell}"' for cell in row) for row in rows)) == delimiter
    plain = [["id", "name", "notes"], ["1", "Ada", "b"], ["2", "Bo", "x"]]
    assert delimiter_of("\n".join(delimiter.join(row) for row in plain)) == delimiter


def test_more_commas_than_delimiters() -> None:
    header = '"_id";"Hello, my name is ___, and I work here, there, and everywhere. May I ask, briefly?";"end"'
    assert delimiter_of(header) == ";"
    assert delimiter_of(header + '\n"1";"Yes, of course, gladly";"x"\n') == ";"


def test_one_column_has_no_delimiter_to_find() -> None:
    assert delimiter_of("id\n1\n2\n") == ","
