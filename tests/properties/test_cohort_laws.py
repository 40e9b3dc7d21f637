"""Laws of counting and hiding."""

from __future__ import annotations

from itertools import groupby

from hypothesis import given
from hypothesis import strategies as st

from vetting_engine.cohort import UNDISCLOSED, Stages, measure_cells, shown
from vetting_engine.cohort.exact import hypergeometric_chance, multinomial_chance, multivariate_chance, wilson
from vetting_engine.cohort.measure import chance_bounds, judge
from vetting_engine.cohort.suppress import SMALLEST, hide
from vetting_engine.model.cohort import CellMeasure, Quota, Verdict

counts = st.integers(min_value=0, max_value=40)
columns = st.dictionaries(st.sampled_from("abcdefgh"), counts, max_size=8)
answers = st.lists(st.sampled_from(["a", "b", UNDISCLOSED]), max_size=14)


@given(columns)
def test_no_small_cell_is_ever_shown_and_no_hidden_one_can_be_subtracted(column: dict[str, int]) -> None:
    hidden = hide(column)
    assert all(column[name] == 0 or column[name] >= SMALLEST for name in column.keys() - hidden)
    together = sum(column[name] for name in hidden)
    assert not hidden or hidden == column.keys() or (len(hidden) > 1 and together >= SMALLEST)


@st.composite
def _cells(draw: st.DrawFn) -> tuple[CellMeasure, ...]:
    cells = []
    for feature in ("age", "gender"):
        for value in draw(st.lists(st.sampled_from("abcde"), unique=True, max_size=5)):
            pool = draw(counts)
            eligible = draw(st.integers(min_value=0, max_value=pool))
            selected = draw(st.integers(min_value=0, max_value=eligible))
            cells.append(
                CellMeasure(
                    feature=feature,
                    value=value,
                    pool=pool,
                    eligible=eligible,
                    selected=selected,
                    undisclosed=0,
                    share_low=0,
                    share_high=0,
                )
            )
    return tuple(cells)


@given(_cells())
def test_neither_a_shown_count_nor_a_shown_difference_is_small(cells: tuple[CellMeasure, ...]) -> None:
    seen = shown(cells)
    for cell in seen:
        stages = [count for count in (cell.pool, cell.eligible, cell.selected) if count is not None]
        differences = [wide - narrow for at, wide in enumerate(stages) for narrow in stages[at + 1 :]]
        assert all(count == 0 or count >= SMALLEST for count in stages + differences)
    for _, members in groupby(seen, key=lambda cell: cell.feature):
        column = list(members)
        for stage in ("pool", "eligible", "selected"):
            hidden = [cell for cell in column if getattr(cell, stage) is None]
            assert len(hidden) != 1 or len(column) == 1


@given(counts, counts, st.integers(0, 30), st.one_of(st.none(), st.integers(30, 60)))
def test_a_verdict_holds_for_every_answer_the_silent_could_give(
    count: int, silent: int, minimum: int, maximum: int | None
) -> None:
    quota = Quota(feature="f", value="v", minimum=minimum, maximum=maximum)

    def holds(size: int) -> bool:
        return size >= minimum and (maximum is None or size <= maximum)

    outcomes = {holds(count + more) for more in range(silent + 1)}
    expected = {
        frozenset({True}): Verdict.MET,
        frozenset({False}): Verdict.NOT_MET,
        frozenset({True, False}): Verdict.INDETERMINATE,
    }
    assert judge(count, silent, quota) is expected[frozenset(outcomes)]


@given(answers, st.data())
def test_counts_do_not_depend_on_the_order_people_come_in(pool: list[str | None], data: st.DataObject) -> None:
    shuffled = data.draw(st.permutations(pool))
    first = measure_cells("f", ("a", "b"), Stages.of(pool, pool, pool), {})
    assert first == measure_cells("f", ("a", "b"), Stages.of(shuffled, shuffled, shuffled), {})


@given(answers, st.data())
def test_disclosing_only_narrows_the_chance(pool: list[str | None], data: st.DataObject) -> None:
    size = data.draw(st.integers(0, len(pool)))
    before = Stages.of(pool, pool, pool[:size])
    told = ["a" if answer is UNDISCLOSED else answer for answer in pool]
    after = Stages.of(told, told, told[:size])
    wide, narrow = chance_bounds("a", before.pool, before.selected), chance_bounds("a", after.pool, after.selected)
    assert wide is not None
    assert narrow is not None
    assert wide[0] <= narrow[0] == narrow[1] <= wide[1]


@given(st.lists(st.integers(0, 5), min_size=1, max_size=4), st.data())
def test_chances_lie_between_nothing_and_certainty(held: list[int], data: st.DataObject) -> None:
    pool = [count + data.draw(st.integers(0, 6)) for count in held]
    by_lot = multivariate_chance(held, pool)
    assert by_lot is not None
    assert 0 < by_lot <= 1
    beside = multinomial_chance(held, [1 + count for count in pool])
    assert beside is not None
    assert 0 < beside <= 1


@given(st.integers(0, 12), st.integers(0, 12), st.integers(0, 12))
def test_the_chances_of_a_draw_are_symmetric_in_group_and_draw(drawn: int, more_group: int, more_size: int) -> None:
    group, size = drawn + more_group, drawn + more_size
    pool = group + size
    assert hypergeometric_chance(drawn, group, size, pool) == hypergeometric_chance(drawn, size, group, pool)


@given(st.integers(0, 60), st.integers(0, 60))
def test_an_interval_holds_its_share(count: int, more: int) -> None:
    size = count + more
    low, high = wilson(count, size)
    assert 0 <= low <= high <= 10_000
    if size:
        assert low <= 10_000 * count // size + 1
        assert high >= 10_000 * count // size
