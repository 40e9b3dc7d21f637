"""JSON Lines."""

from pathlib import Path
from typing import Any

import pytest

from vetting_engine.errors import InputError
from vetting_engine.files.json_lines import MAX_DEPTH, parse_lines, read_lines


def test_objects_know_their_lines() -> None:
    lines = parse_lines('{"a": 1}\r\n\n{"a": "x\u2028y"}\n', "f")
    assert [(line.line, line.value) for line in lines.objects] == [(1, {"a": 1}), (3, {"a": "x\u2028y"})]
    assert lines.faults == ()


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ('{"a": 1', "json.malformed"),
        ("[1]", "json.not_object"),
        ('"text"', "json.not_object"),
        ('{"a": 1, "b": 2, "a": 3}', "json.duplicate_key"),
        ('{"a": {"b": 1, "b": 1}}', "json.duplicate_key"),
        ('{"a": NaN}', "json.not_a_number"),
        ('{"a": -Infinity}', "json.not_a_number"),
        ('{"a": "\\ud800"}', "json.half_character"),
        ('{"\\udfff": 1}', "json.half_character"),
        ('{"a": ' + "[" * MAX_DEPTH + "]" * MAX_DEPTH + "}", "json.excessive"),
        ('{"a": ' + "[" * 100_000 + "]" * 100_000 + "}", "json.excessive"),
        ('{"a": ' + "9" * 5_000 + "}", "json.excessive"),
    ],
)
def test_a_bad_line_is_named_and_the_rest_goes_on(line: Any, code: str) -> None:
    lines = parse_lines(f'{{"ok": 1}}\n{line}\n{{"ok": 2}}\n', "f")
    assert [found.line for found in lines.objects] == [1, 3]
    (fault,) = lines.faults
    assert (fault.code, fault.at.line) == (code, 2)


def test_whole_characters_written_as_escapes_are_fine() -> None:
    assert parse_lines('{"a": "\\ud83d\\ude00"}', "f").objects[0].value == {"a": "😀"}


def test_the_deepest_allowed_shape() -> None:
    assert parse_lines('{"a": ' + "[" * (MAX_DEPTH - 1) + "]" * (MAX_DEPTH - 1) + "}", "f").faults == ()


@pytest.mark.parametrize("text", ['[\n{"a": 1},\n{"a": 2}\n]\n', '{\n "a": 1\n}\n', '[{"a": 1}]'])
def test_one_document_is_said_once(text: str) -> None:
    with pytest.raises(InputError) as caught:
        parse_lines(text, "f")
    assert [fault.code for fault in caught.value.faults] == ["json.not_lines"]


def test_reads_a_file(tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"
    file.write_text('\ufeff{"a": "ܐ"}\n', encoding="utf-8")
    assert read_lines(file).objects[0].value == {"a": "ܐ"}
