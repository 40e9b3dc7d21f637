"""The reference evaluator: plain closures over facts, stratum by stratum, with a trace of every rule."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from vetting_engine.conditions import Trace
from vetting_engine.decide._strata import Entry, derivers
from vetting_engine.model.decision_facts import FACT_PREFIX
from vetting_engine.model.facts import Fact, FactList, Facts
from vetting_engine.model.finding import LeafTrace

__all__ = ["Account", "Inference", "any_of", "infer", "traces", "whole_traces"]


@dataclass(frozen=True, slots=True)
class Inference:
    """What an engine made of the facts: each rule fired (true), not (false) or unknown (None); derived facts
    likewise.
    """

    values: Mapping[str, bool | None]
    derived: Mapping[str, bool | None]


@dataclass(frozen=True, slots=True)
class Account:
    """What is kept of a rule's trace: the members that made it hold, or the leaf that decided against it."""

    deciding: LeafTrace | None
    witnesses: tuple[str, ...]


def infer(
    strata: Sequence[Sequence[Entry]], facts: Facts, as_of: date, active: frozenset[str]
) -> tuple[Inference, dict[str, Account]]:
    """Evaluate every rule once, facts derived in one stratum being known in the next.

    Only rules named in ``active`` derive; the others are evaluated to be shown.
    """
    accounts: dict[str, Account] = {}
    inference = _infer(strata, facts, as_of, active, lambda name, trace: accounts.__setitem__(name, _account(trace)))
    return inference, accounts


def whole_traces(
    strata: Sequence[Sequence[Entry]], facts: Facts, as_of: date, active: frozenset[str]
) -> dict[str, Trace]:
    """Every rule's trace, to be asked for whatever it is that somebody wants to know."""
    found: dict[str, Trace] = {}
    _infer(strata, facts, as_of, active, found.__setitem__)
    return found


def traces(
    strata: Sequence[Sequence[Entry]], facts: Facts, as_of: date, active: frozenset[str]
) -> dict[str, tuple[LeafTrace, ...]]:
    """Every leaf of every rule: large, so it is made only when somebody asks."""
    return {name: trace.leaves for name, trace in whole_traces(strata, facts, as_of, active).items()}


def _account(trace: Trace) -> Account:
    return Account(trace.deciding, trace.witnesses)


def _infer(
    strata: Sequence[Sequence[Entry]],
    facts: Facts,
    as_of: date,
    active: frozenset[str],
    keep: Callable[[str, Trace], None],
) -> Inference:
    known: dict[str, Fact | FactList] = dict(facts)
    values: dict[str, bool | None] = {}
    derived: dict[str, bool | None] = {}
    for stratum in strata:
        for entry in stratum:
            trace = entry.condition.trace(known, as_of)
            keep(entry.id, trace)
            values[entry.id] = trace.value
        for fact, makers in derivers(stratum).items():
            made = any_of([derived.get(fact, False), *(values[maker] for maker in makers if maker in active)])
            derived[fact] = known[f"{FACT_PREFIX}{fact}"] = made
    return Inference(values, derived)


def any_of(values: Iterable[bool | None]) -> bool | None:
    """The maximum of false < unknown < true."""
    seen = set(values)
    return True if True in seen else None if None in seen else False
