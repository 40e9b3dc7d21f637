"""Packs that load, and packs that are refused with everything that is wrong with them."""

from __future__ import annotations

import logging
import shutil
from datetime import date
from pathlib import Path

import pytest
from rulebook.demo import CHECKS, GOOD, DemoSettings, Terms

from vetting_engine import canonical
from vetting_engine.errors import Fault, Location, RulesetError
from vetting_engine.model.condition import All, Compare, Operator, Some
from vetting_engine.model.ruleset import Ruleset
from vetting_engine.model.scales import Level
from vetting_engine.rulebook import check_pack, load_ruleset, pack_digest

APPROVAL = """digest: {digest}
approvers: [Ama Oduro, Bo Lindqvist]
office: Test office
valid_from: 2026-01-01
valid_to: 2026-12-31
demonstration: yes
"""


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    folder = tmp_path / "pack"
    shutil.copytree(GOOD, folder)
    return folder


def load(pack: Path) -> Ruleset:
    return load_ruleset(pack, checks=CHECKS)


def faults_of(pack: Path) -> tuple[Fault, ...]:
    return check_pack(pack, checks=CHECKS)


def test_the_good_pack_has_no_blemish_and_every_part_is_typed(pack: Path) -> None:
    assert faults_of(pack) == ()
    ruleset = load(pack)
    assert [rule.id for rule in ruleset.rules] == ["code-for-everyone", "several-grave", "threat-to-group"]
    assert ruleset.settings_of("demo") == DemoSettings(threshold=4, strict=False)
    assert ruleset.settings_of("group") == DemoSettings()
    assert ruleset.documents["demo"]["terms"] == (Terms(terms=("alpha", "beta")),)
    assert ruleset.obligations["code-of-conduct"].valid_days == 365
    assert ruleset.approval is None
    threat = ruleset.rules[2]
    assert (threat.check, threat.file, threat.line) == ("demo", "rules/demo/threat.yaml", 1)
    assert threat.modifiers == {"quoted": Level.CONDITIONAL}
    assert isinstance(threat.modifiers["quoted"], Level)
    assert threat.review_by == date(2027, 6, 30)
    assert isinstance(threat.when, Some)
    assert isinstance(threat.when.where, All)
    inner = threat.when.where.of[1]
    assert isinstance(inner, Some)
    assert isinstance(inner.where, All)
    assert inner.where.of[1] == Compare(field="g.sentence", op=Operator.EQ, other="p.sentence", line=17)
    assert threat.examples[1].note == "two sentences apart"
    assert threat.examples[0].given["match"][0]["sentence"] == 1


def test_ten_faults_of_a_pack_are_reported_at_once_each_with_its_line(pack: Path) -> None:
    (pack / "ruleset.yaml").write_text(
        "id: Good One\nversion: 1.0.0\ntitle: T\nrequired_checks: [demon]\n"
        "checks:\n  demo:\n    threshold: 99\n    treshold: 4\n",
        encoding="utf-8",
    )
    (pack / "rules/demo/threat.yaml").write_text(
        "id: a\nid: b\ntitle: T\n---\n",
        encoding="utf-8",
    )
    (pack / "rules/demo/other.yaml").write_text(
        "id: other\ntitle: T\nseverity: awful\nrationale: R\nfalsepositives: [F]\nowner: O\nreview_by: 2027-02-30\n"
        "when:\n  post.shard: yes\n  post.length: {ge: 1180591620717411303424}\n  candidate.gender: f\n"
        "examples:\n  - {kind: hit, given: {post.length: many}}\n",
        encoding="utf-8",
    )
    (pack / "terms/words.yaml").write_bytes(b"terms: [caf\xe9]\n")
    (pack / "rules/demo/forgotten.yml").write_text("id: x\n", encoding="utf-8")

    with pytest.raises(RulesetError) as raised:
        load(pack)

    assert [(fault.at.file, fault.at.line, fault.code) for fault in raised.value.faults] == [
        ("rules/demo/forgotten.yml", 0, "pack.file_type"),
        ("rules/demo/other.yaml", 3, "value.not_one_of"),
        ("rules/demo/other.yaml", 7, "value.type"),
        ("rules/demo/other.yaml", 9, "when.unknown_field"),
        ("rules/demo/other.yaml", 10, "value.integer_range"),
        ("rules/demo/other.yaml", 11, "when.protected"),
        ("rules/demo/other.yaml", 13, "value.type"),
        ("rules/demo/threat.yaml", 2, "yaml.duplicate_key"),
        ("rules/demo/threat.yaml", 4, "yaml.two_documents"),
        ("ruleset.yaml", 1, "value.pattern"),
        ("ruleset.yaml", 7, "value.too_high"),
        ("ruleset.yaml", 8, "value.unknown_key"),
        ("terms/words.yaml", 1, "yaml.encoding"),
    ]
    near = next(fault for fault in raised.value.faults if fault.code == "value.unknown_key")
    assert near.params["near"] == "threshold"


@pytest.mark.parametrize("pack_name", ["no-such-pack", "startr"])
def test_a_pack_that_is_not_there(pack_name: str) -> None:
    with pytest.raises(RulesetError) as raised:
        load_ruleset(pack_name, checks=CHECKS)
    assert raised.value.faults[0].code == "pack.not_found"
    assert check_pack(pack_name, checks=CHECKS) == raised.value.faults
    if pack_name == "startr":
        assert "starter" in str(raised.value.faults[0].params["near"])


def test_an_empty_head_is_a_fault_not_a_crash(pack: Path) -> None:
    (pack / "ruleset.yaml").write_bytes(b"")
    assert [fault.code for fault in faults_of(pack)] == ["yaml.empty"]
    (pack / "ruleset.yaml").write_text("- a\n- b\n", encoding="utf-8")
    assert [fault.code for fault in faults_of(pack)] == ["value.type"]


def test_files_that_cannot_be_part_of_a_pack(pack: Path) -> None:
    (pack / "rules/demo/naïve.yaml").write_text("id: x\n", encoding="utf-8")
    (pack / "rules/demo/link.yaml").symlink_to(pack / "rules/demo/threat.yaml")
    (pack / "linked").symlink_to(pack / "rules", target_is_directory=True)
    (pack / ".hidden.swp").write_bytes(b"\0")
    (pack / "CHANGELOG.md").write_text("1.0.0\n", encoding="utf-8")
    assert [(fault.at.file, fault.code) for fault in faults_of(pack)] == [
        ("linked", "pack.link"),
        ("rules/demo/link.yaml", "pack.link"),
        ("rules/demo/na\\xefve.yaml", "pack.file_name"),
    ]


def test_the_digest_is_over_paths_and_bytes_without_the_approval(pack: Path) -> None:
    digest = pack_digest(pack)
    assert load(pack).digest == digest
    (pack / "approval.yaml").write_text(APPROVAL.format(digest=digest), encoding="utf-8")
    (pack / ".DS_Store").write_bytes(b"junk")
    assert pack_digest(pack) == digest
    files = sorted(
        path.relative_to(pack).as_posix()
        for path in pack.rglob("*")
        if path.is_file() and path.name not in ("approval.yaml", ".DS_Store")
    )
    manifest = [[path, canonical.digest((pack / path).read_bytes())] for path in files]
    assert digest == canonical.digest(canonical.dumps(manifest))
    (pack / "terms/words.yaml").rename(pack / "terms/word.yaml")
    assert pack_digest(pack) != digest


def test_an_approval_is_for_exactly_these_bytes(pack: Path, caplog: pytest.LogCaptureFixture) -> None:
    (pack / "approval.yaml").write_text(APPROVAL.format(digest=pack_digest(pack)), encoding="utf-8")
    approval = load(pack).approval
    assert approval is not None
    assert approval.approvers == ("Ama Oduro", "Bo Lindqvist")
    assert approval.demonstration
    assert check_pack(pack, as_of=date(2026, 5, 1), checks=CHECKS) == ()
    late = check_pack(pack, as_of=date(2027, 1, 1), checks=CHECKS)
    assert [fault.code for fault in late] == ["approval.not_in_force"]

    head = pack / "ruleset.yaml"
    head.write_text(head.read_text(encoding="utf-8") + "# changed\n", encoding="utf-8")
    with caplog.at_level(logging.WARNING, logger="vetting_engine"):
        assert load(pack).approval is None
    assert "approval ignored" in caplog.text
    (changed,) = faults_of(pack)
    assert (changed.code, changed.severity) == ("approval.other_bytes", "warning")
    assert changed.params["digest"] == pack_digest(pack)


def test_dates_are_judged_only_on_a_day(pack: Path) -> None:
    rule = pack / "rules/demo/threat.yaml"
    rule.write_text(rule.read_text(encoding="utf-8") + "valid_to: 2027-01-31\n", encoding="utf-8")
    assert faults_of(pack) == ()
    assert check_pack(pack, as_of=date(2027, 1, 31), checks=CHECKS) == ()
    codes = [fault.code for fault in check_pack(pack, as_of=date(2027, 7, 1), checks=CHECKS)]
    assert sorted(codes) == ["rule.expired", "rule.review_due", "rule.review_due", "rule.review_due"]
    load(pack)


def test_a_check_that_is_missing_refuses_the_pack(pack: Path) -> None:
    codes = {fault.code for fault in check_pack(pack, checks={})}
    assert "pack.unknown_check" in codes
    with pytest.raises(RulesetError):
        load_ruleset(pack, checks={})


def test_what_the_evaluator_would_refuse_is_refused_when_the_pack_is_read(
    pack: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(when: object, vocabulary: object) -> None:
        raise RulesetError(Fault("condition.too_costly", Location(line=17), {"most": 3}))

    monkeypatch.setattr("vetting_engine.rulebook._rules.compile_condition", refuse)
    fault = faults_of(pack)[-1]
    assert fault == Fault("condition.too_costly", Location("rules/demo/threat.yaml", 17, 0, "when"), {"most": 3})
