"""How fast, how lean and how much at one the two decision engines are.

The workload is committed: 50 decision rules over the decision vocabulary and up to six findings, seeded.
``ratio_to_closures`` compares a whole decision (facts made, both engines asked and compared, the deciding leaf or
the witnesses of every rule found, the decision noun built) with the same conditions as plain two-valued closures over
ready-made facts, in the same run; ``ratio_to_compiled`` with this project's own three-valued closures, untraced.
"""

from __future__ import annotations

import argparse
import gc
import platform
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from importlib.metadata import PackageNotFoundError, version
from random import Random

from benchmarks._decision_workload import AS_OF, candidates, decision_ruleset, plain_closures
from benchmarks._memory import peak_megabytes
from benchmarks._random_packs import AS_OF as RANDOM_DAY
from benchmarks._random_packs import VOCABULARY, random_chain, random_facts
from vetting_engine.conditions import compile_condition
from vetting_engine.decide import Decider, _durable
from vetting_engine.decide._columns import UnfitError
from vetting_engine.decide._strata import Entry, decision_entries, stratify
from vetting_engine.decide.reference import infer
from vetting_engine.model.decision_facts import decision_facts

NAME = "decisions"
ABOUT = "decisions per second by both engines, against plain closures; memory growth; disagreements"

_FACTS_PER_CHAIN = 5
_ROUNDS = 5


def run(args: Sequence[str]) -> dict[str, object]:
    """Measure, and answer the figures; ``--agreement N`` compares the engines on N generated cases."""
    options = _options(args)
    figures: dict[str, object] = {
        "python": platform.python_version(),
        "durable_rules": _version("durable-rules"),
        "durable_missing": _durable.missing() or "",
    }
    if options.agreement:
        figures |= agreement(options.agreement, options.seed)
        return figures
    figures |= speed(options.decisions)
    if options.memory:
        figures["rss_growth_mb"] = memory(options.memory)
        figures["rss_decisions"] = options.memory
    return figures | agreement(options.sample, options.seed)


def _options(args: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog=f"python -m benchmarks {NAME}", description=__doc__)
    parser.add_argument("--data", help="not used: the workload is generated")
    parser.add_argument("--decisions", type=int, default=2_000, help="decisions timed per round (default 2000)")
    parser.add_argument("--memory", type=int, default=100_000, help="decisions for the memory figure; 0 = skip")
    parser.add_argument("--sample", type=int, default=1_000, help="generated cases compared (default 1000)")
    parser.add_argument("--agreement", type=int, default=0, help="only compare the engines, on this many cases")
    parser.add_argument("--seed", type=int, default=1, help="first seed of the generated cases")
    return parser.parse_args(args)


def speed(count: int) -> dict[str, object]:
    """Decisions per second; the best of a few rounds each, engines and closures in turn."""
    ruleset = decision_ruleset()
    decider = Decider(ruleset)
    cases = candidates(count)
    facts = [decision_facts(candidate, results, AS_OF, ruleset.required_checks) for candidate, results in cases]
    closures = plain_closures(ruleset)
    conditions = [compile_condition(rule.when, decision_entries(ruleset)[0]) for rule in ruleset.rules]

    def decide() -> None:
        for candidate, results in cases:
            decider.decide(candidate, results, AS_OF)

    def close() -> None:
        for one in facts:
            for closure in closures:
                closure(one)

    def compiled() -> None:
        for one in facts:
            for condition in conditions:
                condition.test(one, AS_OF)

    works = (close, compiled, decide)
    best = [min(times) for times in zip(*([_seconds(work) for work in works] for _ in range(_ROUNDS)), strict=True)]
    closed, tested, decided = best
    dispositions: dict[str, int] = {}
    for candidate, results in cases:
        decision = decider.decide(candidate, results, AS_OF).decision
        dispositions[decision.disposition.value] = dispositions.get(decision.disposition.value, 0) + 1
    return {
        "rules": len(ruleset.rules),
        "decisions_per_second": round(count / decided, 1),
        "closures_per_second": round(count / closed, 1),
        "ratio_to_closures": round(closed / decided, 4),
        "ratio_to_compiled": round(tested / decided, 4),
        "dispositions": dict(sorted(dispositions.items())),
    }


def _seconds(work: Callable[[], None]) -> float:
    gc.collect()
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def memory(count: int) -> float:
    """Growth of the process in MB over ``count`` decisions, after as many as fill every pool once."""
    decider = Decider(decision_ruleset())
    cases = candidates(500)

    def decide(times: int) -> None:
        for index in range(times):
            candidate, results = cases[index % len(cases)]
            decider.decide(candidate, results, AS_OF)

    decide(2_000)
    before = peak_megabytes()
    decide(count)
    return round(peak_megabytes() - before, 2)


def agreement(count: int, seed: int) -> dict[str, object]:
    """Compare the engines on generated rule chains with generated facts, chaining and absence included.

    ``disagreements`` counts cases where a rule or a derived fact differs, or where the engine failed;
    ``not_asked`` counts those that durable-rules refused to be asked about, by reason, besides.
    """
    if _durable.missing():
        return {"compared": 0, "disagreements": None, "not_asked": {_durable.missing(): count}}
    compared, disagreements, not_asked = 0, 0, dict[str, int]()
    number = seed
    while compared < count and sum(not_asked.values()) < count:
        chance = Random(number)
        number += 1
        entries = [
            Entry(name, compile_condition(when, VOCABULARY), fact) for name, when, fact in random_chain(chance, depth=4)
        ]
        engine = _durable.DurableEngine(entries)
        for _ in range(_FACTS_PER_CHAIN):
            told = _compare(engine, entries, random_facts(chance), RANDOM_DAY)
            if isinstance(told, str):
                not_asked[told] = not_asked.get(told, 0) + 1
            else:
                compared, disagreements = compared + 1, disagreements + (not told)
    return {
        "compared": compared,
        "disagreements": disagreements,
        "not_asked": dict(sorted(not_asked.items())),
        "last_seed": number - 1,
    }


def _compare(
    engine: _durable.DurableEngine, entries: Sequence[Entry], facts: Mapping[str, object], as_of: date
) -> bool | str:
    """Whether both say the same; why it was not asked, otherwise."""
    active = frozenset(entry.id for entry in entries)
    strata, _ = stratify(entries)
    told, _ = infer(strata, facts, as_of, active)  # type: ignore[arg-type]
    try:
        inferred = engine.infer(facts, as_of, told, active)  # type: ignore[arg-type]
    except UnfitError as unfit:
        return str(unfit)
    except _durable.EngineFailedError:
        return False
    return (
        all(inferred.values[name] is value for name, value in told.values.items()) and inferred.derived == told.derived
    )


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""
