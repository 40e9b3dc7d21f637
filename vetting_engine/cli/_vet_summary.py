"""What ``vet`` says at the end, and with which code it leaves."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import click

from vetting_engine import messages
from vetting_engine.cli._exit import Exit
from vetting_engine.cli._show_rules import fault_values
from vetting_engine.model.decision import Disposition
from vetting_engine.model.finding import GapOwner
from vetting_engine.model.run import Run
from vetting_engine.reports import unusable_lists

__all__ = ["Outcome", "exit_code", "show_summary"]

SCHEMA = "vetting-engine/summary/1"
_COLOURS = {
    Disposition.ESCALATE: "magenta",
    Disposition.NEEDS_REVIEW: "yellow",
    Disposition.INCOMPLETE: "blue",
    Disposition.CONDITIONAL: "cyan",
    Disposition.NOTHING_FOUND: None,
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """A finished run, where its files are, and from which disposition on it shall fail."""

    run: Run
    files: tuple[Path, ...]
    journal: Path | None
    keys: Path | None
    fail_on: Disposition | None

    @property
    def unusable_lists(self) -> tuple[str, ...]:
        """Lists that are missing ("" where there was none), too old or undated."""
        return tuple(unusable_lists(self.run))

    @property
    def refused(self) -> int:
        """Faults that cost a row or a file; warnings cost nothing."""
        return sum(fault.severity == "error" for fault in self.run.faults)


def exit_code(outcome: Outcome) -> Exit:
    """The first that holds: what ``--fail-on`` asks for, lists too old, rows refused."""
    fail_on = outcome.fail_on
    if fail_on and any(vetting.decision.disposition >= fail_on for vetting in outcome.run.vettings):
        return Exit.REVIEW_NEEDED
    if outcome.unusable_lists:
        return Exit.LIST_MISSING
    return Exit.ROWS_REFUSED if outcome.refused else Exit.DONE


def show_summary(outcome: Outcome, *, as_json: bool, language: str) -> None:
    """Counts, and where everything is, on stdout."""
    if as_json:
        click.echo(json.dumps(_values(outcome, language), ensure_ascii=False, sort_keys=True))
        return
    run = outcome.run
    counts = Counter(vetting.decision.disposition for vetting in run.vettings)
    click.echo(
        _text("cli.summary", language, rows=run.rows, vetted=len(run.vettings), refused=outcome.refused, day=run.as_of)
    )
    width = max(len(_word(disposition, language)) for disposition in Disposition)
    for disposition in reversed(Disposition):
        word = click.style(_word(disposition, language).ljust(width), fg=_COLOURS[disposition])
        click.echo(f"  {word}  {counts[disposition]:>6}")
    for owner, count in _gap_counts(run).items():
        if count:
            click.echo(_text(f"cli.gaps.{owner}", language, count=count))
    if run.dry_run:
        click.echo(click.style(_text("cli.dry_run", language), bold=True))
    for gap in unusable_lists(run).values():
        click.echo(messages.text(f"gap.{gap.code}", gap.params, language))
    _show_places(outcome, language)


def _show_places(outcome: Outcome, language: str) -> None:
    main = outcome.files[0] if outcome.files else None
    places = {
        "cli.report": main,
        "cli.journal": outcome.journal,
        "cli.keys": outcome.keys,
        "cli.checkpoint": outcome.run.checkpoint,
    }
    labels = {code: _text(code, language) for code in places}
    width = max(map(len, labels.values()))
    for code, place in places.items():
        if place:
            click.echo(f"{labels[code].ljust(width)}  {place}")


def _values(outcome: Outcome, language: str) -> dict[str, object]:
    run = outcome.run
    counts = Counter(vetting.decision.disposition for vetting in run.vettings)
    return {
        "schema": SCHEMA,
        "as_of": run.as_of.isoformat(),
        "engine_version": run.engine_version,
        "ruleset": {"id": run.ruleset.id, "version": run.ruleset.version, "digest": run.ruleset.digest},
        "rows": run.rows,
        "vetted": len(run.vettings),
        "refused": outcome.refused,
        "dispositions": {disposition.value: counts[disposition] for disposition in Disposition},
        "gaps": _gap_counts(run),
        "held": sum(vetting.decision.held for vetting in run.vettings),
        "dry_run": run.dry_run,
        "engines": _engines(run),
        "unusable_lists": list(outcome.unusable_lists),
        "faults": [fault_values(fault, language) for fault in run.faults],
        "files": [str(path) for path in outcome.files],
        "journal": str(outcome.journal) if outcome.journal else None,
        "keys": str(outcome.keys) if outcome.keys else None,
        "checkpoint": run.checkpoint,
        "exit": int(exit_code(outcome)),
    }


def _engines(run: Run) -> dict[str, int]:
    """How many candidates each engine answered for."""
    ran = Counter(engine.engine for vetting in run.vettings for engine in vetting.engines if engine.ran)
    return {name: ran[name] for name in sorted(ran)}


def _gap_counts(run: Run) -> dict[str, int]:
    """How many candidates have a gap of each owner."""
    return {
        owner.value: sum(any(gap.owner is owner for gap in vetting.decision.gaps) for vetting in run.vettings)
        for owner in GapOwner
    }


def _word(disposition: Disposition, language: str) -> str:
    return _text(f"report.disposition.{disposition.value}", language)


def _text(code: str, language: str, **params: object) -> str:
    return messages.text(code, params, language)
