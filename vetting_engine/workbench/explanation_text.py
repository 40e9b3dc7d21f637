"""An explanation as JSON values, and as a tree of sentences in the reader's language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from vetting_engine import messages
from vetting_engine.decide.explain import because
from vetting_engine.model.finding import LeafTrace, RuleStatus
from vetting_engine.workbench.explanation import Explanation, FindingAccount, Lowered, RuleAccount

__all__ = ["SCHEMA", "explanation_tree", "explanation_values"]

SCHEMA = "vetting-engine/explanation/1"
#: What matters most first: a reader may stop after the first groups.
_GROUPS = (
    RuleStatus.FIRED,
    RuleStatus.UNKNOWN,
    RuleStatus.ERROR,
    RuleStatus.NOT_FIRED,
    RuleStatus.NOT_IN_FORCE,
)
#: Conditions shown per rule, of those that matter to it. JSON has them all.
_SHOWN_LEAVES = 8


def explanation_values(explanation: Explanation) -> dict[str, object]:
    """The explanation as JSON values, whole."""
    return {
        "schema": SCHEMA,
        "record": explanation.record,
        "as_of": explanation.as_of,
        "ruleset": explanation.ruleset,
        "digest": explanation.digest,
        "disposition": explanation.disposition,
        "level": explanation.level.value,
        "held": explanation.held,
        "dry_run": explanation.dry_run,
        "function": None if explanation.function is None else explanation.function.value,
        "withheld": explanation.withheld,
        "gaps": [gap.model_dump(mode="json") for gap in explanation.gaps],
        "rules": [_rule_values(rule) for rule in explanation.rules],
    }


def _rule_values(rule: RuleAccount) -> dict[str, object]:
    return {
        "rule": rule.rule,
        "version": rule.version,
        "check": rule.check,
        "title": rule.title,
        "status": rule.status.value,
        "level": rule.level.value,
        "times": rule.times,
        "overridden": rule.overridden,
        "findings": [_finding_values(each) for each in rule.findings],
        "facts": list(rule.facts),
        "conditions": [_leaf_values(leaf) for leaf in rule.conditions],
        "nearest": None if rule.nearest is None else _leaf_values(rule.nearest),
        "changes": [_leaf_values(leaf) for leaf in rule.changes],
        "without": None if rule.without is None else rule.without.value,
    }


def _finding_values(finding: FindingAccount) -> dict[str, object]:
    return {
        "id": finding.id,
        "status": finding.status.value,
        "level": finding.level.value,
        "lowered": [_lowered_values(one) for one in finding.lowered],
        "could_lower": [_lowered_values(one) for one in finding.could_lower],
    }


def _lowered_values(one: Lowered) -> dict[str, str]:
    return {"modifier": one.modifier, "from": one.from_level.value, "to": one.to_level.value}


def _leaf_values(leaf: LeafTrace) -> dict[str, Any]:
    return leaf.model_dump(mode="json")


@dataclass(slots=True)
class _Node:
    """A sentence and what stands below it."""

    text: str
    below: list[_Node] = field(default_factory=list)

    def add(self, text: str) -> _Node:
        node = _Node(text)
        self.below.append(node)
        return node


def explanation_tree(explanation: Explanation, language: str = messages.FALLBACK) -> str:
    """The explanation as lines of text, a tree drawn with box characters."""
    return "\n".join(_lines(_Teller(language).tell(explanation))) + "\n"


def _lines(root: _Node) -> Iterator[str]:
    yield root.text

    def walk(nodes: Sequence[_Node], indent: str) -> Iterator[str]:
        for index, node in enumerate(nodes):
            last = index == len(nodes) - 1
            yield f"{indent}{'└─ ' if last else '├─ '}{node.text}"
            yield from walk(node.below, indent + ("   " if last else "│  "))

    yield from walk(root.below, "")


def _of_interest(rule: RuleAccount) -> tuple[LeafTrace, ...]:
    """The conditions on what the rule fired on, or on what came nearest."""
    about = {"", *rule.facts, *((rule.nearest.fact,) if rule.nearest is not None else ())}
    return tuple(leaf for leaf in rule.conditions if leaf.fact in about)


class _Teller:
    """Puts an explanation into the sentences of one language."""

    def __init__(self, language: str) -> None:
        self._language = language

    def tell(self, explanation: Explanation) -> _Node:
        root = _Node(
            self._say(
                "explain.tree.record",
                record=explanation.record,
                as_of=explanation.as_of,
                disposition=self._word("report.disposition", explanation.disposition),
            )
        )
        dry = "_dry" if explanation.dry_run else ""
        root.add(self._say(f"explain.tree.ruleset{dry}", ruleset=explanation.ruleset, digest=explanation.digest))
        if explanation.held:
            root.add(self._say("explain.tree.held"))
        if explanation.withheld:
            root.add(self._say("explain.tree.withheld", count=explanation.withheld))
        self._gaps(root, explanation)
        for status in _GROUPS:
            rules = [rule for rule in explanation.rules if rule.status is status]
            group = root.add(self._say(f"explain.tree.{status.value}", count=len(rules))) if rules else None
            for rule in rules:
                assert group is not None
                self._rule(group, rule)
        return root

    def _gaps(self, root: _Node, explanation: Explanation) -> None:
        if not explanation.gaps:
            return
        group = root.add(self._say("explain.tree.gaps", count=len(explanation.gaps)))
        for gap in explanation.gaps:
            code = f"gap.{gap.code}"
            node = group.add(messages.text(code, gap.params, self._language))
            remedy = messages.remedy(code, gap.params, self._language)
            if remedy:
                node.add(remedy)

    def _rule(self, group: _Node, rule: RuleAccount) -> None:
        check = self._word("check", rule.check)
        level = self._word("report.disposition", rule.level.value)
        node = group.add(
            self._say("explain.tree.rule", title=rule.title, rule=rule.rule, version=rule.version, check=check)
        )
        fired = rule.status is RuleStatus.FIRED
        if fired:
            node.add(self._say("explain.tree.adds", level=level))
        for finding in rule.findings:
            self._finding(node, finding)
        if rule.facts:
            node.add(self._say("explain.tree.facts", facts=", ".join(rule.facts)))
        if rule.nearest is not None and not fired:
            node.add(self._say("explain.tree.nearest", because=because(rule.nearest, self._language)))
        self._leaves(node, "explain.tree.conditions", _of_interest(rule))
        changes = "explain.tree.to_rest" if fired else "explain.tree.to_fire"
        if rule.changes != _of_interest(rule):
            self._leaves(node, changes, rule.changes)
        if rule.without is not None:
            node.add(self._say("explain.tree.without", level=self._word("report.disposition", rule.without.value)))

    def _finding(self, node: _Node, finding: FindingAccount) -> None:
        level = self._word("report.disposition", finding.level.value)
        status = self._word("report.finding_status", finding.status.value)
        below = node.add(self._say("explain.tree.finding", finding=finding.id, level=level, status=status))
        for code, ones in (
            ("explain.tree.lowered", finding.lowered),
            ("explain.tree.could_lower", finding.could_lower),
        ):
            for one in ones:
                below.add(self._say(code, **self._lowered(one)))

    def _lowered(self, one: Lowered) -> Mapping[str, str]:
        return {
            "modifier": self._word("modifier", one.modifier),
            "from_level": self._word("report.disposition", one.from_level.value),
            "to_level": self._word("report.disposition", one.to_level.value),
        }

    def _leaves(self, node: _Node, code: str, leaves: Sequence[LeafTrace]) -> None:
        if not leaves:
            return
        below = node.add(self._say(code, count=len(leaves)))
        for leaf in leaves[:_SHOWN_LEAVES]:
            below.add(self._leaf(leaf))
        if len(leaves) > _SHOWN_LEAVES:
            below.add(self._say("explain.tree.more", count=len(leaves) - _SHOWN_LEAVES))

    def _leaf(self, leaf: LeafTrace) -> str:
        if leaf.result != "true" or leaf.op == "some":
            return because(leaf, self._language)
        params = {
            "field": leaf.field,
            "fact": leaf.fact,
            "op": messages.text(f"operator.{leaf.op}", language=self._language),
            "expected": leaf.expected,
            "actual": leaf.actual or "",
        }
        return self._say(f"explain.leaf_held{'_at' if leaf.fact else ''}", **params)

    def _word(self, kind: str, name: str) -> str:
        code = f"{kind}.{name}"
        said = messages.text(code, language=self._language)
        return name if said == code else said

    def _say(self, code: str, **params: object) -> str:
        return messages.text(code, params, self._language)
