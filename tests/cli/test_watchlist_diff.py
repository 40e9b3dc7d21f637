"""``watchlist diff``: what a newer copy changes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from sources.un_xml import document, person

from vetting_engine.cli import Exit, main


@pytest.fixture
def copies(tmp_path: Path) -> tuple[str, str]:
    old, new = tmp_path / "old.xml", tmp_path / "new.xml"
    old.write_text(document(*(person(reference=f"XXi.00{number}") for number in (1, 2, 3))), encoding="utf-8")
    changed = person(reference="XXi.002").replace("Keeper of seals", "Keeper of geese")
    new.write_text(document(person(reference="XXi.001"), changed, person(reference="XXi.004")), encoding="utf-8")
    return str(old), str(new)


def test_entries_added_removed_and_changed(copies: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["watchlist", "diff", *copies, "--json"]) == Exit.DONE
    assert json.loads(capsys.readouterr().out) == {
        "added": ["XXi.004"], "removed": ["XXi.003"], "changed": ["XXi.002"], "unchanged": 1,
    }  # fmt: skip
    assert main(["watchlist", "diff", *copies]) == Exit.DONE
    assert capsys.readouterr().out.splitlines() == [
        "+ XXi.004", "- XXi.003", "~ XXi.002", "1 added, 1 removed, 1 changed, 1 unchanged.",
    ]  # fmt: skip


def test_a_list_is_the_same_as_itself(copies: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["watchlist", "diff", copies[0], copies[0]]) == Exit.DONE
    assert capsys.readouterr().out == "0 added, 0 removed, 0 changed, 3 unchanged.\n"


def test_different_lists(copies: tuple[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    other = tmp_path / "other.csv"
    other.write_text("id,name,reason,owner,expiry,notice\n1,Odo,spam,ICT,2026-01-31,told\n")
    assert main(["watchlist", "diff", copies[0], str(other)]) == Exit.LIST_MISSING
    assert "(list.not_the_same)" in capsys.readouterr().err


@pytest.mark.data
def test_the_real_lists(vetting_data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lists = vetting_data / "lists"
    pair = [str(lists / f"un_consolidated_{day}.xml") for day in ("2025-04-19", "2026-02-27")]
    assert main(["watchlist", "diff", *pair]) == Exit.DONE
    assert capsys.readouterr().out.endswith("130 added, 4 removed, 16 changed, 857 unchanged.\n")
