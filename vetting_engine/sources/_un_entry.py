"""One element of the UN list to one entry: every field the list gives, and what was only partly understood."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any

from vetting_engine.files.xml import Element
from vetting_engine.model.candidate import Identifier
from vetting_engine.model.date_parsing import parse_date
from vetting_engine.model.dates import Calendar, PartialDate
from vetting_engine.model.watchlist import EntryKind, EntryNameKind
from vetting_engine.sources._un_names import Names, entity_names, person_alias, person_primary

__all__ = ["Understood", "entity", "individual"]

_NAME_FIELDS = ("FIRST_NAME", "SECOND_NAME", "THIRD_NAME", "FOURTH_NAME")
#: How the list grades an alias; people have Good and Low, entities a.k.a. and f.k.a.
_QUALITIES = MappingProxyType(
    {
        "Good": EntryNameKind.ALIAS,
        "Low": EntryNameKind.WEAK_ALIAS,
        "a.k.a.": EntryNameKind.ALIAS,
        "f.k.a.": EntryNameKind.FORMER,
    }
)
#: Elements read here, and those that say nothing about who is meant.
_KNOWN = frozenset(
    {
        *_NAME_FIELDS, "DATAID", "VERSIONNUM", "UN_LIST_TYPE", "REFERENCE_NUMBER", "LISTED_ON", "GENDER",
        "SUBMITTED_BY", "NAME_ORIGINAL_SCRIPT", "COMMENTS1", "TITLE", "DESIGNATION", "NATIONALITY", "NATIONALITY2",
        "LIST_TYPE", "LAST_DAY_UPDATED", "INDIVIDUAL_ALIAS", "INDIVIDUAL_ADDRESS", "INDIVIDUAL_DATE_OF_BIRTH",
        "INDIVIDUAL_PLACE_OF_BIRTH", "INDIVIDUAL_DOCUMENT", "ENTITY_ALIAS", "ENTITY_ADDRESS", "SORT_KEY",
        "SORT_KEY_LAST_MOD", "DELISTED_ON",
    }
)  # fmt: skip
_PLACE = ("STREET", "CITY", "STATE_PROVINCE", "COUNTRY")
_FATHER = re.compile(r"[Ff]ather[’']s name(?::| is| was)\s+([^.;,()\[]{2,100})")
#: A birth date told in an alias's sentence: "born 1 Jan. 1953", "DOB: 1948", "(DPOB - 1970)".
_TOLD_DATE = r"((?:[0-9]{1,2} )?(?:[A-Z][a-z]{2,8}\.? ?)?[0-9]{4})"
_BORN = re.compile(rf"(?:[Bb]orn(?: in| on| [a-z ]{{0,30}}on)?|DP?OB) ?[:-]? ?(?:[A-Z][a-z]+ on )?{_TOLD_DATE}")
_ENUMERATED_BIRTH = re.compile(rf"[a-h]\) {_TOLD_DATE}(?= [a-h]\)|\.)")


@dataclass(frozen=True, slots=True)
class Understood:
    """The fields of an entry, and how often something was kept without being understood in full."""

    fields: dict[str, Any]
    partly: Counter[str]


def individual(element: Element) -> Understood:
    """A person."""
    names = Names()
    person_primary(names, [_text(element, name) for name in _NAME_FIELDS])
    names.add(_text(element, "NAME_ORIGINAL_SCRIPT"), EntryNameKind.ORIGINAL_SCRIPT)
    aliases = element.findall("INDIVIDUAL_ALIAS")
    for alias in aliases:
        person_alias(names, _text(alias, "ALIAS_NAME"), _text(alias, "NOTE"), _quality(alias, names.partly))
    listed_on = _day(_text(element, "LISTED_ON"))
    births = [_birth_date(item, listed_on) for item in element.findall("INDIVIDUAL_DATE_OF_BIRTH")]
    births += [birth for alias in aliases for birth in _alias_births(alias)]
    dates = [parse_date(text, Calendar.GREGORIAN, reference=listed_on) for text in births if text]
    names.partly["birth_date"] += sum(not birth.readings for birth in dates)
    identifiers, document_notes = _documents(element, names.partly)
    comments = _text(element, "COMMENTS1")
    fathers = [*(match.strip() for match in _FATHER.findall(comments)), *names.fathers]
    places = [*element.findall("INDIVIDUAL_PLACE_OF_BIRTH"), *(_alias_place(alias) for alias in aliases)]
    return Understood(
        {
            **_common(element, names, EntryKind.PERSON, listed_on),
            "birth_dates": _distinct_dates(dates),
            "birthplaces": _distinct(_place(place) for place in places),
            "father_name": fathers[0] if fathers else None,
            "gender": _text(element, "GENDER") or None,
            "nationalities": _distinct(
                [*_values(element, "NATIONALITY"), *(item.text or "" for item in element.findall("NATIONALITY2"))]
            ),
            "countries": _distinct(_text(item, "COUNTRY") for item in element.findall("INDIVIDUAL_ADDRESS")),
            "identifiers": identifiers,
            "notes": _distinct(
                [
                    *_values(element, "TITLE"),
                    *_values(element, "DESIGNATION"),
                    *_notes(element),
                    *names.notes,
                    *document_notes,
                    *_remarks(element, ("INDIVIDUAL_DATE_OF_BIRTH", "INDIVIDUAL_PLACE_OF_BIRTH", "INDIVIDUAL_ADDRESS")),
                ]
            ),
        },
        names.partly,
    )


def entity(element: Element) -> Understood:
    """A body: a group, company or undertaking."""
    names = Names()
    entity_names(names, _text(element, "FIRST_NAME"), EntryNameKind.PRIMARY)
    names.add(_text(element, "NAME_ORIGINAL_SCRIPT"), EntryNameKind.ORIGINAL_SCRIPT)
    for alias in element.findall("ENTITY_ALIAS"):
        text = _text(alias, "ALIAS_NAME")
        if text:
            entity_names(names, text, _quality(alias, names.partly))
    return Understood(
        {
            **_common(element, names, EntryKind.ORGANISATION, _day(_text(element, "LISTED_ON"))),
            "countries": _distinct(_text(item, "COUNTRY") for item in element.findall("ENTITY_ADDRESS")),
            "notes": _distinct([*_notes(element), *_remarks(element, ("ENTITY_ALIAS", "ENTITY_ADDRESS"))]),
        },
        names.partly,
    )


def _common(element: Element, names: Names, kind: EntryKind, listed_on: date | None) -> dict[str, Any]:
    for child in element:
        if child.tag not in _KNOWN:
            names.partly[f"element.{child.tag}"] += 1
    return {
        "id": _text(element, "REFERENCE_NUMBER"),
        "kind": kind,
        "names": [{"text": text, "kind": kind} for text, kind in names.names.items()],
        "programme": _text(element, "UN_LIST_TYPE") or None,
        "listed_on": listed_on,
    }


def _quality(alias: Element, partly: Counter[str]) -> EntryNameKind:
    quality = _text(alias, "QUALITY")
    if quality and quality not in _QUALITIES:
        partly["alias_quality"] += 1
    return _QUALITIES.get(quality, EntryNameKind.ALIAS)


def _birth_date(item: Element, listed_on: date | None) -> str:
    """What the list says about a birth date, in words ``parse_date`` reads."""
    kind, note = _text(item, "TYPE_OF_DATE"), _text(item, "NOTE")
    about = "approximately " if kind.startswith("APPROX") or note.lower().startswith("approx") else ""
    begin, end = _text(item, "FROM_YEAR"), _text(item, "TO_YEAR")
    if begin or end:
        return about + (f"between {begin} and {end}" if begin and end else begin or end)
    said = _text(item, "DATE") or _text(item, "YEAR")
    if not said:
        return note
    # A note of one word beside a year is its month: YEAR 1958, NOTE "Sep."
    with_month = parse_date(f"{note} {said}", reference=listed_on)
    return f"{note} {said}" if note and not about and with_month.readings else about + said


def _alias_births(alias: Element) -> list[str]:
    text = f"{_text(alias, 'ALIAS_NAME')} {_text(alias, 'NOTE')}"
    told = _BORN.findall(text)
    if "DOB" in text:
        told += _ENUMERATED_BIRTH.findall(text)
    return [_text(alias, "DATE_OF_BIRTH"), *told]


def _alias_place(alias: Element) -> Element:
    place = Element("PLACE")
    for source, target in (("CITY_OF_BIRTH", "CITY"), ("COUNTRY_OF_BIRTH", "COUNTRY")):
        part = Element(target)
        part.text = _text(alias, source)
        place.append(part)
    return place


def _documents(element: Element, partly: Counter[str]) -> tuple[tuple[Identifier, ...], list[str]]:
    found: list[Identifier] = []
    notes: list[str] = []
    for item in element.findall("INDIVIDUAL_DOCUMENT"):
        kind = (_text(item, "TYPE_OF_DOCUMENT2") or _text(item, "TYPE_OF_DOCUMENT")).rstrip(":")
        number, note = _text(item, "NUMBER"), _text(item, "NOTE")
        country = _text(item, "ISSUING_COUNTRY") or _text(item, "COUNTRY_OF_ISSUE")
        if number and len(number) <= 100 and len(kind) <= 60:  # noqa: PLR2004  # bounds of Identifier
            found.append(Identifier(kind=kind or "document", value=number, country=country or None))
        elif number or note:
            partly["document"] += 1
        notes += [f"{kind}: {rest}" if kind else rest for rest in (note, number if len(number) > 100 else "") if rest]  # noqa: PLR2004
    return tuple(dict.fromkeys(found)), notes


def _notes(element: Element) -> list[str]:
    delisted = _text(element, "DELISTED_ON")
    submitted = _text(element, "SUBMITTED_BY")
    return [
        _text(element, "COMMENTS1"),
        f"Delisted on {delisted}" if delisted else "",
        f"Submitted by {submitted}" if submitted else "",
    ]


def _remarks(element: Element, tags: Iterable[str]) -> list[str]:
    return [_text(item, "NOTE") for tag in tags for item in element.findall(tag)]


def _values(element: Element, tag: str) -> list[str]:
    return [" ".join((value.text or "").split()) for item in element.findall(tag) for value in item.findall("VALUE")]


def _place(item: Element) -> str:
    return ", ".join(part for part in (_text(item, tag) for tag in _PLACE) if part)


def _text(element: Element, tag: str) -> str:
    return " ".join((element.findtext(tag) or "").split())


def _day(text: str) -> date | None:
    """The day of ``2012-12-31`` or ``2012-12-31-05:00``; None for anything else."""
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None


def _distinct(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(tidy for text in texts if (tidy := " ".join(text.split()))))


def _distinct_dates(dates: Iterable[PartialDate]) -> tuple[PartialDate, ...]:
    """The first date of each meaning: alias fields repeat the birth dates of the entry."""
    seen: dict[object, PartialDate] = {}
    for birth in dates:
        seen.setdefault((birth.readings, birth.precision) if birth.readings else birth.verbatim, birth)
    return tuple(seen.values())
