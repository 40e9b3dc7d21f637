"""How much memory a process has held."""

from __future__ import annotations

import resource
import sys

__all__ = ["megabytes", "peak_megabytes"]


def megabytes(peak: int) -> float:
    """``ru_maxrss`` in mebibytes; Linux counts in kibibytes, macOS in bytes."""
    return peak / (1 << 20 if sys.platform == "darwin" else 1 << 10)


def peak_megabytes() -> float:
    """The highest resident size of this process so far, in mebibytes."""
    return megabytes(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
