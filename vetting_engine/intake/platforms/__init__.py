"""Readers of platforms' exports, a group of its own; each module offers ``PLUGIN``."""

from typing import Final

__all__ = ["GROUP"]

GROUP: Final = "vetting_engine.intake.platforms"
