"""The promises about decisions, proved for a pack or broken by a case that the real engines decide so."""

from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace

import pytest
import shipped
from workbench.packs_to_analyse import DAY, pack, rule, tie

from vetting_engine.cli import main
from vetting_engine.cli.rules_prove import PROMISES
from vetting_engine.errors import RulesetError
from vetting_engine.model.condition import All, Compare, Operator, Some
from vetting_engine.model.decision import Disposition
from vetting_engine.model.facts import FieldSpec, FieldType, ListSpec, Vocabulary
from vetting_engine.model.ruleset import Ruleset
from vetting_engine.workbench._packs import PackReading
from vetting_engine.workbench._smt import Answer, Outcome, Smt
from vetting_engine.workbench._trial import Trial
from vetting_engine.workbench.prove import Promise, Proof, ProofVerdict, prove

UNSURE = rule("sure", "{some: finding as f, where: {f.score: {ge: 9000}}}", level="conditional")
#: What a pack would allow that its lint did not look at.
UNLINTED = "vetting_engine.conditions.additions._lowering"


def proved(ruleset: Ruleset, promise: Promise) -> Proof:
    return prove(ruleset, promise, as_of=DAY, search=50)


@pytest.mark.parametrize("promise", Promise)
@pytest.mark.parametrize("name", ["community-influencer", "starter"])
def test_shipped_packs_keep_every_promise(name: str, promise: Promise) -> None:
    assert proved(shipped.pack(name), promise).verdict is ProofVerdict.KEPT


@pytest.mark.parametrize(
    ("level", "when", "said"),
    [
        ("conditional", "{some: finding as f, where: {f.score: {ge: 9000}}}", ("incomplete", "conditional")),
        (
            "conditional",
            "{any: [{check.conflict.posts: {ge: 10}}, {some: finding as f, where: {f.check: conflict}}]}",
            ("incomplete", "conditional"),
        ),
        (
            "conditional",
            "{all: [{check.conflict.posts: {ge: 10}}, {none: finding as f, where: {f.level: {ge: conditional}}}]}",
            ("incomplete", "conditional"),
        ),
        ("conditional", "{none: gap as g}", ("conditional", "nothing_found")),
        ("needs_review", "{none: gap as g}", ("needs_review", "incomplete")),
        ("escalate", "{none: finding as f, where: {f.level: {ge: needs_review}}}", ("escalate", "needs_review")),
    ],
)
def test_what_the_rulebook_refuses_would_make_a_case_milder(
    level: str, when: str, said: tuple[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written = rule("sure", when, level=level)
    with pytest.raises(RulesetError) as caught:
        pack(tmp_path, written)
    assert {fault.code for fault in caught.value.faults} < {"rule.settling_lowers", "rule.absence_lowers"}
    monkeypatch.setattr(UNLINTED, lambda *_: None)
    proof = proved(pack(tmp_path, written), Promise.MONOTONE)
    assert proof.verdict is ProofVerdict.BROKEN
    assert (proof.before_disposition, proof.after_disposition) == tuple(map(Disposition, said))
    assert proof.before is not None
    assert proof.after is not None
    assert len(proof.after["finding"]) == len(proof.before.get("finding", ())) + 1


@pytest.mark.parametrize(
    ("level", "when"),
    [
        ("needs_review", "{some: finding as f, where: {f.score: {ge: 9000}}}"),
        ("conditional", "{some: finding as f, where: {all: [{f.score: {present: yes}}, {f.score: {ge: 9000}}]}}"),
        ("conditional", "{some: finding as f, where: {any: [{f.score: {present: no}}, {f.score: {ge: 9000}}]}}"),
        ("conditional", "{all: [{check.conflict.posts: {ge: 10}}, {some: finding as f, where: {f.check: conflict}}]}"),
        ("conditional", "{none: finding as f, where: {f.level: {ge: needs_review}}}"),
        ("conditional", "{any: [{posts: {ge: 10}}, {some: gap as g}]}"),
    ],
)
def test_what_the_rulebook_accepts_never_does(level: str, when: str, tmp_path: Path) -> None:
    assert proved(pack(tmp_path, rule("sure", when, level=level)), Promise.MONOTONE).verdict is ProofVerdict.KEPT


@pytest.mark.parametrize("promise", [Promise.NO_REJECTION, Promise.SILENCE])
def test_an_encoding_that_overlooks_a_promise_is_not_believed(
    promise: Promise, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the solver finds, and the engine does not say, is not claimed as broken."""
    monkeypatch.setattr(PackReading, "disposition_at_least", lambda *_: False)
    assert proved(pack(tmp_path), promise).verdict is ProofVerdict.UNCONFIRMED


@pytest.mark.parametrize("promise", [Promise.NO_REJECTION, Promise.SILENCE])
def test_an_engine_that_breaks_a_promise_is_found_by_search(
    promise: Promise, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Trial, "said", lambda *_: (Disposition.NOTHING_FOUND, (), ()))
    assert proved(pack(tmp_path), promise).verdict is ProofVerdict.BROKEN


def asking(field: str, *, in_list: bool) -> dict[str, object]:
    """A check that offers a protected field, as a host's own could."""
    spec = FieldSpec(type=FieldType.TEXT, about="For tests.")
    fields = {"steps": FieldSpec(type=FieldType.INTEGER, about="For tests."), field: spec}
    lists = {"person": ListSpec(about="For tests.", fields=fields)} if in_list else {}
    vocabulary = Vocabulary(name="conflict", fields={} if in_list else fields, lists=lists)
    return {"conflict": SimpleNamespace(vocabulary=vocabulary)}


@pytest.mark.parametrize("in_list", [False, True])
def test_a_rule_that_reads_what_is_protected(in_list: bool, tmp_path: Path) -> None:
    checks = asking("gender", in_list=in_list)
    stem = "p." if in_list else ""
    parts = All(
        of=(
            Compare(field=f"{stem}gender", op=Operator.EQ, value="woman"),
            Compare(field=f"{stem}steps", op=Operator.GE, value=2),
        )
    )
    when = Some(over="person", alias="p", where=parts) if in_list else parts
    ruleset = pack(tmp_path)
    (one,) = ruleset.rules
    asks = ruleset.model_copy(update={"rules": (one.model_copy(update={"when": when}),)})
    proof = prove(asks, Promise.AGD, as_of=DAY, checks=checks)
    assert (proof.verdict, proof.rule, proof.field) == (ProofVerdict.BROKEN, "tie", f"{stem}gender")
    assert proof.at is not None
    assert proof.at.file == "rules/conflict/ties.yaml"
    assert proof.before != proof.after


def test_no_answer_in_time_is_no_answer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Smt, "solve", lambda *_: Answer(Outcome.UNDECIDED))
    assert proved(pack(tmp_path), Promise.SILENCE).verdict is ProofVerdict.UNDECIDED


def test_more_members_than_are_looked_at_is_no_proof(tmp_path: Path) -> None:
    many = rule("many", "{count: finding as f, where: {f.status: hit}, ge: 40}", level="needs_review")
    assert proved(pack(tmp_path, many), Promise.MONOTONE).verdict is ProofVerdict.KEPT_SO_FAR


def test_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    assert tuple(promise.value for promise in Promise) == PROMISES
    assert main(["rules", "prove", "starter", "all", "--as-of", "2026-11-22"]) == 0
    assert capsys.readouterr().out.count("Kept.") == len(PROMISES)
    monkeypatch.setattr(UNLINTED, lambda *_: None)
    pack(tmp_path, UNSURE, ties=(tie(),))
    command = ["rules", "prove", str(tmp_path), "monotone", "--as-of", "2026-11-22"]
    assert main(command) == 4
    assert "Broken." in capsys.readouterr().out
    assert main([*command, "--json"]) == 4
    (proof,) = json.loads(capsys.readouterr().out)["proofs"]
    assert (proof["before_disposition"], proof["after_disposition"]) == ("incomplete", "conditional")
