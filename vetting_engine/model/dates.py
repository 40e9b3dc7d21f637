"""Dates as people know them: whole, partial, approximate, ambiguous, or in another calendar."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from pydantic import Field, model_validator

from vetting_engine.model.base import Noun

__all__ = ["Calendar", "DateSpan", "PartialDate", "Precision"]


class Calendar(StrEnum):
    """The calendar a date was written in."""

    GREGORIAN = "gregorian"
    ETHIOPIAN = "ethiopian"
    SOLAR_HIJRI = "solar_hijri"
    ISLAMIC = "islamic"
    UNDECLARED = "undeclared"


class Precision(StrEnum):
    """How much of the date was said."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"
    RANGE = "range"
    APPROXIMATE = "approximate"
    UNKNOWN = "unknown"


class DateSpan(Noun):
    """Gregorian days, both ends included: one day, a month, a year or a range."""

    earliest: date
    latest: date

    @model_validator(mode="after")
    def _ordered(self) -> DateSpan:
        if self.earliest > self.latest:
            raise ValueError("earliest is after latest")
        return self


class PartialDate(Noun):
    """A date with its precision. More than one reading: ambiguous. None: kept verbatim, not understood."""

    verbatim: str = Field(max_length=300)
    precision: Precision
    calendar: Calendar = Calendar.GREGORIAN
    readings: tuple[DateSpan, ...] = ()

    @property
    def is_ambiguous(self) -> bool:
        """Whether the text can be read as different days."""
        return len(self.readings) > 1

    @property
    def is_placeholder(self) -> bool:
        """Whether this is 1 January to the day: what registration desks write for "year known, day not"."""
        if self.precision is not Precision.DAY:
            return False
        firsts = [span.earliest for span in self.readings if span.earliest == span.latest]
        return any(first.day == 1 and first.month == 1 for first in firsts)
