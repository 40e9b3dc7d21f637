"""A rule that is begun loads, does what its examples say, and overwrites nothing."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from vetting_engine.cli import Exit, main
from vetting_engine.errors import RulesetError
from vetting_engine.model.ruleset import RuleState
from vetting_engine.rulebook import check_pack, find_pack, load_ruleset
from vetting_engine.workbench.examples import run_examples
from vetting_engine.workbench.scaffold import new_rule

TODAY = date(2028, 2, 29)


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    folder = tmp_path / "pack"
    shutil.copytree(find_pack("starter"), folder)
    return folder


@pytest.mark.parametrize("check", ["content", "conflict", "watchlist", "decision"])
def test_what_is_begun_loads_and_its_examples_pass(pack: Path, check: str) -> None:
    path = new_rule(pack, check, "our-first", TODAY)
    assert check_pack(pack, as_of=TODAY) == () or {fault.code for fault in check_pack(pack)} <= {"rule.same_condition"}
    ruleset = load_ruleset(pack)
    rule = next(one for one in ruleset.rules if one.id == "our-first")
    assert (rule.check, rule.status, rule.review_by) == (check, RuleState.EXPERIMENTAL, date(2029, 2, 28))
    assert path == pack / rule.file
    report = run_examples(ruleset)
    assert report.failures == ()
    assert report.coverage == 10_000


def test_decisions_grow_by_one_rule_at_a_time(pack: Path) -> None:
    first = new_rule(pack, "decision", "one", TODAY).read_text(encoding="utf-8")
    path = new_rule(pack, "decision", "two", TODAY)
    assert path.read_text(encoding="utf-8").startswith(first)
    assert [rule.id for rule in load_ruleset(pack).rules_of("decision")] == ["one", "two"]


def test_a_single_decision_without_a_list_is_left_as_it_was(pack: Path) -> None:
    path = new_rule(pack, "decision", "one", TODAY)
    lines = path.read_text(encoding="utf-8").splitlines()[1:]
    single = "\n".join(line[4:] for line in lines) + "\n"
    path.write_text(single, encoding="utf-8")
    load_ruleset(pack)
    with pytest.raises(RulesetError):
        new_rule(pack, "decision", "two", TODAY)
    assert path.read_text(encoding="utf-8") == single


@pytest.mark.parametrize(
    ("check", "rule", "code"),
    [
        ("content", "promises-money", "rule.duplicate_id"),
        ("content", "Not An Id", "scaffold.id"),
        ("content", "../escape", "scaffold.id"),
        ("contents", "ours", "pack.unknown_check"),
        ("balance", "ours", "pack.unknown_check"),
    ],
)
def test_what_cannot_be_begun_is_said(pack: Path, check: str, rule: str, code: str) -> None:
    with pytest.raises(RulesetError) as raised:
        new_rule(pack, check, rule, TODAY)
    assert [fault.code for fault in raised.value.faults] == [code]


def test_a_file_in_the_way_stays(pack: Path) -> None:
    path = pack / "rules/content/ours.yaml"
    text = (pack / "rules/content/promises-money.yaml").read_text(encoding="utf-8").replace("promises", "warns-of")
    path.write_text(text, encoding="utf-8")
    with pytest.raises(RulesetError) as raised:
        new_rule(pack, "content", "ours", TODAY)
    assert [fault.code for fault in raised.value.faults] == ["scaffold.exists"]
    assert path.read_text(encoding="utf-8") == text


def test_a_pack_without_harmless_terms_gets_a_place_for_the_hit(tmp_path: Path) -> None:
    head = "id: bare\nversion: 1.0.0\ntitle: Bare\nrequired_checks: [content]\n"
    (tmp_path / "ruleset.yaml").write_text(head, encoding="utf-8")
    new_rule(tmp_path, "content", "ours", TODAY)
    assert [fault.code for fault in check_pack(tmp_path)] == ["rule.no_example"]


def test_from_the_shell(pack: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules", "new", str(pack), "content", "ours"]) == Exit.DONE
    said = capsys.readouterr()
    assert said.out.strip() == str(pack / "rules/content/ours.yaml")
    assert "rules check" in said.err
    assert main(["rules", "new", str(pack), "content", "ours"]) == Exit.USAGE
