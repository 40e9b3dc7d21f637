"""Decision rules that ask for a rule, check or category by a name the pack does not have: they wait for ever."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from vetting_engine.errors import Fault, Location
from vetting_engine.model.condition import All, AtLeast, Compare, Condition, Not, Operator
from vetting_engine.model.condition import Any as AnyOf
from vetting_engine.model.ruleset import DECISION, Ruleset
from vetting_engine.registry import discover

__all__ = ["names_nothing"]

_CHECKS = "vetting_engine.checks"
_ASKS = (Operator.EQ, Operator.IN)


def names_nothing(ruleset: Ruleset, checks: Mapping[str, Any] | None = None) -> Iterator[Fault]:
    """A warning for each such name, at its line."""
    others = [rule for rule in ruleset.rules if rule.check != DECISION]
    installed = discover(_CHECKS) if checks is None else checks
    named = frozenset((*ruleset.required_checks, *installed, *(rule.check for rule in others), DECISION))
    known = {
        ("finding", "check"): named,
        ("gap", "check"): named,
        ("check", "name"): named,
        ("finding", "rule"): frozenset(rule.id for rule in others),
        ("finding", "category"): frozenset(rule.category for rule in others),
    }
    for rule in ruleset.rules_of(DECISION):
        for leaf, name in _unknown(rule.when, {}, known):
            at = Location(rule.file, leaf.line or rule.line, field=leaf.field)
            yield Fault("analyse.names_nothing", at, {"rule": rule.id, "name": name, "field": leaf.field}, "warning")


def _unknown(
    node: Condition, scope: Mapping[str, str], known: Mapping[tuple[str, str], frozenset[str]]
) -> Iterator[tuple[Compare, str]]:
    if isinstance(node, Compare):
        alias, _, key = node.field.partition(".")
        names = known.get((scope.get(alias, ""), key))
        listed = node.value if isinstance(node.value, tuple) else (node.value,)
        if names is not None and node.op in _ASKS and node.other is None:
            yield from ((node, str(one)) for one in listed if one not in names)
    elif isinstance(node, All | AnyOf | AtLeast):
        for part in node.of:
            yield from _unknown(part, scope, known)
    elif isinstance(node, Not):
        yield from _unknown(node.of, scope, known)
    elif node.where is not None:
        yield from _unknown(node.where, {**scope, node.alias: node.over}, known)
