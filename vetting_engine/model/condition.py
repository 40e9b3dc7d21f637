"""The one condition grammar: what content rules, watchlist rules, conflict rules and decisions are written in.

A condition is a tree. Its leaves compare one field of the facts with a literal or with another field;
its branches join conditions or range over a list of facts. ``rulebook`` reads it from YAML,
``conditions`` evaluates it with three values, ``decide`` also compiles it to durable-rules.

Three values: a comparison with a field that is absent or null is *unknown*; ``present`` is never unknown.
``not`` keeps unknown, ``all`` is the minimum and ``any`` the maximum of false < unknown < true;
``some`` is the ``any`` of its list's members, ``none`` is its negation; ``count`` and ``at_least`` are
unknown where the unknown members could decide.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field

from vetting_engine.model.base import Noun

__all__ = [
    "All",
    "Any",
    "AtLeast",
    "Compare",
    "Condition",
    "Count",
    "Not",
    "Operator",
    "Scalar",
    "Some",
]

Scalar = bool | int | str | date


class Operator(StrEnum):
    """How a leaf compares. Dates compare by day; ordered names (levels, severities) by their declared order."""

    EQ = "eq"
    NE = "ne"
    LT = "lt"
    LE = "le"
    GT = "gt"
    GE = "ge"
    IN = "in"
    NOT_IN = "not_in"
    PRESENT = "present"
    WITHIN_DAYS = "within_days"
    OLDER_THAN_DAYS = "older_than_days"


class Compare(Noun):
    """A leaf: ``field`` ``op`` ``value``, or ``field`` ``op`` the field named ``other`` (plus ``offset``).

    ``field`` is a dotted path: ``alias.name`` inside a quantifier, otherwise a candidate-level fact.
    ``value`` is a tuple for ``in``/``not_in``, true or false for ``present``, days for the date operators
    (relative to ``as_of``: ``within_days: 365`` = not in the future and at most 365 days ago).
    ``offset`` is added to the other field (integers only): ``b.start le a.end + 50``.
    """

    node: Literal["compare"] = "compare"
    field: str
    op: Operator
    value: Scalar | tuple[Scalar, ...] | None = None
    other: str | None = None
    offset: int = 0
    line: int = Field(default=0, exclude=True)


class All(Noun):
    """True when every part is; an empty ``all`` is refused by the rulebook."""

    node: Literal["all"] = "all"
    of: tuple[Condition, ...]
    line: int = Field(default=0, exclude=True)


class Any(Noun):
    """True when one part is."""

    node: Literal["any"] = "any"
    of: tuple[Condition, ...]
    line: int = Field(default=0, exclude=True)


class Not(Noun):
    """Negation; unknown stays unknown."""

    node: Literal["not"] = "not"
    of: Condition
    line: int = Field(default=0, exclude=True)


class AtLeast(Noun):
    """True when at least ``n`` of the parts are."""

    node: Literal["at_least"] = "at_least"
    n: int = Field(ge=1)
    of: tuple[Condition, ...]
    line: int = Field(default=0, exclude=True)


class Some(Noun):
    """Ranges over the list ``over``, each member in turn called ``alias``; ``none`` is ``not`` of this."""

    node: Literal["some"] = "some"
    over: str
    alias: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    where: Condition | None = None
    line: int = Field(default=0, exclude=True)


class Count(Noun):
    """Compares the number of members of ``over`` for which ``where`` holds with ``value``.

    ``distinct`` counts different values of that field among them instead (members without it do not count).
    """

    node: Literal["count"] = "count"
    over: str
    alias: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    where: Condition | None = None
    distinct: str | None = None
    op: Operator
    value: int = Field(ge=0)
    line: int = Field(default=0, exclude=True)


Condition = Annotated[Compare | All | Any | Not | AtLeast | Some | Count, Field(discriminator="node")]

for _model in (All, Any, Not, AtLeast, Some, Count):
    _model.model_rebuild()
