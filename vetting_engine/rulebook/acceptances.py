"""A list that is too old, accepted by a named approver for a while, within the grace the pack allows.

An acceptance is given for one run, in a file of its own; it is for exactly one copy of one list and ends on a day.
The list then counts as usable, and who accepted it stands in every record made with it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path

from pydantic import Field

from vetting_engine.errors import Fault, ListError, Location
from vetting_engine.files.yaml import load
from vetting_engine.model.base import Noun
from vetting_engine.model.ruleset import Ruleset
from vetting_engine.model.watchlist import ListSnapshot
from vetting_engine.rulebook._typed import validate

__all__ = ["StaleAcceptance", "accept_stale", "read_acceptances"]


class StaleAcceptance(Noun):
    """One of ``acceptances:``. ``until`` is the last day it may be leaned on."""

    list_id: str
    digest: str
    accepted_by: str = Field(min_length=1, max_length=200)
    office: str = Field(min_length=1, max_length=200)
    until: date
    reason: str = Field(min_length=1, max_length=1_000)


class _File(Noun):
    acceptances: tuple[StaleAcceptance, ...]


def read_acceptances(path: Path) -> tuple[StaleAcceptance, ...]:
    """The acceptances in a file.

    Raises:
        ListError: with every fault of the file.
    """
    document = load(path, path.name, ListError)
    faults: list[Fault] = []
    said = validate(_File, document.value, document, (), faults)
    if said is None:
        raise ListError(faults)
    return said.acceptances


def accept_stale(
    ruleset: Ruleset, snapshots: Sequence[ListSnapshot], acceptances: Iterable[StaleAcceptance], as_of: date
) -> tuple[ListSnapshot, ...]:
    """The lists, with the limit of each accepted one raised by the pack's grace; others as they are.

    A list that is not too old needs nobody's acceptance, and stays as it is.

    Raises:
        ListError: with every acceptance that cannot be: for a list or copy that is not there, past its last day, or
            for a list older than the grace allows.
    """
    grace = ruleset.staleness.grace_days
    accepted: dict[str, ListSnapshot] = {}
    faults: list[Fault] = []
    for one in acceptances:
        snapshot = next((each for each in snapshots if (each.list_id, each.digest) == (one.list_id, one.digest)), None)
        age = None if snapshot is None else _age(snapshot, as_of)
        params: Mapping[str, str | int] = {"list": one.list_id, "until": one.until.isoformat(), "grace": grace}
        if snapshot is None:
            faults.append(Fault("acceptance.other_list", Location(), params))
        elif one.until < as_of:
            faults.append(Fault("acceptance.lapsed", Location(), params))
        elif age is None or age > snapshot.max_age_days + grace:
            faults.append(Fault("acceptance.beyond_grace", Location(), params))
        elif age > snapshot.max_age_days:
            said = f"{one.accepted_by}, {one.office}, until {one.until.isoformat()}: {one.reason}"
            update = {"max_age_days": snapshot.max_age_days + grace, "accepted": said}
            accepted[one.list_id] = snapshot.model_copy(update=update)
    if faults:
        raise ListError(faults)
    return tuple(accepted.get(each.list_id, each) for each in snapshots)


def _age(snapshot: ListSnapshot, as_of: date) -> int | None:
    """Days since it was published or fetched, as the watchlist check reckons; None where that is not known."""
    dates = [day for day in (snapshot.published, snapshot.retrieved) if day is not None]
    if not dates or min(dates) > as_of:
        return None
    return (as_of - max(day for day in dates if day <= as_of)).days
