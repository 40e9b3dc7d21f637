"""After a list changed: the result of whomever the change does not touch, as a full run would give it.

Whoever has no pair with an entry that left, came or changed (``_touch``) has the same pairs as before, so the old
result stands, but for the list's digest and age.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from vetting_engine.canonical import digest
from vetting_engine.checks.watchlist._gaps import list_gaps, status_of
from vetting_engine.model.base import FrozenDict
from vetting_engine.model.candidate import Candidate
from vetting_engine.model.evidence import Evidence, NamePairEvidence
from vetting_engine.model.finding import CheckResult, Finding, GapOwner
from vetting_engine.model.watchlist import Effect, ListSnapshot

__all__ = ["pair_id", "renewed"]


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
