"""After a list changed: whom the change touches, and results that equal those of a full run.

A candidate is touched if the entries that left, came or changed have, in their old or new form, a pair with them.
Whoever has none has the same pairs as before, so the old result stands, but for the list's digest and age.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from vetting_engine.canonical import digest
from vetting_engine.checks.watchlist._gaps import list_gaps, status_of
from vetting_engine.checks.watchlist._screen import Screen
from vetting_engine.checks.watchlist._settings import WatchlistSettings
from vetting_engine.model.base import FrozenDict
from vetting_engine.model.candidate import Candidate
from vetting_engine.model.evidence import Evidence, NamePairEvidence
from vetting_engine.model.finding import CheckResult, Finding, GapOwner
from vetting_engine.model.watchlist import Effect, ListSnapshot, WatchlistEntry

__all__ = ["Changes", "changes", "pair_id", "renewed", "touched"]


@dataclass(frozen=True, slots=True)
class Changes:
    """What became of the lists that are on: their entries that left or changed, as they were (``old``), and those
    that came or changed, as they are (``new``). ``counts``: added, changed and removed entries.
    """

    old: tuple[ListSnapshot, ...]
    new: tuple[ListSnapshot, ...]
    counts: Mapping[str, int]


def changes(before: Sequence[ListSnapshot], after: Sequence[ListSnapshot], days: tuple[date, date]) -> Changes:
    """The difference of two sets of lists, entry by entry, by digest. A list whose authority, title or use changed
    is another list: all its entries left and came. A row that weighed on the first of ``days`` and has expired on the
    second changed too.
    """
    was, now = _keyed(before, days[0]), _keyed(after, days[1])
    added, removed = now.keys() - was.keys(), was.keys() - now.keys()
    # The same entry under another digest, or with another authority over it.
    changed = {key for key in now.keys() & was.keys() if now[key] != was[key]}
    return Changes(
        _only(before, removed | changed),
        _only(after, added | changed),
        {"added": len(added), "changed": len(changed), "removed": len(removed)},
    )


_Key = tuple[str, str, int]


def _keyed(snapshots: Sequence[ListSnapshot], as_of: date) -> dict[_Key, tuple[str, str, bool]]:
    found: dict[_Key, tuple[str, str, bool]] = {}
    for snapshot in snapshots:
        if snapshot.authority.effect is not Effect.OFF:
            standing = f"{snapshot.title}\0{snapshot.authority.model_dump_json()}"
            for key, entry in _numbered(snapshot):
                found[key] = (entry.digest, standing, entry.expired(as_of))
    return found


def _numbered(snapshot: ListSnapshot) -> list[tuple[_Key, WatchlistEntry]]:
    """Entries with list, id, and how often the id stood before: lists repeat ids now and then."""
    seen: dict[str, int] = {}
    numbered = []
    for entry in snapshot.entries:
        seen[entry.id] = seen.get(entry.id, -1) + 1
        numbered.append(((snapshot.list_id, entry.id, seen[entry.id]), entry))
    return numbered


def _only(snapshots: Sequence[ListSnapshot], keys: set[_Key]) -> tuple[ListSnapshot, ...]:
    return tuple(
        snapshot.model_copy(update={"entries": tuple(entry for key, entry in _numbered(snapshot) if key in keys)})
        for snapshot in snapshots
        if snapshot.authority.effect is not Effect.OFF
    )


def touched(candidates: Sequence[Candidate], change: Changes, settings: WatchlistSettings) -> tuple[bool, ...]:
    """Per candidate, whether an entry that left, came or changed has a pair with them."""
    old = Screen(change.old, settings).pairs_of(candidates)
    new = Screen(change.new, settings).pairs_of(candidates)
    return tuple(bool(left or came) for left, came in zip(old, new, strict=True))


def renewed(
    previous: CheckResult, candidate: Candidate, lists: Sequence[ListSnapshot], as_of: date, due_days: int
) -> CheckResult:
    """The result of a candidate whom no change touched, as a full run over ``lists`` would give it."""
    on = [snapshot for snapshot in lists if snapshot.authority.effect is not Effect.OFF]
    due = as_of + timedelta(days=due_days)
    theirs = [gap.model_copy(update={"due": due}) for gap in previous.gaps if gap.owner is GapOwner.CANDIDATE]
    gaps = (*list_gaps(on, as_of, due), *theirs)
    digests = {snapshot.list_id: snapshot.digest for snapshot in on}
    counts = dict(previous.counts) | {
        "lists": len(on),
        "lists_off": len(lists) - len(on),
        "entries": sum(len(snapshot.entries) for snapshot in on),
    }
    return previous.model_copy(
        update={
            "status": status_of(candidate, gaps, has_lists=bool(on)),
            "findings": tuple(_of_list(finding, digests) for finding in previous.findings),
            "gaps": gaps,
            "counts": FrozenDict(sorted(counts.items())),
        }
    )


def _of_list(finding: Finding, digests: Mapping[str, str]) -> Finding:
    return finding.model_copy(update={"evidence": tuple(_dated(each, digests) for each in finding.evidence)})


def _dated(evidence: Evidence, digests: Mapping[str, str]) -> Evidence:
    if not isinstance(evidence, NamePairEvidence):
        return evidence
    return evidence.model_copy(update={"list_digest": digests[evidence.list_id]})


def pair_id(finding: Finding) -> str | None:
    """A stable id of what a candidate was matched with, for match memory: list, entry and the entry's digest, so it
    lapses when the entry changes. It says nothing of the candidate; None for a finding without a pair of names.
    """
    for evidence in finding.evidence:
        if isinstance(evidence, NamePairEvidence):
            said = f"{evidence.list_id}\x00{evidence.entry_id}\x00{evidence.entry_digest}"
            return digest(said.encode())
    return None
