"""Dates as people write them."""

from datetime import date
from typing import Any

import pytest

from vetting_engine.model.date_parsing import is_impossible, parse_date
from vetting_engine.model.dates import Calendar, Precision

DAY, MONTH, YEAR = Precision.DAY, Precision.MONTH, Precision.YEAR
RANGE, APPROXIMATE = Precision.RANGE, Precision.APPROXIMATE


def spans(read: Any) -> list[str]:
    return [
        str(span.earliest) if span.earliest == span.latest else f"{span.earliest}..{span.latest}"
        for span in read.readings
    ]


@pytest.mark.parametrize(
    ("text", "precision", "expected"),
    [
        ("1985-05-03", DAY, ["1985-05-03"]),
        ("1985-5-3", DAY, ["1985-05-03"]),
        ("1985/05/03", DAY, ["1985-05-03"]),
        ("1985-05-13T10:00:00.000+03:00", DAY, ["1985-05-13"]),
        ("1985-05-13-04:00", DAY, ["1985-05-13"]),
        ("1971", YEAR, ["1971-01-01..1971-12-31"]),
        ("1972-03", MONTH, ["1972-03-01..1972-03-31"]),
        ("03/1972", MONTH, ["1972-03-01..1972-03-31"]),
        ("00/00/1965", YEAR, ["1965-01-01..1965-12-31"]),
        ("1965-00-00", YEAR, ["1965-01-01..1965-12-31"]),
        ("00/05/1965", MONTH, ["1965-05-01..1965-05-31"]),
        ("02 May 1965", DAY, ["1965-05-02"]),
        ("2-May-1965", DAY, ["1965-05-02"]),
        ("May 2, 1965", DAY, ["1965-05-02"]),
        ("1st Jan. 1970", DAY, ["1970-01-01"]),
        ("1er janvier 1970", DAY, ["1970-01-01"]),
        ("3 de mayo de 1970", DAY, ["1970-05-03"]),
        ("Nov. 1973 ", MONTH, ["1973-11-01..1973-11-30"]),
        ("13.05.1985", DAY, ["1985-05-13"]),
        ("05/06/1985", DAY, ["1985-05-06", "1985-06-05"]),
        ("06/06/1985", DAY, ["1985-06-06"]),
        ("05/06/85", DAY, ["1985-05-06", "1985-06-05", "2085-05-06", "2085-06-05"]),
        ("٠٣/٠٣/١٩٨٥", DAY, ["1985-03-03"]),
        ("circa 1966", APPROXIMATE, ["1966-01-01..1966-12-31"]),
        ("approximately 1966", APPROXIMATE, ["1966-01-01..1966-12-31"]),
        ("1966 (approximately)", APPROXIMATE, ["1966-01-01..1966-12-31"]),
        ("1961?", APPROXIMATE, ["1961-01-01..1961-12-31"]),
        ("late 1970s", APPROXIMATE, ["1970-01-01..1979-12-31"]),
        ("1970s", RANGE, ["1970-01-01..1979-12-31"]),
        ("1961 to 1963", RANGE, ["1961-01-01..1963-12-31"]),
        ("1961-1963", RANGE, ["1961-01-01..1963-12-31"]),
        ("between 1961 and 1963", RANGE, ["1961-01-01..1963-12-31"]),
        ("between 1955 and 1958 (approximately)", APPROXIMATE, ["1955-01-01..1958-12-31"]),
        ("Between Aug. and Sep. 1977", RANGE, ["1977-08-01..1977-09-30"]),
        ("02 Jan 1965 to 05 Jan 1966", RANGE, ["1965-01-02..1966-01-05"]),
        ("1961 or 1962", YEAR, ["1961-01-01..1961-12-31", "1962-01-01..1962-12-31"]),
        ("1961/1962", YEAR, ["1961-01-01..1961-12-31", "1962-01-01..1962-12-31"]),
        ("a) 11 Apr. 1960 b) 12 Apr. 1963", DAY, ["1960-04-11", "1963-04-12"]),
        ("3 May 1960 or 1962", YEAR, ["1960-05-03", "1962-01-01..1962-12-31"]),
    ],
)
def test_gregorian_dates(text: str, precision: Precision, expected: Any) -> None:
    read = parse_date(text)
    assert (read.precision, spans(read)) == (precision, expected)
    assert read.calendar is Calendar.GREGORIAN
    assert read.is_ambiguous == (len(expected) > 1)


@pytest.mark.parametrize(
    ("text", "declared", "calendar", "expected"),
    [
        ("05/13/1985", Calendar.ETHIOPIAN, Calendar.ETHIOPIAN, ["1993-09-10"]),
        ("05/13/1985", Calendar.GREGORIAN, Calendar.GREGORIAN, ["1985-05-13"]),
        ("05/13/1985", None, Calendar.UNDECLARED, ["1985-05-13", "1993-09-10"]),
        ("05/13/1985", Calendar.UNDECLARED, Calendar.UNDECLARED, ["1985-05-13", "1993-09-10"]),
        ("1985-13-05", None, Calendar.UNDECLARED, ["1993-09-10"]),
        ("1985 E.C.", None, Calendar.ETHIOPIAN, ["1992-09-11..1993-09-10"]),
        ("1350/10/11", Calendar.SOLAR_HIJRI, Calendar.SOLAR_HIJRI, ["1972-01-01"]),
        ("1350/10/11", None, Calendar.UNDECLARED, ["1932-02-18..1932-02-20", "1972-01-01"]),
        ("1350", Calendar.SOLAR_HIJRI, Calendar.SOLAR_HIJRI, ["1971-03-21..1972-03-20"]),
        ("24/06/1402 (Hijri Calendar)", None, Calendar.ISLAMIC, ["1982-04-18..1982-04-20"]),
        ("24/06/1402 AH", None, Calendar.ISLAMIC, ["1982-04-18..1982-04-20"]),
        ("11/10/1350 (Solar Hijri)", None, Calendar.SOLAR_HIJRI, ["1972-01-01"]),
        ("12 May 1985", Calendar.ETHIOPIAN, Calendar.GREGORIAN, ["1985-05-12"]),  # May is a Gregorian month
    ],
)
def test_other_calendars(text: str, declared: Any, calendar: Calendar, expected: Any) -> None:
    read = parse_date(text, declared)
    assert (read.calendar, spans(read)) == (calendar, expected)


def test_ages_need_a_day_to_count_from() -> None:
    unknown = parse_date("30-35 years old")
    assert (unknown.precision, unknown.readings) == (Precision.UNKNOWN, ())
    read = parse_date("30-35 years old", reference=date(2014, 1, 1))
    assert (read.precision, spans(read)) == (APPROXIMATE, ["1978-01-02..1984-01-01"])
    assert parse_date("aged 30", reference=date(2014, 1, 1)).readings
    assert not parse_date("30", reference=date(2014, 1, 1)).readings  # a bare number is no age


def test_a_birth_after_the_reference_day_is_not_read() -> None:
    assert spans(parse_date("06/06/25", reference=date(2024, 1, 1))) == ["1925-06-06"]


@pytest.mark.parametrize(
    "text",
    [
        "31/02/1985", "1985-02-31", "1985-02-29", "99/99/9999", "30 Feb 1985", "1963 to 1961", "0000",
        "32/01/1985", "1985-14-01", "31/08/1350",
    ],
)  # fmt: skip
def test_impossible_dates_have_no_reading(text: str) -> None:
    read = parse_date(text)
    assert (read.precision, read.readings, read.verbatim) == (Precision.UNKNOWN, (), text)
    assert is_impossible(text)


def test_impossible_depends_on_the_calendar() -> None:
    assert is_impossible("06/13/1985", Calendar.ETHIOPIAN)  # Pagume had five days
    assert not is_impossible("06/13/1987", Calendar.ETHIOPIAN)
    assert is_impossible("1985-05-03", Calendar.SOLAR_HIJRI)


@pytest.mark.parametrize("text", ["", "unknown", "after the harvest", "36526", "May", "1985-05-03-02", "#########"])
def test_words_that_are_no_date_are_kept_and_are_not_impossible(text: str) -> None:
    read = parse_date(text)
    assert (read.precision, read.readings, read.verbatim) == (Precision.UNKNOWN, (), text)
    assert not is_impossible(text)
