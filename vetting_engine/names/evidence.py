"""What else tells two people apart: birth date, nationality, birthplace, father's name, gender, documents.

Each answer is a ``PartWeight`` in centibits of log-likelihood: how much more often this agreement is seen for one
person than for two who share a name. What either side does not say weighs nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cache, lru_cache
from typing import Final

import numpy as np
import numpy.typing as npt

from vetting_engine.model.candidate import Candidate, Identifier
from vetting_engine.model.dates import DateSpan, PartialDate, Precision
from vetting_engine.model.evidence import PartWeight
from vetting_engine.model.watchlist import WatchlistEntry
from vetting_engine.names._data import read_json
from vetting_engine.names._similarity import likeness
from vetting_engine.names.compare import compare_parsed
from vetting_engine.names.countries import to_code
from vetting_engine.names.parts import Part, parse_name
from vetting_engine.text.fold import fold
from vetting_engine.text.scripts import is_word

__all__ = [
    "BirthYears",
    "birth_date",
    "birthplace",
    "evidence",
    "father_name",
    "gender",
    "identifiers",
    "most_evidence",
    "nationality",
]

# Birth dates. A day is shared by one namesake in about 18,000 (fifty years), a year by one in fifty; both are
# worth less than that, since desks mistype and people round.
SAME_DAY: Final = 1_100
SWAPPED: Final = 750
SAME_MONTH: Final = 500
SAME_YEAR: Final = 430
#: Both sides name a day, the year agrees and the day does not.
OTHER_DAY: Final = 100
#: Whole years apart → weight; the last holds from there on. Sanction lists guess birth years.
YEARS_APART: Final = ((1, 50), (2, -150), (3, -800), (4, -1_600), (6, -2_100), (9, -2_600), (14, -3_000))
FURTHEST: Final = -3_300
#: Years an approximate date may be off before it counts as different.
_CIRCA_YEARS: Final = 2
_WIDE_YEARS: Final = 5

SAME_NATIONALITY: Final = 60
LIVES_THERE: Final = 30
OTHER_NATIONALITY: Final = -500
SAME_BIRTHPLACE: Final = 350
OTHER_BIRTHPLACE: Final = -350
SAME_FATHER: Final = 450
OTHER_FATHER: Final = -400
SAME_GENDER: Final = 0
OTHER_GENDER: Final = -800
SAME_DOCUMENT: Final = 2_500

#: Whole years apart → most a birth date could weigh; the last holds from there on.
_BY_YEARS: Final = np.array(
    [
        SAME_DAY,
        *(next((weight for most, weight in YEARS_APART if years <= most), FURTHEST) for years in range(1, 16)),
    ],
    np.int32,
)

_LEAST_PLACE_LIKENESS: Final = 65
_LEAST_NUMBER: Final = 5


def evidence(candidate: Candidate, entry: WatchlistEntry) -> tuple[PartWeight, ...]:
    """All evidence beside the names, in a fixed order; parts that either side leaves open are left out."""
    found = (
        birth_date(candidate.birth_date, entry.birth_dates),
        nationality(candidate, entry),
        birthplace(candidate.birthplace, entry.birthplaces),
        father_name([name.father for name in candidate.names if name.father], entry.father_name),
        gender(candidate.gender, entry.gender),
        identifiers(candidate.identifiers, entry.identifiers),
    )
    return tuple(weight for weight in found if weight is not None)


def most_evidence(candidate: Candidate) -> int:
    """The most centibits this candidate's evidence but the birth date could add, whatever the entry."""
    most = SAME_NATIONALITY if candidate.nationalities or candidate.country_of_origin or candidate.residence else 0
    most += SAME_BIRTHPLACE if candidate.birthplace else 0
    most += SAME_FATHER if any(name.father for name in candidate.names) else 0
    return most + (SAME_DOCUMENT if candidate.identifiers else 0)


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


def birth_date(ours: PartialDate | None, theirs: Sequence[PartialDate]) -> PartWeight | None:
    """The best agreement of our date's readings with any of theirs; None where a side has no readable date."""
    if ours is None or not ours.readings:
        return None
    graded = [
        (*_grade(ours, one, date, other), date) for one in ours.readings for date in theirs for other in date.readings
    ]
    if not graded:
        return None
    centibits, code, years, date = max(graded, key=lambda each: (each[0], each[1], -each[2], each[3].verbatim))
    params: dict[str, object] = {"years": years} if years else {}
    if ours.is_ambiguous:
        params["ambiguous"] = True
    return PartWeight(
        part="birth_date", code=code, ours=ours.verbatim, theirs=date.verbatim, centibits=centibits, params=params
    )


def _grade(ours: PartialDate, one: DateSpan, theirs: PartialDate, other: DateSpan) -> tuple[int, str, int]:
    """Weight, code and years apart of two readings."""
    exact = _is_day(one) and _is_day(other)
    placeholder = ours.is_placeholder or theirs.is_placeholder
    if exact and one.earliest == other.earliest and not placeholder:
        return SAME_DAY, "same_day", 0
    if exact and not placeholder and _is_swapped(one, other):
        return SWAPPED, "day_month_swapped", 0
    years = _years_apart(one, other)
    circa = Precision.APPROXIMATE in {ours.precision, theirs.precision}
    if circa:
        years = max(0, years - _CIRCA_YEARS)
    if years:
        return _by_years(years), "years_differ", years
    if placeholder:
        return SAME_YEAR - OTHER_DAY, "placeholder", 0
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


def _years_apart(one: DateSpan, other: DateSpan) -> int:
    return max(0, one.earliest.year - other.latest.year, other.earliest.year - one.latest.year)


def _by_years(years: int) -> int:
    return next((weight for most, weight in YEARS_APART if years <= most), FURTHEST)


def nationality(candidate: Candidate, entry: WatchlistEntry) -> PartWeight | None:
    """Whether a nationality or the country of origin is among the entry's; residence counts for little."""
    ours = _codes((*candidate.nationalities, candidate.country_of_origin or ""))
    theirs = _codes(entry.nationalities)
    around = _codes(entry.countries)
    here = _codes((candidate.residence or "",))
    shared = [code for code in ours if code in theirs]
    if shared:
        return _nationality("same", shared, shared, SAME_NATIONALITY)
    nearby = [code for code in (*ours, *here) if code in around or code in theirs]
    if nearby:
        return _nationality("lives_there", nearby, nearby, LIVES_THERE)
    if ours and theirs:
        return _nationality("differs", ours, theirs, OTHER_NATIONALITY)
    return None


def _nationality(code: str, ours: Iterable[str], theirs: Iterable[str], centibits: int) -> PartWeight:
    return PartWeight(
        part="nationality", code=code, ours=", ".join(ours), theirs=", ".join(theirs), centibits=centibits
    )


def _codes(written: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted({code for text in written if (code := to_code(text)) is not None}))


def birthplace(ours: str | None, theirs: Sequence[str]) -> PartWeight | None:
    """Whether a word of our birthplace is a word of one of theirs, however spelled; a country alone says nothing."""
    if not ours or not theirs:
        return None
    wanted = _place(ours)
    places = [(place, words) for place in theirs if (words := _place(place))]
    if not wanted or not places:
        return None
    for place, words in places:
        if any(likeness(one, other)[1] >= _LEAST_PLACE_LIKENESS for one in wanted for other in words):
            return PartWeight(part="birthplace", code="same", ours=ours, theirs=place, centibits=SAME_BIRTHPLACE)
    return PartWeight(part="birthplace", code="differs", ours=ours, theirs=places[0][0], centibits=OTHER_BIRTHPLACE)


@lru_cache(maxsize=1 << 14)
def _place(text: str) -> tuple[Part, ...]:
    """The telling words of a place; its country is evidence of its own."""
    pieces = [piece for piece in text.replace("(", ",").replace(")", ",").split(",") if to_code(piece) is None]
    readings = [reading for piece in pieces for reading in parse_name(piece).readings]
    common = read_json("parts")["place_words"]
    return tuple(part for reading in readings for part in reading.parts if part.roman not in common)


def father_name(ours: Sequence[str], theirs: str | None) -> PartWeight | None:
    """Whether the father's names agree, by the comparison of names itself."""
    if not ours or not theirs:
        return None
    found = [(compare_parsed(parse_name(name), parse_name(theirs)), name) for name in ours]
    readable = [(comparison.centibits, name) for comparison, name in found if comparison.readable]
    if not readable:
        return None
    best, name = max(readable)
    code, weight = ("same", SAME_FATHER) if best > 0 else ("differs", OTHER_FATHER)
    return PartWeight(part="father_name", code=code, ours=name, theirs=theirs, centibits=weight)


def gender(ours: str | None, theirs: str | None) -> PartWeight | None:
    """Women and men differ; any other answer, or none, weighs nothing."""
    one, other = _gender(ours), _gender(theirs)
    if one is None or other is None:
        return None
    code, weight = ("same", SAME_GENDER) if one == other else ("differs", OTHER_GENDER)
    return PartWeight(part="gender", code=code, ours=one, theirs=other, centibits=weight)


def _gender(text: str | None) -> str | None:
    return _genders().get(fold(text).strip()) if text else None


@cache
def _genders() -> dict[str, str]:
    return {fold(word): name for name, words in read_json("genders").items() for word in words}


def identifiers(ours: Sequence[Identifier], theirs: Sequence[Identifier]) -> PartWeight | None:
    """Whether a document number is among theirs. Different numbers say nothing: people have several."""
    known = {_number(each.value): each for each in theirs}
    for document in sorted(ours, key=lambda each: (each.value, each.kind)):
        number = _number(document.value)
        if len(number) >= _LEAST_NUMBER and number in known:
            return PartWeight(
                part="identifier",
                code="same",
                ours=document.value,
                theirs=known[number].value,
                centibits=SAME_DOCUMENT,
                params={"kind": known[number].kind},
            )
    return None


def _number(text: str) -> str:
    return "".join(char for char in fold(text) if is_word(char))
