"""``watchlist rescreen``: a journal or a batch against newer copies, in words and as JSON Lines."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from vetting_engine.cli import Exit, main

NAMES = {
    "c-1": "Tamsin Okvale Farrokhal",
    "c-2": "Marrow Ilsington Dej",
    "c-3": "Halvard Brusk Ondrel",
    "c-4": "Oda Velmar Pellin",
}
AUTHORITIES = """lists:
  guild:
    effect: binding
    legal_basis: Standing instruction 12
    approving_office: Regional Bureau
    issuer_country: {state}
"""
MAPPING = "title: River guild\nissuer: River Guild\npublished: {day}\ncolumns: {{id: No, name: Name}}\n"


def _lists(folder: Path, *people: str, day: str, state: str = "SY", authorities: bool = True) -> Path:
    folder.mkdir(parents=True)
    rows = "".join(f"{person},{NAMES[person]}\n" for person in people)
    (folder / "guild.csv").write_text(f"No,Name\n{rows}", encoding="utf-8")
    (folder / "guild.csv.mapping.yaml").write_text(MAPPING.format(day=day), encoding="utf-8")
    if authorities:
        (folder / "authorities.yaml").write_text(AUTHORITIES.format(state=state), encoding="utf-8")
    return folder


@pytest.fixture
def vetted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A batch of four, vetted on 1 June with a list that names the first two."""
    batch = tmp_path / "batch"
    batch.mkdir()
    rows = "".join(f"{person},{name},TR,en,yes,k\n" for person, name in NAMES.items())
    (batch / "candidates.csv").write_text(
        f"id,name,country_of_origin,languages,relations_declared,consent_ref\n{rows}", encoding="utf-8"
    )
    _lists(batch / "watchlists", "c-1", "c-2", day="2026-06-01")
    monkeypatch.chdir(tmp_path)
    assert main(["vet", "batch", "--as-of", "2026-06-02", "--out", "out", "--json"]) == Exit.DONE
    return batch


def rescreen(path: str, *options: str, keys: bool = True) -> int:
    ring = ("--keys", "out.keys") if keys else ()
    return main(["watchlist", "rescreen", path, *ring, "--as-of", "2026-06-20", *options])


def lines(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_a_journal_is_told_in_words_without_names(vetted: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _lists(vetted.parent / "new", "c-2", "c-3", day="2026-06-19")
    capsys.readouterr()
    assert rescreen("out/journal.sqlite", "--new", "new") == Exit.DONE
    said = capsys.readouterr().out
    assert "c-1: Needs review → " in said or "c-1: Escalate → " in said
    assert "entry gone c-1" in said
    assert "new entry c-3" in said
    assert "c-2:" not in said
    assert "guild: 1 new, 1 gone" in said
    assert "4 people as of 2026-06-20: 2 screened anew" in said
    assert "Not for registration, status determination or assistance" in said
    assert not any(name in said for name in NAMES.values())
    assert main(["journal", "verify", "out/journal.sqlite"]) == Exit.DONE
    assert main(["replay", "out/journal.sqlite", "--keys", "out.keys"]) == Exit.DONE
    assert "6 the same" in capsys.readouterr().out


def test_json_lines_end_with_a_summary(vetted: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _lists(vetted.parent / "new", "c-2", "c-3", day="2026-06-19")
    capsys.readouterr()
    assert rescreen("out/journal.sqlite", "--new", "new/guild.csv", "--json", "--fail-on", "needs_review") == (
        Exit.REVIEW_NEEDED
    )
    *people, summary = lines(capsys)
    assert [(each["id"], each["touches"]) for each in people] == [
        ("c-1", [{"list": "guild", "entry": "c-1", "change": "left"}]),
        ("c-3", [{"list": "guild", "entry": "c-3", "change": "came"}]),
    ]
    assert all(each["record_id"] and each["supersedes"] for each in people)
    assert (summary["people"], summary["anew"], summary["as_before"]) == (4, 2, 2)
    assert (summary["graver"], summary["milder"], summary["exit"]) == (1, 1, 3)
    assert summary["not_for"] == ["registration", "status determination", "assistance"]


def test_nothing_is_recorded_if_not_wanted(vetted: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _lists(vetted.parent / "new", "c-3", day="2026-06-19")
    capsys.readouterr()
    assert rescreen("out/journal.sqlite", "--new", "new", "--no-record", "--json") == Exit.DONE
    assert {each["record_id"] for each in lines(capsys)[:-1]} == {None}
    main(["journal", "verify", "out/journal.sqlite", "--json"])
    assert lines(capsys)[0]["size"] == 4


def test_a_list_of_the_own_state_is_told_to_protection_and_legal_only(
    vetted: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _lists(vetted.parent / "new", "c-1", "c-2", "c-3", day="2026-06-19", state="TR")
    capsys.readouterr()
    assert rescreen("out/journal.sqlite", "--new", "new", "--no-record", "--json") == Exit.DONE
    *people, _ = lines(capsys)
    came = next(each for each in people if each["id"] == "c-3")
    assert (came["touches"], came["confidential"]) == ([], 1)
    assert rescreen("out/journal.sqlite", "--new", "new", "--no-record", "--json", "--function", "legal") == Exit.DONE
    assert next(each for each in lines(capsys) if each.get("id") == "c-3")["touches"][0]["entry"] == "c-3"


def test_a_copy_that_would_be_off_is_refused(vetted: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _lists(vetted.parent / "new", "c-1", day="2026-06-19", authorities=False)
    assert rescreen("out/journal.sqlite", "--new", "new") == Exit.LIST_MISSING
    said = capsys.readouterr().err
    assert "authorities.yaml" in said
    assert "rescreen.effect_lowered" in said


def test_a_stale_copy_is_exit_code_5(vetted: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _lists(vetted.parent / "new", "c-1", "c-2", day="2026-06-01")
    assert rescreen("out/journal.sqlite", "--new", "new", "--as-of", "2026-09-01", "--no-record") == Exit.LIST_MISSING
    assert "guild" in capsys.readouterr().err


def test_a_batch_is_compared_with_its_old_copies(vetted: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.move(vetted / "watchlists", "old")
    _lists(vetted / "watchlists", "c-2", "c-3", day="2026-06-19")
    capsys.readouterr()
    assert rescreen("batch", "--old", "old", "--vetted-on", "2026-06-02", "--json", keys=False) == Exit.DONE
    *people, summary = lines(capsys)
    assert [each["id"] for each in people] == ["c-1", "c-3"]
    assert {each["record_id"] for each in people} == {None}
    assert summary["people"] == 4


@pytest.mark.parametrize(
    ("path", "options", "said"),
    [
        ("out/journal.sqlite", (), "--new"),
        ("out/journal.sqlite", ("--new", "batch/watchlists", "--old", "batch/watchlists"), "--old"),
        ("batch", (), "--old"),
    ],
)
def test_what_is_missing_is_a_fault_of_use(
    vetted: Path, capsys: pytest.CaptureFixture[str], path: str, options: tuple[str, ...], said: str
) -> None:
    assert vetted.is_dir()
    assert rescreen(path, *options) == Exit.USAGE
    assert said in capsys.readouterr().err
    assert main(["watchlist", "rescreen", "out/journal.sqlite", "--new", "batch/watchlists"]) == Exit.USAGE


def test_all_faults_are_told_together(vetted: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert vetted.is_dir()
    assert rescreen("nowhere", "--old", "gone.xml", "--new", "lost.xml", keys=False) == Exit.LIST_MISSING
    said = capsys.readouterr().err
    assert all(name in said for name in ("gone.xml", "lost.xml", "nowhere"))
