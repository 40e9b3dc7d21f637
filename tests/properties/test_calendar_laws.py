"""Laws of the calendars: there and back again, and a later day is later in every calendar."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vetting_engine.model.calendars import from_gregorian, month_length, months_in_year, to_gregorian
from vetting_engine.model.date_parsing import parse_date
from vetting_engine.model.dates import Calendar, Precision

CALENDARS = [Calendar.GREGORIAN, Calendar.ETHIOPIAN, Calendar.ISLAMIC, Calendar.SOLAR_HIJRI]
DAYS = st.dates(min_value=date(1850, 1, 1), max_value=date(2095, 12, 31))


@pytest.mark.parametrize("calendar", CALENDARS)
@given(day=DAYS)
def test_there_and_back(calendar: Calendar, day: Any) -> None:
    assert to_gregorian(calendar, *from_gregorian(calendar, day)) == day


@pytest.mark.parametrize("calendar", CALENDARS)
@given(day=DAYS, later=st.integers(min_value=1, max_value=100_000))
def test_later_stays_later(calendar: Calendar, day: Any, later: int) -> None:
    after = day + timedelta(days=later % 20_000 + 1)
    assert from_gregorian(calendar, day) < from_gregorian(calendar, min(after, date(2200, 1, 1)))


@pytest.mark.parametrize("calendar", CALENDARS)
@given(day=DAYS)
def test_every_day_of_a_month_is_in_it(calendar: Calendar, day: Any) -> None:
    year, month, of_month = from_gregorian(calendar, day)
    assert 1 <= month <= months_in_year(calendar)
    assert 1 <= of_month <= month_length(calendar, year, month)


@pytest.mark.parametrize("calendar", CALENDARS)
@given(day=st.dates(min_value=date(1900, 1, 1), max_value=date(2050, 12, 31)))
def test_a_declared_date_is_read_as_the_day_it_was(calendar: Calendar, day: Any) -> None:
    year, month, of_month = from_gregorian(calendar, day)
    read = parse_date(f"{year}-{month:02}-{of_month:02}", calendar)
    assert read.precision is Precision.DAY
    assert read.calendar is calendar
    (span,) = read.readings
    slack = timedelta(days=1 if calendar is Calendar.ISLAMIC else 0)
    assert (span.earliest, span.latest) == (day - slack, day + slack)


@given(day=st.dates(min_value=date(1900, 1, 1), max_value=date(2050, 12, 31)))
def test_the_true_day_is_always_among_the_readings_of_an_undeclared_date(day: Any) -> None:
    read = parse_date(f"{day.day}/{day.month}/{day.year}")
    assert any(span.earliest <= day <= span.latest for span in read.readings)
    month_first = parse_date(f"{day.month}/{day.day}/{day.year}")
    assert any(span.earliest <= day <= span.latest for span in month_first.readings)


@given(text=st.text(max_size=60))
def test_any_text_is_kept_and_nothing_raises(text: str) -> None:
    read = parse_date(text)
    assert read.verbatim == " ".join(text.split())[:300]
    assert list(read.readings) == sorted(read.readings, key=lambda span: (span.earliest, span.latest))


@given(
    text=st.text(alphabet="0123456789/-. abcdefjmnoprstuy()?,", max_size=24),
    calendar=st.sampled_from([None, *Calendar]),
)
def test_texts_that_look_like_dates_never_raise(text: str, calendar: Calendar) -> None:
    parse_date(text, calendar, reference=date(2026, 1, 1))
