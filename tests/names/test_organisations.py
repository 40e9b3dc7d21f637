"""Names of bodies: legal forms may be left out, words are weighed, acronyms answer their names."""

from __future__ import annotations

import pytest

from vetting_engine.model.watchlist import EntryKind
from vetting_engine.names.compare import compare_names
from vetting_engine.names.organisations import parse_organisation


def _score(ours: str, theirs: str) -> int:
    return compare_names(ours, theirs, kind=EntryKind.ORGANISATION).score


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("Okvale Marrow Trading Ltd", "Okvale Marrow Trading Limited"),
        ("Okvale Marrow Trading", "Trading Okvale Marrow"),
        ("Okvale & Farrokhal", "Okvale and Farrokhal"),
    ],
)
def test_one_body_written_two_ways_agrees(ours: str, theirs: str) -> None:
    assert _score(ours, theirs) >= 6_000


def test_an_acronym_answers_its_name() -> None:
    assert _score("OMT", "Okvale Marrow Trading") > _score("OMX", "Okvale Marrow Trading")


def test_another_body_of_the_same_trade_is_another() -> None:
    assert _score("Okvale Trading Company", "Farrokhal Trading Company") < 6_000


def test_a_legal_form_is_no_part_of_the_name() -> None:
    (reading,) = parse_organisation("Okvale Ltd").readings
    assert [part.roman for part in reading.parts] == ["okvale"]
    assert len(reading.titles) == 1


@pytest.mark.parametrize("text", ["", "N/A", "😀", "---"])
def test_what_is_no_name_has_no_reading(text: str) -> None:
    assert parse_organisation(text).readings == ()
