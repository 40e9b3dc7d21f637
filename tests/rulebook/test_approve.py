"""Approval: by two people, of these bytes, never over one that is in force."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from vetting_engine.errors import RulesetError
from vetting_engine.model.ruleset import Approval
from vetting_engine.rulebook import check_pack, find_pack, load_ruleset, pack_digest
from vetting_engine.rulebook.approve import approve_pack

TODAY = date(2026, 11, 22)
GIVEN: dict[str, Any] = {
    "approvers": ("Ama Oduro", "Bo Lindqvist"),
    "office": "Test office",
    "valid_from": date(2026, 1, 1),
    "valid_to": date(2026, 12, 31),
    "as_of": TODAY,
}


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    folder = tmp_path / "pack"
    shutil.copytree(find_pack("starter"), folder)
    return folder


def approve(pack: Path, **changed: Any) -> Approval:
    return approve_pack(pack, **{**GIVEN, **changed})


def codes(pack: Path, **changed: Any) -> list[str]:
    with pytest.raises(RulesetError) as raised:
        approve(pack, **changed)
    return [fault.code for fault in raised.value.faults]


def test_an_approval_is_of_the_bytes_as_they_are_and_is_read_back(pack: Path) -> None:
    approval = approve(pack, approvers=('Ama "O" Oduró', "Bo: Lindqvist"), demonstration=True)
    assert approval.digest == pack_digest(pack)
    assert load_ruleset(pack).approval == approval
    assert check_pack(pack, as_of=TODAY) == ()
    assert sorted(path.name for path in pack.iterdir()) == ["approval.yaml", "rules", "ruleset.yaml", "terms"]


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"approvers": ("Ama Oduro", " ama  ODURO")}, "approval.same_person"),
        ({"approvers": ("Ama Oduro",)}, "approval.same_person"),
        ({"approvers": ("Ama Oduro", " ")}, "approval.same_person"),
        ({"approvers": ("Ama Oduro", "Bo Lindqvist", "bo lindqvist")}, "approval.same_person"),
        ({"office": "  "}, "approval.office_missing"),
        ({"valid_to": date(2025, 12, 31)}, "approval.dates"),
    ],
)
def test_what_is_no_approval_is_not_written(pack: Path, changed: dict[str, Any], code: str) -> None:
    assert codes(pack, **changed) == [code]
    assert not (pack / "approval.yaml").exists()


def test_a_pack_with_faults_is_not_approved(pack: Path) -> None:
    (pack / "terms/en.yaml").write_text("language: en\n", encoding="utf-8")
    assert "value.missing" in codes(pack)


def test_an_approval_in_force_is_replaced_only_on_demand(pack: Path) -> None:
    approve(pack)
    assert codes(pack, office="Other office") == ["approval.in_force"]
    assert approve(pack, office="Other office", replace=True).office == "Other office"


def test_one_that_has_ended_or_is_for_other_bytes_stands_in_nobodys_way(pack: Path) -> None:
    approve(pack, valid_to=date(2026, 11, 21))
    approve(pack)
    with (pack / "terms/en.yaml").open("a", encoding="utf-8") as file:
        file.write("# looked at again\n")
    assert load_ruleset(pack).approval is None
    approve(pack)
    assert load_ruleset(pack).approval is not None


def test_an_approval_nobody_can_read_is_replaced(pack: Path) -> None:
    (pack / "approval.yaml").write_text("approvers: [one]\n", encoding="utf-8")
    approve(pack)
    assert check_pack(pack, as_of=TODAY) == ()


def test_a_change_between_writing_and_reading_is_told(pack: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    other = "sha256:" + "0" * 64
    monkeypatch.setattr("vetting_engine.rulebook.approve.pack_digest", lambda _: other)
    assert codes(pack) == ["approval.not_written"]
