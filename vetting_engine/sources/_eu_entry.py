"""One ``sanctionEntity`` of the EU's list to one entry: everything stands in attributes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from types import MappingProxyType
from typing import Any

from vetting_engine.files.xml import Element
from vetting_engine.model.candidate import Identifier
from vetting_engine.model.date_parsing import parse_date
from vetting_engine.model.dates import Calendar, PartialDate, Precision
from vetting_engine.model.watchlist import EntryKind, EntryNameKind
from vetting_engine.sources._fields import MAX_IDENTIFIER, day, distinct, father, is_foreign, names_of, tidy
from vetting_engine.sources._xml import attribute, is_true

__all__ = ["fields"]

_KINDS = MappingProxyType({"P": EntryKind.PERSON, "E": EntryKind.ORGANISATION})
_GENDERS = MappingProxyType({"M": "male", "F": "female"})
_CALENDARS = MappingProxyType(
    {
        "": Calendar.GREGORIAN,
        "GREGORIAN": Calendar.GREGORIAN,
        "ISLAMIC": Calendar.ISLAMIC,
        "ETHIOPIC": Calendar.ETHIOPIAN,
    }
)
#: How the list writes a country nobody knows.
_UNKNOWN = frozenset({"", "00", "UNKNOWN"})
_NO = frozenset({"", "0"})
_ADDRESS = ("street", "poBox", "zipCode", "city", "place", "region", "countryDescription")
_PLACE = ("place", "city", "region", "countryDescription")
#: What an identification may be said to be; a false or lost document still identifies.
_FLAGS = ("diplomatic", "knownExpired", "knownFalse", "reportedLost", "revokedByIssuer")
_DETAILS = ("issuedBy", "issueDate", "validFrom", "validTo", "nameOnDocument", "region")
#: Elements read here.
_KNOWN = frozenset(
    {
        "remark", "additionalInformation", "regulation", "subjectType", "nameAlias", "citizenship", "birthdate",
        "address", "identification",
    }
)  # fmt: skip


def fields(element: Element, partly: Counter[str]) -> dict[str, Any]:
    """The fields of an entry; what was kept without being understood in full is counted in ``partly``."""
    partly.update(f"element.{child.tag}" for child in element if child.tag not in _KNOWN)
    subject = element.find("subjectType")
    kind = _KINDS.get("" if subject is None else attribute(subject, "classificationCode"))
    partly["kind"] += kind is None
    births = [date for item in element.iterfind("birthdate") if (date := _birth(item)) is not None]
    partly["birth_date"] += sum(not date.readings for date in births)
    regulation = element.find("regulation")
    basis = Element("regulation") if regulation is None else regulation
    documents, notes = _documents(element, partly)
    remarks = _remarks(element.iter("remark"))
    aliases = element.findall("nameAlias")
    return {
        "id": attribute(element, "euReferenceNumber") or attribute(element, "logicalId"),
        "kind": kind or EntryKind.OTHER,
        "names": _names(aliases),
        "birth_dates": distinct(births),
        "birthplaces": distinct(_joined(item, _PLACE) for item in element.iterfind("birthdate")),
        "father_name": father(*remarks),
        "gender": next((_GENDERS[said] for item in aliases if (said := attribute(item, "gender")) in _GENDERS), None),
        "nationalities": distinct(_country(item) for item in element.iterfind("citizenship")),
        "countries": distinct(_country(item) for item in element.iterfind("address")),
        "identifiers": documents,
        "programme": attribute(basis, "programme") or None,
        "listed_on": day(attribute(element, "designationDate")) or day(attribute(basis, "publicationDate")),
        "notes": distinct([*_said_of(element, basis), *_of_names(aliases), *remarks, *notes, *_addresses(element)]),
    }


def _names(aliases: Iterable[Element]) -> list[dict[str, Any]]:
    """A strong Latin name first, where there is one; names not marked strong are weak."""
    names: list[tuple[str, EntryNameKind]] = []
    for alias in aliases:
        parts = [attribute(alias, part) for part in ("firstName", "middleName", "lastName")]
        whole = attribute(alias, "wholeName") or " ".join(part for part in parts if part)
        strong = is_true(alias, "strong") or alias.get("strong") is None
        names.append((whole, EntryNameKind.ALIAS if strong else EntryNameKind.WEAK_ALIAS))
    names.sort(key=lambda name: (name[1] is EntryNameKind.WEAK_ALIAS, is_foreign(name[0])))
    return names_of(names)


def _birth(item: Element) -> PartialDate | None:
    """The date in the calendar it is declared in; Coptic and Buddhist ones are kept verbatim."""
    whole = attribute(item, "birthdate")
    year, month, of_month = (_number(item, name) for name in ("year", "monthOfYear", "dayOfMonth"))
    begin, end = _number(item, "yearRangeFrom"), _number(item, "yearRangeTo")
    if whole:
        said = whole[:10]
    elif year:
        said = "-".join([year.zfill(4), *(part.zfill(2) for part in ((month, of_month) if month else ()) if part)])
    elif begin or end:
        said = f"{begin} to {end}" if begin and end else begin or end
    else:
        return None
    if is_true(item, "circa"):
        said = f"circa {said}"
    name = attribute(item, "calendarType")
    calendar = _CALENDARS.get(name)
    if calendar is None:
        return PartialDate(verbatim=f"{said} ({name})", precision=Precision.UNKNOWN, calendar=Calendar.UNDECLARED)
    return parse_date(said, calendar)


def _documents(element: Element, partly: Counter[str]) -> tuple[tuple[Identifier, ...], list[str]]:
    found: list[Identifier] = []
    notes: list[str] = []
    for item in element.iterfind("identification"):
        kind = attribute(item, "identificationTypeDescription") or attribute(item, "identificationTypeCode")
        number = attribute(item, "number") or attribute(item, "latinNumber")
        flags = [name for name in _FLAGS if is_true(item, name)]
        details = [f"{name} {said}" for name in _DETAILS if (said := attribute(item, name))]
        if number and len(number) <= MAX_IDENTIFIER:
            found.append(Identifier(kind=kind[:60] or "document", value=number, country=_country(item) or None))
            number = ""
        elif number:
            partly["document"] += 1
        if number or flags or details:
            notes.append(" ".join([f"{kind}:", *([number] if number else []), *flags, *details]))
    return distinct(found), notes


def _said_of(element: Element, basis: Element) -> list[str]:
    said = [
        ("Designation", attribute(element, "designationDetails")),
        ("Delisted on", attribute(element, "delistingDate")),
        ("UN reference", attribute(element, "unitedNationId")),
        ("Regulation", f"{attribute(basis, 'numberTitle')} {attribute(basis, 'publicationDate')}".strip()),
    ]
    said += [
        (attribute(item, "key"), attribute(item, "value"))
        for tag in ("additionalInformation", "contactInfo")
        for item in element.iter(tag)
    ]
    return [f"{label}: {text}" for label, text in said if text]


def _of_names(aliases: Iterable[Element]) -> list[str]:
    labels = (("Title", "title"), ("Function", "function"))
    return [f"{label}: {text}" for alias in aliases for label, name in labels if (text := attribute(alias, name))]


def _addresses(element: Element) -> list[str]:
    return [f"Address: {said}" for item in element.iterfind("address") if (said := _joined(item, _ADDRESS))]


def _remarks(elements: Iterable[Element]) -> list[str]:
    return [said for element in elements if (said := tidy(element.text))]


def _joined(item: Element, names: Iterable[str]) -> str:
    return ", ".join(said for name in names if (said := attribute(item, name)) not in _UNKNOWN)


def _country(item: Element) -> str:
    said = attribute(item, "countryDescription")
    return said if said not in _UNKNOWN else attribute(item, "region")


def _number(item: Element, name: str) -> str:
    """A number as written; zero and nothing are the same."""
    said = attribute(item, name)
    return "" if said.lstrip("0") in _NO else said
