"""What a pack sets for the watchlist check."""

from __future__ import annotations

from pydantic import Field, model_validator

from vetting_engine.model.base import BasisPoints, Noun
from vetting_engine.model.scales import Band
from vetting_engine.model.watchlist import EntryKind

__all__ = ["WatchlistSettings"]


class WatchlistSettings(Noun):
    """``checks.watchlist`` of ``ruleset.yaml``.

    Scores are basis points of names and evidence together (10,000 = 25 bits; they may pass it). A pair below
    ``weak_from`` is no pair. ``name_floor`` is what the names must reach alone: a shared birthday makes nobody a
    namesake. The defaults are calibrated in ``docs/explanation/name-matching.md``.
    """

    name_floor: BasisPoints = Field(default=3_000, ge=1)
    weak_from: BasisPoints = Field(default=6_000, ge=1)
    possible_from: BasisPoints = Field(default=6_000, ge=1)
    strong_from: BasisPoints = Field(default=12_000, ge=1)
    very_strong_from: BasisPoints = Field(default=15_000, ge=1)
    #: A name that agrees in one part only, and one commoner than this many centibits of rarity, is a common one.
    common_below: int = Field(default=1_150, ge=0)
    kinds: tuple[EntryKind, ...] = (EntryKind.PERSON,)
    max_hits: int = Field(default=20, ge=1)

    @model_validator(mode="after")
    def _ascending(self) -> WatchlistSettings:
        if not self.weak_from <= self.possible_from <= self.strong_from <= self.very_strong_from:
            raise ValueError("weak_from, possible_from, strong_from and very_strong_from must ascend")
        return self

    def band_of(self, score: BasisPoints) -> Band:
        """The worded confidence of a score."""
        if score >= self.very_strong_from:
            return Band.VERY_STRONG
        if score >= self.strong_from:
            return Band.STRONG
        return Band.POSSIBLE if score >= self.possible_from else Band.WEAK
