"""What a pack sets for the conflict check."""

from __future__ import annotations

from pydantic import Field, model_validator

from vetting_engine.model.base import BasisPoints, Noun
from vetting_engine.model.candidate import RelationKind
from vetting_engine.model.scales import Band
from vetting_engine.model.watchlist import RegisterKind

__all__ = ["ConflictSettings"]


class ConflictSettings(Noun):
    """``checks.conflict`` of ``ruleset.yaml``.

    ``max_steps``: at ten ties per person three steps reach everybody, so two is the most.
    ``lapsed_months``: ties that ended no longer ago than this still count as recent; 36 is the disclosure window
    of the ICMJE form. ``name_floor`` and the ``…_from`` scores are basis points of the name comparison (10,000 =
    25 bits): "Ahmed Ali" reaches about 7,300 against itself and stays possible, since many people bear it; below the
    floor two names are not the same name. ``second_step``: kinds of tie that carry a conflict onward.
    """

    max_steps: int = Field(default=2, ge=1, le=2)
    lapsed_months: int = Field(default=36, ge=0, le=600)
    name_floor: BasisPoints = Field(default=6_000, ge=1, le=10_000)
    possible_from: BasisPoints = Field(default=7_000, ge=1, le=10_000)
    strong_from: BasisPoints = Field(default=9_500, ge=1)
    required_registers: tuple[RegisterKind, ...] = (RegisterKind.STAFF, RegisterKind.RESTRICTED_PARTIES)
    register_max_age_days: int = Field(default=365, ge=1)
    second_step: tuple[RelationKind, ...] = (
        RelationKind.FAMILY,
        RelationKind.EMPLOYMENT,
        RelationKind.DIRECTORSHIP,
        RelationKind.OWNERSHIP,
    )

    @model_validator(mode="after")
    def _ascending(self) -> ConflictSettings:
        if not self.name_floor <= self.possible_from <= self.strong_from:
            raise ValueError("name_floor, possible_from and strong_from must ascend")
        return self

    def band_of(self, score: BasisPoints) -> Band:
        """The worded confidence of a name score at or above the floor; only an id makes it very strong."""
        if score >= self.strong_from:
            return Band.STRONG
        return Band.POSSIBLE if score >= self.possible_from else Band.WEAK
