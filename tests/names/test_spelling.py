"""Spelling habits that one name shows in many hands."""

from __future__ import annotations

import pytest

from vetting_engine.names import spelling
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


_LEARNT = [
    "abdulrahman",
    "nooruddin",
    "",
    "hhmd",
    "cheikh",
    "yusuf",
    "ahmad",
    "x",
    "okvalevs",
    "tsch",
    "yevgeny",
    "abd",
]


def test_parts_learnt_together_have_the_forms_of_each_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    for table in ("_SIMPLE", "_SKELETONS"):
        monkeypatch.setattr(spelling, table, {})
    alone = [(spelling.simple(each), spelling.skeleton(each)) for each in _LEARNT]
    for table in ("_SIMPLE", "_SKELETONS"):
        monkeypatch.setattr(spelling, table, {})
    spelling.learn(_LEARNT)
    assert [(spelling._SIMPLE[each], spelling._SKELETONS[each]) for each in _LEARNT] == alone


def test_what_is_remembered_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spelling, "_SIMPLE", {})
    monkeypatch.setattr(spelling, "_CACHE", 5)
    for each in _LEARNT:
        spelling.simple(each)
    assert len(spelling._SIMPLE) <= 5
