"""``watchlist show``, of a list and of a folder."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from sources.un_xml import document, person

from vetting_engine.cli import Exit, main

LIST = document(person()).encode()
LOCAL = (
    "id,name,reason,owner,expiry,notice,shoe\n1,Odo,spam,ICT,2026-01-31,told,44\n2,Udo,spam,ICT,2027-01-31,told,43\n"
)


def show(path: Path, *more: str) -> int:
    return main(["watchlist", "show", str(path), "--as-of", "2026-03-01", *more])


def test_a_folder_with_its_authorities(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "un.xml").write_bytes(LIST)
    (tmp_path / "ours.csv").write_text(LOCAL)
    (tmp_path / "authorities.yaml").write_text(
        "lists:\n  ours:\n    effect: advisory\n    legal_basis: Memo 7\n    approving_office: Legal\n"
        "    max_age_days: 9\n"
    )
    assert show(tmp_path, "--json") == Exit.LIST_MISSING  # the local list has no date
    ours, un = json.loads(capsys.readouterr().out)["lists"]
    assert (ours["effect"], ours["max_age_days"], ours["fresh"], ours["expired_rows"]) == ("advisory", 9, False, 1)
    assert ours["partly_understood"] == {"column.shoe": 1}
    assert (un["list_id"], un["age_days"], un["fresh"], un["effect"]) == ("un-consolidated", 2, True, "binding")


def test_in_words(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "ours.csv").write_text(LOCAL)
    assert show(tmp_path / "ours.csv") == Exit.LIST_MISSING
    said = capsys.readouterr().out
    for part in ("2 entries", "column.shoe 1", "1 row(s) have expired", "TOO OLD OR UNDATED", "effect: off", "sha256:"):
        assert part in said


def test_a_fresh_list_alone_is_fine_and_an_old_one_is_not(tmp_path: Path) -> None:
    (tmp_path / "un.xml").write_bytes(LIST)
    assert show(tmp_path) == Exit.DONE
    assert main(["watchlist", "show", str(tmp_path), "--as-of", "2026-04-30"]) == Exit.LIST_MISSING


def test_a_damaged_list_does_not_hide_the_others(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.xml").write_bytes(LIST[:-9])
    (tmp_path / "un.xml").write_bytes(LIST)
    assert show(tmp_path) == Exit.LIST_MISSING
    said = capsys.readouterr()
    assert "un-consolidated" in said.out
    assert "(xml.malformed)" in said.err


def test_an_empty_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert show(tmp_path) == Exit.LIST_MISSING
    assert "(watchlist.folder_empty)" in capsys.readouterr().err
