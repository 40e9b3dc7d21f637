"""Whatever a text is made of, it has a defined answer, and what is done for it grows with its length alone."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from sys import setprofile
from types import FrameType

import pytest

from vetting_engine.checks.content import Scanner

UNITS = {
    "terms": "kill all refugees now. ",
    "letters": "a ",
    "dotted": "a.",
    "one word": "x",
    "marks": "\u0301",
    "surrogates": "\ud800",
    "nul": "\x00",
    "overrides": "\u202ekill\u202c ",
    "tags": "#Aa",
    "leet": "a1",
    "mixed letters": "aа",
    "quotes": '" ',
    "viramas": "\u0915\u094d",
    "asats": "\u1000\u103a",
    "spaces": " ",
    "line breaks": "\n",
    "numbers": "+1-",
    "repeats": "kkkiiilll ",
}


@contextmanager
def counted(calls: list[int]) -> Iterator[None]:
    def count(frame: FrameType, event: str, arg: object) -> None:
        calls[0] += 1

    setprofile(count)
    try:
        yield
    finally:
        setprofile(None)


def steps(scanner: Scanner, text: str) -> int:
    calls = [0]
    with counted(calls):
        scanner.scan(text, "en")
    return calls[0]


@pytest.mark.parametrize("name", UNITS)
def test_work_grows_with_the_length(scanner: Scanner, name: str) -> None:
    unit = UNITS[name]
    scanner.scan(unit * 50, "en")  # automata and words are made at first use
    short, long = (steps(scanner, (unit * length)[:length]) for length in (4_000, 16_000))
    assert long <= 5 * short + 2_000


@pytest.mark.parametrize("text", ["\u0301" * 300, "\u200b\u202e\ufeff", "\x00\x00", "\ud83d", " \n\t "])
def test_nothing_comparable_is_nothing_found(scanner: Scanner, text: str) -> None:
    assert scanner.scan(text) == ()
    assert scanner.scan(text, "en") == ()


def test_a_term_is_found_among_hostile_characters(scanner: Scanner) -> None:
    text = "\x00\ud800 \u202eI despise these refugees\u202c \udfff"
    found = scanner.scan(text, "en")
    assert [finding.rule for finding in found] == ["hate-contempt-for-group"]
    for span in found[0].evidence:
        assert text[span.start : span.end] == span.excerpt  # type: ignore[union-attr]


def test_emoji_are_read_for_what_they_stand_for(scanner: Scanner) -> None:
    found = [finding for finding in scanner.scan("refugees 🐀🐀", "en") if finding.category == "hate"]
    assert "emoji" in {span.view for finding in found for span in finding.evidence}  # type: ignore[union-attr]
    assert scanner.scan("we saw a 🐀 in the kitchen", "en") == ()
    assert scanner.scan("اللاجئين 🐀", "ar") != ()
