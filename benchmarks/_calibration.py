"""What ``names-calibrate`` is measured on, prepared once: pairs that could come near the threshold, so that another
set of weights is tried in seconds.

Whom a candidate could be is looked up with a floor far below the pack's; after that only these pairs are weighed
again, every name of the entry with every weight in force. A weight that would lift a pair by more than eight bits
would go unseen; steps are smaller.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from zlib import crc32

from benchmarks import _names
from benchmarks._people import NEAR, SEED, development_people
from benchmarks.names_people import LIST
from benchmarks.names_queries import listed, person, read_lines
from vetting_engine.checks.watchlist import WatchlistSettings
from vetting_engine.checks.watchlist._screen import Screen
from vetting_engine.model.candidate import Candidate
from vetting_engine.model.watchlist import EntryKind, EntryNameKind, ListSnapshot, WatchlistEntry
from vetting_engine.names import _weights, births, compare_names, evidence
from vetting_engine.names._similarity import likeness
from vetting_engine.names.compare import points
from vetting_engine.names.organisations import parse_organisation
from vetting_engine.names.parts import parse_name
from vetting_engine.sources import load_watchlist

__all__ = ["GOALS", "Item", "figures", "hits", "home_of", "prepared", "trial"]

_FLOOR, _NAME_FLOOR = 2_800, 1_600
#: Measure → goal in percent, and whether more is better.
GOALS: dict[str, tuple[float, bool]] = {
    "pairs.person_f1": (85.0, True),
    "pairs.all_f1": (86.0, True),
    "pairs.synth_people_f1": (80.0, True),
    "un_same": (99.5, True),
    "un_treated": (98.0, True),
    "alias_un": (60.0, True),
    "alias_ofac": (78.0, True),
    "orig_script": (75.0, True),
    "neg_global": (0.5, False),
    "neg_ctx": (0.5, False),
    "neg_cross": (10.0, False),
    "people.recall": (97.0, True),
    "people.false_alerts": (3.0, False),
}


@dataclass(frozen=True, slots=True)
class Item:
    """One question with its answer.

    ``measures``: what it counts for. ``expect``: ids of the entries that should be hit; empty: none should. ``near``:
    entries that could be. ``fold`` groups by target, so that no target is in two folds.
    """

    measures: tuple[str, ...]
    candidate: Candidate
    expect: frozenset[str]
    near: tuple[WatchlistEntry, ...]
    group: int


def prepared(data: Path, seeds: int) -> list[Item]:
    """The items of the three development sets; of ``seeds`` drawings of the people set."""
    return [*_pairs(data), *_queries(data), *_people(data, seeds)]


def hits(items: Sequence[Item], threshold: int, name_floor: int) -> list[tuple[bool, bool]]:
    """Per item, whether an expected entry is hit, and whether any is, under the weights in force."""
    answers = []
    for item in items:
        found = {entry.id for entry in item.near if _score(item.candidate, entry, name_floor) >= threshold}
        answers.append((not item.expect.isdisjoint(found), bool(found)))
    return answers


def figures(items: Sequence[Item], answers: Sequence[tuple[bool, bool]]) -> dict[str, float]:
    """Every measure of ``GOALS`` in percent."""
    tallies: dict[str, list[int]] = {measure: [0, 0, 0, 0] for measure in GOALS}
    for item, (right, said) in zip(items, answers, strict=True):
        for measure in item.measures:
            tally = tallies[measure]
            tally[0] += right
            tally[1] += said
            tally[2] += bool(item.expect)
            tally[3] += 1
    return {measure: _figure(measure, *tally) for measure, tally in tallies.items()}


@contextmanager
def trial(changes: Mapping[str, int]) -> Iterator[None]:
    """Other weights for a while; what was remembered under any weights is forgotten before and after."""
    homes = {name: home_of(name) for name in changes}
    before = {name: getattr(home, name) for name, home in homes.items()}
    _forget()
    try:
        for name, home in homes.items():
            setattr(home, name, changes[name])
        yield
    finally:
        for name, home in homes.items():
            setattr(home, name, before[name])
        _forget()


def home_of(name: str) -> ModuleType:
    """The module a weight stands in."""
    return next(module for module in (_weights, births, evidence) if hasattr(module, name))


def _forget() -> None:
    """Forms of parts and tables depend on no weight and are kept."""
    for remembered in (likeness, parse_name, parse_organisation):
        remembered.cache_clear()


def _figure(measure: str, right: int, said: int, expected: int, asked: int) -> float:
    if measure.endswith("_f1"):
        return 100 * 2 * right / (said + expected) if said + expected else 0.0
    return 100 * (right if GOALS[measure][1] else said) / asked if asked else 0.0


def _score(candidate: Candidate, entry: WatchlistEntry, name_floor: int) -> int:
    """The score of the pair as the check gives it."""
    best = max(
        (
            compare_names(ours.text, name.text, kind=entry.kind).centibits + _alias_weight(name.kind)
            for ours in candidate.names
            for name in entry.names
        ),
        default=0,
    )
    if points(best) < name_floor:
        return 0
    beside = evidence.evidence(candidate, entry)
    shared = births.whole_name_shared(best, beside)
    return points(best + sum(part.centibits for part in beside) + (shared.centibits if shared else 0))


def _alias_weight(kind: EntryNameKind) -> int:
    return _weights.WEAK_ALIAS if kind is EntryNameKind.WEAK_ALIAS else 0


def _near(candidates: Sequence[Candidate], snapshot: ListSnapshot) -> list[tuple[WatchlistEntry, ...]]:
    settings = WatchlistSettings(weak_from=_FLOOR, name_floor=_NAME_FLOOR)
    return [tuple(pair.entry for pair in pairs) for pairs in Screen([snapshot], settings).pairs_of(candidates)]


def _group(text: str) -> int:
    return crc32(" ".join(sorted(text.casefold().split())).encode())


def _pairs(data: Path) -> Iterator[Item]:
    with (data / "names" / "pairs_dev.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            is_person = row["schema"] == "Person"
            kind = EntryKind.PERSON if is_person else EntryKind.ORGANISATION
            (entry,) = _names.snapshot([_names.Listed("1", [row["name2"]], kind=kind)]).entries
            measures = ["pairs.all_f1", *(["pairs.person_f1"] if is_person else [])]
            if row["case_group"] == "synth_people":
                measures.append("pairs.synth_people_f1")
            expect = frozenset({"1"} if row["is_match"] == "true" else ())
            candidate = _names.candidate("c", row["name1"])
            yield Item(tuple(measures), candidate, expect, (entry,), _group(row["name2"]))


def _queries(data: Path) -> Iterator[Item]:
    entries = read_lines(data / "names" / "watchlist.jsonl")
    queries = read_lines(data / "names" / "queries_dev.jsonl")
    candidates = [person(str(place), query) for place, query in enumerate(queries)]
    near = _near(candidates, _names.snapshot(listed(entry) for entry in entries))
    for query, candidate, found in zip(queries, candidates, near, strict=True):
        expect = frozenset({query["id"]} if query["id"] else ())
        yield Item((query["set"],), candidate, expect, found, _group(query["id"] or query["q"]))


def _people(data: Path, seeds: int) -> Iterator[Item]:
    snapshot = load_watchlist(data / "lists" / LIST)
    for seed in range(SEED, SEED + seeds):
        people = development_people(snapshot, seed)
        candidates = [_names.candidate(each.id, each.name, each.birth_date, [each.nationality]) for each in people]
        for each, candidate, found in zip(people, candidates, _near(candidates, snapshot), strict=True):
            measure = "people.recall" if each.expect else "people.false_alerts"
            if each.kind == NEAR:
                continue
            yield Item((measure,), candidate, frozenset(each.expect), found, _group(each.id[1:]))
