"""Two packs compared: proved alike, or parted by a case that the real engines decide otherwise."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from workbench.packs_to_analyse import DAY, TIE, pack, rule, tie

from vetting_engine.cli import main
from vetting_engine.model.decision import Disposition
from vetting_engine.model.ruleset import Ruleset
from vetting_engine.rulebook import find_pack, load_ruleset
from vetting_engine.workbench import _contest
from vetting_engine.workbench._smt import Answer, Outcome, Smt
from vetting_engine.workbench.diff import Comparison, Direction, Verdict, compare

REVIEW = {"level": "needs_review", "functions": "[legal]"}
CONSENT = rule("consent", "{consent.present: no}", **REVIEW)
MANY = "{{count: finding as f, where: {{f.status: hit, f.severity: {{ge: medium}}}}, distinct: f.topic, ge: {}}}"


def told(old: Ruleset, new: Ruleset) -> Comparison:
    comparison = compare(old, new, as_of=DAY)
    assert comparison.confirmed
    return comparison


def directions(comparison: Comparison) -> dict[str, set[Direction]]:
    return {one.change.rule: {effect.direction for effect in one.effects} for one in comparison.changes}


@pytest.mark.parametrize(
    "when",
    [
        "{not: {consent.present: yes}}",
        "{any: [{consent.present: no}, {all: [{consent.present: no}, {posts: 3}]}]}",
        "{not: {any: [{consent.present: yes}, {consent.present: {present: no}}]}}",
    ],
)
def test_written_otherwise_and_meant_alike(when: str, tmp_path: Path) -> None:
    new = pack(tmp_path / "new", rule("consent", when, **REVIEW))
    comparison = told(pack(tmp_path / "old", CONSENT), new)
    assert (comparison.verdict, comparison.exact) == (Verdict.EQUIVALENT, True)
    assert [one.effects for one in comparison.changes] == [()]


def test_a_count_is_compared_with_enough_findings(tmp_path: Path) -> None:
    old = pack(tmp_path / "old", rule("many", MANY.format(4), **REVIEW))
    comparison = told(old, pack(tmp_path / "new", rule("many", MANY.format(5), **REVIEW)))
    case = next(one for one in comparison.changes[0].effects if one.direction is Direction.MILDER)
    assert len({finding["topic"] for finding in case.old_case["finding"]}) == 4


def test_each_change_gets_its_own_case(tmp_path: Path) -> None:
    old = pack(tmp_path / "old", CONSENT, rule("many", MANY.format(2), **REVIEW))
    milder = rule("consent", "{consent.present: no}", level="conditional", functions="[legal]")
    new = pack(tmp_path / "new", milder, rule("many", MANY.format(2), level="escalate", functions="[legal, ict]"))
    comparison = told(old, new)
    assert directions(comparison) == {
        "consent": {Direction.MILDER},
        "many": {Direction.STRICTER, Direction.FUNCTIONS},
    }
    effect = next(one for one in comparison.changes[1].effects if one.direction is Direction.STRICTER)
    assert effect.old is not None
    assert effect.new is not None
    assert (effect.old[0], effect.new[0]) == (Disposition.NEEDS_REVIEW, Disposition.ESCALATE)


def test_obligations_and_removed_rules(tmp_path: Path) -> None:
    old = pack(tmp_path / "old", rule("duty", "{posts: {ge: 2}}", obligations="[code]"), CONSENT)
    without = pack(tmp_path / "new", rule("duty", "{posts: {ge: 3}}", obligations="[code]"))
    assert directions(told(old, without)) == {
        "consent": {Direction.MILDER, Direction.FUNCTIONS},
        "duty": {Direction.OBLIGATIONS},
    }


def test_derived_facts_are_followed(tmp_path: Path) -> None:
    reads = rule("reads", "{fact.many: yes, consent.present: no}", **REVIEW)
    old = pack(tmp_path / "old", rule("makes", "{posts: {ge: 3}}", derives="many"), reads)
    new = pack(tmp_path / "new", rule("makes", "{posts: {gt: 2}}", derives="many"), reads)
    assert told(old, new).verdict is Verdict.EQUIVALENT
    other = pack(tmp_path / "other", rule("makes", "{posts: {gt: 3}}", derives="many"), reads)
    assert directions(told(old, other)) == {"makes": {Direction.MILDER, Direction.FUNCTIONS}}


def test_what_is_required_is_compared(tmp_path: Path) -> None:
    old = pack(tmp_path)
    new = old.model_copy(update={"required_checks": ("conflict", "content")})
    comparison = told(old, new)
    assert directions(comparison) == {"required_checks": {Direction.STRICTER}}


def test_a_check_rule_is_compared_on_its_facts_and_through_the_decision(tmp_path: Path) -> None:
    old = pack(tmp_path / "old")
    new = pack(tmp_path / "new", ties=(tie("tie", TIE.replace("}", ", path.current: yes}")),))
    (effect,) = told(old, new).changes[0].effects
    assert effect.direction is Direction.MILDER
    assert effect.facts == {"path.current": False, "path.register": "staff", "path.relation": "family"}
    assert [len(case.get("finding", ())) for case in (effect.old_case, effect.new_case)] == [1, 0]


def test_a_severity_matters_only_where_a_decision_asks_for_it(tmp_path: Path) -> None:
    changed = (tie("tie", TIE, category="other"),)
    comparison = told(pack(tmp_path / "old"), pack(tmp_path / "new", ties=changed))
    assert comparison.verdict is Verdict.FINDINGS_DIFFER
    asks = rule("asks", "{some: finding as f, where: {f.category: other, f.status: hit}}", level="escalate")
    ties = (tie(), tie("second", "{path.steps: 2}", category="other"))
    old = pack(tmp_path / "asks", asks, ties=ties)
    new = pack(tmp_path / "asked", asks, ties=(*changed, ties[1]))
    assert directions(told(old, new)) == {"tie": {Direction.STRICTER}}


def test_settings_are_named_as_not_compared(tmp_path: Path) -> None:
    old = pack(tmp_path)
    assert told(old, old.model_copy(update={"gap_due_days": 7})).not_compared == ("gap_due_days",)


def test_no_answer_in_time_is_no_answer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Smt, "solve", lambda *_: Answer(Outcome.UNDECIDED))
    ruleset = pack(tmp_path, CONSENT)
    assert compare(ruleset, ruleset, as_of=DAY).verdict is Verdict.UNDECIDED


def test_a_case_that_is_not_confirmed_is_not_claimed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_contest, "_is_so", lambda *_: False)
    old = pack(tmp_path / "old", CONSENT)
    comparison = compare(old, pack(tmp_path / "new"), as_of=DAY)
    assert comparison.verdict is Verdict.UNDECIDED
    assert not comparison.confirmed


def test_a_proof_that_a_random_case_contradicts_is_no_proof(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An encoding that overlooks a rule is found out by the search."""
    monkeypatch.setattr(_contest.Contest, "_parts", lambda *_: False)
    old = pack(tmp_path / "old", CONSENT)
    comparison = compare(old, pack(tmp_path / "new"), as_of=DAY)
    assert comparison.verdict is Verdict.DIFFERENT
    assert comparison.changes[-1].change.kind == "found_by_search"


def test_the_command_says_it_in_words_and_as_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pack(tmp_path / "old", CONSENT)
    pack(tmp_path / "new", rule("consent", "{consent.present: no}", level="conditional", functions="[legal]"))
    command = ["rules", "diff", str(tmp_path / "old"), str(tmp_path / "new"), "--as-of", "2026-11-22"]
    assert main(command) == 3
    said = capsys.readouterr().out
    assert "Milder: needs_review becomes conditional." in said
    assert "consent.present: false" in said
    assert main([*command, "--json"]) == 3
    told_ = json.loads(capsys.readouterr().out)
    assert (told_["schema"], told_["verdict"]) == ("vetting-engine/comparison/1", "different")
    assert told_["changes"][0]["effects"][0]["new"]["disposition"] == "conditional"
    assert main(["rules", "diff", str(tmp_path / "old"), str(tmp_path / "old"), "--as-of", "2026-11-22"]) == 0


@pytest.mark.parametrize(
    ("old", "new", "direction"),
    [
        ("{quoted: nothing_found}", "{}", Direction.STRICTER),
        ("{quoted: conditional}", "{quoted: nothing_found}", Direction.MILDER),
    ],
)
def test_a_modifier_that_lowers_otherwise_is_shown_applied(
    old: str, new: str, direction: Direction, tmp_path: Path
) -> None:
    for name, modifiers in (("old", old), ("new", new)):
        shutil.copytree(find_pack("starter"), tmp_path / name)
        (path,) = (tmp_path / name / "rules/content").glob("*.yaml")
        path.write_text(f"{path.read_text(encoding='utf-8')}modifiers: {modifiers}\n", encoding="utf-8")
    comparison = told(load_ruleset(tmp_path / "old"), load_ruleset(tmp_path / "new"))
    assert comparison.verdict is Verdict.DIFFERENT
    (change,) = comparison.changes
    assert change.change.fields == ("modifiers",)
    (effect,) = [one for one in change.effects if one.direction is direction]
    assert effect.modifier == "quoted"
    assert effect.old is not None
    assert effect.new is not None
    assert effect.old[0] != effect.new[0]
    assert [case["finding"][0]["status"] for case in (effect.old_case, effect.new_case)] == ["hit", "hit"]
