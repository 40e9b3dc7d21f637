"""Derived facts: who makes them, in which order, and whether a rule that reads them may only add."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from graphlib import CycleError, TopologicalSorter

from vetting_engine.conditions.additions import ADDED_TO_DECISIONS, lowering_rules
from vetting_engine.errors import Fault
from vetting_engine.model.condition import All, AtLeast, Compare, Condition, Not
from vetting_engine.model.condition import Any as AnyOf
from vetting_engine.model.decision_facts import FACT_PREFIX
from vetting_engine.model.facts import Vocabulary
from vetting_engine.model.ruleset import DECISION
from vetting_engine.rulebook._reading import Source
from vetting_engine.rulebook.protected import protected_word

__all__ = ["lint_strata"]

_NAME = re.compile(r"[a-z][a-z0-9_]{0,59}")


def lint_strata(sources: Sequence[Source], known: Mapping[str, Vocabulary]) -> Iterator[Fault]:
    """Faults of derived facts, and of rules that an addition could make milder. ``known`` are the vocabularies."""
    decisions = [source for source in sources if source.rule.check == DECISION]
    for source in sources:
        yield from _name(source)
    order, cycle = _order(decisions)
    if cycle is not None:
        yield cycle
    by_check: dict[str, list[Source]] = {}
    for source in sources:
        by_check.setdefault(source.rule.check, []).append(source)
    for check, of_check in by_check.items():
        added_to = ADDED_TO_DECISIONS if check == DECISION else known[check].lists
        lowering = lowering_rules([source.rule for source in of_check], known[check], order, added_to)
        for source in of_check:
            rule = source.rule
            if (one := lowering.get(rule.id)) is not None:
                said = {"rule": rule.id, "level": rule.level, "least": one.least}
                yield Fault(one.code, source.at("when"), said)


def _name(source: Source) -> Iterator[Fault]:
    rule = source.rule
    if rule.derives is None:
        return
    at = source.at("derives")
    feature = protected_word(rule.derives, rule.check)
    if rule.check != DECISION:
        yield Fault("rule.derives_outside_decisions", at, {"rule": rule.id})
    elif not _NAME.fullmatch(rule.derives):
        yield Fault("rule.derives_name", at, {"rule": rule.id, "fact": rule.derives[:60]})
    elif feature is not None:
        yield Fault("when.protected", at, {"field": rule.derives, "feature": feature})


def _order(decisions: Sequence[Source]) -> tuple[tuple[str, ...], Fault | None]:
    """Derived facts, each after those it is made from; with the fault where that is impossible."""
    needs: dict[str, set[str]] = {}
    for source in decisions:
        if source.rule.derives is not None:
            needs.setdefault(source.rule.derives, set()).update(_facts_read(source.rule.when))
    try:
        return tuple(TopologicalSorter({name: sorted(needs[name]) for name in sorted(needs)}).static_order()), None
    except CycleError as trouble:
        circle = [str(name) for name in trouble.args[1]]
        # The same circle is told the same way wherever it was entered.
        start = circle.index(min(circle))
        turned = [*circle[start:-1], *circle[:start], min(circle)]
        maker = next(source for source in decisions if source.rule.derives == min(circle))
        told = Fault("rule.derives_cycle", maker.at("derives"), {"circle": " ← ".join(turned)})
        return (), told


def _facts_read(node: Condition) -> Iterator[str]:
    if isinstance(node, Compare):
        yield from (
            name.removeprefix(FACT_PREFIX) for name in (node.field, node.other or "") if name.startswith(FACT_PREFIX)
        )
    elif isinstance(node, All | AnyOf | AtLeast):
        for part in node.of:
            yield from _facts_read(part)
    elif isinstance(node, Not):
        yield from _facts_read(node.of)
    elif node.where is not None:
        yield from _facts_read(node.where)
