"""Rules as nouns: on which days they weigh."""

from __future__ import annotations

from datetime import date, timedelta

import make
import pytest

from vetting_engine.model.ruleset import Approval, RuleState

FIRST, LAST = date(2026, 3, 1), date(2026, 3, 31)
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("dates", "as_of", "within"),
    [
        ({}, FIRST, True),
        ({"valid_from": FIRST}, FIRST - DAY, False),
        ({"valid_from": FIRST}, FIRST, True),
        ({"valid_to": LAST}, LAST, True),
        ({"valid_to": LAST}, LAST + DAY, False),
        ({"valid_from": FIRST, "valid_to": LAST, "review_by": FIRST}, LAST, True),  # a late review ends nothing
    ],
)
def test_a_rule_weighs_from_its_first_day_to_its_last_unless_it_is_an_experiment(
    dates: dict[str, date], as_of: date, within: bool
) -> None:
    assert make.rule(**dates).in_days(as_of) is within
    assert make.rule(**dates).in_force(as_of) is within
    experiment = make.rule(status=RuleState.EXPERIMENTAL, **dates)
    assert experiment.in_days(as_of) is within
    assert not experiment.in_force(as_of)


@pytest.mark.parametrize(
    ("as_of", "holds"), [(FIRST - DAY, False), (FIRST, True), (LAST, True), (LAST + DAY, False)]
)  # fmt: skip
def test_an_approval_holds_from_its_first_day_to_its_last(as_of: date, *, holds: bool) -> None:
    approval = Approval(
        digest=make.digest("pack"), approvers=("A. Mbeki", "B. Sorel"), office="Test", valid_from=FIRST, valid_to=LAST
    )
    assert approval.in_force(as_of) is holds
