"""The loop: vet one, vet many, replay, rescreen."""

from vetting_engine.engine._readings import ASSURED, category_rule
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
from vetting_engine.engine._sample import Drawn, about_of, draw, sample_size
from vetting_engine.engine._standing import Case, Group, Standing, standing_readings
from vetting_engine.engine._version import ENGINE_VERSION
from vetting_engine.engine._vet import Engine

__all__ = [
    "ASSURED",
    "ENGINE_VERSION",
    "Because",
    "Case",
    "Drawn",
    "Engine",
    "Group",
    "ListChange",
    "Rebuilder",
    "ReplayReport",
    "Replayed",
    "RescreenReport",
    "Rescreened",
    "Standing",
    "about_of",
    "category_rule",
    "draw",
    "replay",
    "rescreen_batch",
    "rescreen_journal",
    "sample_size",
    "standing_readings",
]
