"""Runs the examples that stand beside the rules, and counts which leaves of the conditions they exercise.

An example is held against the rule alone: whether it hits, not what the pack makes of it. A modifier that takes
a hit down to nothing belongs to the rule: such an example is a ``no_hit``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from vetting_engine.conditions import Compiled, compile_condition
from vetting_engine.errors import Fault, Location, VettingError
from vetting_engine.model.condition import All, AtLeast, Compare, Condition, Count, Not
from vetting_engine.model.condition import Any as AnyOf
from vetting_engine.model.facts import Facts, Vocabulary
from vetting_engine.model.finding import LeafTrace
from vetting_engine.model.ruleset import DECISION, Example, ExampleKind, Rule, Ruleset
from vetting_engine.model.scales import Level
from vetting_engine.registry import discover
from vetting_engine.rulebook import vocabularies

__all__ = ["EXAMPLE_DAY", "ExampleReport", "ExampleResult", "LeafCoverage", "run_examples"]

#: Examples must say the same for ever, so "today" is a fixed day unless the caller names one.
EXAMPLE_DAY = date(2026, 1, 1)
_CHECKS = "vetting_engine.checks"
#: What a rule must say on an example: true, false or unknown.
_EXPECTED: Mapping[ExampleKind, bool | None] = {
    ExampleKind.HIT: True,
    ExampleKind.NO_HIT: False,
    ExampleKind.UNKNOWN: None,
    ExampleKind.KNOWN_MISS: False,
}
_WORDS = {True: "hit", False: "no hit", None: "unknown"}
_OUTCOMES = (_WORDS[True], _WORDS[False])
_ALL = 10_000  # basis points


@dataclass(frozen=True, slots=True)
class ExampleResult:
    """One example run. ``got`` is None where the example could not be run; then ``faults`` say why."""

    rule: str
    check: str
    file: str
    line: int
    kind: ExampleKind
    note: str
    expected: str  # "hit", "no hit", "unknown"
    got: str | None
    passed: bool
    deciding: LeafTrace | None = None  # the leaf that kept the rule from hitting
    lowered: bool = False  # the condition holds, and a modifier takes the hit down to nothing
    faults: tuple[Fault, ...] = ()

    @property
    def caught(self) -> bool:
        """Whether a known miss is found now: good news, and the example should become a ``hit``."""
        return self.kind is ExampleKind.KNOWN_MISS and self.got == _WORDS[True]


@dataclass(frozen=True, slots=True)
class LeafCoverage:
    """One leaf of a rule's condition: whether the examples showed it true, and false."""

    rule: str
    file: str
    line: int
    path: str
    field: str
    seen_true: bool
    seen_false: bool

    @property
    def complete(self) -> bool:
        """Whether both answers were seen."""
        return self.seen_true and self.seen_false


@dataclass(frozen=True, slots=True)
class ExampleReport:
    """All examples of a pack, in order of rule and line, and the leaves they cover."""

    results: tuple[ExampleResult, ...]
    leaves: tuple[LeafCoverage, ...]
    rules: int
    rules_without_examples: tuple[str, ...]

    @property
    def failures(self) -> tuple[ExampleResult, ...]:
        """Examples that did not do what they must."""
        return tuple(result for result in self.results if not result.passed)

    @property
    def caught(self) -> tuple[ExampleResult, ...]:
        """Known misses that are found now."""
        return tuple(result for result in self.results if result.caught)

    @property
    def passed(self) -> bool:
        """Whether all examples did."""
        return not self.failures

    @property
    def rule_coverage(self) -> int:
        """Share of rules with an example, in basis points; 10,000 if there are no rules."""
        return _share(self.rules - len(self.rules_without_examples), self.rules)

    @property
    def outcome_coverage(self) -> int:
        """Share of outcomes seen (each rule has two: it hits, and it does not), in basis points."""
        seen = {(result.rule, result.got) for result in self.results if result.got in _OUTCOMES}
        return _share(len(seen), len(_OUTCOMES) * self.rules)

    @property
    def coverage(self) -> int:
        """The least of the three shares."""
        return min(self.rule_coverage, self.outcome_coverage, self.leaf_coverage)

    @property
    def leaf_coverage(self) -> int:
        """Share of leaf answers seen (each leaf has two: true and false), in basis points; 10,000 if none."""
        seen = sum(leaf.seen_true + leaf.seen_false for leaf in self.leaves)
        return _share(seen, 2 * len(self.leaves))


def run_examples(
    ruleset: Ruleset, *, as_of: date = EXAMPLE_DAY, checks: Mapping[str, Any] | None = None
) -> ExampleReport:
    """Every example of every rule, each held against its own rule.

    Args:
        ruleset: as loaded.
        as_of: the day date comparisons are relative to.
        checks: the check plugins by name; those installed, unless a host or a test names others.
    """
    plugins = discover(_CHECKS) if checks is None else checks
    known = vocabularies(plugins, (rule.derives for rule in ruleset.rules if rule.derives is not None))
    results: list[ExampleResult] = []
    leaves: list[LeafCoverage] = []
    for rule in ruleset.rules:
        runner = _Runner(rule, ruleset, plugins.get(rule.check), known[rule.check], as_of)
        results.extend(runner.run(example) for example in rule.examples)
        leaves.extend(runner.coverage())
    without = tuple(rule.id for rule in ruleset.rules if not rule.examples)
    return ExampleReport(tuple(results), tuple(leaves), len(ruleset.rules), without)


class _Runner:
    """One rule under test; remembers which answers each leaf gave."""

    def __init__(self, rule: Rule, ruleset: Ruleset, check: Any, vocabulary: Vocabulary, as_of: date) -> None:  # noqa: ANN401
        self._rule = rule
        self._ruleset = ruleset
        self._check = check
        self._as_of = as_of
        self._compiled: Compiled = compile_condition(rule.when, vocabulary)
        self._seen: set[tuple[str, str]] = set()

    def run(self, example: Example) -> ExampleResult:
        expected = _EXPECTED[example.kind]
        try:
            facts = self._facts(example)
        except Exception as error:  # noqa: BLE001  # whatever a check makes of an author's example must show
            return self._result(example, expected, None, faults=self._told(error, example))
        traces = [self._compiled.trace(each, self._as_of) for each in facts]
        self._seen.update((leaf.path, leaf.result) for trace in traces for leaf in trace.leaves)
        value = _any([trace.value for trace in traces])
        if value is True and self._lowered_away(facts):
            return self._result(example, expected, _WORDS[False], lowered=True)
        blamed = next((trace.deciding for trace in traces if trace.value is value), None)
        return self._result(example, expected, _WORDS[value], deciding=blamed)

    def _lowered_away(self, facts: Sequence[Facts]) -> bool:
        """Whether the rule only holds by list members that one of its modifiers takes down to nothing."""
        to_nothing = [name for name, level in self._rule.modifiers.items() if level is Level.NOTHING_FOUND]
        if not to_nothing or self._rule.level is Level.NOTHING_FOUND:
            return False
        return not any(self._compiled.test(_without(each, to_nothing), self._as_of) for each in facts)

    def coverage(self) -> Iterator[LeafCoverage]:
        rule = self._rule
        for path, node in _leaves(rule.when, ""):
            true, false = ((path, answer) in self._seen for answer in ("true", "false"))
            field = node.field if isinstance(node, Compare) else node.over
            yield LeafCoverage(rule.id, rule.file, node.line, path, field, true, false)

    def _facts(self, example: Example) -> Sequence[Facts]:
        if self._rule.check == DECISION:
            return (dict(example.given),)
        facts: Sequence[Facts] = self._check.example_facts(self._ruleset, self._rule, example)
        return facts

    def _told(self, error: Exception, example: Example) -> tuple[Fault, ...]:
        place = Location(example.file or self._rule.file, example.line)
        if not isinstance(error, VettingError):
            return (Fault("example.check_raised", place, {"error": f"{type(error).__name__}: {error}"}),)
        return tuple(Fault(fault.code, place, fault.params, fault.severity) for fault in error.faults)

    def _result(
        self,
        example: Example,
        expected: bool | None,
        got: str | None,
        *,
        deciding: LeafTrace | None = None,
        lowered: bool = False,
        faults: tuple[Fault, ...] = (),
    ) -> ExampleResult:
        # A known miss says what is not promised, so it cannot fail; one that is caught shows in ``caught``.
        fine = example.kind is ExampleKind.KNOWN_MISS or got == _WORDS[expected]
        return ExampleResult(
            rule=self._rule.id,
            check=self._rule.check,
            file=example.file or self._rule.file,
            line=example.line,
            kind=example.kind,
            note=example.note,
            expected=_WORDS[expected],
            got=got,
            passed=fine and not faults,
            deciding=deciding,
            lowered=lowered,
            faults=faults,
        )


def _without(facts: Facts, flags: Sequence[str]) -> Facts:
    """The facts without the list members that bear one of the flags."""
    return {
        name: value
        if value is None or isinstance(value, bool | int | str | date)
        else [member for member in value if not any(member.get(flag) is True for flag in flags)]
        for name, value in facts.items()
    }


def _share(seen: int, of: int) -> int:
    return seen * _ALL // of if of else _ALL


def _any(values: Sequence[bool | None]) -> bool | None:
    return True if True in values else None if None in values else False


def _leaves(node: Condition, path: str) -> Iterator[tuple[str, Any]]:
    """Leaves with their place in the tree, named as the evaluator names it in a trace."""
    if isinstance(node, Compare):
        yield path, node
    elif isinstance(node, Not):
        yield from _leaves(node.of, _under(path, "not"))
    elif isinstance(node, All | AnyOf | AtLeast):
        for index, part in enumerate(node.of):
            yield from _leaves(part, _under(path, f"{node.node}[{index}]"))
    else:
        if isinstance(node, Count) or node.where is None:
            yield path, node
        if node.where is not None:
            yield from _leaves(node.where, _under(path, f"{node.node}.where"))


def _under(path: str, step: str) -> str:
    return f"{path}.{step}" if path else step
