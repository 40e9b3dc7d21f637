"""What is different between two copies of a list, by the digest of each entry."""

from __future__ import annotations

from dataclasses import dataclass

from vetting_engine.errors import Fault, ListError
from vetting_engine.model.watchlist import ListSnapshot

__all__ = ["ListChanges", "compare_watchlists"]


@dataclass(frozen=True, slots=True)
class ListChanges:
    """Ids of entries, each sorted."""

    added: tuple[str, ...]
    removed: tuple[str, ...]
    changed: tuple[str, ...]
    unchanged: int


def compare_watchlists(old: ListSnapshot, new: ListSnapshot) -> ListChanges:
    """What a newer copy adds, removes and changes.

    Raises:
        ListError: ``list.not_the_same``: the two are different lists.
    """
    if old.list_id != new.list_id:
        raise ListError(Fault("list.not_the_same", params={"old": old.list_id, "new": new.list_id}))
    before = {entry.id: entry.digest for entry in old.entries}
    after = {entry.id: entry.digest for entry in new.entries}
    both = before.keys() & after.keys()
    changed = sorted(entry_id for entry_id in both if before[entry_id] != after[entry_id])
    return ListChanges(
        added=tuple(sorted(after.keys() - both)),
        removed=tuple(sorted(before.keys() - both)),
        changed=tuple(changed),
        unchanged=len(both) - len(changed),
    )
