"""People with birth date and nationality against the UN list: who is found, and how many namesakes are stopped."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path

from benchmarks import _names
from benchmarks._people import Person, development_people
from vetting_engine.model.ruleset import Ruleset
from vetting_engine.model.watchlist import ListSnapshot
from vetting_engine.sources import load_watchlist

NAME = "names-people"
ABOUT = "people with birth date and nationality against the UN list: recall, false alerts, misses, alerts"
_LIST = "un_consolidated_2026-02-27.xml"


def run(args: Sequence[str]) -> dict[str, object]:
    """``--people`` has the columns id, name, birth_date, nationality, expect; without it a seeded set is made."""
    parser = _names.data_parser(ABOUT)
    parser.add_argument("--list", type=Path)
    parser.add_argument("--people", type=Path)
    given = parser.parse_args(args)
    listed = load_watchlist(given.list or given.data / "lists" / _LIST)
    # The suite measures names; an office's approval of the list is not what it is about.
    listed = listed.model_copy(update={"authority": _names.AUTHORITY, "published": _names.AS_OF})
    people = tuple(_read(given.people)) if given.people else development_people(listed)
    ruleset = _names.pack()
    hits = _hits(ruleset, listed, people)
    expected = [person for person in people if person.expect]
    others = [person for person in people if not person.expect]
    misses = [person.id for person in expected if hits[person.id].isdisjoint(person.expect)]
    alerts = [person.id for person in others if hits[person.id]]
    return {
        "recall": _names.rate(len(expected) - len(misses), len(expected)),
        "false_alerts": _names.rate(len(alerts), len(others)),
        "expected": len(expected),
        "others": len(others),
        "misses": misses,
        "alerts": alerts,
        "made_up": given.people is None,
        "threshold": _names.settings_of(ruleset).possible_from,
    }


def _hits(ruleset: Ruleset, listed: ListSnapshot, people: Iterable[Person]) -> dict[str, frozenset[str]]:
    people = tuple(people)
    candidates = [
        _names.candidate(person.id, person.name, person.birth_date, person.nationality.split("|")) for person in people
    ]
    results = _names.examiner(ruleset, listed).examine_many(candidates, _names.AS_OF)
    return {person.id: _names.hit_entries(result) for person, result in zip(people, results, strict=True)}


def _read(path: Path) -> Iterable[Person]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            expect = tuple(each.strip() for each in (row["expect"] or "").split("|") if each.strip())
            yield Person(row["id"], row["name"], row["birth_date"] or "", row["nationality"] or "", expect)
