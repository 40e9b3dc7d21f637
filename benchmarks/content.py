"""Content screening against labelled texts (HateCheck, Multilingual HateCheck)."""

from __future__ import annotations

import argparse
import csv
import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from time import perf_counter

from vetting_engine.checks.content import Scanner
from vetting_engine.model.finding import FindingStatus
from vetting_engine.model.scales import Level
from vetting_engine.rulebook import load_ruleset

__all__ = ["ABOUT", "NAME", "measure", "run"]

NAME = "content"
ABOUT = "labelled texts: accuracy, macro-F1, non-hateful accuracy, per functionality (HateCheck)"

_PACK = "community-influencer"
#: What HateCheck calls hateful; texts of other categories are findings too, and not hate.
_HATEFUL = frozenset({"hate", "incitement"})
_LANGUAGES = {"ar": "ar", "en": "en", "es": "es", "fr": "fr", "hi": "hi-Latn", "pt": "pt"}


def hateful(scanner: Scanner, text: str, language: str) -> bool:
    """Whether a hate or incitement finding is a hit (level ``needs_review`` or above) after modifiers."""
    return any(
        finding.category in _HATEFUL and finding.status is FindingStatus.HIT and finding.level >= Level.NEEDS_REVIEW
        for finding in scanner.scan(text, language)
    )


def measure(rows: Iterable[Mapping[str, str]], scanner: Scanner, language: str) -> dict[str, object]:
    """Metrics over rows with ``text``, ``label`` (hateful, non-hateful) and ``functionality``; shares in 0..1."""
    pairs: dict[str, list[tuple[bool, bool]]] = {}
    characters = 0
    began = perf_counter()
    for row in rows:
        answer = hateful(scanner, row["text"], language)
        pairs.setdefault(row["functionality"], []).append((row["label"] == "hateful", answer))
        characters += len(row["text"].encode())
    seconds = perf_counter() - began
    every = [pair for name in sorted(pairs) for pair in pairs[name]]
    benign = [pair for pair in every if not pair[0]]
    return {
        "language": language,
        "cases": len(every),
        "accuracy": _accuracy(every),
        "macro_f1": round((_f1(every, positive=True) + _f1(every, positive=False)) / 2, 4),
        "non_hateful_accuracy": _accuracy(benign),
        "by_functionality": {name: _accuracy(pairs[name]) for name in sorted(pairs)},
        "megabytes_per_second": round(characters / 1e6 / seconds, 3) if seconds else 0,
    }


def _accuracy(pairs: Sequence[tuple[bool, bool]]) -> float:
    return round(sum(truth == answer for truth, answer in pairs) / len(pairs), 4) if pairs else 0.0


def _f1(pairs: Sequence[tuple[bool, bool]], *, positive: bool) -> float:
    right = sum(truth is positive and answer is positive for truth, answer in pairs)
    said = sum(answer is positive for _, answer in pairs)
    there = sum(truth is positive for truth, _ in pairs)
    return 2 * right / (said + there) if said + there else 0.0


def run(args: Sequence[str]) -> dict[str, object]:
    """``--cases FILE.csv --language xx``; without them, every development half under ``--data``."""
    parser = argparse.ArgumentParser(prog="benchmarks content", description=ABOUT)
    parser.add_argument("--cases", type=Path, help="CSV with text, label, functionality")
    parser.add_argument("--language", help="BCP 47 tag the texts are in")
    parser.add_argument("--data", type=Path, default=os.environ.get("VETTING_DATA"))
    parser.add_argument("--pack", default=_PACK)
    options = parser.parse_args(args)
    scanner = Scanner(load_ruleset(options.pack))
    if options.cases:
        return measure(_rows(options.cases), scanner, options.language or "en")
    if options.data is None:
        return {"skipped": "no --cases, and neither --data nor $VETTING_DATA names the labelled sets"}
    folder = Path(options.data) / "content"
    return {
        name: measure(_rows(folder / f"hatecheck_{name}_dev.csv"), scanner, tag)
        for name, tag in _LANGUAGES.items()
        if (folder / f"hatecheck_{name}_dev.csv").exists()
    }


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))
