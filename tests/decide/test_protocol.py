"""What the door lets through to durable-rules, call by call: each point of the protocol that keeps the library safe."""

from __future__ import annotations

import json
from collections.abc import Iterator
from random import Random
from typing import Any

import pytest
from reference.generated import packs

from vetting_engine.conditions import compile_condition
from vetting_engine.decide import _durable, reference
from vetting_engine.decide._columns import UnfitError
from vetting_engine.decide._network import CAPS
from vetting_engine.decide._strata import Entry, stratify

pytestmark = pytest.mark.skipif(_durable.missing() is not None, reason="durable-rules is not installed here")

#: Point 2: no batches, no events, no taking back; nothing of the library's own Python, which has timers (1) and
#: swallows what goes wrong in actions (5, 9).
ALLOWED = {
    "create_ruleset",
    "assert_fact",
    "start_action_for_state",
    "complete_and_start_action",
    "delete_state",
    "delete_ruleset",
}
#: Values lie within; the ends stand for what is not known (point 6: the library loses exactness at 2^63).
_RANGE = 1 << 62


class Recorder:
    """The C module, with every call noted."""

    def __init__(self, core: Any) -> None:
        self._core = core
        self.calls: list[tuple[str, tuple[Any, ...]]] = []

    def __getattr__(self, name: str) -> Any:
        real = getattr(self._core, name)

        def noted(*args: Any) -> Any:
            self.calls.append((name, args))
            return real(*args)

        return noted

    def of(self, name: str) -> list[tuple[Any, ...]]:
        return [args for called, args in self.calls if called == name]


@pytest.fixture
def recorder(monkeypatch: pytest.MonkeyPatch) -> Recorder:
    made = Recorder(_durable._core())
    monkeypatch.setattr(_durable, "_core", lambda: made)
    return made


def decided(recorder: Recorder, chains: int = 25) -> Iterator[tuple[int, list[tuple[str, tuple[Any, ...]]]]]:
    """Generated chains with generated facts put to the engine; the calls each decision made, and of which chain."""
    for seed in range(chains):
        chance = Random(f"protocol {seed}")
        entries = [
            Entry(name, compile_condition(when, packs.VOCABULARY), fact)
            for name, when, fact in packs.random_chain(chance)
        ]
        engine = _durable.DurableEngine(entries)
        active = frozenset(entry.id for entry in entries)
        strata, _ = stratify(entries)
        for _ in range(3):
            facts = packs.random_facts(chance)
            told, _ = reference.infer(strata, facts, packs.AS_OF, active)
            before = len(recorder.calls)
            try:
                engine.infer(facts, packs.AS_OF, told, active)
            except UnfitError:
                continue
            yield seed, recorder.calls[before:]


def test_only_six_functions_of_the_core_are_ever_called(recorder: Recorder) -> None:
    assert sum(1 for _ in decided(recorder)) > 50
    assert {name for name, _ in recorder.calls} <= ALLOWED
    assert len(recorder.of("assert_fact")) > 100


def test_facts_go_in_one_by_one_as_small_whole_numbers_and_the_candidates_own_goes_last(recorder: Recorder) -> None:
    asked = 0
    for _, calls in decided(recorder):
        rows: list[dict[str, Any]] = []
        for name, args in calls:
            if name == "assert_fact":
                rows.append(json.loads(args[1]))
            elif name == "start_action_for_state":
                asked += 1
                kinds = [row["t"] for row in rows]
                # Point 3: the phase token is the candidate's own kind, which no member has.
                assert kinds.count(kinds[-1]) == 1
                assert [row["id"] for row in rows] == [f"f{index}" for index in range(len(rows))]
                for row in rows:
                    values = [value for key, value in row.items() if key != "id"]
                    assert all(type(value) is int and -_RANGE <= value <= _RANGE for value in values), row
                    assert row["one"] == 1  # point 5: what the closing tautology looks at
                rows = []
    assert asked > 100


def test_each_network_is_warmed_up_once_and_emptied_after_every_question(recorder: Recorder) -> None:
    for _ in decided(recorder):
        pass
    started = [args[0] for args in recorder.of("start_action_for_state")]
    made = recorder.of("create_ruleset")
    assert started
    # Point 4: the default state, never one by name; after each question, the warming up included.
    assert [args[0] for args in recorder.of("delete_state")] == started
    assert {args[1] for args in recorder.of("delete_state")} == {None}
    first = {}
    for name, args in recorder.calls:
        if name == "assert_fact" and args[0] not in first:
            first[args[0]] = json.loads(args[1])
    assert len(first) <= len(made)
    # No action has run before it in that network, and no member is in it: the question decides nobody.
    assert {row["id"] for row in first.values()} == {"f0"}


def test_what_is_compiled_stays_below_the_limits_of_the_library(recorder: Recorder) -> None:
    for _ in decided(recorder):
        pass
    networks = [json.loads(args[1]) for args in recorder.of("create_ruleset")]
    assert len(networks) > 20
    for rules in networks:
        assert len(rules) <= CAPS["rules"]
        firsts = {json.dumps(rule["all"][0], sort_keys=True) for rule in rules.values()}
        assert len(firsts) <= 400
        assert all(len(rule["all"]) <= CAPS["patterns"] for rule in rules.values())
        # Point 3: one rule that always fires says that the network came to its end.
        assert sum(len(rule["all"]) == 1 for rule in rules.values()) >= 1
