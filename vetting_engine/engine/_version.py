"""The version written into every core; the same as the distribution's (tested)."""

from __future__ import annotations

__all__ = ["ENGINE_VERSION"]

ENGINE_VERSION = "0.1.0"
