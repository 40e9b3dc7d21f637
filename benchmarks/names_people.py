"""People with birth date and nationality against the UN list: who is found, and how many namesakes are stopped."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from benchmarks import _names
from benchmarks._people import NEAR, SEED, Person, development_people
from vetting_engine.checks.watchlist import WatchlistExaminer
from vetting_engine.model.watchlist import ListSnapshot
from vetting_engine.sources import load_watchlist

NAME = "names-people"
ABOUT = "people with birth date and nationality against the UN list: recall, false alerts, misses, alerts"
LIST = "un_consolidated_2026-02-27.xml"


def run(args: Sequence[str]) -> dict[str, object]:
    """``--people`` has the columns id, name, birth_date, nationality, expect; without it seeded sets are made."""
    parser = _names.data_parser(ABOUT)
    parser.add_argument("--list", type=Path)
    parser.add_argument("--people", type=Path)
    parser.add_argument("--seeds", type=int, default=3, help="how many sets are made where no people are given")
    given = parser.parse_args(args)
    listed = load_watchlist(given.list or given.data / "lists" / LIST)
    # The suite measures names; an office's approval of the list is not what it is about.
    listed = listed.model_copy(update={"authority": _names.AUTHORITY, "published": _names.AS_OF})
    ruleset = _names.pack()
    check = _names.examiner(ruleset, listed)
    threshold = {"threshold": _names.settings_of(ruleset).possible_from}
    if given.people:
        return _figures(check, tuple(_read(given.people))) | {"made_up": False} | threshold
    return _by_seed(check, listed, range(SEED, SEED + given.seeds)) | threshold


def _by_seed(check: WatchlistExaminer, listed: ListSnapshot, seeds: Sequence[int]) -> dict[str, object]:
    """The figures of each seeded set, and what share of every kind was hit over all of them."""
    recall, alerts = [], []
    hit, asked = Counter[str](), Counter[str]()
    for seed in seeds:
        people = development_people(listed, seed)
        hits = _hits(check, people)
        for person in people:
            kind = f"{'listed' if person.expect else 'namesake'}.{person.kind}"
            asked[kind] += 1
            hit[kind] += bool(hits[person.id] & set(person.expect) if person.expect else hits[person.id])
        figures = _figures(check, [person for person in people if person.kind != NEAR])
        recall.append(figures["recall"])
        alerts.append(figures["false_alerts"])
    return {
        "recall_by_seed": recall,
        "false_alerts_by_seed": alerts,
        "hit_by_kind": {kind: _names.rate(hit[kind], asked[kind]) for kind in sorted(asked)},
        "people_by_kind": dict(sorted(asked.items())),
        "made_up": True,
    }


def _figures(check: WatchlistExaminer, people: Sequence[Person]) -> dict[str, object]:
    hits = _hits(check, people)
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
    }


def _hits(check: WatchlistExaminer, people: Sequence[Person]) -> dict[str, frozenset[str]]:
    candidates = [
        _names.candidate(person.id, person.name, person.birth_date, person.nationality.split("|")) for person in people
    ]
    results = check.examine_many(candidates, _names.AS_OF)
    return {person.id: _names.hit_entries(result) for person, result in zip(people, results, strict=True)}


def _read(path: Path) -> Iterable[Person]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            expect = tuple(each.strip() for each in (row["expect"] or "").split("|") if each.strip())
            yield Person(row["id"], row["name"], row["birth_date"] or "", row["nationality"] or "", expect)
