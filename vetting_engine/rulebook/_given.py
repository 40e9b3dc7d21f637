"""Types what an example is given: facts as the rule reads them, by the same vocabulary."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from vetting_engine.model.base import FrozenDict
from vetting_engine.model.facts import Fact, FieldSpec, FieldType, Vocabulary
from vetting_engine.model.ruleset import DECISION
from vetting_engine.rulebook._literals import literal
from vetting_engine.rulebook._near import nearest
from vetting_engine.rulebook._refusal import MisfitError, Path, Places, gather

__all__ = ["frozen", "type_given"]

_NOT_KNOWN = "unknown"


def type_given(given: Mapping[str, Any], path: Path, vocabulary: Vocabulary, places: Places) -> FrozenDict:
    """Facts by name, typed. A fact that is not known is written as an empty value, or as ``unknown`` where no
    value of the field is called so.

    Names the vocabulary does not have are the check's own (a text to look at) and stay as written; decision
    rules have none.

    Raises:
        RefusedError: with every fault found.
    """

    def fact(name: str) -> tuple[str, Any]:
        value, at = given[name], (*path, name)
        if name in vocabulary.lists:
            return name, _members(value, at, vocabulary.lists[name].fields, places)
        if name in vocabulary.fields:
            return name, _scalar(value, at, vocabulary.fields[name], places)
        if vocabulary.name == DECISION:
            known = [*vocabulary.fields, *vocabulary.lists]
            places.refuse("when.unknown_field", at, field=name, near=nearest(name, known))
        return name, frozen(value)

    return FrozenDict(sorted(gather(partial(fact, name) for name in given)))


def frozen(value: Any) -> Any:  # noqa: ANN401  # any YAML value
    """A YAML value that nobody can change."""
    if isinstance(value, Mapping):
        return FrozenDict(sorted((name, frozen(item)) for name, item in value.items()))
    return tuple(frozen(item) for item in value) if isinstance(value, list | tuple) else value


def _members(value: object, path: Path, fields: Mapping[str, FieldSpec], places: Places) -> tuple[FrozenDict, ...]:
    if value is None:
        return ()
    with places.at(path):
        if not isinstance(value, list):
            raise MisfitError("example.not_a_list")
    return tuple(gather(partial(_member, item, (*path, index), fields, places) for index, item in enumerate(value)))


def _member(value: object, path: Path, fields: Mapping[str, FieldSpec], places: Places) -> FrozenDict:
    if not isinstance(value, Mapping):
        places.refuse("example.not_a_mapping", path)

    def fact(name: str) -> tuple[str, Fact]:
        at = (*path, name)
        if name not in fields:
            places.refuse("when.unknown_field", at, field=name, near=nearest(name, fields))
        return name, _scalar(value[name], at, fields[name], places)

    return FrozenDict(sorted(gather(partial(fact, name) for name in value)))


def _scalar(value: object, path: Path, spec: FieldSpec, places: Places) -> Fact:
    if value is None or (value == _NOT_KNOWN and spec.type is not FieldType.TEXT and value not in spec.values):
        return None
    with places.at(path):
        if not isinstance(value, str):
            raise MisfitError("when.not_one_value")
        return literal(value, spec)
