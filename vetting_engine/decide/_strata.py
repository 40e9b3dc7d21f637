"""Which decision rules run, and in which order: a rule that reads a derived fact runs after those that derive it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from vetting_engine.conditions import Compiled, compile_condition
from vetting_engine.conditions.additions import lowering_rules
from vetting_engine.errors import Fault, Location, RulesetError
from vetting_engine.model.condition import Compare, Condition, Count, Not, Some
from vetting_engine.model.decision_facts import FACT_PREFIX, decision_vocabulary
from vetting_engine.model.facts import Vocabulary
from vetting_engine.model.ruleset import DECISION, Rule, Ruleset

__all__ = ["Entry", "decision_entries", "derivers", "stratify"]

#: ``check.<name>.<field>``.
_CHECK_PATH = 3


@dataclass(frozen=True, slots=True)
class Entry:
    """A condition both engines evaluate; ``derives`` names the fact ``fact.<derives>`` it makes true."""

    id: str
    condition: Compiled
    derives: str | None = None


def decision_entries(ruleset: Ruleset) -> tuple[Vocabulary, tuple[tuple[Entry, ...], ...]]:
    """The vocabulary of a pack's decision rules, and the rules compiled, stratum by stratum.

    Raises:
        RulesetError: with every fault: conditions that do not fit the vocabulary, unknown obligations, facts
            that depend on themselves, and rules that could make an outcome milder when a finding or rule is added.
    """
    rules = ruleset.rules_of(DECISION)
    # The checks installed are those whose fields the rulebook let these rules name.
    checks = dict.fromkeys((*ruleset.required_checks, *(name for rule in rules for name in _checks_named(rule.when))))
    vocabulary = decision_vocabulary(checks, (rule.derives for rule in rules if rule.derives))
    faults: list[Fault] = []
    entries: list[Entry] = []
    for rule in rules:
        try:
            entries.append(Entry(rule.id, compile_condition(rule.when, vocabulary), rule.derives))
        except RulesetError as error:
            faults.extend(_placed(fault, rule) for fault in error.faults)
    faults.extend(
        _fault("decide.obligation_unknown", rule, obligation=obligation)
        for rule in ruleset.rules
        for obligation in rule.obligations
        if obligation not in ruleset.obligations
    )
    by_id = {rule.id: rule for rule in rules}
    strata, cyclic = stratify(entries)
    faults.extend(_fault("decide.cycle", by_id[entry.id]) for entry in cyclic)
    if not faults:
        lowering = lowering_rules(rules, vocabulary, _in_order(strata))
        faults.extend(
            _fault(one.code, by_id[name], level=by_id[name].level, least=one.least) for name, one in lowering.items()
        )
    if faults:
        raise RulesetError(sorted(faults, key=lambda fault: (fault.at, fault.code)))
    return vocabulary, strata


def _checks_named(node: Condition) -> list[str]:
    """Names of checks in ``check.<name>.…``, as often as they are read."""
    if isinstance(node, Compare):
        paths = (path.split(".") for path in (node.field, node.other or ""))
        return [path[1] for path in paths if path[0] == "check" and len(path) == _CHECK_PATH]
    if isinstance(node, Some | Count):
        return _checks_named(node.where) if node.where is not None else []
    parts = (node.of,) if isinstance(node, Not) else node.of
    return [name for part in parts for name in _checks_named(part)]


def derivers(entries: Iterable[Entry]) -> dict[str, list[str]]:
    """Derived fact → ids of the rules that derive it, in order."""
    found: dict[str, list[str]] = {}
    for entry in entries:
        if entry.derives is not None:
            found.setdefault(entry.derives, []).append(entry.id)
    return found


def stratify(entries: Sequence[Entry]) -> tuple[tuple[tuple[Entry, ...], ...], tuple[Entry, ...]]:
    """Strata, each rule after every rule that derives what it reads; and the rules caught in a cycle.

    Within a stratum rules keep the order given. Facts are final when a later stratum reads them, so one pass
    per stratum is the fixed point, and their absence may be asked, too.
    """
    makers = derivers(entries)
    needs = {entry.id: {maker for fact in _facts_read(entry) for maker in makers.get(fact, ())} for entry in entries}
    strata: list[tuple[Entry, ...]] = []
    left, done = list(entries), set[str]()
    while left:
        ready = tuple(entry for entry in left if needs[entry.id] <= done)
        if not ready:
            break
        strata.append(ready)
        done.update(entry.id for entry in ready)
        left = [entry for entry in left if entry.id not in done]
    return tuple(strata), tuple(left)


def _facts_read(entry: Entry) -> list[str]:
    return [
        read.name.removeprefix(FACT_PREFIX)
        for read in entry.condition.reads()
        if not read.is_list and read.name.startswith(FACT_PREFIX)
    ]


def _in_order(strata: Sequence[Sequence[Entry]]) -> list[str]:
    """The derived facts, each after those it is made from: by the last rule that derives it."""
    made = [entry.derives for stratum in strata for entry in stratum if entry.derives is not None]
    return list(dict.fromkeys(reversed(made)))[::-1]


def _fault(code: str, rule: Rule, **params: str) -> Fault:
    return Fault(code, Location(rule.file, rule.line), {"rule": rule.id, **params})


def _placed(fault: Fault, rule: Rule) -> Fault:
    """The fault with the rule's file, and the rule's line where the condition has none."""
    at = Location(rule.file, fault.at.line or rule.line, fault.at.column, fault.at.field)
    return Fault(fault.code, at, {"rule": rule.id, **fault.params}, fault.severity)
