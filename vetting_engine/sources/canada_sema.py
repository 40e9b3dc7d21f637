"""Canada's consolidated autonomous sanctions list, XML as published by Global Affairs Canada."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from vetting_engine.errors import Fault, Location
from vetting_engine.files.xml import Element
from vetting_engine.model.candidate import Identifier
from vetting_engine.model.dates import PartialDate
from vetting_engine.model.watchlist import Authority, EntryKind, EntryNameKind, ListSnapshot
from vetting_engine.sources._authority_defaults import CANADA
from vetting_engine.sources._canada_names import body_names, person_names
from vetting_engine.sources._entries import make_entries
from vetting_engine.sources._fields import day, gregorian
from vetting_engine.sources._snapshot import Draft, complete
from vetting_engine.sources._xml import read_root, text

__all__ = ["PLUGIN", "CanadaSema"]

_HEAD = re.compile(rb"<data-set[\s>].*?<record>.*?<DateOfListing>", re.DOTALL)
_KNOWN = frozenset(
    {
        "Country", "LastName", "GivenName", "EntityOrShip", "TitleOrShip", "Aliases", "DateOfBirthOrShipBuildDate",
        "ShipIMONumber", "Schedule", "Item", "DateOfListing",
    }
)  # fmt: skip


class CanadaSema:
    """Ids are regulation, schedule and item, as Canada cites them. The list carries no date of its own.

    ``Country`` names the regulation a listing is made under, not where somebody is from: it is the programme, never
    a nationality.
    """

    name = "canada_sema"
    title = "Canada, consolidated autonomous sanctions list"
    authority = CANADA

    def recognises(self, head: bytes, path: Path) -> bool:  # noqa: ARG002  # the name of a file never decides
        """Whether the records are this list's."""
        return bool(_HEAD.search(head))

    def list_id(self, path: Path) -> str:  # noqa: ARG002  # there is one such list
        """The list's id."""
        return "canada-sema"

    def read(self, path: Path, authority: Authority | None = None) -> ListSnapshot:
        """The snapshot.

        Raises:
            ListError: damaged, or a record without item or name; every fault is named.
        """
        file, root = read_root(path)
        partly: Counter[str] = Counter()
        faults: list[Fault] = []
        entries = make_entries(_items(root, str(path), partly), faults)
        return complete(
            Draft(self.list_id(path), self.title, self.name, authority or self.authority),
            entries,
            [file],
            partly,
            faults,
        )


def _items(root: Element, file: str, partly: Counter[str]) -> Iterator[tuple[Location, dict[str, Any]]]:
    for position, element in enumerate(root.findall("record"), start=1):
        partly.update(f"element.{child.tag}" for child in element if child.tag not in _KNOWN)
        yield Location(file, field=f"record[{position}]"), _fields(element, partly)


def _fields(element: Element, partly: Counter[str]) -> dict[str, Any]:
    body, regulation = text(element, "EntityOrShip"), text(element, "Country")
    ship, title, dated = (text(element, tag) for tag in ("ShipIMONumber", "TitleOrShip", "DateOfBirthOrShipBuildDate"))
    aliases = element.findtext("Aliases") or ""
    births: tuple[PartialDate, ...] = ()
    notes = [f"Regulation: {regulation}", f"Title or type: {title}" if title else ""]
    if body:
        kind = EntryKind.OTHER if ship else EntryKind.ORGANISATION
        names = body_names(element.findtext("EntityOrShip") or "", aliases)
        notes.append(f"Built: {dated}" if dated else "")
    else:
        kind = EntryKind.PERSON
        last, given = element.findtext("LastName") or "", element.findtext("GivenName") or ""
        names, leftover = person_names(given, last, aliases, partly)
        notes += leftover
        births = (gregorian(dated),) if dated else ()
    partly["birth_date"] += sum(not birth.readings for birth in births)
    item = text(element, "Item")
    return {
        "id": " / ".join(part for part in (_english(regulation), text(element, "Schedule"), item) if part)
        if item
        else "",
        "kind": kind,
        "names": [{"text": name, "kind": said} for name, said in _primary_first(names.names)],
        "birth_dates": births,
        "identifiers": (Identifier(kind="IMO number", value=ship),) if ship else (),
        "programme": _english(regulation) or None,
        "listed_on": day(text(element, "DateOfListing")),
        "notes": tuple(note for note in [*notes, *names.notes] if note),
    }


def _primary_first(names: dict[str, EntryNameKind]) -> Iterator[tuple[str, EntryNameKind]]:
    for position, (name, kind) in enumerate(names.items()):
        yield name, EntryNameKind.PRIMARY if position == 0 else kind


def _english(regulation: str) -> str:
    """``Belarus / Bélarus`` by its English half."""
    return regulation.partition(" / ")[0].strip()


PLUGIN = CanadaSema()
