"""What ``rules show`` says."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict

import click

from vetting_engine import messages
from vetting_engine.workbench.summary import PackSummary

__all__ = ["show_pack"]

_SCHEMA = "vetting-engine/pack/1"


def show_pack(summary: PackSummary, *, as_json: bool) -> None:
    """A pack at a glance, on stdout."""
    if as_json:
        click.echo(json.dumps(_values(summary), ensure_ascii=False, sort_keys=True))
        return
    for code, params in _lines(summary):
        click.echo(messages.text(code, params))


def _values(summary: PackSummary) -> dict[str, object]:
    approval = summary.approval
    values: dict[str, object] = {
        name: getattr(summary, name)
        for name in (
            "id", "version", "title", "digest", "approval_state", "obligations", "examples", "failing",
            "rule_coverage", "outcome_coverage", "leaf_coverage",
        )
    }  # fmt: skip
    return values | {
        "schema": _SCHEMA,
        "parents": [parent.model_dump(mode="json") for parent in summary.parents],
        "approval": None if approval is None else approval.model_dump(mode="json"),
        "rules": dict(summary.rules),
        "translated": dict(summary.translated),
        "levels": dict(summary.levels),
        "documents": [asdict(one) | {"languages": list(one.languages)} for one in summary.documents],
    }


def _lines(summary: PackSummary) -> Iterator[tuple[str, dict[str, object]]]:
    yield "show.pack", {"id": summary.id, "version": summary.version, "title": summary.title}
    yield "show.digest", {"digest": summary.digest}
    for parent in summary.parents:
        yield "show.parent", parent.model_dump(include={"name", "version", "digest"})
        if parent.overridden:
            yield "show.overridden", {"rules": ", ".join(parent.overridden)}
    approval = summary.approval
    said = {} if approval is None else approval.model_dump(mode="json") | {"people": ", ".join(approval.approvers)}
    yield f"show.approval_{summary.approval_state}", said
    yield "show.rules", {"count": sum(summary.rules.values()), "by": _counted(summary.rules)}
    yield "show.levels", {"by": _counted(summary.levels)}
    if summary.translated:
        yield "show.translated", {"by": _counted(summary.translated)}
    for one in (one for one in summary.documents if one.files):
        params = {"folder": one.folder, "files": one.files, "entries": one.entries}
        yield "show.documents", params | {"languages": ", ".join(one.languages)}
    shares = {name: getattr(summary, name) // 100 for name in ("rule_coverage", "outcome_coverage", "leaf_coverage")}
    yield "show.examples", {"count": summary.examples, "failing": summary.failing} | shares


def _counted(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{name} {number}" for name, number in counts.items())
