"""One declared text for many: brackets and bars."""

from __future__ import annotations

import pytest

from vetting_engine.text.alternatives import MAX_ALTERNATIVES, alternatives


@pytest.mark.parametrize(
    ("text", "forms"),
    [
        ("machete", ("machete",)),
        ("bring (your|the) machete", ("bring your machete", "bring the machete")),
        ("bring (your |)machete", ("bring your machete", "bring machete")),
        ("(a|b(c|d))e", ("ae", "bce", "bde")),
        ("(a|a)", ("a",)),
        ("(one)", ("one",)),
        ("( a | b )  c", ("a c", "b c")),
    ],
)
def test_a_text_stands_for_its_alternatives(text: str, forms: tuple[str, ...]) -> None:
    assert alternatives(text) == forms


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("(a|b", "not closed"),
        ("a|b", "outside brackets"),
        ("a)", "not opened"),
        ("(" * 9 + "a" + ")" * 9, "deeper"),
        ("(a|b|c|d|e|f|g|h|i|j)" * 4, "more than"),
        ("(" * 100_000, "deeper"),
    ],
)
def test_a_text_that_cannot_be_written_out_is_refused(text: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        alternatives(text)


def test_as_many_as_allowed_are_written_out() -> None:
    many = "|".join(map(str, range(MAX_ALTERNATIVES)))
    assert len(alternatives(f"({many})")) == MAX_ALTERNATIVES
