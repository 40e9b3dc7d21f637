"""The note beside a fetched list: ``.un-consolidated.xml.fetched.json`` says when, from where, and of which bytes."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

from pydantic import ValidationError

from vetting_engine.model.base import Noun

__all__ = ["Fetched", "fetched_on", "read_note", "write_note"]

_SUFFIX = ".fetched.json"


class Fetched(Noun):
    """Where a list came from. ``checked`` is the last day its issuer said that it is still this one."""

    digest: str
    retrieved: date | None = None
    checked: date | None = None
    url: str | None = None
    etag: str | None = None
    last_modified: str | None = None


def note_of(path: Path) -> Path:
    """Where the note of a list lies; hidden, so that nobody takes it for a list."""
    return path.with_name(f".{path.name}{_SUFFIX}")


def read_note(path: Path) -> Fetched | None:
    """The note of a list; None where there is none, or one that cannot be read and so says nothing."""
    try:
        return Fetched.model_validate_json(note_of(path).read_bytes())
    except (OSError, ValueError, ValidationError):
        return None


def write_note(path: Path, note: Fetched) -> None:
    """Write the note beside a list, in one step."""
    place = note_of(path)
    begun = place.with_name(f"{place.name}.part")
    begun.write_text(json.dumps(note.model_dump(mode="json"), indent=2, sort_keys=True) + "\n", encoding="utf-8")
    begun.replace(place)


def fetched_on(path: Path, digest: str) -> date | None:
    """The day a list was last known to be its issuer's current one, if the note is about these bytes."""
    note = read_note(path)
    return note.checked if note and note.digest == digest else None
