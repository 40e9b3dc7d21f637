"""Small packs for the tests of the analysis: decision rules from lines of YAML, beside one rule of a check."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from vetting_engine.model.ruleset import Ruleset
from vetting_engine.rulebook import load_ruleset

DAY = date(2026, 11, 22)
_HEAD = """id: tried
version: 1.0.0
title: Tried
required_checks: [conflict]
obligations:
  code: {title: Code, attestation: code-signed, rationale: R}
"""
_RULE = """  - id: {id}
    title: T
    severity: medium
{head}    rationale: R
    falsepositives: [F]
    owner: O
    review_by: 2028-01-01
    when: {when}
    examples:
      - {{kind: hit, given: {given}}}
      - {{kind: no_hit, given: {given}}}
"""
TIE = "{path.register: staff, path.relation: family}"


def rule(id: str, when: str, given: str = "{posts: 1}", **head: str) -> str:  # noqa: A002
    """A rule as text."""
    heads = "".join(f"    {key}: {value}\n" for key, value in head.items())
    return _RULE.format(id=id, when=when, head=heads, given=given)


def tie(id: str = "tie", when: str = TIE, **head: str) -> str:  # noqa: A002
    """A rule of the conflict check as text."""
    head = {"level": "needs_review", "category": "tie", **head}
    return rule(id, when, "{path.steps: 1}", **head)


def pack(folder: Path, *decisions: str, ties: tuple[str, ...] | None = None, head: str = _HEAD) -> Ruleset:
    """A pack written to a folder, and read."""
    (folder / "rules/conflict").mkdir(parents=True, exist_ok=True)
    (folder / "ruleset.yaml").write_text(head, encoding="utf-8")
    listed = (tie(),) if ties is None else ties
    (folder / "rules/conflict/ties.yaml").write_text("rules:\n" + "".join(listed), encoding="utf-8")
    if decisions:
        (folder / "decisions.yaml").write_text("rules:\n" + "".join(decisions), encoding="utf-8")
    return load_ruleset(folder)
