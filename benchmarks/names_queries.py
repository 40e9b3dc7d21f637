"""Queries against a list of people: who is found, and who is wrongly stopped."""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks import _names
from vetting_engine.model.candidate import Candidate

NAME = "names-queries"
ABOUT = "queries against a list: recall per positive set, alert rate per negative set"


def run(args: Sequence[str]) -> dict[str, object]:
    """Recall is the share of positives whose entry is hit; the alert rate that of negatives with any hit."""
    parser = _names.data_parser(ABOUT)
    parser.add_argument("--watchlist", type=Path)
    parser.add_argument("--queries", type=Path)
    given = parser.parse_args(args)
    entries = read_lines(given.watchlist or given.data / "names" / "watchlist.jsonl")
    queries = read_lines(given.queries or given.data / "names" / "queries_dev.jsonl")
    ruleset = _names.pack()
    watchlist = _names.snapshot(listed(entry) for entry in entries)
    check = _names.examiner(ruleset, watchlist)
    people = [person(str(place), query) for place, query in enumerate(queries)]
    started = time.perf_counter()
    results = check.examine_many(people, _names.AS_OF)
    seconds = time.perf_counter() - started
    asked, found = Counter[str](), Counter[str]()
    for query, result in zip(queries, results, strict=True):
        hits = _names.hit_entries(result)
        asked[query["set"]] += 1
        found[query["set"]] += query["id"] in hits if query["id"] else bool(hits)
    positives = {query["set"] for query in queries if query["id"]}
    return {
        "recall": {each: _names.rate(found[each], asked[each]) for each in sorted(positives)},
        "alert_rate": {each: _names.rate(found[each], asked[each]) for each in sorted(asked.keys() - positives)},
        "queries_per_second": round(len(queries) / seconds, 1),
        "queries": len(queries),
        "names": watchlist.report.names,
        "threshold": _names.settings_of(ruleset).possible_from,
    }


def read_lines(path: Path) -> list[dict[str, Any]]:
    """The objects of a JSON Lines file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def listed(entry: dict[str, Any]) -> _names.Listed:
    """An entry of ``watchlist.jsonl``."""
    return _names.Listed(
        entry["id"], [entry["name"], *entry["aliases"]], entry["weak"], entry["dob"], entry["nat"], entry["gender"]
    )


def person(number: str, query: dict[str, Any]) -> Candidate:
    """A person has one birth date: the first the query gives."""
    births = query["dob"]
    return _names.candidate(number, query["q"], births[0] if births else "", query["nat"])
