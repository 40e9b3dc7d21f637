"""Rows of a table to candidates: our columns assembled into the candidate's own shape."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from vetting_engine.files.tables import Row, Table
from vetting_engine.intake._candidates import Built, build_candidate
from vetting_engine.intake._faults import Place
from vetting_engine.intake._plan import Plan

__all__ = ["build_rows"]

_Flat = Mapping[tuple[str, int], list[str]]

#: Our columns that are a candidate's field of the same shape.
_SINGLE = ("birthplace", "gender", "country_of_origin", "residence", "consent_ref", "relations_declared")
_LISTS = MappingProxyType(
    {"nationality": "nationalities", "languages": "languages", "audience_groups": "audience_groups"}
)
_NAME_KINDS = MappingProxyType({"name": "legal", "other_names": "alias", "nicknames": "nickname"})
_ACCOUNT = ("platform", "handle", "followers", "bio")
_DOCUMENT = MappingProxyType({"document_kind": "kind", "document_number": "value", "document_country": "country"})
#: Which header to name for a field of the candidate.
_FIELD_HEADERS = MappingProxyType(
    {"names": "name", "nationalities": "nationality", "accounts": "handle", "identifiers": "document_number"}
)
_THOUSANDS = str.maketrans("", "", ",.' \xa0\u202f")


def build_rows(table: Table, plan: Plan) -> list[Built]:
    """What became of every row, in order."""
    headers = {name: source.header for (name, number), source in plan.fields.items() if number == 1}
    headers |= {ours: headers[name] for ours, name in _FIELD_HEADERS.items() if name in headers}
    return [_build(row, table.file, plan, headers) for row in table.rows]


def _build(row: Row, file: str, plan: Plan, headers: Mapping[str, str]) -> Built:
    if row.fault:
        return Built(row.line, "", None, (row.fault,))
    flat = {place: found for place, source in plan.fields.items() if (found := source.read(row.cells))}
    dropped = () if plan.mapped else plan.dropped
    built = build_candidate(_assemble(flat), Place(file, row.line, headers), plan.defaults, dropped)
    answers = {name: " ".join(found) for name, source in plan.agd.items() if (found := source.read(row.cells))}
    return Built(built.line, built.id, built.candidate, built.faults, built.dropped, answers if plan.agd else None)


def _assemble(flat: _Flat) -> dict[str, Any]:
    """The candidate's own shape out of the columns of a table."""
    values: dict[str, Any] = {"id": _first(flat, "id"), "names": _names(flat), "accounts": _accounts(flat)}
    values |= {name: _first(flat, name) for name in _SINGLE if (name, 1) in flat}
    values |= {ours: flat[name, 1] for name, ours in _LISTS.items() if (name, 1) in flat}
    if ("birth_date", 1) in flat:
        values["birth_date"] = {"text": _first(flat, "birth_date"), "calendar": _first(flat, "birth_calendar")}
    document = {ours: _first(flat, name) for name, ours in _DOCUMENT.items() if (name, 1) in flat}
    if "value" in document:
        values["identifiers"] = [{"kind": "document", **document}]
    return values


def _names(flat: _Flat) -> list[dict[str, str]]:
    return [
        {"text": text, "kind": kind}
        for ours, kind in _NAME_KINDS.items()
        for (name, _), found in sorted(flat.items())
        if name == ours
        for text in found
    ]


def _accounts(flat: _Flat) -> list[dict[str, str]]:
    accounts = []
    for number in sorted({number for name, number in flat if name in _ACCOUNT}):
        account = {name: _first(flat, name, number) for name in _ACCOUNT if (name, number) in flat}
        if "followers" in account:
            account["followers"] = account["followers"].translate(_THOUSANDS)
        accounts.append(account)
    return accounts


def _first(flat: _Flat, name: str, number: int = 1) -> str:
    return next(iter(flat.get((name, number), ())), "")
