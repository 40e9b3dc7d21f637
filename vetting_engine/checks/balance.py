"""Balance: whether a cohort holds and reaches the groups it should. Never a finding about one person.

Answers come from self-reports kept apart from the candidates; who did not answer is undisclosed, which widens
shares to bounds, counts toward no minimum and disqualifies nobody. Nothing is inferred.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Annotated, Final

from pydantic import AfterValidator, BaseModel, Field, model_validator

from vetting_engine.cohort import UNDISCLOSED, Stages, mark, measure_cells, measure_feature, reach
from vetting_engine.model.base import Noun
from vetting_engine.model.candidate import Candidate
from vetting_engine.model.cohort import CellMeasure, CohortRecord, FeatureMeasure, Quota, SelfReport
from vetting_engine.model.decision import Disposition
from vetting_engine.model.ruleset import Ruleset
from vetting_engine.text.fold import fold

__all__ = ["PLUGIN", "BalanceCheck", "BalanceSettings", "Feature"]

#: Who may be engaged as things stand; people can still close a gap or approve after review.
_ELIGIBLE: Final = frozenset({Disposition.NOTHING_FOUND, Disposition.CONDITIONAL})
#: The group of answers the pack does not list. They are never shown verbatim: they could name a person.
OTHER: Final = "other"

_Grouping = Callable[[Candidate], str | None]


def _folded(answer: str) -> str:
    return " ".join(fold(answer).split())


def _distinct(values: tuple[str, ...]) -> tuple[str, ...]:
    if len({_folded(value) for value in values}) != len(values):
        raise ValueError("a value is listed twice")
    return values


class Feature(Noun):
    """A question of the self-report and its answers; ``reference`` weighs them as a population does (people)."""

    name: str = Field(min_length=1, max_length=60)
    values: Annotated[tuple[str, ...], Field(min_length=1, max_length=30), AfterValidator(_distinct)]
    reference: tuple[int, ...] = ()

    @model_validator(mode="after")
    def _one_weight_per_value(self) -> Feature:
        if self.reference and len(self.reference) != len(self.values):
            raise ValueError("reference needs one whole number per value")
        if any(weight < 0 for weight in self.reference):
            raise ValueError("reference weights are not negative")
        return self


class BalanceSettings(Noun):
    """``checks.balance`` of ``ruleset.yaml``: what is measured, what the cohort ought to hold and reach."""

    features: tuple[Feature, ...] = ()
    quotas: tuple[Quota, ...] = ()
    reach_groups: tuple[str, ...] = ()
    undisclosed_answers: tuple[str, ...] = ("undisclosed", "prefer not to say", "unknown", "no answer")
    smallest_cell: int = Field(default=5, ge=2, le=100)

    @model_validator(mode="after")
    def _quotas_fit(self) -> BalanceSettings:
        known = {(feature.name, value) for feature in self.features for value in feature.values}
        asked = [(quota.feature, quota.value) for quota in self.quotas]
        strangers = sorted(set(asked) - known)
        if strangers:
            raise ValueError(f"a quota names a group no feature lists: {strangers[0][0]}={strangers[0][1]}")
        if len(set(asked)) != len(asked):
            raise ValueError("two quotas are about one group")
        return self


class BalanceCheck:
    """The plugin: a cohort check, told apart from checks about a person by having ``measure``."""

    name = "balance"
    version = "1"
    settings: type[BaseModel] = BalanceSettings

    def measure(
        self,
        ruleset: Ruleset,
        pool: Sequence[Candidate],
        reports: Mapping[str, SelfReport],
        dispositions: Mapping[str, Disposition],
        selected: Collection[str] | None = None,
    ) -> CohortRecord:
        """Count belonging and reach, and judge the quotas.

        Args:
            ruleset: its ``balance`` settings say what is measured; without any, only sizes and reach are.
            pool: everyone considered.
            reports: self-reports by candidate id; who has none is undisclosed throughout.
            dispositions: by candidate id; who has none is not eligible yet.
            selected: ids of the cohort. None: nobody was selected yet, and all who are eligible stand for it
                (note ``balance.no_selection``). Who is not eligible is left out (note
                ``balance.selected_not_eligible``).
        """
        settings: BalanceSettings = ruleset.settings_of(self.name) or BalanceSettings()
        eligible = [person for person in pool if dispositions.get(person.id) in _ELIGIBLE]
        cohort = eligible if selected is None else [person for person in eligible if person.id in selected]
        cells: list[CellMeasure] = []
        features: list[FeatureMeasure] = []
        for feature in settings.features:
            group_of = _grouping(feature, settings, reports)
            stages = Stages.of(*(tuple(map(group_of, people)) for people in (pool, eligible, cohort)))
            values = (*feature.values, OTHER) if stages.pool[OTHER] else feature.values
            quotas = {quota.value: quota for quota in settings.quotas if quota.feature == feature.name}
            cells += measure_cells(feature.name, values, stages, quotas)
            weights = dict(zip(feature.values, feature.reference, strict=False))
            features.append(measure_feature(feature.name, values, stages, weights))
        return CohortRecord(
            check=self.name,
            pool_size=len(pool),
            eligible_size=len(eligible),
            cohort_size=len(cohort),
            cells=mark(cells, settings.smallest_cell),
            features=tuple(features),
            reach=reach((person.audience_groups for person in cohort), settings.reach_groups),
            notes=_notes(selected, cohort),
        )


PLUGIN = BalanceCheck()


def _grouping(feature: Feature, settings: BalanceSettings, reports: Mapping[str, SelfReport]) -> _Grouping:
    listed = {_folded(value): value for value in feature.values}
    silent = {"", *(_folded(answer) for answer in settings.undisclosed_answers)} - listed.keys()

    def group_of(person: Candidate) -> str | None:
        report = reports.get(person.id)
        answer = _folded(report.answers.get(feature.name, "")) if report else ""
        return UNDISCLOSED if answer in silent else listed.get(answer, OTHER)

    return group_of


def _notes(selected: Collection[str] | None, cohort: Sequence[Candidate]) -> tuple[str, ...]:
    if selected is None:
        return ("balance.no_selection",)
    return ("balance.selected_not_eligible",) if len(cohort) < len(set(selected)) else ()
