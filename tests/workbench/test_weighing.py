"""Points from labelled posts: what speaks for a topic, what against, and what may not weigh."""

from __future__ import annotations

import math
from collections import Counter
from itertools import chain

import numpy as np
import pytest

from vetting_engine.text.fold import fold
from vetting_engine.text.pieces import pieces_of, words_in
from vetting_engine.workbench.weighing import PER_LOG_ODDS, Labelled, weigh

POSTS = [
    *[Labelled(f"boat leaves tonight from {pier}", "passage") for pier in ("here", "there", "qa", "qb", "qc", "qd")],
    *[Labelled(f"boat race tonight, team {number}", "") for number in range(6)],
    *[Labelled(f"the market is open on day {number}", "") for number in range(6)],
    *[Labelled(f"order yours at a good price, code{number}", "sale") for number in range(4)],
]


def nobody(word: str) -> bool:
    return False


def test_words_speak_for_a_topic_or_against_it() -> None:
    weighed = weigh(POSTS, ["passage", "sale"], nobody)
    passage = weighed["passage"].points
    assert passage["leaves"] > 0
    assert passage["race"] < 0
    assert passage["leaves"] > passage.get("boat", 0)
    assert weighed["sale"].points["price"] > 0
    assert all(weighed["passage"].points.values())


def test_what_is_asked_for_parts_the_posts() -> None:
    weighed = weigh(POSTS * 5, ["passage"], nobody)["passage"]

    def points(text: str) -> int:
        return sum(weighed.points.get(word, 0) for word in set(text.replace(",", "").split()))

    assert points("boat leaves tonight from here") >= weighed.least > points("boat race tonight")
    surer = weigh(POSTS * 5, ["passage"], nobody, surer_by={"passage": 4})["passage"]
    assert surer.least == weighed.least + 4
    assert surer.points == weighed.points


def test_some_words_may_not_weigh_and_rare_ones_do_not() -> None:
    weighed = weigh(POSTS, ["passage"], lambda word: word == "leaves")["passage"]
    assert "leaves" not in weighed.points
    assert "from" in weighed.points
    assert weighed.points.keys().isdisjoint({"here", "there", "qa", "qb", "qc", "qd"})


def test_pieces_are_weighed_as_often_as_different_words_have_them() -> None:
    posts = [
        *[Labelled(f"Unpaid, unpacked, unpaid {number}", "sale") for number in "abcdef"],
        *[Labelled(f"paid, packed {number}", "") for number in "abcdef"],
    ]
    sale = weigh(posts, ["sale"], nobody, letters=(4,))["sale"].points
    written = ("unpaid", "unpacked", "paid", "packed")
    assert sale.keys() <= {piece for word in written for piece in pieces_of(word, 4)}
    assert sale["unp-"] > sale["-npai-"] > 0 > sale["pai-"]
    both = weigh(posts, ["sale"], lambda word: word == "unpaid", letters=(0, 4))["sale"].points
    assert {"unpacked", "-npac-", "paid"} <= both.keys()
    assert both.keys().isdisjoint({"unpaid", "-npai-"})


def test_the_points_are_where_the_penalised_loss_is_least() -> None:
    """Against a plain solver on the whole table: Newton's method."""
    weighed = weigh(POSTS, ["passage"], nobody)["passage"]
    rows = [{word for _, _, word in words_in(fold(post.text))} for post in POSTS]
    posts_of = {word: posts for word, posts in Counter(chain.from_iterable(rows)).items() if posts > 1}
    words = sorted(posts_of)
    rare = {word: 1 + math.log((1 + len(POSTS)) / (1 + posts_of[word])) for word in words}
    loud = np.array([*(rare[word] / max(rare.values()) for word in words), 1.0])
    table = np.array([[*(float(word in row) for word in words), 1.0] for row in rows]) * loud
    are = np.array([float(post.topic == "passage") for post in POSTS])
    counted = np.array([0.1 if post.topic == "sale" else 1.0 for post in POSTS])
    weights = np.zeros(len(words) + 1)
    for _ in range(30):
        chance = 1 / (1 + np.exp(-(table @ weights)))
        slope = table.T @ (counted * (chance - are)) + weights / 2
        bend = (table.T * (counted * chance * (1 - chance))) @ table + np.eye(len(weights)) / 2
        weights -= np.linalg.solve(bend, slope)
    assert weighed.least == max(1, -round(PER_LOG_ODDS * weights[-1]))
    expected = {word: round(PER_LOG_ODDS * weight) for word, weight in zip(words, weights * loud, strict=False)}
    assert weighed.points == {word: points for word, points in expected.items() if points}


@pytest.mark.parametrize(
    "posts", [[], [Labelled("boat", "")], [Labelled("boat", "passage"), Labelled("sea", "passage")]]
)
def test_too_few_posts_give_no_points(posts: list[Labelled]) -> None:
    assert weigh(posts, ["passage"], nobody) == {}


def test_topics_that_were_not_asked_for_are_none() -> None:
    assert weigh(POSTS, ["sale", "elsewhere"], nobody).keys() == {"sale"}


def test_points_are_log_odds_of_the_penalised_fit() -> None:
    """One word that tells all: its weight and the constant solve the two equations of the fit, found here slowly."""
    posts = [Labelled("yes", "t")] * 20 + [Labelled("no", "")] * 20
    weighed = weigh(posts, ["t"], nobody)["t"]
    best = min(
        (
            20 * math.log1p(math.exp(-(constant + yes)))
            + 20 * math.log1p(math.exp(constant + no))
            + (yes**2 + no**2 + constant**2) / 4,
            yes,
            no,
        )
        for yes, no, constant in (
            (y / 20, n / 20, c / 20) for y in range(20, 80) for n in range(-80, -19) for c in (-1, 0, 1)
        )
    )
    assert weighed.points == {"no": round(best[2] * PER_LOG_ODDS), "yes": round(best[1] * PER_LOG_ODDS)}


def test_the_same_posts_give_the_same_points_in_any_order() -> None:
    assert weigh(POSTS, ["passage", "sale"], nobody) == weigh(POSTS[::-1], ["sale", "passage"], nobody)
