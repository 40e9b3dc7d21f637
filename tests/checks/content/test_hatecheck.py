"""Floors on the development halves of HateCheck: what was reached once is not lost unseen."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from benchmarks.content import measure, run
from vetting_engine.checks.content import Scanner


@pytest.mark.data
@pytest.mark.parametrize(
    ("name", "tag", "floors"),
    [
        ("en", "en", (0.90, 0.97)),
        ("fr", "fr", (0.85, 0.95)),
        ("es", "es", (0.85, 0.95)),
        ("pt", "pt", (0.85, 0.95)),
        ("hi", "hi-Latn", (0.85, 0.95)),
        ("ar", "ar", (0.82, 0.88)),
    ],
)
def test_floor(vetting_data: Path, scanner: Scanner, name: str, tag: str, floors: tuple[float, float]) -> None:
    with (vetting_data / "content" / f"hatecheck_{name}_dev.csv").open(encoding="utf-8-sig", newline="") as file:
        measured = measure(csv.DictReader(file), scanner, tag)
    assert measured["macro_f1"] >= floors[0]  # type: ignore[operator]
    assert measured["non_hateful_accuracy"] >= floors[1]  # type: ignore[operator]


def test_metrics_are_the_usual_ones(scanner: Scanner) -> None:
    rows = [
        {"text": "I despise refugees", "label": "hateful", "functionality": "a"},
        {"text": "good morning", "label": "hateful", "functionality": "a"},
        {"text": "good morning", "label": "non-hateful", "functionality": "b"},
        {"text": "I despise refugees", "label": "non-hateful", "functionality": "b"},
        {"text": "good evening", "label": "non-hateful", "functionality": "c"},
    ]
    measured = measure(rows, scanner, "en")
    assert measured["accuracy"] == 0.6
    assert measured["macro_f1"] == round((2 * 1 / (2 + 2) + 2 * 2 / (3 + 3)) / 2, 4)
    assert measured["non_hateful_accuracy"] == round(2 / 3, 4)
    assert measured["by_functionality"] == {"a": 0.5, "b": 0.5, "c": 1.0}


def test_without_data_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("VETTING_DATA", raising=False)
    assert set(run([])) == {"skipped"}
