"""The archive: exact bytes by digest, whole or absent, hashed again before use."""

from __future__ import annotations

import hashlib
import os
import sys
from pathlib import Path
from typing import Any

import make
import pytest

from vetting_engine.errors import JournalError
from vetting_engine.model.ruleset import Ruleset
from vetting_engine.model.watchlist import ListSnapshot, SourceFile
from vetting_engine.records import Archive, Journal, approval_digest


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return Archive.beside(tmp_path / "journal.sqlite")


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    folder = tmp_path / "pack"
    for name, text in (
        ("ruleset.yaml", "id: a\n"),
        ("rules/content/hate.yaml", "id: hate\n"),
        ("twin.yaml", "id: a\n"),
    ):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())
    (folder / ".hidden").write_text("not part of the pack")
    (folder / "__pycache__").mkdir()
    (folder / "__pycache__" / "x.pyc").write_bytes(b"\x00")
    return folder


def code(error: pytest.ExceptionInfo[JournalError]) -> str:
    return error.value.faults[0].code


def ruleset(folder: Path, **parts: Any) -> Ruleset:
    return make.ruleset(folder=str(folder), **parts)


def named(given: Ruleset) -> dict[str, object]:
    return {"digest": given.digest, "approval": approval_digest(given.approval)}


def snapshot(*paths: Path, digest: str | None = None) -> ListSnapshot:
    files = tuple(
        SourceFile(name=path.name, digest="sha256:" + hashlib.sha256(path.read_bytes()).hexdigest(), path=str(path))
        for path in paths
    )
    return make.snapshot(files=files, digest=digest or files[0].digest)


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_file_comes_back_by_its_digest(archive: Archive, tmp_path: Path) -> None:
    path = tmp_path / "list.xml"
    path.write_bytes(b"<list/>\r\n" * 300_000)
    digest = archive.put_file(path)
    assert digest == "sha256:" + hashlib.sha256(path.read_bytes()).hexdigest()
    path.unlink()
    assert archive.get_file(digest) == b"<list/>\r\n" * 300_000


def test_equal_bytes_are_kept_once_and_nothing_temporary_remains(archive: Archive, tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).write_bytes(b"the same")
        archive.put_file(tmp_path / name)
    assert [path.read_bytes() for path in archive.folder.rglob("*") if path.is_file()] == [b"the same"]


def test_a_pack_comes_back_without_hidden_files(archive: Archive, pack: Path, tmp_path: Path) -> None:
    given = ruleset(pack)
    listed = archive.put_pack(given)
    assert listed == archive.put_pack(given)
    into = tmp_path / "again"
    assert len(archive.extract_pack(named(given), into)) == 3
    assert contents(into) == {
        "ruleset.yaml": b"id: a\n",
        "rules/content/hate.yaml": b"id: hate\n",
        "twin.yaml": b"id: a\n",
    }


def test_the_same_pack_under_two_approvals_is_two_packs(archive: Archive, pack: Path, tmp_path: Path) -> None:
    unapproved, approved = ruleset(pack, approval=None), ruleset(pack)
    archive.put_pack(unapproved)
    (pack / "approval.yaml").write_text("office: Vell\n")
    archive.put_pack(approved)
    archive.extract_pack(named(unapproved), tmp_path / "u")
    archive.extract_pack(named(approved), tmp_path / "a")
    assert "approval.yaml" not in contents(tmp_path / "u")
    assert "approval.yaml" in contents(tmp_path / "a")


def test_a_list_of_several_files_comes_back_under_its_own_digest(archive: Archive, tmp_path: Path) -> None:
    paths = [tmp_path / "sdn.csv", tmp_path / "alt.csv"]
    for path in paths:
        path.write_bytes(path.name.encode())
    whole = snapshot(*paths, digest=make.digest("both"))
    archive.put_source(whole)
    into = tmp_path / "again"
    assert sorted(path.name for path in archive.extract_source(whole.digest, into)) == ["alt.csv", "sdn.csv"]
    assert contents(into) == {"sdn.csv": b"sdn.csv", "alt.csv": b"alt.csv"}


def test_what_was_not_read_from_files_is_not_archived(archive: Archive) -> None:
    assert archive.put_source(make.snapshot()) is None
    assert archive.put_pack(make.ruleset()) is None
    assert not archive.folder.exists()


def test_a_list_that_changed_after_reading_is_refused(archive: Archive, tmp_path: Path) -> None:
    path = tmp_path / "list.xml"
    path.write_bytes(b"before")
    read = snapshot(path)
    path.write_bytes(b"after")
    with pytest.raises(JournalError) as error:
        archive.put_source(read)
    assert code(error) == "archive.source_changed"


@pytest.mark.parametrize("digest", ["", "sha256:", "sha256:" + "0" * 64, "../../etc/passwd", "sha256:" + "Z" * 64])
def test_what_is_not_there_says_so(archive: Archive, tmp_path: Path, digest: str) -> None:
    for ask in (archive.get_file, lambda one: archive.extract_source(one, tmp_path / "x")):
        with pytest.raises(JournalError) as error:
            ask(digest)
        assert code(error) == "archive.not_found"
    with pytest.raises(JournalError) as error:
        archive.extract_pack({"digest": make.digest("absent"), "approval": None}, tmp_path / "x")
    assert code(error) == "archive.not_found"


def test_an_altered_copy_is_never_handed_out(archive: Archive, pack: Path, tmp_path: Path) -> None:
    given = ruleset(pack)
    archive.put_pack(given)
    for path in (archive.folder / "sha256").rglob("*"):
        if path.is_file():
            path.write_bytes(path.read_bytes() + b"!")
    with pytest.raises(JournalError) as error:
        archive.extract_pack(named(given), tmp_path / "x")
    assert code(error) == "archive.altered"


@pytest.mark.parametrize(
    "listed", [b"[]", b"{}", b"not json", b'[{"name":"a"}]', b"[1]", b'[ {"digest":"x","name":"a"}]']
)
def test_a_broken_file_list_is_a_fault(archive: Archive, pack: Path, tmp_path: Path, listed: bytes) -> None:
    given = ruleset(pack)
    archive.put_pack(given)
    (path,) = (archive.folder / "sets").iterdir()
    path.write_bytes(listed)
    with pytest.raises(JournalError) as error:
        archive.extract_pack(named(given), tmp_path / "x")
    assert code(error) == "archive.altered"


@pytest.mark.parametrize("name", ["../out.yaml", "/etc/passwd", "a/../../b", "c:evil", "a\\b", ""])
def test_no_file_is_written_outside_its_folder(archive: Archive, pack: Path, tmp_path: Path, name: str) -> None:
    given = ruleset(pack)
    archive.put_pack(given)
    (path,) = (archive.folder / "sets").iterdir()
    digest = archive.put_file(pack / "ruleset.yaml")
    encoded = name.replace("\\", "\\\\")
    path.write_bytes(f'[{{"digest":"{digest}","name":"{encoded}"}}]'.encode())
    with pytest.raises(JournalError) as error:
        archive.extract_pack(named(given), tmp_path / "deep" / "x")
    assert code(error) == "archive.name_invalid"
    assert not (tmp_path / "deep").exists()


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_cannot_be_written_is_a_fault(archive: Archive, tmp_path: Path, pack: Path) -> None:
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(JournalError) as error:
            archive.put_pack(ruleset(pack))
    finally:
        tmp_path.chmod(0o700)
    assert code(error) == "archive.unusable"


def test_a_file_that_is_not_there_is_a_fault(archive: Archive, tmp_path: Path) -> None:
    with pytest.raises(JournalError) as error:
        archive.put_file(tmp_path / "absent")
    assert code(error) == "archive.unusable"


def test_a_write_that_breaks_off_leaves_nothing(
    archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "list.xml"
    path.write_bytes(b"list")

    def full(_: int) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(JournalError) as error:
        archive.put_file(path)
    assert code(error) == "archive.unusable"
    assert [each for each in archive.folder.rglob("*") if each.is_file()] == []


def test_a_journal_knows_its_archive(tmp_path: Path) -> None:
    with Journal.open(tmp_path / "journal.sqlite", create=True) as journal:
        assert journal.archive.folder == tmp_path / "journal.sqlite.archive"
