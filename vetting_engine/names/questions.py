"""The fewest questions that could tell a candidate from an entry: asked only of those who are hit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from vetting_engine.model.candidate import Candidate
from vetting_engine.model.dates import Precision
from vetting_engine.model.evidence import PartWeight
from vetting_engine.model.watchlist import WatchlistEntry
from vetting_engine.names import births, evidence

__all__ = ["BIRTH_DATE", "distinguishing_questions"]

BIRTH_DATE = "birth_date"

_MOST = 3
_OF_THE_NAME = frozenset({"name", "name_part"})


def distinguishing_questions(
    candidate: Candidate, entry: WatchlistEntry, parts: Sequence[PartWeight], floor: int
) -> tuple[str, ...]:
    """Codes of questions whose answers, if they differ, would take the score below ``floor`` centibits.

    The most telling come first and as few as needed are asked; at most three. Nothing the entry is silent on is
    asked. A matching document number is never asked away: a document is asked for only where it could confirm.
    """
    asked: list[str] = []
    score = sum(part.centibits for part in parts)
    for code, cost in sorted(_open(candidate, entry, parts), key=lambda each: -each[1]):
        if score < floor and asked:
            break
        asked.append(code)
        score -= cost
    if score >= floor and entry.identifiers and not any(part.part == "identifier" for part in parts):
        asked.append("document")
    return tuple(asked[:_MOST])


def _open(candidate: Candidate, entry: WatchlistEntry, parts: Sequence[PartWeight]) -> Iterator[tuple[str, int]]:
    """What is not known of the candidate and told by the entry, with what a difference would cost."""
    said = {part.part: part for part in parts}
    ours = candidate.birth_date
    vague = ours is None or not ours.readings or ours.precision is not Precision.DAY or ours.is_placeholder
    if "birth_date" not in said and any(date.readings for date in entry.birth_dates):
        name = sum(part.centibits for part in parts if part.part in _OF_THE_NAME)
        yield BIRTH_DATE, max(0, name - births.MOST_BESIDE_OTHER_BIRTH) - births.FURTHEST
    elif vague and any(_is_sharp(date.precision) and not date.is_placeholder for date in entry.birth_dates):
        yield BIRTH_DATE, said["birth_date"].centibits - births.OTHER_DAY
    if "birthplace" not in said and entry.birthplaces:
        yield "birthplace", -evidence.OTHER_BIRTHPLACE
    if "father_name" not in said and entry.father_name:
        yield "father_name", -evidence.OTHER_FATHER
    if "nationality" not in said and entry.nationalities:
        yield "nationality", -evidence.OTHER_NATIONALITY


def _is_sharp(precision: Precision) -> bool:
    return precision is Precision.DAY
