"""A rule that is begun loads, does what its examples say, and overwrites nothing."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from vetting_engine.cli import Exit, main
from vetting_engine.errors import RulesetError
from vetting_engine.model.ruleset import RuleState
from vetting_engine.rulebook import check_pack, find_pack, load_ruleset, pack_digest
from vetting_engine.workbench._page import as_html, as_markdown
from vetting_engine.workbench._reviewers import reviewers_page
from vetting_engine.workbench.examples import run_examples
from vetting_engine.workbench.handbook import community_page
from vetting_engine.workbench.scaffold import new_rule

TODAY = date(2028, 2, 29)


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    folder = tmp_path / "pack"
    shutil.copytree(find_pack("starter"), folder)
    return folder


@pytest.mark.parametrize("check", ["content", "conflict", "watchlist", "decision"])
def test_what_is_begun_loads_and_its_examples_pass(pack: Path, check: str) -> None:
    path, page = new_rule(pack, check, "our-first", TODAY)
    assert check_pack(pack, as_of=TODAY) == () or {fault.code for fault in check_pack(pack)} <= {"rule.same_condition"}
    ruleset = load_ruleset(pack)
    rule = next(one for one in ruleset.rules if one.id == "our-first")
    assert (rule.check, rule.status, rule.review_by) == (check, RuleState.EXPERIMENTAL, date(2029, 2, 28))
    assert path == pack / rule.file
    assert (page, rule.page) == (pack / "pages/our-first.md", page.read_text(encoding="utf-8"))
    report = run_examples(ruleset)
    assert report.failures == ()
    assert report.coverage == 10_000


def test_decisions_grow_by_one_rule_at_a_time(pack: Path) -> None:
    first = new_rule(pack, "decision", "one", TODAY)[0].read_text(encoding="utf-8")
    path, _ = new_rule(pack, "decision", "two", TODAY)
    assert path.read_text(encoding="utf-8").startswith(first)
    assert [rule.id for rule in load_ruleset(pack).rules_of("decision")] == ["one", "two"]


def test_a_single_decision_without_a_list_is_left_as_it_was(pack: Path) -> None:
    path, _ = new_rule(pack, "decision", "one", TODAY)
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
    assert said.out.split() == [str(pack / "rules/content/ours.yaml"), str(pack / "pages/ours.md")]
    assert "rules check" in said.err
    assert main(["rules", "new", str(pack), "content", "ours"]) == Exit.USAGE


def test_with_schemas_at_hand_editors_find_them_and_the_digest_stays(
    pack: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = pack_digest(pack)
    assert main(["rules", "schema", str(pack)]) == Exit.DONE
    lines = capsys.readouterr().out.splitlines()
    assert pack_digest(pack) == before
    told = dict(zip(lines[::2], lines[1::2], strict=True))
    assert told["rules/<check>/*.yaml"].strip() == "# yaml-language-server: $schema=../../.schema/rules.schema.json"
    for line in told.values():
        assert (pack / ".schema" / line.rpartition("/")[2]).is_file()
    path, _ = new_rule(pack, "conflict", "ours", TODAY)
    first = path.read_text(encoding="utf-8").splitlines()[0]
    assert (path.parent / first.partition("$schema=")[2]).is_file()


def test_a_page_that_cannot_be_read_or_has_no_rule_is_told(pack: Path) -> None:
    (pack / "pages").mkdir()
    (pack / "pages/promises-mony.md").write_text("# Lost", encoding="utf-8")
    (pack / "pages/promises-money.md").write_bytes(b"# Caf\xe9")
    assert [(fault.code, fault.at.file, fault.at.line) for fault in check_pack(pack)] == [
        ("yaml.encoding", "pages/promises-money.md", 1),
        ("page.unknown_rule", "pages/promises-mony.md", 0),
    ]
    (pack / "pages/promises-mony.md").unlink()
    (pack / "pages/promises-money.md").write_text("Fine.\n\nTurned \u202eround", encoding="utf-8")
    assert [(fault.code, fault.at.line) for fault in check_pack(pack)] == [("yaml.hidden_character", 3)]


def test_the_reviewers_read_the_page_below_the_rule(pack: Path) -> None:
    (pack / "pages").mkdir()
    text = "# Looks alike\n\n- a raffle\n- <b>a loan</b>\n\nAsk *who* pays.\n"
    (pack / "pages/promises-money.md").write_text(text, encoding="utf-8")
    page = reviewers_page(load_ruleset(pack), "en")
    assert "#### Looks alike\n\n- a raffle\n- \\<b\\>a loan" in as_markdown(page)
    assert '<h4 dir="auto">Looks alike</h4>' in as_html(page)
    assert "&lt;b&gt;a loan" in as_html(page)
    assert "raffle" not in as_markdown(community_page(load_ruleset(pack), "en"))
