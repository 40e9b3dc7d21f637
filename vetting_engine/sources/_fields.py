"""What cells and elements of every list have in common: stray characters, enumerations, dates as lists write them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import Any

from vetting_engine.model.date_parsing import parse_date
from vetting_engine.model.dates import Calendar, PartialDate
from vetting_engine.model.watchlist import EntryNameKind

__all__ = [
    "MAX_IDENTIFIER",
    "british_date",
    "day",
    "distinct",
    "enumerated",
    "father",
    "gregorian",
    "is_foreign",
    "names_of",
    "speaking_order",
    "tidy",
]

#: The bound of Identifier; longer numbers are sentences and go to the notes.
MAX_IDENTIFIER = 100
#: Marks that order text for display and the byte-order mark: no part of a name. Joiners (U+200C/D) are spelling.
_INVISIBLE = dict.fromkeys([0x200B, 0x200E, 0x200F, 0x2060, 0xFEFF, *range(0x202A, 0x202F), *range(0x2066, 0x206A)])
_ENUMERATOR = re.compile(r"\([1-9][0-9]?\)")
_FATHER = re.compile(r"[Ff]ather(?:[’']s)? name(?::| is| was)\s+([^.;,()\[]{2,100})")
_LATIN = re.compile("[A-Za-z\u00c0-\u024f]")
_OTHER_SCRIPT = re.compile("[\u0370-\u1dff\u2e80-\ufdff\ufe70-\ufeff]")
#: ``dd``, ``mm`` and ``00`` stand for what is not known.
_BRITISH = re.compile(r"^(?P<day>[0-9]{1,2}|dd)/(?P<month>[0-9]{1,2}|mm)/(?P<year>[0-9]{4})$", re.IGNORECASE)
_MONTHS = {
    month: number
    for number, month in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), start=1
    )
}
_WORDED_DAY = re.compile(r"^([0-9]{1,2})[ -]([A-Za-z]{3})[a-z]*[ -]([0-9]{4})$")
_SLASHED_DAY = re.compile(r"^([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})$")
_SUFFIX = re.compile(r"^(?:Jr|Sr|II|III|IV)\.?$")


def tidy(text: str | None) -> str:
    """One line: white space of every kind is one space, invisible marks are gone."""
    if not text:
        return ""
    return " ".join((text if text.isascii() else text.translate(_INVISIBLE)).split())


def distinct(items: Iterable[Any]) -> tuple[Any, ...]:
    """Each item once, in order; blank texts are none."""
    return tuple(dict.fromkeys(item for item in items if item))


def enumerated(text: str) -> tuple[str, ...]:
    """``(1) Germany. (2) Morocco`` as its parts; a text without numbers is one part."""
    if "(1)" not in text:
        whole = tidy(text)
        return (whole,) if whole else ()
    return tuple(part for piece in _ENUMERATOR.split(text) if (part := tidy(piece).strip(" .;,")) not in {"", "-"})


def gregorian(text: str, *, reference: date | None = None) -> PartialDate:
    """A date of a list that writes its dates in the Gregorian calendar."""
    return parse_date(text, Calendar.GREGORIAN, reference=reference)


def british_date(text: str) -> PartialDate:
    """``17/04/1965`` with the day first, ``00/00/1965`` and ``dd/mm/1965`` as years; the text is kept verbatim."""
    match = _BRITISH.match(text)
    if match is None:
        return gregorian(text)
    parts = [match["year"], *(part for part in (match["month"], match["day"]) if part.strip("0").isdigit())]
    read = gregorian("-".join([parts[0], *(part.zfill(2) for part in parts[1:])]))
    return read.model_copy(update={"verbatim": text})


def day(text: str, *, american: bool = False) -> date | None:
    """A whole day as lists head or list with: ISO, ``17/04/2025``, ``17-Apr-2025``; None for anything else."""
    text = tidy(text)
    try:
        if match := _SLASHED_DAY.match(text):
            first, second, year = (int(part) for part in match.groups())
            return date(year, first, second) if american else date(year, second, first)
        if (match := _WORDED_DAY.match(text)) and match[2].lower() in _MONTHS:
            return date(int(match[3]), _MONTHS[match[2].lower()], int(match[1]))
        return date.fromisoformat(text[:10])
    except ValueError:
        return None


def father(*texts: str) -> str | None:
    """The father's name where a remark gives it."""
    return next((match[1].strip() for text in texts if (match := _FATHER.search(text))), None)


def is_foreign(text: str) -> bool:
    """Whether a text is written in a script other than the Latin one, and in no Latin."""
    return bool(_OTHER_SCRIPT.search(text)) and not _LATIN.search(text)


def speaking_order(name: str) -> str:
    """``SURNAME, Given, Jr.`` as it is spoken: ``Given SURNAME Jr.``."""
    surname, *rest = (part.strip() for part in name.split(","))
    suffixes = [part for part in rest if _SUFFIX.match(part)]
    return tidy(" ".join([*(part for part in rest if part not in suffixes), surname, *suffixes]))


def names_of(names: Iterable[tuple[str, EntryNameKind]]) -> list[dict[str, Any]]:
    """Names as an entry takes them: tidied, each once, and in another script told as such.

    The first name is the primary one whatever its list calls it, since every entry has exactly one.
    """
    kept: dict[str, EntryNameKind] = {}
    for text, kind in names:
        name = tidy(text)
        if not name:
            continue
        if not kept:
            kind = EntryNameKind.PRIMARY  # noqa: PLW2901  # the first is the primary one
        elif kind is EntryNameKind.PRIMARY:
            kind = EntryNameKind.ALIAS  # noqa: PLW2901  # a second primary name is an alias
        if kept and is_foreign(name) and kind is EntryNameKind.ALIAS:
            kind = EntryNameKind.ORIGINAL_SCRIPT  # noqa: PLW2901  # told by its letters
        kept.setdefault(name, kind)
    return [{"text": text, "kind": kind} for text, kind in kept.items()]
