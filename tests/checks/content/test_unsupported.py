"""What terms find where the everyday words around it do not speak for it: lowered if the rule says so, and told."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from make.packs import rule, ruleset
from make.signs import OFFER, applied, sign_file

from vetting_engine.checks.content import PLUGIN, Scanner, SignFile
from vetting_engine.checks.content.documents import CueFile
from vetting_engine.model.condition import All, Compare, Operator, Some
from vetting_engine.model.finding import Finding
from vetting_engine.model.ruleset import Example, ExampleKind, Ruleset
from vetting_engine.model.scales import Level

DAY = date(2026, 6, 1)
#: "Sale" and "free" speak for a fraud, "cow" against it; all others are only known.
POINTS = {
    "fraud": {"sale": 6, "free": 4, "cow": -9},
    "talk": dict.fromkeys(["we", "saw", "the", "old", "red", "dry", "far", "cold", "tree", "near"], 1),
}
SIGNS = sign_file(POINTS, least=12, beside_terms=9)
HARMLESS = "We saw the old ration card near the red tree, dollars far."


def small(signs: SignFile = SIGNS, **parts: Any) -> Ruleset:
    kinds = [Compare(field="m.kind", op=Operator.EQ, value=kind) for kind in ("scheme", "money")]
    given: dict[str, Any] = {
        "category": "fraud",
        "modifiers": {"unsupported": "nothing_found"},
        "when": All(of=tuple(Some(over="match", alias="m", where=kind) for kind in kinds)),
        **parts,
    }
    return ruleset(rule("paid-card", **given), documents={"content": {"terms": (OFFER,), "signs": (signs,)}})


def found(text: str, **parts: Any) -> Finding:
    (finding,) = Scanner(small(**parts)).scan(text, "en", DAY)
    return finding


def test_it_is_lowered_recorded_and_still_there() -> None:
    finding = found(HARMLESS)
    assert finding.level == Level.NOTHING_FOUND
    assert applied(finding) == [("unsupported", Level.NEEDS_REVIEW, Level.NOTHING_FOUND, ())]


@pytest.mark.parametrize(
    "text",
    [
        "We saw the old ration card near the red tree, free sale, dollars.",
        "Free sale. We saw the old ration card near the red tree, dollars.",
        "We saw the old ration card near the red tree, dollars.\nThe sale is free, cow.",
    ],
)
def test_words_that_speak_for_it_support_it_wherever_they_stand(text: str) -> None:
    assert found(text).level == Level.NEEDS_REVIEW


def test_words_that_speak_against_it_take_nothing() -> None:
    assert found("We saw the old ration card near the red cow, free sale, dollars, cow.").level == Level.NEEDS_REVIEW


def test_nobody_is_judged_by_unknown_words() -> None:
    assert found("Ndiyo kabisa wapi ration card juu yake, dollars tano.").level == Level.NEEDS_REVIEW
    assert found("We saw the old red ntombi zake phansi kwalo ration card dollars siyabonga kakhulu.").level == (
        Level.NEEDS_REVIEW
    )


def test_a_short_text_is_asked_for_less() -> None:
    """A point and a quarter for each of its known words, so that few words outright are enough."""
    much = small(sign_file(POINTS, least=40, beside_terms=30))

    def level(text: str) -> Level:
        (finding,) = Scanner(much).scan(text, "en", DAY)
        return finding.level

    assert level("We saw the ration card, dollars, free sale near.") == Level.NEEDS_REVIEW  # 10 of 7.5
    assert level("We saw the old ration card, dollars, sale near.") == Level.NOTHING_FOUND  # 6 of 7.5
    assert level("We saw the ration card, dollars, free sale near. The old red cold tree.") == Level.NEEDS_REVIEW


def test_a_condition_may_ask_for_support() -> None:
    """Then there is no finding without: a disclosure has no level that could be lowered."""
    supported = Compare(field="m.unsupported", op=Operator.EQ, value=False)
    scheme = Compare(field="m.kind", op=Operator.EQ, value="scheme")
    asking = small(modifiers={}, when=Some(over="match", alias="m", where=All(of=(scheme, supported))))
    assert Scanner(asking).scan(HARMLESS, "en", DAY) == ()
    assert len(Scanner(asking).scan(f"{HARMLESS} Free sale.", "en", DAY)) == 1


def test_what_was_written_to_be_hidden_is_never_unsupported() -> None:
    assert found(HARMLESS.replace("ration", "r@tion")).level == Level.NEEDS_REVIEW


def test_it_lowers_nothing_that_the_rule_does_not_say() -> None:
    assert found(HARMLESS, modifiers={}).level == Level.NEEDS_REVIEW
    assert found(HARMLESS, modifiers={"unsupported": "conditional"}).level == Level.CONDITIONAL
    assert found(HARMLESS, category="trafficking").level == Level.NEEDS_REVIEW


def test_signs_that_do_not_say_how_many_support_everything() -> None:
    (finding,) = Scanner(small(sign_file(POINTS, least=12))).scan(HARMLESS, "en", DAY)
    assert finding.level == Level.NEEDS_REVIEW


def test_an_example_of_the_rule_sees_it_too() -> None:
    given = small()
    example = Example(kind=ExampleKind.HIT, given={"text": HARMLESS, "language": "en"})
    (facts,) = PLUGIN.example_facts(given, given.rules[0], example)
    assert [match["unsupported"] for match in facts["match"]] == [True, True]  # type: ignore[index,union-attr]


def test_no_cue_raises_what_is_known_of_whole_texts() -> None:
    cue = {"id": "a", "flag": "unsupported", "texts": ["maybe"]}
    with pytest.raises(ValueError, match="no cue raises it"):
        CueFile.model_validate({"language": "en", "script": "Latn", "reviewed_on": DAY, "cues": [cue]})


def test_a_sign_file_asks_for_topics_it_has() -> None:
    file = sign_file(POINTS).model_dump() | {"least_beside_terms": {"sail": 3}}
    with pytest.raises(ValueError, match="'sail', of which `least` says nothing"):
        SignFile.model_validate(file)


def test_nothing_critical_in_the_shipped_pack_is_lowered_by_it(pack: Ruleset) -> None:
    lowering = {rule.category for rule in pack.rules_of("content") if "unsupported" in rule.modifiers}
    assert lowering == {"fraud", "misinformation", "partisan", "endorsement"}
    for file in pack.documents["content"]["signs"]:
        assert set(file.least_beside_terms) == lowering | {"support"}
