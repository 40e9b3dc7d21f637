"""Birth dates: graded by how nearly they agree; what speaks against leaves little of a name."""

from __future__ import annotations

import make
import numpy as np
import pytest

from vetting_engine.model.date_parsing import parse_date
from vetting_engine.model.dates import Calendar
from vetting_engine.model.evidence import PartWeight
from vetting_engine.names import births


def _born(ours: str, *theirs: str) -> tuple[str, int]:
    found = births.birth_date(parse_date(ours), [parse_date(each) for each in theirs])
    assert found is not None
    return found.code, found.centibits


@pytest.mark.parametrize(
    ("ours", "theirs", "code"),
    [
        ("1971-03-14", "1971-03-14", "same_day"),
        ("1971-03-04", "1971-04-03", "day_month_swapped"),
        ("1971-03-14", "1971-03-20", "same_month"),
        ("1971-03-14", "1971", "same_year"),
        ("1971-03-14", "1971-09-20", "same_year_other_day"),
        ("1971-01-01", "1971", "placeholder"),
        ("1971-01-01", "1971-06-02", "placeholder"),
        ("1971", "1972", "years_differ"),
        ("1971", "circa 1972", "within_range"),
        ("1971", "1940", "years_differ"),
    ],
)
def test_birth_dates_are_graded(ours: str, theirs: str, code: str) -> None:
    assert _born(ours, theirs)[0] == code


def test_the_further_the_years_the_less() -> None:
    weights = [_born("1971-05-05", f"{1971 + years}-05-05")[1] for years in range(40)]
    assert weights == sorted(weights, reverse=True)
    assert weights[0] > 0 > weights[1] > weights[3]


def test_the_best_of_several_dates_counts() -> None:
    assert _born("1971-03-14", "1940", "1971-03-14", "1980")[0] == "same_day"


def test_an_ethiopian_date_agrees_with_its_gregorian_day() -> None:
    declared = parse_date("05/13/1985", Calendar.ETHIOPIAN)
    found = births.birth_date(declared, [parse_date("1993-09-10")])
    assert found is not None
    assert found.code == "same_day"


def test_an_ambiguous_date_says_so() -> None:
    found = births.birth_date(parse_date("05/06/1985"), [parse_date("1985-06-05")])
    assert found is not None
    assert found.params["ambiguous"] is True


@pytest.mark.parametrize("theirs", [(), ("long ago",)])
def test_what_is_not_said_weighs_nothing(theirs: tuple[str, ...]) -> None:
    assert births.birth_date(parse_date("1971"), [parse_date(each) for each in theirs]) is None
    assert births.birth_date(None, [parse_date("1971")]) is None


@pytest.mark.parametrize(
    ("written", "calendar", "day"),
    [("05/13/1985", Calendar.ETHIOPIAN, "1993-09-10"), ("1350/10/11", Calendar.SOLAR_HIJRI, "1972-01-01")],
)
def test_dates_of_other_calendars_agree_where_the_calendar_is_declared(
    written: str, calendar: Calendar, day: str
) -> None:
    (reading,) = parse_date(written, calendar).readings
    assert reading.earliest.isoformat() == reading.latest.isoformat() == day


def test_an_undeclared_ethiopian_date_is_never_the_thirteenth_of_may() -> None:
    found = parse_date("05/13/1985")
    assert found.is_ambiguous
    assert births.birth_date(found, [parse_date("1993-09-10")]).centibits > 0  # type: ignore[union-attr]


def _against(centibits: int) -> tuple[PartWeight, ...]:
    return (PartWeight(part="birth_date", code="years_differ", centibits=centibits),)


def test_a_whole_name_counts_for_less_beside_another_birth_date() -> None:
    shared = births.whole_name_shared(4_700, _against(-1_600))
    assert shared is not None
    assert shared.centibits == births.MOST_BESIDE_OTHER_BIRTH - 4_700
    assert births.whole_name_shared(2_900, _against(-1_600)) is None
    assert births.whole_name_shared(4_700, _against(-100)) is None
    assert births.whole_name_shared(4_700, ()) is None


@pytest.mark.parametrize("name", [1_000, 2_999, 3_001, 5_200])
def test_nothing_left_of_a_name_grows_with_the_distance(name: int) -> None:
    left = []
    for years in range(40):
        found = births.birth_date(parse_date("1971-05-05"), [parse_date(f"{1971 + years}-05-05")])
        assert found is not None
        shared = births.whole_name_shared(name, (found,))
        left.append(name + found.centibits + (shared.centibits if shared else 0))
    assert left == sorted(left, reverse=True)


def test_four_years_off_never_reach_review_whatever_the_name() -> None:
    found = births.birth_date(parse_date("1971-05-05"), [parse_date("1975-05-05")])
    assert found is not None
    assert births.MOST_BESIDE_OTHER_BIRTH + found.centibits < 1_500


def test_the_bound_by_years_is_never_below_the_evidence() -> None:
    entries = [
        make.listed(birth_dates=(parse_date(each),)) for each in ("1950", "1971-01-01", "circa 1975", "1960 to 1990")
    ]
    years = births.BirthYears([*entries, make.listed()])
    dates = [parse_date(each) for each in ("1949", "1971-01-01", "1971-06-30", "circa 1980", "2001-02-03")]
    most = years.most([*dates, None])
    numbers = np.arange(len(entries) + 1, dtype=np.int32)
    for place, ours in enumerate(dates):
        bounds = most(np.full(len(numbers), place, np.int32), numbers)
        assert bounds[-1] == 0
        for entry, bound in zip(entries, bounds, strict=False):
            found = births.birth_date(ours, entry.birth_dates)
            assert found is not None
            assert found.centibits <= bound
    assert not most(np.full(len(numbers), len(dates), np.int32), numbers).any()
