"""Screening again after the UN list changed: the answer of a full run, and what it costs."""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks import _names
from benchmarks._people import development_people
from vetting_engine.checks.watchlist import rescreen
from vetting_engine.model.watchlist import ListSnapshot
from vetting_engine.protocols import Resources
from vetting_engine.sources import load_watchlist

NAME = "names-rescreen"
ABOUT = "screening again after a list change: same answer as a full run, and the time of both"
_BEFORE, _AFTER = "un_consolidated_2025-04-19.xml", "un_consolidated_2026-02-27.xml"


def run(args: Sequence[str]) -> dict[str, object]:
    """The seeded people of ``names-people``, ``--times`` over; both runs prepare the lists themselves."""
    parser = _names.data_parser(ABOUT)
    parser.add_argument("--before", type=Path)
    parser.add_argument("--after", type=Path)
    parser.add_argument("--times", type=int, default=1)
    given = parser.parse_args(args)
    before = _list(given.before or given.data / "lists" / _BEFORE)
    after = _list(given.after or given.data / "lists" / _AFTER)
    people = [
        _names.candidate(f"{person.id}-{turn}", person.name, person.birth_date, person.nationality.split("|"))
        for turn in range(given.times)
        for person in development_people(before)
    ]
    ruleset = _names.pack()
    previous = _names.examiner(ruleset, before).examine_many(people, _names.AS_OF)
    started = time.process_time()
    full = _names.examiner(ruleset, after).examine_many(people, _names.AS_OF)
    middle = time.process_time()
    days = (_names.AS_OF, _names.AS_OF)
    again = rescreen(ruleset, (before,), Resources(watchlists=(after,)), people, previous, days=days)
    seconds_full, seconds_rescreen = middle - started, time.process_time() - middle
    return {
        "same_as_full": again == full,
        "seconds_full": round(seconds_full, 3),
        "seconds_rescreen": round(seconds_rescreen, 3),
        "ratio": round(seconds_full / seconds_rescreen, 2) if seconds_rescreen else 0.0,
        "people": len(people),
        "changed_results": sum(
            [each.id for each in old.findings] != [each.id for each in new.findings]
            for old, new in zip(previous, full, strict=True)
        ),
    }


def _list(path: Path) -> ListSnapshot:
    """The suite is about the names; an office's approval of the list is not what it measures."""
    return load_watchlist(path).model_copy(update={"authority": _names.AUTHORITY, "published": _names.AS_OF})
