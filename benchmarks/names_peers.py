"""The same pairs and queries for the engines of others, each at its own best: nomenklatura and rapidfuzz.

A peer that is not installed is named and left out. Every peer is given the threshold that is best for it on these very
data, which flatters it; the engine has the one threshold of its pack.
"""

from __future__ import annotations

import csv
import importlib
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from importlib import metadata
from pathlib import Path
from typing import Any

from benchmarks import _names, names_pairs
from benchmarks.names_queries import listed, person, read_lines
from vetting_engine.names.romanise import romanise

NAME = "names-peers"
ABOUT = "peers on the same pairs and queries, where installed: nomenklatura (logic-v2, name-based), rapidfuzz"
#: Percent of crossed names that may be stopped: the goal. A peer's threshold for queries is set to come to no more.
_MOST_CROSSED = 10.0
_STEPS = range(40, 101)
_POSITIVE = ("un_same", "un_treated", "alias_un", "alias_ofac", "orig_script")
_NEGATIVE = ("neg_global", "neg_ctx", "neg_cross")

#: How alike two names of persons (or of bodies) are, 0 to 100.
Scorer = Callable[[str, str, bool], float]
Figures = Mapping[str, object]


def run(args: Sequence[str]) -> dict[str, object]:
    """``--queries`` per set, held against every name by rapidfuzz; nomenklatura is measured on the pairs only."""
    parser = _names.data_parser(ABOUT)
    parser.add_argument("--queries", type=int, default=120)
    given = parser.parse_args(args)
    ours = names_pairs.run(["--data", str(given.data)])
    answer: dict[str, object] = {
        "pairs": {"vetting_engine": {"all": ours["all"], "person": ours["person"], "threshold": ours["threshold"]}},
        "queries": {"vetting_engine": _own_queries(given.data, given.queries)},
        "not_installed": [],
    }
    for peer, scorers in (("rapidfuzz", _rapidfuzz), ("nomenklatura", _nomenklatura)):
        try:
            found = dict(scorers())
        except ImportError as problem:
            _append(answer, "not_installed", f"{peer}: {problem}")
            continue
        version = metadata.version(peer)
        for name, scorer in found.items():
            _put(answer, "pairs", f"{peer} {version} {name}", _pairs(given.data, scorer))
        if peer == "rapidfuzz":
            for name in ("WRatio", "token_sort_ratio"):
                _put(answer, "queries", f"{peer} {version} {name}", _queries(given.data, given.queries, name))
    return answer


def _append(answer: dict[str, object], key: str, value: str) -> None:
    held = answer[key]
    if isinstance(held, list):
        held.append(value)


def _put(answer: dict[str, object], key: str, name: str, value: Figures) -> None:
    held = answer[key]
    if isinstance(held, dict):
        held[name] = value


def _rapidfuzz() -> Iterator[tuple[str, Scorer]]:
    fuzz = importlib.import_module("rapidfuzz.fuzz")
    jaro = importlib.import_module("rapidfuzz.distance.JaroWinkler")

    def scorer(ratio: Callable[[str, str], float]) -> Scorer:
        return lambda one, other, _: ratio(romanise(one), romanise(other))

    for name in ("WRatio", "token_sort_ratio", "token_set_ratio"):
        yield f"{name} + romanised", scorer(getattr(fuzz, name))
    yield "Jaro-Winkler + romanised", scorer(lambda one, other: 100 * float(jaro.normalized_similarity(one, other)))


def _nomenklatura() -> Iterator[tuple[str, Scorer]]:
    """Its matching algorithms by their own names, on entities that have a name and nothing else (4.x)."""
    matching = importlib.import_module("nomenklatura.matching")
    config = importlib.import_module("nomenklatura.matching.types").ScoringConfig.defaults()
    model = importlib.import_module("followthemoney").model

    def entity(key: str, text: str, *, is_person: bool) -> Any:  # noqa: ANN401  # a type of a package that may be absent
        schema = "Person" if is_person else "Organization"
        return model.get_proxy({"id": key, "schema": schema, "properties": {"name": [text]}}, cleaned=False)

    def scorer(algorithm: Any) -> Scorer:  # noqa: ANN401
        return lambda one, other, is_person: (
            100
            * float(
                algorithm.compare(
                    entity("a", one, is_person=is_person), entity("b", other, is_person=is_person), config
                ).score
            )
        )

    for name in ("logic-v2", "logic-v1", "name-based"):
        algorithm = matching.get_algorithm(name)
        if algorithm is not None:
            yield name, scorer(algorithm)


def _pairs(data: Path, scorer: Scorer) -> Figures:
    """Precision, recall, F1 at the threshold that gives the scorer its best F1 over all pairs."""
    with (data / "names" / "pairs_dev.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    started = time.process_time()
    scored = [
        (
            scorer(row["name1"], row["name2"], row["schema"] == "Person"),
            row["is_match"] == "true",
            row["schema"] == "Person",
        )
        for row in rows
    ]
    seconds = time.process_time() - started

    def at(threshold: int, *, persons: bool) -> dict[str, float | int]:
        return names_pairs.figures(
            [(label, score >= threshold) for score, label, is_person in scored if is_person or not persons]
        )

    best = max(_STEPS, key=lambda threshold: (at(threshold, persons=False)["f1"], -threshold))
    best_person = max(_STEPS, key=lambda threshold: (at(threshold, persons=True)["f1"], -threshold))
    return {
        "all": at(best, persons=False),
        "person": at(best_person, persons=True),
        "thresholds": [best, best_person],
        "microseconds_per_pair": round(1e6 * seconds / len(rows), 1),
    }


def _sample(data: Path, each: int) -> list[dict[str, Any]]:
    """The first queries of every set, in the order of the file."""
    taken: dict[str, int] = {}
    chosen = []
    for query in read_lines(data / "names" / "queries_dev.jsonl"):
        taken[query["set"]] = taken.get(query["set"], 0) + 1
        if taken[query["set"]] <= each:
            chosen.append(query)
    return chosen


def _own_queries(data: Path, each: int) -> Figures:
    queries = _sample(data, each)
    snapshot = _names.snapshot(listed(entry) for entry in read_lines(data / "names" / "watchlist.jsonl"))
    people = [person(str(place), query) for place, query in enumerate(queries)]
    results = _names.examiner(_names.pack(), snapshot).examine_many(people, _names.AS_OF)
    hits = [_names.hit_entries(result) for result in results]
    return _rates(
        queries, [query["id"] in hit if query["id"] else bool(hit) for query, hit in zip(queries, hits, strict=True)]
    )


def _queries(data: Path, each: int, scorer: str) -> Figures:
    """Names only: brute force over all names, at the lowest threshold that stops no more crossed names than allowed."""
    fuzz = importlib.import_module("rapidfuzz.fuzz")
    process = importlib.import_module("rapidfuzz.process")
    queries = _sample(data, each)
    entries = read_lines(data / "names" / "watchlist.jsonl")
    names, owners = [], []
    for entry in entries:
        for text in (entry["name"], *entry["aliases"], *entry["weak"]):
            names.append(romanise(text))
            owners.append(entry["id"])
    scores = process.cdist([romanise(query["q"]) for query in queries], names, scorer=getattr(fuzz, scorer))
    most = scores.max(axis=1)
    own = [
        max((row[place] for place, owner in enumerate(owners) if owner == query["id"]), default=0.0)
        for query, row in zip(queries, scores, strict=True)
    ]
    for threshold in _STEPS:
        hit = [
            mine >= threshold if query["id"] else top >= threshold
            for query, mine, top in zip(queries, own, most, strict=True)
        ]
        rates = _rates(queries, hit)
        if rates["neg_cross"] <= _MOST_CROSSED:
            break
    return rates | {"threshold": threshold}


def _rates(queries: Sequence[dict[str, Any]], hit: Sequence[bool]) -> dict[str, float]:
    return {
        each: _names.rate(
            sum(said for query, said in zip(queries, hit, strict=True) if query["set"] == each),
            sum(query["set"] == each for query in queries),
        )
        for each in (*_POSITIVE, *_NEGATIVE)
    }
