"""Spelling habits that one name shows in many hands."""

from __future__ import annotations

import pytest

from vetting_engine.names.spelling import simple, skeleton, skeleton_of_abjad, somali


@pytest.mark.parametrize(
    "spellings",
    [
        ("abdurrahman", "abderrahmane", "abdalrahman", "abdurahman"),
        ("abdulaziz", "abdelaziz"),
        ("saifuddin", "seifeddine", "saifaldin"),
        ("rahmatullah", "rahmatoullah", "rahmatulah"),
        ("bachir", "bashir"),
        ("youcef", "yousef"),
        ("qasim", "kasim"),
        ("yevgeny", "evgeni"),
        ("mansour", "mansur", "mansoor"),
        ("wassim", "vasim"),
    ],
)
def test_one_simple_form(spellings: tuple[str, ...]) -> None:
    assert len({simple(spelling) for spelling in spellings}) == 1


@pytest.mark.parametrize(
    ("one", "other"), [("ahmad", "mahmud"), ("okvale", "farokhal"), ("ali", "ilyas"), ("maria", "mario")]
)
def test_other_names_stay_apart(one: str, other: str) -> None:
    assert simple(one) != simple(other)


@pytest.mark.parametrize(
    ("latin", "abjad"),
    [
        ("farrokhal", "frwkhal"),
        ("abdulrahman", "abdalr'hmn"),
        ("nuruddin", "nwraldyn"),
        ("takhari", "tkhary"),
        ("zahrani", "z'hrany"),
    ],
)
def test_skeletons_meet_across_scripts(latin: str, abjad: str) -> None:
    assert skeleton(latin) == skeleton_of_abjad(abjad)


def test_persian_and_arabic_read_letters_apart() -> None:
    assert skeleton_of_abjad("thaqb", persian=True) == skeleton("saqib")
    assert skeleton_of_abjad("thaqb") == skeleton("thaqib")


@pytest.mark.parametrize(
    ("written", "english"), [("xasan", "hasan"), ("cali", "ali"), ("cabdi", "abdi"), ("tamsin", None)]
)
def test_somali(written: str, english: str | None) -> None:
    assert somali(written) == english
