"""A seeded development set for ``names-people``: listed people as they might be written down, and hard namesakes.

Made from the list itself at run time, never committed: every person in it is either a listed person under another
spelling or an invented one. Positives are spelled, cut, dated and described as registrations are. Negatives bear a
listed name, or most of one, or common names of the region, with another birth date or another name part; each has a
``kind``, so that what is wrongly stopped can be told apart.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta

from benchmarks._origins import ORIGINS, invented
from vetting_engine.model.dates import PartialDate, Precision
from vetting_engine.model.watchlist import EntryKind, EntryNameKind, ListSnapshot, WatchlistEntry

__all__ = ["NEAR", "Person", "development_people"]

#: A kind of namesake that a person may rightly be asked to look at: the whole name, two or three years off.
NEAR = "same_name_near"

SEED = 20_260_301
_SPELLINGS = (
    ("q", "k"), ("ou", "u"), ("u", "ou"), ("ee", "i"), ("i", "ee"), ("dh", "d"), ("kh", "h"), ("mm", "m"), ("ss", "s"),
    ("ah", "a"), ("y", "i"), ("sh", "ch"), ("j", "dj"), ("z", "s"), ("o", "u"), ("e", "i"), ("aa", "a"), ("w", "u"),
)  # fmt: skip
_COMMON = tuple(dict.fromkeys(name for origin in ORIGINS.values() for name in origin.given[:6]))
#: Halves of names and words between them: replacing one makes no other name.
_NO_NAMES_WRITTEN = "abd abdul abdel abdal abu abou umm al el ul ur bin ben ibn bint ould na de la haji mullah"
_NO_NAMES = frozenset(_NO_NAMES_WRITTEN.split())
_LEAST_PARTS = 2
_MOST_PARTS = 6
_CIRCA_YEARS = 2


@dataclass(frozen=True, slots=True)
class Person:
    """A row of a people file: ``expect`` holds ids of entries, empty for somebody who is not listed."""

    id: str
    name: str
    birth_date: str
    nationality: str
    expect: tuple[str, ...]
    kind: str = ""


@dataclass(frozen=True, slots=True)
class _World:
    """The usable entries, the years of every listed name, and who is of which nationality."""

    entries: Sequence[WatchlistEntry]
    years: dict[frozenset[str], list[tuple[int, int]]]

    def is_taken(self, name: str, year: int) -> bool:
        """Whether somebody listed bears this name, in any order, and was born about then or nobody knows when."""
        spans = self.years.get(_words(name), [])
        return any(first - _CIRCA_YEARS <= year <= last + _CIRCA_YEARS for first, last in spans)


#: Name, year of birth and nationality of somebody who is not listed.
_Namesake = tuple[str, int, str]


def development_people(snapshot: ListSnapshot, seed: int = SEED) -> tuple[Person, ...]:
    """Two people per usable entry: the listed one as somebody else wrote them down, and a namesake."""
    draw = random.Random(seed)
    people = [entry for entry in snapshot.entries if entry.kind is EntryKind.PERSON]
    usable = [entry for entry in people if any(date.readings for date in entry.birth_dates) and _latin(entry)]
    years: dict[frozenset[str], list[tuple[int, int]]] = {}
    for entry in people:
        for name in entry.names:
            years.setdefault(_words(name.text), []).append(_span(entry))
    return tuple(_people(draw, _World(usable, years)))


def _people(draw: random.Random, world: _World) -> Iterator[Person]:
    for number, entry in enumerate(world.entries):
        kind, name = _as_written_down(draw, entry)
        dated = draw.choice([date for date in entry.birth_dates if date.readings])
        nation = _nation(entry) if draw.random() < 0.85 else ""
        yield Person(f"p{number}", name, _written(draw, dated), nation, (entry.id,), kind)
        for kind in draw.choices(list(_NAMESAKES), [share for share, _ in _NAMESAKES.values()], k=9):
            name, year, nation = _NAMESAKES[kind][1](draw, world, entry)
            if not world.is_taken(name, year):
                yield Person(f"n{number}", name, _somewhen(draw, year), nation, (), kind)
                break


def _as_written_down(draw: random.Random, entry: WatchlistEntry) -> tuple[str, str]:
    """The listed person by primary name, another strong name or original script, spelled by another hand."""
    chance = draw.random()
    native = [name.text for name in entry.names if name.kind is EntryNameKind.ORIGINAL_SCRIPT and "\n" not in name.text]
    if native and chance < 0.3:
        return "original_script", draw.choice(native)
    aliases = [name.text for name in entry.names if name.kind is EntryNameKind.ALIAS and _is_plain(name.text)]
    if aliases and chance < 0.5:
        return "alias", _respelled(draw, draw.choice(aliases))
    return "respelled", _respelled(draw, _latin(entry))


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


def _same_name(draw: random.Random, _: _World, entry: WatchlistEntry) -> _Namesake:
    """The listed name, another birth year."""
    return _latin(entry).title(), _moved(draw, entry, 4, 30), _somewhere(draw, entry)


def _same_name_near(draw: random.Random, world: _World, entry: WatchlistEntry) -> _Namesake:
    """The listed name two or three years off, and another nationality."""
    return _latin(entry).title(), _moved(draw, entry, 2, 3), _elsewhere(draw, world, entry)


def _other_part(draw: random.Random, world: _World, entry: WatchlistEntry) -> _Namesake:
    """One part is another name, the birth year about the same."""
    parts = _latin(entry).split()
    others = _latin(draw.choice(world.entries)).split()
    place = draw.choice(_places(parts))
    parts[place] = draw.choice((others[draw.choice(_places(others))], draw.choice(_COMMON)))
    return " ".join(parts).title(), _moved(draw, entry, 0, 1), _somewhere(draw, entry)


def _brother(draw: random.Random, _: _World, entry: WatchlistEntry) -> _Namesake:
    """The chain of fathers is the same, the given name is not."""
    chain = _latin(entry).split()[1:]
    return " ".join([draw.choice(_COMMON), *chain]).title(), _moved(draw, entry, 1, 12), _nation(entry)


def _father_or_son(draw: random.Random, _: _World, entry: WatchlistEntry) -> _Namesake:
    """Who would be called so in a chain of fathers: a part fewer or more in front, a generation apart."""
    parts = _latin(entry).split()
    first = _span(entry)[0]
    if len(parts) > _LEAST_PARTS and draw.random() < 0.5:
        return " ".join(parts[1:]).title(), first - draw.randint(18, 40), _nation(entry)
    return " ".join([draw.choice(_COMMON), *parts]).title(), first + draw.randint(18, 40), _nation(entry)


def _crossed(draw: random.Random, world: _World, entry: WatchlistEntry) -> _Namesake:
    """The given name of one and the last name of another of the same nationality, and the birth year of one."""
    near = [other for other in world.entries if _nation(other) == _nation(entry) and other is not entry]
    other = draw.choice(near or world.entries)
    name = f"{_latin(entry).split()[0]} {_latin(other).split()[-1]}".title()
    return name, _moved(draw, draw.choice((entry, other)), 0, 2), _nation(entry)


def _common(draw: random.Random, _: _World, entry: WatchlistEntry) -> _Namesake:
    """Common names of some region, born in the year of somebody listed and of the same nationality."""
    return invented(draw, draw.choice(list(ORIGINS.values()))), _moved(draw, entry, 0, 1), _nation(entry)


_NAMESAKES: dict[str, tuple[float, Callable[[random.Random, _World, WatchlistEntry], _Namesake]]] = {
    "same_name": (0.35, _same_name),
    NEAR: (0.05, _same_name_near),
    "other_part": (0.15, _other_part),
    "brother": (0.1, _brother),
    "father_or_son": (0.1, _father_or_son),
    "crossed": (0.15, _crossed),
    "common": (0.1, _common),
}


def _latin(entry: WatchlistEntry) -> str:
    name = entry.names[0]
    return name.text if name.kind is EntryNameKind.PRIMARY and _is_plain(name.text) else ""


def _is_plain(name: str) -> bool:
    return name.isascii() and not set(name) & set(";,/()") and _LEAST_PARTS <= len(name.split()) <= _MOST_PARTS


def _places(parts: Sequence[str]) -> list[int]:
    """Where a whole name stands."""
    whole = [
        place
        for place, part in enumerate(parts)
        if part.lower() not in _NO_NAMES and (place == 0 or parts[place - 1].lower() not in _NO_NAMES)
    ]
    return whole or [0]


def _words(name: str) -> frozenset[str]:
    return frozenset(name.lower().replace("-", " ").replace("'", "").split())


def _span(entry: WatchlistEntry) -> tuple[int, int]:
    """The years all the entry's dates lie in; all years where it tells none."""
    readings = [reading for date in entry.birth_dates for reading in date.readings]
    if not readings:
        return 1, 9_999
    return min(each.earliest.year for each in readings), max(each.latest.year for each in readings)


def _moved(draw: random.Random, entry: WatchlistEntry, least: int, most: int) -> int:
    """A year that lies ``least`` to ``most`` years outside all that the entry could mean."""
    first, last = _span(entry)
    wide = _CIRCA_YEARS if any(date.precision is Precision.APPROXIMATE for date in entry.birth_dates) else 0
    away = draw.randint(least, most)
    return first - wide - away if draw.random() < 0.5 else last + wide + away


def _nation(entry: WatchlistEntry) -> str:
    return entry.nationalities[0] if entry.nationalities else ""


def _somewhere(draw: random.Random, entry: WatchlistEntry) -> str:
    chance = draw.random()
    if chance < 0.5:
        return _nation(entry)
    return "" if chance < 0.65 else draw.choice([origin.country for origin in ORIGINS.values()])


def _elsewhere(draw: random.Random, world: _World, entry: WatchlistEntry) -> str:
    return draw.choice([_nation(other) for other in world.entries if _nation(other) not in {"", _nation(entry)}])


def _written(draw: random.Random, date: PartialDate) -> str:
    """A listed person's date as a desk may have it: whole, the year, 1 January, a year off, day and month swapped."""
    day = date.readings[0].earliest
    kind = draw.random()
    if kind < 0.04:
        return ""
    if date.precision is not Precision.DAY or kind < 0.2:
        return f"{day.year + (draw.choice((-1, 1)) if kind < 0.09 else 0)}"
    if kind < 0.35:
        return f"{day.year}-01-01"
    if kind < 0.42:
        return (day + timedelta(days=draw.randint(-366, 366))).isoformat()
    if kind < 0.46 and day.day <= 12:
        return f"{day.year:04d}-{day.day:02d}-{day.month:02d}"
    return day.isoformat()


def _somewhen(draw: random.Random, year: int) -> str:
    """The year as a desk may have it: whole, the year alone, 1 January."""
    kind = draw.random()
    if kind < 0.25:
        return f"{year:04d}"
    return f"{year:04d}-01-01" if kind < 0.45 else f"{year:04d}-{draw.randint(1, 12):02d}-{draw.randint(1, 28):02d}"
