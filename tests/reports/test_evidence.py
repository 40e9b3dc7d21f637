"""Passages mark exactly the excerpt, or nothing."""

from __future__ import annotations

import make

from vetting_engine.model.evidence import PartWeight
from vetting_engine.reports._evidence import MAX_PASSAGE_CHARS, evidence_view
from vetting_engine.reports._words import Words

WORDS = Words("en")


def pieces(*spans: object) -> list[list[tuple[str, bool]]]:
    views = evidence_view(spans, WORDS)["passages"]  # type: ignore[arg-type]
    return [[(piece["text"], piece["marked"]) for piece in view["pieces"]] for view in views]  # type: ignore[index,attr-defined]


def test_two_spans_of_one_text_share_a_passage() -> None:
    text = "one two three four"
    assert pieces(make.span(text, "four"), make.span(text, "two")) == [
        [("one ", False), ("two", True), (" three ", False), ("four", True)]
    ]


def test_overlapping_spans_are_one_mark() -> None:
    text = "one two three four"
    assert pieces(make.span(text, "two three"), make.span(text, "three four")) == [
        [("one ", False), ("two three four", True)]
    ]


def test_contexts_that_overlap_are_joined() -> None:
    text = "abcdefghijklmnopqrst"
    left = make.span(text, "cd", context=text[:8])
    right = make.span(text, "kl", context=text[6:], context_start=6)
    assert pieces(left, right) == [[("ab", False), ("cd", True), ("efghij", False), ("kl", True), ("mnopqrst", False)]]


def test_contexts_apart_are_two_passages() -> None:
    text = "abcdefghijklmnopqrst"
    left = make.span(text, "cd", context=text[:5])
    right = make.span(text, "kl", context=text[9:], context_start=9)
    assert len(pieces(left, right)) == 2


def test_a_context_that_does_not_hold_the_excerpt_is_never_marked() -> None:
    wrong = make.span("one two three", "two", context="something else entirely")
    assert pieces(wrong) == [[("two", True)]]


def test_long_texts_are_cut_around_the_mark() -> None:
    text = "x" * 50_000 + "needle" + "y" * 50_000
    (passage,) = pieces(make.span(text, "needle"))
    assert ("needle", True) in passage
    assert sum(len(part) for part, _ in passage) < 2 * MAX_PASSAGE_CHARS


def test_spans_of_different_posts_are_kept_apart_in_order() -> None:
    views = evidence_view((make.span("b", "b", "p-2"), make.span("a", "a", "p-1"), make.span("b", "b", "p-2")), WORDS)
    assert [view["source_id"] for view in views["passages"]] == ["p-2", "p-1"]


def test_parts_weigh_in_words() -> None:
    weights = [
        evidence_view((make.name_pair(parts=(PartWeight(part="name", code="x", centibits=bits),)),), WORDS)["pairs"]
        for bits in (-900, -60, 0, 60, 900)
    ]
    assert [pair[0]["parts"][0]["sign"] for pair in weights] == [  # type: ignore[index]
        "against_strongly",
        "against",
        "none",
        "for",
        "for_strongly",
    ]
