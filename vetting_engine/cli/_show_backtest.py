"""What ``rules backtest`` says."""

from __future__ import annotations

import json

import click

from vetting_engine import messages
from vetting_engine.workbench.backtest import BacktestReport

__all__ = ["show_backtest"]

_SCHEMA = "vetting-engine/backtest/1"
_HIDDEN = "–"


def show_backtest(report: BacktestReport, pack: str, *, as_json: bool) -> None:
    """The result of a backtest, on stdout."""
    if as_json:
        click.echo(json.dumps(_values(report, pack), ensure_ascii=False, sort_keys=True))
        return
    for (before, after), count in report.table.items():
        words: dict[str, object] = {"before": _word(before.value), "after": _word(after.value), "count": count}
        click.echo(messages.text("backtest.same" if before is after else "backtest.moved", words))
    for case in report.cases:
        if case.direction:
            params: dict[str, object] = {
                "record": case.record,
                "before": _word(case.before.value),
                "after": _word(case.after.value),
            }
            click.echo(messages.text("backtest.case", params))
    for group in report.groups:
        shown = {
            name: _HIDDEN if (count := getattr(group, name)) is None else count
            for name in ("people", "graver", "milder")
        }
        click.echo(messages.text("backtest.group", {"feature": group.feature, "value": group.value} | shown))
    counts = {"records": report.records, "superseded": report.superseded, "cases": len(report.cases)}
    changes = {"graver": report.graver, "milder": report.milder, "pack": pack}
    click.echo(messages.text("backtest.done", counts | changes))
    for code, params in _apart(report):
        click.echo(messages.text(code, params))


def _apart(report: BacktestReport) -> list[tuple[str, dict[str, object]]]:
    told: list[tuple[str, dict[str, object]]] = []
    if report.erased:
        told.append(("backtest.erased", {"count": report.erased}))
    for code, count in report.not_rebuilt.items():
        told.append(("backtest.not_rebuilt", {"count": count, "because": messages.text(code), "code": code}))
    if report.other_version:
        told.append(("backtest.other_version", {"count": report.other_version}))
    return told


def _word(disposition: str) -> str:
    return messages.text(f"report.disposition.{disposition}")


def _values(report: BacktestReport, pack: str) -> dict[str, object]:
    return {
        "schema": _SCHEMA,
        "pack": pack,
        "records": report.records,
        "superseded": report.superseded,
        "erased": report.erased,
        "not_rebuilt": dict(report.not_rebuilt),
        "other_version": report.other_version,
        "compared": len(report.cases),
        "graver": report.graver,
        "milder": report.milder,
        "table": [
            {"before": before.value, "after": after.value, "count": count}
            for (before, after), count in report.table.items()
        ],
        "changed": [
            {"record": case.record, "before": case.before.value, "after": case.after.value}
            for case in report.cases
            if case.direction
        ],
        "groups": [
            {name: getattr(group, name) for name in ("feature", "value", "people", "graver", "milder")}
            for group in report.groups
        ],
    }
