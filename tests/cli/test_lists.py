"""Lists of a run: where they are kept compiled, and that nothing depends on it."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path
from typing import Any

import make
import pytest

from vetting_engine.cli import Exit, main
from vetting_engine.cli._lists import cache_for, drop_old_compiled
from vetting_engine.model.watchlist import Effect, ListSnapshot, LoadReport, SourceFile

LISTED = "Tamsin Okvale Farrokhal"


def _long_list(folder: Path, names: int = 2_100) -> Path:
    """A binding list of as many invented bodies of one person each."""
    folder.mkdir(parents=True)
    rows = "".join(f"{number},Odo Velmar {'abcdefghij'[number % 10]}{number} Klow\n" for number in range(names))
    (folder / "guild.csv").write_text(f"No,Name\nx,{LISTED}\n{rows}", encoding="utf-8")
    (folder / "guild.csv.mapping.yaml").write_text(
        "title: River guild\nissuer: Guild\npublished: 2026-06-01\ncolumns: {id: No, name: Name}\n", encoding="utf-8"
    )
    (folder / "authorities.yaml").write_text(
        "lists:\n  guild:\n    effect: binding\n    legal_basis: Sample\n    approving_office: Sample\n",
        encoding="utf-8",
    )
    return folder


@pytest.fixture
def batch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "batch"
    _long_list(folder / "watchlists")
    (folder / "candidates.csv").write_text(
        f"id,name,languages,relations_declared\nc-1,{LISTED},en,no\nc-2,Ruth Ask Vennel,en,no\n", encoding="utf-8"
    )
    monkeypatch.chdir(tmp_path)
    return folder


def vet(*options: str) -> bytes:
    """The lines of a run."""
    given = ("--as-of", "2026-06-02", "--out", "out", "--no-journal", "--format", "jsonl", *options)
    assert main(["vet", "batch", *given]) == Exit.DONE
    return Path("out/candidates.jsonl").read_bytes()


def test_long_lists_are_kept_compiled_beside_them_and_answer_the_same(batch: Path) -> None:
    first = vet()
    kept = sorted((batch / "watchlists" / ".compiled").glob("names-*.compiled"))
    assert kept
    assert vet() == first == vet("--no-cache")
    for file in kept:
        file.write_bytes(file.read_bytes()[:-40])  # cut off: made anew
    assert vet() == first
    assert sorted((batch / "watchlists" / ".compiled").glob("names-*.compiled")) == kept


def test_compiled_lists_may_lie_elsewhere_or_nowhere(batch: Path, tmp_path: Path) -> None:
    vet("--no-cache")
    vet("--cache", "elsewhere")
    assert list((tmp_path / "elsewhere").glob("names-*.compiled"))
    assert not (batch / "watchlists" / ".compiled").exists()


def test_a_folder_that_cannot_be_written_is_no_fault(batch: Path) -> None:
    (batch / "watchlists" / ".compiled").write_text("a file where the folder would be", encoding="utf-8")
    first = vet()
    assert first == vet("--no-cache")
    assert vet("--cache", "/proc/no-such-folder") == first


def test_workers_use_the_compiled_lists_too(batch: Path) -> None:
    assert vet("--workers", "2") == vet("--no-cache")
    assert list((batch / "watchlists" / ".compiled").glob("names-*.compiled"))


def _snapshot(names: int, **parts: Any) -> ListSnapshot:
    files = (SourceFile(name="a.xml", digest=make.digest("a"), path="lists/a.xml"),)
    return make.snapshot(report=LoadReport(entries=1, names=names), files=files, **parts)


def test_only_lists_that_are_on_and_long_are_compiled() -> None:
    off = make.snapshot().authority.model_copy(update={"effect": Effect.OFF})
    assert cache_for([_snapshot(5_000)], None, off=False) == Path("lists/.compiled")
    assert cache_for([_snapshot(100)], None, off=False) is None
    assert cache_for([_snapshot(5_000, authority=off)], None, off=False) is None
    assert cache_for([make.snapshot(retrieved=date(2026, 1, 1))], None, off=False) is None  # made in memory
    assert cache_for([_snapshot(5_000)], Path("there"), off=True) is None


def test_the_newest_files_stay(tmp_path: Path) -> None:
    for number in range(12):
        file = tmp_path / f"names-{number:02}.compiled"
        file.write_bytes(b"")
        os.utime(file, (number, number))
    (tmp_path / "mine.txt").write_bytes(b"")
    drop_old_compiled(tmp_path)
    assert sorted(file.name for file in tmp_path.iterdir()) == [
        "mine.txt", *(f"names-{number:02}.compiled" for number in range(4, 12)),
    ]  # fmt: skip
    drop_old_compiled(tmp_path / "gone")
    drop_old_compiled(None)
