"""Texts of a pack as the type a vocabulary declares: ``no`` is a flag only where the field is one."""

from __future__ import annotations

import re
from datetime import date
from typing import NoReturn

from vetting_engine.model.facts import FieldSpec, FieldType
from vetting_engine.rulebook._near import nearest
from vetting_engine.rulebook._refusal import MisfitError
from vetting_engine.rulebook._typed import INTEGER_LIMIT, shown

__all__ = ["flag", "integer", "literal"]

_FLAGS = {"yes": True, "no": False, "true": True, "false": False, "on": True, "off": False}
_INTEGER = re.compile(r"[+-]?[0-9]{1,40}")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def literal(text: str, spec: FieldSpec) -> bool | int | str | date:
    """The value a text stands for in a field. Raises MisfitError where it stands for none."""
    if spec.type is FieldType.INTEGER:
        return integer(text)
    if spec.type is FieldType.FLAG:
        return flag(text)
    if spec.type is FieldType.DATE:
        return _date(text)
    if spec.type is FieldType.NAME and spec.values and text not in spec.values:
        raise MisfitError("value.not_one_of", value=shown(text), expected=nearest(text, spec.values))
    return text


def integer(text: str) -> int:
    """A whole number in ASCII digits, below 2^53 in size. Raises MisfitError."""
    if not _INTEGER.fullmatch(text):
        _misfit(text, "a whole number")
    number = int(text)
    if not -INTEGER_LIMIT < number < INTEGER_LIMIT:
        raise MisfitError("value.integer_range")
    return number


def flag(text: str) -> bool:
    """Yes or no, in the spellings YAML knows. Raises MisfitError."""
    answer = _FLAGS.get(text.lower())
    if answer is None:
        _misfit(text, "yes or no")
    return answer


def _date(text: str) -> date:
    if not _DATE.fullmatch(text):
        _misfit(text, "a date such as 2026-03-31")
    try:
        return date.fromisoformat(text)
    except ValueError:
        _misfit(text, "a day that exists")


def _misfit(text: str, expected: str) -> NoReturn:
    raise MisfitError("value.type", value=shown(text), expected=expected)
