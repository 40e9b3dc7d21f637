"""Small cells and their complements."""

from __future__ import annotations

from vetting_engine.cohort import mark, shown
from vetting_engine.cohort.suppress import hide
from vetting_engine.model.cohort import CellMeasure


def _cell(value: str, pool: int, eligible: int, selected: int, feature: str = "gender") -> CellMeasure:
    return CellMeasure(
        feature=feature,
        value=value,
        pool=pool,
        eligible=eligible,
        selected=selected,
        undisclosed=0,
        share_low=0,
        share_high=0,
    )


def test_large_cells_and_empty_ones_are_shown() -> None:
    assert hide({"a": 5, "b": 0, "c": 400}) == frozenset()


def test_a_single_small_cell_takes_the_next_smallest_with_it() -> None:
    assert hide({"a": 3, "b": 9, "c": 40, "d": 0}) == {"a", "b"}


def test_hidden_cells_hold_five_people_together_or_all_are_hidden() -> None:
    assert hide({"a": 1, "b": 2, "c": 6, "d": 30}) == {"a", "b", "c"}
    assert hide({"a": 1, "b": 2}) == {"a", "b"}
    assert hide({"a": 4, "b": 0}) == {"a", "b"}


def test_equal_cells_are_chosen_by_name() -> None:
    assert hide({"z": 2, "m": 8, "b": 8}) == {"z", "b"}


def test_a_count_is_hidden_where_its_difference_would_name_those_stopped() -> None:
    seen = shown((_cell("woman", 20, 18, 10), _cell("man", 30, 20, 10)))
    assert [cell.pool for cell in seen] == [20, 30]
    assert [cell.eligible for cell in seen] == [None, None]


def test_features_are_suppressed_on_their_own() -> None:
    seen = shown(
        (
            _cell("woman", 20, 20, 10),
            _cell("man", 30, 30, 10),
            _cell("18-59", 48, 48, 18, "age"),
            _cell("60+", 2, 2, 2, "age"),
        )
    )
    assert [cell.pool for cell in seen] == [20, 30, None, None]


def test_marks_say_which_cells_lose_a_count() -> None:
    marked = mark((_cell("woman", 20, 20, 10), _cell("man", 30, 30, 3), _cell("other", 25, 25, 9)))
    assert [cell.suppressed for cell in marked] == [False, True, True]
    assert [cell.selected for cell in marked] == [10, 3, 9]
