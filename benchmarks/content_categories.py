"""Labelled posts of every category and their look-alikes: what is found, and what should not have been."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks import _suites
from vetting_engine.checks.content import Scanner

__all__ = ["ABOUT", "NAME", "measure", "run"]

NAME = "content-categories"
ABOUT = "labelled posts of twelve categories and look-alikes: recall, benign flagged, by category and language"
_DEFAULT = _suites.SUITES / "categories.csv"


@dataclass(frozen=True, slots=True)
class _Answer:
    """One row and what was found in it: category → excerpts."""

    row: Mapping[str, str]
    found: Mapping[str, list[str]]

    @property
    def expect(self) -> str:
        return self.row.get("expect", "").strip()

    @property
    def language(self) -> str:
        return self.row.get("language", "").strip()

    @property
    def right(self) -> bool:
        return self.expect in self.found if self.expect else not self.found

    def shown(self) -> dict[str, object]:
        """The row as it is listed among misses and false alerts."""
        return {
            "id": self.row.get("id", ""),
            "language": self.language,
            "expect": self.expect,
            "found": dict(sorted(self.found.items())),
            "text": self.row["text"],
        }


def measure(rows: Iterable[Mapping[str, str]], scanner: Scanner) -> dict[str, object]:
    """Metrics over rows with ``language``, ``expect`` (a category, or empty for a look-alike) and ``text``.

    A row counts as found where a finding of the expected category stands at any level above ``nothing_found``;
    for ``support`` where there is a support finding. A look-alike is flagged by any finding of either sort.

    Keys:
        cases, benign: rows that expect a category, and those that expect nothing.
        recall: share of ``cases`` in which the expected category was found.
        noticed: share of ``cases`` in which any category was found: somebody would look.
        benign_flagged: share of ``benign`` with any finding; ``benign_support`` is the part that only support made.
        by_category: per category ``cases``, ``recall``, and ``false_alerts`` (look-alikes it was found in).
        by_language: per language ``cases``, ``recall``, ``benign``, ``benign_flagged``.
        misses, false_alerts: the rows themselves, with what was found instead.
    """
    answers = [_Answer(row, _suites.found_in(scanner, row["text"], row.get("language", "").strip())) for row in rows]
    cases = [answer for answer in answers if answer.expect]
    benign = [answer for answer in answers if not answer.expect]
    flagged = [answer for answer in benign if not answer.right]
    return {
        "cases": len(cases),
        "benign": len(benign),
        "recall": _right(cases),
        "noticed": _suites.share(sum(bool(answer.found) for answer in cases), len(cases)),
        "benign_flagged": _suites.share(len(flagged), len(benign)),
        "benign_support": _suites.share(sum(set(answer.found) == {"support"} for answer in flagged), len(benign)),
        "by_category": {name: _category(name, cases, flagged) for name in _named(cases, flagged)},
        "by_language": {name: _language(name, cases, benign) for name in sorted({each.language for each in answers})},
        "misses": [answer.shown() for answer in cases if not answer.right],
        "false_alerts": [answer.shown() for answer in flagged],
    }


def _named(cases: Sequence[_Answer], flagged: Sequence[_Answer]) -> list[str]:
    """The categories of the rows, in the order of the taxonomy, then any other."""
    there = {answer.expect for answer in cases} | {name for answer in flagged for name in answer.found}
    return [name for name in _suites.CATEGORIES if name in there] + sorted(there - set(_suites.CATEGORIES))


def _category(name: str, cases: Sequence[_Answer], flagged: Sequence[_Answer]) -> dict[str, object]:
    own = [answer for answer in cases if answer.expect == name]
    return {
        "cases": len(own),
        "recall": _right(own),
        "false_alerts": sum(name in answer.found for answer in flagged),
    }


def _language(name: str, cases: Sequence[_Answer], benign: Sequence[_Answer]) -> dict[str, object]:
    own = [answer for answer in cases if answer.language == name]
    harmless = [answer for answer in benign if answer.language == name]
    return {
        "cases": len(own),
        "recall": _right(own),
        "benign": len(harmless),
        "benign_flagged": _suites.share(sum(not answer.right for answer in harmless), len(harmless)),
    }


def _right(answers: Sequence[_Answer]) -> float:
    return _suites.share(sum(answer.right for answer in answers), len(answers))


def run(args: Sequence[str]) -> dict[str, object]:
    """``--cases FILE.csv`` (columns id, language, expect, text); without it the committed suite."""
    parser = argparse.ArgumentParser(prog="benchmarks content-categories", description=ABOUT)
    parser.add_argument("--cases", type=Path, default=_DEFAULT, help="CSV with language, expect, text (and id)")
    parser.add_argument("--pack", default=_suites.PACK)
    options = parser.parse_args(args)
    rows = _suites.read_table(options.cases)
    if rows and not {"language", "expect", "text"} <= set(rows[0]):
        parser.error(f"{options.cases.name} needs the columns language, expect and text")
    unknown = sorted({row["expect"].strip() for row in rows} - {"", *_suites.CATEGORIES})
    if unknown:
        parser.error(f"unknown categories in expect: {', '.join(unknown)}")
    return measure(rows, _suites.scanner(options.pack))
