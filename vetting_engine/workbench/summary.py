"""What a pack is, at a glance: its bytes, what it rests on, who approved it, how much is in it and how well tried."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from vetting_engine.model.ruleset import Approval, Parent, Ruleset
from vetting_engine.workbench.examples import ExampleReport, run_examples

__all__ = ["DocumentCount", "PackSummary", "summarise"]

ApprovalState = Literal["in_force", "not_in_force", "demonstration", "none"]


@dataclass(frozen=True, slots=True)
class DocumentCount:
    """One folder of documents: files, what they list (terms, cues), and in which languages."""

    check: str
    folder: str
    files: int
    entries: int
    languages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PackSummary:
    """A pack at a glance. Shares are in basis points."""

    id: str
    version: str
    title: str
    folder: str
    digest: str
    parents: tuple[Parent, ...]
    approval: Approval | None
    approval_state: ApprovalState
    rules: Mapping[str, int]  # by check
    levels: Mapping[str, int]  # rules by the level a hit has
    obligations: int
    documents: tuple[DocumentCount, ...]
    examples: int
    failing: int
    rule_coverage: int
    outcome_coverage: int
    leaf_coverage: int
    translated: Mapping[str, int]  # language → rules that have a title in it


def summarise(ruleset: Ruleset, as_of: date) -> PackSummary:
    """The summary of a pack; its examples are run. ``as_of`` is the day the approval is looked at."""
    report: ExampleReport = run_examples(ruleset)
    return PackSummary(
        id=ruleset.id,
        version=ruleset.version,
        title=ruleset.title,
        folder=ruleset.folder,
        digest=ruleset.digest,
        parents=ruleset.parents,
        approval=ruleset.approval,
        approval_state=_state(ruleset.approval, as_of),
        rules=dict(sorted(Counter(rule.check for rule in ruleset.rules).items())),
        levels=dict(sorted(Counter(rule.level.value for rule in ruleset.rules).items())),
        obligations=len(ruleset.obligations),
        documents=tuple(_documents(ruleset)),
        examples=len(report.results),
        failing=len(report.failures),
        rule_coverage=report.rule_coverage,
        outcome_coverage=report.outcome_coverage,
        leaf_coverage=report.leaf_coverage,
        translated=_translated(ruleset),
    )


def _state(approval: Approval | None, as_of: date) -> ApprovalState:
    if approval is None:
        return "none"
    if not approval.in_force(as_of):
        return "not_in_force"
    return "demonstration" if approval.demonstration else "in_force"


def _translated(ruleset: Ruleset) -> dict[str, int]:
    titled = Counter(language for rule in ruleset.rules for language, texts in rule.translations.items() if texts.title)
    return dict(sorted(titled.items()))


def _documents(ruleset: Ruleset) -> list[DocumentCount]:
    found = []
    for check, folders in ruleset.documents.items():
        for folder, documents in folders.items():
            # A folder is named for what its files list: terms/ holds ``terms``.
            entries = sum(len(getattr(document, folder, ())) for document in documents)
            languages = {str(document.language) for document in documents if getattr(document, "language", None)}
            found.append(DocumentCount(check, folder, len(documents), entries, tuple(sorted(languages))))
    return found
