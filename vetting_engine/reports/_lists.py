"""Lists a run could not rely on, as the watchlist check itself judged them."""

from __future__ import annotations

from collections.abc import Mapping

from vetting_engine.model.finding import Gap
from vetting_engine.model.run import Run

__all__ = ["unusable_lists"]

#: Gaps about a list rather than about a person: too old, undated, or none at all.
_CODES = ("watchlist.list_stale", "watchlist.list_undated", "watchlist.no_list")


def unusable_lists(run: Run) -> Mapping[str, Gap]:
    """The gap of each list that is missing, too old or undated, by the list's id; "" where there was no list."""
    found = {
        str(gap.params.get("list", "")): gap
        for vetting in run.vettings
        for gap in vetting.decision.gaps
        if gap.code in _CODES
    }
    return dict(sorted(found.items()))
