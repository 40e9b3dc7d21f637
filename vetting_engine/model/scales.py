"""The ordered scales: level, severity, band."""

from __future__ import annotations

from enum import StrEnum
from functools import cache

__all__ = ["Band", "Level", "Ordered", "Severity"]


class Ordered(StrEnum):
    """Names compared by the order they are declared in, mildest first."""

    @property
    def rank(self) -> int:
        """Position in the scale, 0 = mildest."""
        return _ranks(type(self))[self]

    def __lt__(self, other: object) -> bool:
        if not isinstance(other, type(self)):
            return NotImplemented
        return self.rank < other.rank

    def __gt__(self, other: object) -> bool:
        if not isinstance(other, type(self)):
            return NotImplemented
        return self.rank > other.rank

    def __le__(self, other: object) -> bool:
        return self == other or self < other

    def __ge__(self, other: object) -> bool:
        return self == other or self > other


@cache
def _ranks(scale: type[Ordered]) -> dict[str, int]:
    return {name: rank for rank, name in enumerate(scale)}


class Level(Ordered):
    """The disposition a finding would cause alone."""

    NOTHING_FOUND = "nothing_found"
    CONDITIONAL = "conditional"
    NEEDS_REVIEW = "needs_review"
    ESCALATE = "escalate"


class Severity(Ordered):
    """How grave the thing would be if true; critical = never acceptable."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
    CRITICAL = "critical"


class Band(Ordered):
    """Worded confidence, in place of a percentage of guilt."""

    WEAK = "weak"
    POSSIBLE = "possible"
    STRONG = "strong"
    VERY_STRONG = "very_strong"
