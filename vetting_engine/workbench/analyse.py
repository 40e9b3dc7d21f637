"""What is wrong with rules that no single rule shows: those that can never hold, always hold, or change nothing.

Findings are warnings with file, line and remedy, beside those of ``rulebook.check_pack``: syntax, cycles, missing
examples and expired rules are told there. Each says how sure it is: ``exact`` is a proof; otherwise there is no
counterexample among so many members of a list. What the solver cannot tell in time is said, never guessed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from vetting_engine.errors import Fault, Location, Param
from vetting_engine.model.decision import Disposition
from vetting_engine.model.finding import Function
from vetting_engine.model.ruleset import DECISION, Rule, Ruleset, RuleState
from vetting_engine.workbench._encode import UnsupportedError
from vetting_engine.workbench._firing import known_vocabularies
from vetting_engine.workbench._names import names_nothing
from vetting_engine.workbench._packs import Pack, PackReading, world_for
from vetting_engine.workbench._questions import CheckRules, DecisionRules, Rules, Truth
from vetting_engine.workbench._smt import TIMEOUT_SECONDS, Outcome, Smt
from vetting_engine.workbench._trial import SEARCHED, Trial, random_cases

__all__ = ["analyse"]


def analyse(
    ruleset: Ruleset,
    *,
    as_of: date,
    timeout_seconds: float = TIMEOUT_SECONDS,
    checks: Mapping[str, Any] | None = None,
) -> tuple[Fault, ...]:
    """Every finding of the analyser, in order of file and line; one per rule, the gravest.

    Args:
        ruleset: as loaded; rules that are not in force on the day are left out.
        as_of: the day rules are in force on and dates are relative to.
        timeout_seconds: for each question to the solver.
        checks: the check plugins by name; those installed, unless a host or a test names others.

    Raises:
        EngineError: z3 is not installed.
        RulesetError: the decision rules do not compile.
    """
    smt = Smt(timeout_seconds)
    pack = Pack.of(ruleset, as_of)
    found = {fault.params["rule"]: fault for fault in reversed(list(names_nothing(ruleset, checks)))}
    dead = set(found)
    for facts in _facts(pack):
        found.setdefault(facts.params["rule"], facts)
    groups: list[Rules] = [DecisionRules(smt, pack)]
    for name, vocabulary in known_vocabularies(ruleset, checks).items():
        own = [rule for rule in ruleset.rules_of(name) if (name, rule.id) not in pack.resting]
        if own and name != DECISION:
            groups.append(CheckRules(smt, vocabulary, as_of, own))
    for group in groups:
        for fault in (*_single(group, dead), *_pairs(group, dead)):
            found.setdefault(fault.params["rule"], fault)
    for fault in _shadowed(smt, pack, {*dead, *found}, _partners(found.values())):
        found.setdefault(fault.params["rule"], fault)
    return tuple(sorted(found.values(), key=lambda fault: (fault.at, fault.code)))


def _fault(code: str, rule: Rule, *, exact: bool = True, **params: Param) -> Fault:
    at = Location(rule.file, rule.when.line or rule.line, field="when")
    return Fault(f"analyse.{code}", at, {"rule": rule.id, "exact": exact, **params}, "warning")


def _facts(pack: Pack) -> Iterator[Fault]:
    """Derived facts that nothing in force makes, told where they are read; and those nobody reads."""
    made: dict[str, list[Rule]] = {}
    for rule in pack.weighing:
        if rule.derives is not None:
            made.setdefault(rule.derives, []).append(rule)
    read = {rule.id: frozenset(pack.facts_read(rule.id)) for rule in pack.weighing}
    for rule in pack.weighing:
        for fact in sorted(read[rule.id] - made.keys()):
            yield _fault("fact_unreachable", rule, fact=fact)
    used = frozenset(fact for facts in read.values() for fact in facts)
    for fact in sorted(made.keys() - used):
        for rule in made[fact]:
            yield _fault("fact_unread", rule, fact=fact)


def _single(group: Rules, dead: set[Param]) -> Iterator[Fault]:
    """Rules that never hold, always hold, or could not be told. Those that never hold are added to ``dead``."""
    for rule in group.rules:
        if rule.id in dead:
            continue
        try:
            never, always = group.can_hold(rule), group.can_fail(rule)
        except UnsupportedError:
            yield _fault("undecided", rule, about=rule.id)
            continue
        if never.outcome is Outcome.NONE:
            dead.add(rule.id)
            if not group.rests_on(rule, dead):
                yield _fault("unsatisfiable", rule, exact=never.exact)
        elif always.outcome is Outcome.NONE:
            dead.add(rule.id)
            yield _fault("always_true", rule, exact=always.exact)
        elif Outcome.UNDECIDED in (never.outcome, always.outcome):
            yield _fault("undecided", rule, about=rule.id)


def _pairs(group: Rules, dead: set[Param]) -> Iterator[Fault]:
    """Rules that say what another says already, or the contrary of it."""
    alive = sorted((rule for rule in group.rules if rule.id not in dead), key=lambda rule: (rule.file, rule.line))
    for index, later in enumerate(alive):
        for other in (*alive[:index], *alive[index + 1 :]):
            fault = _pair(group, later, other, follows=other in alive[:index])
            if fault is not None:
                yield fault
                break


def _pair(group: Rules, rule: Rule, other: Rule, *, follows: bool) -> Fault | None:
    """What is wrong with ``rule`` beside ``other``; of two alike only the later is told."""
    if not (group.covers(other, rule) or group.contradicts(other, rule)):
        return None
    implied = group.implies(rule, other)
    if implied.outcome is Outcome.UNDECIDED:
        return _fault("undecided", rule, about=f"{rule.id}, {other.id}")
    back = group.implies(other, rule)
    alike = Outcome.NONE is implied.outcome is back.outcome
    exact = implied.exact and (back.exact or not alike)
    if group.contradicts(other, rule):
        one_way = group.weighs_otherwise(other, rule) and Outcome.NONE in (implied.outcome, back.outcome)
        if alike or one_way:
            return _fault("contradictory", rule, exact=exact, other=other.id) if follows else None
    if implied.outcome is not Outcome.NONE or not group.covers(other, rule):
        return None
    if alike and group.covers(rule, other):
        return _fault("duplicate", rule, exact=exact, other=other.id) if follows else None
    return _fault("subsumed", rule, exact=exact, other=other.id)


def _partners(found: Iterable[Fault]) -> set[Param]:
    """The rules that findings name beside their own: a duplicate's twin is not told as shadowed, too."""
    return {fault.params["other"] for fault in found if fault.code in ("analyse.duplicate", "analyse.contradictory")}


def _shadowed(smt: Smt, pack: Pack, told: set[Param], partners: set[Param]) -> Iterator[Fault]:
    """Decision rules without which every decision would be the same."""
    for rule in pack.weighing:
        adds = rule.level.rank or rule.obligations or rule.functions or rule.derives
        if rule.id in told | partners or not adds or pack.rests_on(rule.id, told):
            continue
        readers = [one.id for one in pack.weighing if rule.derives in pack.facts_read(one.id)]
        if readers and told.issuperset(readers):
            # What it makes is only wanting where it is read, and that was told.
            continue
        truth = _without(smt, pack, rule)
        if truth.outcome is Outcome.UNDECIDED:
            yield _fault("undecided", rule, about=rule.id)
        elif truth.outcome is Outcome.NONE and not _refuted(pack, rule):
            yield _fault("shadowed", rule, exact=truth.exact)


def _without(smt: Smt, pack: Pack, rule: Rule) -> Truth:
    """Whether a case is decided otherwise without the rule."""
    less = pack.without(rule.id)
    try:
        world, exact = world_for((pack, less), smt)
        whole, rest = PackReading(pack, world), PackReading(less, world)
    except UnsupportedError:
        return Truth(Outcome.UNDECIDED, exact=False)
    parts = [smt.differ(whole.disposition_at_least(one), rest.disposition_at_least(one)) for one in Disposition]
    parts += [smt.differ(whole.obliges(duty), rest.obliges(duty)) for duty in rule.obligations]
    parts += [smt.differ(whole.names(one), rest.names(one)) for one in Function]
    if rule.derives is not None:
        duties = sorted({duty for one in pack.weighing for duty in one.obligations})
        parts += [smt.differ(whole.obliges(duty), rest.obliges(duty)) for duty in duties]
    answer = smt.solve([*world.constraints, smt.some(parts)])
    return Truth(answer.outcome, exact)


def _refuted(pack: Pack, rule: Rule) -> bool:
    """Whether the real Decider decides a random case otherwise without the rule."""
    resting = rule.model_copy(update={"status": RuleState.EXPERIMENTAL})
    rules = tuple(resting if one is rule else one for one in pack.ruleset.rules)
    trials = Trial(pack.ruleset), Trial(pack.ruleset.model_copy(update={"rules": rules}))
    cases = random_cases((pack,), pack.as_of, SEARCHED)
    return any(len({trial.said(case) for trial in trials}) > 1 for case in cases)
