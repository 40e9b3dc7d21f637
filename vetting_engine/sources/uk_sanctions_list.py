"""The UK Sanctions List of the Foreign, Commonwealth and Development Office, as CSV (or a workbook of the same)."""

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

__all__ = ["PLUGIN", "UkSanctionsList"]

#: Our column → its headers, plain (small letters, no punctuation).
_COLUMNS = MappingProxyType(
    {
        "id": ("unique id",),
        "kind": ("designation type", "individual entity ship"),
        "name_type": ("name type",),
        "name_6": ("name 6",),
        "name_1": ("name 1",),
        "name_2": ("name 2",),
        "name_3": ("name 3",),
        "name_4": ("name 4",),
        "name_5": ("name 5",),
        "quality": ("alias strength",),
        "title": ("title",),
        "original_script": ("name non latin script",),
        "script": ("non latin script type",),
        "script_language": ("non latin script language",),
        "birth_date": ("d o b", "dob", "date of birth"),
        "town": ("town of birth",),
        "birth_country": ("country of birth",),
        "nationality": ("nationality ies", "nationality"),
        "passport": ("passport number",),
        "passport_details": ("passport additional information",),
        "national_id": ("national identifier number",),
        "national_id_details": ("national identifier additional information",),
        "position": ("position",),
        "gender": ("gender",),
        "address_1": ("address line 1",),
        "address_2": ("address line 2",),
        "address_3": ("address line 3",),
        "address_4": ("address line 4",),
        "address_5": ("address line 5",),
        "address_6": ("address line 6",),
        "post_code": ("address postal code",),
        "country": ("address country",),
        "other": ("other information",),
        "reasons": ("uk statement of reasons",),
        "regime": ("regime name", "regime"),
        "listed_on": ("date designated",),
        "last_updated": ("last updated",),
    }
)
_NEEDED = ("id", "kind", "name_type", "name_6", "name_1", "birth_date", "nationality", "regime")


class UkSanctionsList:
    """One entry per Unique ID."""

    name = "uk_sanctions_list"
    title = "UK Sanctions List"
    authority = UNITED_KINGDOM

    def recognises(self, head: bytes, path: Path) -> bool:
        """Whether the first cells head this list."""
        return {"name 6", "unique id", "name type"} <= first_texts(head, path)

    def list_id(self, path: Path) -> str:  # noqa: ARG002  # there is one such list
        """The list's id."""
        return "uk-sanctions-list"

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


PLUGIN = UkSanctionsList()
