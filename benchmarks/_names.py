"""Shared by the name suites: the shipped pack's check, snapshots made of plain names, and what a hit is."""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from vetting_engine.canonical import digest
from vetting_engine.checks.watchlist import PLUGIN, WatchlistExaminer, WatchlistSettings
from vetting_engine.model.candidate import Candidate, PersonName
from vetting_engine.model.date_parsing import parse_date
from vetting_engine.model.finding import CheckResult
from vetting_engine.model.ruleset import Ruleset
from vetting_engine.model.scales import Level
from vetting_engine.model.watchlist import (
    Authority,
    Effect,
    EntryKind,
    EntryName,
    EntryNameKind,
    ListSnapshot,
    LoadReport,
    WatchlistEntry,
)
from vetting_engine.protocols import Resources
from vetting_engine.rulebook import load_ruleset

AS_OF = date(2026, 3, 1)
PACK = "community-influencer"
#: The list is used as a binding one, as UN lists are; the suites measure names, not the office's approvals.
AUTHORITY = Authority(issuer="Benchmark", legal_basis="Benchmark", approving_office="Benchmark", effect=Effect.BINDING)


def data_parser(about: str) -> argparse.ArgumentParser:
    """A parser with ``--data``, default ``$VETTING_DATA``."""
    parser = argparse.ArgumentParser(description=about)
    parser.add_argument("--data", type=Path, default=Path(os.environ.get("VETTING_DATA", ".")))
    return parser


def pack(kinds: tuple[EntryKind, ...] = (EntryKind.PERSON,)) -> Ruleset:
    """The shipped pack; ``kinds`` says what its watchlist check compares with (bodies only where a suite asks)."""
    ruleset = load_ruleset(PACK)
    settings = ruleset.settings_of(PLUGIN.name) or WatchlistSettings()
    changed = dict(ruleset.settings) | {PLUGIN.name: settings.model_copy(update={"kinds": kinds})}
    return ruleset.model_copy(update={"settings": changed})


def settings_of(ruleset: Ruleset) -> WatchlistSettings:
    """The watchlist settings a ruleset comes with."""
    settings: WatchlistSettings = ruleset.settings_of(PLUGIN.name)
    return settings


@dataclass(frozen=True, slots=True)
class Listed:
    """A plain entry: names with the first as primary, dates and countries as written."""

    id: str
    names: Sequence[str]
    weak: Sequence[str] = ()
    births: Sequence[str] = ()
    nationalities: Sequence[str] = ()
    gender: str | None = None
    kind: EntryKind = EntryKind.PERSON


def snapshot(listed: Iterable[Listed], list_id: str = "benchmark") -> ListSnapshot:
    """A binding list of plain entries, as fresh as can be."""
    entries = tuple(_entry(each) for each in listed)
    return ListSnapshot(
        list_id=list_id,
        title="Benchmark",
        format="benchmark",
        published=AS_OF,
        authority=AUTHORITY,
        entries=entries,
        digest=digest(list_id.encode()),
        report=LoadReport(entries=len(entries), names=sum(len(entry.names) for entry in entries)),
    )


def _entry(listed: Listed) -> WatchlistEntry:
    names = [
        EntryName(text=text, kind=EntryNameKind.ALIAS if place else EntryNameKind.PRIMARY)
        for place, text in enumerate(listed.names)
        if text.strip()
    ]
    names += [EntryName(text=text, kind=EntryNameKind.WEAK_ALIAS) for text in listed.weak if text.strip()]
    return WatchlistEntry(
        id=listed.id,
        kind=listed.kind,
        names=tuple(names),
        birth_dates=tuple(parse_date(text) for text in listed.births if text),
        nationalities=tuple(text for text in listed.nationalities if text),
        gender=listed.gender or None,
        digest=digest(listed.id.encode()),
    )


def candidate(number: str, name: str, birth: str = "", nationalities: Sequence[str] = ()) -> Candidate:
    """A candidate by name; a birth date that says nothing is left out."""
    return Candidate(
        id=number,
        names=(PersonName(text=name[:300]),) if name else (),
        birth_date=parse_date(birth) if birth else None,
        nationalities=tuple(text for text in nationalities if text),
    )


def examiner(ruleset: Ruleset, listed: ListSnapshot) -> WatchlistExaminer:
    """The check of the pack, prepared for one list."""
    return PLUGIN.prepare(ruleset, resources(listed))


def resources(listed: ListSnapshot) -> Resources:
    """What a host would give the check: one list."""
    return Resources(watchlists=(listed,))


def hit_entries(result: CheckResult) -> frozenset[str]:
    """Ids of the entries with a finding at ``needs_review`` or above."""
    return frozenset(
        finding.topic.rsplit("/", 1)[1] for finding in result.findings if finding.level >= Level.NEEDS_REVIEW
    )


def rate(part: int, whole: int) -> float:
    """A share in percent, one decimal; 0 where there is nothing to share."""
    return round(100 * part / whole, 1) if whole else 0.0
