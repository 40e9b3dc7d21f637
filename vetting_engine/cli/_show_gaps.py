"""What the ``gaps`` commands say. Never what a text says, nor what was found in it: that may be a disclosure."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import click

from vetting_engine import messages
from vetting_engine.cli._failure import say
from vetting_engine.engine import Drawn
from vetting_engine.model.decision import Disposition
from vetting_engine.review import Closed, OpenGap, OpenGaps, SignedReading

__all__ = ["show_closed", "show_open", "show_sample", "show_signed"]

_LINE_SCHEMA = "vetting-engine/gap/1"
_CLOSED_SCHEMA = "vetting-engine/closed/1"


def show_open(found: OpenGaps, *, readable: bool, as_json: bool) -> None:
    """Each open gap, on stdout; records that could not be opened, on stderr."""
    shown = [gap for gap in found.gaps if gap.about is not None or not readable]
    for gap in shown:
        click.echo(_dumped(_line(gap)) if as_json else _said(gap))
    for code, count in sorted(found.not_opened.items()):
        say("gaps.not_opened", count=count, because=messages.text(code), reason=code)
    if not as_json:
        by_reading = sum(gap.about is not None for gap in found.gaps)
        click.echo(_text("gaps.listed", people=found.people, gaps=len(found.gaps), readable=by_reading))


def _said(gap: OpenGap) -> str:
    what = messages.text(f"gap.{gap.gap.code}", gap.gap.params)
    told = _text("gaps.gap", record=gap.record_id, id=gap.candidate_id, what=what, due=gap.gap.due or "–")
    if gap.about is not None:
        told += " " + _text("gaps.by_reading", about=gap.about, sample=gap.sample, population=gap.population)
    if gap.disputed:
        told += " " + _text("gaps.in_dispute", count=gap.disputed)
    return told


def _line(gap: OpenGap) -> dict[str, object]:
    return {
        "schema": _LINE_SCHEMA,
        "record_id": gap.record_id,
        "id": gap.candidate_id,
        "disposition": gap.disposition.value,
        "code": gap.gap.code,
        "check": gap.gap.check,
        "owner": gap.gap.owner.value,
        "functions": [function.value for function in gap.gap.functions],
        "due": None if gap.gap.due is None else gap.gap.due.isoformat(),
        "about": gap.about,
        "population": gap.population,
        "sample": gap.sample,
        "disputed": gap.disputed,
    }


def show_sample(drawn: Drawn, out: Path, *, as_json: bool) -> None:
    """Where the sheet is, and how much of how much it holds."""
    told = {"path": str(out), "sample": len(drawn.items), "population": drawn.population}
    click.echo(_dumped(told) if as_json else _text("gaps.sampled", **told))


def show_signed(signed: SignedReading, out: Path) -> None:
    """That a reading was signed, and of how many items."""
    click.echo(_text("gaps.signed", path=out, items=len(signed.items), found=len({one.item for one in signed.found})))


def show_closed(closed: Sequence[Closed], *, as_json: bool) -> None:
    """What became of each person's gaps."""
    for one in closed:
        if as_json:
            click.echo(_dumped(_closed_line(one)))
            continue
        words = {"id": one.candidate_id, "before": _word(one.before), "after": _word(one.after)}
        click.echo(_text("gaps.decided", **words, record=one.record_id, superseded=one.superseded))
        for about in one.closed:
            click.echo("  " + _text("gaps.closed", about=about))
        for about, count in one.disputed.items():
            click.echo("  " + _text("gaps.stays_open", about=about, count=count))


def _closed_line(one: Closed) -> dict[str, object]:
    return {
        "schema": _CLOSED_SCHEMA,
        "id": one.candidate_id,
        "record_id": one.record_id,
        "supersedes": one.superseded,
        "before": one.before.value,
        "after": one.after.value,
        "closed": list(one.closed),
        "disputed": dict(one.disputed),
    }


def _dumped(told: dict[str, object]) -> str:
    return json.dumps(told, ensure_ascii=False, sort_keys=True)


def _word(disposition: Disposition) -> str:
    return _text(f"report.disposition.{disposition.value}")


def _text(code: str, **params: object) -> str:
    return messages.text(code, params)
