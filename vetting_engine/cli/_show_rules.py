"""What ``rules check`` and ``rules test`` say."""

from __future__ import annotations

import json
from collections.abc import Sequence

import click

from vetting_engine import messages
from vetting_engine.errors import Fault, Location
from vetting_engine.workbench.examples import ExampleReport, ExampleResult, LeafCoverage

__all__ = ["fault_values", "show_checked", "show_tested"]


def fault_values(fault: Fault, language: str = messages.FALLBACK) -> dict[str, object]:
    """A fault as JSON values."""
    return {
        "code": fault.code,
        "severity": fault.severity,
        "file": fault.at.file,
        "line": fault.at.line,
        "column": fault.at.column,
        "field": fault.at.field,
        "text": messages.text(fault.code, fault.params, language),
        "remedy": messages.remedy(fault.code, fault.params, language),
    }


def show_checked(pack: str, faults: Sequence[Fault], *, as_json: bool) -> None:
    """The faults of a pack, on stdout."""
    errors = sum(fault.severity == "error" for fault in faults)
    if as_json:
        told = {"pack": pack, "ok": not errors, "faults": [fault_values(fault) for fault in faults]}
        click.echo(json.dumps(told, ensure_ascii=False, sort_keys=True))
        return
    for fault in faults:
        mark = "" if fault.severity == "error" else messages.text("cli.warning") + " "
        click.echo(mark + messages.describe(fault))
    click.echo(messages.text("cli.checked", {"pack": pack, "errors": errors, "warnings": len(faults) - errors}))


def show_tested(pack: str, report: ExampleReport, *, as_json: bool, min_coverage: int = 0) -> None:
    """The examples of a pack, on stdout; those that did what they must are only counted. Where less was shown than
    ``min_coverage`` (percent) asks for, what was not shown is told.
    """
    enough = report.coverage >= min_coverage * 100
    counts = {
        "rules": report.rules,
        "examples": len(report.results),
        "failed": len(report.failures),
        "caught": sum(result.caught for result in report.results),
        "leaf_coverage": report.leaf_coverage,
        "outcome_coverage": report.outcome_coverage,
        "rule_coverage": report.rule_coverage,
    }
    if as_json:
        told = counts | {
            "pack": pack,
            "ok": report.passed and enough,
            "not_shown": [_not_shown(leaf) for leaf in report.leaves if not leaf.complete],
            "rules_without_examples": list(report.rules_without_examples),
            "results": [_example_values(result) for result in report.results],
        }
        click.echo(json.dumps(told, ensure_ascii=False, sort_keys=True))
        return
    for result in report.results:
        if not result.passed or result.caught:
            click.echo(_example_line(result))
    for rule in report.rules_without_examples:
        click.echo(messages.text("cli.no_examples", {"rule": rule}))
    if not enough:
        for leaf in report.leaves:
            if not leaf.complete:
                click.echo(messages.text("cli.leaf_not_shown", _not_shown(leaf)))
        least = {"share": report.coverage // 100, "least": min_coverage}
        click.echo(messages.text("cli.too_little_shown", least))
    share = f"{report.leaf_coverage // 100}"
    click.echo(messages.text("cli.tested", counts | {"pack": pack, "share": share}))


def _not_shown(leaf: LeafCoverage) -> dict[str, object]:
    missing = [word for word, seen in (("true", leaf.seen_true), ("false", leaf.seen_false)) if not seen]
    place = str(Location(leaf.file, leaf.line))
    return {"rule": leaf.rule, "place": place, "field": leaf.field, "path": leaf.path, "missing": ", ".join(missing)}


def _example_values(result: ExampleResult) -> dict[str, object]:
    return {
        "rule": result.rule,
        "file": result.file,
        "line": result.line,
        "kind": result.kind.value,
        "note": result.note,
        "expected": result.expected,
        "got": result.got,
        "passed": result.passed,
        "faults": [fault_values(fault) for fault in result.faults],
    }


def _example_line(result: ExampleResult) -> str:
    params = {
        "rule": result.rule,
        "note": result.note,
        "expected": result.expected,
        "got": result.got or "",
        "field": result.deciding.field if result.deciding else "",
    }
    code = "cli.example.caught" if result.caught else "cli.example.failed" if result.got else "cli.example.broken"
    said = [messages.text(code, params), *(messages.describe(fault) for fault in result.faults)]
    return f"{Location(result.file, result.line)}: {' '.join(said)}"
