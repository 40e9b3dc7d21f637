"""A small journal of invented people with gaps that reading closes, and what it takes to read them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import make

from vetting_engine import Engine, FileKeyRing, Journal, Resources, Vetting
from vetting_engine.model.candidate import Account, Candidate, MediaKind
from vetting_engine.model.date_parsing import parse_date
from vetting_engine.model.reading import FoundItem, Reading
from vetting_engine.model.ruleset import Ruleset
from vetting_engine.review import Closing, sample_of

AS_OF = date(2026, 6, 30)
READ_ON = date(2026, 7, 2)
NOON = datetime(2026, 6, 30, 12, tzinfo=UTC)


def person(number: int = 1, *, posts: int = 24, videos: int = 3, language: str = "tl") -> Candidate:
    """Somebody who posts in a language without terms, and in English, and shows videos."""
    texts = [make.post(f"p{n}", f"Ang mga balita sa palengke {n}", language=language) for n in range(posts)]
    texts += [make.post(f"e{n}", f"Good morning from the market {n}", language="en") for n in range(20)]
    texts += [make.post(f"v{n}", "", media=MediaKind.VIDEO, platform="tiktok", handle="@t") for n in range(videos)]
    return make.candidate(
        f"c-{number}",
        ("Quillon Brask Vey", "Perrin Dask Moul")[number - 1],
        birth_date=parse_date("1990-03-04"),
        languages=("en", language),
        posts=tuple(texts),
        relations_declared=True,
        consent_ref=f"k-{number}",
        accounts=(Account(platform="tiktok", handle="@t"),),
    )


@dataclass
class Desk:
    """A journal that is open, its keys, and the records of the people in it."""

    journal: Journal
    keys: FileKeyRing
    vettings: tuple[Vetting, ...]

    @property
    def record(self) -> str:
        """The first person's record."""
        return self.vettings[0].record_id or ""


def open_desk(folder: Path, ruleset: Ruleset, resources: Resources, people: Sequence[Candidate]) -> Desk:
    """A new journal with these people vetted in it."""
    keys = FileKeyRing(folder / "keys", create=True)
    journal = Journal.open(folder / "journal.sqlite", create=True)
    given = Resources(watchlists=resources.watchlists, registers=resources.registers, key_ring=keys)
    engine = Engine(ruleset, resources=given, journal=journal, clock=lambda: NOON)
    return Desk(journal, keys, tuple(engine.vet_many(people, as_of=AS_OF)))


def reading(reader: str, found: Mapping[int, str] | None = None, **parts: object) -> Reading:
    """What a reader of Tagalog found, by item; assured by the host unless said otherwise."""
    given: dict[str, object] = {
        "reader": reader,
        "assurance": "host",
        "languages": ("tl",),
        "on": READ_ON,
        "found": tuple(FoundItem(item=item, category=category) for item, category in (found or {}).items()),
    }
    return Reading.model_validate(given | parts)


def closing(desk: Desk, about: str, first: Reading, second: Reading, record: str = "") -> Closing:
    """Two readings of the whole sample."""
    where = record or desk.record
    _, drawn = sample_of(desk.journal, desk.keys, where, about)
    digests = {item.item: item.digest for item in drawn.sampled}
    return Closing(where, about, (first, second), (digests, dict(digests)))
