"""Birth dates as evidence: graded by how nearly they agree, and what one that speaks against leaves of a name.

Weights are centibits of log-likelihood, as in ``evidence``.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

from vetting_engine.model.dates import DateSpan, PartialDate, Precision
from vetting_engine.model.evidence import PartWeight
from vetting_engine.model.watchlist import WatchlistEntry

__all__ = ["BirthYears", "birth_date", "unreachable", "whole_name_shared"]

# Birth dates. A day is shared by one namesake in about 18,000 (fifty years), a year by one in fifty; both are
# worth less than that, since desks mistype and people round.
SAME_DAY: Final = 1_100
SWAPPED: Final = 750
SAME_MONTH: Final = 500
SAME_YEAR: Final = 430
#: The year agrees, and one side has 1 January for "day not known".
PLACEHOLDER: Final = 330
#: Both sides name a day, the year agrees and the day does not: one namesake in fifty; among the listed people of the
#: development queries one in a hundred.
OTHER_DAY: Final = -50
#: Whole years apart → weight; the last holds from there on. Desks and lists are a year off now and then (one in sixty
#: of those listed people, one in 25 of all others), two hardly ever.
YEARS_APART: Final = ((1, -150), (2, -500), (3, -800), (4, -1_600), (6, -2_100), (9, -2_600), (14, -3_000))
FURTHEST: Final = -3_300
#: The most a name counts for beside a birth date that speaks against it. Rarities add up as if the parts of a name were
#: drawn apart; they are not: a grandson bears his grandfather's whole name, a family repeats its own.
MOST_BESIDE_OTHER_BIRTH: Final = 3_000
#: A birth date that weighs this or less speaks against: three years off and more.
_SPEAKS_AGAINST: Final = -800
#: Years an approximate date may be off before it counts as different.
_CIRCA_YEARS: Final = 2
_WIDE_YEARS: Final = 5

#: Whole years apart → most a birth date could weigh; the last holds from there on.
_BY_YEARS: Final = np.array(
    [
        SAME_DAY,
        *(next((weight for most, weight in YEARS_APART if years <= most), FURTHEST) for years in range(1, 16)),
    ],
    np.int32,
)


def birth_date(ours: PartialDate | None, theirs: Sequence[PartialDate]) -> PartWeight | None:
    """The best agreement of our date's readings with any of theirs; None where a side has no readable date."""
    if ours is None or not ours.readings:
        return None
    best: tuple[int, str, int, str] | None = None
    for date in theirs:
        for other in date.readings:
            for one in ours.readings:
                centibits, code, years = _grade(ours, one, date, other)
                graded = centibits, code, -years, date.verbatim
                if best is None or graded > best:
                    best = graded
    if best is None:
        return None
    centibits, code, years, verbatim = best[0], best[1], -best[2], best[3]
    params: dict[str, object] = {"years": years} if years else {}
    if ours.is_ambiguous:
        params["ambiguous"] = True
    return PartWeight(
        part="birth_date", code=code, ours=ours.verbatim, theirs=verbatim, centibits=centibits, params=params
    )


def _grade(ours: PartialDate, one: DateSpan, theirs: PartialDate, other: DateSpan) -> tuple[int, str, int]:
    """Weight, code and years apart of two readings."""
    circa = ours.precision is Precision.APPROXIMATE or theirs.precision is Precision.APPROXIMATE
    years = max(0, one.earliest.year - other.latest.year, other.earliest.year - one.latest.year)
    if circa:
        years = max(0, years - _CIRCA_YEARS)
    if years:
        return _by_years(years), "years_differ", years
    exact = _is_day(one) and _is_day(other)
    placeholder = ours.is_placeholder or theirs.is_placeholder
    if exact and one.earliest == other.earliest and not placeholder:
        return SAME_DAY, "same_day", 0
    if exact and not placeholder and _is_swapped(one, other):
        return SWAPPED, "day_month_swapped", 0
    if placeholder:
        return PLACEHOLDER, "placeholder", 0
    if circa or _is_wide(one) or _is_wide(other):
        return SAME_YEAR // 2, "within_range", 0
    if exact:
        same_month = one.earliest.month == other.earliest.month
        return (SAME_MONTH, "same_month", 0) if same_month else (OTHER_DAY, "same_year_other_day", 0)
    if one.earliest <= other.latest and other.earliest <= one.latest:
        by_month = _is_month(one) or _is_month(other)
        return (SAME_MONTH, "same_month", 0) if by_month else (SAME_YEAR, "same_year", 0)
    return OTHER_DAY, "same_year_other_day", 0


def _is_day(span: DateSpan) -> bool:
    return span.earliest == span.latest


def _is_month(span: DateSpan) -> bool:
    return not _is_day(span) and (span.earliest.year, span.earliest.month) == (span.latest.year, span.latest.month)


def _is_wide(span: DateSpan) -> bool:
    return span.latest.year - span.earliest.year >= _WIDE_YEARS


def _is_swapped(one: DateSpan, other: DateSpan) -> bool:
    ours, theirs = one.earliest, other.earliest
    return (ours.year, ours.month, ours.day) == (theirs.year, theirs.day, theirs.month)


def _by_years(years: int) -> int:
    return next((weight for most, weight in YEARS_APART if years <= most), FURTHEST)


def whole_name_shared(name: int, beside: Sequence[PartWeight]) -> PartWeight | None:
    """What a name of so many centibits is worth less beside a birth date that speaks against it: however long and
    rare, whole names recur in a family.
    """
    against = any(weight.part == "birth_date" and weight.centibits <= _SPEAKS_AGAINST for weight in beside)
    if not against or name <= MOST_BESIDE_OTHER_BIRTH:
        return None
    return PartWeight(part="name", code="recurs_in_families", centibits=MOST_BESIDE_OTHER_BIRTH - name)


def unreachable(floors: npt.NDArray[np.int32], birth: npt.NDArray[np.int32]) -> npt.NDArray[np.bool_]:
    """Where a name would have to be worth more than any counts for beside a birth date of ``birth`` at most."""
    return (birth <= _SPEAKS_AGAINST) & (floors > MOST_BESIDE_OTHER_BIRTH)


class BirthYears:
    """First and last birth year of many entries, to bound what a birth date could be worth beside each."""

    def __init__(self, entries: Sequence[WatchlistEntry]) -> None:
        spans = [_year_span(entry.birth_dates) for entry in entries]
        self._first = np.array([span[0] if span else 0 for span in spans], np.int32)
        self._last = np.array([span[1] if span else 0 for span in spans], np.int32)

    def most(
        self, ours: Sequence[PartialDate | None]
    ) -> Callable[[npt.NDArray[np.int32], npt.NDArray[np.int32]], npt.NDArray[np.int32]]:
        """By place among our birth dates and number of the entry, the most centibits that date could add: below 0 where
        the years are too far apart, 0 without a readable date on either side.
        """
        spans = [_year_span((date,)) if date is not None else None for date in ours]
        first = np.array([span[0] if span else 0 for span in spans], np.int32)
        last = np.array([span[1] if span else 0 for span in spans], np.int32)

        def bound(places: npt.NDArray[np.int32], numbers: npt.NDArray[np.int32]) -> npt.NDArray[np.int32]:
            theirs = self._last[numbers]
            known = (theirs != 0) & (last[places] != 0)
            apart = np.maximum(first[places] - theirs, self._first[numbers] - last[places])
            return np.where(known, _BY_YEARS[np.clip(apart, 0, len(_BY_YEARS) - 1)], 0)

        return bound


def _year_span(dates: Sequence[PartialDate]) -> tuple[int, int] | None:
    """The years all readings lie in, widened where a date is approximate."""
    spans = [
        (reading.earliest.year - wide, reading.latest.year + wide)
        for date in dates
        for wide in (_CIRCA_YEARS if date.precision is Precision.APPROXIMATE else 0,)
        for reading in date.readings
    ]
    return (min(first for first, _ in spans), max(last for _, last in spans)) if spans else None
