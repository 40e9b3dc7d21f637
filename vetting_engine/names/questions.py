"""The fewest questions that could tell a candidate from an entry: asked only of those who are hit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from operator import itemgetter
from typing import Final

from vetting_engine.model.candidate import Candidate
from vetting_engine.model.dates import PartialDate, Precision
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
    score = sum([part.centibits for part in parts])
    for code, cost in sorted(_open(candidate, entry, parts), key=_cost, reverse=True):
        if score < floor and asked:
            break
        asked.append(code)
        score -= cost
    if score >= floor and entry.identifiers and "identifier" not in [part.part for part in parts]:
        asked.append("document")
    return tuple(asked[:_MOST])


_cost: Final = itemgetter(1)


def _open(candidate: Candidate, entry: WatchlistEntry, parts: Sequence[PartWeight]) -> Iterator[tuple[str, int]]:
    """What is not known of the candidate and told by the entry, with what a difference would cost."""
    said = {part.part: part for part in parts}
    ours = candidate.birth_date
    if "birth_date" not in said and any(date.readings for date in entry.birth_dates):
        name = sum([part.centibits for part in parts if part.part in _OF_THE_NAME])
        yield BIRTH_DATE, max(0, name - births.MOST_BESIDE_OTHER_BIRTH) - births.FURTHEST
    elif not (ours is not None and ours.readings and _is_sharp(ours)) and any(map(_is_sharp, entry.birth_dates)):
        yield BIRTH_DATE, said["birth_date"].centibits - births.OTHER_DAY
    if "birthplace" not in said and entry.birthplaces:
        yield "birthplace", -evidence.OTHER_BIRTHPLACE
    if "father_name" not in said and entry.father_name:
        yield "father_name", -evidence.OTHER_FATHER
    if "nationality" not in said and entry.nationalities:
        yield "nationality", -evidence.OTHER_NATIONALITY


def _is_sharp(date: PartialDate) -> bool:
    """Whether the date names a day, and one that is meant."""
    return date.precision is Precision.DAY and not date.is_placeholder
