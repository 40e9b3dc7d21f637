"""Texts in more languages: what is taken from ``translations/``, what is refused, and what is only told."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from rulebook.demo import CHECKS, GOOD

from vetting_engine.errors import RulesetError
from vetting_engine.model.ruleset import Ruleset
from vetting_engine.rulebook import check_pack, load_ruleset

RULE = "threat-to-group"
#: Two questions for the reviewer, in the demonstration pack's rule of that name.
PROMPTS = "prompts: [Who speaks?, Who is meant?]\n"
FRENCH = """language: fr
rules:
  threat-to-group:
    title: Une menace
    message: Une menace a été trouvée.
    rationale: Les menaces blessent.
    falsepositives: [Récits de menaces]
    prompts: [Qui parle ?, Qui est visé ?]
obligations:
  code-of-conduct: {title: Code de conduite, message: Veuillez signer., rationale: Chacun le signe.}
"""


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    shutil.copytree(GOOD, tmp_path / "base")
    path = tmp_path / "base/rules/demo/threat.yaml"
    path.write_text(path.read_text(encoding="utf-8") + PROMPTS, encoding="utf-8")
    return tmp_path / "base"


def write(pack: Path, text: str, name: str = "fr.yaml") -> None:
    (pack / "translations").mkdir(exist_ok=True)
    (pack / "translations" / name).write_text(text, encoding="utf-8")


def load(pack: Path) -> Ruleset:
    return load_ruleset(pack, checks=CHECKS)


def faults(pack: Path) -> dict[str, list[object]]:
    """Code → the lines at which it is told; what other rules of the pack lack is left out."""
    told: dict[str, list[object]] = {}
    for fault in check_pack(pack, checks=CHECKS):
        if fault.code != "translation.missing" or fault.params["rule"] == RULE:
            told.setdefault(fault.code, []).append(fault.at.line)
    return told


def test_a_pack_reads_as_it_was_translated_and_decides_as_before(pack: Path) -> None:
    before = load(pack)
    write(pack, FRENCH)
    ruleset = load(pack)
    assert ruleset.digest != before.digest, "what people are told is part of what is approved"
    (rule,) = [rule for rule in ruleset.rules if rule.id == RULE]
    assert dict(rule.message) == {"en": "A threat was found.", "fr": "Une menace a été trouvée."}
    read = ruleset.in_language("fr")
    (french,) = [one for one in read.rules if one.id == RULE]
    assert (french.title, french.rationale) == ("Une menace", "Les menaces blessent.")
    assert (french.falsepositives, french.prompts) == (("Récits de menaces",), ("Qui parle ?", "Qui est visé ?"))
    assert (french.when, french.level, french.examples) == (rule.when, rule.level, rule.examples)
    duty = read.obligations["code-of-conduct"]
    assert (duty.title, duty.rationale, duty.message["fr"]) == (
        "Code de conduite",
        "Chacun le signe.",
        "Veuillez signer.",
    )
    assert ruleset.in_language("es").rules == ruleset.rules
    assert faults(pack) == {}


@pytest.mark.parametrize(
    ("old", "new", "code", "line"),
    [
        ("  threat-to-group:", "  threat-to-grup:", "translation.unknown_rule", 3),
        ("  code-of-conduct:", "  code-of-honour:", "translation.unknown_obligation", 10),
        ("    title: Une menace", "    titel: Une menace", "value.unknown_key", 4),
        ("language: fr", "language: français", "value.pattern", 1),
    ],
)
def test_what_belongs_to_nothing_is_refused(old: str, new: str, code: str, line: int, pack: Path) -> None:
    assert old in FRENCH
    write(pack, FRENCH.replace(old, new))
    assert faults(pack)[code] == [line]
    with pytest.raises(RulesetError):
        load(pack)


def test_a_text_said_twice_is_refused(pack: Path) -> None:
    write(pack, FRENCH)
    write(pack, "language: fr\nrules:\n  threat-to-group: {title: Encore}\n", "more.yaml")
    assert faults(pack) == {"translation.twice": [3]}
    write(pack, "language: en\nrules:\n  threat-to-group:\n    message: Again.\n", "more.yaml")
    assert faults(pack)["translation.twice"] == [4]


def test_questions_that_have_changed_since_are_told_and_not_shown(pack: Path) -> None:
    write(pack, FRENCH.replace("[Qui parle ?, Qui est visé ?]", "[Qui parle ?]"))
    assert faults(pack).keys() == {"translation.count", "translation.missing"}
    (rule,) = [rule for rule in load(pack).in_language("fr").rules if rule.id == RULE]
    assert (rule.title, rule.prompts) == ("Une menace", ("Who speaks?", "Who is meant?"))


@pytest.mark.parametrize("line", ["    title: Une menace\n", "    message: Une menace a été trouvée.\n"])
def test_a_rule_without_a_translation_is_a_warning_at_the_rule(line: str, pack: Path) -> None:
    write(pack, FRENCH.replace(line, ""))
    assert faults(pack).keys() == {"translation.missing"}
    load(pack)


def test_texts_below_are_taken_over_unless_the_rule_is_replaced(pack: Path) -> None:
    write(pack, FRENCH)
    office = pack.parent / "office"
    office.mkdir()
    (office / "ruleset.yaml").write_text("id: office\nversion: 2.0.0\ntitle: T\nextends: base\n", encoding="utf-8")
    titles = {rule.id: rule.title for rule in load(office).in_language("fr").rules}
    assert titles[RULE] == "Une menace"
    assert faults(office) == {}, "a pack that translates nothing need not translate everything"
    write(office, "language: fr\nrules:\n  threat-to-group: {title: Menace}\n")
    assert {rule.id: rule.title for rule in load(office).in_language("fr").rules}[RULE] == "Menace"
    (office / "translations/fr.yaml").unlink()
    (office / "rules/demo").mkdir(parents=True)
    own = (pack / "rules/demo/threat.yaml").read_text(encoding="utf-8").replace("A threat", "An office's threat")
    (office / "rules/demo/own.yaml").write_text(own, encoding="utf-8")
    assert {rule.id: rule.title for rule in load(office).in_language("fr").rules}[RULE].startswith("An office's threat")
