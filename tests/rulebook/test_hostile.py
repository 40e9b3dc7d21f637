"""Packs made to hurt: reported, quickly, and never a crash or a hang."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from rulebook.demo import CHECKS, GOOD

from vetting_engine.rulebook import check_pack

_RULE = """id: rule-{n}
title: T
severity: low
level: conditional
rationale: R
falsepositives: [F]
owner: O
review_by: 2027-01-01
when: {{post.length: {{ge: {n}}}}}
examples: [{{kind: hit, given: {{post.length: {n}}}}}, {{kind: no_hit, given: {{post.length: -1}}}}]
"""


def _rules(count: int) -> str:
    indented = (_RULE.format(n=n).replace("\n", "\n    ").rstrip() for n in range(count))
    return "rules:\n" + "".join(f"  - {rule}\n" for rule in indented)


def _nested(depth: int) -> str:
    return _RULE.format(n=1).replace("{post.length: {ge: 1}}", "{not: " * depth + "{post.shared: yes}" + "}" * depth)


def _bomb() -> str:
    lines = ["a: &a [x, x, x, x, x, x, x, x, x]"]
    lines += [f"{b}: &{b} [{', '.join([f'*{a}'] * 9)}]" for a, b in zip("abcdefgh", "bcdefghi", strict=True)]
    return "\n".join(lines)


ATTACKS: dict[str, tuple[Callable[[], str], str]] = {
    "ten thousand rules": (lambda: _rules(10_000), "pack.too_many_rules"),
    "three thousand rules": (lambda: _rules(3_000), "pack.too_many_rules"),
    "a YAML bomb": (_bomb, "yaml.alias"),
    "a million brackets": (lambda: "when: " + "[" * 1_000_000, "yaml.too_deep"),
    "nested 11 times": (lambda: _nested(12), "when.too_deep"),
    "nested 30 times": (lambda: _nested(30), "when.too_deep"),
    "nested 3,000 times": (lambda: _nested(3_000), "yaml.too_deep"),
    "a text of 100 KB": (
        lambda: _RULE.format(n=1).replace("title: T", "title: " + "x" * 100_001),
        "yaml.text_too_long",
    ),
    "an id of 100 KB": (lambda: _RULE.format(n=1).replace("rule-1", "x" * 99_999), "value.too_long"),
    "an operator of 100 KB": (lambda: _RULE.format(n=1).replace("ge:", "g" * 99_999 + ":"), "yaml.key"),
    "a number of 100 KB": (lambda: _RULE.format(n=1).replace("{ge: 1}", "{ge: " + "9" * 99_999 + "}"), "value.type"),
    "2^70": (lambda: _RULE.format(n=1).replace("{ge: 1}", "{ge: 1180591620717411303424}"), "value.integer_range"),
    "a list of 100,000 values": (
        lambda: _RULE.format(n=1).replace("{ge: 1}", "[" + ", ".join(["x"] * 100_000) + "]"),
        "value.type",
    ),
    "not a number": (lambda: _RULE.format(n=1).replace("{ge: 1}", "{ge: .nan}"), "value.type"),
    "a lone surrogate": (lambda: _RULE.format(n=1).replace("title: T", 'title: "\\ud800"'), "yaml.syntax"),
    "a file of 9 MB": (lambda: "# " + "x" * 9_000_000, "yaml.too_large"),
}


@pytest.mark.parametrize("attack", ATTACKS)
def test_an_attack_is_reported(attack: str, tmp_path: Path) -> None:
    text, code = ATTACKS[attack]
    pack = tmp_path / "pack"
    shutil.copytree(GOOD, pack)
    (pack / "rules/demo/attack.yaml").write_text(text(), encoding="utf-8")
    faults = check_pack(pack, checks=CHECKS)
    assert code in {fault.code for fault in faults}
    assert all(fault.at.file for fault in faults)
    assert max(len(str(value)) for fault in faults for value in fault.params.values()) < 2_000


def test_ten_thousand_files_are_too_many(tmp_path: Path) -> None:
    pack = tmp_path / "pack"
    shutil.copytree(GOOD, pack)
    for number in range(4_100):
        (pack / f"terms/{number}.yaml").touch()
    assert "pack.too_many_files" in {fault.code for fault in check_pack(pack, checks=CHECKS)}


def test_two_thousand_rules_are_fine(tmp_path: Path) -> None:
    pack = tmp_path / "pack"
    shutil.copytree(GOOD, pack)
    (pack / "rules/demo/many.yaml").write_text(_rules(1_900), encoding="utf-8")
    assert check_pack(pack, checks=CHECKS) == ()
