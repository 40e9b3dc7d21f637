"""What parts reach: the sorting behind it."""

from __future__ import annotations

import numpy as np
import pytest

from vetting_engine.names._keys import in_order


@pytest.mark.parametrize("limit", [10, 1 << 62])
def test_values_are_sorted_and_equals_keep_their_order(limit: int) -> None:
    values = np.array([7, 3, 9, 3, 0, 7, 3], np.int64)
    ordered, places = in_order(values, limit)
    assert ordered.tolist() == [0, 3, 3, 3, 7, 7, 9]
    assert places.tolist() == [4, 1, 3, 6, 0, 5, 2]


def test_nothing_sorts_to_nothing() -> None:
    ordered, places = in_order(np.empty(0, np.int64), 0)
    assert len(ordered) == len(places) == 0
