"""The handbook for reviewers: everything a pack says, as pages that need no YAML."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from pydantic import BaseModel

from vetting_engine import messages
from vetting_engine.model.decision import Disposition
from vetting_engine.model.finding import Function
from vetting_engine.model.ruleset import DECISION, Rule, Ruleset
from vetting_engine.workbench._conditions_in_words import in_words
from vetting_engine.workbench._page import Page

__all__ = ["reviewers_page"]

_ALL_DAYS = "–"


def reviewers_page(ruleset: Ruleset, language: str) -> Page:
    """The handbook for reviewers, in one language; what the pack has only in its own stays as it is."""
    writer = _Writer(ruleset, language)
    writer.head()
    writer.answers()
    writer.settings()
    writer.obligations()
    checks = [*sorted({rule.check for rule in ruleset.rules} - {DECISION}), DECISION]
    for check in checks:
        writer.rules(check, ruleset.rules_of(check))
    writer.documents()
    return writer.page


class _Writer:
    def __init__(self, ruleset: Ruleset, language: str) -> None:
        self._ruleset = ruleset
        self._language = language
        self.page = Page(ruleset.title, language)

    def _say(self, code: str, **params: object) -> str:
        return messages.text(f"handbook.{code}", params, self._language)

    def _word(self, kind: str, name: str) -> str:
        code = f"{kind}.{name}"
        said = messages.text(code, language=self._language)
        return name if said == code else said

    def _functions(self, functions: Iterable[Function]) -> str:
        return ", ".join(self._word("report.function", one.value) for one in functions)

    def head(self) -> None:
        ruleset, page = self._ruleset, self.page
        page.heading(1, ruleset.title)
        page.paragraph(self._say("reviewers.about"))
        page.paragraph(ruleset.description)
        approval = ruleset.approval
        rows = [
            (self._say("pack"), f"{ruleset.id} {ruleset.version}"),
            (self._say("digest"), ruleset.digest),
            *((self._say("extends"), f"{one.name} {one.version} {one.digest}") for one in ruleset.parents),
            *((self._say("replaces"), ", ".join(one.overridden)) for one in ruleset.parents if one.overridden),
            (
                self._say("approval"),
                self._say("no_approval")
                if approval is None
                else f"{', '.join(approval.approvers)}; {approval.office}; {approval.valid_from} – {approval.valid_to}"
                + (f"; {self._say('demonstration')}" if approval.demonstration else ""),
            ),
            (self._say("purpose"), ruleset.purpose),
            (self._say("legal_basis"), ruleset.legal_basis),
            (self._say("required"), ", ".join(self._word("check", name) for name in ruleset.required_checks)),
            (self._say("gap_days"), str(ruleset.gap_due_days)),
            (self._say("retention"), str(ruleset.retention_days)),
            (self._say("grace"), str(ruleset.staleness.grace_days)),
        ]
        page.table((self._say("what"), self._say("value")), rows)

    def answers(self) -> None:
        self.page.heading(2, self._say("answers.title"))
        words = (
            (self._word("report.disposition", one.value), self._word("report.disposition_about", one.value))
            for one in Disposition
        )
        self.page.table((self._say("answers.answer"), self._say("answers.means")), words)

    def settings(self) -> None:
        self.page.heading(2, self._say("settings"))
        for check, settings in self._ruleset.settings.items():
            self.page.heading(3, self._word("check", check))
            self.page.table((self._say("what"), self._say("value")), _flat(settings))

    def obligations(self) -> None:
        if not self._ruleset.obligations:
            return
        self.page.heading(2, self._say("asked.title"))
        head = ("obligation", "attestation", "days", "why")
        self.page.table(
            [self._say(name) for name in head],
            (
                (
                    f"{one.title} ({one.id}) {one.message.get(self._language, '')}",
                    one.attestation,
                    _ALL_DAYS if one.valid_days is None else str(one.valid_days),
                    one.rationale,
                )
                for one in self._ruleset.obligations.values()
            ),
        )

    def rules(self, check: str, rules: Iterable[Rule]) -> None:
        for index, rule in enumerate(rules):
            if not index:
                self.page.heading(2, self._say("rules", check=self._word("check", check)))
            self._rule(rule)

    def _rule(self, rule: Rule) -> None:
        page = self.page
        page.heading(3, rule.title)
        page.paragraph(rule.message.get(self._language, ""))
        dates = f"{rule.valid_from or ''} – {rule.valid_to or ''}" if rule.valid_from or rule.valid_to else ""
        facts = (
            ("rule", f"{rule.id}, {rule.version}"),
            ("status", rule.status.value if rule.status_on_hit == "hit" else f"{rule.status}, {rule.status_on_hit}"),
            ("level", self._word("report.disposition", rule.level.value)),
            ("severity", self._word("report.severity", rule.severity.value)),
            ("category", self._word("category", rule.category) if rule.category else ""),
            ("functions", self._functions(rule.functions)),
            ("obligations", ", ".join(rule.obligations)),
            ("derives", rule.derives or ""),
            ("owner", rule.owner),
            ("in_force", dates),
            ("review_by", rule.review_by.isoformat()),
            ("related", ", ".join(rule.related)),
            ("why", rule.rationale),
        )
        page.table((self._say("what"), self._say("value")), ((self._say(name), said) for name, said in facts if said))
        page.paragraph(self._say("holds_when"))
        page.items(in_words(rule.when, self._language))
        self._listed("falsepositives", rule.falsepositives)
        self._listed("prompts", rule.prompts)
        lowered = (
            f"{self._word('modifier', name)}: {self._word('report.disposition', str(level))}"
            for name, level in rule.modifiers.items()
        )
        self._listed("modifiers", tuple(lowered))
        self._listed("references", rule.references)
        page.table(
            [self._say(name) for name in ("example", "given", "note")],
            ((self._say(f"example.{one.kind.value}"), "; ".join(_given(one.given)), one.note) for one in rule.examples),
        )
        page.prose(rule.page)

    def _listed(self, code: str, texts: tuple[str, ...]) -> None:
        if texts:
            self.page.paragraph(self._say(code))
            self.page.items(texts)

    def documents(self) -> None:
        found = [
            (folder, document)
            for folders in self._ruleset.documents.values()
            for folder, documents in folders.items()
            for document in documents
        ]
        if found:
            self.page.heading(2, self._say("documents"))
            self.page.paragraph(self._say("documents_warning"))
        for folder, document in found:
            self.page.heading(3, f"{folder} {getattr(document, 'language', '')}".strip())
            rows = [
                [str(getattr(entry, name, "") or "") for name in ("id", "kind", "flag")] + [_texts(entry)]
                for entry in getattr(document, folder, ())
            ]
            self.page.table(
                [self._say("document_id"), self._say("document_kind"), self._say("document_texts")],
                ((row[0], row[1] or row[2], row[3]) for row in rows),
            )


def _texts(entry: object) -> str:
    return ", ".join(str(text) for text in getattr(entry, "texts", ()))


def _given(given: Mapping[str, Any]) -> Iterable[str]:
    for name, value in given.items():
        if isinstance(value, tuple):
            members = ("(" + ", ".join(_given(one)) + ")" if isinstance(one, Mapping) else str(one) for one in value)
            yield f"{name}: {' '.join(members)}"
        else:
            yield f"{name}: {'' if value is None else value}"


def _flat(settings: object, path: str = "") -> list[tuple[str, str]]:
    """Settings as lines ``a.b: value``; empty ones are left out."""
    value = settings.model_dump(mode="json") if isinstance(settings, BaseModel) else settings
    if isinstance(value, Mapping):
        return [line for name, item in value.items() for line in _flat(item, f"{path}.{name}" if path else name)]
    if isinstance(value, list | tuple) and any(isinstance(item, Mapping) for item in value):
        return [line for index, item in enumerate(value) for line in _flat(item, f"{path}[{index}]")]
    if isinstance(value, list | tuple):
        value = ", ".join(str(item) for item in value)
    return [] if value in (None, "") else [(path, str(value))]
