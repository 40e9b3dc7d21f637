"""Names taken apart."""

from __future__ import annotations

import pytest

from vetting_engine.names.parts import MAX_PARTS, Role, is_placeholder, parse_name


def _romans(text: str) -> list[list[str]]:
    return [[part.roman for part in reading.parts] for reading in parse_name(text).readings]


@pytest.mark.parametrize(
    ("written", "parts"),
    [
        ("Haji Tamsin bin Marrow Okvale", ["tamsin", "marrow", "okvale"]),
        ("OKVALE, Tamsin", ["okvale", "tamsin"]),
        ("Abd al-Rahman Okvale", ["abdulrahman", "okvale"]),
        ("Zia ur Rahman Okvale", ["ziaalrahman", "okvale"]),
        ("Saif al-Din Okvale", ["saifaldin", "okvale"]),
        ("Abu Marrow Okvale", ["abumarrow", "okvale"]),
        ("Tamsin s/o Marrow", ["tamsin", "marrow"]),
        ("FNU Okvale", ["okvale"]),
        ("Tamsin Okvale na", ["tamsin", "okvale"]),
        ("J.-C. Okvale", ["j", "c", "okvale"]),
        ("JC Okvale", ["j", "c", "okvale"]),
        ("U Thida", ["thida"]),
        ("0kvale Tams1n", ["okvale", "tamsin"]),
        ("Sheikh", ["sheikh"]),
        ("Abdul Khan", ["abdul", "khan"]),
    ],
)
def test_parts(written: str, parts: list[str]) -> None:
    assert _romans(written) == [parts]


def test_alternatives_are_readings_of_their_own() -> None:
    assert _romans("Tamsin Okvale; Tamzin Okval") == [["tamsin", "okvale"], ["tamzin", "okval"]]
    assert len(_romans("Tamsin Okvale (تمسين)")) == 2
    assert _romans("Tamsin (Marrow) Okvale") == [["tamsin", "marrow", "okvale"]]


@pytest.mark.parametrize("written", ["FNU", "N/A", "unknown", "FNU LNU", "Inconnu"])
def test_placeholders_are_missing_names(written: str) -> None:
    assert is_placeholder(written)
    assert parse_name(written).readings == ()


@pytest.mark.parametrize("written", ["", "   ", "😀😀", "12345", "-", "\u202e", "\u0378\u0378"])
def test_what_cannot_be_read_has_no_reading(written: str) -> None:
    assert parse_name(written).readings == ()
    assert not parse_name(written).placeholder


def test_endless_names_are_cut() -> None:
    (reading,) = parse_name("Okvale " * 2_000).readings
    assert len(reading.parts) == MAX_PARTS


def test_roles() -> None:
    (reading,) = parse_name("Tamsin bin Marrow Khan").readings
    assert [part.role for part in reading.parts] == [Role.NAME, Role.PATRONYMIC, Role.HONORIFIC]
