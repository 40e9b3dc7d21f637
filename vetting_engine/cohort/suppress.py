"""Small cells are hidden from everyone outside the team, and enough others that they cannot be worked out.

A count of one to four people beside a small community can name them, so such cells carry no count. Since
totals are published, hiding one cell alone hides nothing: a second one goes too, until those hidden hold at
least :data:`SMALLEST` people together. The same holds for what two shown counts differ by: "20 in the pool, 18
eligible" says that two people of that group were stopped.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Final

from vetting_engine.model.base import Noun
from vetting_engine.model.cohort import CellMeasure

__all__ = ["SMALLEST", "ShownCell", "hide", "mark", "shown"]

#: In 20,771 published UNHCR population rows no cell holds 1 to 4 people.
SMALLEST: Final = 5

#: One hidden cell is total minus the rest.
_LEAST_HIDDEN = 2


class ShownCell(Noun):
    """A cell as people outside the team may see it; None = hidden. No share, quota or verdict is shown with it,
    since they would give the count away.
    """

    feature: str
    value: str
    pool: int | None
    eligible: int | None
    selected: int | None


def hide(counts: Mapping[str, int], smallest: int = SMALLEST, already: frozenset[str] = frozenset()) -> frozenset[str]:
    """Which cells of one column must be hidden when the column's total is known.

    Args:
        counts: people per cell.
        smallest: cells of 1 to ``smallest`` - 1 people are hidden; zero is shown.
        already: cells hidden for another reason.

    Returns:
        The names of the cells to hide: none, or at least two holding ``smallest`` people together, or all.
    """
    hidden = {name for name, count in counts.items() if 0 < count < smallest} | (already & counts.keys())
    if not hidden:
        return frozenset()
    # The smallest cells that hold somebody go first: they cost the reader least.
    spare = sorted(counts.keys() - hidden, key=lambda name: (counts[name] == 0, counts[name], name))
    while spare and (len(hidden) < _LEAST_HIDDEN or sum(counts[name] for name in hidden) < smallest):
        hidden.add(spare.pop(0))
    return frozenset(hidden)


def shown(cells: Sequence[CellMeasure], smallest: int = SMALLEST) -> tuple[ShownCell, ...]:
    """The cells as they may be shown outside the team, in the same order.

    A stage's count is hidden where it, or its difference from a stage shown beside it, is small; complementary
    cells are hidden per feature and stage.
    """
    found: list[ShownCell] = []
    for _, members in groupby(cells, key=lambda cell: cell.feature):
        found += _shown_feature(tuple(members), smallest)
    return tuple(found)


def mark(cells: Sequence[CellMeasure], smallest: int = SMALLEST) -> tuple[CellMeasure, ...]:
    """The cells with ``suppressed`` set where any of their counts is hidden outside the team."""
    return tuple(
        cell.model_copy(update={"suppressed": None in (seen.pool, seen.eligible, seen.selected)})
        for cell, seen in zip(cells, shown(cells, smallest), strict=True)
    )


def _shown_feature(cells: Sequence[CellMeasure], smallest: int) -> list[ShownCell]:
    pool = {cell.value: cell.pool for cell in cells}
    eligible = {cell.value: cell.eligible for cell in cells}
    selected = {cell.value: cell.selected for cell in cells}
    hidden_pool = hide(pool, smallest)
    hidden_eligible = _hide_beside(eligible, (pool,), hidden_pool, smallest)
    hidden_selected = _hide_beside(selected, (pool, eligible), hidden_eligible, smallest)
    return [
        ShownCell(
            feature=cell.feature,
            value=cell.value,
            pool=None if cell.value in hidden_pool else cell.pool,
            eligible=None if cell.value in hidden_eligible else cell.eligible,
            selected=None if cell.value in hidden_selected else cell.selected,
        )
        for cell in cells
    ]


def _hide_beside(
    counts: Mapping[str, int], wider: Sequence[Mapping[str, int]], already: frozenset[str], smallest: int
) -> frozenset[str]:
    """Hide a stage's small cells and those whose difference from a wider stage is small, with complements."""
    hidden = already
    for stage in wider:
        hidden |= hide({name: stage[name] - count for name, count in counts.items()}, smallest)
    return hide(counts, smallest, hidden)
