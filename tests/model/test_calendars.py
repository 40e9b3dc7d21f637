"""Calendars: known correspondences, month lengths, refusal of what there is not."""

from datetime import date
from typing import Any

import pytest
from reference.borkowski import nowruz

from vetting_engine.model.calendars import from_gregorian, month_length, months_in_year, to_gregorian
from vetting_engine.model.dates import Calendar


@pytest.mark.parametrize(
    ("calendar", "year", "month", "day", "expected"),
    [
        (Calendar.ETHIOPIAN, 1985, 13, 5, date(1993, 9, 10)),
        (Calendar.ETHIOPIAN, 2000, 1, 1, date(2007, 9, 12)),  # the Ethiopian millennium
        (Calendar.ETHIOPIAN, 1999, 13, 6, date(2007, 9, 11)),  # Pagume of a long year
        (Calendar.SOLAR_HIJRI, 1350, 10, 11, date(1972, 1, 1)),
        (Calendar.SOLAR_HIJRI, 1399, 12, 30, date(2021, 3, 20)),  # the last day of a long year
        (Calendar.SOLAR_HIJRI, 1404, 1, 1, date(2025, 3, 21)),
        (Calendar.ISLAMIC, 1400, 1, 1, date(1979, 11, 21)),
        (Calendar.GREGORIAN, 2000, 2, 29, date(2000, 2, 29)),
    ],
)
def test_known_days(calendar: Calendar, year: int, month: int, day: Any, expected: Any) -> None:
    assert to_gregorian(calendar, year, month, day) == expected
    assert from_gregorian(calendar, expected) == (year, month, day)


def test_solar_new_year_as_borkowski_has_it() -> None:
    for year in range(1210, 1630):
        assert to_gregorian(Calendar.SOLAR_HIJRI, year, 1, 1) == nowruz(year), year


@pytest.mark.parametrize(
    ("calendar", "year", "month", "day"),
    [
        (Calendar.ETHIOPIAN, 1985, 13, 6),  # 1985 is not long
        (Calendar.ETHIOPIAN, 1985, 14, 1),
        (Calendar.ETHIOPIAN, 1985, 1, 31),
        (Calendar.SOLAR_HIJRI, 1400, 12, 30),  # 1400 is not long
        (Calendar.SOLAR_HIJRI, 1400, 7, 31),
        (Calendar.SOLAR_HIJRI, 1700, 1, 1),
        (Calendar.ISLAMIC, 1400, 2, 30),
        (Calendar.ISLAMIC, 1400, 13, 1),
        (Calendar.GREGORIAN, 2001, 2, 29),
        (Calendar.GREGORIAN, 2001, 0, 1),
        (Calendar.UNDECLARED, 2001, 1, 1),
    ],
)
def test_no_such_day(calendar: Calendar, year: int, month: int, day: Any) -> None:
    with pytest.raises(ValueError, match=r"no such|outside"):
        to_gregorian(calendar, year, month, day)


def test_outside_the_years_read() -> None:
    with pytest.raises(ValueError, match="outside"):
        from_gregorian(Calendar.SOLAR_HIJRI, date(1700, 1, 1))


def test_thirteen_months_are_ethiopian() -> None:
    assert [months_in_year(calendar) for calendar in (Calendar.ETHIOPIAN, Calendar.ISLAMIC)] == [13, 12]
    assert [month_length(Calendar.ETHIOPIAN, year, 13) for year in (1984, 1985, 1986, 1987)] == [5, 5, 5, 6]
