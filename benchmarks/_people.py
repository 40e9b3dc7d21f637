"""A seeded development set for ``names-people``: listed people as they might be written down, and hard namesakes.

Made from the list itself at run time, never committed: every person in it is either a listed person under another
spelling or an invented one. Positives are spelled, cut, dated and described as registrations are; negatives bear a
listed name or most of one, and another birth date.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta

from vetting_engine.model.dates import PartialDate, Precision
from vetting_engine.model.watchlist import EntryKind, EntryNameKind, ListSnapshot, WatchlistEntry

__all__ = ["Person", "development_people"]

_SPELLINGS = (
    ("q", "k"), ("ou", "u"), ("u", "ou"), ("ee", "i"), ("i", "ee"), ("dh", "d"), ("kh", "h"), ("mm", "m"), ("ss", "s"),
    ("ah", "a"), ("y", "i"), ("sh", "ch"), ("j", "dj"), ("z", "s"), ("o", "u"), ("e", "i"), ("aa", "a"), ("w", "u"),
)  # fmt: skip
_COMMON = ("Ahmed", "Mohammad", "Ali", "Hassan", "Ibrahim", "Yusuf", "Khan", "Omar", "Hussein", "Salim", "Karim", "Jan")
_LEAST_PARTS = 2


@dataclass(frozen=True, slots=True)
class Person:
    """A row of a people file: ``expect`` holds ids of entries, empty for somebody who is not listed."""

    id: str
    name: str
    birth_date: str
    nationality: str
    expect: tuple[str, ...]


def development_people(snapshot: ListSnapshot, seed: int = 20_260_301) -> tuple[Person, ...]:
    """Two people per usable entry: the listed one under another spelling, and a namesake."""
    draw = random.Random(seed)
    entries = [
        entry
        for entry in snapshot.entries
        if entry.kind is EntryKind.PERSON and any(date.readings for date in entry.birth_dates) and _latin(entry)
    ]
    return tuple(_people(draw, entries))


def _latin(entry: WatchlistEntry) -> str:
    name = entry.names[0]
    usable = name.kind is EntryNameKind.PRIMARY and name.text.isascii() and len(name.text.split()) >= _LEAST_PARTS
    return name.text if usable else ""


def _people(draw: random.Random, entries: Sequence[WatchlistEntry]) -> Iterator[Person]:
    for number, entry in enumerate(entries):
        dated = draw.choice([date for date in entry.birth_dates if date.readings])
        nation = entry.nationalities[0] if entry.nationalities else ""
        yield Person(
            f"p{number}",
            _respelled(draw, _latin(entry)),
            _written(draw, dated),
            nation if draw.random() < 0.85 else "",
            (entry.id,),
        )
        other = draw.choice(entries)
        years = draw.choice((-1, 1)) * draw.randint(4, 25)
        yield Person(
            f"n{number}",
            _namesake(draw, _latin(entry), _latin(other)),
            _moved(dated, years),
            nation if draw.random() < 0.7 else (other.nationalities[0] if other.nationalities else ""),
            (),
        )


def _respelled(draw: random.Random, name: str) -> str:
    parts = name.lower().split()
    for _ in range(draw.randint(0, 2)):
        old, new = draw.choice(_SPELLINGS)
        place = draw.randrange(len(parts))
        parts[place] = parts[place].replace(old, new, 1)
    if len(parts) > 3 and draw.random() < 0.25:
        parts.pop(draw.randrange(1, len(parts) - 1))
    if draw.random() < 0.15:
        parts = [*parts[1:], parts[0]]
    return " ".join(parts).title()


def _namesake(draw: random.Random, name: str, other: str) -> str:
    parts, others = name.split(), other.split()
    kind = draw.random()
    if kind < 0.4:
        return name.title()
    if kind < 0.7:
        return f"{parts[0]} {others[-1]}".title()
    parts[draw.randrange(len(parts))] = draw.choice(_COMMON)
    return " ".join(parts).title()


def _written(draw: random.Random, date: PartialDate) -> str:
    day = date.readings[0].earliest
    kind = draw.random()
    if date.precision is not Precision.DAY or kind < 0.2:
        return f"{day.year + (draw.choice((-1, 1)) if kind < 0.05 else 0)}"
    if kind < 0.35:
        return f"{day.year}-01-01"
    if kind < 0.42:
        return (day + timedelta(days=draw.randint(-366, 366))).isoformat()
    return day.isoformat()


def _moved(date: PartialDate, years: int) -> str:
    day = date.readings[0].earliest
    return f"{day.year + years:04d}-{day.month:02d}-{min(day.day, 28):02d}"
