"""What the pack's rules say of a pair's facts, remembered by what they read of them.

Facts are names from small sets, mostly: pairs by the hundred say the same to a rule, and it is asked once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from operator import itemgetter
from typing import Final

from vetting_engine.conditions import Compiled
from vetting_engine.model.facts import Facts
from vetting_engine.model.finding import LeafTrace, RuleOutcome, RuleStatus
from vetting_engine.model.ruleset import Rule

__all__ = ["CompiledRule", "Verdict", "Verdicts"]

#: Why a rule did not fire where no entry resembles the candidate.
_NO_PAIR: Final = LeafTrace(
    path="", field="hit", op="present", expected="an entry that resembles the candidate", actual=None, result="false"
)
#: Traces, verdicts and outcomes that are remembered, of each.
_MOST_REMEMBERED: Final = 10_000
_true_leaves: Final = itemgetter(0)


@dataclass(frozen=True, slots=True)
class CompiledRule:
    """A rule of the pack with its condition compiled, and the fields it reads."""

    rule: Rule
    condition: Compiled
    reads: tuple[str, ...] = ()
    _traces: dict[tuple[object, ...], tuple[int, LeafTrace | None]] = field(default_factory=dict, compare=False)

    def trace(self, facts: Facts, as_of: date) -> tuple[int, LeafTrace | None]:
        """How many leaves are true, and the leaf that decided: remembered by what the rule reads."""
        key = (as_of, *map(facts.get, self.reads))
        found = self._traces.get(key)
        if found is None:
            trace = self.condition.trace(facts, as_of)
            found = sum(leaf.result == "true" for leaf in trace.leaves), trace.deciding
            if len(self._traces) < _MOST_REMEMBERED:
                self._traces[key] = found
        return found


@dataclass(frozen=True, slots=True, eq=False)
class Verdict:
    """The rules in force that are true of a pair, by id, and the strictest of them; and facts of which it is said.
    Compared by identity: of facts that say the same there is one.
    """

    fired: frozenset[str]
    strictest: Rule | None
    facts: Facts


class Verdicts:
    """All rules of a pack, ready to be asked about pairs on one day."""

    def __init__(self, rules: Sequence[CompiledRule], as_of: date) -> None:
        self._rules, self._as_of = tuple(rules), as_of
        self._standing = [compiled for compiled in rules if compiled.rule.in_force(as_of)]
        self._reads = tuple(dict.fromkeys(name for compiled in rules for name in compiled.reads))
        self._verdicts: dict[tuple[object, ...], Verdict] = {}
        self._outcomes: dict[tuple[Verdict, ...], tuple[RuleOutcome, ...]] = {}
        self._shared: dict[tuple[str, int, int], RuleOutcome] = {}

    def of(self, facts: Facts) -> Verdict:
        """What the rules say of one pair."""
        key = tuple(map(facts.get, self._reads))
        found = self._verdicts.get(key)
        if found is None:
            found = self._verdict(facts)
            if len(self._verdicts) < _MOST_REMEMBERED:
                self._verdicts[key] = found
        return found

    def _verdict(self, facts: Facts) -> Verdict:
        fired = [compiled.rule for compiled in self._standing if compiled.condition.test(facts, self._as_of)]
        return Verdict(
            frozenset(rule.id for rule in fired),
            max(fired, key=lambda rule: rule.strictness, default=None),
            facts,
        )

    def outcomes(self, verdicts: Sequence[Verdict]) -> tuple[RuleOutcome, ...]:
        """What became of every rule over a candidate's pairs; a rule that did not fire says what decided on the pair
        nearest to it.
        """
        key = tuple(verdicts)
        found = self._outcomes.get(key)
        if found is None:
            found = tuple(self._outcome(compiled, key) for compiled in self._rules)
            if len(self._outcomes) < _MOST_REMEMBERED:
                self._outcomes[key] = found
        return found

    def _outcome(self, compiled: CompiledRule, verdicts: Sequence[Verdict]) -> RuleOutcome:
        rule = compiled.rule
        times = sum([rule.id in each.fired for each in verdicts])
        status = RuleStatus.FIRED if times else RuleStatus.NOT_FIRED
        deciding = None
        if not rule.in_force(self._as_of):
            status = RuleStatus.NOT_IN_FORCE
        elif not times:
            traces = [compiled.trace(each.facts, self._as_of) for each in verdicts]
            nearest = max(traces, key=_true_leaves, default=None)
            deciding = _NO_PAIR if nearest is None else nearest[1]
        return self._said(rule, status, times, deciding)

    def _said(self, rule: Rule, status: RuleStatus, times: int, deciding: LeafTrace | None) -> RuleOutcome:
        """People of whom a rule says the same share one outcome."""
        key = (rule.id, times, id(deciding))
        found = self._shared.get(key)
        if found is None or found.deciding is not deciding:
            found = RuleOutcome(
                rule=rule.id, rule_version=rule.version, check=rule.check, status=status, times=times, deciding=deciding
            )
            if len(self._shared) < _MOST_REMEMBERED:
                self._shared[key] = found
        return found
