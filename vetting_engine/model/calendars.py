"""Calendars in which birth dates arrive, turned into Gregorian days by integer arithmetic.

Sources: E. M. Reingold and N. Dershowitz, *Calendrical Calculations*, 4th ed. (2018), chapters 4 (Coptic and
Ethiopic) and 7 (Islamic, the arithmetical calendar with leap years 2, 5, 7, 10, 13, 16, 18, 21, 24, 26 and 29 of
each cycle of thirty). The Solar Hijri calendar of Iran and Afghanistan is astronomical; the 33-year rule used here
(leap years 1, 5, 9, 13, 17, 22, 26 and 30 of each cycle) agrees with the equinoxes from 1210 to 1634
(K. M. Borkowski, *The Persian Calendar for 3000 Years*, Earth, Moon, and Planets 74, 1996), and no other year is read.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from vetting_engine.model.dates import Calendar

__all__ = ["ISLAMIC_TOLERANCE_DAYS", "from_gregorian", "month_length", "months_in_year", "to_gregorian"]

#: Months that begin when the moon is seen differ from the arithmetical ones by a day either way.
ISLAMIC_TOLERANCE_DAYS = 1

#: Day before 1 Mäskäräm 1 (29 August 8, Julian), as ``date.toordinal`` counts.
_ETHIOPIAN_EPOCH = 2795
#: Day before 1 Muḥarram 1 (16 July 622, Julian).
_ISLAMIC_EPOCH = 227014
#: 1 Farvardīn 1400 was 21 March 2021.
_SOLAR_ANCHOR_YEAR = 1400
_SOLAR_ANCHOR = date(2021, 3, 21).toordinal()
_SOLAR_LONG_MONTHS = 6
_LAST_MONTH = 12
_PAGUME = 13


@dataclass(frozen=True, slots=True)
class _Rules:
    """One calendar: the years it is read for, its months, and the days before a year (any fixed zero)."""

    first_year: int
    last_year: int
    months: int
    month_length: Callable[[int, int], int]
    day_before_year: Callable[[int], int]


def to_gregorian(calendar: Calendar, year: int, month: int, day: int) -> date:
    """The Gregorian day of a date; for the Islamic calendar it may be off by ``ISLAMIC_TOLERANCE_DAYS``.

    Raises:
        ValueError: there is no such date, or the year lies outside what the calendar is read for.
    """
    rules = _rules(calendar, year)
    if not 1 <= day <= month_length(calendar, year, month):
        raise ValueError("no such day")
    before = sum(rules.month_length(year, earlier) for earlier in range(1, month))
    return date.fromordinal(rules.day_before_year(year) + before + day)


def from_gregorian(calendar: Calendar, day: date) -> tuple[int, int, int]:
    """Year, month and day of a Gregorian day in another calendar; raises ValueError outside its years."""
    rules = _RULES[calendar]
    ordinal = day.toordinal()
    # A year has at most 366 days, so this starts at or before the year sought, by at most a few years' drift.
    low, high = rules.first_year, rules.last_year
    if not rules.day_before_year(low) < ordinal <= rules.day_before_year(high + 1):
        raise ValueError("outside the years the calendar is read for")
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if rules.day_before_year(middle) < ordinal else (low, middle - 1)
    rest = ordinal - rules.day_before_year(low)
    month = 1
    while rest > rules.month_length(low, month):
        rest -= rules.month_length(low, month)
        month += 1
    return low, month, rest


def months_in_year(calendar: Calendar) -> int:
    """Thirteen in the Ethiopian calendar, twelve elsewhere."""
    return _RULES[calendar].months


def month_length(calendar: Calendar, year: int, month: int) -> int:
    """Days of a month; raises ValueError for a month or year there is not."""
    rules = _rules(calendar, year)
    if not 1 <= month <= rules.months:
        raise ValueError("no such month")
    return rules.month_length(year, month)


def _rules(calendar: Calendar, year: int) -> _Rules:
    rules = _RULES.get(calendar)
    if rules is None or not rules.first_year <= year <= rules.last_year:
        raise ValueError("outside the years the calendar is read for")
    return rules


def _gregorian_month(year: int, month: int) -> int:
    begin = date(year, month, 1).toordinal()
    end = date(year + month // 12, month % 12 + 1, 1).toordinal()
    return end - begin


def _gregorian_year(year: int) -> int:
    return date(year, 1, 1).toordinal() - 1


def _ethiopian_month(year: int, month: int) -> int:
    if month < _PAGUME:
        return 30
    return 6 if year % 4 == 3 else 5  # noqa: PLR2004  # the third of every four years is long


def _ethiopian_year(year: int) -> int:
    return _ETHIOPIAN_EPOCH + 365 * (year - 1) + year // 4


def _islamic_month(year: int, month: int) -> int:
    if month == _LAST_MONTH:
        return 29 + ((14 + 11 * year) % 30 < 11)  # noqa: PLR2004  # 11 long years in 30
    return 29 + month % 2


def _islamic_year(year: int) -> int:
    return _ISLAMIC_EPOCH + 354 * (year - 1) + (3 + 11 * year) // 30


def _solar_month(year: int, month: int) -> int:
    if month == _LAST_MONTH:
        return _solar_year(year + 1) - _solar_year(year) - 336
    return 31 if month <= _SOLAR_LONG_MONTHS else 30


def _solar_year(year: int) -> int:
    long_years = (8 * year + 21) // 33 - (8 * _SOLAR_ANCHOR_YEAR + 21) // 33
    return _SOLAR_ANCHOR - 1 + 365 * (year - _SOLAR_ANCHOR_YEAR) + long_years


_RULES = MappingProxyType(
    {
        Calendar.GREGORIAN: _Rules(1800, 2200, 12, _gregorian_month, _gregorian_year),
        Calendar.ETHIOPIAN: _Rules(1800, 2200, 13, _ethiopian_month, _ethiopian_year),
        Calendar.ISLAMIC: _Rules(1200, 1600, 12, _islamic_month, _islamic_year),
        Calendar.SOLAR_HIJRI: _Rules(1210, 1630, 12, _solar_month, _solar_year),
    }
)
