"""Registers: tables of staff, partners or restricted parties, with the ties each is known to have."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any

from pydantic import ValidationError

from vetting_engine import canonical
from vetting_engine.errors import Fault, ListError, Location
from vetting_engine.model.candidate import Relation
from vetting_engine.model.watchlist import Register, RegisterEntry, RegisterKind
from vetting_engine.sources._snapshot import source_file
from vetting_engine.sources._tabular import KINDS, Record, read_records, slug, texts

__all__ = ["load_register"]

#: Our column → the headers it goes by.
_COLUMNS = MappingProxyType(
    {
        "id": ("id", "reference", "staff_id", "partner_id"),
        "name": ("name", "full_name", "names"),
        "aliases": ("aliases", "alias", "other_names"),
        "kind": ("kind", "type"),
        "role": ("role", "position", "function"),
        "ties": ("ties", "relations"),
        "as_at": ("as_at", "as_of"),
    }
)
#: ``employment: Ori Okvale <p-17>``: the kind of tie, whom it ties to, and their id where it is known.
_TIE = re.compile(r"^(?P<kind>[a-z_ ]+): *(?P<name>[^<>]+?) *(?:<(?P<id>[^<>]+)>)?$")


def load_register(path: str | Path, kind: RegisterKind | str, *, as_at: date | None = None) -> Register:
    """A register from CSV or JSON Lines: columns ``id``, ``name``, and optionally ``aliases`` (parted by ``;``),
    ``kind`` (person or organisation), ``role`` and ``ties`` (parted by ``;``; objects of a Relation in JSON).

    Args:
        path: the file; its name, small and hyphenated, is the register's id.
        kind: what it lists.
        as_at: the day it was true; by default what a column ``as_at`` says.

    Raises:
        ListError: any row cannot be read; a register is refused whole, with every fault found.
    """
    file = Path(path)
    records = read_records(file, _COLUMNS)
    faults: list[Fault] = []
    entries: list[RegisterEntry] = []
    for record in records.records:
        try:
            entries.append(_entry(record, Location(str(file), record.line)))
        except ListError as error:
            faults += error.faults
    if not entries and not faults:
        faults.append(Fault("list.no_entries", Location(str(file))))
    faults += [
        Fault("list.duplicate_entry", Location(str(file)), {"entry": entry_id, "times": times})
        for entry_id, times in Counter(entry.id for entry in entries).items()
        if times > 1
    ]
    said = _as_at(records.records, str(file), faults)
    if faults:
        raise ListError(faults)
    source = source_file(records.file)
    return Register(
        register_id=slug(file),
        kind=RegisterKind(kind),
        as_at=as_at or said,
        entries=tuple(entries),
        digest=source.digest,
        files=(source,),
    )


def _entry(record: Record, at: Location) -> RegisterEntry:
    values = record.values
    entry_id = " ".join(texts(values.get("id"), ""))
    names = tuple(dict.fromkeys([*texts(values.get("name")), *texts(values.get("aliases"))]))
    kind = KINDS.get(" ".join(texts(values.get("kind"), "")).lower())
    missing = [name for name, found in (("id", entry_id), ("name", names), ("kind", kind)) if not found]
    if missing or kind is None:
        raise ListError(Fault("list.entry_incomplete", at, {"missing": name}) for name in missing)
    return RegisterEntry(
        id=entry_id,
        names=names,
        kind=kind,
        role=" ".join(texts(values.get("role"), "")) or None,
        relations=_ties(values.get("ties"), at),
    )


def _ties(value: Any, at: Location) -> tuple[Relation, ...]:  # noqa: ANN401  # a cell or a JSON value
    said = value if isinstance(value, list) else texts(value)
    ties: list[Relation] = []
    for tie in said:
        fields = dict(tie) if isinstance(tie, Mapping) else _tie(tie)
        fields.setdefault("source", "register")
        fields.setdefault("id", _tie_id(fields))
        try:
            ties.append(Relation.model_validate(fields))
        except ValidationError:
            raise ListError(Fault("register.tie_invalid", Location(at.file, at.line, field="ties"))) from None
    return tuple(ties)


def _tie(text: Any) -> dict[str, Any]:  # noqa: ANN401  # whatever stands in the list
    match = _TIE.match(text.strip()) if isinstance(text, str) else None
    if match is None:
        return {}
    return {"kind": match["kind"].strip().replace(" ", "_"), "to_name": match["name"], "to_id": match["id"]}


def _tie_id(fields: Mapping[str, Any]) -> str:
    content = canonical.dumps({name: str(value) for name, value in fields.items() if value is not None})
    return "t-" + canonical.digest(content).removeprefix(canonical.DIGEST_PREFIX)[:16]


def _as_at(records: Iterable[Record], file: str, faults: list[Fault]) -> date | None:
    """The one day the column ``as_at`` says; days that differ, or are none, are faults."""
    days: set[date] = set()
    for record in records:
        for text in texts(record.values.get("as_at"), ""):
            try:
                days.add(date.fromisoformat(text))
            except ValueError:
                faults.append(Fault("list.not_a_date", Location(file, record.line, field="as_at")))
    if len(days) > 1:
        faults.append(Fault("register.as_at_differs", Location(file, field="as_at"), {"days": len(days)}))
    return min(days, default=None)
