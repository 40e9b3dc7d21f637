"""Bounded reading."""

from pathlib import Path

import pytest

from vetting_engine.errors import InputError
from vetting_engine.files.reading import HEAD_BYTES, read_bytes, read_head


def code_of(path: Path, **bounds: int) -> str:
    with pytest.raises(InputError) as caught:
        read_bytes(path, **bounds)
    (fault,) = caught.value.faults
    assert fault.at.file == str(path)
    return fault.code


def test_reads_what_fits(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_bytes(b"12345")
    assert read_bytes(file, max_bytes=5) == b"12345"
    assert code_of(file, max_bytes=4) == "file.too_large"


def test_head_is_bounded(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_bytes(b"x" * (HEAD_BYTES + 10))
    assert len(read_head(file)) == HEAD_BYTES


def test_what_cannot_be_read(tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    empty.touch()
    assert code_of(tmp_path / "none") == "file.missing"
    assert code_of(tmp_path) == "file.is_folder"
    assert code_of(empty) == "file.empty"
    assert code_of(tmp_path / "a\x00b") == "file.unreadable"
