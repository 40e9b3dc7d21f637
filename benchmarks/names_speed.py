"""A batch of queries with full explanation, against rapidfuzz comparing every name with every name.

The same run times both, in CPU seconds of one process, so that only the ratio need be trusted.
"""

from __future__ import annotations

import gc
import json
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from rapidfuzz import fuzz, process

from benchmarks import _names
from benchmarks.names_queries import listed, read_lines
from vetting_engine.names.compiled import open_or_build

NAME = "names-speed"
ABOUT = "1,000 queries with explanations against 14,000 and 100,000 names; ratio to rapidfuzz cdist(token_sort)"
_QUERIES = 1_000
_LARGE = 100_000
_CONSONANTS, _VOWELS = "bdfghjklmnprstvz", "aeiou"


def run(args: Sequence[str]) -> dict[str, object]:
    """``ratio`` above 1 is faster than brute force. Preparing (parsing, indexing) is timed apart."""
    parser = _names.data_parser(ABOUT)
    parser.add_argument("--watchlist", type=Path)
    parser.add_argument("--queries", type=Path)
    parser.add_argument("--sizes", type=int, nargs="*", default=[0, _LARGE])
    parser.add_argument("--seed", type=int, default=11)
    given = parser.parse_args(args)
    entries = read_lines(given.watchlist or given.data / "names" / "watchlist.jsonl")
    queries = read_lines(given.queries or given.data / "names" / "queries_dev.jsonl")
    draw = random.Random(given.seed)
    asked = draw.sample(queries, min(_QUERIES, len(queries)))
    real = [listed(entry) for entry in entries]
    answer: dict[str, object] = {}
    for size in given.sizes:
        everyone = [*real, *invented(draw, real, size)] if size else real
        answer[str(sum(len(each.names) + len(each.weak) for each in everyone))] = _timed(everyone, asked)
    return answer | _cold(real)


def _cold(real: Sequence[_names.Listed]) -> dict[str, float]:
    """One query from the start of a process, the list's names compiled before: the median of three."""
    names = [name for each in real for name in (*each.names, *each.weak)]
    with tempfile.TemporaryDirectory() as folder:
        started = time.process_time()
        open_or_build(Path(folder), "cold", names)
        compiling = time.process_time() - started
        size = sum(path.stat().st_size for path in Path(folder).iterdir())
        written = Path(folder) / "names.json"
        written.write_text(json.dumps(names), encoding="utf-8")
        runs = sorted(_cold_query(Path(folder), written, names[0]) for _ in range(3))
    return {
        "cold_seconds": round(runs[1][0], 2),
        "cold_rss_mb": round(runs[1][1], 1),
        "cold_found": runs[1][2],
        "compile_seconds": round(compiling, 2),
        "compiled_mb": round(size / (1 << 20), 1),
    }


def _cold_query(folder: Path, names: Path, query: str) -> tuple[float, float, int]:
    command = [sys.executable, "-m", "benchmarks._cold_query", str(folder), str(names), query, str(time.time())]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    seconds, megabytes, found = json.loads(done.stdout)
    return seconds, megabytes, found


def _timed(everyone: Sequence[_names.Listed], asked: Sequence[dict[str, object]]) -> dict[str, float]:
    names = [name.lower() for each in everyone for name in (*each.names, *each.weak)]
    snapshot = _names.snapshot(everyone)
    started = time.process_time()
    check = _names.examiner(_names.pack(), snapshot)
    prepared = time.process_time()
    people = [_names.candidate(str(place), str(query["q"]), *_evidence(query)) for place, query in enumerate(asked)]
    gc.collect()  # what preparing left behind is no part of the batch's work
    begun = time.process_time()
    results = check.examine_many(people, _names.AS_OF)
    ours = time.process_time() - begun
    begun = time.process_time()
    texts = [str(query["q"]).lower() for query in asked]
    process.cdist(texts, names, scorer=fuzz.token_sort_ratio, workers=1)
    brute = time.process_time() - begun
    return {
        "prepare_seconds": round(prepared - started, 2),
        "queries_per_second": round(len(people) / ours, 1),
        "cdist_queries_per_second": round(len(people) / brute, 1),
        "ratio": round(brute / ours, 3),
        "findings": sum(len(result.findings) for result in results),
    }


def _evidence(query: dict[str, object]) -> tuple[str, list[str]]:
    births, nations = query["dob"], query["nat"]
    assert isinstance(births, list)
    assert isinstance(nations, list)
    return births[0] if births else "", nations


def invented(draw: random.Random, real: Sequence[_names.Listed], size: int) -> list[_names.Listed]:
    """Entries up to ``size`` names: parts of listed names crossed at random, one in three with an invented part."""
    parts = [part for each in real for part in each.names[0].split()]
    have = sum(len(each.names) + len(each.weak) for each in real)
    made = []
    for number in range(max(0, size - have)):
        chosen = draw.choices(parts, k=draw.randint(2, 4))
        if draw.random() < 1 / 3:
            chosen[-1] = _word(draw)
        year = str(draw.randint(1940, 2005))
        nations = draw.choice(real).nationalities
        made.append(_names.Listed(f"made-{number}", [" ".join(chosen)], births=[year], nationalities=nations))
    return made


def _word(draw: random.Random) -> str:
    return "".join(draw.choice(_CONSONANTS) + draw.choice(_VOWELS) for _ in range(draw.randint(2, 4))).title()
