"""The United Kingdom's consolidated list of financial sanctions targets (OFSI), as CSV or workbook."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from types import MappingProxyType

from vetting_engine.errors import Fault
from vetting_engine.model.watchlist import Authority, ListSnapshot
from vetting_engine.sources._authority_defaults import UNITED_KINGDOM
from vetting_engine.sources._entries import make_entries
from vetting_engine.sources._snapshot import Draft, complete
from vetting_engine.sources._uk_entry import items
from vetting_engine.sources._uk_rows import first_texts, read_uk_table

__all__ = ["PLUGIN", "UkOfsi"]

#: Our column → its header, plain (small letters, no punctuation).
_COLUMNS = MappingProxyType(
    {
        "id": ("group id",),
        "kind": ("group type",),
        "name_type": ("alias type",),
        "name_6": ("name 6",),
        "name_1": ("name 1",),
        "name_2": ("name 2",),
        "name_3": ("name 3",),
        "name_4": ("name 4",),
        "name_5": ("name 5",),
        "quality": ("alias quality",),
        "title": ("title",),
        "original_script": ("name non latin script",),
        "script": ("non latin script type",),
        "script_language": ("non latin script language",),
        "birth_date": ("dob",),
        "town": ("town of birth",),
        "birth_country": ("country of birth",),
        "nationality": ("nationality",),
        "passport": ("passport number",),
        "passport_details": ("passport details",),
        "national_id": ("national identification number", "ni number"),
        "national_id_details": ("national identification details", "ni details"),
        "position": ("position",),
        "address_1": ("address 1",),
        "address_2": ("address 2",),
        "address_3": ("address 3",),
        "address_4": ("address 4",),
        "address_5": ("address 5",),
        "address_6": ("address 6",),
        "post_code": ("post zip code",),
        "country": ("country",),
        "other": ("other information",),
        "regime": ("regime",),
        "listed_on": ("listed on",),
        "last_updated": ("last updated",),
    }
)
_NEEDED = ("id", "kind", "name_type", "name_6", "name_1", "birth_date", "nationality", "regime")


class UkOfsi:
    """One entry per Group ID; the list ended in January 2026, its copies are still in use."""

    name = "uk_ofsi"
    title = "United Kingdom OFSI consolidated list of financial sanctions targets"
    authority = UNITED_KINGDOM

    def recognises(self, head: bytes, path: Path) -> bool:
        """Whether the first cells head this list."""
        return {"name 6", "group id", "group type", "alias type"} <= first_texts(head, path)

    def list_id(self, path: Path) -> str:  # noqa: ARG002  # there is one such list
        """The list's id."""
        return "uk-ofsi"

    def read(self, path: Path, authority: Authority | None = None) -> ListSnapshot:
        """The snapshot.

        Raises:
            ListError: any row cannot be read, has no id or no name; every fault is named.
        """
        table = read_uk_table(path, _COLUMNS, _NEEDED)
        partly: Counter[str] = Counter()
        faults: list[Fault] = []
        entries = make_entries(items(table, partly, faults), faults)
        draft = Draft(self.list_id(path), self.title, self.name, authority or self.authority, table.published)
        return complete(draft, entries, [table.file], partly, faults)


PLUGIN = UkOfsi()
