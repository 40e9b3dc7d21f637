"""The reference evaluator: plain closures over facts, stratum by stratum, with a trace of every rule."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from vetting_engine.conditions import Trace
from vetting_engine.decide._strata import Entry, derivers
from vetting_engine.model.decision_facts import FACT_PREFIX
from vetting_engine.model.facts import Fact, FactList, Facts

__all__ = ["Inference", "any_of", "infer"]


@dataclass(frozen=True, slots=True)
class Inference:
    """What an engine made of the facts: each rule fired (true), not (false) or unknown (None); derived facts
    likewise. Only the reference evaluator traces.
    """

    values: Mapping[str, bool | None]
    derived: Mapping[str, bool | None]
    traces: Mapping[str, Trace]


def infer(strata: Sequence[Sequence[Entry]], facts: Facts, as_of: date, active: frozenset[str]) -> Inference:
    """Evaluate every rule once, facts derived in one stratum being known in the next.

    Only rules named in ``active`` derive; the others are evaluated to be shown.
    """
    known: dict[str, Fact | FactList] = dict(facts)
    values: dict[str, bool | None] = {}
    derived: dict[str, bool | None] = {}
    traces: dict[str, Trace] = {}
    for stratum in strata:
        for entry in stratum:
            trace = entry.condition.trace(known, as_of)
            traces[entry.id] = trace
            values[entry.id] = trace.value
        for fact, makers in derivers(stratum).items():
            made = any_of([derived.get(fact, False), *(values[maker] for maker in makers if maker in active)])
            derived[fact] = known[f"{FACT_PREFIX}{fact}"] = made
    return Inference(values, derived, traces)


def any_of(values: Iterable[bool | None]) -> bool | None:
    """The maximum of false < unknown < true."""
    seen = set(values)
    return True if True in seen else None if None in seen else False
