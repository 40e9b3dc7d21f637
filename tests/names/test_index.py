"""The index: who is found, under which floor, together and one by one."""

from __future__ import annotations

import numpy as np
import pytest

from vetting_engine.names import _bound
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
    def all_but_the_first(places: np.ndarray, numbers: np.ndarray) -> np.ndarray:
        assert not places.any()
        return np.where(numbers == 0, 100_000, 0).astype(np.int32)

    found = [each.name for each in _index().search(parse_name("Tamsin Okvale"), 1_500, all_but_the_first)]
    assert 0 not in found
    assert 2 in found


def test_bounds_do_not_depend_on_how_many_are_worked_out_together(monkeypatch: pytest.MonkeyPatch) -> None:
    def answers() -> list[list[tuple[int, int]]]:
        asked = [Asked(parse_name(name), 500) for name in (*NAMES, "Tamsin O. Farrokhal", "Okvale Tamsin", "Ilse")]
        found = _index().search_many(asked, lambda places, numbers: 100 * ((places + numbers) % 12))
        return [[(each.name, each.alignment.centibits) for each in names] for names in found]

    expected = answers()
    assert sum(map(len, expected)) > len(NAMES)
    for name, value in (("_MOST_TOGETHER", 1), ("_MOST_CELLS", 1), ("_MOST_WALKED", 3)):
        with monkeypatch.context() as patch:
            patch.setattr(_bound, name, value)
            assert answers() == expected


def test_what_was_remembered_may_be_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    index, asked = _index(), [Asked(parse_name(name), 1_000) for name in (*NAMES, "Tamsyn Okvail", "Ilse Marowby")]
    before = index.search_many(asked)
    assert any(before)
    monkeypatch.setattr("vetting_engine.names.index._MOST_REMEMBERED", -1)
    monkeypatch.setattr("vetting_engine.names.index._TOGETHER", 1)
    assert [index.search_many([each])[0] for each in asked] == before
    assert _index().search_many(asked) == before


def test_work_done_ahead_changes_no_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    index, asked = _index(), [Asked(parse_name(name), 1_000) for name in (*NAMES, "Tamsyn Okvail", "Ilse Marowby")]
    before = _index().search_many(asked)
    index.work_ahead()
    assert any(before)
    assert index.search_many(asked) == before
    monkeypatch.setattr("vetting_engine.names.index._MOST_REMEMBERED", -1)
    assert [index.search_many([each])[0] for each in asked] == before


def test_parts_written_in_one_word_are_found_both_ways() -> None:
    index = _index()
    assert 4 in [each.name for each in index.search(parse_name("Okvale Tamsin"), 1_000)]
    assert 0 in [each.name for each in NameIndex([parse_name("Okvale Tamsin")]).search(parse_name(NAMES[4]), 1_000)]


def test_an_index_of_nothing_finds_nothing() -> None:
    assert NameIndex([]).search(parse_name("Tamsin Okvale"), 1) == []
    assert _index().search(parse_name("😀"), 1) == []
    assert len(NameIndex([])) == 0
