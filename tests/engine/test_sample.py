"""How much is read of what a gap is about, and which of it: the engine draws."""

from __future__ import annotations

from math import comb

import make
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vetting_engine.engine import about_of, draw, sample_size
from vetting_engine.model.candidate import Account, Candidate, MediaKind
from vetting_engine.model.finding import Gap, GapOwner
from vetting_engine.records import MemoryKeyRing


def _person(posts: int = 60, **parts: object) -> Candidate:
    texts = tuple(make.post(f"p{n}", f"Ang mga balita {n}", language="tl") for n in range(posts))
    return make.candidate(posts=texts, languages=("en", "tl"), **parts)


def _drawn(person: Candidate, about: str = "language:tl", seed: str = "one") -> list[str]:
    return [item.source_id for item in draw(person, "content", about, MemoryKeyRing(seed=seed)).items]


@given(st.integers(0, 5_000))
def test_one_in_twenty_is_seen_in_nineteen_of_twenty_draws(population: int) -> None:
    size = sample_size(population)
    assert size <= population
    for bad in {-(-population // 20), -(-population // 10)} - {0}:
        assert comb(population - bad, size) * 20 <= comb(population, size)


@pytest.mark.parametrize(("population", "size"), [(0, 0), (1, 1), (20, 20), (40, 31), (100, 45), (1_000, 57)])
def test_documented_sizes(population: int, size: int) -> None:
    assert sample_size(population) == size


def test_more_never_means_reading_less_and_never_more_than_59() -> None:
    sizes = [sample_size(population) for population in range(3_000)]
    assert sizes == sorted(sizes)
    assert sample_size(10**9) == 59


def test_the_draw_is_the_same_whatever_the_order_and_another_for_other_input_keys_or_gaps() -> None:
    person = _person()
    first = _drawn(person)
    assert len(first) == len(set(first)) == sample_size(60)
    turned = person.model_copy(update={"posts": person.posts[::-1]})
    assert _drawn(turned) == first
    assert _drawn(person, seed="two") != first
    assert _drawn(person.model_copy(update={"birthplace": "Klow"})) != first
    assert _drawn(person, "language:en") != first


def test_everybody_is_drawn_about_as_often() -> None:
    person = _person()
    often = dict.fromkeys((post.id for post in person.posts), 0)
    for seed in range(60):
        for source in _drawn(person, seed=str(seed)):
            often[source] += 1
    mean = sum(often.values()) / len(often)
    assert all(mean * 0.6 < times < mean * 1.4 for times in often.values())


def test_what_each_gap_is_about() -> None:
    person = make.candidate(
        languages=("en", "rhg"),
        posts=(
            make.post("a", "Good morning", language="en"),
            make.post("b", "Salam duniya"),
            make.post("c", "\U00010d00\U00010d05 \U00010d0c\U00010d1d", language="rhg"),
            make.post("d", "12345"),
            make.post("v", "look", language="en", media=MediaKind.VIDEO, platform="x", handle="@t"),
        ),
        accounts=(Account(platform="x", handle="@t", bio="Tailor"), Account(platform="x", handle="@u")),
    )
    assert sorted(_drawn(person, "language:rhg")) == ["b", "c", "x/@t"]
    assert _drawn(person, "script:Rohg") == ["c"]
    assert sorted(_drawn(person, "language:xx")) == ["a", "b", "c", "v", "x/@t"]  # nobody said so: all words
    (video,) = draw(person, "content", "media:video", MemoryKeyRing(seed="one")).items
    assert (video.text, video.media, video.find) == ("look", "video", "x @t v")
    assert _drawn(person, "media:audio") == []


def test_only_some_gaps_are_closed_by_reading() -> None:
    def gap(code: str, check: str = "content", **params: str) -> Gap:
        return Gap(code=code, check=check, owner=GapOwner.OURS, params=params)

    assert about_of(gap("content.language_not_covered", language="rhg")) == "language:rhg"
    assert about_of(gap("content.media_unwatched", media="audio")) == "media:audio"
    for other in (gap("content.no_posts"), gap("watchlist.no_list", "watchlist"), gap("x.y", "no-such-check")):
        assert about_of(other) is None
