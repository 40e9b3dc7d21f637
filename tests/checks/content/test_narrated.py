"""What is found in sentences that are worded as news is: lowered if the rule says so, and told."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from make.packs import rule, ruleset
from make.signs import OFFER, applied, sign_file

from vetting_engine.checks.content import PLUGIN, Scanner, SignFile
from vetting_engine.checks.content.documents import CueFile
from vetting_engine.model.condition import All, Compare, Condition, Operator, Some
from vetting_engine.model.finding import Finding
from vetting_engine.model.ruleset import Example, ExampleKind, Ruleset
from vetting_engine.model.scales import Level

DAY = date(2026, 6, 1)
SIGNS = sign_file({"narrated": {"said": 5, "tuesday": 5, "minister": 4, "call": -8}, "fraud": {"sale": 6}}, least=10)
SCHEME = Compare(field="m.kind", op=Operator.EQ, value="scheme")
NEWS = "The minister said on Tuesday a ration card costs nothing."


def small(*, signs: SignFile = SIGNS, where: Condition = SCHEME, **parts: Any) -> Ruleset:
    given = {"category": "fraud", "modifiers": {"narrated": "nothing_found"}, **parts}
    when = Some(over="match", alias="m", where=where)
    return ruleset(rule("card", **given, when=when), documents={"content": {"terms": (OFFER,), "signs": (signs,)}})


def found(text: str, **parts: Any) -> Finding:
    (finding,) = Scanner(small(**parts)).scan(text, "en", DAY)
    return finding


def test_it_is_lowered_recorded_and_still_there() -> None:
    finding = found(NEWS)
    assert finding.level == Level.NOTHING_FOUND
    assert applied(finding) == [("narrated", Level.NEEDS_REVIEW, Level.NOTHING_FOUND, ())]


def test_every_word_of_its_sentence_counts_once() -> None:
    assert found("Call: the minister said on Tuesday a ration card costs nothing.").level == Level.NEEDS_REVIEW
    assert found("They said, said and said it of a ration card.").level == Level.NEEDS_REVIEW


@pytest.mark.parametrize("beside", ["The minister said so on Tuesday.", "Said on Tuesday!\nMinister said."])
def test_sentences_beside_it_take_nothing_from_it_and_give_it_nothing(beside: str) -> None:
    assert found(f"{beside} A ration card for you.").level == Level.NEEDS_REVIEW
    assert found(f"A ration card for you. {beside}").level == Level.NEEDS_REVIEW
    assert found(f"{NEWS} Call. Call me!").level == Level.NOTHING_FOUND


def test_a_finding_over_several_sentences_is_held_by_all_of_them() -> None:
    money = Compare(field="n.kind", op=Operator.EQ, value="money")
    where = All(of=(SCHEME, Some(over="match", alias="n", where=money)))
    assert found(f"{NEWS} Bring dollars.", where=where).level == Level.NOTHING_FOUND
    assert found(f"{NEWS} Call and bring dollars.", where=where).level == Level.NEEDS_REVIEW


def test_what_was_written_to_be_hidden_is_never_narrated() -> None:
    assert found(NEWS.replace("ration", "r@tion")).level == Level.NEEDS_REVIEW


def test_it_lowers_nothing_that_the_rule_does_not_say() -> None:
    assert found(NEWS, modifiers={}).level == Level.NEEDS_REVIEW
    assert found(NEWS, modifiers={"narrated": "conditional"}).level == Level.CONDITIONAL


def test_a_pack_without_signs_of_news_tells_nothing() -> None:
    assert found(NEWS, signs=sign_file({"fraud": {"sale": 6}})).level == Level.NEEDS_REVIEW


def test_a_condition_may_ask_that_it_is_no_news() -> None:
    told = Compare(field="m.narrated", op=Operator.EQ, value=False)
    asking = small(modifiers={}, where=All(of=(SCHEME, told)))
    assert Scanner(asking).scan(NEWS, "en", DAY) == ()
    assert len(Scanner(asking).scan("A ration card for you.", "en", DAY)) == 1


def test_words_of_news_make_no_finding_and_no_match() -> None:
    text = "The minister said so on Tuesday."
    scanner = Scanner(small(where=Compare(field="m.kind", op=Operator.EQ, value="sign")))
    assert scanner.scan(text, "en", DAY) == ()
    assert not scanner.lexicon.gate(("en",)).look(text) & scanner.lexicon.term_bits


def test_an_example_of_the_rule_sees_it_too() -> None:
    given = small()
    example = Example(kind=ExampleKind.HIT, given={"text": NEWS, "language": "en"})
    (facts,) = PLUGIN.example_facts(given, given.rules[0], example)
    assert [match["narrated"] for match in facts["match"]] == [True]  # type: ignore[index,union-attr]


def test_no_cue_raises_it() -> None:
    cue = {"id": "a", "flag": "narrated", "texts": ["maybe"]}
    with pytest.raises(ValueError, match="no cue raises it"):
        CueFile.model_validate({"language": "en", "script": "Latn", "reviewed_on": DAY, "cues": [cue]})
