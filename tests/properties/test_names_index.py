"""Retrieval loses nothing: searching the index finds what comparing with every name finds."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vetting_engine.names.compare import best_alignment
from vetting_engine.names.compiled import open_or_build
from vetting_engine.names.index import Asked, NameIndex, Rivals
from vetting_engine.names.organisations import parse_organisation
from vetting_engine.names.parts import ParsedName, parse_name

_PARTS_WRITTEN = (
    "Tamsin Okvale Marrow Ilse Dejen Farrokhal Mohammed Muhammad Mohd Ahmed Ahmad Mahmoud Hassan Hussein "
    "Xasan Cali Ali Abdul Rahman Abdurrahman Abd al Abdullah Abu Bakr Umm Salma Zia ur Saif Din Haji "
    "Sheikh U Ko Ma Daw Thida bin ben ould J C JC V. Vladimir Volodymyr Okvalle Okval Farokhal Farrokhali "
    "Marrowby Marrowbi Ig0r na FNU Kim Yong Chol Yongchol Jean Claude Jeanclaude de la Okvaleson 12 محمد "
    "عبدالله الأوكفالي سيف الدين حسن Тамсин Оквале ተስፋዬ အောင်ဆန်း 김정은 "
    "Mohammadi Mohamadi Benjelloun Jelloun Alhashimi Hashimi Oo ဦး Htun Tun Su Hassani عمر Omar דוד David نور "
)
_PARTS = _PARTS_WRITTEN.split()
_WORDS_WRITTEN = (
    "Okvale Marrow Trading Trade Company Co Ltd Limited Bank of the Farrokhal International Relief OMT "
    "FRI Sons II VII 2004 Group Holding & Islamic Army Okvalle Farokhal Gesellschaft mbH شركة "
)
_WORDS = _WORDS_WRITTEN.split()


def _names(words: list[str]) -> st.SearchStrategy[str]:
    return st.lists(st.sampled_from(words), min_size=1, max_size=6).map(" ".join)


@settings(max_examples=100, deadline=None)
@given(
    listed=st.lists(_names(_PARTS), min_size=1, max_size=12),
    asked=st.lists(_names(_PARTS), min_size=1, max_size=4),
    floors=st.lists(st.sampled_from((0, 600, 900, 1_500, 2_500)), min_size=7, max_size=7),
)
def test_a_batch_under_floors_of_its_own_loses_nothing(listed: list[str], asked: list[str], floors: list[int]) -> None:
    parsed, ours = [parse_name(name) for name in listed], [parse_name(name) for name in asked]
    least = np.array(floors)
    found = NameIndex(parsed).search_many(
        [Asked(name, 500) for name in ours], lambda places, numbers: least[(places + numbers) % len(least)]
    )
    for place, (name, answers) in enumerate(zip(ours, found, strict=True)):
        expected = {
            number: alignment.centibits
            for number, other in enumerate(parsed)
            if (alignment := best_alignment(name, other)) is not None
            and alignment.centibits >= max(500, floors[(place + number) % len(floors)])
        }
        assert {each.name: each.alignment.centibits for each in answers} == expected


@settings(max_examples=100, deadline=None)
@given(
    listed=st.lists(_names(_PARTS), min_size=1, max_size=12),
    asked=_names(_PARTS),
    bearers=st.lists(st.integers(0, 2), min_size=12, max_size=12),
    extra=st.lists(st.sampled_from((0, -250)), min_size=12, max_size=12),
)
def test_of_rivals_the_worthiest_are_told_as_without(
    listed: list[str], asked: list[str], bearers: list[int], extra: list[int]
) -> None:
    index, names = NameIndex([parse_name(name) for name in listed]), [Asked(parse_name(asked), 600)]
    rivals = Rivals(np.array(bearers, np.int32), np.array(extra, np.int32))
    every, told = index.search_many(names)[0], index.search_many(names, None, rivals)[0]
    assert all(each in every for each in told)
    for each in every:
        worth = max(
            other.alignment.centibits + extra[other.name]
            for other in every
            if bearers[other.name] == bearers[each.name]
        )
        assert each in told or each.alignment.centibits + extra[each.name] < worth


@pytest.mark.parametrize(("parse", "words"), [(parse_name, _PARTS), (parse_organisation, _WORDS)])
def test_search_finds_what_exhaustive_comparison_finds(parse: Callable[[str], ParsedName], words: list[str]) -> None:
    @settings(max_examples=150, deadline=None)
    @given(
        listed=st.lists(_names(words), min_size=1, max_size=12),
        asked=_names(words),
        floor=st.sampled_from((300, 600, 900, 1_300, 1_500)),
    )
    def law(listed: list[str], asked: str, floor: int) -> None:
        parsed = [parse(name) for name in listed]
        ours = parse(asked)
        alignments = [best_alignment(ours, name) for name in parsed]
        expected = {
            number: found.centibits
            for number, found in enumerate(alignments)
            if found is not None and found.centibits >= floor
        }
        got = {each.name: each.alignment.centibits for each in NameIndex(parsed).search(ours, floor)}
        assert got == expected
        with TemporaryDirectory() as folder:
            bodies = parse is parse_organisation
            open_or_build(Path(folder), "list", listed, bodies=bodies)
            opened = open_or_build(Path(folder), "list", listed, bodies=bodies)
            assert {each.name: each.alignment.centibits for each in opened.search(ours, floor)} == expected

    law()
