"""Cohorts: AGD self-reports, quotas and what was measured. Never about one person's outcome."""

from __future__ import annotations

from enum import StrEnum

from pydantic import Field, field_validator, model_validator

from vetting_engine.model.base import BasisPoints, FrozenDict, FrozenMap, Noun

__all__ = ["CellMeasure", "CohortRecord", "FeatureMeasure", "Quota", "ReachMeasure", "SelfReport", "Verdict"]


#: An answer is a word or two; longer text does not belong into a self-report.
_ANSWER_CHARS = 200


class SelfReport(Noun):
    """One person's AGD answers: feature → value. A feature that is absent or empty is undisclosed."""

    candidate_id: str = Field(min_length=1, max_length=200)
    answers: FrozenMap = Field(default_factory=FrozenDict)

    @field_validator("answers")
    @classmethod
    def _texts(cls, value: FrozenMap) -> FrozenMap:
        for feature, answer in value.items():
            if not isinstance(answer, str) or max(len(answer), len(feature)) > _ANSWER_CHARS:
                raise ValueError("answers are short texts")
        return value


class Quota(Noun):
    """How many people of a group a cohort should hold, both ends included."""

    feature: str
    value: str
    minimum: int = Field(default=0, ge=0)
    maximum: int | None = Field(default=None, ge=0)

    @model_validator(mode="after")
    def _ordered(self) -> Quota:
        if self.maximum is not None and self.minimum > self.maximum:
            raise ValueError("minimum is above maximum")
        return self


class Verdict(StrEnum):
    """Of a quota; indeterminate where the undisclosed could decide it."""

    MET = "met"
    NOT_MET = "not_met"
    INDETERMINATE = "indeterminate"


class CellMeasure(Noun):
    """One group: counts in pool, eligible and cohort; undisclosed widens ``share`` to bounds. ``suppressed``
    cells (fewer than five people, or needed to hide one) carry no counts when shown outside the team.
    """

    feature: str
    value: str
    pool: int = Field(ge=0)
    eligible: int = Field(ge=0)
    selected: int = Field(ge=0)
    undisclosed: int = Field(ge=0)
    share_low: BasisPoints = Field(ge=0, le=10_000)
    share_high: BasisPoints = Field(ge=0, le=10_000)
    interval_low: BasisPoints | None = None  # 95 % Wilson interval of the share, over both bounds
    interval_high: BasisPoints | None = None
    chance_low: BasisPoints | None = None  # how unusual so many would be in a random draw from the pool: context
    chance_high: BasisPoints | None = None
    quota: Quota | None = None
    verdict: Verdict | None = None
    suppressed: bool = False


class FeatureMeasure(Noun):
    """One feature as a whole: who did not answer at each stage, and how unusual all its counts together would be
    under a random draw from the pool, or beside a reference population. None: not asked, or too large to sum.
    """

    feature: str
    undisclosed_pool: int = Field(ge=0)
    undisclosed_eligible: int = Field(ge=0)
    undisclosed_selected: int = Field(ge=0)
    chance_low: BasisPoints | None = None
    chance_high: BasisPoints | None = None
    reference_low: BasisPoints | None = None
    reference_high: BasisPoints | None = None


class ReachMeasure(Noun):
    """How many of the cohort reach an audience group, as declared."""

    group: str
    reached_by: int = Field(ge=0)


class CohortRecord(Noun):
    """What a cohort check measured; a record of its own, never a finding about one person."""

    check: str
    pool_size: int = Field(ge=0)
    eligible_size: int = Field(ge=0)
    cohort_size: int = Field(ge=0)
    cells: tuple[CellMeasure, ...]
    reach: tuple[ReachMeasure, ...]
    features: tuple[FeatureMeasure, ...] = ()
    notes: tuple[str, ...] = ()
