"""The Specially Designated Nationals list of the US Treasury's OFAC, in its legacy CSV set."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from vetting_engine.errors import Fault, ListError, Location
from vetting_engine.model.watchlist import (
    Authority,
    EntryKind,
    EntryNameKind,
    ListSnapshot,
    WatchlistEntry,
)
from vetting_engine.sources._ofac_files import SdnSet, read_set
from vetting_engine.sources._ofac_remarks import read_remarks
from vetting_engine.sources._snapshot import Draft, complete, make_entry

__all__ = ["PLUGIN", "OfacSdn"]

AUTHORITY: Final = Authority(
    issuer="United States Department of the Treasury, Office of Foreign Assets Control",
    issuer_country="US",
    legal_basis="United States statutes and executive orders; without effect until an office approves the list",
)
#: ``36,"AEROCARIBBEAN AIRLINES",-0- ,``: a number, a quoted name, and nulls as only OFAC writes them.
_FIRST_ROW = re.compile(rb'^[0-9]+,"[^"\r\n]*",(?:-0- |"[^"\r\n]*"),(?:[^\r\n]*,){7}-0- ')
_KINDS = MappingProxyType(
    {"individual": EntryKind.PERSON, "": EntryKind.ORGANISATION, "vessel": EntryKind.OTHER, "aircraft": EntryKind.OTHER}
)
_ALIAS_KINDS = MappingProxyType({"fka": EntryNameKind.FORMER})
#: What the columns between programme and remarks say, kept as notes.
_NOTES = ("Title", "Call sign", "Vessel type", "Tonnage", "Gross tonnage", "Flag", "Owner")
_SUFFIX = re.compile(r"^(?:Jr|Sr|II|III|IV)\.?$")


class OfacSdn:
    """Reads ``sdn.csv`` with its companions; ids are OFAC's entry numbers."""

    name = "ofac_sdn"
    title = "OFAC Specially Designated Nationals (CSV)"

    def recognises(self, head: bytes, path: Path) -> bool:  # noqa: ARG002  # the name of a file never decides
        """Whether the first row is an SDN row: no header, twelve columns, OFAC's nulls."""
        return bool(_FIRST_ROW.match(head))

    def read(self, path: Path, authority: Authority | None = None) -> ListSnapshot:
        """The snapshot; the set carries no date. A companion that is missing is counted among what was only
        partly understood (``missing_alt`` …), since aliases or countries are then not there.

        Raises:
            ListError: any row of any file cannot be read; every fault is named.
        """
        files = read_set(path)
        partly: Counter[str] = Counter({f"missing_{name.removesuffix('.csv')}": 1 for name in files.missing})
        faults: list[Fault] = []
        entries: list[WatchlistEntry] = []
        for line, cells in files.entries:
            try:
                entries.append(make_entry(_fields(cells, files, partly), Location(str(path), line)))
            except ListError as error:
                faults += error.faults
        draft = Draft("ofac-sdn", self.title, self.name, authority or AUTHORITY)
        return complete(draft, entries, files.files, partly, faults)


def _fields(cells: tuple[str, ...], files: SdnSet, partly: Counter[str]) -> dict[str, Any]:
    number, name, kind_word, programme = cells[:4]
    partly["kind"] += kind_word not in _KINDS
    kind = _KINDS.get(kind_word, EntryKind.OTHER)
    # The remarks break off after a thousand characters, in mid-word, and go on in the comments.
    remarks = read_remarks(cells[11] + "".join(row[0] for row in files.companions["sdn_comments.csv"][number]))
    partly.update(remarks.partly)
    names = [(name, EntryNameKind.PRIMARY)]
    names += [
        (alias, _ALIAS_KINDS.get(word, EntryNameKind.ALIAS))
        for _, word, alias, _ in files.companions["alt.csv"][number]
    ]
    names += remarks.aliases
    return {
        "id": number,
        "kind": kind,
        "names": _names(names, person=kind is EntryKind.PERSON),
        "birth_dates": _distinct(remarks.birth_dates),
        "birthplaces": _distinct(remarks.birthplaces),
        "gender": remarks.gender,
        "nationalities": _distinct(remarks.nationalities),
        "countries": _distinct(row[3] for row in files.companions["add.csv"][number] if row[3]),
        "identifiers": _distinct(remarks.identifiers),
        "programme": programme.replace("] [", ", ").strip("[] ") or None,
        "notes": _distinct(
            [*(f"{label}: {cell}" for label, cell in zip(_NOTES, cells[4:11], strict=True) if cell), *remarks.notes]
        ),
    }


def _names(names: Iterable[tuple[str, EntryNameKind]], *, person: bool) -> list[dict[str, str]]:
    kept: dict[str, EntryNameKind] = {}
    for text, kind in names:
        spoken = " ".join((_spoken(text) if person else text).split())
        if spoken:
            kept.setdefault(spoken, kind)
    return [{"text": text, "kind": kind} for text, kind in kept.items()]


def _spoken(name: str) -> str:
    """``SURNAME, Given, Jr.`` as it is spoken: ``Given SURNAME Jr.``."""
    surname, *rest = (part.strip() for part in name.split(","))
    suffixes = [part for part in rest if _SUFFIX.match(part)]
    return " ".join([*(part for part in rest if part not in suffixes), surname, *suffixes])


def _distinct(items: Iterable[Any]) -> tuple[Any, ...]:
    return tuple(dict.fromkeys(items))


PLUGIN = OfacSdn()
