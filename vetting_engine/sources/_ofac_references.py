"""What the advanced schema refers to by number: words, countries, places and documents."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from vetting_engine.files.xml import Element
from vetting_engine.model.candidate import Identifier
from vetting_engine.model.dates import Calendar, DateSpan, PartialDate, Precision
from vetting_engine.sources._fields import MAX_IDENTIFIER, tidy
from vetting_engine.sources._xml import attribute, is_true, text

__all__ = ["References"]

_FULL_YEAR = ((1, 1), (12, 31))


@dataclass(slots=True)
class References:
    """Values by kind and number. Asking for one that is not there is remembered in ``missing``."""

    values: dict[tuple[str, str], str] = field(default_factory=dict)
    party_types: dict[str, str] = field(default_factory=dict)
    places: dict[str, tuple[str, str]] = field(default_factory=dict)
    documents: dict[str, list[Identifier]] = field(default_factory=dict)
    document_notes: dict[str, list[str]] = field(default_factory=dict)
    missing: set[tuple[str, str]] = field(default_factory=set)

    def add_values(self, element: Element) -> None:
        """``ReferenceValueSets``: every value by its tag and number."""
        for values in element:
            for value in values:
                number = attribute(value, "ID")
                self.values[str(value.tag), number] = tidy(value.text)
                if value.tag == "PartySubType":
                    self.party_types[number] = attribute(value, "PartyTypeID")

    def word(self, kind: str, number: str | None) -> str:
        """The value of a kind with a number; empty, and remembered, where there is none."""
        if not number:
            return ""
        said = self.values.get((kind, number))
        if said is None:
            self.missing.add((kind, number))
        return said or ""

    def party_type(self, sub_type: str) -> str:
        """``Individual``, ``Entity`` or ``Transport`` of a party's sub-type."""
        number = self.party_types.get(sub_type)
        if number is None:
            self.missing.add(("PartySubType", sub_type))
        return self.word("PartyType", number)

    def add_location(self, element: Element) -> None:
        """A place: its parts in order, and its country."""
        parts = [
            said
            for part in element.iterfind("LocationPart")
            for value in part.iterfind("LocationPartValue")
            if (said := text(value, "Value"))
        ]
        country = next(
            (self.word("Country", item.get("CountryID")) for item in element.iterfind("LocationCountry")), ""
        )
        self.places[attribute(element, "ID")] = (", ".join([*parts, *([country] if country else [])]), country)

    def place(self, number: str) -> tuple[str, str]:
        """A place in words, and its country."""
        if number not in self.places:
            self.missing.add(("Location", number))
        return self.places.get(number, ("", ""))

    def add_document(self, element: Element) -> None:
        """A document, kept by the identity it belongs to; one that is no short number goes to the notes."""
        identity = attribute(element, "IdentityID")
        kind = self.word("IDRegDocType", element.get("IDRegDocTypeID"))
        number = text(element, "IDRegistrationNo")
        country = self.word("Country", element.get("IssuedBy-CountryID"))
        comment = text(element, "Comment")
        if 0 < len(number) <= MAX_IDENTIFIER:
            found = Identifier(kind=kind.removesuffix(" No.")[:60] or "document", value=number, country=country or None)
            self.documents.setdefault(identity, []).append(found)
            number = ""
        if number or comment:
            said = " ".join(part for part in (f"{kind}:", number, comment) if part)
            self.document_notes.setdefault(identity, []).append(said)

    def whole_day(self, element: Element | None) -> date | None:
        """The day of an element with year, month and day; None for an incomplete or impossible one."""
        if element is None:
            return None
        try:
            return date(*(int(text(element, tag)) for tag in ("Year", "Month", "Day")))
        except ValueError:
            return None

    def period(self, element: Element) -> PartialDate:
        """A ``DatePeriod``: from the first day it may begin to the last it may end.

        In another calendar, or impossible, it is kept as its numbers.
        """
        points = [point for tag in ("Start/From", "Start/To", "End/From", "End/To") for point in element.iterfind(tag)]
        days = [self.whole_day(point) for point in points]
        known = [point for point in days if point is not None]
        calendar = self.word("CalendarType", element.get("CalendarTypeID"))
        verbatim = " to ".join(
            dict.fromkeys("-".join(text(point, tag) for tag in ("Year", "Month", "Day")) for point in points)
        )
        if not known or len(known) < len(days) or min(known) > max(known) or calendar not in {"", "Gregorian"}:
            return PartialDate(verbatim=verbatim, precision=Precision.UNKNOWN, calendar=Calendar.UNDECLARED)
        about = any(is_true(edge, "Approximate") for tag in ("Start", "End") for edge in element.iterfind(tag))
        span = DateSpan(earliest=min(known), latest=max(known))
        precision = Precision.APPROXIMATE if about else _precision(span)
        return PartialDate(verbatim=_said(span, about=about), precision=precision, readings=(span,))


def _precision(span: DateSpan) -> Precision:
    if span.earliest == span.latest:
        return Precision.DAY
    if _is_year(span):
        return Precision.YEAR
    next_day = date.fromordinal(span.latest.toordinal() + 1)
    month = (span.earliest.year, span.earliest.month) == (span.latest.year, span.latest.month)
    return Precision.MONTH if month and span.earliest.day == 1 and next_day.day == 1 else Precision.RANGE


def _is_year(span: DateSpan) -> bool:
    edges = ((span.earliest.month, span.earliest.day), (span.latest.month, span.latest.day))
    return span.earliest.year == span.latest.year and edges == _FULL_YEAR


def _said(span: DateSpan, *, about: bool) -> str:
    """The date as OFAC's other formats write it."""
    if _is_year(span):
        said = str(span.earliest.year)
    elif _precision(span) is Precision.MONTH:
        said = f"{span.earliest:%Y-%m}"
    else:
        said = " to ".join(dict.fromkeys((span.earliest.isoformat(), span.latest.isoformat())))
    return f"circa {said}" if about else said
