"""Examples run against their rules; failures say what was expected, what came, and which leaf decided."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest
from rulebook.demo import CHECKS, GOOD

from vetting_engine.model.ruleset import ExampleKind
from vetting_engine.rulebook import load_ruleset
from vetting_engine.workbench.examples import EXAMPLE_DAY, ExampleReport, run_examples

_RULE = """id: tried
title: T
severity: low
level: needs_review
rationale: R
falsepositives: [F]
owner: O
review_by: 2027-01-01
when: {when}
examples:
{examples}
"""


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    shutil.copytree(GOOD, tmp_path / "pack")
    return tmp_path / "pack"


def tried(pack: Path, when: str, *examples: str, as_of: date = EXAMPLE_DAY) -> ExampleReport:
    lines = "\n".join(f"  - {example}" for example in examples)
    (pack / "rules/demo/tried.yaml").write_text(_RULE.format(when=when, examples=lines), encoding="utf-8")
    (pack / "rules/demo/threat.yaml").unlink(missing_ok=True)
    (pack / "decisions.yaml").unlink(missing_ok=True)
    return run_examples(load_ruleset(pack, checks=CHECKS), checks=CHECKS, as_of=as_of)


def test_the_good_pack_does_what_its_examples_say() -> None:
    report = run_examples(load_ruleset(GOOD, checks=CHECKS), checks=CHECKS)
    assert report.passed
    assert (report.rules, len(report.results), report.rules_without_examples) == (3, 8, ())
    assert {result.kind for result in report.results} == set(ExampleKind)
    assert not report.caught


def test_a_failure_names_rule_file_line_and_the_deciding_leaf(pack: Path) -> None:
    report = tried(
        pack,
        "{post.length: {ge: 3}, post.shared: yes}",
        "{kind: hit, given: {post.length: 5, post.shared: no}, note: wrong on purpose}",
        "{kind: no_hit, given: {post.length: 5, post.shared: no}}",
        "{kind: no_hit, given: {post.length: 5, post.shared: yes}}",
        "{kind: unknown, given: {post.length: 5}}",
        "{kind: hit, given: {post.length: 5}}",
    )
    assert not report.passed
    first, third, fifth = report.failures
    assert (first.rule, first.file, first.line, first.note) == (
        "tried",
        "rules/demo/tried.yaml",
        11,
        "wrong on purpose",
    )
    assert (first.expected, first.got) == ("hit", "no hit")
    assert first.deciding is not None
    assert (first.deciding.field, first.deciding.expected, first.deciding.actual) == ("post.shared", "true", "false")
    assert (third.line, third.expected, third.got, third.deciding) == (13, "no hit", "hit", None)
    assert (fifth.expected, fifth.got) == ("hit", "unknown")
    assert fifth.deciding is not None
    assert fifth.deciding.result == "unknown"


def test_a_known_miss_never_fails_and_shows_when_it_is_caught(pack: Path) -> None:
    report = tried(
        pack,
        "{post.length: {ge: 3}}",
        "{kind: known_miss, given: {post.length: 1}}",
        "{kind: known_miss, given: {post.length: unknown}}",
        "{kind: known_miss, given: {post.length: 9}}",
    )
    assert report.passed
    assert [result.line for result in report.caught] == [13]


def test_what_the_check_cannot_read_is_told_at_the_example(pack: Path) -> None:
    report = tried(
        pack, "{post.shared: yes}", "{kind: hit, given: {explode: yes}}", "{kind: known_miss, given: {explode: yes}}"
    )
    for result, line in zip(report.results, (11, 12), strict=True):
        assert not result.passed
        assert result.got is None
        (fault,) = result.faults
        assert (fault.code, fault.at.file, fault.at.line) == ("example.check_raised", "rules/demo/tried.yaml", line)


def test_examples_live_on_a_fixed_day_unless_another_is_named(pack: Path) -> None:
    example = "{kind: hit, given: {post.time: 2025-12-01}}"
    assert tried(pack, "{post.time: {within_days: 60}}", example).passed
    assert not tried(pack, "{post.time: {within_days: 60}}", example, as_of=date(2026, 6, 1)).passed


def test_each_leaf_is_to_be_seen_true_and_false(pack: Path) -> None:
    when = "{any: [{post.shared: yes}, {not: {post.place: Nairobi}}], count: match as m, where: {m.kind: group}, ge: 2}"
    one = "{kind: no_hit, given: {post.shared: yes, post.place: Nairobi, match: [{kind: group}]}}"
    two = "{kind: hit, given: {post.shared: no, post.place: Gulu, match: [{kind: group}, {kind: group}]}}"
    report = tried(pack, when, one, two)
    assert report.passed
    assert [(leaf.field, leaf.seen_true, leaf.seen_false) for leaf in report.leaves] == [
        ("post.shared", True, True),
        ("post.place", True, True),
        ("match", True, True),
        ("m.kind", True, False),
    ]
    assert all(leaf.line == 9 for leaf in report.leaves)
    assert report.leaf_coverage == 7 * 10_000 // 8
    assert tried(pack, when, "{kind: hit, given: {explode: yes}}").leaf_coverage == 0


@pytest.mark.parametrize(
    "when",
    [
        "{post.shared: yes}",
        "{not: {post.shared: yes}}",
        "{all: [{post.shared: yes}, {any: [{post.place: x}, {post.length: 1}]}]}",
        "{at_least: {n: 1, of: [{post.shared: yes}, {not: {not: {post.place: x}}}]}}",
        "{some: match as m, where: {m.kind: group, some: match as n, where: {n.kind: predicate, n.id: x}}}",
        "{some: match as m}",
        "{count: match as m, ge: 1}",
        "{count: match as m, where: {m.kind: group, m.id: x}, ge: 1}",
    ],
)
def test_leaves_are_named_as_the_evaluator_names_them(pack: Path, when: str) -> None:
    full = "post.shared: yes, post.place: x, post.length: 1, match: [{kind: group, id: x}, {kind: predicate, id: x}]"
    report = tried(pack, when, "{kind: known_miss, given: {" + full + "}}")
    assert report.leaves
    assert all(leaf.seen_true or leaf.seen_false for leaf in report.leaves)


def test_a_hit_that_a_modifier_takes_down_to_nothing_is_no_hit(pack: Path) -> None:
    when = "{some: match as m, where: {m.kind: group}}\nmodifiers: {quoted: nothing_found, told: conditional}"
    report = tried(
        pack,
        when,
        "{kind: no_hit, given: {match: [{kind: group, quoted: yes}]}}",
        "{kind: hit, given: {match: [{kind: group, told: yes}]}}",
        "{kind: hit, given: {match: [{kind: group, quoted: yes}, {kind: group}]}}",
        "{kind: no_hit, given: {match: [{kind: group, quoted: yes}, {kind: predicate}]}}",
    )
    assert report.passed
    assert [result.lowered for result in report.results] == [True, False, False, True]
