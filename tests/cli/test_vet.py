"""vet, journal verify and replay, end to end on small batches of invented people."""

from __future__ import annotations

import json
import shutil
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from vetting_engine.cli import Exit, main

AS_OF = "2026-07-01"
CANDIDATES = """id,name,birth_date,languages,relations_declared,consent_ref
c-1,Tamsin Okvale,1996-04-02,en,yes,k-1
c-2,Marrow Ilsington,1991-11-20,en,yes,k-2
"""


@pytest.fixture
def batch(tmp_path: Path, root: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder laid out by convention, in an empty working directory."""
    folder = tmp_path / "batch"
    folder.mkdir()
    (folder / "candidates.csv").write_text(CANDIDATES, encoding="utf-8")
    for part in ("watchlists", "registers"):
        shutil.copytree(root / "fixtures" / "sample" / part, folder / part)
    monkeypatch.chdir(tmp_path)
    return folder


def vet(path: Path | str, *options: str) -> int:
    return main(["vet", str(path), "--as-of", AS_OF, *options])


def summary(capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(capsys.readouterr().out)
    return told


def test_a_run_names_its_report_journal_and_checkpoint(batch: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert vet(batch) == Exit.DONE
    said = capsys.readouterr()
    folder = f"vetting-{AS_OF}"
    assert f"{folder}/report.html" in said.out
    assert f"{folder}/journal.sqlite" in said.out
    assert "vetting-journal/1 " in said.out
    assert "Tamsin" not in said.out + said.err
    assert sorted(item.name for item in Path(folder).iterdir()) == [
        "candidates-001.html", "candidates.jsonl", "journal.sqlite", "journal.sqlite.archive", "manifest.json",
        "report.html",
    ]  # fmt: skip
    assert Path(f"{folder}.keys").is_file()
    told = json.loads(Path(folder, "manifest.json").read_text(encoding="utf-8"))
    assert told["not_for"] == ["registration", "status determination", "assistance"]
    for page in ("report.html", "candidates-001.html"):
        assert "refugee status determination or assistance" in Path(folder, page).read_text(encoding="utf-8")


def test_a_run_can_be_verified_and_replayed(batch: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert vet(batch, "--out", "out", "--json") == Exit.DONE
    told = summary(capsys)
    assert told["vetted"] == 2
    assert main(["journal", "verify", told["journal"], "--checkpoint", told["checkpoint"], "--json"]) == Exit.DONE
    verified = summary(capsys)
    assert verified["ok"]
    assert verified["size"] == 2
    assert main(["replay", told["journal"], "--keys", told["keys"], "--json"]) == Exit.DONE
    assert summary(capsys)["same"] == 2


def test_a_second_run_appends_to_the_journal(batch: Path, capsys: pytest.CaptureFixture[str]) -> None:
    vet(batch, "--out", "out", "--json")
    first = summary(capsys)
    vet(batch, "--out", "out", "--json", "--format", "jsonl")
    assert main(["journal", "verify", "out/journal.sqlite", "--checkpoint", first["checkpoint"]]) == Exit.DONE
    assert "4 record(s)" in capsys.readouterr().out
    assert not Path("out/report.html").exists()


def test_an_altered_record_is_named(batch: Path, capsys: pytest.CaptureFixture[str]) -> None:
    vet(batch, "--out", "out")
    capsys.readouterr()
    with sqlite3.connect("out/journal.sqlite") as db:
        for (trigger,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            db.execute(f"DROP TRIGGER {trigger}")
        db.execute(
            "UPDATE record SET core = CAST(replace(CAST(core AS TEXT), 'incomplete', 'conditional') AS BLOB)"
            " WHERE sequence = 1"
        )
        (record,) = db.execute("SELECT id FROM record WHERE sequence = 1").fetchone()
    db.close()
    assert main(["journal", "verify", "out/journal.sqlite"]) == Exit.NOT_VERIFIED
    said = capsys.readouterr().out
    assert record in said
    assert "NOT as it was recorded" in said


def test_a_missing_archive_is_exit_code_5(batch: Path, capsys: pytest.CaptureFixture[str]) -> None:
    vet(batch, "--out", "out")
    shutil.rmtree("out/journal.sqlite.archive")
    assert main(["replay", "out/journal.sqlite", "--keys", "out.keys"]) == Exit.LIST_MISSING
    assert "0 the same, 0 different, 2 not replayable" in capsys.readouterr().out


def test_nothing_is_recorded_if_not_wanted(batch: Path) -> None:
    assert vet(batch, "--out", "out", "--no-journal") == Exit.DONE
    assert sorted(item.name for item in Path("out").iterdir()) == [
        "candidates-001.html", "candidates.jsonl", "manifest.json", "report.html",
    ]  # fmt: skip
    assert not Path("out.keys").exists()


def test_a_journal_may_lie_elsewhere(batch: Path) -> None:
    assert vet(batch, "--out", "out", "--journal", "office.sqlite", "--keys", "office.keys") == Exit.DONE
    assert Path("office.sqlite").is_file()
    assert not Path("out/journal.sqlite").exists()


def test_bad_rows_are_exit_code_6_and_the_rest_goes_on(batch: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with (batch / "candidates.csv").open("a", encoding="utf-8") as file:
        file.write("c-3,Ilse Marrowby,1991-13-40,en,yes,k-3\n")
    assert vet(batch, "--out", "out") == Exit.ROWS_REFUSED
    said = capsys.readouterr()
    assert "candidates.csv:4 [birth_date]" in said.err
    assert "2 candidates vetted" in said.out


def test_fail_on_is_exit_code_3(batch: Path) -> None:
    assert vet(batch, "--out", "out", "--fail-on", "incomplete") == Exit.REVIEW_NEEDED


def test_an_old_list_is_exit_code_5(batch: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["vet", str(batch), "--as-of", "2027-07-01", "--out", "out"]) == Exit.LIST_MISSING
    assert "days old" in capsys.readouterr().out


def test_everything_wrong_is_told_at_once_and_nothing_written(batch: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.rmtree(batch)
    options = ("--pack", "no-such-pack", "--watchlist", "no-list.xml", "--register", "friends=x.csv", "--out", "out")
    assert vet(batch, *options) == Exit.USAGE
    said = capsys.readouterr().err
    for place in ("no-such-pack", "no-list.xml", "friends", "batch"):
        assert place in said
    assert "Traceback" not in said
    assert list(Path().iterdir()) == []


def test_a_corrupt_list_refuses_the_run(batch: Path, capsys: pytest.CaptureFixture[str]) -> None:
    listed = next((batch / "watchlists").iterdir())
    listed.write_bytes(listed.read_bytes()[:-500])
    assert vet(batch, "--out", "out") == Exit.LIST_MISSING
    assert listed.name in capsys.readouterr().err
    assert not Path("out").exists()


AUTHORITIES = """lists:
  do-not-engage:
    issuer: Country office
    effect: advisory
    legal_basis: Standing instruction 12
    approving_office: Regional Bureau
"""
LOCAL = """id,name,reason,owner,expiry,notice
d-1,Marrow Ilsington,Broke the code of conduct,Country office,2027-01-31,Told in writing
"""


def test_the_offices_page_beside_the_lists_gives_their_effect(batch: Path) -> None:
    (batch / "watchlists" / "do-not-engage.csv").write_text(LOCAL, encoding="utf-8")
    assert vet(batch, "--out", "without") == Exit.DONE
    (batch / "watchlists" / "authorities.yaml").write_text(AUTHORITIES, encoding="utf-8")
    assert vet(batch, "--out", "with") == Exit.LIST_MISSING  # it is used now, and carries no date
    found = [
        '"check":"watchlist","code":"watchlist.' in Path(out, "candidates.jsonl").read_text(encoding="utf-8")
        for out in ("without", "with")
    ]
    assert found == [False, True]


def test_the_same_list_twice_is_refused(batch: Path, capsys: pytest.CaptureFixture[str]) -> None:
    listed = next((batch / "watchlists").iterdir())
    shutil.copy(listed, "copy.xml")
    assert vet(batch, "--watchlist", "copy.xml") == Exit.LIST_MISSING
    assert "given twice" in capsys.readouterr().err


def test_somebody_elses_folder_is_left_alone(batch: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("out").mkdir()
    Path("out/thesis.txt").write_text("mine")
    assert vet(batch, "--out", "out") == Exit.ERROR
    assert "did not write" in capsys.readouterr().err
    assert [item.name for item in Path("out").iterdir()] == ["thesis.txt"]


def test_candidates_may_come_from_stdin(
    batch: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with (batch / "candidates.csv").open(encoding="utf-8") as file:
        monkeypatch.setattr("sys.stdin", file)
        assert vet("-", "--out", "out", "--no-journal", "--json") == Exit.LIST_MISSING  # no list was given
    assert summary(capsys)["vetted"] == 2


@pytest.mark.parametrize(("option", "value"), [("--format", "html,paper"), ("--language", "tlh")])
def test_unknown_formats_and_languages_are_wrong_use(
    batch: Path, option: str, value: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert vet(batch, option, value) == Exit.USAGE
    assert "is none of" in capsys.readouterr().err
    assert [item.name for item in Path().iterdir()] == ["batch"]


def test_two_workers_give_the_same_cores(batch: Path) -> None:
    vet(batch, "--out", "one", "--keys", "keys")
    vet(batch, "--out", "two", "--keys", "keys", "--workers", "2")
    lines = [Path(folder, "candidates.jsonl").read_text(encoding="utf-8").splitlines() for folder in ("one", "two")]
    cores = [[json.loads(line)["core_digest"] for line in each] for each in lines]
    assert cores[0] == cores[1]
