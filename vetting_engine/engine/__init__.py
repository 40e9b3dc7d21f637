"""The loop: vet one, vet many, replay."""

from vetting_engine.engine._version import ENGINE_VERSION
from vetting_engine.engine._vet import Engine
from vetting_engine.engine.replay import Replayed, ReplayReport, replay

__all__ = ["ENGINE_VERSION", "Engine", "ReplayReport", "Replayed", "replay"]
