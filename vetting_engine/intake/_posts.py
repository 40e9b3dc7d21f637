"""Posts from a generic table or JSON lines: one fault per bad post, and the rest goes on."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from pydantic import ValidationError

from vetting_engine.errors import Fault
from vetting_engine.files.json_lines import parse_lines
from vetting_engine.files.reading import read_bytes
from vetting_engine.files.sniff import decode
from vetting_engine.files.tables import parse_table
from vetting_engine.intake._columns import by_alias, require
from vetting_engine.intake._faults import Place, faults_of
from vetting_engine.intake._side_row import SideRow
from vetting_engine.intake._vocabulary import MEDIA, POST_COLUMNS
from vetting_engine.model.candidate import Post

__all__ = ["build_post", "domains_of", "parse_posts", "read_posts", "zone_of"]

_FIELDS = frozenset(Post.model_fields) | {"links"}
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")
_ZONE = re.compile(r"^(?:UTC|Z|([+-])([01][0-9]):([0-5][0-9]))$")
_LINK_PARTS = re.compile(r"[\s|]+")
_DOMAIN = re.compile(r"^[^\s/@:?#]+\.[^\s/@:?#]+$")


def read_posts(path: Path, zone: str | None = None) -> list[SideRow]:
    """The posts of a CSV or JSON Lines file.

    Raises:
        InputError: the file cannot be read, or lacks the columns ``candidate_id`` and ``id``.
    """
    decoded = decode(read_bytes(path), str(path))
    warned = [SideRow(str(path), fault.at.line, "", None, (fault,)) for fault in decoded.warnings]
    return [*warned, *parse_posts(decoded.text, str(path), zone)]


def parse_posts(text: str, file: str, zone: str | None = None, *, owned: bool = True) -> list[SideRow]:
    """The posts of a text; ``owned``: each row has to say whose it is. Raises as ``read_posts`` does."""
    if text.lstrip("\ufeff \t\r\n").startswith("{"):
        return _from_lines(text, file, zone, owned=owned)
    return _from_table(text, file, zone, owned=owned)


def build_post(values: Any, place: Place, prefix: str, zone: str | None) -> SideRow:  # noqa: ANN401  # any JSON value
    """One post. Codes of its faults begin with ``post.``, so that they never cost the candidate."""
    if not isinstance(values, Mapping):
        return SideRow(place.file, place.line, "", None, (Fault("post.not_object", place.at(prefix)),))
    whose = str(values.get("candidate_id") or "").strip()
    dropped = tuple(sorted(set(values) - _FIELDS - {"candidate_id"}))
    shaped = {name: value for name, value in values.items() if name in _FIELDS and value not in (None, "")}
    faults: list[Fault] = []
    if isinstance(shaped.get("id"), int):
        shaped["id"] = str(shaped["id"])
    if "time" in shaped:
        shaped["time"] = _time(shaped["time"], place, prefix, zone, faults)
    if isinstance(shaped.get("media"), str):
        shaped["media"] = MEDIA.get(shaped["media"].strip().lower(), shaped["media"])
    if "links" in shaped:
        shaped["link_domains"] = domains_of(shaped.pop("links"))
    if any(isinstance(value, str) and _CONTROL.search(value) for value in shaped.values()):
        faults.append(Fault("post.control_character", place.at(prefix)))
    post = None
    try:
        post = Post(**shaped)
    except ValidationError as error:
        refused = faults_of(error, place, prefix)
        faults += [Fault(fault.code.replace("field.", "post."), fault.at, fault.params) for fault in refused]
    return SideRow(place.file, place.line, whose, None if faults else post, tuple(faults), dropped)


def zone_of(text: str) -> timezone | None:
    """The UTC offset a mapping declares (``+03:00``, ``UTC``); None where it is none. Names of zones would need
    a table of their history, which differs between machines.
    """
    match = _ZONE.match(text.strip())
    if not match:
        return None
    sign, hours, minutes = match.groups()
    offset = timedelta(hours=int(hours or 0), minutes=int(minutes or 0))
    return timezone(-offset if sign == "-" else offset)


def _from_lines(text: str, file: str, zone: str | None, *, owned: bool) -> list[SideRow]:
    lines = parse_lines(text, file)
    built = [SideRow(file, fault.at.line, "", None, (fault,)) for fault in lines.faults]
    for line in lines.objects:
        values = {name: value for name, value in line.value.items() if name != "post_id"}
        values.setdefault("id", line.value.get("post_id"))
        place = Place(file, line.line)
        row = build_post(values, place, "", zone)
        built.append(_owned(row, place) if owned else row)
    return sorted(built, key=lambda post: post.line)


def _from_table(text: str, file: str, zone: str | None, *, owned: bool) -> list[SideRow]:
    table = parse_table(text, file)
    columns = by_alias(table, POST_COLUMNS)
    require(table, columns, ("candidate_id", "id") if owned else ("id",))
    headers = {name: table.header[index] for name, index in columns.items()}
    dropped = tuple(name for index, name in enumerate(table.header) if index not in columns.values())
    built = []
    for row in table.rows:
        cells = {name: row.cells[index] for name, index in columns.items() if index < len(row.cells)}
        place = Place(file, row.line, headers)
        if row.fault:
            built.append(SideRow(file, row.line, cells.get("candidate_id", "").strip(), None, (row.fault,), dropped))
            continue
        values = {name: cell if name == "text" else cell.strip() for name, cell in cells.items()}
        post = build_post(values, place, "", zone)
        built.append(replace(_owned(post, place) if owned else post, dropped=dropped))
    return built


def _owned(row: SideRow, place: Place) -> SideRow:
    """A post that does not say whose it is cannot be read."""
    if row.candidate_id:
        return row
    return replace(row, value=None, faults=(Fault("id.missing", place.at("candidate_id")), *row.faults))


def _time(value: Any, place: Place, prefix: str, zone: str | None, faults: list[Fault]) -> Any:  # noqa: ANN401
    at = place.at(f"{prefix}.time" if prefix else "time")
    try:
        time = datetime.fromisoformat(value.strip())
    except (ValueError, AttributeError):
        faults.append(Fault("post.not_a_time", at))
        return None
    if time.tzinfo is None:
        declared = zone_of(zone) if zone else None
        if declared is None:
            faults.append(Fault("post.time_without_zone", at))
            return None
        time = time.replace(tzinfo=declared)
    return time


def domains_of(value: Any) -> tuple[str, ...]:  # noqa: ANN401  # any JSON value
    """The domains of links, in small letters, each once, in order."""
    listed = value if isinstance(value, list | tuple) else ()
    links = _LINK_PARTS.split(value) if isinstance(value, str) else [item for item in listed if isinstance(item, str)]
    return tuple(dict.fromkeys(domain for link in links if (domain := _domain(link.strip()))))


def _domain(link: str) -> str:
    try:
        host = urlsplit(link if "://" in link else f"//{link}").hostname or ""
    except ValueError:
        return ""
    return host if _DOMAIN.match(host) else ""
