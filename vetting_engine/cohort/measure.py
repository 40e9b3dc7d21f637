"""Counts per group over a pool, those eligible and those selected; undisclosed answers as bounds.

Numbers only: no rule, no person, no disposition. A person appears here as one group name per feature, or
:data:`UNDISCLOSED`; nothing that leaves this module can be traced to one of them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from vetting_engine.cohort.exact import (
    MAX_OUTCOMES,
    basis_points,
    compositions,
    hypergeometric_chance,
    multinomial_chance,
    multivariate_chance,
    outcomes,
    wilson,
)
from vetting_engine.model.cohort import CellMeasure, FeatureMeasure, Quota, ReachMeasure, Verdict

__all__ = [
    "UNDISCLOSED",
    "Stages",
    "chance_bounds",
    "judge",
    "measure_cells",
    "measure_feature",
    "reach",
    "share_bounds",
]

#: The group of those who did not answer. It counts toward no minimum and disqualifies nobody.
UNDISCLOSED: Final = None

#: Ways the undisclosed could have answered that ``chance_bounds`` tries before it declines to answer.
_MAX_READINGS = 20_000


@dataclass(frozen=True, slots=True)
class Stages:
    """One feature's answers at each stage: everyone in the pool, those eligible after vetting, those selected.

    The eligible are among the pool and the selected among the eligible; each stage is a bag of group names.
    """

    pool: Counter[str | None]
    eligible: Counter[str | None]
    selected: Counter[str | None]

    @classmethod
    def of(cls, pool: Iterable[str | None], eligible: Iterable[str | None], selected: Iterable[str | None]) -> Stages:
        """Count the answers of each stage.

        Raises:
            ValueError: somebody is eligible who is not in the pool, or selected who is not eligible.
        """
        stages = cls(Counter(pool), Counter(eligible), Counter(selected))
        if not (stages.selected <= stages.eligible <= stages.pool):
            raise ValueError("each stage must be part of the one before")
        return stages


def judge(count: int, undisclosed: int, quota: Quota) -> Verdict:
    """Whether a quota holds however the undisclosed would have answered, in no case, or depending on them."""
    most = count + undisclosed
    too_few = most < quota.minimum
    too_many = quota.maximum is not None and count > quota.maximum
    if too_few or too_many:
        return Verdict.NOT_MET
    enough = count >= quota.minimum
    within = quota.maximum is None or most <= quota.maximum
    return Verdict.MET if enough and within else Verdict.INDETERMINATE


def share_bounds(count: int, undisclosed: int, size: int) -> tuple[int, int]:
    """Lowest and highest share of a group in basis points: none or all of the undisclosed belong to it."""
    if size == 0:
        return (0, 0)
    return (basis_points(Fraction(count, size)), basis_points(Fraction(count + undisclosed, size)))


def chance_bounds(value: str, pool: Counter[str | None], drawn: Counter[str | None]) -> tuple[int, int] | None:
    """Lowest and highest two-sided chance (basis points) of so many of a group in a random draw from the pool.

    Every way the undisclosed could have answered is tried; None where those are too many.
    """
    size, everyone = drawn.total(), pool.total()
    silent_in, silent_out = drawn[UNDISCLOSED], pool[UNDISCLOSED] - drawn[UNDISCLOSED]
    if (silent_in + 1) * (silent_out + 1) > _MAX_READINGS:
        return None
    readings = (
        hypergeometric_chance(drawn[value] + inside, pool[value] + inside + outside, size, everyone)
        for inside in range(silent_in + 1)
        for outside in range(silent_out + 1)
    )
    chances = sorted(readings)
    return (basis_points(chances[0]), basis_points(chances[-1]))


def measure_cells(
    feature: str, values: Sequence[str], stages: Stages, quotas: Mapping[str, Quota]
) -> tuple[CellMeasure, ...]:
    """One cell per value, in the order given; values without anybody are shown as zero."""
    size = stages.selected.total()
    silent = stages.selected[UNDISCLOSED]
    cells = []
    for value in values:
        count = stages.selected[value]
        low, high = share_bounds(count, silent, size)
        quota = quotas.get(value)
        chance = chance_bounds(value, stages.pool, stages.selected)
        cells.append(
            CellMeasure(
                feature=feature,
                value=value,
                pool=stages.pool[value],
                eligible=stages.eligible[value],
                selected=count,
                undisclosed=silent,
                share_low=low,
                share_high=high,
                interval_low=wilson(count, size)[0],
                interval_high=wilson(count + silent, size)[1],
                chance_low=chance[0] if chance else None,
                chance_high=chance[1] if chance else None,
                quota=quota,
                verdict=judge(count, silent, quota) if quota else None,
            )
        )
    return tuple(cells)


def measure_feature(
    feature: str, values: Sequence[str], stages: Stages, reference: Mapping[str, int] | None = None
) -> FeatureMeasure:
    """The feature as a whole: the silent at each stage, and exact chances over all values together.

    ``reference`` are whole-number weights per value (people in a population); a value it lacks weighs nothing.
    """
    drawn = [stages.selected[value] for value in values]
    pool = [stages.pool[value] for value in values]
    silent_in = stages.selected[UNDISCLOSED]
    silent_out = stages.pool[UNDISCLOSED] - silent_in
    by_lot = _bounds(
        (
            multivariate_chance(_add(drawn, inside), _add(_add(pool, inside), outside))
            for inside in compositions(silent_in, len(values))
            for outside in compositions(silent_out, len(values))
        ),
        outcomes(silent_in, len(values)) * outcomes(silent_out, len(values)) * outcomes(sum(drawn), len(values)),
    )
    weights = [(reference or {}).get(value, 0) for value in values]
    beside = _bounds(
        (multinomial_chance(_add(drawn, inside), weights) for inside in compositions(silent_in, len(values))),
        outcomes(silent_in, len(values)) * outcomes(sum(drawn), len(values)),
    )
    return FeatureMeasure(
        feature=feature,
        undisclosed_pool=stages.pool[UNDISCLOSED],
        undisclosed_eligible=stages.eligible[UNDISCLOSED],
        undisclosed_selected=silent_in,
        chance_low=by_lot[0],
        chance_high=by_lot[1],
        reference_low=beside[0],
        reference_high=beside[1],
    )


def _add(counts: Sequence[int], more: Sequence[int]) -> list[int]:
    return [left + right for left, right in zip(counts, more, strict=True)]


def _bounds(chances: Iterable[Fraction | None], work: int) -> tuple[int, int] | tuple[None, None]:
    if work > MAX_OUTCOMES:
        return (None, None)
    known = sorted(chance for chance in chances if chance is not None)
    return (basis_points(known[0]), basis_points(known[-1])) if known else (None, None)


def reach(groups_of: Iterable[Iterable[str]], wanted: Sequence[str]) -> tuple[ReachMeasure, ...]:
    """How many people reach each audience group: the wanted ones first (zero shows), then any other by name.

    Args:
        groups_of: per person, the groups they reach; naming one twice counts once.
        wanted: groups the cohort ought to reach.
    """
    counts = Counter(group for groups in groups_of for group in set(groups))
    others = sorted(set(counts) - set(wanted))
    return tuple(ReachMeasure(group=group, reached_by=counts[group]) for group in (*wanted, *others))
