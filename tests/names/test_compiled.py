"""Compiled names: the same answers from the file, and never from one that is stale, damaged or forged."""

from __future__ import annotations

from pathlib import Path

import pytest

from vetting_engine.names import compiled
from vetting_engine.names.compiled import CompiledError, open_compiled, open_or_build
from vetting_engine.names.index import NameIndex
from vetting_engine.names.parts import parse_name

NAMES = ["Tamsin Okvale", "Farrokhal Marrow (Фаррохал)", "Abdul Rahman J. Okvale", "FNU", "محمد الأوكفالي"]


def _found(index: NameIndex, name: str = "Tamsin Okvalle") -> list[tuple[int, int]]:
    return [(each.name, each.alignment.centibits) for each in index.search(parse_name(name), 300)]


def _file(folder: Path) -> Path:
    (path,) = folder.iterdir()
    return path


def test_the_file_answers_as_the_names_do(tmp_path: Path) -> None:
    built = open_or_build(tmp_path, "one", NAMES)
    written = _file(tmp_path).read_bytes()
    opened = open_or_build(tmp_path, "one", NAMES)
    for name in NAMES:
        assert _found(opened, name) == _found(built, name) == _found(open_or_build(None, "one", NAMES), name)
    assert _file(tmp_path).read_bytes() == written


def test_without_a_folder_nothing_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    open_or_build(None, "one", NAMES)
    assert not list(tmp_path.iterdir())


def test_another_list_version_or_kind_is_another_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    open_or_build(tmp_path, "one", NAMES)
    open_or_build(tmp_path, "two", NAMES)
    open_or_build(tmp_path, "one", NAMES, bodies=True)
    monkeypatch.setattr(compiled, "FORMAT", compiled.FORMAT + 1)
    open_or_build(tmp_path, "one", NAMES)
    assert len(list(tmp_path.iterdir())) == 4


def test_a_damaged_file_is_refused_and_made_anew(tmp_path: Path) -> None:
    expected = _found(open_or_build(tmp_path, "one", NAMES))
    path = _file(tmp_path)
    good = path.read_bytes()
    key = path.stem.removeprefix("names-")
    middle = len(good) - 100
    for bad in (b"", b"x", good[:40], good[:-1], good + b"\0", good[:middle] + b"\xff" + good[middle + 1 :]):
        path.write_bytes(bad)
        with pytest.raises(CompiledError):
            open_compiled(path, key)
        assert _found(open_or_build(tmp_path, "one", NAMES)) == expected
        assert path.read_bytes() == good


def test_a_file_under_another_key_is_refused(tmp_path: Path) -> None:
    open_or_build(tmp_path, "one", NAMES)
    with pytest.raises(CompiledError):
        open_compiled(_file(tmp_path), "0" * 32)


def test_a_folder_that_cannot_be_written_is_no_fault(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    assert _found(open_or_build(tmp_path / "file", "one", NAMES)) == _found(open_or_build(None, "one", NAMES))


def test_an_empty_list_compiles(tmp_path: Path) -> None:
    assert _found(open_or_build(tmp_path, "none", [])) == _found(open_or_build(tmp_path, "none", [])) == []
