"""The mapping file: which column of an export holds which field, and what its answers mean."""

from __future__ import annotations

from collections.abc import Mapping as MappingType
from pathlib import Path
from types import MappingProxyType
from typing import Any

from pydantic import Field, ValidationError, field_validator, model_validator

from vetting_engine.errors import Fault, InputError, Location
from vetting_engine.files import yaml
from vetting_engine.intake._columns import numbered
from vetting_engine.intake._posts import zone_of
from vetting_engine.intake._vocabulary import CANDIDATE_COLUMNS, NUMBERED
from vetting_engine.model.base import FrozenMap, Noun
from vetting_engine.model.dates import Calendar

__all__ = ["FieldMapping", "Mapping", "load_mapping"]

#: How the model's complaints about a mapping read; others are shown as they are.
_CODES = MappingProxyType({"extra_forbidden": "mapping.unknown_key", "enum": "mapping.not_one_of"})


class FieldMapping(Noun):
    """Where one field comes from: one ``column``, several ``columns`` joined by a space (given name, family name),
    or a ``constant``. ``multiple``: a select-multiple question, read from its 0/1 columns where they are there.
    ``values`` says what an answer means (``somali: so``); an answer that is not listed stays as it is.
    """

    column: str | None = None
    columns: tuple[str, ...] = ()
    constant: str | None = None
    multiple: bool = False
    separator: str | None = None
    values: FrozenMap = Field(default_factory=dict)

    @model_validator(mode="before")
    @classmethod
    def _column_alone(cls, value: Any) -> Any:  # noqa: ANN401  # whatever the file holds
        return {"column": value} if isinstance(value, str) else value

    @model_validator(mode="after")
    def _one_origin(self) -> FieldMapping:
        if (self.column is not None) + bool(self.columns) + (self.constant is not None) != 1:
            raise ValueError("give one of column, columns, constant")
        if self.multiple and self.column is None:
            raise ValueError("multiple needs one column")
        return self


class Mapping(Noun):
    """A mapping file. ``fields`` are the columns of the candidates' table (``name``, ``name_2``, ``birth_date`` …),
    ``agd`` the self-reported features, which go into a file of their own and never into the candidate.

    ``calendar`` is what birth dates are written in, ``zone`` the UTC offset of times without one, ``blank`` the
    answers that mean "none given" (R writes ``NA``); ``encoding`` and ``delimiter`` settle what cannot be sniffed.
    """

    fields: dict[str, FieldMapping]
    agd: dict[str, FieldMapping] = Field(default_factory=dict)
    calendar: Calendar | None = None
    zone: str | None = None
    blank: tuple[str, ...] = ()
    encoding: str | None = None
    delimiter: str | None = Field(default=None, min_length=1, max_length=1)

    @field_validator("fields")
    @classmethod
    def _known_fields(cls, value: dict[str, FieldMapping]) -> dict[str, FieldMapping]:
        unknown = sorted(name for name in value if not _is_field(name))
        if unknown:
            raise ValueError(f"no such field: {', '.join(unknown)}")
        if "id" not in value:
            raise ValueError("fields need an id")
        return value

    @field_validator("zone")
    @classmethod
    def _offset(cls, value: str | None) -> str | None:
        if value is not None and zone_of(value) is None:
            raise ValueError("zone is UTC or an offset such as +03:00")
        return value


def load_mapping(path: str | Path) -> Mapping:
    """The mapping in a YAML file.

    Raises:
        InputError: every fault of the file, each with its line.
    """
    document = yaml.load(Path(path), error=InputError)
    if not isinstance(document.value, MappingType):
        raise InputError(Fault("mapping.not_a_mapping", Location(str(path), 1)))
    try:
        return Mapping.model_validate(document.value)
    except ValidationError as error:
        raise InputError(_fault(problem, document) for problem in error.errors(include_url=False)) from None


def _is_field(name: str) -> bool:
    base, number = numbered(name)
    return name in CANDIDATE_COLUMNS or (number > 1 and base in NUMBERED)


def _fault(problem: Any, document: yaml.YamlDocument) -> Fault:  # noqa: ANN401  # pydantic's ErrorDetails
    code = _CODES.get(problem["type"], "mapping.invalid")
    reason = problem.get("ctx", {}).get("error") or problem.get("ctx", {}).get("expected") or problem["msg"]
    return Fault(code, document.at(problem["loc"]), {"reason": str(reason)})
