"""The loop: vet one, vet many, replay."""

from vetting_engine.engine._rebuild import Rebuilder
from vetting_engine.engine._replay import Replayed, ReplayReport, replay
from vetting_engine.engine._version import ENGINE_VERSION
from vetting_engine.engine._vet import Engine

__all__ = ["ENGINE_VERSION", "Engine", "Rebuilder", "ReplayReport", "Replayed", "replay"]
