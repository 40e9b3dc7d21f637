"""What keeps a screening from being whole, whose it is, and what closes it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from vetting_engine.checks.watchlist._screen import Pair, readable
from vetting_engine.model.candidate import Candidate
from vetting_engine.model.finding import CheckStatus, Function, Gap, GapOwner
from vetting_engine.model.watchlist import Effect, ListSnapshot
from vetting_engine.names.parts import is_placeholder
from vetting_engine.names.questions import BIRTH_DATE

__all__ = ["candidate_gaps", "list_gaps", "open_gaps", "status_of"]

_CHECK = "watchlist"
#: Marks after which letters are shown in another order than they are written in: what somebody read off a screen and
#: typed into a form is then not what was compared. Arabic and Hebrew need none of them (UAX #9, section 2.2).
_OVERRIDES = frozenset("\u202d\u202e")


def list_gaps(snapshots: Sequence[ListSnapshot], as_of: date, due: date) -> tuple[Gap, ...]:
    """Gaps of ours: no list that is on; a list too old, undated, or dated after ``as_of``."""
    if not snapshots:
        return (_ours("watchlist.no_list", due),)
    return tuple(gap for snapshot in snapshots if (gap := _age_gap(snapshot, as_of, due)) is not None)


def open_gaps(snapshots: Sequence[ListSnapshot], as_of: date) -> frozenset[tuple[str, str]]:
    """Which gaps of ours are open on a day: code and list, whatever their age."""
    on = [snapshot for snapshot in snapshots if snapshot.authority.effect is not Effect.OFF]
    return frozenset((gap.code, str(gap.params.get("list", ""))) for gap in list_gaps(on, as_of, as_of))


def _age_gap(snapshot: ListSnapshot, as_of: date, due: date) -> Gap | None:
    dates = [day for day in (snapshot.published, snapshot.retrieved) if day is not None]
    if not dates or min(dates) > as_of:
        return _ours("watchlist.list_undated", due, list=snapshot.list_id)
    # A list fetched yesterday is fresh though its issuer last changed it long ago.
    days = (as_of - max(day for day in dates if day <= as_of)).days
    if days <= snapshot.max_age_days:
        return None
    return _ours("watchlist.list_stale", due, list=snapshot.list_id, days=days, most=snapshot.max_age_days)


def _ours(code: str, due: date, **params: str | int) -> Gap:
    return Gap(code=code, check=_CHECK, owner=GapOwner.OURS, params=params, functions=(Function.LEGAL,), due=due)


def candidate_gaps(candidate: Candidate, hits: Sequence[tuple[Pair, Sequence[str]]], due: date) -> Iterator[Gap]:
    """Gaps of the candidate: no name, a name nobody can read, and a birth date only where it could clear up a hit."""
    comparable, others = readable(name.text for name in candidate.names)
    unreadable = [name for name in others if not is_placeholder(name.text)]
    if not comparable and not unreadable:
        yield _theirs("watchlist.no_name", due)
    elif unreadable:
        yield _theirs("watchlist.name_unreadable", due, names=len(unreadable))
    reordered = sum(not _OVERRIDES.isdisjoint(name.text) for name in comparable)
    if reordered:
        yield _theirs("watchlist.name_reordered", due, names=reordered)
    waiting = sum(BIRTH_DATE in questions for _, questions in hits)
    if candidate.birth_date is None and waiting:
        yield _theirs("watchlist.no_birth_date", due, hits=waiting)


def status_of(candidate: Candidate, gaps: Sequence[Gap], *, has_lists: bool) -> CheckStatus:
    """Whether the screening is whole; unknown where nothing could be compared."""
    if not gaps:
        return CheckStatus.DONE
    comparable = has_lists and bool(readable(name.text for name in candidate.names)[0])
    return CheckStatus.PARTIAL if comparable else CheckStatus.UNKNOWN


def _theirs(code: str, due: date, **params: str | int) -> Gap:
    return Gap(
        code=code, check=_CHECK, owner=GapOwner.CANDIDATE, params=params, functions=(Function.PROTECTION,), due=due
    )
