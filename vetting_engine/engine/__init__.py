"""The loop: vet one, vet many, replay, rescreen."""

from vetting_engine.engine._rebuild import Rebuilder
from vetting_engine.engine._replay import Replayed, ReplayReport, replay
from vetting_engine.engine._rescreen import (
    Because,
    ListChange,
    Rescreened,
    RescreenReport,
    rescreen_batch,
    rescreen_journal,
)
from vetting_engine.engine._version import ENGINE_VERSION
from vetting_engine.engine._vet import Engine

__all__ = [
    "ENGINE_VERSION",
    "Because",
    "Engine",
    "ListChange",
    "Rebuilder",
    "ReplayReport",
    "Replayed",
    "RescreenReport",
    "Rescreened",
    "replay",
    "rescreen_batch",
    "rescreen_journal",
]
