"""The whole way on real input: candidates made from labelled queries, the UN list read whole, decisions recorded,
verified, replayed and reported.
"""

from __future__ import annotations

import argparse
import json
import os
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from time import perf_counter

from benchmarks._memory import peak_megabytes
from vetting_engine import Engine, FileKeyRing, Journal, Resources, Run, load_ruleset, load_watchlist, replay
from vetting_engine.engine import ENGINE_VERSION
from vetting_engine.model.candidate import Candidate, PersonName, Post
from vetting_engine.model.date_parsing import parse_date
from vetting_engine.records import verify_journal
from vetting_engine.registry import discover

__all__ = ["ABOUT", "NAME", "run"]

NAME = "end-to-end"
ABOUT = "the UN list whole, candidates from labelled queries: read, vet, record, verify, replay, report"

_AS_OF = date(2026, 3, 15)
_CLOCK = datetime(2026, 3, 15, 12, tzinfo=UTC)
#: Harmless everyday texts, so that the content check has something to read. Invented.
_POSTS = (
    "Registration for the evening classes opens on Sunday, bring your card.",
    "Good morning from the market! Tomatoes are cheaper today.",
    "Our football team lost again, but what a match.",
    "If you feel unwell, the clinic near the water point is open until five.",
)


def run(arguments: Sequence[str]) -> dict[str, object]:
    """Time every stage; seconds are wall time of one process unless ``--workers`` says otherwise."""
    parser = argparse.ArgumentParser(prog=f"benchmarks {NAME}", description=ABOUT)
    parser.add_argument("--data", default=os.environ.get("VETTING_DATA", ""), help="folder with the real lists")
    parser.add_argument("--candidates", type=int, default=500)
    parser.add_argument("--workers", type=int, default=1)
    options = parser.parse_args(arguments)
    data = Path(options.data)
    lists = sorted(data.glob("lists/un_consolidated_2026-*.xml"))
    queries = data / "names" / "queries_dev.jsonl"
    if not options.data or not lists or not queries.is_file():
        return {"skipped": "no real lists: name their folder with --data or $VETTING_DATA"}
    return _measure(lists[-1], queries, options.candidates, options.workers)


def _measure(listed: Path, queries: Path, count: int, workers: int) -> dict[str, object]:
    seconds: dict[str, float] = {}

    @contextmanager
    def timed(stage: str) -> Iterator[None]:
        started = perf_counter()
        yield
        seconds[stage] = perf_counter() - started

    with timed("load_pack"):
        ruleset = load_ruleset("community-influencer")
    with timed("load_list"):
        snapshot = load_watchlist(listed)
    candidates = list(_candidates(queries, count))
    with tempfile.TemporaryDirectory() as folder:
        keys, path = FileKeyRing(Path(folder) / "keys", create=True), Path(folder) / "journal.sqlite"
        with keys, Journal.open(path, create=True) as journal:
            with timed("prepare"):
                resources = Resources(watchlists=[snapshot], key_ring=keys)
                engine = Engine(ruleset, resources=resources, journal=journal, clock=lambda: _CLOCK)
                engine.vet(candidates[0].model_copy(update={"id": "warm-up"}), as_of=_AS_OF)
            with timed("vet"):
                vettings = list(engine.vet_many(candidates, as_of=_AS_OF, workers=workers))
            checkpoint = str(journal.checkpoint(_CLOCK))
            with timed("verify"):
                verified = verify_journal(path).ok
            with timed("replay"):
                replayed = replay(path, keys)
        run_ = Run(ENGINE_VERSION, ruleset, _AS_OF, vettings, (snapshot,), rows=len(candidates), checkpoint=checkpoint)
        written = 0
        for name, report in discover("vetting_engine.reports").items():
            with timed(f"report_{name}"):
                written += sum(file.stat().st_size for file in report.write(run_, _folder(folder, name)))
    return {
        "candidates": len(candidates),
        "entries": snapshot.report.entries,
        "workers": workers,
        "seconds": seconds,
        "candidates_per_second": len(candidates) / seconds["vet"],
        "ratio_to_bare_name_comparison": _ratio(seconds["vet"], lambda: _bare(candidates, snapshot.entries)),
        "verified": verified,
        "replayed_same": replayed.count("same"),
        "dispositions": dict(sorted(Counter(v.decision.disposition.value for v in vettings).items())),
        "report_megabytes": written / 1e6,
        "peak_rss_mb": peak_megabytes(),
    }


def _candidates(queries: Path, count: int) -> Iterator[Candidate]:
    """Every n-th query as a candidate, so that all sets are in it; with declared English and four posts."""
    lines = queries.read_text(encoding="utf-8").splitlines()
    step = max(1, len(lines) // count)
    for number, line in enumerate(lines[::step][:count]):
        query = json.loads(line)
        yield Candidate(
            id=f"q-{number}",
            names=(PersonName(text=query["q"]),),
            birth_date=parse_date(query["dob"][0]) if query["dob"] else None,
            nationalities=tuple(query["nat"]),
            languages=("en",),
            relations_declared=True,
            consent_ref="benchmark",
            posts=tuple(Post(id=f"p{n}", text=text, time=_CLOCK, language="en") for n, text in enumerate(_POSTS)),
        )


def _bare(candidates: Sequence[Candidate], entries: Sequence[object]) -> None:
    """The baseline: one fuzzy ratio of every name with every listed name, and nothing else."""
    import numpy as np  # noqa: PLC0415  # only this baseline needs them
    from rapidfuzz import fuzz, process  # noqa: PLC0415

    names = [name.text for entry in entries for name in entry.names]  # type: ignore[attr-defined]
    queries = [candidate.names[0].text for candidate in candidates]
    process.cdist(queries, names, scorer=fuzz.token_sort_ratio, dtype=np.uint8)


def _ratio(seconds: float, baseline: Callable[[], None]) -> float:
    """How many times the baseline's time the whole vetting takes, in the same run."""
    started = perf_counter()
    baseline()
    return seconds / (perf_counter() - started)


def _folder(parent: str, name: str) -> Path:
    folder = Path(parent) / name
    folder.mkdir()
    return folder
