"""Facts and vocabularies: which fields a rule may read, and of what type they are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from enum import StrEnum

from vetting_engine.model.base import FrozenMap, Noun

__all__ = ["Fact", "FactList", "Facts", "FieldSpec", "FieldType", "ListSpec", "Vocabulary"]

#: A single value a leaf compares; None = not known.
Fact = bool | int | str | date | None
#: Members of a list a quantifier ranges over, each a flat record (names without the alias).
FactList = Sequence[Mapping[str, Fact]]
#: Everything one rule is evaluated on: dotted scalar fields, and lists by name.
Facts = Mapping[str, Fact | FactList]


class FieldType(StrEnum):
    """Type of a field. ``name`` is a text from a closed set (``values``), compared by order if ``ordered``."""

    TEXT = "text"
    INTEGER = "integer"
    FLAG = "flag"
    DATE = "date"
    NAME = "name"


class FieldSpec(Noun):
    """One field: its type, for names the closed set, a sentence for authors, whether it is always known."""

    type: FieldType
    about: str
    values: tuple[str, ...] = ()
    ordered: bool = False
    always_known: bool = False


class ListSpec(Noun):
    """One list a quantifier may range over, and the fields of its members."""

    about: str
    fields: FrozenMap  # name → FieldSpec


class Vocabulary(Noun):
    """What rules of one kind may read. Anything else is refused; protected words with a reason of their own."""

    name: str
    fields: FrozenMap  # dotted name → FieldSpec
    lists: FrozenMap  # name → ListSpec
