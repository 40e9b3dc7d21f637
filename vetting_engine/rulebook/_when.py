"""Reads a condition: the YAML under ``when:`` becomes a typed tree, every fault with its line.

Grammar (a mapping's keys are all joined by "all"):

``all: [..]``, ``any: [..]``, ``not: {..}``, ``at_least: {n: 2, of: [..]}``; ``some: LIST as ALIAS``, ``none: ..``
and ``count: ..`` with ``where: {..}`` beside them (``count`` also with one comparison such as ``ge: 3``, and
``distinct: FIELD``); every other key is a field with a text (equal), a list (one of) or one operator.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import partial
from typing import Any as AnyValue

from vetting_engine.conditions import MAX_NESTED_QUANTIFIERS
from vetting_engine.files.yaml import YamlDocument
from vetting_engine.model import limits
from vetting_engine.model.condition import All, Any, AtLeast, Condition, Count, Not, Operator, Some
from vetting_engine.model.facts import Vocabulary
from vetting_engine.rulebook._leaf import COMPARISONS, read_leaf
from vetting_engine.rulebook._literals import integer
from vetting_engine.rulebook._refusal import MisfitError, Path, Places, gather
from vetting_engine.rulebook._scope import Scope

__all__ = ["QUANTIFIERS", "RANGE", "read_condition"]

QUANTIFIERS = ("some", "none", "count")
_JOINTS = ("all", "any", "not", "at_least")
#: Keys that only mean something beside a quantifier.
_BESIDE_SOME = ("where",)
_BESIDE_COUNT = ("where", "distinct", *(str(operator) for operator in COMPARISONS))
#: How a quantifier names its list and the members of it.
RANGE = r"([a-z][a-z0-9_.]*) +as +([a-z][a-z0-9_]*)"
_RANGE = re.compile(RANGE)

Yaml = Mapping[str, AnyValue]


def read_condition(document: YamlDocument, path: Path, value: object, vocabulary: Vocabulary) -> Condition:
    """The condition at ``path`` of a document, typed by the vocabulary.

    Raises:
        RefusedError: with every fault in it.
    """
    return _Reader(Places(document)).condition(value, path, Scope(vocabulary), 0)


class _Reader:
    """Depth counts nodes of the tree as the evaluator does: the top is 0."""

    def __init__(self, places: Places) -> None:
        self._places = places

    def condition(self, value: object, path: Path, scope: Scope, depth: int) -> Condition:
        """A mapping: its keys joined by "all"."""
        self._allow_depth(path, depth)
        if not isinstance(value, Mapping):
            self._places.refuse("when.not_a_mapping", path)
        if not value:
            self._places.refuse("when.empty", path)
        over = [key for key in value if key in QUANTIFIERS]
        if len(over) > 1:
            self._places.refuse("when.two_quantifiers", (*path, over[1]), first=over[0], second=over[1])
        beside = _BESIDE_COUNT if over == ["count"] else _BESIDE_SOME if over else ()
        keys = [key for key in value if key not in beside]
        inner = depth if len(keys) == 1 else depth + 1
        parts = gather(partial(self._part, key, value, path, scope, inner) for key in keys)
        return parts[0] if len(parts) == 1 else All(of=tuple(parts), line=self._places.line((*path, keys[0])))

    def _part(self, key: str, beside: Yaml, path: Path, scope: Scope, depth: int) -> Condition:
        at = (*path, key)
        self._allow_depth(at, depth)
        if key in QUANTIFIERS:
            return self._quantifier(key, beside, path, scope, depth)
        if key in _JOINTS:
            return self._joint(key, beside[key], at, scope, depth)
        if key in _BESIDE_COUNT:
            self._places.refuse("when.stray_key", at, key=key)
        return read_leaf(key, beside[key], at, scope, self._places)

    def _joint(self, key: str, value: object, at: Path, scope: Scope, depth: int) -> Condition:
        line = self._places.line(at)
        if key == "not":
            return Not(of=self.condition(value, at, scope, depth + 1), line=line)
        if key == "at_least":
            return self._at_least(value, at, scope, depth)
        parts = self._several(value, at, scope, depth)
        return All(of=parts, line=line) if key == "all" else Any(of=parts, line=line)

    def _several(self, value: object, path: Path, scope: Scope, depth: int) -> tuple[Condition, ...]:
        if not isinstance(value, list) or not value:
            self._places.refuse("when.empty", path)
        reads = (partial(self.condition, item, (*path, index), scope, depth + 1) for index, item in enumerate(value))
        return tuple(gather(reads))

    def _at_least(self, value: object, at: Path, scope: Scope, depth: int) -> AtLeast:
        if not isinstance(value, Mapping) or set(value) != {"n", "of"}:
            self._places.refuse("when.at_least", at)
        parts = self._several(value["of"], (*at, "of"), scope, depth)
        needed = self._whole(value["n"], (*at, "n"))
        if not 1 <= needed <= len(parts):
            self._places.refuse("when.at_least_never", (*at, "n"), n=needed, parts=len(parts))
        return AtLeast(n=needed, of=parts, line=self._places.line(at))

    def _quantifier(self, key: str, beside: Yaml, path: Path, scope: Scope, depth: int) -> Condition:
        at, said = (*path, key), beside[key]
        match = _RANGE.fullmatch(said) if isinstance(said, str) else None
        if match is None:
            self._places.refuse("when.quantifier", at, key=key)
        over, alias = match.groups()
        if len(scope.aliases) >= MAX_NESTED_QUANTIFIERS:
            self._places.refuse("when.too_nested", at, limit=MAX_NESTED_QUANTIFIERS)
        with self._places.at(at):
            scope.allow_quantifier(over, alias)
        # "none" is a negation around "some": one level more.
        below = depth + (2 if key == "none" else 1)
        where, inner = (*path, "where"), scope.inside(alias, over)
        held = self.condition(beside["where"], where, inner, below) if "where" in beside else None
        if key == "count":
            return self._count(Some(over=over, alias=alias, where=held), beside, path, scope)
        line = self._places.line(at)
        some = Some(over=over, alias=alias, where=held, line=line)
        return some if key == "some" else Not(of=some, line=line)

    def _count(self, ranged: Some, beside: Yaml, path: Path, scope: Scope) -> Count:
        compared = [operator for operator in COMPARISONS if operator in beside]
        if len(compared) != 1:
            self._places.refuse("when.count", (*path, "count"))
        operator, distinct = compared[0], None
        if "distinct" in beside:
            with self._places.at((*path, "distinct")):
                distinct = str(beside["distinct"]).removeprefix(f"{ranged.alias}.")
                scope.member_field(ranged.over, distinct)
        number = self._whole(beside[operator], (*path, str(operator)))
        if number < 0 or (number == 0 and operator in (Operator.GE, Operator.LT)):
            self._places.refuse("when.count_settled", (*path, str(operator)), value=number)
        return Count(
            over=ranged.over,
            alias=ranged.alias,
            where=ranged.where,
            distinct=distinct,
            op=operator,
            value=number,
            line=self._places.line((*path, "count")),
        )

    def _whole(self, value: object, path: Path) -> int:
        with self._places.at(path):
            if not isinstance(value, str):
                raise MisfitError("when.not_one_value")
            return integer(value)

    def _allow_depth(self, path: Path, depth: int) -> None:
        if depth >= limits.MAX_CONDITION_DEPTH:
            self._places.refuse("when.too_deep", path, limit=limits.MAX_CONDITION_DEPTH)
