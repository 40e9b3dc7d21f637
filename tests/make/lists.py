"""Watchlists and registers."""

from __future__ import annotations

from datetime import date
from typing import Any

from make.people import digest
from vetting_engine.model.watchlist import (
    Authority,
    Effect,
    EntryKind,
    EntryName,
    ListSnapshot,
    LoadReport,
    Register,
    RegisterEntry,
    RegisterKind,
    WatchlistEntry,
)


def listed(**parts: Any) -> WatchlistEntry:
    """An entry of a list: somebody of whom only a name is known, but for the parts given."""
    given: dict[str, Any] = {
        "id": "1",
        "kind": EntryKind.PERSON,
        "names": (EntryName(text="Tamsin Okvale"),),
        "digest": digest("e"),
    }
    return WatchlistEntry(**given | parts)


def snapshot(list_id: str = "un-consolidated", **parts: Any) -> ListSnapshot:
    """A binding list of one entry."""
    entry = WatchlistEntry(
        id="QDi.9001", kind=EntryKind.PERSON, names=(EntryName(text="Tamzin Okval"),), digest=digest("entry")
    )
    given: dict[str, Any] = {
        "title": "United Nations Security Council consolidated list",
        "format": "un_consolidated",
        "published": date(2026, 1, 10),
        "retrieved": date(2026, 1, 11),
        "authority": Authority(
            issuer="United Nations Security Council",
            legal_basis="UN Charter, Chapter VII",
            approving_office="Headquarters",
            effect=Effect.BINDING,
        ),
        "entries": (entry,),
        "digest": digest("list"),
        "report": LoadReport(entries=1, names=1),
    }
    return ListSnapshot(**{"list_id": list_id} | given | parts)


def register(register_id: str = "restricted", **parts: Any) -> Register:
    """A register of one restricted party."""
    given: dict[str, Any] = {
        "kind": RegisterKind.RESTRICTED_PARTIES,
        "as_at": date(2025, 12, 31),
        "entries": (RegisterEntry(id="rp-7", names=("Brusk Holdings",), kind=EntryKind.ORGANISATION),),
        "digest": digest("register"),
    }
    return Register(**{"register_id": register_id} | given | parts)
