"""An invented list in the true shape of OFAC's advanced XML: words, places and documents by number."""

# ruff: noqa: E501  # an element of XML is read best on one line

from __future__ import annotations

UN = "http://www.un.org/sanctions/1.0"
TREASURY = "https://sanctionslistservice.ofac.treas.gov/api/PublicationPreview/exports/ADVANCED_XML"
#: Sets of values: tag → rows of number, text, further attributes. The schema wants every set, in this order.
_VALUES: tuple[tuple[str, tuple[tuple[int, str, str], ...]], ...] = (
    ("AliasType", ((1400, "A.K.A.", ""), (1401, "F.K.A.", ""), (1403, "Name", ""))),
    ("AreaCode", ()), ("AreaCodeType", ()), ("CalendarType", ((1, "Gregorian", ""), (2, "Hijri", ""))),
    ("Country", ((11001, "Ruritania", 'ISO2="RU"'), (11002, "Syldavia", 'ISO2="SY"'))),
    ("CountryRelevance", ((1, "Undetermined", ""),)), ("DecisionMakingBody", ((1, "Body", 'OrganisationID="1"'),)),
    ("DetailReference", ((91526, "Male", ""),)), ("DetailType", ((1430, "LOOKUP", ""), (1432, "TEXT", ""))),
    ("DocNameStatus", ((1, "Primary", ""), (2, "Documented", ""))), ("EntryEventType", ((1, "Created", ""),)),
    ("EntryLinkType", ()), ("ExRefType", ()),
    (
        "FeatureType",
        (
            (8, "Birthdate", 'FeatureTypeGroupID="1"'), (9, "Place of Birth", 'FeatureTypeGroupID="1"'),
            (10, "Nationality Country", 'FeatureTypeGroupID="1"'), (11, "Citizenship Country", 'FeatureTypeGroupID="1"'),
            (25, "Location", 'FeatureTypeGroupID="1"'), (26, "Title", 'FeatureTypeGroupID="1"'),
            (224, "Gender", 'FeatureTypeGroupID="1"'),
        ),
    ),
    ("FeatureTypeGroup", ((1, "Group", ""),)), ("IDRegDocDateType", ()),
    ("IDRegDocType", ((1571, "Passport", ""), (1584, "National ID No.", ""))),
    ("IdentityFeatureLinkType", ((1, "Unknown", ""),)),
    ("LegalBasis", ((1, "Order", 'LegalBasisTypeID="1" SanctionsProgramID="1"'),)), ("LegalBasisType", ((1, "T", ""),)),
    ("List", ((1550, "SDN List", ""), (91512, "Consolidated List", ""))),
    ("LocPartType", ((1451, "ADDRESS1", ""), (1454, "CITY", ""))), ("LocPartValueStatus", ((1, "Unknown", ""),)),
    ("LocPartValueType", ((1, "Primary", ""),)),
    ("NamePartType", ((1520, "Last Name", ""), (1521, "First Name", ""), (1525, "Entity Name", ""), (1528, "Nickname", ""))),
    ("Organisation", ((1, "OFAC", 'CountryID="11001"'),)),
    ("PartySubType", ((3, "Unknown", 'PartyTypeID="2"'), (4, "Unknown", 'PartyTypeID="1"'), (1, "Vessel", 'PartyTypeID="4"'))),
    ("PartyType", ((1, "Individual", ""), (2, "Entity", ""), (4, "Transport", ""))),
    ("RelationQuality", ()), ("RelationType", ()), ("Reliability", ((1, "Reported", ""),)),
    ("SanctionsProgram", ((1, "INV", 'SubsidiaryBodyID="1"'),)), ("SanctionsType", ((1, "Program", ""), (2, "Block", ""))),
    ("Script", ((215, "Latin", ""), (160, "Arabic", ""))), ("ScriptStatus", ((1, "Unknown", ""),)),
    ("SubsidiaryBody", ((1, "S", 'Notional="false" DecisionMakingBodyID="1"'),)),
    ("SupInfoType", ()), ("TargetType", ()), ("Validity", ((1, "Valid", ""),)),
)  # fmt: skip


def _values() -> str:
    return "".join(
        f"<{tag}Values>" + "".join(f'<{tag} ID="{number}" {more}>{text}</{tag}>' for number, text, more in rows)
        + f"</{tag}Values>"
        for tag, rows in _VALUES
    )  # fmt: skip


def point(tag: str, year: int, month: int, day: int) -> str:
    return f"<{tag}><Year>{year}</Year><Month>{month}</Month><Day>{day}</Day></{tag}>"


def period(first: tuple[int, int, int], last: tuple[int, int, int], *, about: str = "false", calendar: int = 1) -> str:
    """A birth date: from a day to a day."""
    fixed = 'YearFixed="false" MonthFixed="false" DayFixed="false"'
    start = f'<Start Approximate="{about}" {fixed}>{point("From", *first)}{point("To", *first)}</Start>'
    end = f'<End Approximate="{about}" {fixed}>{point("From", *last)}{point("To", *last)}</End>'
    return f'<DatePeriod CalendarTypeID="{calendar}" {fixed}>{start}{end}</DatePeriod>'


def feature(number: int, kind: int, inner: str) -> str:
    return (
        f'<Feature ID="{number}" FeatureTypeID="{kind}"><FeatureVersion ReliabilityID="1" ID="{number}">{inner}'
        f'</FeatureVersion><IdentityReference IdentityID="70" IdentityFeatureLinkTypeID="1"/></Feature>'
    )


def alias(
    kind: int, *names: tuple[tuple[int, str], ...], primary: str = "false", low: str = "false", script: int = 215
) -> str:
    said = ""
    for number, parts in enumerate(names, start=1):
        inner = "".join(
            f'<DocumentedNamePart><NamePartValue NamePartGroupID="{group}" ScriptID="{script if number == 1 else 160}" '
            f'ScriptStatusID="1" Acronym="false">{text}</NamePartValue></DocumentedNamePart>'
            for group, text in parts
        )
        said += f'<DocumentedName ID="{kind}{number}{len(parts)}{parts[0][0]}" FixedRef="7" DocNameStatusID="{min(number, 2)}">{inner}</DocumentedName>'
    return f'<Alias FixedRef="7" AliasTypeID="{kind}" Primary="{primary}" LowQuality="{low}">{said}</Alias>'


GROUPS = (
    '<NamePartGroups><MasterNamePartGroup><NamePartGroup ID="1" NamePartTypeID="1520"/></MasterNamePartGroup>'
    '<MasterNamePartGroup><NamePartGroup ID="2" NamePartTypeID="1521"/></MasterNamePartGroup></NamePartGroups>'
)
PLACES = (
    '<Location ID="1"><LocationCountry CountryID="11002" CountryRelevanceID="1"/>'
    '<LocationPart LocPartTypeID="1454"><LocationPartValue Primary="true" LocPartValueTypeID="1" LocPartValueStatusID="1">'
    "<Comment/><Value>Klow</Value></LocationPartValue></LocationPart></Location>"
    '<Location ID="2"><LocationCountry CountryID="11001" CountryRelevanceID="1"/></Location>'
)
DOCUMENTS = (
    '<IDRegDocument ID="1" IDRegDocTypeID="1571" IdentityID="70" IssuedBy-CountryID="11002" ValidityID="1">'
    "<IDRegistrationNo>P1</IDRegistrationNo></IDRegDocument>"
    '<IDRegDocument ID="2" IDRegDocTypeID="1584" IdentityID="70" ValidityID="1"><Comment>expired</Comment>'
    "<IDRegistrationNo>N2</IDRegistrationNo></IDRegDocument>"
)
BIRTHS = (
    period((1965, 2, 1), (1965, 2, 1)),
    period((1966, 1, 1), (1966, 12, 31)),
    period((1966, 1, 1), (1966, 12, 31), about="true"),
    period((1961, 1, 1), (1963, 12, 31)),
    period((1967, 5, 1), (1967, 5, 31)),
    period((1385, 1, 1), (1385, 1, 1), calendar=2),
)
DETAIL = '<VersionDetail DetailTypeID="1432">Clerk</VersionDetail>'
MALE = '<VersionDetail DetailTypeID="1430" DetailReferenceID="91526"/>'
PERSON = (
    '<DistinctParty FixedRef="7"><Comment/><Profile ID="700" PartySubTypeID="4">'
    '<Identity ID="70" FixedRef="7" Primary="true" False="false">'
    + alias(1400, ((2, "Udo"), (1, "OKVAL")))
    + alias(1403, ((1, "OKVALE"), (2, "Odo Tamsin")), ((2, "أودو"), (1, "أوكفالي")), primary="true")
    + alias(1400, ((1, "OKI"),), low="true")
    + alias(1401, ((1, "VELMAR"),))
    + GROUPS
    + "</Identity>"
    + "".join(feature(80 + number, 8, born) for number, born in enumerate(BIRTHS))
    + feature(90, 9, '<VersionLocation LocationID="1"/>')
    + feature(91, 10, '<VersionLocation LocationID="2"/>')
    + feature(92, 11, '<VersionLocation LocationID="2"/>')
    + feature(93, 25, '<VersionLocation LocationID="1"/>')
    + feature(94, 26, DETAIL)
    + feature(95, 224, MALE)
    + "</Profile></DistinctParty>"
)
SHIP = (
    '<DistinctParty FixedRef="8"><Profile ID="800" PartySubTypeID="1"><Identity ID="71" FixedRef="8" Primary="true" False="false">'
    + alias(1403, ((3, "GREY GULL"),), primary="true")
    + '<NamePartGroups><MasterNamePartGroup><NamePartGroup ID="3" NamePartTypeID="1525"/></MasterNamePartGroup></NamePartGroups>'
    "</Identity></Profile></DistinctParty>"
)


def listing(number: int, profile: int, programme: str, year: int, list_id: int = 1550) -> str:
    date = f'<Date CalendarTypeID="1"><Year>{year}</Year><Month>3</Month><Day>28</Day></Date>'
    nothing = '<DatePeriod CalendarTypeID="1" YearFixed="false" MonthFixed="false" DayFixed="false"/>'
    return (
        f'<SanctionsEntry ID="{number}" ProfileID="{profile}" ListID="{list_id}">'
        f'<EntryEvent ID="{number}" EntryEventTypeID="1" LegalBasisID="1"><Comment/>{date}</EntryEvent>'
        f'<SanctionsMeasure ID="{number}1" SanctionsTypeID="1"><Comment>{programme}</Comment>{nothing}</SanctionsMeasure>'
        f'<SanctionsMeasure ID="{number}2" SanctionsTypeID="2"><Comment/>{nothing}</SanctionsMeasure></SanctionsEntry>'
    )


LISTINGS = listing(1, 700, "INV", 2020) + listing(2, 700, "INV-2", 2019, 91512) + listing(3, 800, "INV", 2021)


def document(*parties: str, namespace: str = UN, listings: str = LISTINGS, more: str = "") -> str:
    """The whole list."""
    return (
        f'<?xml version="1.0" encoding="utf-8"?><Sanctions xmlns="{namespace}" Version="4" {more}>'
        '<DateOfIssue CalendarTypeID="1"><Year>2026</Year><Month>1</Month><Day>31</Day></DateOfIssue>'
        f"<ReferenceValueSets>{_values()}</ReferenceValueSets><Locations>{PLACES}</Locations>"
        f"<IDRegDocuments>{DOCUMENTS}</IDRegDocuments><DistinctParties>{''.join(parties)}</DistinctParties>"
        f"<ProfileRelationships/><SanctionsEntries>{listings}</SanctionsEntries><SanctionsEntryLinks/></Sanctions>"
    )
