"""The remarks of an SDN entry: a sentence of statements parted by ``;``, where most of what identifies a person is."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from types import MappingProxyType

from vetting_engine.model.candidate import Identifier
from vetting_engine.model.date_parsing import parse_date
from vetting_engine.model.dates import Calendar, PartialDate
from vetting_engine.model.watchlist import EntryNameKind

__all__ = ["DOCUMENT_KINDS", "Remarks", "read_remarks"]

_ALTERNATIVE = re.compile(r"^alt\. ")
#: ``a.k.a. 'SHORT NAME'``: OFAC puts weak aliases here, strong ones into alt.csv. One entry ends with a double quote.
_ALIAS = re.compile(r"""^(a\.k\.a\.|f\.k\.a\.|n\.k\.a\.) ['"](.+?)['"]?$""")
_ALIAS_KINDS = MappingProxyType(
    {
        "a.k.a.": EntryNameKind.WEAK_ALIAS,
        "f.k.a.": EntryNameKind.FORMER,
        "n.k.a.": EntryNameKind.WEAK_ALIAS,
    }
)
#: Documents that identify a person; what a company or vessel is registered under stays among the notes.
DOCUMENT_KINDS = (
    "Passport", "Diplomatic Passport", "Stateless Person Passport", "National ID No.", "National Foreign ID Number",
    "Cedula No.", "Cedula de Ciudadania", "D.N.I.", "C.U.R.P.", "R.F.C.", "SSN", "Tax ID No.", "Identification Number",
    "Personal ID Card", "Residency Number", "Electoral Registry No.", "Driver's License No.",
    "Birth Certificate Number", "Travel Document Number", "Refugee ID Card", "Turkish Identification Number",
    "Kenyan ID No.", "Bosnian Personal ID No.", "Italian Fiscal Code", "Credencial electoral", "LE Number",
    "Voter Card", "Matricula Consular", "NIE",
)  # fmt: skip
_DOCUMENT = re.compile(
    rf"^(?P<kind>{'|'.join(re.escape(kind) for kind in DOCUMENT_KINDS)}) "
    r"(?P<value>[^()]+?)(?: \((?P<country>[^()]+)\))?(?: (?:issued|expires) .*)?$"
)
_MAX_VALUE = 100


@dataclass(slots=True)
class Remarks:
    """What was understood; everything else stays in ``notes``, word for word."""

    birth_dates: list[PartialDate] = field(default_factory=list)
    birthplaces: list[str] = field(default_factory=list)
    nationalities: list[str] = field(default_factory=list)
    gender: str | None = None
    aliases: list[tuple[str, EntryNameKind]] = field(default_factory=list)
    identifiers: list[Identifier] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    partly: Counter[str] = field(default_factory=Counter)


def read_remarks(text: str) -> Remarks:
    """The statements of one entry's remarks, comments already joined on."""
    remarks = Remarks()
    for statement in text.strip().removesuffix(".").split("; "):
        said = _ALTERNATIVE.sub("", statement.strip())
        if said and not _understood(said, remarks):
            remarks.notes.append(statement.strip())
    return remarks


def _understood(said: str, remarks: Remarks) -> bool:
    for start, read in _STATEMENTS:
        if said.startswith(start):
            read(said.removeprefix(start).strip(), remarks)
            return True
    alias = _ALIAS.match(said)
    if alias:
        remarks.aliases.append((alias[2], _ALIAS_KINDS[alias[1]]))
        return True
    document = _DOCUMENT.match(said)
    if document and len(document["value"]) <= _MAX_VALUE:
        kind, value, country = document.groups()
        remarks.identifiers.append(Identifier(kind=kind.removesuffix(" No."), value=value.strip(), country=country))
        return True
    return False


def _birth(text: str, remarks: Remarks) -> None:
    date = parse_date(text, Calendar.GREGORIAN)
    remarks.partly["birth_date"] += not date.readings
    remarks.birth_dates.append(date)


def _gender(text: str, remarks: Remarks) -> None:
    remarks.gender = text


_STATEMENTS: tuple[tuple[str, Callable[[str, Remarks], None]], ...] = (
    ("DOB ", _birth),
    ("POB ", lambda text, remarks: remarks.birthplaces.append(text)),
    ("nationality ", lambda text, remarks: remarks.nationalities.append(text)),
    ("citizen ", lambda text, remarks: remarks.nationalities.append(text)),
    ("Gender ", _gender),
)
