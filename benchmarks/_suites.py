"""Shared by the content suites: the shipped pack's scanner, tables of labelled texts, and what counts as found."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from pathlib import Path

from vetting_engine.checks.content import Scanner
from vetting_engine.model.evidence import SpanEvidence
from vetting_engine.model.finding import Finding, FindingStatus
from vetting_engine.model.scales import Level
from vetting_engine.rulebook import load_ruleset

PACK = "community-influencer"
SUITES = Path(__file__).resolve().parents[1] / "fixtures" / "suites"
#: In the order of the taxonomy, gravest first; support stands apart.
CATEGORIES = (
    "incitement", "extremism", "exploitation", "trafficking", "doxxing", "hate", "fraud", "misinformation",
    "partisan", "endorsement", "profanity", "support",
)  # fmt: skip


def scanner(pack: str = PACK) -> Scanner:
    """The content scanner of a shipped pack or a folder."""
    return Scanner(load_ruleset(pack))


def read_table(path: Path) -> list[dict[str, str]]:
    """The rows of a UTF-8 CSV with headers, as they stand."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def counts(finding: Finding) -> bool:
    """Whether a finding is one at all: above ``nothing_found``, or a support disclosure, which never has a level."""
    return finding.level > Level.NOTHING_FOUND or finding.status is FindingStatus.SUPPORT


def found_in(scan: Scanner, text: str, language: str) -> dict[str, list[str]]:
    """Category → what was found of it, as written in the text; only findings that count."""
    answer: dict[str, list[str]] = {}
    for finding in scan.scan(text, language or ()):
        if counts(finding):
            shown = [span.excerpt for span in finding.evidence if isinstance(span, SpanEvidence)]
            answer.setdefault(finding.category or finding.rule, []).extend(shown)
    return answer


def share(part: int, whole: int) -> float:
    """A share in 0..1 to four places; 0 where there is nothing to share."""
    return round(part / whole, 4) if whole else 0.0


def shares(tallies: Mapping[str, tuple[int, int]]) -> dict[str, float]:
    """Name → share of ``(part, whole)``, by name."""
    return {name: share(*tallies[name]) for name in sorted(tallies)}
