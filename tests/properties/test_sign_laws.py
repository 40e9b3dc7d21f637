"""Laws of signs: the quick sums are the slow ones; who is named never weighs; a sentence more hides nothing."""

from __future__ import annotations

from datetime import date

import shipped
from hypothesis import given, settings
from hypothesis import strategies as st
from make.signs import sign_file, sign_lexicon

from vetting_engine.checks.content.kinds import TermKind
from vetting_engine.checks.content.matching import Passage, find_matches
from vetting_engine.checks.content.signs import MEANT_FOR, MOST_SENTENCES, MOST_TOLD, MOST_WORDS
from vetting_engine.text.pieces import pieces_of

DAY = date(2026, 6, 1)
LETTERS = st.sampled_from("abcdefgh")
POINTS = st.dictionaries(
    LETTERS.map(lambda letter: letter * 3), st.integers(-9, 9).filter(bool), min_size=1, max_size=8
)
SENTENCES = st.lists(st.lists(LETTERS.map(lambda letter: letter * 3), min_size=1, max_size=6), min_size=1, max_size=6)


def reaches(sentences: list[list[str]], points: dict[str, int], least: int) -> set[str]:
    """Slow and obvious: every run of sentences, every word once."""
    spoken: set[str] = set()
    for first in range(len(sentences)):
        for last in range(first, min(len(sentences), first + MOST_SENTENCES)):
            run = [word for sentence in sentences[first : last + 1] for word in sentence]
            asked = least * max(1, len(run) / MEANT_FOR)
            if len(run) <= MOST_WORDS and sum(points.get(word, 0) for word in set(run)) >= asked:
                spoken |= {word for word in run if points.get(word, 0) > 0}
    return spoken


@given(SENTENCES, POINTS, POINTS, st.integers(1, 20))
@settings(max_examples=200, deadline=None)
def test_the_quick_sums_are_the_slow_ones(
    sentences: list[list[str]], one: dict[str, int], other: dict[str, int], least: int
) -> None:
    lexicon = sign_lexicon(sign_file({"one": one, "other": other}, least))
    text = " ".join(" ".join(sentence) + "." for sentence in sentences)
    matches = find_matches(Passage(text=text, languages=("en",)), lexicon, DAY)
    for topic, points in (("one", one), ("other", other)):
        found = {text[match.start : match.end] for match in matches if match.term.topic == topic}
        assert found == reaches(sentences, points, least)


WORDS = st.text(alphabet="ab", min_size=1, max_size=6)
PIECES = st.dictionaries(
    WORDS.flatmap(lambda word: st.sampled_from(sorted(pieces_of(word, 0, 3, 4)))),
    st.integers(-9, 9).filter(bool),
    min_size=1,
    max_size=12,
)


@given(st.lists(st.lists(WORDS, min_size=1, max_size=30), min_size=1, max_size=5), PIECES, st.integers(1, 30))
@settings(max_examples=300, deadline=None)
def test_the_points_of_a_word_are_those_of_its_pieces(
    sentences: list[list[str]], points: dict[str, int], least: int
) -> None:
    """And what is let through unread reaches nothing, however its sentences are cut."""

    def is_of(sign: str, word: str) -> bool:
        bare = sign.strip("-")
        begins, ends = sign[0] == "-" or word.startswith(bare), sign[-1] == "-" or word.endswith(bare)
        return sign == word or ("-" in sign and bare in word and begins and ends)

    cut = [part for sentence in sentences for part in (sentence[:20], sentence[20:]) if part]
    weights = {word: sum(points[sign] for sign in points if is_of(sign, word)) for part in cut for word in part}
    matches = find_matches(
        Passage(text=" ".join(" ".join(sentence) + "." for sentence in sentences), languages=("en",)),
        sign_lexicon(sign_file({"one": points}, least)),
        DAY,
    )
    assert bool(matches) is bool(reaches(cut, weights, least))
    assert len(matches) <= MOST_TOLD


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_who_is_named_never_weighs(data: st.DataObject) -> None:
    """One group's name for another: the same signs, in every language of the pack."""
    documents = shipped.pack().documents["content"]
    file = data.draw(st.sampled_from(documents["signs"]))
    heavy = [word for entry in file.signs if entry.points > 1 for word in entry.words if not word.startswith("0")]
    names = [
        text
        for terms in documents["terms"]
        if terms.language == file.language and terms.script == file.script
        for term in terms.terms
        if term.kind is TermKind.GROUP and not term.followed_by
        for text in term.forms
        if " " not in text
    ]
    words = data.draw(st.lists(st.sampled_from(heavy), min_size=3, max_size=14))
    first, second = data.draw(st.sampled_from(names)), data.draw(st.sampled_from(names))

    def signs(name: str) -> set[tuple[str, str]]:
        passage = Passage(text=" ".join([*words, name]), languages=(file.language,))
        found = find_matches(passage, shipped.scanner().lexicon, DAY)
        return {(match.term.id, match.term.topic) for match in found if match.term.kind is TermKind.SIGN}

    assert signs(first) == signs(second)


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_a_sentence_more_hides_no_sign(data: st.DataObject) -> None:
    file = data.draw(st.sampled_from(shipped.pack().documents["content"]["signs"]))
    topic = data.draw(st.sampled_from(sorted(file.least)))
    heavy = [word for entry in file.signs if entry.topic == topic and entry.points > 1 for word in entry.words]
    light = [word for entry in file.signs if entry.topic == topic and entry.points < 0 for word in entry.words]
    said = " ".join(data.draw(st.lists(st.sampled_from(heavy), min_size=1, max_size=12))) + "."
    beside = " ".join(data.draw(st.lists(st.sampled_from(light), max_size=12))) + "."

    def topics(text: str) -> set[str]:
        found = find_matches(Passage(text=text, languages=(file.language,)), shipped.scanner().lexicon, DAY)
        return {match.term.topic for match in found if match.term.kind is TermKind.SIGN}

    assert topics(said) <= topics(f"{said}\n{beside}")
    assert topics(said) <= topics(f"{beside}\n{said}")


SAID = st.lists(st.lists(LETTERS.map(lambda letter: letter * 3), min_size=1, max_size=12), max_size=3)


@given(SENTENCES, SAID, SAID, POINTS, st.integers(1, 20))
@settings(max_examples=200, deadline=None)
def test_nothing_said_beside_it_takes_support_away(
    found: list[list[str]], before: list[list[str]], after: list[list[str]], points: dict[str, int], least: int
) -> None:
    known = {"other": {letter * 3: 1 for letter in "abcdefgh"}}
    gate = sign_lexicon(sign_file({"one": points, **known}, 40, beside_terms=least)).gate(("en",))

    def text(sentences: list[list[str]]) -> str:
        return "".join(" ".join(sentence) + ".\n" for sentence in sentences)

    alone = gate.speaks_for("one", text(found), 0, len(text(found)))
    start = len(text(before))
    among = gate.speaks_for("one", text([*before, *found, *after]), start, start + len(text(found)))
    assert among is alone or (alone is False and among is True)
