"""``rules approve``, ``rules show`` and ``rules test --min-coverage`` from the shell."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from vetting_engine.cli import Exit, main
from vetting_engine.rulebook import find_pack, pack_digest

DAYS = ("--office", "Test office", "--from", "2026-01-01", "--to", "2999-12-31")
TWO = ("--approver", "Ama Oduro", "--approver", "Bo Lindqvist")


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    folder = tmp_path / "pack"
    shutil.copytree(find_pack("starter"), folder)
    return folder


def test_approve_then_show(pack: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules", "approve", str(pack), *TWO, *DAYS]) == Exit.DONE
    assert pack_digest(pack) in capsys.readouterr().out
    assert main(["rules", "show", str(pack), "--json"]) == Exit.DONE
    shown = json.loads(capsys.readouterr().out)
    assert (shown["digest"], shown["approval_state"]) == (pack_digest(pack), "in_force")
    assert shown["approval"]["approvers"] == ["Ama Oduro", "Bo Lindqvist"]
    assert main(["rules", "show", str(pack)]) == Exit.DONE
    assert "approved by Ama Oduro, Bo Lindqvist for Test office" in capsys.readouterr().out


def test_approving_twice_is_refused_with_the_remedy(pack: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules", "approve", str(pack), *TWO, *DAYS]) == Exit.DONE
    assert main(["rules", "approve", str(pack), *TWO, *DAYS]) == Exit.USAGE
    assert "--replace" in capsys.readouterr().err
    assert main(["rules", "approve", str(pack), *TWO, *DAYS, "--replace", "--demonstration"]) == Exit.DONE


def test_a_pack_that_extends_shows_below_what_it_rests_on(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "ours").mkdir()
    head = "id: ours\nversion: 1.0.0\ntitle: Ours\nextends: starter\n"
    (tmp_path / "ours/ruleset.yaml").write_text(head, encoding="utf-8")
    assert main(["rules", "show", str(tmp_path / "ours")]) == Exit.DONE
    assert f"extends starter 1.0.0: {pack_digest('starter')}" in capsys.readouterr().out


def test_too_little_coverage_is_exit_code_2_and_names_the_leaves(
    pack: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rule = pack / "rules/content/promises-money.yaml"
    lines = [line for line in rule.read_text(encoding="utf-8").splitlines() if "kind: no_hit" not in line]
    rule.write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert main(["rules", "test", str(pack)]) == Exit.DONE
    assert main(["rules", "test", str(pack), "--min-coverage", "100"]) == Exit.USAGE
    said = capsys.readouterr().out
    assert "no example of promises-money shows m.kind as false" in said
    assert "100 % are asked for" in said
    assert main(["rules", "test", str(pack), "--min-coverage", "100", "--json"]) == Exit.USAGE
    told = json.loads(capsys.readouterr().out)
    assert told["ok"] is False
    assert [leaf["field"] for leaf in told["not_shown"]] == ["m.kind"]
