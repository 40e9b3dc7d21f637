"""Countries are recognised however they are written."""

from __future__ import annotations

import pytest

from vetting_engine.names.countries import to_code


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("af", "AF"),
        ("AFG", "AF"),
        ("Afghan", "AF"),
        ("Democratic Republic of the Congo", "CD"),
        ("Congo, Democratic Republic of the", "CD"),
        ("République démocratique du Congo", "CD"),
        ("Congo", "CG"),
        ("Myanmar", "MM"),
        ("Burma", "MM"),
        ("Palestinian", "PS"),
        ("State of Palestine", "PS"),
        ("Iran (Islamic Republic of)", "IR"),
        ("Korea, North", "KP"),
        ("Türkiye", "TR"),
        ("Turquie", "TR"),
        ("سوريا", "SY"),
        ("Côte d’Ivoire", "CI"),
        ("St. Kitts & Nevis", "KN"),
        ("The Gambia", "GM"),
        ("  UNITED   KINGDOM ", "GB"),
        ("na", "NA"),
    ],
)
def test_written_forms(written: str, code: str) -> None:
    assert to_code(written) == code


@pytest.mark.parametrize("written", ["", "xx", "Atlantis", "former Soviet Union", "-", "😀", "a" * 10_000])
def test_what_is_no_country_is_none(written: str) -> None:
    assert to_code(written) is None
