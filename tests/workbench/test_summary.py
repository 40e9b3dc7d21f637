"""A pack at a glance."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import shipped

from vetting_engine.rulebook import find_pack, load_ruleset
from vetting_engine.rulebook.approve import approve_pack
from vetting_engine.workbench.summary import summarise

TODAY = date(2026, 11, 22)


def test_the_starter_at_a_glance() -> None:
    assert summarise(shipped.pack(), TODAY).translated.keys() == {"ar", "es", "fr"}
    summary = summarise(load_ruleset("starter"), TODAY)
    assert summary.translated == {}
    assert (summary.id, summary.approval_state, summary.rules) == ("starter", "none", {"content": 1})
    (terms,) = (one for one in summary.documents if one.folder == "terms")
    assert (terms.files, terms.languages) == (1, ("en",))
    assert terms.entries >= 1
    assert (summary.failing, summary.rule_coverage, summary.outcome_coverage) == (0, 10_000, 10_000)


def test_the_state_of_an_approval_is_that_of_the_day(tmp_path: Path) -> None:
    pack = tmp_path / "pack"
    shutil.copytree(find_pack("starter"), pack)
    days = {"valid_from": date(2026, 1, 1), "valid_to": date(2026, 12, 31), "as_of": TODAY}
    approve_pack(pack, approvers=("Ama Oduro", "Bo Lindqvist"), office="O", **days)
    assert summarise(load_ruleset(pack), TODAY).approval_state == "in_force"
    assert summarise(load_ruleset(pack), date(2027, 1, 1)).approval_state == "not_in_force"
    approve_pack(pack, approvers=("A", "B"), office="O", demonstration=True, replace=True, **days)
    assert summarise(load_ruleset(pack), TODAY).approval_state == "demonstration"
