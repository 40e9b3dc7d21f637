"""Where error is unequal: recall and false alerts by the script a name is written in, and by its origin.

By script: the development queries, as they are written. By origin: invented people only, since nobody's origin is
told from a real name here. Each origin has a list of its own and as many people who are not on it, all with names drawn
from the same common ones; so an origin with few and short names shows what that costs its people.
"""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from benchmarks import _names
from benchmarks._origins import ORIGINS, Origin, in_own_script, invented, respelled
from benchmarks.names_queries import listed, person, read_lines
from vetting_engine.checks.watchlist import PLUGIN
from vetting_engine.checks.watchlist._screen import Screen
from vetting_engine.model.candidate import Candidate
from vetting_engine.model.watchlist import ListSnapshot
from vetting_engine.text.scripts import scripts_in

NAME = "names-origins"
ABOUT = "recall and false alerts by threshold, by script as written, and on invented people by origin of the name"
THRESHOLDS = (5_000, 5_500, 6_000, 6_500, 7_000, 8_000, 10_000)
_FIRST_YEAR, _LAST_YEAR = 1950, 2004
_LEAST_ASKED = 5


def run(args: Sequence[str]) -> dict[str, object]:
    """Shares in percent. ``--people`` per origin; ``--seed`` draws them."""
    parser = _names.data_parser(ABOUT)
    parser.add_argument("--people", type=int, default=300)
    parser.add_argument("--seed", type=int, default=5)
    given = parser.parse_args(args)
    draw = random.Random(given.seed)
    answer: dict[str, object] = {
        "by_origin": {name: _origin(draw, each, given.people) for name, each in ORIGINS.items()}
    }
    entries = given.data / "names" / "watchlist.jsonl"
    if not entries.exists():
        return answer | {"by_script": f"not measured: no {entries}"}
    queries = read_lines(given.data / "names" / "queries_dev.jsonl")
    scored = _scored(
        [person(str(place), query) for place, query in enumerate(queries)],
        _names.snapshot(listed(entry) for entry in read_lines(entries)),
    )
    return answer | {
        "by_threshold": _by_threshold(queries, scored),
        "by_script": _by_script(queries, scored, _names.settings_of(_names.pack()).possible_from),
    }


#: Per query, the score of every entry that has one.
_Scored = list[dict[str, int]]


def _scored(candidates: Sequence[Candidate], snapshot: ListSnapshot) -> _Scored:
    settings = _names.settings_of(_names.pack()).model_copy(update={"weak_from": THRESHOLDS[0]})
    found = Screen([snapshot], settings).pairs_of(candidates)
    return [{pair.entry.id: pair.score for pair in pairs} for pairs in found]


def _by_threshold(queries: Sequence[Mapping[str, object]], scored: _Scored) -> dict[str, dict[str, float]]:
    """Set of queries → threshold → recall, or alert rate where nobody is listed."""
    table: dict[str, dict[str, float]] = {}
    asked = Counter(str(query["set"]) for query in queries)
    for threshold in THRESHOLDS:
        hit = Counter[str]()
        for query, scores in zip(queries, scored, strict=True):
            hit[str(query["set"])] += _is_hit(query["id"], scores, threshold)
        for each in sorted(asked):
            table.setdefault(each, {})[str(threshold)] = _names.rate(hit[each], asked[each])
    return table


def _by_script(queries: Sequence[Mapping[str, object]], scored: _Scored, threshold: int) -> dict[str, object]:
    hit, asked = defaultdict[str, Counter[bool]](Counter), defaultdict[str, Counter[bool]](Counter)
    for query, scores in zip(queries, scored, strict=True):
        script = _script(str(query["q"]))
        asked[script][bool(query["id"])] += 1
        hit[script][bool(query["id"])] += _is_hit(query["id"], scores, threshold)
    return {
        script: {
            "listed": asked[script][True],
            "recall": _share(hit[script][True], asked[script][True]),
            "others": asked[script][False],
            "alerts": _share(hit[script][False], asked[script][False]),
        }
        for script in sorted(asked)
        if asked[script].total() >= _LEAST_ASKED
    }


def _is_hit(expected: object, scores: Mapping[str, int], threshold: int) -> bool:
    if expected:
        return scores.get(str(expected), 0) >= threshold
    return any(score >= threshold for score in scores.values())


def _script(text: str) -> str:
    found = [script for script in scripts_in(text) if script not in {"Zyyy", "Zinh"}]
    return "+".join(sorted(set(found))) or "none"


def _origin(draw: random.Random, origin: Origin, people: int) -> dict[str, object]:
    """Everything about one origin: its own list, its own people."""
    names = list(dict.fromkeys(invented(draw, origin) for _ in range(people * 3)))
    draw.shuffle(names)
    on_list, others = names[: len(names) // 2][:people], names[len(names) // 2 :][:people]
    born = {name: f"{draw.randint(_FIRST_YEAR, _LAST_YEAR)}-{draw.randint(1, 12):02d}-14" for name in names}
    snapshot = _names.snapshot(
        _names.Listed(str(number), [name], births=[born[name]], nationalities=[origin.country])
        for number, name in enumerate(on_list)
    )
    check = PLUGIN.prepare(_names.pack(), _names.resources(snapshot))

    def hit(asked: Sequence[tuple[str, str, str]]) -> float:
        """Share of ``asked`` (name, birth date, id expected or "") with the expected hit, or with any."""
        candidates = [
            _names.candidate(str(place), name, birth, [origin.country] if birth else [])
            for place, (name, birth, _) in enumerate(asked)
        ]
        results = check.examine_many(candidates, _names.AS_OF)
        found = [_names.hit_entries(result) for result in results]
        right = sum(
            expected in hits if expected else bool(hits) for (_, _, expected), hits in zip(asked, found, strict=True)
        )
        return _names.rate(right, len(asked))

    written = [(respelled(draw, origin, name), str(number)) for number, name in enumerate(on_list)]
    native = [(text, str(number)) for number, name in enumerate(on_list) if (text := in_own_script(origin, name))]
    return {
        "people": len(on_list),
        "recall_respelled": hit([(name, "", number) for name, number in written]),
        "recall_own_script": hit([(name, "", number) for name, number in native])
        if len(native) >= _LEAST_ASKED
        else "none",
        "recall_with_date": hit([(name, born[on_list[int(number)]], number) for name, number in written]),
        "alerts_name_only": hit([(name, "", "") for name in others]),
        "alerts_with_date": hit([(name, born[name], "") for name in others]),
    }


def _share(part: int, whole: int) -> float | str:
    return _names.rate(part, whole) if whole else "none"
