"""The UK Sanctions List of the Foreign, Commonwealth and Development Office, as CSV (or a workbook of the same)."""

from __future__ import annotations

from types import MappingProxyType

from vetting_engine.sources._uk_list import UkList

__all__ = ["PLUGIN", "UkSanctionsList"]

#: Our column → its headers, plain (small letters, no punctuation).
_COLUMNS = MappingProxyType(
    {
        "id": ("unique id",),
        "kind": ("designation type", "individual entity ship"),
        "name_type": ("name type",),
        "name_6": ("name 6",),
        "name_1": ("name 1",),
        "name_2": ("name 2",),
        "name_3": ("name 3",),
        "name_4": ("name 4",),
        "name_5": ("name 5",),
        "quality": ("alias strength",),
        "title": ("title",),
        "original_script": ("name non latin script",),
        "script": ("non latin script type",),
        "script_language": ("non latin script language",),
        "birth_date": ("d o b", "dob", "date of birth"),
        "town": ("town of birth",),
        "birth_country": ("country of birth",),
        "nationality": ("nationality ies", "nationality"),
        "passport": ("passport number",),
        "passport_details": ("passport additional information",),
        "national_id": ("national identifier number",),
        "national_id_details": ("national identifier additional information",),
        "position": ("position",),
        "gender": ("gender",),
        "address_1": ("address line 1",),
        "address_2": ("address line 2",),
        "address_3": ("address line 3",),
        "address_4": ("address line 4",),
        "address_5": ("address line 5",),
        "address_6": ("address line 6",),
        "post_code": ("address postal code",),
        "country": ("address country",),
        "other": ("other information",),
        "reasons": ("uk statement of reasons",),
        "regime": ("regime name", "regime"),
        "listed_on": ("date designated",),
        "last_updated": ("last updated",),
    }
)


class UkSanctionsList(UkList):
    """One entry per Unique ID."""

    name = "uk_sanctions_list"
    title = "UK Sanctions List"
    id = "uk-sanctions-list"
    columns = _COLUMNS
    heads = frozenset({"name 6", "unique id", "name type"})


PLUGIN = UkSanctionsList()
