"""What ``journal verify`` and ``replay`` say."""

from __future__ import annotations

import json
from pathlib import Path

import click

from vetting_engine import messages
from vetting_engine.cli._exit import Exit
from vetting_engine.engine import Replayed, ReplayReport
from vetting_engine.records import JournalFault, VerifyReport

__all__ = ["replay_exit", "show_replayed", "show_verified"]

#: Sentences that say something the record was made from is not there any more.
_MISSING = "archive"


def show_verified(report: VerifyReport, file: Path, *, pinned: bool, as_json: bool) -> None:
    """The result of verifying, on stdout."""
    if as_json:
        told = {
            "ok": report.ok,
            "journal": report.journal_id,
            "size": report.size,
            "root": report.root,
            "checkpoint_compared": pinned,
            "faults": [
                {"code": fault.code, "sequence": fault.sequence, "record": fault.record, "detail": fault.detail}
                for fault in report.faults
            ],
        }
        click.echo(json.dumps(told, ensure_ascii=False, sort_keys=True))
        return
    for fault in report.faults:
        click.echo(_sentence(fault))
    code = "cli.verified" if report.ok else "cli.not_verified"
    click.echo(messages.text(code, {"file": file, "size": report.size, "faults": len(report.faults)}))
    if report.ok:
        click.echo(f"{report.root}")
        if not pinned:
            click.echo(messages.text("cli.no_checkpoint"), err=True)


def _sentence(fault: JournalFault) -> str:
    params = {"sequence": fault.sequence, "record": fault.record, "detail": fault.detail}
    said, remedy = messages.text(fault.code, params), messages.remedy(fault.code, params)
    place = "" if fault.sequence is None else messages.text("cli.record", params) + ": "
    return f"{place}{said}{' ' + remedy if remedy else ''} ({fault.code})"


def show_replayed(report: ReplayReport, *, as_json: bool) -> None:
    """The result of replaying, on stdout; records that came out the same are only counted."""
    counts = {
        "same": report.count("same"),
        "differs": report.count("differs"),
        "not_replayable": report.count("not_replayable"),
    }
    if as_json:
        told = counts | {
            "ok": report.ok,
            "records": [
                {"record": item.record_id, "outcome": item.outcome, "code": item.code, "params": dict(item.params)}
                for item in report.records
            ],
        }
        click.echo(json.dumps(told, ensure_ascii=False, sort_keys=True))
        return
    for item in report.records:
        if item.outcome != "same":
            click.echo(f"{item.record_id}: {_said(item)} ({item.code})")
    click.echo(messages.text("cli.replayed", counts | {"records": len(report.records)}))


def _said(item: Replayed) -> str:
    remedy = messages.remedy(item.code, item.params)
    return messages.text(item.code, item.params) + (f" {remedy}" if remedy else "")


def replay_exit(report: ReplayReport) -> Exit:
    """4 where a core differs; else 5 where something is not in the archive; else 0."""
    if not report.ok:
        return Exit.NOT_VERIFIED
    missing = any(item.outcome == "not_replayable" and _MISSING in item.code for item in report.records)
    return Exit.LIST_MISSING if missing else Exit.DONE
