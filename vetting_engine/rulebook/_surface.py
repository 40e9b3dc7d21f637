"""The shape of a pack's files as an author writes them: what is validated, and what editors are told.

A rule's fields are those of ``model.ruleset.Rule`` without what follows from the file it stands in; the
condition and the examples are read by ``_when`` and ``_given``, since their types depend on the vocabulary.
"""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, Field, create_model

from vetting_engine.model.base import Noun
from vetting_engine.model.ruleset import ExampleKind, Obligation, ObligationTexts, Rule, RuleTexts, Staleness
from vetting_engine.model.scales import Level
from vetting_engine.rulebook._layers import PACK_NAME

__all__ = [
    "ApartEntry",
    "ExampleEntry",
    "ExampleFile",
    "ObligationEntry",
    "PackHead",
    "RuleEntry",
    "TranslationEntry",
    "TranslationFile",
]

#: A BCP 47 tag in its simplest form.
Language = Annotated[str, Field(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$")]
#: ``message``: one sentence per language.
Sentences = dict[Language, str]
#: Ten years: a gap due later than that is not due, and dates far ahead overflow.
_MAX_DUE_DAYS = 3_650
#: A century, which is longer than any retention schedule.
_MAX_KEPT_DAYS = 36_525


class ExampleEntry(Noun):
    """An example beside its rule: what it must do (``kind``) with what it is given."""

    kind: ExampleKind
    given: dict[str, Any]
    note: str = ""


class ApartEntry(ExampleEntry):
    """An example in ``examples/``: it names the rule it is for."""

    rule: str


class ExampleFile(Noun):
    """A file of ``examples/``."""

    examples: tuple[ApartEntry, ...] = Field(min_length=1)


class TranslationEntry(Noun):
    """What the pack is called and what it is for, in one more language, for those it is about."""

    title: str
    description: str = ""
    purpose: str = ""


class TranslationFile(Noun):
    """A file of ``translations/``: texts by id of the rule or obligation."""

    language: Language
    rules: dict[str, RuleTexts] = Field(default_factory=dict)
    obligations: dict[str, ObligationTexts] = Field(default_factory=dict)


class ObligationEntry(Noun):
    """One of ``obligations`` in ``ruleset.yaml``, under its id."""

    title: str
    attestation: str = Field(min_length=1, max_length=100)
    valid_days: int | None = Field(default=None, ge=1, le=_MAX_KEPT_DAYS)
    rationale: str
    message: Sentences = Field(default_factory=dict)

    def named(self, name: str) -> Obligation:
        """The obligation with its id."""
        return Obligation(id=name, **self.model_dump())


class PackHead(Noun):
    """``ruleset.yaml``."""

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9-]*$", max_length=80)
    version: str = Field(pattern=r"^[0-9]+\.[0-9]+\.[0-9]+(-[0-9A-Za-z.-]+)?$", max_length=60)
    title: str
    description: str = ""
    extends: str | None = Field(default=None, pattern=PACK_NAME)
    schema_version: str = Field(default="1", pattern=r"^1$")
    required_checks: tuple[str, ...]
    checks: dict[str, Any] = Field(default_factory=dict)
    obligations: dict[str, ObligationEntry] = Field(default_factory=dict)
    gap_due_days: int = Field(default=30, ge=0, le=_MAX_DUE_DAYS)
    retention_days: int = Field(default=1825, ge=0, le=_MAX_KEPT_DAYS)
    staleness: Staleness = Field(default_factory=Staleness)
    purpose: str = ""
    legal_basis: str = ""
    translations: dict[Language, TranslationEntry] = Field(default_factory=dict)


#: Said by the place of the file, or read apart.
_NOT_WRITTEN = frozenset(("check", "file", "line", "translations", "page"))
_READ_APART: dict[str, Any] = {
    "message": (Sentences, Field(default_factory=dict)),
    "modifiers": (dict[str, Level], Field(default_factory=dict)),
    "when": (dict[str, Any], Field()),
    "examples": (tuple[ExampleEntry, ...], ()),
}
_WRITTEN: dict[str, Any] = {
    name: (info.annotation, info) for name, info in Rule.model_fields.items() if name not in _NOT_WRITTEN
}

#: One rule as it is written.
RuleEntry: type[BaseModel] = create_model("RuleEntry", __base__=Noun, **{**_WRITTEN, **_READ_APART})
