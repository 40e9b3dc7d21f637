"""The Specially Designated Nationals list of the US Treasury's OFAC, in its legacy CSV set."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from types import MappingProxyType
from typing import Any

from vetting_engine.errors import Fault, ListError, Location
from vetting_engine.model.watchlist import (
    Authority,
    EntryKind,
    EntryNameKind,
    ListSnapshot,
    WatchlistEntry,
)
from vetting_engine.sources._authority_defaults import OFAC
from vetting_engine.sources._fields import distinct, names_of, speaking_order
from vetting_engine.sources._ofac_files import SdnSet, read_set
from vetting_engine.sources._ofac_remarks import read_remarks
from vetting_engine.sources._snapshot import Draft, complete, make_entry

__all__ = ["PLUGIN", "OfacSdn"]

#: ``36,"AEROCARIBBEAN AIRLINES",-0- ,``: a number, a quoted name, and nulls as only OFAC writes them.
_FIRST_ROW = re.compile(rb'^[0-9]+,"[^"\r\n]*",(?:-0- |"[^"\r\n]*"),(?:[^\r\n]*,){7}-0- ')
_KINDS = MappingProxyType(
    {"individual": EntryKind.PERSON, "": EntryKind.ORGANISATION, "vessel": EntryKind.OTHER, "aircraft": EntryKind.OTHER}
)
_ALIAS_KINDS = MappingProxyType({"fka": EntryNameKind.FORMER})
#: What the columns between programme and remarks say, kept as notes.
_NOTES = ("Title", "Call sign", "Vessel type", "Tonnage", "Gross tonnage", "Flag", "Owner")


class OfacSdn:
    """Reads ``sdn.csv`` with its companions; ids are OFAC's entry numbers."""

    name = "ofac_sdn"
    title = "OFAC Specially Designated Nationals (CSV)"
    authority = OFAC

    def recognises(self, head: bytes, path: Path) -> bool:  # noqa: ARG002  # the name of a file never decides
        """Whether the first row is an SDN row: no header, twelve columns, OFAC's nulls."""
        return bool(_FIRST_ROW.match(head))

    def list_id(self, path: Path) -> str:  # noqa: ARG002  # there is one such list
        """The list's id."""
        return "ofac-sdn"

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
        draft = Draft(self.list_id(path), self.title, self.name, authority or self.authority)
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
        "birth_dates": distinct(remarks.birth_dates),
        "birthplaces": distinct(remarks.birthplaces),
        "gender": remarks.gender,
        "nationalities": distinct(remarks.nationalities),
        "countries": distinct(row[3] for row in files.companions["add.csv"][number] if row[3]),
        "identifiers": distinct(remarks.identifiers),
        "programme": programme.replace("] [", ", ").strip("[] ") or None,
        "notes": distinct(
            [*(f"{label}: {cell}" for label, cell in zip(_NOTES, cells[4:11], strict=True) if cell), *remarks.notes]
        ),
    }


def _names(names: Iterable[tuple[str, EntryNameKind]], *, person: bool) -> list[dict[str, Any]]:
    return names_of((speaking_order(text) if person else text, kind) for text, kind in names)


PLUGIN = OfacSdn()
