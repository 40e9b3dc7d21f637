"""From YAML values to pydantic models, with every fault in its line.

YAML scalars arrive as text and the models type them. What pydantic says is turned into our codes, so that a
rule's author reads one plain sentence with the place in the file.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from vetting_engine.errors import Fault
from vetting_engine.files.yaml import YamlDocument
from vetting_engine.rulebook._near import nearest

__all__ = ["INTEGER_LIMIT", "shown", "validate"]

Model = TypeVar("Model", bound=BaseModel)
Step = str | int

#: Canonical JSON writes integers exactly only below this (RFC 8785).
INTEGER_LIMIT = 1 << 53
_SHOWN_CHARS = 60

#: Beginning of pydantic's error type → our code, and where its context says what was expected.
_CODES: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("missing", "value.missing", ()),
    ("extra_forbidden", "value.unknown_key", ()),
    ("literal_error", "value.not_one_of", ("expected",)),
    ("enum", "value.not_one_of", ("expected",)),
    ("union_tag", "value.not_one_of", ("expected_tags",)),
    ("string_pattern_mismatch", "value.pattern", ("pattern",)),
    ("too_short", "value.too_short", ("min_length",)),
    ("string_too_short", "value.too_short", ("min_length",)),
    ("too_long", "value.too_long", ("max_length",)),
    ("string_too_long", "value.too_long", ("max_length",)),
    ("greater_than", "value.too_low", ("ge", "gt")),
    ("less_than", "value.too_high", ("le", "lt")),
    ("value_error", "value.invalid", ("error",)),
)
_TYPES: tuple[tuple[str, str], ...] = (
    ("int", "a whole number"),
    ("float", "a number"),
    ("decimal", "a number"),
    ("finite", "a number"),
    ("bool", "yes or no"),
    ("date", "a date such as 2026-03-31"),
    ("time", "a time"),
    ("tuple", "a list"),
    ("list", "a list"),
    ("dict", "a mapping"),
    ("mapping", "a mapping"),
    ("model", "a mapping"),
    ("string", "text"),
    ("frozen_set", "a list"),
    ("set", "a list"),
)


def validate(
    model: type[Model], value: object, document: YamlDocument, path: Sequence[Step], faults: list[Fault]
) -> Model | None:
    """``value`` as ``model``; None where it does not fit, with the faults added to ``faults``."""
    try:
        made = model.model_validate(value)
    except ValidationError as trouble:
        faults.extend(_faults(trouble, model, value, document, tuple(path)))
        return None
    numbers = list(_bad_numbers(made, ()))
    faults.extend(Fault("value.integer_range", document.at((*path, *inner))) for inner in numbers)
    return None if numbers else made


def _faults(
    trouble: ValidationError, model: type[BaseModel], value: object, document: YamlDocument, path: tuple[Step, ...]
) -> Iterator[Fault]:
    seen = set()
    for error in trouble.errors(include_url=False):
        inner = _real_steps(error["loc"], value, error["type"])
        place = document.at((*path, *inner))
        # A union complains once per member about the same value; the first is enough.
        if place not in seen:
            seen.add(place)
            yield _fault(error, model, place, inner)


def _fault(error: Mapping[str, Any], model: type[BaseModel], place: Any, inner: tuple[Step, ...]) -> Fault:  # noqa: ANN401
    kind = error["type"]
    name = str(inner[-1]) if inner else ""
    params: dict[str, str | int | bool] = {"key": name}
    if error["input"] is None and kind != "missing":
        return Fault("value.empty", place, params)
    if kind == "extra_forbidden":
        params["near"] = nearest(name, model.model_fields) if len(inner) == 1 else "-"
    for prefix, code, words in _CODES:
        if kind.startswith(prefix):
            context = error.get("ctx", {})
            params.update(("expected", str(context[word])) for word in words if word in context)
            if code not in ("value.missing", "value.unknown_key"):
                params["value"] = shown(error["input"])
            return Fault(code, place, params)
    expected = next((said for prefix, said in _TYPES if kind.startswith(prefix)), error["msg"])
    return Fault("value.type", place, {**params, "value": shown(error["input"]), "expected": expected})


def _real_steps(steps: Sequence[Step], value: object, kind: str) -> tuple[Step, ...]:
    """The steps that lead through the YAML value: pydantic also names union members, which no author wrote."""
    taken: list[Step] = []
    for step in steps:
        known = step in value if isinstance(value, Mapping) else isinstance(value, list) and step in range(len(value))
        if known:
            value = value[step]  # type: ignore[index]  # just looked
        if known or (kind == "missing" and step == steps[-1]):
            taken.append(step)
    return tuple(taken)


def _bad_numbers(value: object, path: tuple[Step, ...]) -> Iterator[tuple[Step, ...]]:
    """Paths of integers that canonical JSON cannot hold, and of numbers that are none."""
    inside: Iterable[tuple[Step, object]] = ()
    if isinstance(value, BaseModel):
        inside = ((name, getattr(value, name)) for name in type(value).model_fields)
    elif isinstance(value, Mapping):
        inside = ((str(name), item) for name, item in value.items())
    elif isinstance(value, list | tuple):
        inside = enumerate(value)
    elif isinstance(value, int | float) and not -INTEGER_LIMIT < value < INTEGER_LIMIT:
        yield path
    for step, item in inside:
        if item and not isinstance(item, str):  # lists of terms have hundreds of thousands of texts
            yield from _bad_numbers(item, (*path, step))


def shown(value: object) -> str:
    """A value as a fault shows it: short."""
    if isinstance(value, Mapping):
        return "a mapping"
    if isinstance(value, list | tuple):
        return "a list"
    text = str(value)
    return text if len(text) <= _SHOWN_CHARS else text[: _SHOWN_CHARS - 1] + "…"
