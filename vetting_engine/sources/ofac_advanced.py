"""OFAC's lists in the advanced XML schema (SDN_ADVANCED.XML): names in parts and scripts, features by reference."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from vetting_engine.errors import Fault, ListError, Location
from vetting_engine.files.xml import Element
from vetting_engine.model.watchlist import Authority, ListSnapshot
from vetting_engine.sources._authority_defaults import OFAC
from vetting_engine.sources._entries import make_entries
from vetting_engine.sources._fields import distinct
from vetting_engine.sources._ofac_party import Listing, Party, fields, listing, party
from vetting_engine.sources._ofac_references import References
from vetting_engine.sources._snapshot import Draft, complete
from vetting_engine.sources._xml import read_elements

__all__ = ["PLUGIN", "OfacAdvanced"]

_HEAD = re.compile(
    rb"""<Sanctions\s[^>]*(?:un\.org/sanctions/1\.0|ADVANCED_XML)[^>]*>.*?<(?:DateOfIssue|ReferenceValueSets)[\s>]""",
    re.DOTALL,
)
_WANTED = frozenset(
    {"DateOfIssue", "ReferenceValueSets", "Location", "IDRegDocument", "DistinctParty", "SanctionsEntry"}
)


class OfacAdvanced:
    """One entry per party; ids are OFAC's entry numbers, as in its other formats."""

    name = "ofac_advanced"
    title = "OFAC Specially Designated Nationals (advanced XML)"
    authority = OFAC

    def recognises(self, head: bytes, path: Path) -> bool:  # noqa: ARG002  # the name of a file never decides
        """Whether the root element is the schema's."""
        return bool(_HEAD.search(head))

    def list_id(self, path: Path) -> str:  # noqa: ARG002  # the same list as in the other formats
        """The list's id."""
        return "ofac-sdn"

    def read(self, path: Path, authority: Authority | None = None) -> ListSnapshot:
        """The snapshot.

        Raises:
            ListError: damaged; a delta and no list (``ofac.delta``); a party refers to what is not there
                (``ofac.reference``); every fault is named.
        """
        file, elements = read_elements(path, _WANTED)
        root = next(elements)
        if root.get("DeltaBaseVersion"):
            raise ListError(Fault("ofac.delta", Location(str(path)), {"base": root.get("DeltaBaseVersion", "")}))
        partly: Counter[str] = Counter()
        references = References()
        parties, listings, published = _collect(elements, references, partly)
        faults = [
            Fault("ofac.reference", Location(str(path)), {"kind": kind, "id": number})
            for kind, number in sorted(references.missing)
        ]
        entries = make_entries(_items(parties, listings, str(path)), faults)
        draft = Draft(self.list_id(path), self.title, self.name, authority or self.authority, published)
        return complete(draft, entries, [file], partly, faults)


def _collect(
    elements: Iterator[Element], references: References, partly: Counter[str]
) -> tuple[list[Party], Mapping[str, Listing], date | None]:
    """Everything in the order of the file: values and places come before the parties, listings after them."""
    parties: list[Party] = []
    listings: dict[str, Listing] = {}
    published: date | None = None
    for element in elements:
        if element.tag == "DateOfIssue":
            published = references.whole_day(element)
        elif element.tag == "ReferenceValueSets":
            references.add_values(element)
        elif element.tag == "Location":
            references.add_location(element)
        elif element.tag == "IDRegDocument":
            references.add_document(element)
        elif element.tag == "DistinctParty":
            parties.append(party(element, references, partly))
        else:
            profile, said = listing(element, references)
            listings[profile] = listings[profile].also(said) if profile in listings else said
    return parties, listings, published


def _items(
    parties: list[Party], listings: Mapping[str, Listing], file: str
) -> Iterator[tuple[Location, dict[str, Any]]]:
    for position, one in enumerate(parties, start=1):
        found = [listings[profile] for profile in one.profiles if profile in listings]
        said = fields(one, found)
        said["notes"] = distinct(said["notes"])
        yield Location(file, field=f"DistinctParty[{position}]"), said


PLUGIN = OfacAdvanced()
