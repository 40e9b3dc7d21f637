"""Sentences and quotations."""

from __future__ import annotations

import pytest

from vetting_engine.text.sentences import MAX_SENTENCE, Sentences, quotations


def parts(text: str) -> list[str]:
    sentences = Sentences(text)
    found, place = [], 0
    while place < len(text):
        low, high = sentences.bounds(sentences.index(place))
        found.append(text[low:high].strip())
        place = high
    return found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("one. two! three?", ["one.", "two!", "three?"]),
        ("3.5 euros at www.x.org today", ["3.5 euros at www.x.org today"]),
        ("ሰላም። ደህና", ["ሰላም።", "ደህና"]),
        ("نعم؟ لا", ["نعم؟", "لا"]),
        ("it is one\ntwo", ["it is one", "two"]),
        ("one\nit is two", ["one", "it is two"]),
        ("one\ntwo\nor three", ["one\ntwo\nor three"]),
        ("one\n\ntwo", ["one", "two"]),
        ("one\n#two", ["one", "#two"]),
        ("အလွန်ရှည်သောစာကြောင်းတစ်ကြောင်း\nနှစ်", ["အလွန်ရှည်သောစာကြောင်းတစ်ကြောင်း", "နှစ်"]),
        ('he said "no." then left', ['he said "no."', "then left"]),
    ],
)
def test_sentences(text: str, expected: list[str]) -> None:
    assert parts(text) == expected


def test_text_without_stops_is_cut() -> None:
    sentences = Sentences("a" * (3 * MAX_SENTENCE))
    assert sentences.index(3 * MAX_SENTENCE - 1) == 2


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('he said "go home" to us', ['"go home"']),
        ("they wrote 'go home' on it", ["'go home'"]),
        ("don't and can't", []),
        ('"all of it is quoted"', []),
        ('one " mark only', []),
        ('il a dit " rentrez chez vous " au bus', ['" rentrez chez vous "']),
        ('a 5" pipe and a 7" pipe', []),
        ('a "b"\n"c" d', ['"b"', '"c"']),
    ],
)
def test_quotations(text: str, expected: list[str]) -> None:
    assert [text[low:high] for low, high in quotations(text)] == expected
