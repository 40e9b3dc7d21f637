"""Figures: sums, numbers, links and handles are found alike in every language, and only beside terms."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vetting_engine.checks.content.figures import _ANY, FIGURES, figures_in, growth_in, kinds_in_word
from vetting_engine.checks.content.kinds import TermKind
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
        ("400 000", "number"),
        ("3,000", "number"),
        ("२५००", "number"),
        ("20%", "percent"),
        ("%20", "percent"),
        ("٢٠٪", "percent"),
        ("0700 000 123", "phone"),
        ("+254 712-345-678", "phone"),
        ("84 555 0192", "phone"),
        ("70 55 01 88", "phone"),
        ("655 55 01 93", "phone"),
        ("900 000-11-22", "phone"),
        ("612000228", "phone"),
        ("12 000 000", "number"),
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


def _growth(text: str) -> list[str]:
    folded = fold(text)
    return [folded[start:end] for start, end, _ in growth_in(folded, figures_in(folded))]


@pytest.mark.parametrize(
    ("text", "grown"),
    [
        ("put in 200 and take out 2,000", "200 and take out 2,000"),
        ("2k into 20k in 45 minutes", "2k into 20k"),
        ("$50 today, $400.50 tomorrow", "$50 today, $400.50"),
        ("٢٠٠ تصير ٩٠٠", "200 تصير 900"),
    ],
)
def test_a_sum_that_grows_is_seen_as_one(text: str, grown: str) -> None:
    assert _growth(text) == [fold(grown)]


@pytest.mark.parametrize(
    "text",
    [
        "from 2,000 down to 200",
        "2 tents for 9 people",
        "100 in May, 150 in June",
        "20 now and 9,000 in the whole country",
        "200 " + "and so on " * 9 + "900",
        "call 0700 000 123 or 0700 000 900",
        "entre 5.000 y 12.000 dólares por bola",
        "between 5,000 and 12,000 a month",
        "٥٠٠ و ٩٠٠٠ للعائلة",
        "20 – 900 euros",
    ],
)
def test_other_sums_do_not_grow(text: str) -> None:
    assert _growth(text) == []


@given(
    st.lists(
        st.sampled_from([
            "5", "0", "12", "300", "84", "01", "555", "0192",
            "612000228", "$", "€", "%", "٪", "k", "usd", "rs.", "try", "+", "+254", "0700", "@", "who", ".",
            ",", "/", "x", "-", "(", ")", "www.", "https://", "t.me/", "aid", ".online", "\u200b", " ", " ", "  ", "\n",
            "\u00a0", "ब",
        ]),
        max_size=14,
    ).map("".join)
)  # fmt: skip
def test_words_tell_every_kind_of_figure_that_their_text_has(text: str) -> None:
    folded = fold(text)
    figures = list(figures_in(folded))
    kinds = {figure.kind for _, _, figure in (*figures, *growth_in(folded, figures))}
    assert kinds <= {kind for word in text.split() for kind in kinds_in_word(fold(word))}


@pytest.mark.parametrize("word", ["camp.", "e.g", "well/good", "me@home", "try", "www", "no.1st"])
def test_a_word_with_a_sign_is_not_a_link_for_that(word: str) -> None:
    assert TermKind.LINK not in set(kinds_in_word(word))
