"""Laws of folding, matching and content findings."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import cache
from types import SimpleNamespace
from typing import cast

import shipped
from hypothesis import given, settings
from hypothesis import strategies as st

from vetting_engine.checks.content.gate import Gate
from vetting_engine.checks.content.kinds import TermKind
from vetting_engine.checks.content.matching import Match, Passage, locate
from vetting_engine.checks.content.vocabulary import VOCABULARY, facts_of
from vetting_engine.conditions import compile_condition
from vetting_engine.model.ruleset import Rule
from vetting_engine.model.scales import Level
from vetting_engine.text.fold import fold, folded
from vetting_engine.text.scripts import is_word, scripts_in
from vetting_engine.text.terms import Forms, TermIndex
from vetting_engine.text.views import for_cues, readings

ANY = st.text(max_size=60)
WORDS = st.sampled_from(
    ["I", "hate", "kill", "all", "women", "refugees", "not", "are", "scum", '"', ".", "never", "h4te", "w o m e n",
     "#KillAll", "say", "shame", "кill", "e\u0301", "\u200b", "my", "friends", "قتل", "النساء"]
)  # fmt: skip
TEXTS = st.lists(WORDS, max_size=14).map(" ".join)


@cache
def identity_terms() -> list[tuple[str, str]]:
    return [
        (" ".join((text, *term.followed_by[:1])), file.language)
        for file in shipped.pack().documents["content"]["terms"]
        for term in file.terms
        if term.kind is TermKind.GROUP
        for text in term.forms
    ]


@given(ANY)
def test_fold_is_idempotent(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(st.characters(), max_size=40))
def test_any_character_at_all_has_an_answer(text: str) -> None:
    fold(text)
    scripts_in(text)
    list(readings(folded(text)))


@given(ANY, st.data())
def test_folded_spans_lead_back_to_what_folds_to_them(text: str, data: st.DataObject) -> None:
    plain = folded(text)
    if "\u1037" in plain.text or not plain.text:
        return  # two Burmese marks may stand in the other order
    start = data.draw(st.integers(0, len(plain.text) - 1))
    end = data.draw(st.integers(start + 1, len(plain.text)))
    low, high = plain.span(start, end)
    assert plain.text[start:end] in fold(text[low:high])


@given(st.one_of(ANY, st.text("ab .-\n", max_size=40)), st.data())
def test_whole_words_lead_there_and_back(text: str, data: st.DataObject) -> None:
    places = data.draw(st.lists(st.integers(0, len(text)), max_size=5))
    reading = for_cues(text, places)
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))

    def letters(some: str) -> str:
        return "".join(filter(is_word, some))

    there = reading.there(start, end)
    assert letters(reading.text[slice(*there)]) == letters(text[start:end])
    if start < end and is_word(text[start]) and is_word(text[end - 1]):
        assert reading.span(*there) == (start, end)


@given(TEXTS)
@settings(max_examples=150, deadline=None)
def test_every_span_sliced_from_the_original_is_the_excerpt(text: str) -> None:
    for finding in shipped.scanner().scan(text):
        for span in finding.evidence:
            assert text[span.start : span.end] == span.excerpt  # type: ignore[union-attr]
        for modifier in finding.modifiers:
            for cue in modifier.evidence:
                assert text[cue.start : cue.end] == cue.excerpt  # type: ignore[union-attr]


@given(st.lists(st.integers(0, 10_000), min_size=1, max_size=6))
@settings(max_examples=300, deadline=None)
def test_identity_terms_alone_never_suffice(picked: list[int]) -> None:
    terms = identity_terms()
    chosen = [terms[number % len(terms)] for number in picked]
    text = ", ".join(text for text, _ in chosen)
    languages = tuple(language for _, language in chosen)
    assert [finding for finding in shipped.scanner().scan(text, languages) if finding.level > Level.NOTHING_FOUND] == []


def test_no_identity_term_beside_another_of_its_language_suffices() -> None:
    """Every one of them, since each was written by hand; a name may read like an insult, or be one elsewhere."""
    terms = identity_terms()
    first = {language: text for text, language in reversed(terms)}
    flagged = {
        (language, text)
        for text, language in terms
        for finding in shipped.scanner().scan(f"{first[language]}, {text}", (language,))
        if finding.level > Level.NOTHING_FOUND
    }
    assert flagged == set()


@given(TEXTS, TEXTS)
@settings(max_examples=100, deadline=None)
def test_a_sentence_more_never_makes_a_text_milder(first: str, second: str) -> None:
    """Far away from each other, so that a neighbour's condemnation does not reach."""

    def gravest(text: str) -> Level:
        return max((finding.level for finding in shipped.scanner().scan(text, "en")), default=Level.NOTHING_FOUND)

    apart = " .\n yes .\n well .\n"
    first, second = first.replace('"', ""), second.replace('"', "")
    assert gravest(first + apart + second) >= max(gravest(first), gravest(second))


@given(st.lists(st.sampled_from("abc "), max_size=20).map("".join), st.sets(st.text("abc", min_size=1, max_size=3)))
def test_whole_words_as_by_splitting(text: str, stems: set[str]) -> None:
    listed = sorted(stems)
    found = TermIndex(Forms((stem,), number) for number, stem in enumerate(listed)).find(text)
    assert sorted(listed[hit.key] for hit in found) == sorted(word for word in text.split() if word in stems)


def exhaustive(text: str, languages: tuple[str, ...]) -> tuple[Sequence[Match], set[str]]:
    """Every reading tried, every rule asked: what the fast way has to come to as well."""
    every = shipped.scanner()
    passage = Passage(text=text, languages=languages)
    gate = every.lexicon.gate(languages)
    scripts = {script for reading in (fold(text), *shown_as(text)) for script in scripts_in(reading)}
    groups = [group for group in gate.groups(-1) if group.script in scripts]
    wide_open = cast("Gate", SimpleNamespace(groups=lambda _: groups))
    located = locate(passage, wide_open, date.max, -1)
    matches = located.flagged() if located else ()
    rules = {rule.id for rule in every.rules if holds(rule, passage, matches)} if matches else set()
    return matches, rules


def shown_as(text: str) -> list[str]:
    return [reading.text for reading in readings(folded(text))]


def holds(rule: Rule, passage: Passage, matches: Sequence[Match]) -> bool:
    """Whether a rule holds on matches, and also when everyday words have had their say."""
    condition = compile_condition(rule.when, VOCABULARY)
    told = shipped.scanner().as_told(rule, passage, matches)
    return all(condition.test(facts_of(passage, some), date.max) for some in (matches, told))


@cache
def written() -> list[tuple[str, str]]:
    """Texts of a language in the shipped pack: terms, cues and common words."""
    documents = shipped.pack().documents["content"]
    terms = [(text, file.language) for file in documents["terms"] for term in file.terms for text in term.forms]
    cues = [(text, file.language) for file in documents["cues"] for cue in file.cues for text in cue.stems]
    return terms + cues


TRICKS = st.sampled_from([
    str, str.title, str.upper, " ".join, ".".join,
    lambda word: word.replace("a", "4").replace("e", "3"), lambda word: word.replace("o", "о"),
    lambda word: word[:1] + word[2:], lambda word: word[:2] + word[1:],
    lambda word: word[:1] + word[1:2] * 4 + word[2:],
    lambda word: "#" + word.title().replace(" ", ""), lambda word: word.replace(" ", "\n"),
    lambda word: word[:2] + "\u200b" + word[2:], lambda word: f"the{word}",
    "\U0001f525".join, "/".join, lambda word: word[:2] + "\U0001f44f" + word[2:],
    lambda word: word[:1] + "*" + word[2:], lambda word: f"\u202e{word[::-1]}\u202c",
    lambda word: word.replace(" ", " \U0001f44f "), lambda word: word.replace(" ", "#"),
    lambda word: "".join(chr(0x1F1E6 + ord(char) - ord("a")) if "a" <= char <= "z" else char for char in word),
])  # fmt: skip
GAPS = st.sampled_from([
    " ", " ", " ", ", ", ". ", "\n", "  ", "-", " - ", "", ' "', " 5 ", " $ 300 ", " 20", "0 usd ", " % 7 ", " +25470 ",
    "0 123 456 ", " @nobody", " t.me/x ", "/", "\x00", "\ud800",
])  # fmt: skip


@given(
    st.lists(st.tuples(st.integers(0, 100_000), TRICKS, GAPS), min_size=1, max_size=7),
    st.sampled_from([(), ("own",), ("en",), ("ar", "fr")]),
)
@settings(max_examples=250, deadline=None)
def test_the_fast_way_loses_nothing(
    picked: list[tuple[int, Callable[[str], str], str]], declared: tuple[str, ...]
) -> None:
    words = [(written()[number % len(written())], trick, gap) for number, trick, gap in picked]
    text = "".join(trick(word) + gap for (word, _), trick, gap in words)
    languages = (words[0][0][1],) if declared == ("own",) else declared
    matches, rules = exhaustive(text, languages)
    assert shipped.scanner().matches(Passage(text=text, languages=languages), date.max) == matches
    assert {finding.rule for finding in shipped.scanner().scan(text, languages)} == rules
