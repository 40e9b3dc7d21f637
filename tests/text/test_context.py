"""Cues raise flags on the terms in their scope."""

from __future__ import annotations

import pytest

from vetting_engine.text.context import Cue, CueIndex, Scope
from vetting_engine.text.sentences import Sentences

NOT = Cue("not", "negated", ("not", "never"), Scope.AFTER, window=3)
FALSE = Cue("false", "negated", ("is false",), Scope.BEFORE, window=3)
SHAME = Cue("shame", "condemned", ("shame",), Scope.NEIGHBOURS)
SCAM = Cue("scam", "counter_speech", ("scam",), Scope.TEXT, kinds=frozenset({"offer"}))
BE = Cue("be", "asserted", ("are",), Scope.AFTER, window=4, terminated=False)


def flags(text: str, *cues: Cue, kind: str = "insult", stops: tuple[str, ...] = ("but", "not only")) -> list[str]:
    start = text.index("evil")
    targets = [(start, start + 4, kind, "t")]
    return [raised.flag for raised in CueIndex(cues, stops).read(text, Sentences(text), targets)[0]]


@pytest.mark.parametrize(
    ("text", "negated"),
    [
        ("they are not evil", True),
        ("they are not so very evil", True),
        ("they are not one two three evil", False),
        ("they are not good but evil", False),
        ("they are not only evil", False),
        ("not here. evil there", False),
        ("evil, not", False),
    ],
)
def test_window_terminators_and_sentences(text: str, negated: bool) -> None:
    assert ("negated" in flags(text, NOT)) is negated


def test_a_cue_may_follow() -> None:
    assert flags("that they are evil is false", FALSE) == ["negated"]
    assert flags("is false that they are evil", FALSE) == []


def test_neighbours_reach_one_sentence_far() -> None:
    assert flags("evil people. shame. no", SHAME) == ["condemned"]
    assert flags("evil people. yes. shame", SHAME) == []


def test_text_scope_and_kinds() -> None:
    assert flags("evil. a. b. scam", SCAM, kind="offer") == ["counter_speech"]
    assert flags("evil. a. b. scam", SCAM, kind="insult") == []


def test_terminators_do_not_part_a_statement() -> None:
    assert flags("they are not only evil", BE, NOT) == ["asserted"]


def test_quotation_is_a_flag_of_its_own() -> None:
    assert flags('you say "they are evil" again') == ["quoted"]


def test_a_cue_says_where_it_stands() -> None:
    raised = CueIndex([NOT]).read("it is not evil", Sentences("it is not evil"), [(10, 14, "k", "t")])[0][0]
    assert (raised.cue, raised.start, raised.end) == ("not", 6, 9)


def test_what_is_quoted_is_answered_in_the_next_sentence_too() -> None:
    wrong = Cue("wrong", "counter_speech", ("wrong",), Scope.SENTENCE)
    assert flags('he said "evil people". that is wrong. no', wrong) == ["counter_speech", "quoted"]
    assert flags('that is wrong. he said "evil people"', wrong) == ["counter_speech", "quoted"]
    assert flags('he said "evil people". yes. that is wrong', wrong) == ["quoted"]
    assert flags("evil people. that is wrong", wrong) == []


def test_a_quotation_does_not_answer_itself() -> None:
    wrong = Cue("wrong", "counter_speech", ("wrong",), Scope.SENTENCE)
    assert flags('he said "evil people. that is wrong"', wrong) == ["quoted"]
    assert flags('he said "evil people are wrong"', wrong) == ["counter_speech", "quoted"]


def test_a_cue_of_the_whole_text_counts_where_it_is_no_part_of_the_term() -> None:
    evil = Cue("evil", "counter_speech", ("evil people", "scam"), Scope.TEXT)
    assert flags("evil people", evil) == []
    assert flags("evil people. a scam", evil) == ["counter_speech"]
