"""A batch of one or more candidates with exports laid out beside them."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from vetting_engine.intake import read_batch
from vetting_engine.protocols import BatchRead

Exports = Callable[..., BatchRead]


def write(file: Path, content: Any) -> Path:
    """Bytes and texts as they are, anything else as JSON; missing folders are made."""
    file.parent.mkdir(parents=True, exist_ok=True)
    if not isinstance(content, bytes | str):
        content = json.dumps(content)
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return file


@pytest.fixture
def exports(tmp_path: Path) -> Exports:
    """``exports({"x/result.json": …}, accounts=[…])``: the batch of candidate ``c1`` with these files."""

    def read(files: Mapping[str, Any], *, accounts: Any = (), languages: Any = ("en",), mapping: str = "") -> BatchRead:
        person = {"id": "c1", "names": ["Odo Wickenby"], "accounts": list(accounts), "languages": list(languages)}
        write(tmp_path / "candidates.jsonl", json.dumps(person) + "\n")
        if mapping:
            write(tmp_path / "mapping.yaml", mapping)
        (tmp_path / "posts" / "c1").mkdir(parents=True, exist_ok=True)
        for name, content in files.items():
            write(tmp_path / "posts" / "c1" / name, content)
        return read_batch(tmp_path)

    return read


def codes(read: BatchRead) -> list[str]:
    """The codes of what is wrong, in order."""
    return [fault.code for fault in read.faults]


_OPENED: list[str] = []
_HOOKED: list[bool] = []


@pytest.fixture
def opened() -> Callable[[], list[str]]:
    """Every path the interpreter has opened or listed since it was first asked."""
    if not _HOOKED:
        _HOOKED.append(True)
        # An audit hook cannot be taken away again, so there is one for all tests.
        sys.addaudithook(_note)
    _OPENED.clear()
    return lambda: list(_OPENED)


def _note(event: str, values: tuple[Any, ...]) -> None:
    if event in {"open", "os.listdir", "os.scandir"} and isinstance(values[0], str | Path):
        _OPENED.append(str(values[0]))
