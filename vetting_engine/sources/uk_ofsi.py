"""The United Kingdom's consolidated list of financial sanctions targets (OFSI), as CSV or workbook."""

from __future__ import annotations

from types import MappingProxyType

from vetting_engine.sources._uk_list import UkList

__all__ = ["PLUGIN", "UkOfsi"]

#: Our column → its header, plain (small letters, no punctuation).
_COLUMNS = MappingProxyType(
    {
        "id": ("group id",),
        "kind": ("group type",),
        "name_type": ("alias type",),
        "name_6": ("name 6",),
        "name_1": ("name 1",),
        "name_2": ("name 2",),
        "name_3": ("name 3",),
        "name_4": ("name 4",),
        "name_5": ("name 5",),
        "quality": ("alias quality",),
        "title": ("title",),
        "original_script": ("name non latin script",),
        "script": ("non latin script type",),
        "script_language": ("non latin script language",),
        "birth_date": ("dob",),
        "town": ("town of birth",),
        "birth_country": ("country of birth",),
        "nationality": ("nationality",),
        "passport": ("passport number",),
        "passport_details": ("passport details",),
        "national_id": ("national identification number", "ni number"),
        "national_id_details": ("national identification details", "ni details"),
        "position": ("position",),
        "address_1": ("address 1",),
        "address_2": ("address 2",),
        "address_3": ("address 3",),
        "address_4": ("address 4",),
        "address_5": ("address 5",),
        "address_6": ("address 6",),
        "post_code": ("post zip code",),
        "country": ("country",),
        "other": ("other information",),
        "regime": ("regime",),
        "listed_on": ("listed on",),
        "last_updated": ("last updated",),
    }
)


class UkOfsi(UkList):
    """One entry per Group ID; the list ended in January 2026, its copies are still in use."""

    name = "uk_ofsi"
    title = "United Kingdom OFSI consolidated list of financial sanctions targets"
    id = "uk-ofsi"
    columns = _COLUMNS
    heads = frozenset({"name 6", "group id", "group type", "alias type"})


PLUGIN = UkOfsi()
