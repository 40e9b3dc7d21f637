"""Rules and rulesets as the engine uses them; ``rulebook`` makes them from a pack of YAML files."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Any, Literal, TypeVar

from pydantic import Field

from vetting_engine.model.base import FrozenDict, FrozenMap, Noun
from vetting_engine.model.condition import Condition
from vetting_engine.model.finding import Function
from vetting_engine.model.scales import Level, Severity

__all__ = [
    "DECISION",
    "Approval",
    "Example",
    "ExampleKind",
    "Obligation",
    "ObligationTexts",
    "Parent",
    "Rule",
    "RuleState",
    "RuleTexts",
    "Ruleset",
    "Staleness",
]

#: The ``check`` of rules over findings (``decisions.yaml``).
DECISION = "decision"


class RuleState(StrEnum):
    """Maturity. Experimental rules are evaluated and shown, and never weigh."""

    EXPERIMENTAL = "experimental"
    STABLE = "stable"
    DEPRECATED = "deprecated"


class ExampleKind(StrEnum):
    """What the rule must do; ``known_miss`` must not hit yet, and says so honestly."""

    HIT = "hit"
    NO_HIT = "no_hit"
    UNKNOWN = "unknown"
    KNOWN_MISS = "known_miss"


class Example(Noun):
    """An example beside its rule. ``given`` is what the check's example reader takes: for content rules
    ``text`` and ``language`` (or ``posts``), otherwise facts as the rule reads them.
    """

    kind: ExampleKind
    given: FrozenMap
    note: str = ""
    file: str = Field(default="", exclude=True)  # where it stands; empty = beside its rule
    line: int = Field(default=0, exclude=True)


class RuleTexts(Noun):
    """What people read of a rule, in one more language; what is empty is read in the rule's own.

    ``falsepositives`` and ``prompts`` are as many as the rule's, in the same order.
    """

    title: str = ""
    message: str = ""
    rationale: str = ""
    falsepositives: tuple[str, ...] = ()
    prompts: tuple[str, ...] = ()


class ObligationTexts(Noun):
    """What people read of an obligation, in one more language; what is empty is read in its own."""

    title: str = ""
    message: str = ""
    rationale: str = ""


class Rule(Noun):
    """One rule. ``when`` is its condition; for what a hit means see ``level``, ``severity``, ``obligations``.

    ``status_on_hit``: ``hit`` weighs, ``support`` and ``note`` never do (level stays ``nothing_found``).
    ``derives`` (decision rules) names a fact that later decision rules may read as ``fact.<name>``.
    """

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9-]*$", max_length=80)
    check: str
    version: str = "1"
    title: str
    status: RuleState = RuleState.STABLE
    status_on_hit: Literal["hit", "support", "note"] = "hit"
    category: str = ""
    level: Level = Level.NOTHING_FOUND
    severity: Severity
    rationale: str
    references: tuple[str, ...] = ()
    falsepositives: tuple[str, ...]
    owner: str
    valid_from: date | None = None
    valid_to: date | None = None
    review_by: date
    functions: tuple[Function, ...] = ()
    related: tuple[str, ...] = ()
    message: FrozenMap = Field(default_factory=FrozenDict)  # language → sentence
    obligations: tuple[str, ...] = ()
    derives: str | None = None
    modifiers: FrozenMap = Field(default_factory=FrozenDict)  # modifier → level it lowers a hit to
    prompts: tuple[str, ...] = ()  # questions for the reviewer
    when: Condition
    examples: tuple[Example, ...] = ()
    translations: FrozenMap = Field(default_factory=FrozenDict)  # language → RuleTexts
    page: str = ""  # Markdown, for reviewers
    file: str = Field(default="", exclude=True)
    line: int = Field(default=0, exclude=True)

    def in_days(self, as_of: date) -> bool:
        """Whether the day lies within the rule's dates, both included. A late review does not end a rule."""
        begun = self.valid_from is None or self.valid_from <= as_of
        return begun and (self.valid_to is None or as_of <= self.valid_to)

    @property
    def strictness(self) -> tuple[int, int, str]:
        """Greater for the stricter rule: by level, then severity; of those alike by id, so that one is strictest."""
        return self.level.rank, self.severity.rank, self.id

    def in_force(self, as_of: date) -> bool:
        """Whether the rule weighs on the day: within its dates and not experimental."""
        return self.status is not RuleState.EXPERIMENTAL and self.in_days(as_of)

    def in_language(self, language: str) -> Rule:
        """The rule as it reads in a language, as far as it was translated."""
        return _translated(self, language)


class Obligation(Noun):
    """What a conditional engagement asks for: a training module, a signed code, with evidence and expiry."""

    id: str
    title: str
    attestation: str  # the kind of ``Attestation`` that meets it
    valid_days: int | None = None
    rationale: str
    message: FrozenMap = Field(default_factory=FrozenDict)
    translations: FrozenMap = Field(default_factory=FrozenDict)  # language → ObligationTexts

    def in_language(self, language: str) -> Obligation:
        """The obligation as it reads in a language, as far as it was translated."""
        return _translated(self, language)


_Translated = TypeVar("_Translated", Rule, Obligation)


def _translated(noun: _Translated, language: str) -> _Translated:
    """``message`` is a text by language already, so it stays."""
    texts = noun.translations.get(language)
    said = {} if texts is None else {name: getattr(texts, name) for name in type(texts).model_fields}
    return noun.model_copy(update={name: text for name, text in said.items() if text and name != "message"})


class Approval(Noun):
    """Who approved exactly these bytes, for which office, until when."""

    digest: str
    approvers: tuple[str, ...] = Field(min_length=2)
    office: str
    valid_from: date
    valid_to: date
    demonstration: bool = False

    def in_force(self, as_of: date) -> bool:
        """Whether the approval holds on the day; its first and last day included."""
        return self.valid_from <= as_of <= self.valid_to


class Parent(Noun):
    """A pack that another extends, directly or not. Its digest is part of the digest of the pack that extends it."""

    name: str  # as written under ``extends``: the name of its folder
    id: str
    version: str
    digest: str
    overridden: tuple[str, ...] = ()  # ids of its rules that a nearer pack replaces
    folder: str = Field(default="", exclude=True)  # where it was read from, for archiving only


class Staleness(Noun):
    """How long an old list may be leaned on: ``grace_days`` beyond its own limit, once a named approver accepts it."""

    grace_days: int = Field(default=0, ge=0, le=90)


class Ruleset(Noun):
    """A pack, read and linted. ``settings`` are each check's typed settings, ``documents`` each check's own
    files by kind (content: terms, cues); ``digest`` is over the pack's files, names and bytes.
    """

    id: str
    version: str
    title: str
    description: str = ""
    schema_version: Literal["1"] = "1"
    required_checks: tuple[str, ...]
    rules: tuple[Rule, ...]
    obligations: FrozenMap = Field(default_factory=FrozenDict)  # id → Obligation
    settings: FrozenMap = Field(default_factory=FrozenDict)  # check → its settings model
    documents: FrozenMap = Field(default_factory=FrozenDict)  # check → {folder: tuple of document models}
    gap_due_days: int = Field(default=30, ge=0)
    retention_days: int = Field(default=1825, ge=0)
    purpose: str = ""
    legal_basis: str = ""
    staleness: Staleness = Field(default_factory=Staleness)
    translations: FrozenMap = Field(default_factory=FrozenDict)  # language → {title, description, purpose}
    parents: tuple[Parent, ...] = ()  # nearest first
    approval: Approval | None = None
    digest: str
    folder: str = Field(default="", exclude=True)  # where it was read from, for archiving only

    @property
    def office(self) -> str:
        """The office that the pack was approved for; empty without an approval."""
        return self.approval.office if self.approval else ""

    def in_language(self, language: str) -> Ruleset:
        """The pack as people read it in a language, as far as it was translated; what it decides is the same."""
        said = self.translations.get(language, {})
        texts: dict[str, Any] = {name: text for name, text in said.items() if text}
        texts["rules"] = tuple(rule.in_language(language) for rule in self.rules)
        texts["obligations"] = FrozenDict({name: one.in_language(language) for name, one in self.obligations.items()})
        return self.model_copy(update=texts)

    def rules_of(self, check: str) -> tuple[Rule, ...]:
        """The rules of one check (or ``decision``), in order of id."""
        return tuple(rule for rule in self.rules if rule.check == check)

    def settings_of(self, check: str) -> Any:  # noqa: ANN401  # each check knows its own model
        """The typed settings of one check; None where the pack names none."""
        return self.settings.get(check)
