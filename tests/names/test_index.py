"""The index: who is found, under which floor, together and one by one."""

from __future__ import annotations

import numpy as np

from vetting_engine.names.index import Asked, NameIndex
from vetting_engine.names.parts import parse_name

NAMES = [
    "Tamsin Okvale",
    "Ilse Marrow",
    "Tamsin Okvale Farrokhal",
    "J. Okvale",
    "Okvaletamsin",
    "Таmsin Okvale; Ilse Dejen",
]


def _index() -> NameIndex:
    return NameIndex([parse_name(name) for name in NAMES])


def test_names_are_found_by_number_in_order() -> None:
    found = [each.name for each in _index().search(parse_name("Tamsin Okvale"), 1_500)]
    assert found == sorted(found)
    assert {0, 2, 5} <= set(found)
    assert 1 not in found


def test_a_batch_answers_as_each_name_alone() -> None:
    asked = [Asked(parse_name(name), 300) for name in (*NAMES, "FNU", "Tamsin Okvale")]
    together = _index().search_many(asked)
    alone = [_index().search(each.name, each.floor) for each in asked]
    assert [[(each.name, each.alignment.centibits) for each in found] for found in together] == [
        [(each.name, each.alignment.centibits) for each in found] for found in alone
    ]


def test_each_name_may_have_a_floor_of_its_own() -> None:
    def all_but_the_first(numbers: np.ndarray) -> np.ndarray:
        return np.where(numbers == 0, 100_000, 0).astype(np.int32)

    found = [each.name for each in _index().search(parse_name("Tamsin Okvale"), 1_500, all_but_the_first)]
    assert 0 not in found
    assert 2 in found


def test_parts_written_in_one_word_are_found_both_ways() -> None:
    index = _index()
    assert 4 in [each.name for each in index.search(parse_name("Okvale Tamsin"), 1_000)]
    assert 0 in [each.name for each in NameIndex([parse_name("Okvale Tamsin")]).search(parse_name(NAMES[4]), 1_000)]


def test_an_index_of_nothing_finds_nothing() -> None:
    assert NameIndex([]).search(parse_name("Tamsin Okvale"), 1) == []
    assert _index().search(parse_name("😀"), 1) == []
    assert len(NameIndex([])) == 0
