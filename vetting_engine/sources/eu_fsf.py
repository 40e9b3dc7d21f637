"""The European Union's consolidated list of financial sanctions (FSF), XML in its schema 1.1."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from vetting_engine.errors import Fault, Location
from vetting_engine.files.xml import Element
from vetting_engine.model.watchlist import Authority, ListSnapshot
from vetting_engine.sources import _eu_entry
from vetting_engine.sources._authority_defaults import EUROPEAN_UNION
from vetting_engine.sources._entries import make_entries
from vetting_engine.sources._fields import day
from vetting_engine.sources._snapshot import Draft, complete
from vetting_engine.sources._xml import attribute, read_elements

__all__ = ["PLUGIN", "EuFsf"]

_HEAD = re.compile(rb"""<(?:[A-Za-z0-9]+:)?export\s[^>]*["']http://eu\.europa\.ec/fpi/fsd/export["']""")
_ENTITY = "sanctionEntity"


class EuFsf:
    """Ids are the EU's reference numbers (``EU.1234.56``), or logical ids where an entry has none."""

    name = "eu_fsf"
    title = "European Union consolidated list of financial sanctions"
    authority = EUROPEAN_UNION

    def recognises(self, head: bytes, path: Path) -> bool:  # noqa: ARG002  # the name of a file never decides
        """Whether the root element is in the list's namespace."""
        return bool(_HEAD.search(head))

    def list_id(self, path: Path) -> str:  # noqa: ARG002  # there is one such list
        """The list's id."""
        return "eu-fsf"

    def read(self, path: Path, authority: Authority | None = None) -> ListSnapshot:
        """The snapshot.

        Raises:
            ListError: damaged, or any entry cannot be read; every fault is named.
        """
        file, elements = read_elements(path, frozenset({_ENTITY}))
        root = next(elements)
        partly: Counter[str] = Counter()
        faults: list[Fault] = []
        entries = make_entries(_items(elements, str(path), partly), faults)
        published: date | None = day(attribute(root, "generationDate"))
        draft = Draft(self.list_id(path), self.title, self.name, authority or self.authority, published)
        return complete(draft, entries, [file], partly, faults)


def _items(
    elements: Iterator[Element], file: str, partly: Counter[str]
) -> Iterator[tuple[Location, dict[str, object]]]:
    for position, element in enumerate(elements, start=1):
        yield Location(file, field=f"{_ENTITY}[{position}]"), _eu_entry.fields(element, partly)


PLUGIN = EuFsf()
