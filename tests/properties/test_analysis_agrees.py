"""Laws of the analysis: what it says of random conditions is what the evaluators say, whichever way it is asked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from random import Random

import make
import pytest
import shipped
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from properties.test_promises_decide import deciders

from benchmarks._random_packs import AS_OF, VOCABULARY, random_condition, random_facts
from benchmarks._rule_edits import edits
from vetting_engine.conditions import compile_condition
from vetting_engine.conditions.bound import BoundLeaf, BoundNot, BoundSome, Kind, Ref
from vetting_engine.decide import Decider, _durable
from vetting_engine.decide._columns import UnfitError
from vetting_engine.decide._durable import DurableEngine
from vetting_engine.decide._strata import Entry
from vetting_engine.decide.reference import infer
from vetting_engine.errors import RulesetError
from vetting_engine.model.condition import Operator
from vetting_engine.model.ruleset import Ruleset
from vetting_engine.workbench._contest import Contest
from vetting_engine.workbench._encode import Encoder
from vetting_engine.workbench._firing import Conditions
from vetting_engine.workbench._members import needs, size_of
from vetting_engine.workbench._packs import Pack
from vetting_engine.workbench._smt import Outcome, Smt
from vetting_engine.workbench._trial import Trial, random_cases
from vetting_engine.workbench._worlds import World
from vetting_engine.workbench.diff import Verdict, compare
from vetting_engine.workbench.prove import Promise, ProofVerdict, prove

SEEDS = st.integers(min_value=0, max_value=2**32)
DAY = AS_OF + timedelta(days=300)


@given(seed=SEEDS)
@settings(max_examples=30)
def test_facts_found_make_the_condition_answer_as_asked(seed: int) -> None:
    """Both engines say true, false or unknown exactly where the analysis found it, and none where it found none."""
    chance = Random(seed)
    compiled = compile_condition(random_condition(chance, depth=3), VOCABULARY)
    smt = Smt(timeout_seconds=2)
    asked = Conditions(smt, VOCABULARY, AS_OF, [compiled])
    holds = asked.holds[0]
    ways = {
        True: [holds.surely],
        False: [smt.neg(holds.possibly)],
        None: [holds.possibly, smt.neg(holds.surely)],
    }
    answers = {compiled.test(random_facts(chance), AS_OF) for _ in range(30)}
    for value, wanted in ways.items():
        shown = asked.show(wanted, plainly=False)
        if shown.facts is not None:
            assert compiled.test(shown.facts, AS_OF) is value
            assert _durable_says(compiled, shown.facts) in (value, "abstains")
        elif shown.outcome is Outcome.NONE and shown.exact:
            assert value not in answers


def _durable_says(compiled: object, facts: object) -> object:
    entry = Entry("one", compiled)  # type: ignore[arg-type]
    if _durable.missing():
        return "abstains"
    inference, _ = infer(((entry,),), facts, AS_OF, frozenset({"one"}))  # type: ignore[arg-type]
    try:
        told = DurableEngine([entry]).infer(facts, AS_OF, inference, frozenset({"one"}))  # type: ignore[arg-type]
    except UnfitError:
        return "abstains"
    return told.values["one"]


@given(seed=SEEDS)
@settings(max_examples=30)
def test_no_larger_facts_say_what_the_bound_excludes(seed: int) -> None:
    """Twice the members: what had no case within the bound has none there either."""
    compiled = compile_condition(random_condition(Random(seed), depth=3), VOCABULARY)
    need = needs(compiled.bound, {})
    size = size_of(need.true, VOCABULARY.lists)
    if not size.exact or max(size.lists.values()) > 3:
        return
    outcomes = []
    for factor in (1, 2):
        smt = Smt(timeout_seconds=2)
        asked = _sized(smt, compiled, {name: count * factor for name, count in size.lists.items()})
        outcomes.append(smt.solve([*asked[0], asked[1]]).outcome)
    if Outcome.UNDECIDED not in outcomes:
        assert outcomes[0] is outcomes[1]


def _sized(smt: Smt, compiled: object, sizes: dict[str, int]) -> tuple[Sequence[object], object]:
    world = World(smt, VOCABULARY, sizes, AS_OF)
    holds = Encoder(world).holds(compiled.bound)  # type: ignore[attr-defined]
    return world.constraints, holds.surely


@pytest.mark.parametrize("seed", range(3))
def test_edits_of_the_shipped_decisions(seed: int) -> None:
    """Every counterexample is real, and every equivalence survives random cases."""
    ours = shipped.pack()
    for edit in edits(ours, 4, seed):
        try:
            comparison = compare(ours, edit.ruleset, as_of=DAY, search=0)
        except RulesetError:
            continue
        assert comparison.confirmed
        assert not edit.same or comparison.verdict is Verdict.EQUIVALENT
        if comparison.verdict is Verdict.EQUIVALENT:
            assert Contest(ours, edit.ruleset, DAY, Smt()).search(100) is None


def test_random_cases_are_as_real_as_they_look() -> None:
    """What is encoded of a decision is what the Decider says, on cases that nobody solved for."""
    ours = shipped.pack()
    trial = Trial(ours)
    said = [trial.said(case) for case in random_cases((Pack.of(ours, DAY),), DAY, 100)]
    assert None not in said
    assert len({one[0] for one in said if one is not None}) >= 4


def _some(over: str, slot: int, where: object) -> BoundSome:
    return BoundSome("", over, slot, where)  # type: ignore[arg-type]


def test_absence_within_presence_has_no_bound() -> None:
    """Every member may need a witness that needs a witness: then nothing is called a proof."""
    one, two = (Ref(slot, "word", "", "left", True) for slot in (1, 2))
    link = BoundLeaf("", two, Operator.EQ, Kind.TEXT, (), None, one, 0)
    chained = _some("left", 1, BoundNot("", _some("left", 2, link)))
    assert not size_of(needs(chained, {}).false, ("left", "right")).exact
    assert size_of(needs(chained, {}).true, ("left", "right")).exact
    other = _some("left", 1, BoundNot("", _some("right", 2, link)))
    assert size_of(needs(other, {}).false, ("left", "right")).exact


@given(pack=deciders())
@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
def test_no_further_finding_is_found_that_makes_an_accepted_pack_milder(pack: tuple[Ruleset, Decider]) -> None:
    """What the lint lets through by bounds is put to the solver, which looks for the very case that breaks it."""
    proof = prove(pack[0], Promise.MONOTONE, as_of=make.AS_OF, timeout_seconds=2, search=5)
    assert proof.verdict in (ProofVerdict.KEPT, ProofVerdict.KEPT_SO_FAR, ProofVerdict.UNDECIDED)
