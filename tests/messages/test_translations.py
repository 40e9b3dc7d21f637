"""Every sentence stands in every language, with the same places to fill."""

from __future__ import annotations

import json
from pathlib import Path
from string import Formatter

import pytest

from vetting_engine import messages

FOLDER = Path(messages.__file__).parent
OTHERS = [language for language in messages.languages() if language != messages.FALLBACK]
AREAS = sorted(path.stem for path in (FOLDER / messages.FALLBACK).glob("*.json"))
Table = dict[str, dict[str, str]]


def table(language: str, area: str) -> Table:
    path = FOLDER / language / f"{area}.json"
    assert path.is_file(), f"{path.name} has no {language} sentences"
    read: Table = json.loads(path.read_text(encoding="utf-8"))
    return read


def places(sentence: str) -> list[str]:
    return sorted({name for _, name, _, _ in Formatter().parse(sentence) if name is not None})


def test_the_four_languages_are_there() -> None:
    assert messages.languages() == ("ar", "en", "es", "fr")


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize("area", AREAS)
def test_no_sentence_is_missing_or_left_over(language: str, area: str) -> None:
    assert table(language, area).keys() == table("en", area).keys()


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize("area", AREAS)
def test_places_to_fill_are_the_same(language: str, area: str) -> None:
    for code, english in table("en", area).items():
        other = table(language, area)[code]
        assert other.keys() == english.keys(), code
        for part, sentence in english.items():
            assert places(other[part]) == places(sentence), (code, part)
            assert other[part].strip(), (code, part)


@pytest.mark.parametrize("language", messages.languages())
def test_every_sentence_can_be_filled(language: str) -> None:
    for code in messages.codes(language):
        assert messages.text(code, {}, language)


@pytest.mark.parametrize("language", OTHERS)
def test_no_area_is_unknown_in_english(language: str) -> None:
    assert sorted(path.stem for path in (FOLDER / language).glob("*.json")) == AREAS
