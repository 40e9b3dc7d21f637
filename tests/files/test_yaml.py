"""YAML read as text with places; what may not be in a file is a fault with line and column."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml as pyyaml

from vetting_engine.errors import InputError, RulesetError
from vetting_engine.files import yaml
from vetting_engine.model import limits


def value(text: str) -> object:
    return yaml.loads(text, "t.yaml").value


def told(text: str | bytes) -> list[tuple[int, int, str]]:
    document, faults = yaml.reads(text, "t.yaml")
    assert document is None
    assert {fault.at.file for fault in faults} == {"t.yaml"}
    return [(fault.at.line, fault.at.column, fault.code) for fault in faults]


@pytest.mark.parametrize(
    "scalar",
    ["no", "on", "Yes", "1:30", "2.54712E+11", "~", "null", "0x1F", "010", "1_000", ".nan", "-.inf", "2026-03-31", "="],
)
def test_a_scalar_is_the_text_that_stands_there(scalar: str) -> None:
    assert value(f"a: {scalar}\nb: [{scalar}]\n") == {"a": scalar, "b": [scalar]}
    assert value(f"{scalar}: x\n") == {scalar: "x"}


def test_only_an_empty_value_is_none() -> None:
    assert value("a:\nb: ''\nc:\n  -\n  - x\n") == {
        "a": None,
        "b": "",
        "c": [None, "x"],
    }


def test_a_merge_key_is_a_key_like_any_other() -> None:
    assert value("<<: {a: b}\n") == {"<<": {"a": "b"}}


def test_every_value_knows_its_place() -> None:
    document = yaml.loads("a: 1\nrules:\n  - id: x\n    when: {b.c: [1, 2]}\n  - id: y\n", "t.yaml")
    assert str(document.at()) == "t.yaml:1:1"
    assert str(document.at(("rules", 1, "id"))) == "t.yaml:5:5 [rules[1].id]"
    assert str(document.at(("rules", 0, "when", "b.c", 1))) == "t.yaml:4:21 [rules[0].when.b.c[1]]"
    # What is missing is told at the thing it is missing from.
    assert str(document.at(("rules", 1, "title"))) == "t.yaml:5:5 [rules[1].title]"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: 1\nb: 2\na: 3\nb: 4\na: 5\n", [(line, 1, "yaml.duplicate_key") for line in (3, 4, 5)]),
        ("a: &x 1\nb: *x\n", [(1, 4, "yaml.anchor"), (2, 4, "yaml.alias")]),
        ("a: !!int 3\nb: !x y\n", [(1, 4, "yaml.tag"), (2, 4, "yaml.tag")]),
        ("a:\n\tb: 1\n\tc: 2\n", [(2, 1, "yaml.tab"), (3, 1, "yaml.tab")]),
        ("a: [1\nb: 2\n", [(2, 2, "yaml.syntax")]),
        ("", [(0, 0, "yaml.empty")]),
        ("# nothing\n", [(0, 0, "yaml.empty")]),
        ("---\n", [(0, 0, "yaml.empty")]),
        ("a: 1\n---\nb: 1\n", [(2, 1, "yaml.two_documents")]),
        ("[a, b]: c\n", [(1, 1, "yaml.key")]),
        ("a: x\x00y\nb: \x1b\n", [(1, 5, "yaml.not_text"), (2, 4, "yaml.not_text")]),
        ('a: "\\0"\nb: "\\x07"\n', [(1, 4, "yaml.not_text"), (2, 4, "yaml.not_text")]),
        ("a: \ud800\n", [(1, 4, "yaml.not_text")]),
        ("a: x\u202ey\n", [(1, 5, "yaml.hidden_character")]),
        ("a: 'x\u2028y'\n", [(1, 6, "yaml.hidden_character")]),
        (b"a: caf\xe9\n", [(1, 7, "yaml.encoding")]),
        ("a: b\n".encode("utf-16"), [(1, 1, "yaml.encoding")]),
        (b"a: 1\r\nb: 2\r\na: 3\r\n", [(3, 1, "yaml.duplicate_key")]),
        ("a: " + "[" * 50, [(1, 44, "yaml.too_deep")]),
        ("a: " + "x" * (limits.MAX_POST_CHARS + 1), [(1, 4, "yaml.text_too_long")]),
        ("k" * 201 + ": x", [(1, 1, "yaml.key")]),
    ],
)  # fmt: skip
def test_faults_have_line_and_column_and_come_all_at_once(
    text: str | bytes, expected: list[tuple[int, int, str]]
) -> None:
    assert told(text) == expected


def test_a_duplicate_names_the_line_of_the_first() -> None:
    _, (fault,) = yaml.reads("a: 1\nb: 2\na: 3\n", "t.yaml")
    assert fault.params == {"key": "a", "first_line": 1}


def test_letters_of_all_scripts_joiners_and_a_byte_order_mark_are_text() -> None:
    text = "\ufeffkey: می\u200cخواهم 🙂 አማርኛ\n"
    assert value(text) == {"key": "می\u200cخواهم 🙂 አማርኛ"}
    assert yaml.loads(text.encode(), "t.yaml").value == value(text)


def test_too_many_faults_stop_the_pass() -> None:
    assert len(told("a: 1\n" * 100_000)) == 100


def test_files_are_read_whole_or_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    with pytest.raises(InputError, match=r"yaml\.unreadable"):
        yaml.load(path)
    with pytest.raises(RulesetError, match=r"yaml\.unreadable"):
        yaml.load(tmp_path, error=RulesetError)
    path.write_text("a: b\n", encoding="utf-8")
    assert yaml.load(path).at(("a",)).file == str(path)
    assert yaml.load(path, "pack/x.yaml").at(("a",)).file == "pack/x.yaml"
    with path.open("wb") as stream:
        stream.truncate(limits.MAX_YAML_BYTES + 1)
    with pytest.raises(InputError, match=r"yaml\.too_large"):
        yaml.load(path)


def test_without_libyaml_the_answers_are_the_same(monkeypatch: pytest.MonkeyPatch, root: Path) -> None:
    samples = sorted((root / "tests/rulebook/packs/good").rglob("*.yaml"))
    assert samples
    fast = [yaml.load(path) for path in samples]
    monkeypatch.delattr(pyyaml, "CSafeLoader", raising=False)
    slow = [yaml.load(path) for path in samples]
    assert fast == slow
