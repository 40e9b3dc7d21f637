"""The folder of a run appears whole, or not at all, and never in place of somebody else's."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from vetting_engine import canonical
from vetting_engine.cli._out_folder import MANIFEST, OutFolder
from vetting_engine.errors import InputError


def write(path: Path, **files: str) -> None:
    with OutFolder(path) as out:
        for name, text in files.items():
            (out.reports / name).write_text(text)
        out.publish([out.reports / name for name in files], {"as_of": "2026-01-15"})


def fail(path: Path) -> None:
    with OutFolder(path) as out:
        (out.reports / "a").write_text("half")
        raise RuntimeError


def test_files_appear_with_their_digests(tmp_path: Path) -> None:
    write(tmp_path / "out", a="one")
    assert (tmp_path / "out" / "a").read_text() == "one"
    manifest = json.loads((tmp_path / "out" / MANIFEST).read_text())
    assert manifest["files"] == {"a": canonical.digest(b"one")}
    assert manifest["as_of"] == "2026-01-15"


def test_parents_are_made(tmp_path: Path) -> None:
    write(tmp_path / "deep" / "er" / "out", a="one")
    assert (tmp_path / "deep" / "er" / "out" / "a").is_file()


def test_a_failure_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError):
        fail(tmp_path / "out")
    assert list(tmp_path.iterdir()) == []


def test_nothing_of_the_new_is_seen_before_publishing(tmp_path: Path) -> None:
    with OutFolder(tmp_path / "out") as out:
        (out.reports / "a").write_text("half")
        assert not (tmp_path / "out").exists()


def test_an_empty_folder_is_taken(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    write(tmp_path / "out", a="one")
    assert (tmp_path / "out" / "a").is_file()


@pytest.mark.parametrize("content", ["{}", "not json", '{"schema": "other/1", "files": {}}', "[]"])
def test_a_folder_of_somebody_else_is_refused_untouched(tmp_path: Path, content: str) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / MANIFEST).write_text(content)
    with pytest.raises(InputError, match=r"cli\.out_not_ours"):
        OutFolder(tmp_path / "out")
    assert [item.name for item in (tmp_path / "out").iterdir()] == [MANIFEST]


def test_a_file_in_the_place_is_refused(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("mine")
    with pytest.raises(InputError, match=r"cli\.out_not_ours"):
        OutFolder(tmp_path / "out")


def test_a_folder_of_ours_gets_new_reports_and_keeps_its_journal(tmp_path: Path) -> None:
    write(tmp_path / "out", a="one", b="two")
    (tmp_path / "out" / "journal.sqlite").write_text("kept")
    with OutFolder(tmp_path / "out") as out:
        assert out.journals == tmp_path / "out"
        (out.reports / "a").write_text("new")
        out.publish([out.reports / "a"], {})
    assert sorted(item.name for item in (tmp_path / "out").iterdir()) == ["a", "journal.sqlite", MANIFEST]
    assert (tmp_path / "out" / "a").read_text() == "new"
    assert [item.name for item in tmp_path.iterdir()] == ["out"]


def test_a_failed_second_run_leaves_the_first(tmp_path: Path) -> None:
    write(tmp_path / "out", a="one")
    with pytest.raises(RuntimeError):
        fail(tmp_path / "out")
    assert (tmp_path / "out" / "a").read_text() == "one"


def test_a_manifest_cannot_name_files_elsewhere(tmp_path: Path) -> None:
    write(tmp_path / "out", a="one")
    manifest = tmp_path / "out" / MANIFEST
    told = json.loads(manifest.read_text())
    told["files"]["../precious"] = "sha256:0"
    manifest.write_text(json.dumps(told))
    (tmp_path / "precious").write_text("mine")
    write(tmp_path / "out", b="two")
    assert (tmp_path / "precious").read_text() == "mine"
