"""A mapping of plain values to a Candidate: one fault per bad field, unknown fields dropped and named.

Every reader ends here: JSON lines hold this shape, tables and exports are brought into it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from pydantic import ValidationError

from vetting_engine.errors import Fault
from vetting_engine.intake._faults import Place, faults_of
from vetting_engine.intake._posts import build_post
from vetting_engine.intake._side_row import keep_once
from vetting_engine.model.base import Noun
from vetting_engine.model.candidate import Account, Attestation, Candidate, Identifier, PersonName, Post, Relation
from vetting_engine.model.date_parsing import is_impossible, parse_date
from vetting_engine.model.dates import Calendar, PartialDate

__all__ = ["Built", "Defaults", "build_candidate"]

#: Lists of nouns inside a candidate; a text where a noun is expected stands for its first field.
_PARTS: Mapping[str, tuple[type[Noun], str]] = MappingProxyType(
    {
        "names": (PersonName, "text"),
        "identifiers": (Identifier, "value"),
        "accounts": (Account, "handle"),
        "relations": (Relation, "to_name"),
        "attestations": (Attestation, "kind"),
    }
)
_KNOWN = frozenset(Candidate.model_fields) - {"dropped_fields", "unread_posts"}
#: What a spreadsheet makes of a long number, and of what it cannot show: the id is lost.
_MANGLED = re.compile(r"^(?:[0-9]+(?:[.,][0-9]+)?[eE][+-]?[0-9]+|#+|#(?:REF|NAME|N/A|VALUE|NUM|NULL|DIV/0)[!?]?)$")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")
_CALENDARS = MappingProxyType({calendar.value: calendar for calendar in Calendar})


@dataclass(frozen=True, slots=True)
class Defaults:
    """What the mapping file declares for values that do not say it: birth dates' calendar, UTC offset of times."""

    calendar: Calendar | None = None
    zone: str | None = None


@dataclass(frozen=True, slots=True)
class Built:
    """What became of one row: the candidate or None, its id as written, faults, and fields that were dropped.

    ``answers`` are AGD answers found beside it; they never enter the candidate.
    """

    line: int
    id: str
    candidate: Candidate | None
    faults: tuple[Fault, ...] = ()
    dropped: tuple[str, ...] = ()
    answers: Mapping[str, str] | None = None


def build_candidate(values: Mapping[str, Any], place: Place, defaults: Defaults, unread: Iterable[str] = ()) -> Built:
    """The candidate of one row. A bad post costs that post; any other bad field costs the row.

    ``unread`` are the names of fields the reader has left out already.
    """
    faults: list[Fault] = []
    dropped = set(unread)
    shaped = {name: value for name, value in _kept(values, _KNOWN, "", dropped).items() if value is not None}
    shaped["id"] = _id(shaped.get("id"), place, faults)
    for name, (model, first) in _PARTS.items():
        if name in shaped:
            shaped[name] = _parts(shaped[name], model, first, name, dropped)
    if "birth_date" in shaped:
        shaped["birth_date"] = _birth_date(shaped["birth_date"], place, defaults, faults)
    posts, lost = _posts(shaped.pop("posts", ()), place, defaults, faults, dropped)
    faults += [Fault("field.control_character", place.at(name)) for name in _with_control(shaped)]
    blocking = any(fault.severity == "error" and not fault.code.startswith("post.") for fault in faults)
    names = tuple(sorted(dropped))
    try:
        candidate = Candidate(**shaped, posts=posts, unread_posts=lost, dropped_fields=names)
    except ValidationError as error:
        known = {fault.at.field for fault in faults}
        faults += [fault for fault in faults_of(error, place) if fault.at.field not in known]
        return Built(place.line, shaped["id"], None, tuple(faults), names)
    return Built(place.line, candidate.id, None if blocking else candidate, tuple(faults), names)


def _kept(values: Mapping[str, Any], known: frozenset[str], prefix: str, dropped: set[str]) -> dict[str, Any]:
    dropped.update(prefix + name for name in values if name not in known)
    return {name: value for name, value in values.items() if name in known}


def _id(value: Any, place: Place, faults: list[Fault]) -> str:  # noqa: ANN401  # any JSON value
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if isinstance(value, float) or (isinstance(value, str) and _MANGLED.match(value.strip())):
        faults.append(Fault("id.mangled", place.at("id"), {"value": str(value).strip()[:40]}))
        return ""
    if not isinstance(value, str) or not value.strip():
        faults.append(Fault("id.missing", place.at("id")))
        return ""
    return value.strip()


def _parts(value: Any, model: type[Noun], first: str, name: str, dropped: set[str]) -> Any:  # noqa: ANN401
    if not isinstance(value, list | tuple):
        return value  # the model says what is wrong
    known = frozenset(model.model_fields)
    return [
        {first: item} if isinstance(item, str) else _kept(item, known, f"{name}.", dropped)
        if isinstance(item, Mapping) else item
        for item in value
    ]  # fmt: skip


def _birth_date(value: Any, place: Place, defaults: Defaults, faults: list[Fault]) -> PartialDate | None:  # noqa: ANN401
    """A text, or ``{"text": …, "calendar": …}``; impossible dates are faults, strange words are kept verbatim."""
    said = value if isinstance(value, Mapping) else {"text": value}
    text, named = said.get("text"), said.get("calendar")
    if isinstance(text, int) and not isinstance(text, bool):
        text = str(text)
    calendar = _CALENDARS.get(str(named).strip().lower()) if named else defaults.calendar
    if not isinstance(text, str) or set(said) - {"text", "calendar"}:
        faults.append(Fault("field.not_a_date", place.at("birth_date")))
        return None
    if not text.strip():
        return None
    if named and calendar is None:
        allowed = ", ".join(_CALENDARS)
        faults.append(Fault("field.not_one_of", place.at("birth_calendar"), {"allowed": allowed}))
        return None
    date = parse_date(text, calendar)
    if not date.readings and is_impossible(text, calendar):
        faults.append(Fault("date.impossible", place.at("birth_date"), {"calendar": date.calendar.value}))
    elif not date.readings:
        faults.append(Fault("date.not_understood", place.at("birth_date"), severity="warning"))
    return date


def _posts(
    value: Any,  # noqa: ANN401  # any JSON value
    place: Place,
    defaults: Defaults,
    faults: list[Fault],
    dropped: set[str],
) -> tuple[tuple[Post, ...], int]:
    if not isinstance(value, Sequence) or isinstance(value, str):
        faults.append(Fault("field.not_a_list", place.at("posts")))
        return (), 0
    posts: dict[str, Post] = {}
    lost = 0
    for index, item in enumerate(value):
        built = build_post(item, place, f"posts[{index}]", defaults.zone)
        dropped.update(f"posts.{name}" for name in built.dropped)
        faults += built.faults
        lost += built.is_lost
        if isinstance(built.value, Post) and not keep_once(posts, built.value):
            faults.append(Fault("post.duplicate", place.at(f"posts[{index}]"), {"post": built.value.id}))
            lost += 1
    return tuple(posts.values()), lost


def _with_control(shaped: Mapping[str, Any]) -> Iterator[str]:
    """Fields that hold a control character: no form sends one, so the file is torn there."""
    for name, value in shaped.items():
        if any(_CONTROL.search(text) for text in _texts(value)):
            yield name


def _texts(value: Any) -> Iterator[str]:  # noqa: ANN401  # any JSON value
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from _texts(item)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _texts(item)
