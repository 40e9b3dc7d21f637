"""Replay: the same bytes again from archived sources, and an honest answer where that is impossible."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from vetting_engine import Engine, FileKeyRing, Journal, Resources, Vetting, VettingError, replay
from vetting_engine.engine import _replay
from vetting_engine.model.candidate import Candidate
from vetting_engine.model.ruleset import Ruleset

AS_OF = date(2026, 6, 30)
NOON = datetime(2026, 6, 30, 12, tzinfo=UTC)
Recorded = tuple[Path, FileKeyRing]


@pytest.fixture
def recorded(ruleset: Ruleset, resources: Resources, people: Sequence[Candidate], tmp_path: Path) -> Recorded:
    """A journal of four people, and the keys."""
    keys = FileKeyRing(tmp_path / "keys", create=True)
    path = tmp_path / "journal.sqlite"
    with Journal.open(path, create=True) as journal:
        engine = Engine(ruleset, resources=replace(resources, key_ring=keys), journal=journal, clock=lambda: NOON)
        list(engine.vet_many(people[:4], as_of=AS_OF))
    return path, keys


def test_every_core_comes_out_the_same(recorded: Recorded) -> None:
    path, keys = recorded
    done: list[int] = []
    report = replay(path, keys, progress=done.append)
    assert report.ok
    assert report.count("same") == 4
    assert done == [1, 2, 3, 4]


def test_an_erased_person_cannot_be_replayed_and_the_others_can(
    recorded: Recorded, people: Sequence[Candidate]
) -> None:
    path, keys = recorded
    keys.erase(people[1].id)
    report = replay(path, keys)
    assert [record.outcome for record in report.records] == ["same", "not_replayable", "same", "same"]
    assert report.records[1].code == "replay.key_missing"
    assert report.ok


def test_an_archive_left_elsewhere_is_said(recorded: Recorded) -> None:
    path, keys = recorded
    shutil.rmtree(f"{path}.archive")
    report = replay(path, keys)
    assert {record.outcome for record in report.records} == {"not_replayable"}
    assert {record.code for record in report.records} == {"archive.not_found"}


def test_an_altered_archive_is_said(recorded: Recorded) -> None:
    path, keys = recorded
    for file in Path(f"{path}.archive").joinpath("sha256").rglob("*"):
        if file.is_file():
            file.write_bytes(file.read_bytes() + b" ")
    assert {record.code for record in replay(path, keys).records} == {"archive.altered"}


def test_another_version_of_the_engine_is_said(recorded: Recorded, monkeypatch: pytest.MonkeyPatch) -> None:
    path, keys = recorded
    monkeypatch.setattr(_replay, "ENGINE_VERSION", "99.0.0")
    report = replay(path, keys)
    assert {record.code for record in report.records} == {"replay.other_version"}
    assert report.count("not_replayable") == 4


def test_a_core_that_comes_out_different_is_named_with_the_place(
    recorded: Recorded, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, keys = recorded
    whole = Engine.vet

    def kinder(engine: Engine, candidate: Candidate, *, as_of: date, **given: Any) -> Vetting:
        vetting = whole(engine, candidate, as_of=as_of, **given)
        core = vetting.core.model_copy(update={"decision": {**vetting.core.decision, "disposition": "nothing_found"}})
        return vetting.model_copy(update={"core": core})

    monkeypatch.setattr(Engine, "vet", kinder)
    report = replay(path, keys)
    assert not report.ok
    assert report.records[0].params["path"] == "core.decision.disposition"


def test_a_journal_that_is_not_there_is_a_fault(tmp_path: Path) -> None:
    keys = FileKeyRing(tmp_path / "keys", create=True)
    with pytest.raises(VettingError, match=r"journal\.missing"):
        replay(tmp_path / "nothing.sqlite", keys)
