"""The United Nations Security Council Consolidated List, XML as published by the UN."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from pathlib import Path

from vetting_engine.errors import Fault, ListError, Location
from vetting_engine.files.reading import read_bytes
from vetting_engine.files.xml import Element, parse
from vetting_engine.model.watchlist import Authority, ListSnapshot, WatchlistEntry
from vetting_engine.sources import _un_entry
from vetting_engine.sources._authority_defaults import UNITED_NATIONS
from vetting_engine.sources._snapshot import Draft, ListFile, as_list_error, complete, make_entry

__all__ = ["PLUGIN", "UnConsolidated"]

_ROOT = "CONSOLIDATED_LIST"
_ROOT_START = re.compile(rb"<CONSOLIDATED_LIST[\s>]")
_SECTIONS = (
    ("INDIVIDUALS", "INDIVIDUAL", _un_entry.individual),
    ("ENTITIES", "ENTITY", _un_entry.entity),
)


class UnConsolidated:
    """Reads the list whole: an entry that cannot be read, or a missing section, refuses the list."""

    name = "un_consolidated"
    title = "United Nations Security Council Consolidated List"
    authority = UNITED_NATIONS

    def recognises(self, head: bytes, path: Path) -> bool:  # noqa: ARG002  # the name of a file never decides
        """Whether the root element is the list's."""
        return bool(_ROOT_START.search(head))

    def list_id(self, path: Path) -> str:  # noqa: ARG002  # there is one such list
        """The list's id."""
        return "un-consolidated"

    def read(self, path: Path, authority: Authority | None = None) -> ListSnapshot:
        """The snapshot; ids are the reference numbers (``QDi.001``).

        Raises:
            ListError: the file is damaged, or any entry cannot be read; every fault is named.
        """
        with as_list_error():
            data = read_bytes(path)
            root = parse(data, str(path))
        faults: list[Fault] = []
        partly: Counter[str] = Counter()
        entries = _entries(root, str(path), partly, faults)
        draft = Draft(self.list_id(path), self.title, self.name, authority or self.authority, _published(root))
        return complete(draft, entries, [ListFile(path, data)], partly, faults)


def _entries(root: Element, file: str, partly: Counter[str], faults: list[Fault]) -> list[WatchlistEntry]:
    if root.tag != _ROOT:
        faults.append(Fault("un.not_the_list", Location(file), {"root": str(root.tag)}))
        return []
    entries: list[WatchlistEntry] = []
    for section, tag, understand in _SECTIONS:
        holder = root.find(section)
        if holder is None:
            faults.append(Fault("un.section_missing", Location(file), {"section": section}))
            continue
        for position, element in enumerate(holder.findall(tag), start=1):
            at = Location(file, field=f"{section}/{tag}[{position}]")
            understood = understand(element)
            partly.update(understood.partly)
            missing = [name for name in ("id", "names") if not understood.fields[name]]
            if missing:
                faults += [Fault("un.entry_incomplete", at, {"missing": name}) for name in missing]
                continue
            try:
                entries.append(make_entry(understood.fields, at))
            except ListError as error:
                faults += error.faults
    return entries


def _published(root: Element) -> date | None:
    try:
        return date.fromisoformat(root.get("dateGenerated", "")[:10])
    except ValueError:
        return None


PLUGIN = UnConsolidated()
