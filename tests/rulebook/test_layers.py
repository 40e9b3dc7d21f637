"""Packs over packs: what is taken over, what replaces, what the digest covers, and what is refused."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest
from rulebook.demo import CHECKS, GOOD, DemoSettings, Terms

from vetting_engine import canonical
from vetting_engine.errors import Fault, RulesetError
from vetting_engine.model.ruleset import ExampleKind, Ruleset
from vetting_engine.model.scales import Level
from vetting_engine.records import Archive
from vetting_engine.rulebook import check_pack, load_ruleset, pack_digest

HEAD = "id: office\nversion: 2.0.0\ntitle: An office's own\nextends: base\n"
LENIENT = """id: threat-to-group
title: A threat, as this office sees it
severity: low
level: conditional
rationale: R
falsepositives: [F]
owner: O
review_by: 2027-06-30
when: {post.shared: yes}
examples:
  - {kind: hit, given: {post.shared: yes}}
  - {kind: no_hit, given: {post.shared: no}}
"""


def write(folder: Path, path: str, text: str) -> None:
    (folder / path).parent.mkdir(parents=True, exist_ok=True)
    (folder / path).write_text(text, encoding="utf-8")


@pytest.fixture
def packs(tmp_path: Path) -> Path:
    shutil.copytree(GOOD, tmp_path / "base")
    write(tmp_path / "office", "ruleset.yaml", HEAD)
    return tmp_path


def load(folder: Path) -> Ruleset:
    return load_ruleset(folder, checks=CHECKS)


def said(ruleset: Ruleset) -> list[object]:
    """The rules, whichever file they stand in."""
    return [rule.model_dump() for rule in ruleset.rules]


def faults_of(folder: Path) -> list[tuple[str, str, int]]:
    return [(fault.code, fault.at.file, fault.at.line) for fault in check_pack(folder, checks=CHECKS)]


def test_a_pack_of_four_lines_is_all_that_it_extends_under_its_own_name(packs: Path) -> None:
    base, office = load(packs / "base"), load(packs / "office")
    assert faults_of(packs / "office") == []
    assert (office.id, office.version, office.required_checks) == ("office", "2.0.0", base.required_checks)
    assert (said(office), office.settings, office.obligations) == (said(base), base.settings, base.obligations)
    assert office.documents == base.documents
    assert [rule.file for rule in office.rules] == [f"base/{rule.file}" for rule in base.rules]
    (parent,) = office.parents
    assert (parent.name, parent.id, parent.version, parent.digest) == ("base", base.id, base.version, base.digest)
    assert parent.overridden == ()


def test_settings_are_laid_over_key_by_key_and_documents_are_added(packs: Path) -> None:
    write(packs / "office", "ruleset.yaml", HEAD + "checks:\n  demo: {strict: yes}\n  group:\nretention_days: 90\n")
    write(packs / "office", "terms/own.yaml", "terms: [gamma]\n")
    office = load(packs / "office")
    assert office.settings_of("demo") == DemoSettings(threshold=4, strict=True)
    assert office.settings_of("group") == DemoSettings()
    assert office.documents["demo"]["terms"] == (Terms(terms=("alpha", "beta")), Terms(terms=("gamma",)))
    assert office.retention_days == 90


def test_a_rule_of_the_same_id_replaces_the_one_below_with_its_examples(packs: Path) -> None:
    apart = "examples:\n  - {rule: threat-to-group, kind: no_hit, given: {post.shared: no}, note: of the base}\n"
    write(packs / "base", "examples/more.yaml", apart)
    assert [example.note for example in load(packs / "base").rules[2].examples][-1] == "of the base"
    write(packs / "office", "rules/demo/threat.yaml", LENIENT)
    write(packs / "office", "examples/own.yaml", apart.replace("of the base", "of the office"))
    assert faults_of(packs / "office") == []
    office = load(packs / "office")
    threat = office.rules[2]
    assert (threat.level, threat.file) == (Level.CONDITIONAL, "rules/demo/threat.yaml")
    assert [example.note for example in threat.examples] == ["", "", "of the office"]
    assert threat.examples[2].file == "examples/own.yaml"
    assert threat.examples[2].kind is ExampleKind.NO_HIT
    assert office.parents[0].overridden == ("threat-to-group",)


def test_the_digest_covers_what_is_extended_and_an_approval_lapses_with_it(packs: Path) -> None:
    office = packs / "office"
    before = load(office)
    manifest = [["extends:", load(packs / "base").digest], ["ruleset.yaml", canonical.digest(HEAD.encode())]]
    assert before.digest == canonical.digest(canonical.dumps(manifest)) == pack_digest(office)
    approval = f"digest: {before.digest}\napprovers: [Ama Oduro, Bo Lindqvist]\noffice: O\nvalid_from: 2026-01-01\n"
    write(office, "approval.yaml", approval + "valid_to: 2026-12-31\n")
    assert load(office).approval is not None
    write(packs / "base", "terms/more.yaml", "terms: [delta]\n")
    assert load(office).approval is None
    assert [code for code, _, _ in faults_of(office)] == ["approval.other_bytes"]
    assert load(office).digest == pack_digest(office) != before.digest


def test_an_approval_of_what_is_extended_does_not_approve_what_extends_it(packs: Path) -> None:
    digest = pack_digest(packs / "base")
    approval = f"digest: {digest}\napprovers: [Ama Oduro, Bo Lindqvist]\noffice: O\nvalid_from: 2026-01-01\n"
    write(packs / "base", "approval.yaml", approval + "valid_to: 2026-12-31\n")
    assert load(packs / "base").approval is not None
    assert load(packs / "office").approval is None


def _chain(folder: Path, length: int) -> None:
    shutil.copytree(GOOD, folder / "p0")
    for number in range(1, length + 1):
        write(folder / f"p{number}", "ruleset.yaml", HEAD.replace("base", f"p{number - 1}"))


def test_three_packs_may_lie_below_and_not_four(tmp_path: Path) -> None:
    _chain(tmp_path, 4)
    assert [parent.name for parent in load(tmp_path / "p3").parents] == ["p2", "p1", "p0"]
    assert faults_of(tmp_path / "p3") == []
    assert ("pack.extends_too_deep", "p1/ruleset.yaml", 4) in faults_of(tmp_path / "p4")
    with pytest.raises(RulesetError):
        pack_digest(tmp_path / "p4")


@pytest.mark.parametrize(
    ("extends", "code"),
    [("elsewhere", "pack.parent_not_found"), ("office", "pack.parent_not_found"), ("../base", "value.pattern")],
)
def test_what_cannot_be_extended_is_told_in_its_line(packs: Path, extends: str, code: str) -> None:
    write(packs / "office", "ruleset.yaml", HEAD.replace("base", extends))
    assert (code, "ruleset.yaml", 4) in faults_of(packs / "office")


def test_a_circle_of_packs_is_refused(packs: Path) -> None:
    head = (packs / "base/ruleset.yaml").read_text(encoding="utf-8")
    write(packs / "base", "ruleset.yaml", head + "\nextends: office\n")
    codes = [code for code, _, _ in faults_of(packs / "office")]
    assert "pack.extends_itself" in codes


def test_faults_below_are_told_with_the_name_of_the_pack_they_are_in(packs: Path) -> None:
    write(packs / "base", "terms/words.yaml", "terms: []\n")
    write(packs / "base", "rules/notes.txt", "x")
    assert faults_of(packs / "office") == [
        ("pack.file_type", "base/rules/notes.txt", 0),
        ("value.too_short", "base/terms/words.yaml", 1),
    ]


def test_a_rule_cannot_replace_one_of_another_check(packs: Path) -> None:
    text = LENIENT.replace("post.shared: yes", "check.demo.posts: 1").replace("post.shared: no", "check.demo.posts: 0")
    write(packs / "office", "decisions.yaml", text)
    assert ("rule.overrides_other_check", "decisions.yaml", 1) in faults_of(packs / "office")


def test_rules_may_read_facts_that_rules_below_derive(packs: Path) -> None:
    derives = """id: told
title: T
severity: low
rationale: R
falsepositives: [F]
owner: O
review_by: 2027-06-30
derives: told
when: {some: finding as f, where: {f.status: hit}}
"""
    reads = derives.replace("id: told", "id: reads").replace("derives: told", "level: conditional")
    reads = reads.replace("{some: finding as f, where: {f.status: hit}}", "{fact.told: yes}")
    below = (packs / "base/decisions.yaml").read_text(encoding="utf-8")
    listed = "  - " + derives.replace("\n", "\n    ").rstrip() + "\n"
    write(packs / "base", "decisions.yaml", below.rstrip() + "\n" + listed)
    write(packs / "office", "decisions.yaml", reads)
    assert "reads" in [rule.id for rule in load(packs / "office").rules]


def test_examples_apart_must_name_a_rule_and_fit_it(packs: Path) -> None:
    write(
        packs / "base",
        "examples/more.yaml",
        "examples:\n  - {rule: threat-to-grup, kind: hit, given: {post.shared: yes}}\n"
        "  - {rule: threat-to-group, kind: hit, given: {post.shared: perhaps}}\n"
        "  - {rule: code-for-everyone, kind: hit, given: {candidate.gender: f}}\n"
        "  - {kind: hit, given: {}}\n",
    )
    assert faults_of(packs / "base") == [("value.missing", "examples/more.yaml", 5)]
    text = (packs / "base/examples/more.yaml").read_text(encoding="utf-8")
    write(packs / "base", "examples/more.yaml", text.replace("  - {kind: hit, given: {}}\n", ""))
    found = check_pack(packs / "base", checks=CHECKS)
    assert [(fault.code, fault.at.line) for fault in found] == [
        ("example.unknown_rule", 2),
        ("value.type", 3),
        ("when.unknown_field", 4),
    ]
    assert found[0].params["near"] == "threat-to-group"


def test_an_archive_keeps_the_packs_below_and_they_are_found_there(packs: Path, tmp_path: Path) -> None:
    office = load(packs / "office")
    archive = Archive(tmp_path / "archive")
    archive.put_pack(office)
    into = tmp_path / "elsewhere" / "pack"
    archive.extract_pack({"digest": office.digest, "approval": None}, into)
    shutil.rmtree(packs / "base")
    again = load(into)
    assert again.digest == office.digest
    assert said(again) == said(office)


def test_an_office_may_extend_the_shipped_pack_of_its_own_name(tmp_path: Path) -> None:
    write(tmp_path / "starter", "ruleset.yaml", "id: starter\nversion: 1.0.1\ntitle: Ours\nextends: starter\n")
    ours = load_ruleset(tmp_path / "starter")
    assert said(ours) == said(load_ruleset("starter"))
    assert ours.parents[0].digest == pack_digest("starter")


def test_staleness_and_translations_are_read(packs: Path) -> None:
    more = "staleness: {grace_days: 14}\ntranslations:\n  fr: {title: À nous}\n"
    write(packs / "office", "ruleset.yaml", HEAD + more)
    office = load(packs / "office")
    assert office.staleness.grace_days == 14
    assert office.translations["fr"]["title"] == "À nous"
    write(packs / "office", "ruleset.yaml", HEAD + more.replace("14", "91"))
    assert faults_of(packs / "office") == [("value.too_high", "ruleset.yaml", 5)]


def test_review_dates_below_are_judged_too(packs: Path) -> None:
    found: tuple[Fault, ...] = check_pack(packs / "office", checks=CHECKS, as_of=date(2030, 1, 1))
    assert {fault.code for fault in found} == {"rule.review_due"}
