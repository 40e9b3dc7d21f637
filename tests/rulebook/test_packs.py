"""Shipped packs are found from a checkout, an editable install and an installed wheel."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from rulebook.demo import GOOD

from vetting_engine.errors import RulesetError
from vetting_engine.rulebook.packs import find_pack, packs_folder, shipped_packs


def test_the_starter_pack_ships_wherever_this_runs() -> None:
    # Run from a checkout this finds rulesets/; run against an installed wheel, the packs inside it.
    assert "starter" in shipped_packs()
    assert (find_pack("starter") / "ruleset.yaml").is_file()


def test_a_wheel_holds_its_packs_inside_and_a_checkout_beside_the_package(tmp_path: Path) -> None:
    package = tmp_path / "vetting_engine"
    (tmp_path / "rulesets").mkdir()
    package.mkdir()
    assert packs_folder(package) == tmp_path / "rulesets"
    (package / "_packs").mkdir()
    assert packs_folder(package) == package / "_packs"


def test_a_path_is_a_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert find_pack(GOOD) == GOOD
    assert find_pack(str(GOOD)) == GOOD
    monkeypatch.chdir(GOOD.parent)
    assert find_pack("good") == Path("good")
    assert find_pack(f".{os.sep}good") == Path("good")


def test_the_name_of_a_shipped_pack_wins_over_a_folder_but_not_over_a_path(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "starter").mkdir()
    (tmp_path / "starter/ruleset.yaml").touch()
    monkeypatch.chdir(tmp_path)
    assert find_pack("starter") == packs_folder() / "starter"
    assert find_pack(Path("starter")) == Path("starter")


def test_a_folder_without_a_head_is_no_pack(tmp_path: Path) -> None:
    for wrong in (tmp_path, tmp_path / "missing", "../starter/"):
        with pytest.raises(RulesetError, match=r"pack\.not_found"):
            find_pack(wrong)
