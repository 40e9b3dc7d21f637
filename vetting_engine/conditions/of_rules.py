"""The rules of a check that knows no modifiers, with their conditions compiled."""

from __future__ import annotations

from collections.abc import Iterable

from vetting_engine.conditions import Compiled, compile_condition
from vetting_engine.errors import Fault, Location, RulesetError
from vetting_engine.model.facts import Vocabulary
from vetting_engine.model.ruleset import Rule

__all__ = ["compile_rules"]


def compile_rules(rules: Iterable[Rule], vocabulary: Vocabulary) -> tuple[tuple[Rule, Compiled], ...]:
    """Each rule with its condition, in the order given.

    Raises:
        RulesetError: with every fault: conditions that do not fit the vocabulary, and modifiers, under the code
            ``<check>.modifier_unknown``.
    """
    faults: list[Fault] = []
    compiled = []
    for rule in rules:
        at = Location(rule.file, rule.line)
        faults += [
            Fault(f"{rule.check}.modifier_unknown", at, {"rule": rule.id, "modifier": modifier})
            for modifier in rule.modifiers
        ]
        try:
            compiled.append((rule, compile_condition(rule.when, vocabulary)))
        except RulesetError as error:
            faults += error.faults
    if faults:
        raise RulesetError(faults)
    return tuple(compiled)
