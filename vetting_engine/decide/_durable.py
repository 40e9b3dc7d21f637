"""The only home of durable-rules: decision rules inferred by its Rete network, within a strict protocol.

Used as its documentation shows, durable-rules 2.0.28 corrupts memory, hangs, or answers wrongly in silence.
So this door speaks to its C core directly (no host, hence no timer threads and no Python actions whose
exceptions are swallowed) and keeps to what was measured to be right:

* only ``assert_fact``, one fact at a time, the candidate's own fact last: it is the first pattern of every
  rule, so nothing fires before all members are there and absence is asked of a complete set;
* one rule, ``fin``, fires for every decision; where it did not, the answer is an error;
* the state is dropped after every decision (``delete_state`` on the one default session), the first time in a
  warm-up when the network is made;
* facts are integers in a closed list of columns, ids short and fixed; rules use only ``$and``, comparisons,
  joins and ``$not``, within caps (see ``_network``);
* any exception discards the network: never go on with it.
"""

from __future__ import annotations

import importlib
import json
import threading
import weakref
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from math import prod
from typing import Any

from vetting_engine.conditions import MAX_NESTED_QUANTIFIERS
from vetting_engine.conditions.evaluate import TooCostlyError, new_env
from vetting_engine.decide._columns import Token, UnfitError
from vetting_engine.decide._network import FINISHED, Answer, Shard
from vetting_engine.decide._plan import POSSIBLY, PROVED, SURELY, Pass, plan
from vetting_engine.decide._strata import Entry, derivers
from vetting_engine.decide.reference import Inference, any_of
from vetting_engine.model.decision_facts import FACT_PREFIX
from vetting_engine.model.facts import Fact, FactList, Facts

__all__ = ["TESTED_VERSION", "DurableEngine", "EngineFailedError", "missing"]

#: The version whose limits were measured; another one may have others.
TESTED_VERSION = "2.0.28"
#: Matches of one decision: the network keeps each, so members are joined only within reason.
MAX_MATCHES = 100_000

_HANDLED, _NOT_HANDLED = 0, 1


class EngineFailedError(Exception):
    """The engine raised or did not finish; its state was discarded and the case must be held."""


@cache
def missing() -> str | None:
    """Why the engine cannot be used here, as a code; None where it can."""
    try:
        if version("durable-rules") != TESTED_VERSION:
            return "version_untested"
        # Where it was built for Python 3.13 it fails only when it is imported.
        _core()
    except (PackageNotFoundError, ImportError):
        return "not_installed"
    return None


@cache
def _core() -> Any:  # noqa: ANN401  # a C module without types
    return importlib.import_module("durable_rules_engine")


class DurableEngine:
    """Decision rules compiled for durable-rules; safe to use from several threads, each with its networks.

    ``abstains``: rules it does not decide → why, as a code.
    """

    def __init__(self, entries: Sequence[Entry]) -> None:
        self._entries = tuple(entries)
        self._makers = derivers(entries)
        self._plan = plan(entries)
        self.abstains = self._plan.abstains
        self._local = threading.local()

    def infer(self, facts: Facts, as_of: date, told: Inference, active: frozenset[str]) -> Inference:
        """What the rules say, pass by pass; ``told`` answers for the rules this engine abstains from.

        Raises:
            UnfitError: these facts must not be put to the engine (too many, or a number beyond its range).
            EngineFailedError: it failed.
        """
        values = {name: told.values[name] for name in self.abstains}
        proved: dict[str, bool] = {}
        known: dict[str, Fact | FactList] = dict(facts)
        derived: dict[str, bool | None] = {}
        token = self._plan.tokens.for_decision()
        for step in self._plan.passes:
            self._derive(values, derived, known, active)
            fired = set[Answer]()
            for shard in step.shards:
                fired |= self._ask(shard, _rows(shard, known, as_of, token, proved))
            _settle(step, fired, values, proved)
        self._derive(values, derived, known, active)
        return Inference({entry.id: values[entry.id] for entry in self._entries}, derived)

    def _derive(
        self,
        values: Mapping[str, bool | None],
        derived: dict[str, bool | None],
        known: dict[str, Fact | FactList],
        active: frozenset[str],
    ) -> None:
        """Facts as far as they are known; a pass reads only those whose rules have all been asked."""
        for fact, makers in self._makers.items():
            made = any_of(values.get(maker, False) for maker in makers if maker in active)
            derived[fact] = known[f"{FACT_PREFIX}{fact}"] = made

    def _ask(self, shard: Shard, rows: Sequence[str]) -> set[Answer]:
        networks: dict[Shard, _Network] = self._local.__dict__.setdefault("networks", {})
        try:
            if shard not in networks:
                networks[shard] = _Network(shard)
            return {shard.answers[name] for name in networks[shard].ask(rows)}
        except Exception as error:
            # Whatever it was, nothing in this network can be trusted any more: the next case gets a new one.
            failed = networks.pop(shard, None)
            if failed is not None:
                failed.abandon()
            raise EngineFailedError(f"{type(error).__name__}: {error}") from error


def _settle(step: Pass, fired: set[Answer], values: dict[str, bool | None], proved: dict[str, bool]) -> None:
    for kind, name in step.settles:
        if kind == PROVED:
            proved[name] = (PROVED, name) in fired
        elif kind == SURELY:
            surely = (SURELY, name) in fired
            possibly = (POSSIBLY, name) in fired if (POSSIBLY, name) in step.settles else surely
            if surely and not possibly:
                raise EngineFailedError("surely_but_not_possibly")
            values[name] = True if surely else None if possibly else False


def _rows(shard: Shard, facts: Facts, as_of: date, token: Token, proved: Mapping[str, bool]) -> list[str]:
    """The facts of one decision as the shard's rules read them, members first, the candidate's own fact last."""
    members: dict[str, Any] = {over: facts.get(over) or () for over in shard.columns if over}
    matches = sum(times * prod(len(members[over]) for over in joined) for joined, times in shard.matches.items())
    if matches > MAX_MATCHES:
        raise UnfitError("too_many_members")
    env = new_env(facts, as_of.toordinal(), MAX_NESTED_QUANTIFIERS)
    rows: list[str] = []
    try:
        for over, template, encoders in shard.writers:
            for member in members[over] if over else (facts,):
                numbers = [encode(env, member, token, proved) for encode in encoders]
                rows.append(template % (len(rows), *numbers))
    except TooCostlyError as error:
        raise UnfitError("too_costly") from error
    return rows


class _Network:
    """One rule network in the C core, asked one decision after another."""

    def __init__(self, shard: Shard) -> None:
        self._core = core = _core()
        self._handle: int = core.create_ruleset("vetting", json.dumps(shard.rules))
        # The C core frees a pointer it never set if the first state goes before any rule has fired.
        self.ask([shard.empty])
        self._free = weakref.finalize(self, _free, core, self._handle)

    def ask(self, rows: Sequence[str]) -> set[str]:
        """Names of the rules that fire on these facts, the last of which is the candidate's own."""
        core, handle = self._core, self._handle
        code, state = _NOT_HANDLED, 0
        for row in rows:
            code, state = core.assert_fact(handle, row)
            if code not in (_HANDLED, _NOT_HANDLED):
                raise EngineFailedError(f"fact_refused_{code}")
        if code != _HANDLED:
            raise EngineFailedError("unheard")
        fired = set[str]()
        started = core.start_action_for_state(handle, state)
        message = started[1] if started else None
        # A step budget: there cannot be more matches than were counted beforehand, and ``fin``.
        for _ in range(MAX_MATCHES + 1):
            if message is None:
                break
            fired.add(message[2 : message.index('"', 2)])
            message = core.complete_and_start_action(handle, state)
        if message is not None or FINISHED not in fired:
            raise EngineFailedError("unfinished")
        core.delete_state(handle, None)
        return fired

    def abandon(self) -> None:
        """Leave the memory of a network that failed alone: freeing it could do more harm."""
        self._free.detach()


def _free(core: Any, handle: int) -> None:  # noqa: ANN401  # the C module
    core.delete_ruleset(handle)
