"""A ``DistinctParty`` of the advanced schema to the fields of an entry."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any

from vetting_engine.files.xml import Element
from vetting_engine.model.candidate import Identifier
from vetting_engine.model.dates import PartialDate
from vetting_engine.model.watchlist import EntryKind, EntryNameKind
from vetting_engine.sources._fields import distinct, names_of, tidy
from vetting_engine.sources._ofac_references import References
from vetting_engine.sources._xml import attribute, is_true, text

__all__ = ["Listing", "Party", "fields", "listing", "party"]

_KINDS = MappingProxyType(
    {"Individual": EntryKind.PERSON, "Entity": EntryKind.ORGANISATION, "Transport": EntryKind.OTHER}
)
_ALIASES = MappingProxyType({"F.K.A.": EntryNameKind.FORMER})
#: In the order a name is spoken; parts of other kinds follow as written.
_SPOKEN = ("First Name", "Middle Name", "Patronymic", "Matronymic", "Maiden Name", "Last Name")
_PRIMARY_ALIAS = "Name"


@dataclass(frozen=True, slots=True)
class Listing:
    """When a party was listed, under which programmes, on which lists."""

    listed_on: date | None
    programmes: tuple[str, ...]
    lists: tuple[str, ...]

    def also(self, other: Listing) -> Listing:
        """Both together: the earlier day, all programmes and lists."""
        days = [day for day in (self.listed_on, other.listed_on) if day is not None]
        return Listing(
            min(days, default=None),
            distinct([*self.programmes, *other.programmes]),
            distinct([*self.lists, *other.lists]),
        )


@dataclass(frozen=True, slots=True)
class Party:
    """What a party's element says, without its listings: they stand at the end of the file."""

    id: str
    profiles: tuple[str, ...]
    kind: EntryKind
    names: tuple[tuple[str, EntryNameKind], ...]
    birth_dates: tuple[PartialDate, ...]
    places: Mapping[str, tuple[str, ...]]
    gender: str | None
    identifiers: tuple[Identifier, ...]
    notes: tuple[str, ...]


def party(element: Element, references: References, partly: Counter[str]) -> Party:
    """Read one party; what is not understood goes to the notes and is counted in ``partly``."""
    profiles = element.findall("Profile")
    names: list[tuple[str, EntryNameKind]] = []
    identifiers: list[Identifier] = []
    notes = [tidy(item.text) for item in element.iter("Comment")]
    for identity in element.iterfind("Profile/Identity"):
        names += _names(identity, references, partly)
        number = attribute(identity, "ID")
        identifiers += references.documents.get(number, [])
        notes += references.document_notes.get(number, [])
    features = _Features(references, partly)
    for feature in element.iterfind("Profile/Feature"):
        features.add(feature)
    said = [references.party_type(attribute(profile, "PartySubTypeID")) for profile in profiles]
    kind = _KINDS.get(said[0] if said else "")
    partly["kind"] += kind is None
    return Party(
        id=attribute(element, "FixedRef"),
        profiles=tuple(attribute(profile, "ID") for profile in profiles),
        kind=kind or EntryKind.OTHER,
        names=tuple(sorted(names, key=lambda name: name[1] is not EntryNameKind.PRIMARY)),
        birth_dates=distinct(features.births),
        places={name: distinct(texts) for name, texts in features.places.items()},
        gender=features.gender,
        identifiers=distinct(identifiers),
        notes=distinct([*notes, *features.notes]),
    )


def listing(element: Element, references: References) -> tuple[str, Listing]:
    """A ``SanctionsEntry``: the profile it is about, and the listing."""
    days = [references.whole_day(item) for item in element.iterfind("EntryEvent/Date")]
    programmes = [
        text(measure, "Comment")
        for measure in element.iterfind("SanctionsMeasure")
        if references.word("SanctionsType", measure.get("SanctionsTypeID")) == "Program"
    ]
    said = Listing(
        min((day for day in days if day is not None), default=None),
        distinct(programmes),
        distinct([references.word("List", element.get("ListID"))]),
    )
    return attribute(element, "ProfileID"), said


def fields(one: Party, listings: Sequence[Listing]) -> dict[str, Any]:
    """The fields of an entry: the party with its listings."""
    together = listings[0] if listings else Listing(None, (), ())
    for other in listings[1:]:
        together = together.also(other)
    return {
        "id": one.id,
        "kind": one.kind,
        "names": names_of(one.names),
        "birth_dates": one.birth_dates,
        "birthplaces": one.places.get("Place of Birth", ()),
        "gender": one.gender,
        "nationalities": distinct(
            [*one.places.get("Nationality Country", ()), *one.places.get("Citizenship Country", ())]
        ),
        "countries": one.places.get("Location", ()),
        "identifiers": one.identifiers,
        "programme": ", ".join(together.programmes) or None,
        "listed_on": together.listed_on,
        "notes": [*(f"List: {name}" for name in together.lists), *one.notes],
    }


def _names(identity: Element, references: References, partly: Counter[str]) -> Iterator[tuple[str, EntryNameKind]]:
    """Every documented name of an identity, in speaking order; a spelling in another script is one of its own."""
    groups = {attribute(group, "ID"): attribute(group, "NamePartTypeID") for group in identity.iter("NamePartGroup")}
    main = is_true(identity, "Primary")
    for alias in identity.iterfind("Alias"):
        said = references.word("AliasType", alias.get("AliasTypeID"))
        kind = _ALIASES.get(said, EntryNameKind.ALIAS)
        if main and (is_true(alias, "Primary") or said == _PRIMARY_ALIAS):
            kind = EntryNameKind.PRIMARY
        elif is_true(alias, "LowQuality"):
            kind = EntryNameKind.WEAK_ALIAS
        for name in alias.iterfind("DocumentedName"):
            latin = True
            parts: list[tuple[str, str]] = []
            for value in name.iterfind("DocumentedNamePart/NamePartValue"):
                number = groups.get(attribute(value, "NamePartGroupID"))
                partly["name_part"] += number is None
                parts.append((references.word("NamePartType", number), tidy(value.text)))
                latin = latin and references.word("Script", value.get("ScriptID")) in {"Latin", ""}
            yield _spoken(parts), kind if latin or kind is EntryNameKind.WEAK_ALIAS else EntryNameKind.ORIGINAL_SCRIPT


def _spoken(parts: Sequence[tuple[str, str]]) -> str:
    ordered = sorted(parts, key=lambda part: _SPOKEN.index(part[0]) if part[0] in _SPOKEN else len(_SPOKEN))
    return " ".join(value for _, value in ordered)


class _Features:
    """Birth dates, places and gender; every other feature is a note under its own name."""

    def __init__(self, references: References, partly: Counter[str]) -> None:
        self._references = references
        self._partly = partly
        self.births: list[PartialDate] = []
        self.places: dict[str, list[str]] = {}
        self.gender: str | None = None
        self.notes: list[str] = []

    def add(self, feature: Element) -> None:
        """Take one feature, all versions of it."""
        kind = self._references.word("FeatureType", feature.get("FeatureTypeID"))
        for version in feature.iterfind("FeatureVersion"):
            if kind == "Birthdate":
                self._add_births(version)
                continue
            details = self._details(version)
            places = [
                self._references.place(attribute(item, "LocationID")) for item in version.iterfind("VersionLocation")
            ]
            if kind == "Gender":
                self.gender = next(iter(details), None)
            elif kind in {"Nationality Country", "Citizenship Country"}:
                self.places.setdefault(kind, []).extend(country or said for said, country in places)
            elif kind == "Location":
                self.places.setdefault(kind, []).extend(country for _, country in places)
                self.notes += [f"Address: {said}" for said, _ in places if said]
            elif kind == "Place of Birth":
                self.places.setdefault(kind, []).extend([*(said for said, _ in places), *details])
            else:
                self.notes += [f"{kind}: {said}" for said in [*details, *(said for said, _ in places)] if said]

    def _add_births(self, version: Element) -> None:
        births = [self._references.period(period) for period in version.iterfind("DatePeriod")]
        self._partly["birth_date"] += sum(not birth.readings for birth in births)
        self.births += births

    def _details(self, version: Element) -> list[str]:
        found = []
        for detail in version.iterfind("VersionDetail"):
            said = tidy(detail.text) or self._references.word("DetailReference", detail.get("DetailReferenceID"))
            found += [said] if said else []
        return found
