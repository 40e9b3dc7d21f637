"""An invented list in the true shape of the EU's XML: everything in attributes."""

# ruff: noqa: E501  # an element of XML is read best on one line

from __future__ import annotations

SUMMARY = '<regulationSummary regulationType="regulation" publicationDate="2020-01-02" numberTitle="1/2020 (INV)"/>'
DETAIL = 'regulationLanguage="en" logicalId="1"'
COUNTRY = 'countryIso2Code="SY" countryDescription="SYLDAVIA"'
PERSON = f"""<sanctionEntity designationDate="2020-01-01" designationDetails="invented" unitedNationId="XXi.001"
 euReferenceNumber="EU.1.2" logicalId="12">
<remark>Father’s name is Halvard Okvale. Invented.</remark>
<regulation regulationType="regulation" organisationType="council" publicationDate="2020-01-02"
 entryIntoForceDate="2020-01-03" numberTitle="1/2020 (INV)" programme="INV" logicalId="2"/>
<subjectType code="person" classificationCode="P"/>
<nameAlias wholeName="Одо Оквале" strong="true" nameLanguage="RU" {DETAIL}>{SUMMARY}</nameAlias>
<nameAlias firstName="Odo" middleName="Tamsin" lastName="Okvale" wholeName="Odo Tamsin Okvale" gender="M"
 title="Dr" function="Clerk" strong="true" {DETAIL}>{SUMMARY}</nameAlias>
<nameAlias firstName="Udo" lastName="Okval" wholeName="" strong="true" {DETAIL}>{SUMMARY}</nameAlias>
<nameAlias wholeName="Oki" strong="false" {DETAIL}>{SUMMARY}</nameAlias>
<citizenship region="" countryIso2Code="SY" countryDescription="SYLDAVIA" {DETAIL}>{SUMMARY}</citizenship>
<citizenship countryIso2Code="00" countryDescription="UNKNOWN" {DETAIL}>{SUMMARY}</citizenship>
{{births}}
<address city="Klow" street="1 Mill Lane" asAtListingTime="false" {COUNTRY} {DETAIL}>{SUMMARY}
<contactInfo key="EMAIL" value="odo@okvale.example"/></address>
<identification number="P1" identificationTypeCode="passport" identificationTypeDescription="National passport"
 knownFalse="true" issuedBy="Klow" {COUNTRY} {DETAIL}>{SUMMARY}</identification>
<identification latinNumber="N2" identificationTypeCode="id" identificationTypeDescription="National identification card"
 countryIso2Code="00" countryDescription="UNKNOWN" {DETAIL}>{SUMMARY}</identification>
</sanctionEntity>"""
BODY = f"""<sanctionEntity logicalId="13">
<regulation regulationType="regulation" organisationType="council" publicationDate="2021-01-02"
 entryIntoForceDate="2021-01-03" numberTitle="2/2021" programme="INV" logicalId="3"/>
<subjectType code="enterprise" classificationCode="E"/>
<nameAlias wholeName="Ashen Lantern" strong="true" {DETAIL}>{SUMMARY}</nameAlias></sanctionEntity>"""


def birth(calendar: str = "GREGORIAN", **attributes: str) -> str:
    """A birth date, or place, by its attributes."""
    said = " ".join(f'{name}="{value}"' for name, value in attributes.items())
    return f'<birthdate calendarType="{calendar}" {said} {COUNTRY} {DETAIL}>{SUMMARY}</birthdate>'


def person(*births: str) -> str:
    return PERSON.format(births="".join(births))


def document(*entities: str, prefix: str = "") -> str:
    """The whole list, with or without a prefix for its namespace."""
    if prefix:
        return (
            f'<?xml version="1.0" encoding="UTF-8"?><{prefix}:export xmlns:{prefix}="http://eu.europa.ec/fpi/fsd/export" '
            f'generationDate="2026-01-31T10:00:00.000+01:00" globalFileId="1"></{prefix}:export>'
        )
    return (
        '<?xml version="1.0" encoding="UTF-8"?><export xmlns="http://eu.europa.ec/fpi/fsd/export" '
        f'generationDate="2026-01-31T10:00:00.000+01:00" globalFileId="1">{"".join(entities)}</export>'
    )
