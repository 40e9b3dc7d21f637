"""Distinguishing questions: the fewest, the most telling first, never about what the entry does not say."""

from __future__ import annotations

from typing import Any

import make

from vetting_engine.model.candidate import Identifier
from vetting_engine.model.date_parsing import parse_date
from vetting_engine.model.evidence import PartWeight
from vetting_engine.model.watchlist import EntryKind, EntryName, WatchlistEntry
from vetting_engine.names.evidence import evidence
from vetting_engine.names.questions import distinguishing_questions

FLOOR = 1_500


def _asked(name_weight: int, entry: dict[str, Any], **candidate: Any) -> tuple[str, ...]:
    person = make.candidate(**({"birth_date": None, "nationalities": (), "country_of_origin": None} | candidate))
    listed = WatchlistEntry(
        id="QDi.1",
        kind=EntryKind.PERSON,
        names=(EntryName(text="Tamsin Okvale"),),
        digest=make.digest("QDi.1"),
        **entry,
    )
    parts = (PartWeight(part="name", code="complete", centibits=name_weight), *evidence(person, listed))
    return distinguishing_questions(person, listed, parts, FLOOR)


def test_a_birth_date_alone_can_clear_a_namesake() -> None:
    entry = {"birth_dates": (parse_date("1971-03-14"),), "birthplaces": ("Okvale",)}
    assert _asked(2_000, entry) == ("birth_date",)


def test_nothing_is_asked_that_the_entry_does_not_say() -> None:
    assert _asked(2_000, {}) == ()


def test_more_is_asked_where_one_answer_would_not_do() -> None:
    entry = {"birthplaces": ("Okvale",), "father_name": "Ilse Marrow", "nationalities": ("Afghanistan",)}
    assert _asked(2_300, entry) == ("nationality", "father_name")
    assert len(_asked(9_000, entry)) == 3


def test_a_document_is_asked_for_last_and_only_if_the_entry_has_one() -> None:
    numbered = {"identifiers": (Identifier(kind="Passport", value="AB123456"),)}
    assert _asked(9_000, numbered) == ("document",)


def test_a_day_on_record_is_not_asked_again() -> None:
    entry = {"birth_dates": (parse_date("1971-03-14"),)}
    assert _asked(2_000, entry, birth_date=parse_date("1971-03-14")) == ()
    assert _asked(2_000, entry, birth_date=parse_date("1971-01-01")) == ("birth_date",)


def test_the_birth_date_answers_for_a_whole_name_too() -> None:
    entry = {"birth_dates": (parse_date("1971"),), "birthplaces": ("Okvale",)}
    assert _asked(4_900, entry) == ("birth_date",)
