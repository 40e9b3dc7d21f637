"""Reads dates as people write them: whole, partial, approximate, ambiguous, in four calendars.

Every reading a text allows is kept, and nothing is guessed: ``05/06/1985`` has two readings, ``05/13/1985`` is
13 May to an American and 5 Pagume (10 September 1993) to an Ethiopian, and an impossible date has none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from vetting_engine.model import _date_words as words
from vetting_engine.model import calendars
from vetting_engine.model.dates import Calendar, DateSpan, PartialDate, Precision

__all__ = ["is_impossible", "parse_date"]

_MAX_VERBATIM = 300
#: Years somebody alive or listed can have been born in, by calendar; an undeclared year tells its calendar by them.
_FIRST_YEAR = {
    Calendar.GREGORIAN: 1850,
    Calendar.ETHIOPIAN: 1842,
    Calendar.SOLAR_HIJRI: 1229,
    Calendar.ISLAMIC: 1266,
}
_LAST_YEAR = {
    Calendar.GREGORIAN: 2100,
    Calendar.ETHIOPIAN: 2092,
    Calendar.SOLAR_HIJRI: 1478,
    Calendar.ISLAMIC: 1524,
}
_PAGUME = 13
#: What people put for a year written with two digits.
_CENTURIES = (1900, 2000)

_CLOCK = re.compile(r"^([0-9]{4}-[0-9]{2}-[0-9]{2})(?:(?:t| )[0-9]{2}:[0-9]{2}.*|z|[+-][0-9]{2}:[0-9]{2})$")
_YEAR = re.compile(r"^([0-9]{4})$")
_DECADE = re.compile(r"^(?:the )?([0-9]{3}0)'?s$")
_YEAR_FIRST = re.compile(r"^([0-9]{4})([-/. ])([0-9]{1,2})(?:\2([0-9]{1,2}))?$")
_MONTH_YEAR = re.compile(r"^([0-9]{1,2})[-/.]([0-9]{4})$")
_YEAR_LAST = re.compile(r"^([0-9]{1,2})([-/. ])([0-9]{1,2})\2([0-9]{4}|[0-9]{2})$")
_DAY_WORD = re.compile(
    rf"^(?:([0-9]{{1,2}})(?:st|nd|rd|th|er)?[ .,-]*(?:of |de )?)?([{words.LETTERS}]+)\.?[ ,-]*(?:of |de )?([0-9]{{4}})$"
)
_WORD_DAY = re.compile(rf"^([{words.LETTERS}]+)\.? ([0-9]{{1,2}})(?:st|nd|rd|th)?,? ([0-9]{{4}})$")
_LAST_NUMBER = re.compile(r"([0-9]{4})$")

#: From the sharpest to the vaguest.
_PRECISIONS = (Precision.DAY, Precision.MONTH, Precision.YEAR, Precision.RANGE, Precision.APPROXIMATE)


class _ImpossibleError(ValueError):
    """The text has the shape of a date, and there is no such date."""


@dataclass(frozen=True, slots=True)
class _Context:
    calendar: Calendar
    reference: date | None


@dataclass(frozen=True, slots=True)
class _Reading:
    """What a text may mean: spans by the calendar they were read in."""

    spans: tuple[tuple[Calendar, DateSpan], ...]
    precision: Precision


def parse_date(text: str, calendar: Calendar | None = None, *, reference: date | None = None) -> PartialDate:
    """The date a text says, in Gregorian readings; the text is kept verbatim.

    Args:
        text: as written; any of the digits of ``_date_words.DIGITS``.
        calendar: the calendar it was written in where that is declared; a calendar named in the text wins, and
            month names are Gregorian. None or ``UNDECLARED``: each calendar the numbers themselves point to.
        reference: the day an age counts from; without it an age is kept verbatim.

    Returns:
        No readings: not understood, or impossible. Precision ``APPROXIMATE`` keeps the span that was said and
        leaves it to the reader how far to stretch it. Islamic days are spans of three, since months began when
        the moon was seen.
    """
    verbatim = " ".join(text.split())[:_MAX_VERBATIM]
    try:
        reading = _read(verbatim, calendar, reference)
    except _ImpossibleError:
        reading = None
    if reading is None:
        return PartialDate(verbatim=verbatim, precision=Precision.UNKNOWN, calendar=calendar or Calendar.UNDECLARED)
    spans = sorted({span for _, span in reading.spans}, key=lambda span: (span.earliest, span.latest))
    used = {name for name, _ in reading.spans}
    declared = calendar not in {None, Calendar.UNDECLARED} or used == {Calendar.GREGORIAN} or _names_era(verbatim)
    said = used.pop() if declared and len(used) == 1 else Calendar.UNDECLARED
    return PartialDate(verbatim=verbatim, precision=reading.precision, calendar=said, readings=tuple(spans))


def is_impossible(text: str, calendar: Calendar | None = None) -> bool:
    """Whether a text has the shape of a date that does not exist, such as 31 February."""
    try:
        _read(" ".join(text.split())[:_MAX_VERBATIM], calendar, None)
    except _ImpossibleError:
        return True
    return False


def _read(verbatim: str, calendar: Calendar | None, reference: date | None) -> _Reading | None:
    said = verbatim.translate(words.DIGITS).lower().replace("–", "-").replace("—", "-").strip(" .,")
    context = _Context(calendar or Calendar.UNDECLARED, reference)
    for pattern, era in words.ERAS:
        bare = pattern.sub("", said)
        if bare != said:
            said, context = bare, _Context(era, reference)
            break
    return _joined(said, context)


def _names_era(verbatim: str) -> bool:
    said = verbatim.lower().strip(" .,")
    return any(pattern.search(said) for pattern, _ in words.ERAS)


def _joined(said: str, context: _Context) -> _Reading | None:
    """Ages, ranges and alternatives; otherwise a single date."""
    for reader in (_age, _range, _alternatives, _single):
        reading = reader(said, context)
        if reading is not None:
            return reading
    return None


def _age(said: str, context: _Context) -> _Reading | None:
    match = words.AGE.match(said)
    if not match or context.reference is None or not (match["aged"] or match["years"]):
        return None
    low, high = int(match["low"]), int(match["high"] or match["low"])
    if low > high:
        raise _ImpossibleError
    earliest = _years_before(context.reference, high + 1) + timedelta(days=1)
    span = DateSpan(earliest=earliest, latest=_years_before(context.reference, low))
    return _Reading(((Calendar.GREGORIAN, span),), Precision.APPROXIMATE)


def _years_before(day: date, years: int) -> date:
    if day.year - years < 1:
        raise _ImpossibleError
    return date(day.year - years, day.month, min(day.day, calendars.month_length(Calendar.GREGORIAN, 2001, day.month)))


def _range(said: str, context: _Context) -> _Reading | None:
    match = words.BETWEEN.match(said) or words.TO.match(said)
    if not match:
        return None
    groups = match.groupdict()
    first = groups["first"] or groups["first_year"]
    last = groups["last"] or groups["last_year"]
    end = _single(last, context)
    year = _LAST_NUMBER.search(last)
    begin = _single(first, context)
    if begin is None and year:
        begin = _single(f"{first} {year[1]}", context)  # "Aug. to Sep. 1977"
    if begin is None or end is None:
        return None
    earliest = min(span.earliest for _, span in begin.spans)
    latest = max(span.latest for _, span in end.spans)
    if earliest > latest:
        raise _ImpossibleError
    about = Precision.APPROXIMATE in {begin.precision, end.precision}
    spans = ((end.spans[0][0], DateSpan(earliest=earliest, latest=latest)),)
    return _Reading(spans, Precision.APPROXIMATE if about else Precision.RANGE)


def _alternatives(said: str, context: _Context) -> _Reading | None:
    parts = [part.strip(" ,") for part in words.ALTERNATIVES.split(said) if part.strip(" ,")]
    readings = [_single(part, context) for part in parts] if len(parts) > 1 else []
    known = [reading for reading in readings if reading is not None]
    if not known or len(known) < len(readings):
        return None
    spans = tuple(span for reading in known for span in reading.spans)
    return _Reading(spans, max((reading.precision for reading in known), key=_PRECISIONS.index))


def _single(said: str, context: _Context) -> _Reading | None:
    """One date, perhaps approximate."""
    about = words.APPROXIMATE.match(said) or words.VAGUE.match(said)
    if about:
        inner = _joined(next(group for group in about.groups() if group), context)
        return _Reading(inner.spans, Precision.APPROXIMATE) if inner else None
    clock = _CLOCK.match(said)
    said = clock[1] if clock else said
    for reader in (_decade, _named_month, _numbers):
        reading = reader(said, context)
        if reading is not None:
            return reading
    return None


def _decade(said: str, context: _Context) -> _Reading | None:
    match = _DECADE.match(said)
    if not match:
        return None
    first = _spans(int(match[1]), None, None, context)
    last = _spans(int(match[1]) + 9, None, None, context)
    spans = tuple(
        (calendar, DateSpan(earliest=begin.earliest, latest=end.latest))
        for (calendar, begin), (_, end) in zip(first, last, strict=True)
    )
    return _reading(spans, Precision.RANGE)


def _named_month(said: str, context: _Context) -> _Reading | None:
    """Dates with a month's name: Gregorian, whatever calendar is declared."""
    match = _DAY_WORD.match(said)
    day, word, year = match.groups() if match else (None, None, None)
    if match is None and (match := _WORD_DAY.match(said)):
        word, day, year = match.groups()
    if word is None or year is None or word not in words.MONTHS:
        return None
    gregorian = _Context(Calendar.GREGORIAN, context.reference)
    spans = _spans(int(year), words.MONTHS[word], int(day) if day else None, gregorian)
    return _reading(spans, Precision.DAY if day else Precision.MONTH)


def _numbers(said: str, context: _Context) -> _Reading | None:
    if match := _YEAR.match(said):
        return _reading(_spans(int(match[1]), None, None, context), Precision.YEAR)
    if match := _YEAR_FIRST.match(said):
        return _parts(int(match[1]), int(match[3]), int(match[4] or 0), context)
    if match := _MONTH_YEAR.match(said):
        return _parts(int(match[2]), int(match[1]), 0, context)
    if match := _YEAR_LAST.match(said):
        first, second = int(match[1]), int(match[3])
        years = [int(match[4])] if len(match[4]) > 2 else [century + int(match[4]) for century in _CENTURIES]  # noqa: PLR2004
        return _day_and_month(years, first, second, context)
    return None


def _parts(year: int, month: int, day: int, context: _Context) -> _Reading:
    """Zero stands for "not known" on many forms: 1965-00-00 is a year."""
    known_day = day if month and day else None
    precision = Precision.DAY if known_day else Precision.MONTH if month else Precision.YEAR
    return _reading(_spans(year, month or None, known_day, context), precision)


def _day_and_month(years: Iterable[int], first: int, second: int, context: _Context) -> _Reading:
    """Day first in every calendar; month first only as Americans write, in the Gregorian one."""
    american = context.calendar in {Calendar.GREGORIAN, Calendar.UNDECLARED}
    gregorian = _Context(Calendar.GREGORIAN, context.reference)
    spans: list[tuple[Calendar, DateSpan]] = []
    for year in years:
        if first and second:
            spans += _spans(year, second, first, context)
            if american and year >= _FIRST_YEAR[Calendar.GREGORIAN]:
                spans += _spans(year, first, second, gregorian)
        else:
            spans += _spans(year, second or None, None, context)
    if context.reference is not None:
        spans = [(name, span) for name, span in spans if span.earliest <= context.reference]
    precision = Precision.DAY if first and second else Precision.MONTH if second else Precision.YEAR
    return _reading(spans, precision)


def _reading(spans: Iterable[tuple[Calendar, DateSpan]], precision: Precision) -> _Reading:
    kept = tuple(spans)
    if not kept:
        raise _ImpossibleError
    return _Reading(kept, precision)


def _spans(year: int, month: int | None, day: int | None, context: _Context) -> list[tuple[Calendar, DateSpan]]:
    """Spans in every calendar the date may be meant in."""
    found = []
    for calendar in _meant(year, month, context.calendar):
        try:
            found.append((calendar, _span(calendar, year, month, day)))
        except ValueError:
            continue
    return found


def _meant(year: int, month: int | None, declared: Calendar) -> list[Calendar]:
    """The declared calendar; otherwise those whose years these are, the Ethiopian only by its thirteenth month."""
    if declared is not Calendar.UNDECLARED:
        return [declared] if _FIRST_YEAR[declared] <= year <= _LAST_YEAR[declared] else []
    fitting = [calendar for calendar in _FIRST_YEAR if _FIRST_YEAR[calendar] <= year <= _LAST_YEAR[calendar]]
    return [calendar for calendar in fitting if calendar is not Calendar.ETHIOPIAN or month == _PAGUME]


def _span(calendar: Calendar, year: int, month: int | None, day: int | None) -> DateSpan:
    first_month, last_month = (month, month) if month else (1, calendars.months_in_year(calendar))
    begin = calendars.to_gregorian(calendar, year, first_month, day or 1)
    end = calendars.to_gregorian(calendar, year, last_month, day or calendars.month_length(calendar, year, last_month))
    slack = timedelta(days=calendars.ISLAMIC_TOLERANCE_DAYS if calendar is Calendar.ISLAMIC else 0)
    return DateSpan(earliest=begin - slack, latest=end + slack)
