"""Figures: sums, numbers, links and handles are found alike in every language, and only beside terms."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vetting_engine.checks.content.figures import _ANY, FIGURES, figures_in
from vetting_engine.text.fold import fold


def _figures(text: str) -> list[tuple[str, str]]:
    folded = fold(text)
    return [(folded[start:end], str(term.kind)) for start, end, term in figures_in(folded)]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("$150", "amount"),
        ("1500$", "amount"),
        ("8,000 USD", "amount"),
        ("KES 200", "amount"),
        ("50k", "amount"),
        ("٢٠٠ $", "amount"),
        ("₹500", "amount"),
        ("2500", "number"),
        ("२५००", "number"),
        ("20%", "percent"),
        ("%20", "percent"),
        ("٢٠٪", "percent"),
        ("0700 000 123", "phone"),
        ("+254 712-345-678", "phone"),
        ("https://help.example/form", "link"),
        ("t.me/somewhere", "link"),
        ("refugee-grant.example", "link"),
        ("winter-aid.online/form", "link"),
        ("@kifaru_mobiles", "handle"),
    ],
)
def test_a_figure_is_found_in_digits_of_any_script(text: str, kind: str) -> None:
    assert _figures(f"x {text} y") == [(fold(text), kind)]


@pytest.mark.parametrize(
    "text",
    ["a1k", "a@b.example", "help@agency.example", "we go.liveliness", "http://", "no digits here", "@", "$", "%"],
)
def test_what_only_looks_like_one_is_none(text: str) -> None:
    assert _figures(text) == []


def test_figures_come_in_order_and_never_overlap() -> None:
    text = fold("pay $150 now, 300 usd later, call 0700 000 123 or @agent_x, 20% off at https://a.example/x")
    spans = [(start, end) for start, end, _ in figures_in(text)]
    assert len(spans) == 6
    assert all(before[1] <= after[0] for before, after in pairwise(spans))


def test_every_figure_names_a_kind_of_its_own() -> None:
    assert all(term.kind is kind for kind, term in FIGURES.items())


PIECES = st.sampled_from([*"0159@/.%+-$k \n", "https:", "www", "bit.ly", "aid", ".com", "usd", "\u066a", "\u20ac"])


@given(st.lists(PIECES, max_size=12).map("".join))
def test_a_text_without_their_signs_has_no_figures(text: str) -> None:
    found = [(start, end, str(term.kind)) for start, end, term in figures_in(text)]
    assert found == [(match.start(), match.end(), match.lastgroup) for match in _ANY.finditer(text)]
