"""What the ``watchlist`` commands say."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import click

from vetting_engine import messages
from vetting_engine.cli._failure import tell
from vetting_engine.errors import Fault, ListError
from vetting_engine.model.watchlist import NOT_FOR, ListSnapshot
from vetting_engine.sources import Kept, ListChanges, authorities_in, lists_in, load_watchlist

__all__ = ["show_changes", "show_kept", "show_lists"]


def show_kept(kept: Kept, today: date, *, as_json: bool) -> None:
    """A list that was fetched or imported, on stdout."""
    facts = {**_facts(kept.snapshot, today), "path": str(kept.path), "changed": kept.changed}
    if as_json:
        _dump(facts)
        return
    code = "watchlist.kept" if kept.changed else "watchlist.unchanged"
    click.echo(messages.text(code, {"path": kept.path}))
    _print(facts)


def show_lists(path: Path, as_of: date, *, as_json: bool) -> bool:
    """A list, or those of a folder, on stdout; whether each can be read, has a date and is not too old."""
    authorities = authorities_in(path if path.is_dir() else path.parent)
    snapshots: list[ListSnapshot] = []
    faults: list[Fault] = []
    for file in lists_in(path) if path.is_dir() else (path,):
        try:
            snapshots.append(load_watchlist(file, authorities))
        except ListError as error:
            faults += error.faults
    # A companion of a set is read with its main file and is no list of its own.
    parts = {str(Path(file.path)) for snapshot in snapshots for file in snapshot.files}
    faults = [fault for fault in faults if fault.at.file not in parts]
    shown = [_facts(snapshot, as_of) for snapshot in snapshots]
    if as_json:
        _dump({"lists": shown, "faults": [{"code": fault.code, "at": str(fault.at)} for fault in faults]})
    else:
        for facts in shown:
            _print(facts)
            click.echo()
    tell(faults)
    if not shown and not faults:
        tell([Fault("watchlist.folder_empty", params={"folder": str(path)})])
    return bool(shown) and not faults and all(facts["fresh"] for facts in shown)


def show_changes(changes: ListChanges, *, as_json: bool) -> None:
    """What is different between two copies, on stdout."""
    if as_json:
        _dump(
            {
                "added": changes.added,
                "removed": changes.removed,
                "changed": changes.changed,
                "unchanged": changes.unchanged,
            }
        )
        return
    for sign, ids in (("+", changes.added), ("-", changes.removed), ("~", changes.changed)):
        for entry_id in ids:
            click.echo(f"{sign} {entry_id}")
    counts = {name: len(getattr(changes, name)) for name in ("added", "removed", "changed")}
    click.echo(messages.text("watchlist.changes", {**counts, "unchanged": changes.unchanged}))


def _facts(snapshot: ListSnapshot, as_of: date) -> dict[str, Any]:
    age = _age(snapshot, as_of)
    authority = snapshot.authority
    expired = sum(entry.expired(as_of) for entry in snapshot.entries)
    return {
        "list_id": snapshot.list_id,
        "title": snapshot.title,
        "format": snapshot.format,
        "entries": snapshot.report.entries,
        "names": snapshot.report.names,
        "published": snapshot.published.isoformat() if snapshot.published else None,
        "retrieved": snapshot.retrieved.isoformat() if snapshot.retrieved else None,
        "age_days": age,
        "max_age_days": snapshot.max_age_days,
        "fresh": age is not None and 0 <= age <= snapshot.max_age_days,
        "digest": snapshot.digest,
        "files": [{"name": file.name, "digest": file.digest} for file in snapshot.files],
        "effect": authority.effect.value,
        "issuer": authority.issuer,
        "issuer_country": authority.issuer_country,
        "legal_basis": authority.legal_basis,
        "approving_office": authority.approving_office,
        "datasets": list(authority.datasets),
        "dataset_countries": list(authority.dataset_countries),
        "expired_rows": expired,
        "partly_understood": dict(snapshot.report.partly_understood),
        "not_for": list(NOT_FOR),
    }


def _age(snapshot: ListSnapshot, as_of: date) -> int | None:
    """Days since the list was published or known to be current, as a screening counts them; None where undated."""
    days = [day for day in (snapshot.published, snapshot.retrieved) if day is not None and day <= as_of]
    return (as_of - max(days)).days if days else None


def _print(facts: Mapping[str, Any]) -> None:
    click.echo(messages.text("watchlist.head", facts))
    click.echo(messages.text("watchlist.counts", facts))
    dates = {name: facts[name] or "?" for name in ("published", "retrieved")}
    age = "?" if facts["age_days"] is None else facts["age_days"]
    code = "watchlist.fresh" if facts["fresh"] else "watchlist.stale"
    click.echo(messages.text(code, {**facts, **dates, "age_days": age}))
    click.echo(messages.text("watchlist.authority", {**facts, "approving_office": facts["approving_office"] or "–"}))
    click.echo(messages.text("watchlist.digest", facts))
    partly = ", ".join(f"{name} {count}" for name, count in facts["partly_understood"].items())
    if partly:
        click.echo(messages.text("watchlist.partly", {"partly": partly}))
    if facts["expired_rows"]:
        click.echo(messages.text("watchlist.expired", facts))
    click.echo(messages.text("watchlist.not_for"))


def _dump(told: Mapping[str, Any]) -> None:
    click.echo(json.dumps(told, ensure_ascii=False, sort_keys=True))
