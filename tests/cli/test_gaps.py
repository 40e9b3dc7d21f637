"""``gaps``: from the list of open gaps to a record in which they are closed, as two readers and an officer do it."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from vetting_engine.cli import Exit, main

KEYS = ("--keys", "out.keys")
SECRET = "Sinaktan nila ang kapatid ko"


@pytest.fixture
def record(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> str:
    """The record of somebody with posts in a language without terms, in an empty working directory; two declared
    readers with their keys.
    """
    monkeypatch.chdir(tmp_path)
    Path("batch").mkdir()
    posts = [
        {"candidate_id": "c-1", "id": f"p{n}", "text": SECRET if n == 3 else f"=Ang balita {n}", "language": "tl"}
        for n in range(12)
    ]
    Path("batch/posts.jsonl").write_text("".join(json.dumps(post) + "\n" for post in posts), encoding="utf-8")
    person = {"id": "c-1", "names": [{"text": "Quillon Brask Vey"}], "languages": ["tl"], "relations_declared": True}
    Path("batch/candidates.jsonl").write_text(json.dumps(person) + "\n", encoding="utf-8")
    assert main(["vet", "batch", "--as-of", "2026-06-30", "--out", "out", "--json"]) == Exit.LIST_MISSING
    lines = []
    for name in ("r-1", "r-2"):
        capsys.readouterr()
        assert main(["gaps", "key", f"{name}.key", "--no-passphrase"]) == Exit.DONE
        public = capsys.readouterr().out.strip()
        lines.append(f'  - {{id: {name}, languages: [tl], public_key: "{public}"}}\n')
    Path("readers.yaml").write_text("readers:\n" + "".join(lines), encoding="utf-8")
    return str(listed(capsys)[0]["record_id"])


def listed(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    """The gaps that reading closes."""
    capsys.readouterr()
    assert main(["gaps", "list", "out/journal.sqlite", *KEYS, "--readable", "--json"]) == Exit.DONE
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def sample(record: str, *options: str, gap: str = "language:tl") -> int:
    return main(["gaps", "sample", "out/journal.sqlite", record, "--gap", gap, *KEYS, "--out", "tl.csv", *options])


def read(reader: str, found: dict[str, str] | None = None) -> None:
    """A reader fills in a copy of the sheet; ``found`` by a piece of the text."""
    with Path("tl.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        row["read"] = "yes"
        row["category"] = next((name for piece, name in (found or {}).items() if piece in row["text"]), "")
    with Path(f"{reader}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), delimiter=";")
        writer.writeheader()
        writer.writerows(rows)


def sign(reader: str, *options: str, conflict: str = "no") -> int:
    given = ("--reader", reader, "--key", f"{reader}.key", "--no-passphrase", "--out", f"{reader}.json")
    return main(["gaps", "sign", f"{reader}.csv", *given, "--conflict-of-interest", conflict, *options])


def close(*readings: str, readers: str = "readers.yaml") -> int:
    return main(["gaps", "close", "out/journal.sqlite", *readings, *KEYS, "--readers", readers, "--json"])


def test_two_readers_close_a_gap(record: str, capsys: pytest.CaptureFixture[str]) -> None:
    (gap,) = listed(capsys)
    assert (gap["about"], gap["population"], gap["sample"], gap["owner"]) == ("language:tl", 12, 12, "ours")
    assert sample(record) == Exit.DONE
    assert SECRET in Path("tl.csv").read_text(encoding="utf-8-sig")
    for reader in ("r-1", "r-2"):
        read(reader)
        assert sign(reader) == Exit.DONE
        assert "balita" not in Path(f"{reader}.json").read_text(encoding="utf-8")
    capsys.readouterr()
    assert close("r-1.json", "r-2.json") == Exit.DONE
    told = json.loads(capsys.readouterr().out)
    assert (told["id"], told["supersedes"], told["closed"], told["disputed"]) == ("c-1", record, ["language:tl"], {})
    assert listed(capsys) == []
    assert main(["replay", "out/journal.sqlite", *KEYS, "--json"]) == Exit.DONE
    assert json.loads(capsys.readouterr().out)["same"] == 2
    assert main(["journal", "verify", "out/journal.sqlite"]) == Exit.DONE
    assert main(["explain", told["record_id"], "--journal", "out/journal.sqlite", *KEYS]) == Exit.DONE


def test_what_was_read_holds_in_the_next_run_until_something_else_is_posted(
    record: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert sample(record) == Exit.DONE
    for reader in ("r-1", "r-2"):
        read(reader)
        assert sign(reader) == Exit.DONE
    assert close("r-1.json", "r-2.json") == Exit.DONE
    again = ["vet", "batch", "--as-of", "2026-07-01", "--out", "out", "--journal", "out/journal.sqlite", *KEYS]
    assert main(again) == Exit.LIST_MISSING  # no list was given
    assert listed(capsys) == []
    with Path("batch/posts.jsonl").open("a", encoding="utf-8") as file:
        file.write(json.dumps({"candidate_id": "c-1", "id": "new", "text": "Bagong balita", "language": "tl"}) + "\n")
    assert main(again) == Exit.LIST_MISSING
    assert [gap["about"] for gap in listed(capsys)] == ["language:tl"]


def test_readers_who_differ_are_exit_code_3_and_nothing_of_it_is_told(
    record: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert sample(record) == Exit.DONE
    read("r-1", {SECRET: "support", "balita 5": "fraud"})
    read("r-2")
    assert sign("r-1") == sign("r-2") == Exit.DONE
    capsys.readouterr()
    arguments = ["gaps", "close", "out/journal.sqlite", "r-1.json", "r-2.json", *KEYS, "--readers", "readers.yaml"]
    assert main(arguments) == Exit.REVIEW_NEEDED
    said = capsys.readouterr()
    assert "stays open: language:tl" in said.out
    assert not any(word in said.out + said.err for word in ("support", "fraud", "Sinaktan", "Quillon"))
    assert listed(capsys)[0]["disputed"] == 2
    assert main(["gaps", "list", "out/journal.sqlite", *KEYS]) == Exit.DONE
    assert "differed in 2 item(s)" in capsys.readouterr().out


def test_faults_are_told_together_and_nothing_is_recorded(record: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert sample(record) == Exit.DONE
    read("r-1", {SECRET: "gossip"})
    read("r-2")
    assert sign("r-1", conflict="yes") == sign("r-2") == Exit.DONE
    capsys.readouterr()
    assert close("r-1.json", "r-2.json") == Exit.ERROR
    said = capsys.readouterr().err
    assert all(code in said for code in ("gaps.category_unknown", "gaps.conflict"))
    assert close("r-1.json") == Exit.ERROR
    assert "gaps.not_two" in capsys.readouterr().err
    assert close("r-1.json", "gone.json") == Exit.ERROR
    assert len(listed(capsys)) == 1


def test_a_sheet_with_rows_unread_is_not_signed(record: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert sample(record) == Exit.DONE
    Path("r-1.csv").write_bytes(Path("tl.csv").read_bytes())
    assert sign("r-1") == Exit.ERROR
    assert capsys.readouterr().err.count("sheet.not_read") == 12
    assert not Path("r-1.json").exists()


def test_nothing_is_overwritten(record: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert sample(record, "--json") == Exit.DONE
    assert sample(record) == Exit.USAGE
    read("r-1")
    assert sign("r-1") == Exit.DONE
    assert sign("r-1") == Exit.USAGE
    assert main(["gaps", "key", "r-1.key", "--no-passphrase"]) == Exit.ERROR
    assert "sign.key_exists" in capsys.readouterr().err


def test_what_is_not_there(record: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert sample(record, gap="language:xx") == Exit.ERROR
    assert "language:tl" in capsys.readouterr().err  # what there is
    assert sample("0000000000000000-7") == Exit.ERROR
    assert sample("nonsense") == Exit.ERROR
    assert not Path("tl.csv").exists()
    assert main(["gaps", "list", "gone.sqlite", *KEYS]) == Exit.ERROR
    capsys.readouterr()


def test_a_record_that_cannot_be_opened_is_exit_code_6(record: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert record
    with Path("other.keys").open("wb"):
        pass
    Path("other.keys").unlink()
    assert main(["vet", "batch", "--as-of", "2026-06-30", "--out", "second"]) == Exit.LIST_MISSING
    capsys.readouterr()
    assert main(["gaps", "list", "out/journal.sqlite", "--keys", "second.keys"]) == Exit.ROWS_REFUSED
    assert "1 record(s) could not be opened" in capsys.readouterr().err


def test_a_key_may_have_a_passphrase(record: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("click.prompt", lambda *_, **__: "river stone")
    assert main(["gaps", "key", "locked.key"]) == Exit.DONE
    assert b"ENCRYPTED" in Path("locked.key").read_bytes()
    assert sample(record) == Exit.DONE
    read("r-1")
    given = ("--reader", "r-1", "--key", "locked.key", "--out", "r-1.json", "--conflict-of-interest", "no")
    assert main(["gaps", "sign", "r-1.csv", *given]) == Exit.DONE
