"""Labelled name pairs: precision, recall and F1 of "hit" at the pack's threshold."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

from benchmarks import _names
from vetting_engine.model.ruleset import Ruleset
from vetting_engine.model.watchlist import EntryKind

NAME = "names-pairs"
ABOUT = "labelled name pairs: precision, recall, F1 (all, Person, by group)"
_PERSON = "Person"


def run(args: Sequence[str]) -> dict[str, object]:
    """Each pair is a candidate against a one-entry list; ``schema`` selects the comparison."""
    parser = _names.data_parser(ABOUT)
    parser.add_argument("--pairs", type=Path)
    given = parser.parse_args(args)
    path = given.pairs or given.data / "names" / "pairs_dev.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    ruleset = _names.pack((EntryKind.PERSON, EntryKind.ORGANISATION))
    answers = [(row, row["is_match"] == "true", _is_hit(ruleset, row)) for row in rows]
    groups: defaultdict[str, list[tuple[bool, bool]]] = defaultdict(list)
    for row, label, said in answers:
        groups[row["case_group"]].append((label, said))
    return {
        "all": figures([(label, said) for _, label, said in answers]),
        "person": figures([(label, said) for row, label, said in answers if row["schema"] == _PERSON]),
        "by_group": {group: figures(found) for group, found in sorted(groups.items())},
        "threshold": _names.settings_of(ruleset).possible_from,
    }


def _is_hit(ruleset: Ruleset, row: dict[str, str]) -> bool:
    kind = EntryKind.PERSON if row["schema"] == _PERSON else EntryKind.ORGANISATION
    listed = _names.snapshot([_names.Listed("1", [row["name2"]], kind=kind)])
    result = _names.examiner(ruleset, listed).examine_many([_names.candidate("c", row["name1"])], _names.AS_OF)[0]
    return bool(_names.hit_entries(result))


def figures(found: Sequence[tuple[bool, bool]]) -> dict[str, float | int]:
    """Precision, recall and F1 of (label, what was said)."""
    right = sum(label and said for label, said in found)
    said = sum(said for _, said in found)
    labelled = sum(label for label, _ in found)
    precision = right / said if said else 0.0
    recall = right / labelled if labelled else 0.0
    f1 = 2 * precision * recall / (precision + recall) if right else 0.0
    return {
        "f1": round(f1, 4),
        "precision": round(precision, 4),
        "recall": round(recall, 4),
        "pairs": len(found),
    }
