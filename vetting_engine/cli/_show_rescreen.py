"""What ``watchlist rescreen`` says."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

import click

from vetting_engine import messages
from vetting_engine.checks.watchlist import ChangeKind, Touch, open_gaps
from vetting_engine.cli._exit import Exit
from vetting_engine.cli._failure import say
from vetting_engine.engine import Because, ListChange, Rescreened, RescreenReport
from vetting_engine.model.decision import Disposition
from vetting_engine.model.finding import Function
from vetting_engine.model.watchlist import NOT_FOR, ListSnapshot

__all__ = ["Shown", "rescreen_exit", "show_rescreened"]

_LINE_SCHEMA = "vetting-engine/rescreened/1"
_SUMMARY_SCHEMA = "vetting-engine/rescreen/1"
#: Who may be told of a hit on a list of the candidate's own state.
_OWN_STATE = frozenset({Function.PROTECTION, Function.LEGAL})


@dataclass(frozen=True, slots=True)
class Shown:
    """A finished rescreening, the lists that were given, and for whose eyes it is told. ``refused``: rows or files."""

    report: RescreenReport
    lists: Sequence[ListSnapshot]
    function: Function | None
    fail_on: Disposition | None
    refused: int = 0

    def touches(self, each: Rescreened) -> list[Touch]:
        """What may be told: a list of somebody's own state only to protection and legal."""
        return [touch for touch in each.touches if not touch.confidential or self.function in _OWN_STATE]

    def confidential(self, each: Rescreened) -> int:
        """How many entries are not told."""
        return len(each.touches) - len(self.touches(each))


def rescreen_exit(shown: Shown) -> Exit:
    """The first that holds: what ``--fail-on`` asks for; lists too old or missing from the archive; rows refused."""
    report = shown.report
    graver = [each.vetting.decision.disposition for each in report.anew]
    if shown.fail_on and any(disposition >= shown.fail_on for disposition in graver):
        return Exit.REVIEW_NEEDED
    if report.not_rebuilt or _open(shown):
        return Exit.LIST_MISSING
    return Exit.ROWS_REFUSED if shown.refused else Exit.DONE


def show_rescreened(shown: Shown, *, as_json: bool) -> None:
    """Each person screened anew, then lists and counts, on stdout; lists that cannot be trusted, on stderr."""
    for each in shown.report.anew:
        click.echo(
            json.dumps(_line(each, shown), ensure_ascii=False, sort_keys=True) if as_json else _said(each, shown)
        )
    if as_json:
        click.echo(json.dumps(_summary(shown), ensure_ascii=False, sort_keys=True))
    else:
        _print_summary(shown)
    for code, list_id in _open(shown):
        say("rescreen.list_gap", list=list_id or "–", reason=code)


def _open(shown: Shown) -> list[tuple[str, str]]:
    return sorted(open_gaps(shown.lists, shown.report.as_of))


def _said(each: Rescreened, shown: Shown) -> str:
    touches = [f"{_text(f'rescreen.change.{touch.change}')} {touch.entry_id}" for touch in shown.touches(each)]
    if shown.confidential(each):
        touches.append(_text("rescreen.confidential", count=shown.confidential(each)))
    others = [_text(f"rescreen.because.{because}") for because in each.because if because is not Because.ENTRIES]
    after = each.vetting.decision.disposition
    code = "rescreen.person_moved" if each.direction else "rescreen.person_same"
    said = _text(
        code,
        id=each.vetting.candidate.id,
        because="; ".join([*touches, *others]),
        before=_word(each.before),
        after=_word(after),
    )
    if each.vetting.record_id is None or not each.superseded:
        return said
    return f"{said} {_text('rescreen.recorded', record=each.vetting.record_id, superseded=each.superseded)}"


def _print_summary(shown: Shown) -> None:
    report = shown.report
    for change in report.lists:
        if change.before != change.after:
            click.echo(_text("rescreen.list", list=change.list_id, counts=_counted(change)))
    counts = {"people": report.people, "anew": len(report.anew), "day": report.as_of}
    click.echo(_text("rescreen.done", **counts, graver=report.moved(1), milder=report.moved(-1)))
    if any(each.vetting.decision.dry_run for each in report.anew):
        click.echo(_text("cli.dry_run"))
    if report.erased:
        click.echo(_text("rescreen.erased", count=report.erased))
    for code, count in report.not_rebuilt.items():
        click.echo(_text("rescreen.not_rebuilt", count=count, because=_text(code), reason=code))
    click.echo(_text("watchlist.not_for"))


def _counted(change: ListChange) -> str:
    told = [_text(f"rescreen.count.{kind}", count=count) for kind, count in change.counts.items() if count]
    return ", ".join(told) or "0"


def _line(each: Rescreened, shown: Shown) -> dict[str, object]:
    vetting = each.vetting
    return {
        "schema": _LINE_SCHEMA,
        "id": vetting.candidate.id,
        "because": [because.value for because in each.because],
        "touches": [
            {"list": touch.list_id, "entry": touch.entry_id, "change": touch.change.value}
            for touch in shown.touches(each)
        ],
        "confidential": shown.confidential(each),
        "before": each.before.value,
        "after": vetting.decision.disposition.value,
        "held": vetting.decision.held,
        "dry_run": vetting.decision.dry_run,
        "record_id": vetting.record_id,
        "supersedes": each.superseded or None,
    }


def _summary(shown: Shown) -> dict[str, object]:
    report = shown.report
    return {
        "schema": _SUMMARY_SCHEMA,
        "as_of": report.as_of.isoformat(),
        "people": report.people,
        "anew": len(report.anew),
        "as_before": report.people - len(report.anew),
        "graver": report.moved(1),
        "milder": report.moved(-1),
        "erased": report.erased,
        "not_rebuilt": dict(report.not_rebuilt),
        "lists": [
            {
                "list": change.list_id,
                "before": change.before or None,
                "after": change.after or None,
                **{kind.value: change.counts[kind] for kind in ChangeKind},
            }
            for change in report.lists
        ],
        "unusable_lists": [{"list": list_id, "code": code} for code, list_id in _open(shown)],
        "not_for": list(NOT_FOR),
        "exit": int(rescreen_exit(shown)),
    }


def _word(disposition: Disposition) -> str:
    return _text(f"report.disposition.{disposition.value}")


def _text(code: str, **params: object) -> str:
    return messages.text(code, params)
