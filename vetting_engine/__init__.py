"""The vetting engine: rules-based vetting and due diligence with auditable decision records.

The face. Everything a host needs is here; rooms below are for those who extend the engine::

    from datetime import date
    from vetting_engine import Candidate, Engine, load_ruleset, load_watchlist

    engine = Engine(load_ruleset("community-influencer"), watchlists=[load_watchlist("consolidated.xml")])
    vetting = engine.vet(candidate, as_of=date(2026, 11, 1))
    print(vetting.decision.disposition)

Names are imported when first used, so that ``vetting-engine --help`` answers at once.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:  # the face rests on everything; nothing below imports it, so no circle hides here
    from vetting_engine.engine import Engine, replay
    from vetting_engine.errors import VettingError
    from vetting_engine.intake import read_batch
    from vetting_engine.model.candidate import Candidate
    from vetting_engine.model.record import Actor
    from vetting_engine.model.run import Run, Vetting
    from vetting_engine.protocols import Resources
    from vetting_engine.records import FileKeyRing, Journal
    from vetting_engine.rulebook import load_ruleset
    from vetting_engine.sources import load_register, load_watchlist

__all__ = [
    "Actor",
    "Candidate",
    "Engine",
    "FileKeyRing",
    "Journal",
    "Resources",
    "Run",
    "Vetting",
    "VettingError",
    "load_register",
    "load_ruleset",
    "load_watchlist",
    "read_batch",
    "replay",
]

_HOMES = {
    "Actor": "model.record",
    "Candidate": "model.candidate",
    "Engine": "engine",
    "FileKeyRing": "records",
    "Journal": "records",
    "Resources": "protocols",
    "Run": "model.run",
    "Vetting": "model.run",
    "VettingError": "errors",
    "load_register": "sources",
    "load_ruleset": "rulebook",
    "load_watchlist": "sources",
    "read_batch": "intake",
    "replay": "engine",
}


def __getattr__(name: str) -> Any:  # noqa: ANN401  # PEP 562
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    return sorted(__all__)
