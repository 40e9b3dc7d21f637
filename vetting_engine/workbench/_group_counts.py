"""Changes counted by declared group, with small cells hidden, and enough others that they cannot be worked out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from vetting_engine.cohort.suppress import hide
from vetting_engine.model.cohort import SelfReport

__all__ = ["GroupCount", "count_groups"]


#: Stands for those who gave no answer.
_UNDISCLOSED = "undisclosed"


@dataclass(frozen=True, slots=True)
class GroupCount:
    """One declared group; None = hidden, since it, or what it differs from another number by, is small."""

    feature: str
    value: str
    people: int | None
    graver: int | None
    milder: int | None


def count_groups(directions: Mapping[str, int], reports: Mapping[str, SelfReport]) -> tuple[GroupCount, ...]:
    """People, and dispositions that become graver or milder, for each answer to each feature.

    Args:
        directions: candidate id → 1 graver, -1 milder, 0 the same.
        reports: AGD answers by candidate id; who did not answer is undisclosed.
    """
    features = sorted({feature for name in directions if name in reports for feature in reports[name].answers})
    return tuple(group for feature in features for group in _counted(feature, directions, reports))


def _counted(feature: str, directions: Mapping[str, int], reports: Mapping[str, SelfReport]) -> Iterable[GroupCount]:
    answers = {
        name: str(reports[name].answers.get(feature) or _UNDISCLOSED) if name in reports else _UNDISCLOSED
        for name in directions
    }
    values = sorted(set(answers.values()), key=lambda value: (value == _UNDISCLOSED, value))

    def column(*wanted: int) -> dict[str, int]:
        return {
            value: sum(answers[name] == value and way in wanted for name, way in directions.items()) for value in values
        }

    people, graver, milder = column(1, 0, -1), column(1), column(-1)
    hidden_people = hide(people)
    # What is left over by the shown numbers must not be small either: "20 people, 19 graver" names one.
    beside = hidden_people
    for rest in (column(0), column(0, -1), column(0, 1)):
        beside |= hide(rest)
    hidden = hide(milder, already=hide(graver, already=beside))
    hidden = hide(graver, already=hidden)
    for value in values:
        yield GroupCount(
            feature,
            value,
            None if value in hidden_people else people[value],
            None if value in hidden else graver[value],
            None if value in hidden else milder[value],
        )
