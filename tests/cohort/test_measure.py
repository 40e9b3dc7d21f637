"""Counts, bounds and verdicts."""

from __future__ import annotations

from collections import Counter

import pytest

from vetting_engine.cohort import UNDISCLOSED, Stages, measure_cells, measure_feature, reach
from vetting_engine.cohort.measure import chance_bounds, judge, share_bounds
from vetting_engine.model.cohort import Quota, Verdict


def _quota(minimum: int = 0, maximum: int | None = None) -> Quota:
    return Quota(feature="gender", value="woman", minimum=minimum, maximum=maximum)


@pytest.mark.parametrize(
    ("count", "undisclosed", "quota", "verdict"),
    [
        (5, 0, _quota(minimum=5), Verdict.MET),
        (4, 0, _quota(minimum=5), Verdict.NOT_MET),
        (4, 1, _quota(minimum=5), Verdict.INDETERMINATE),
        (3, 1, _quota(minimum=5), Verdict.NOT_MET),
        (5, 0, _quota(maximum=5), Verdict.MET),
        (5, 1, _quota(maximum=5), Verdict.INDETERMINATE),
        (6, 9, _quota(maximum=5), Verdict.NOT_MET),
        (5, 2, _quota(minimum=4, maximum=6), Verdict.INDETERMINATE),
        (0, 0, _quota(), Verdict.MET),
    ],
)
def test_the_undisclosed_count_toward_no_minimum_and_break_none(
    count: int, undisclosed: int, quota: Quota, verdict: Verdict
) -> None:
    assert judge(count, undisclosed, quota) is verdict


def test_undisclosed_answers_widen_the_share_instead_of_being_dropped() -> None:
    assert share_bounds(5, 3, 15) == (3333, 5333)  # dropping them would say 4167
    assert share_bounds(0, 0, 0) == (0, 0)


def _stages() -> Stages:
    pool = ["woman"] * 10 + ["man"] * 14 + [UNDISCLOSED] * 6
    eligible = ["woman"] * 8 + ["man"] * 13 + [UNDISCLOSED] * 6
    selected = ["woman"] * 5 + ["man"] * 7 + [UNDISCLOSED] * 3
    return Stages.of(pool, eligible, selected)


def test_cells_count_each_stage_and_judge_the_quota() -> None:
    woman, man, other = measure_cells("gender", ("woman", "man", "other"), _stages(), {"woman": _quota(minimum=6)})
    assert (woman.pool, woman.eligible, woman.selected, woman.undisclosed) == (10, 8, 5, 3)
    assert (woman.share_low, woman.share_high) == (3333, 5333)
    assert woman.interval_low is not None
    assert woman.interval_high is not None
    assert woman.interval_low < woman.share_low < woman.share_high < woman.interval_high
    assert woman.verdict is Verdict.INDETERMINATE
    assert man.verdict is None
    assert (other.pool, other.eligible, other.selected) == (0, 0, 0)


def test_chances_are_bounds_over_every_way_the_silent_could_have_answered() -> None:
    stages = _stages()
    bounds = chance_bounds("woman", stages.pool, stages.selected)
    assert bounds is not None
    assert 0 < bounds[0] <= bounds[1] <= 10_000
    told = chance_bounds("woman", Counter(woman=10, man=20), Counter(woman=5, man=10))
    assert told is not None
    assert told[0] == told[1]


def test_too_many_silent_people_leave_the_chance_open() -> None:
    pool: Counter[str | None] = Counter({UNDISCLOSED: 400, "woman": 1})
    drawn: Counter[str | None] = Counter({UNDISCLOSED: 200})
    assert chance_bounds("woman", pool, drawn) is None


def test_a_feature_is_weighed_as_a_whole_against_pool_and_reference() -> None:
    stages = Stages.of(["a"] * 6 + ["b"] * 6, ["a"] * 6 + ["b"] * 6, ["a"] * 6)
    feature = measure_feature("f", ("a", "b"), stages, {"a": 1, "b": 1})
    assert feature.chance_low == feature.chance_high == 22  # 2 of C(12, 6) = 924 draws
    assert feature.reference_low == feature.reference_high == 313  # 2 of 2^6 = 64 outcomes
    assert measure_feature("f", ("a", "b"), stages).reference_low is None


def test_silence_widens_the_feature_chance_too() -> None:
    silent: list[str | None] = [UNDISCLOSED]
    stages = Stages.of(["a"] * 5 + ["b"] * 6 + silent, ["a"] * 5 + ["b"] * 6 + silent, ["a"] * 5 + silent)
    feature = measure_feature("f", ("a", "b"), stages)
    assert feature.chance_low is not None
    assert feature.chance_high is not None
    assert feature.chance_low < feature.chance_high


def test_each_stage_must_be_part_of_the_one_before() -> None:
    with pytest.raises(ValueError, match="part of the one before"):
        Stages.of(["a"], ["a", "a"], [])


def test_an_empty_cohort_is_measured_without_complaint() -> None:
    nobody: list[str] = []
    (cell,) = measure_cells("gender", ("woman",), Stages.of(nobody, nobody, nobody), {"woman": _quota(minimum=1)})
    assert cell.verdict is Verdict.NOT_MET
    assert (cell.share_low, cell.share_high, cell.interval_high) == (0, 0, 10_000)


def test_reach_names_wanted_groups_nobody_reaches_and_counts_a_person_once() -> None:
    measures = reach([["youth", "youth", "elders"], ["youth"]], ("deaf_community", "youth"))
    assert [(measure.group, measure.reached_by) for measure in measures] == [
        ("deaf_community", 0),
        ("youth", 2),
        ("elders", 1),
    ]
