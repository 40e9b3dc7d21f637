"""What the United Kingdom's two lists share: one layout, read alike, under each list's own headers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

from vetting_engine.errors import Fault
from vetting_engine.model.watchlist import Authority, ListSnapshot
from vetting_engine.sources._authority_defaults import UNITED_KINGDOM
from vetting_engine.sources._entries import make_entries
from vetting_engine.sources._snapshot import Draft, complete
from vetting_engine.sources._uk_entry import items
from vetting_engine.sources._uk_rows import first_texts, read_uk_table

__all__ = ["UkList"]

#: Our columns without which a file is not whole, whichever of the two lists it is.
_NEEDED = ("id", "kind", "name_type", "name_6", "name_1", "birth_date", "nationality", "regime")


class UkList:
    """A list source over the shared layout.

    ``columns`` are our column → the headers it goes by, plain (small letters, no punctuation); ``heads`` are plain
    headers that together tell this list from any other; ``id`` is the list's id.
    """

    name: str
    title: str
    id: str
    columns: Mapping[str, Sequence[str]]
    heads: frozenset[str]
    authority = UNITED_KINGDOM

    def recognises(self, head: bytes, path: Path) -> bool:
        """Whether the first cells head this list."""
        return self.heads <= first_texts(head, path)

    def list_id(self, path: Path) -> str:  # noqa: ARG002  # there is one such list
        """The list's id."""
        return self.id

    def read(self, path: Path, authority: Authority | None = None) -> ListSnapshot:
        """The snapshot.

        Raises:
            ListError: any row cannot be read, has no id or no name; every fault is named.
        """
        table = read_uk_table(path, self.columns, _NEEDED)
        partly: Counter[str] = Counter()
        faults: list[Fault] = []
        entries = make_entries(items(table, partly, faults), faults)
        draft = Draft(self.list_id(path), self.title, self.name, authority or self.authority, table.published)
        return complete(draft, entries, [table.file], partly, faults)
