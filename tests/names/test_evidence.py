"""What tells two people apart beside the name."""

from __future__ import annotations

import make
import numpy as np
import pytest

from vetting_engine.model.candidate import Candidate, Identifier, PersonName
from vetting_engine.model.date_parsing import parse_date
from vetting_engine.model.dates import Calendar
from vetting_engine.model.watchlist import EntryKind, EntryName, WatchlistEntry
from vetting_engine.names import evidence


def _entry(**parts: object) -> WatchlistEntry:
    given = {
        "id": "1",
        "kind": EntryKind.PERSON,
        "names": (EntryName(text="Tamsin Okvale"),),
        "digest": make.digest("e"),
    }
    return WatchlistEntry(**given | parts)  # type: ignore[arg-type]


def _born(ours: str, *theirs: str) -> tuple[str, int]:
    found = evidence.birth_date(parse_date(ours), [parse_date(each) for each in theirs])
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
    assert weights[1] > 0 > weights[3]


def test_the_best_of_several_dates_counts() -> None:
    assert _born("1971-03-14", "1940", "1971-03-14", "1980")[0] == "same_day"


def test_an_ethiopian_date_agrees_with_its_gregorian_day() -> None:
    declared = parse_date("05/13/1985", Calendar.ETHIOPIAN)
    found = evidence.birth_date(declared, [parse_date("1993-09-10")])
    assert found is not None
    assert found.code == "same_day"


def test_an_ambiguous_date_says_so() -> None:
    found = evidence.birth_date(parse_date("05/06/1985"), [parse_date("1985-06-05")])
    assert found is not None
    assert found.params["ambiguous"] is True


@pytest.mark.parametrize("theirs", [(), ("long ago",)])
def test_what_is_not_said_weighs_nothing(theirs: tuple[str, ...]) -> None:
    assert evidence.birth_date(parse_date("1971"), [parse_date(each) for each in theirs]) is None
    assert evidence.birth_date(None, [parse_date("1971")]) is None


def test_nationality_in_any_style() -> None:
    ours = make.candidate(nationalities=("Afghan",))
    assert _codes(ours, _entry(nationalities=("AFG",))) == {"nationality": "same"}
    assert _codes(ours, _entry(nationalities=("Iraq",))) == {"nationality": "differs"}
    assert _codes(ours, _entry(nationalities=("Atlantis",))) == {}
    assert _codes(make.candidate(residence="Pakistan"), _entry(countries=("PK",))) == {"nationality": "lives_there"}


def test_birthplace_however_spelled() -> None:
    ours = make.candidate(birthplace="Qandahar city, Afghanistan")
    assert _codes(ours, _entry(birthplaces=("Kandahar Province, Afghanistan",)))["birthplace"] == "same"
    assert _codes(ours, _entry(birthplaces=("Logar Province, Afghanistan",)))["birthplace"] == "differs"
    assert "birthplace" not in _codes(ours, _entry(birthplaces=("Afghanistan",)))


def test_father_gender_and_document() -> None:
    ours = Candidate(
        id="c",
        names=(PersonName(text="Tamsin Okvale", father="Marrow Okvale"),),
        gender="female",
        identifiers=(Identifier(kind="passport", value="AB 123-456"),),
    )
    theirs = _entry(father_name="Marow Okval", gender="M", identifiers=(Identifier(kind="Passport", value="ab123456"),))
    assert _codes(ours, theirs) == {"father_name": "same", "gender": "differs", "identifier": "same"}


def test_undisclosed_gender_weighs_nothing() -> None:
    assert _codes(make.candidate(gender="prefer not to say"), _entry(gender="Male")) == {}


def test_the_bound_by_years_is_never_below_the_evidence() -> None:
    entries = [_entry(birth_dates=(parse_date(each),)) for each in ("1950", "1971-01-01", "circa 1975", "1960 to 1990")]
    years = evidence.BirthYears([*entries, _entry()])
    dates = [parse_date(each) for each in ("1949", "1971-01-01", "1971-06-30", "circa 1980", "2001-02-03")]
    most = years.most([*dates, None])
    numbers = np.arange(len(entries) + 1, dtype=np.int32)
    for place, ours in enumerate(dates):
        bounds = most(np.full(len(numbers), place, np.int32), numbers)
        assert bounds[-1] == 0
        for entry, bound in zip(entries, bounds, strict=False):
            found = evidence.birth_date(ours, entry.birth_dates)
            assert found is not None
            assert found.centibits <= bound
    assert not most(np.full(len(numbers), len(dates), np.int32), numbers).any()


def _codes(candidate: Candidate, entry: WatchlistEntry) -> dict[str, str]:
    return {weight.part: weight.code for weight in evidence.evidence(candidate, entry)}
