"""One fault per bad field: where it stands and why it was refused, never what it held."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from pydantic import ValidationError

from vetting_engine.errors import Fault, Location

__all__ = ["Place", "faults_of"]

#: What the model says is wrong → our code; whatever is not listed is ``field.invalid`` with the model's words.
_CODES = MappingProxyType(
    {
        "missing": "field.missing",
        "string_too_short": "field.missing",
        "string_too_long": "field.too_long",
        "too_long": "field.too_many",
        "enum": "field.not_one_of",
        "string_type": "field.not_text",
        "tuple_type": "field.not_a_list",
        "int_parsing": "field.not_a_number",
        "int_type": "field.not_a_number",
        "int_from_float": "field.not_a_number",
        "greater_than_equal": "field.out_of_range",
        "less_than_equal": "field.out_of_range",
        "bool_parsing": "field.not_yes_or_no",
        "bool_type": "field.not_yes_or_no",
        "date_parsing": "field.not_a_date",
        "date_type": "field.not_a_date",
        "date_from_datetime_parsing": "field.not_a_date",
        "date_from_datetime_inexact": "field.not_a_date",
        "datetime_parsing": "field.not_a_time",
        "datetime_type": "field.not_a_time",
        "datetime_from_date_parsing": "field.not_a_time",
    }
)
#: Parameters of the model's complaint that are bounds, not personal data.
_BOUNDS = MappingProxyType({"max_length": "max", "min_length": "min", "ge": "min", "le": "max", "expected": "allowed"})


@dataclass(frozen=True, slots=True)
class Place:
    """A row or line: where it is, and which header each field came from (the officer knows the header)."""

    file: str
    line: int
    headers: Mapping[str, str] = field(default_factory=dict)

    def at(self, name: str = "") -> Location:
        """The location of a field; ``accounts[0].handle`` is found under that of ``handle``."""
        head = name.split(".", 1)[0].split("[", 1)[0]
        last = name.rsplit(".", 1)[-1]
        called = next((self.headers[part] for part in (name, last, head) if part in self.headers), name)
        return Location(self.file, self.line, field=called)


def faults_of(error: ValidationError, place: Place, prefix: str = "") -> list[Fault]:
    """A fault for each thing the model refused, in order of field."""
    faults = []
    for problem in error.errors(include_url=False, include_input=False):
        code = _CODES.get(problem["type"], "field.invalid")
        faults.append(Fault(code, place.at(_dotted(prefix, problem["loc"])), _params(problem, code)))
    return faults


def _params(problem: Any, code: str) -> dict[str, str | int]:  # noqa: ANN401  # pydantic's ErrorDetails
    context = problem.get("ctx", {})
    params: dict[str, str | int] = {
        ours: context[theirs] if isinstance(context[theirs], int) else str(context[theirs])
        for theirs, ours in _BOUNDS.items()
        if theirs in context
    }
    if code == "field.invalid":
        params["reason"] = str(context.get("error") or problem["msg"])
    return params


def _dotted(prefix: str, path: tuple[str | int, ...]) -> str:
    name = prefix
    for step in path:
        name += f"[{step}]" if isinstance(step, int) else f".{step}" if name else step
    return name
