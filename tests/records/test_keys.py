"""Key rings: one key per subject, gone when erased, never silently made anew."""

from __future__ import annotations

import os
import random
import sqlite3
import stat
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from vetting_engine.errors import KeyRingError
from vetting_engine.records import FileKeyRing, Journal, MemoryKeyRing, OpeningKeyRing
from vetting_engine.records.keys import pseudonym_of


@pytest.fixture(params=["file", "memory"])
def ring(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[OpeningKeyRing]:
    if request.param == "memory":
        yield MemoryKeyRing()
        return
    with FileKeyRing(tmp_path / "ring.sqlite", create=True) as made:
        yield made


def on_disk(path: Path) -> bytes:
    return b"".join(file.read_bytes() for file in sorted(path.parent.glob(f"{path.name}*")))


def codes(error: pytest.ExceptionInfo[KeyRingError]) -> list[str]:
    return [fault.code for fault in error.value.faults]


def test_a_subject_keeps_its_key_and_shares_it_with_nobody(ring: OpeningKeyRing) -> None:
    keys = {name: ring.subject_key(name) for name in ("c-1", "c-2", "c-3")}
    assert {len(key) for key in keys.values()} == {32}
    assert len(set(keys.values())) == 3
    assert keys == {name: ring.subject_key(name) for name in keys}


def test_a_pseudonym_names_the_key_and_says_nothing(ring: OpeningKeyRing) -> None:
    pseudonym = ring.pseudonym("c-1")
    assert pseudonym == ring.pseudonym("c-1") != ring.pseudonym("c-2")
    assert pseudonym.startswith("s-")
    assert len(pseudonym) == 34
    assert ring.key(pseudonym) == ring.subject_key("c-1")


def test_keys_made_together_are_the_keys_found_one_by_one(ring: OpeningKeyRing) -> None:
    before = ring.subject_key("c-2")
    ring.ensure(["c-1", "c-2", "c-1"])
    assert ring.subject_key("c-2") == before
    assert ring.key(ring.pseudonym("c-1")) == ring.subject_key("c-1")


def test_after_erasure_there_is_no_key_no_pseudonym_and_no_second_key(ring: OpeningKeyRing) -> None:
    pseudonym = ring.pseudonym("c-1")
    other = ring.subject_key("c-2")
    ring.erase("c-1")  # type: ignore[attr-defined]
    ring.ensure(["c-1"])
    for ask in (lambda: ring.subject_key("c-1"), lambda: ring.pseudonym("c-1")):
        with pytest.raises(KeyRingError) as error:
            ask()
        assert codes(error) == ["key.erased"]
    with pytest.raises(KeyRingError) as error:
        ring.key(pseudonym)
    assert codes(error) == ["key.not_found"]
    assert ring.subject_key("c-2") == other
    ring.erase("c-1")  # type: ignore[attr-defined]  # again: done is done


def test_erasing_somebody_unknown_is_an_error_not_a_success(ring: OpeningKeyRing) -> None:
    with pytest.raises(KeyRingError) as error:
        ring.erase("c-9")  # type: ignore[attr-defined]
    assert codes(error) == ["key.unknown_subject"]


def test_seeded_keys_depend_on_seed_and_id_alone() -> None:
    first, second = MemoryKeyRing(seed="sample"), MemoryKeyRing(seed="sample")
    second.subject_key("c-2")
    assert first.subject_key("c-1") == second.subject_key("c-1")
    assert first.pseudonym("c-1") == "s-9eb049110fc22fc769dea866af480645"
    assert MemoryKeyRing(seed="other").subject_key("c-1") != first.subject_key("c-1")
    assert MemoryKeyRing().subject_key("c-1") != MemoryKeyRing().subject_key("c-1")


def test_a_ring_in_a_file_is_the_same_ring_when_opened_again(tmp_path: Path) -> None:
    path = tmp_path / "ring.sqlite"
    with FileKeyRing(path, create=True) as ring:
        key, pseudonym = ring.subject_key("c-1"), ring.pseudonym("c-1")
    with FileKeyRing(path) as ring:
        assert (ring.subject_key("c-1"), ring.pseudonym("c-1")) == (key, pseudonym)


def test_two_open_rings_agree_on_a_key_made_by_either(tmp_path: Path) -> None:
    path = tmp_path / "ring.sqlite"
    with FileKeyRing(path, create=True) as one, FileKeyRing(path, create=True) as two:
        assert one.subject_key("c-1") == two.subject_key("c-1")
        two.ensure(["c-1", "c-2"])
        assert two.subject_key("c-2") == one.subject_key("c-2")


def test_no_id_is_written_to_the_file(tmp_path: Path) -> None:
    path = tmp_path / "ring.sqlite"
    with FileKeyRing(path, create=True) as ring:
        ring.subject_key("tamsin-okvale")
        assert b"tamsin" not in on_disk(path)


@pytest.mark.parametrize("seed", [0, 8, 16])
def test_deleted_keys_are_not_left_in_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int) -> None:
    """In the file, its write-ahead log and its index, over many pages; keys that were kept are still found.

    With these keys SQLite splits the index right where names are erased later, and leaves copies of them in the
    slack of a page unless the file is written anew.
    """
    monkeypatch.setattr("vetting_engine.records.keys.secrets.token_bytes", random.Random(seed).randbytes)
    path = tmp_path / "ring.sqlite"
    with FileKeyRing(path, create=True) as ring:
        ring.ensure(f"c-{number}" for number in range(600))
        keys = [ring.subject_key(f"c-{number}") for number in range(600)]
        ring.ensure(f"d-{number}" for number in range(50))
        for number in range(0, 600, 3):
            ring.erase(f"c-{number}")
        data = on_disk(path)
        left = [number for number, key in enumerate(keys) if key in data]
        assert left == [number for number in range(600) if number % 3]
        names = [pseudonym_of(key).encode() for key in keys]
        assert [number for number, name in enumerate(names) if name in data] == left


def test_many_are_erased_at_once_or_none_of_them(ring: OpeningKeyRing) -> None:
    ring.ensure(["c-1", "c-2", "c-3"])
    with pytest.raises(KeyRingError) as error:
        ring.erase("c-1", "c-9")  # type: ignore[attr-defined]
    assert codes(error) == ["key.unknown_subject"]
    assert len(ring.subject_key("c-1")) == 32
    ring.erase("c-1", "c-2", "c-1")  # type: ignore[attr-defined]
    for name in ("c-1", "c-2"):
        with pytest.raises(KeyRingError):
            ring.subject_key(name)
    assert len(ring.subject_key("c-3")) == 32


def test_an_erasure_that_cannot_be_finished_says_so_and_can_be_repeated(tmp_path: Path) -> None:
    path = tmp_path / "ring.sqlite"
    with FileKeyRing(path, create=True) as ring:
        key = ring.subject_key("c-1")
        ring._db.execute("PRAGMA busy_timeout=20")
        with closing(sqlite3.connect(path)) as reader:
            reader.execute("BEGIN")
            reader.execute("SELECT count(*) FROM subject").fetchone()
            with pytest.raises(KeyRingError) as error:
                ring.erase("c-1")
        assert codes(error) == ["key.erase_unfinished"]
        ring.erase("c-1")
        assert key not in on_disk(path)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no modes")
def test_only_the_owner_may_read_the_file(tmp_path: Path) -> None:
    path = tmp_path / "ring.sqlite"
    mask = os.umask(0)
    try:
        with FileKeyRing(path, create=True) as ring:
            ring.subject_key("c-1")
            files = sorted(tmp_path.iterdir())
            assert len(files) > 1
            assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}
    finally:
        os.umask(mask)


def test_a_missing_ring_is_not_made_without_being_asked_for(tmp_path: Path) -> None:
    with pytest.raises(KeyRingError) as error:
        FileKeyRing(tmp_path / "absent.sqlite")
    assert codes(error) == ["key_ring.missing"]
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("content", [b"", b"not a database at all, but long enough to be one" * 20])
def test_a_file_that_is_no_ring_is_refused_and_left_alone(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "ring.sqlite"
    path.write_bytes(content)
    with pytest.raises(KeyRingError) as error:
        FileKeyRing(path)
    assert codes(error)[0] in {"key_ring.not_a_key_ring", "key_ring.unusable"}
    assert path.read_bytes() == content


def test_a_journal_is_no_ring(tmp_path: Path) -> None:
    path = tmp_path / "journal.sqlite"
    Journal.open(path, create=True).close()
    before = path.read_bytes()
    with pytest.raises(KeyRingError) as error:
        FileKeyRing(path, create=True)
    assert codes(error) == ["key_ring.not_a_key_ring"]
    assert path.read_bytes() == before


def test_a_folder_that_does_not_exist_is_a_fault_not_a_traceback(tmp_path: Path) -> None:
    with pytest.raises(KeyRingError) as error:
        FileKeyRing(tmp_path / "absent" / "ring.sqlite", create=True)
    assert codes(error) == ["key_ring.unusable"]
