"""What else tells two people apart: birth date, nationality, birthplace, father's name, gender, documents.

Each answer is a ``PartWeight`` in centibits of log-likelihood: how much more often this agreement is seen for one
person than for two who share a name. What either side does not say weighs nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Final

from vetting_engine.model.candidate import Candidate, Identifier
from vetting_engine.model.evidence import PartWeight
from vetting_engine.model.watchlist import WatchlistEntry
from vetting_engine.names._data import read_json
from vetting_engine.names._similarity import likeness
from vetting_engine.names.births import birth_date
from vetting_engine.names.compare import compare_parsed
from vetting_engine.names.countries import to_code
from vetting_engine.names.parts import Part, parse_name
from vetting_engine.text.fold import fold
from vetting_engine.text.scripts import is_word

__all__ = [
    "birthplace",
    "evidence",
    "father_name",
    "gender",
    "identifiers",
    "most_evidence",
    "nationality",
]

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


def nationality(candidate: Candidate, entry: WatchlistEntry) -> PartWeight | None:
    """Whether a nationality or the country of origin is among the entry's; residence counts for little."""
    ours = _codes((*candidate.nationalities, candidate.country_of_origin or ""))
    theirs = _codes(entry.nationalities)
    around = _codes(entry.countries)
    here = _codes((candidate.residence or "",))
    shared = tuple([code for code in ours if code in theirs])
    if shared:
        return _nationality("same", shared, shared, SAME_NATIONALITY)
    nearby = tuple([code for code in (*ours, *here) if code in around or code in theirs])
    if nearby:
        return _nationality("lives_there", nearby, nearby, LIVES_THERE)
    if ours and theirs:
        return _nationality("differs", ours, theirs, OTHER_NATIONALITY)
    return None


@lru_cache(maxsize=1 << 12)
def _nationality(code: str, ours: tuple[str, ...], theirs: tuple[str, ...], centibits: int) -> PartWeight:
    return PartWeight(
        part="nationality", code=code, ours=", ".join(ours), theirs=", ".join(theirs), centibits=centibits
    )


@lru_cache(maxsize=1 << 12)
def _codes(written: tuple[str, ...]) -> tuple[str, ...]:
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
