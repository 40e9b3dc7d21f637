"""OFAC's lists in the SDN.XML schema: the SDN list and the consolidated list of everything else."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from types import MappingProxyType
from typing import Any

from vetting_engine.errors import Fault, Location
from vetting_engine.files.reading import read_head
from vetting_engine.files.xml import Element
from vetting_engine.model.candidate import Identifier
from vetting_engine.model.watchlist import Authority, EntryKind, EntryNameKind, ListSnapshot
from vetting_engine.sources._authority_defaults import OFAC
from vetting_engine.sources._entries import make_entries
from vetting_engine.sources._fields import MAX_IDENTIFIER, day, distinct, gregorian, names_of
from vetting_engine.sources._ofac_remarks import DOCUMENT_KINDS
from vetting_engine.sources._snapshot import Draft, as_list_error, complete
from vetting_engine.sources._xml import read_root, text

__all__ = ["PLUGIN", "OfacSdnXml"]

#: The tag really is misspelt; a list that spells it rightly one day is taken as well.
_HEAD = re.compile(rb"<sdnList[\s>].*?<publi?shInformation[\s/>]", re.DOTALL)
#: Programmes of lists other than the SDN list; one file holds the SDN list or all the others.
_NOT_SDN = re.compile(rb"consolidated\.xsd|<program>(?:NS-PLC|CMIC-EO13959|FSE-(?:IR|SY)|561-Related)</program>")
_KINDS = MappingProxyType(
    {
        "individual": EntryKind.PERSON,
        "entity": EntryKind.ORGANISATION,
        "vessel": EntryKind.OTHER,
        "aircraft": EntryKind.OTHER,
    }
)
_ALIASES = MappingProxyType(
    {
        ("f.k.a.", "strong"): EntryNameKind.FORMER,
        ("f.k.a.", "weak"): EntryNameKind.WEAK_ALIAS,
        ("a.k.a.", "weak"): EntryNameKind.WEAK_ALIAS,
        ("n.k.a.", "weak"): EntryNameKind.WEAK_ALIAS,
        ("a.k.a.", "strong"): EntryNameKind.ALIAS,
        ("n.k.a.", "strong"): EntryNameKind.ALIAS,
    }
)
_ADDRESS = ("address1", "address2", "address3", "city", "stateOrProvince", "postalCode", "country")
_VESSEL = ("callSign", "vesselType", "vesselFlag", "vesselOwner", "tonnage", "grossRegisteredTonnage")
#: Elements read here, and those that say nothing about who is meant.
_KNOWN = frozenset(
    {
        "uid", "firstName", "lastName", "title", "sdnType", "remarks", "programList", "idList", "akaList",
        "addressList", "nationalityList", "citizenshipList", "dateOfBirthList", "placeOfBirthList", "vesselInfo",
    }
)  # fmt: skip


class OfacSdnXml:
    """Reads SDN.XML and CONSOLIDATED.XML in either namespace; ids are OFAC's entry numbers."""

    name = "ofac_sdn_xml"
    title = "OFAC Specially Designated Nationals and consolidated list (XML)"
    authority = OFAC

    def recognises(self, head: bytes, path: Path) -> bool:  # noqa: ARG002  # the name of a file never decides
        """Whether the root element is the list's, in whatever namespace."""
        return bool(_HEAD.search(head))

    def list_id(self, path: Path) -> str:
        """``ofac-sdn``, or ``ofac-consolidated`` for the lists beside it: the two differ only in what they hold."""
        with as_list_error():
            head = read_head(path)
        return "ofac-consolidated" if _NOT_SDN.search(head) else "ofac-sdn"

    def read(self, path: Path, authority: Authority | None = None) -> ListSnapshot:
        """The snapshot.

        Raises:
            ListError: damaged; an entry cannot be read; other than the number of entries it announces
                (``ofac.count_differs``), so that it was cut short.
        """
        file, root = read_root(path)
        head = next((element for element in root if element.tag in {"publshInformation", "publishInformation"}), root)
        elements = root.findall("sdnEntry")
        faults: list[Fault] = []
        announced = text(head, "Record_Count")
        if announced.isdigit() and int(announced) != len(elements):
            params: dict[str, str | int] = {"announced": int(announced), "found": len(elements)}
            faults.append(Fault("ofac.count_differs", Location(str(path)), params))
        partly: Counter[str] = Counter()
        entries = make_entries(_items(elements, str(path), partly), faults)
        published = day(text(head, "Publish_Date"), american=True)
        draft = Draft(self.list_id(path), self.title, self.name, authority or self.authority, published)
        return complete(draft, entries, [file], partly, faults)


def _items(elements: list[Element], file: str, partly: Counter[str]) -> Iterator[tuple[Location, dict[str, Any]]]:
    for position, element in enumerate(elements, start=1):
        partly.update(f"element.{child.tag}" for child in element if child.tag not in _KNOWN)
        yield Location(file, field=f"sdnEntry[{position}]"), _fields(element, partly)


def _fields(element: Element, partly: Counter[str]) -> dict[str, Any]:
    kind = _KINDS.get(text(element, "sdnType").lower())
    partly["kind"] += kind is None
    identifiers, gender, id_notes = _ids(element)
    births = [gregorian(text(item, "dateOfBirth")) for item in element.iterfind("dateOfBirthList/dateOfBirthItem")]
    partly["birth_date"] += sum(not birth.readings for birth in births)
    addresses = list(element.iterfind("addressList/address"))
    nationalities = [*element.iterfind("nationalityList/nationality"), *element.iterfind("citizenshipList/citizenship")]
    return {
        "id": text(element, "uid"),
        "kind": kind or EntryKind.OTHER,
        "names": _names(element, partly),
        "birth_dates": distinct(births),
        "birthplaces": distinct(
            text(item, "placeOfBirth") for item in element.iterfind("placeOfBirthList/placeOfBirthItem")
        ),
        "gender": gender,
        "nationalities": distinct(text(item, "country") for item in nationalities),
        "countries": distinct(text(item, "country") for item in addresses),
        "identifiers": identifiers,
        "programme": ", ".join(distinct(item.text for item in element.iterfind("programList/program"))) or None,
        "notes": distinct([*_labelled(element), *id_notes, *(_address(item) for item in addresses)]),
    }


def _names(element: Element, partly: Counter[str]) -> list[dict[str, Any]]:
    names = [(_spoken(element), EntryNameKind.PRIMARY)]
    for alias in element.iterfind("akaList/aka"):
        kind = _ALIASES.get((text(alias, "type").lower(), text(alias, "category").lower()))
        partly["alias_quality"] += kind is None
        names.append((_spoken(alias), kind or EntryNameKind.ALIAS))
    return names_of(names) if names[0][0] else []


def _spoken(element: Element) -> str:
    return f"{text(element, 'firstName')} {text(element, 'lastName')}".strip()


def _ids(element: Element) -> tuple[tuple[Identifier, ...], str | None, list[str]]:
    """Documents, the gender, and everything else OFAC files among the numbers, word for word."""
    documents: list[Identifier] = []
    notes: list[str] = []
    gender = None
    for item in element.iterfind("idList/id"):
        kind, number, country = text(item, "idType"), text(item, "idNumber"), text(item, "idCountry")
        if kind == "Gender":
            gender = number or None
        elif kind in DOCUMENT_KINDS and 0 < len(number) <= MAX_IDENTIFIER:
            documents.append(Identifier(kind=kind.removesuffix(" No."), value=number, country=country or None))
        else:
            dates = [f"{label} {said}" for label in ("issueDate", "expirationDate") if (said := text(item, label))]
            notes.append(" ".join(part for part in (kind, number, f"({country})" if country else "", *dates) if part))
    return distinct(documents), gender, notes


def _labelled(element: Element) -> list[str]:
    title, remarks = text(element, "title"), text(element, "remarks")
    vessel = element.find("vesselInfo")
    said = [] if vessel is None else [f"{tag}: {value}" for tag in _VESSEL if (value := text(vessel, tag))]
    return [f"Title: {title}" if title else "", remarks, *said]


def _address(item: Element) -> str:
    said = ", ".join(part for part in (text(item, tag) for tag in _ADDRESS) if part)
    return f"Address: {said}" if said else ""


PLUGIN = OfacSdnXml()
