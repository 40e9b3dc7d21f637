"""The analyser finds what is wrong with rules, in its line, and claims nothing it was not told by the real engines."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from workbench.packs_to_analyse import DAY, TIE, pack, rule, tie

from vetting_engine.cli import main
from vetting_engine.errors import EngineError, Fault
from vetting_engine.model.ruleset import Ruleset
from vetting_engine.rulebook import load_ruleset
from vetting_engine.workbench._trial import Trial
from vetting_engine.workbench.analyse import analyse

REVIEW = {"level": "needs_review", "functions": "[legal]"}


def found(ruleset: Ruleset) -> list[tuple[str, str]]:
    return [(fault.code.removeprefix("analyse."), str(fault.params["rule"])) for fault in analyse(ruleset, as_of=DAY)]


def only(ruleset: Ruleset) -> Fault:
    (fault,) = analyse(ruleset, as_of=DAY)
    return fault


def test_rules_without_fault_are_not_spoken_of(tmp_path: Path) -> None:
    one = rule("one", "{some: finding as f, where: {f.status: support}}", functions="[protection]")
    two = rule("two", "{posts: {lt: 3}}", **REVIEW)
    assert found(pack(tmp_path, one, two)) == []


@pytest.mark.parametrize("name", ["community-influencer", "starter"])
def test_shipped_packs_raise_no_false_alarm(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules", "check", name, "--analyse", "--as-of", "2026-11-22"]) == 0
    assert capsys.readouterr().out.endswith("0 fault(s), 0 warning(s).\n")


@pytest.mark.parametrize(
    "when",
    [
        "{all: [{posts: {ge: 5}}, {posts: {le: 3}}]}",
        "{some: finding as f, where: {f.status: note, f.level: escalate}}",
        "{some: attestation as a, where: {a.in_force: yes, a.on: {present: no}, a.expires: {present: no}}}",
        "{check.content.covered_share: {gt: 10000}}",
        "{all: [{count: attestation as g, ge: 2}, {none: attestation as h}]}",
    ],
)
def test_what_can_never_hold(when: str, tmp_path: Path) -> None:
    fault = only(pack(tmp_path, rule("dead", when, **REVIEW)))
    assert (fault.code, fault.at.file, fault.severity) == ("analyse.unsatisfiable", "decisions.yaml", "warning")
    lines = (tmp_path / "decisions.yaml").read_text(encoding="utf-8").splitlines()
    assert "when:" in lines[fault.at.line - 1]
    assert fault.params["exact"] is True


@pytest.mark.parametrize("when", ["{posts: {ge: 0}}", "{some: check as c, where: {c.name: conflict}}"])
def test_what_always_holds(when: str, tmp_path: Path) -> None:
    assert found(pack(tmp_path, rule("on", when, **REVIEW))) == [("always_true", "on")]


def test_the_later_of_two_alike_is_the_duplicate(tmp_path: Path) -> None:
    first = rule("zebra", "{consent.present: no}", **REVIEW)
    fault = only(pack(tmp_path, first, rule("again", "{not: {consent.present: yes}}", **REVIEW)))
    assert (fault.code, fault.params["rule"], fault.params["other"]) == ("analyse.duplicate", "again", "zebra")


def test_a_narrower_rule_that_says_no_more_is_subsumed(tmp_path: Path) -> None:
    wide = rule("wide", "{consent.present: no}", **REVIEW)
    assert found(pack(tmp_path, wide, rule("narrow", "{consent.present: no, posts: 2}", **REVIEW))) == [
        ("subsumed", "narrow")
    ]


def test_a_narrower_and_milder_rule_is_subsumed(tmp_path: Path) -> None:
    wide = rule("wide", "{consent.present: no}", **REVIEW)
    milder = rule("milder", "{consent.present: no, posts: 2}", level="conditional", functions="[legal]")
    assert found(pack(tmp_path, wide, milder)) == [("subsumed", "milder")]


def test_a_narrower_rule_that_says_more_is_not(tmp_path: Path) -> None:
    wide = rule("wide", "{consent.present: no}", **REVIEW)
    graver = rule("graver", "{consent.present: no, posts: 2}", level="escalate", functions="[legal]")
    assert found(pack(tmp_path, wide, graver)) == []


def test_unknown_is_not_false(tmp_path: Path) -> None:
    """``narrow`` may be unknown where ``sure`` is false: it leaves the case incomplete, so it is not subsumed."""
    wide = rule("wide", "{check.content.entries: {ge: 2}, posts: {ge: 1}}", **REVIEW)
    narrow = rule("narrow", "{check.content.entries: {ge: 3}, posts: {ge: 1}}", **REVIEW)
    assert found(pack(tmp_path, wide, narrow)) == [("subsumed", "narrow")]
    sure = rule("wide", "{all: [{check.content.entries: {ge: 2}}, {check.content.entries: {present: yes}}]}", **REVIEW)
    assert ("subsumed", "narrow") not in found(pack(tmp_path, sure, narrow))


def test_two_levels_for_the_same_thing(tmp_path: Path) -> None:
    one = rule("one", "{consent.present: no}", **REVIEW)
    assert found(pack(tmp_path, one, rule("two", "{not: {consent.present: yes}}", level="conditional"))) == [
        ("contradictory", "two")
    ]


def test_a_note_about_what_weighs(tmp_path: Path) -> None:
    note = tie("note", TIE.replace("}", ", path.current: yes}"), level="nothing_found", status_on_hit="note")
    assert found(pack(tmp_path, ties=(tie(), note))) == [("contradictory", "note")]


def test_a_rule_that_others_make_needless_together(tmp_path: Path) -> None:
    one = rule("one", "{consent.present: no}", **REVIEW)
    two = rule("two", "{accounts: {ge: 9}}", **REVIEW)
    both = rule("both", "{any: [{consent.present: no}, {accounts: {ge: 20}}]}", level="conditional")
    assert found(pack(tmp_path, one, two, both)) == [("shadowed", "both")]


def test_a_rule_that_repeats_a_findings_own_level(tmp_path: Path) -> None:
    grave = rule("grave", "{some: finding as f, where: {f.status: hit, f.level: escalate}}", level="escalate")
    assert found(pack(tmp_path, grave)) == [("shadowed", "grave")]
    named = rule("grave", "{some: finding as f, where: {f.status: hit, f.level: escalate}}", **REVIEW)
    assert found(pack(tmp_path, named)) == []


def test_derived_facts_that_lead_nowhere(tmp_path: Path) -> None:
    unread = rule("makes", "{posts: {ge: 2}}", derives="many")
    assert found(pack(tmp_path, unread)) == [("fact_unread", "makes")]
    resting = rule("makes", "{posts: {ge: 2}}", derives="many", status="experimental")
    reads = rule("reads", "{fact.many: yes}", **REVIEW)
    assert found(pack(tmp_path, resting, reads)) == [("fact_unreachable", "reads")]


def test_a_dead_rule_is_told_and_what_hangs_on_it_is_not(tmp_path: Path) -> None:
    dead = rule("makes", "{posts: {lt: 0}}", derives="many")
    reads = rule("reads", "{fact.many: yes}", **REVIEW)
    assert found(pack(tmp_path, dead, reads)) == [("unsatisfiable", "makes")]


def test_names_that_the_pack_does_not_have(tmp_path: Path) -> None:
    slip = rule("slip", "{some: finding as f, where: {f.status: hit, f.rule: [tie, ties]}}", **REVIEW)
    fault = only(pack(tmp_path, slip))
    assert (fault.code, fault.params["name"]) == ("analyse.names_nothing", "ties")


def test_rules_of_a_check_are_compared_on_its_own_facts(tmp_path: Path) -> None:
    dead = tie("dead", "{all: [{path.steps: {ge: 3}}, {path.steps: {lt: 3}}]}")
    again = tie("again", "{path.relation: [family], not: {path.register: {ne: staff}}}")
    assert found(pack(tmp_path, ties=(tie(), dead, again))) == [("unsatisfiable", "dead"), ("duplicate", "again")]


def test_a_rule_that_reads_what_no_other_rule_reads(tmp_path: Path) -> None:
    """Facts found for one rule are complete for the others: what is always known is never missing."""
    on = tie("on", "{any: [{path.current: yes}, {not: {path.current: yes}}]}")
    assert found(pack(tmp_path, ties=(tie(), on))) == [("always_true", "on")]


def test_a_case_the_engines_do_not_confirm_is_not_claimed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ruleset = pack(tmp_path, rule("one", "{consent.present: no}", **REVIEW))
    other = pack(tmp_path / "other", rule("one", "{consent.present: yes}", **REVIEW))
    decided = Trial.decided
    monkeypatch.setattr(Trial, "decided", lambda _, case: decided(Trial(other), case))
    assert found(ruleset) == [("undecided", "one")]


def test_without_z3_it_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "z3", None)
    assert main(["rules", "check", "starter", "--analyse"]) == 1
    assert "pip install vetting-engine[analyse]" in capsys.readouterr().err
    with pytest.raises(EngineError):
        analyse(load_ruleset("starter"), as_of=DAY)
    assert main(["rules", "check", "starter"]) == 0
