"""JSON documents of exports. An object that no text could hold is marked, so that it costs itself and not the file."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any, Final

from vetting_engine.errors import Fault, InputError, Location
from vetting_engine.files.sniff import decode
from vetting_engine.protocols import ExportFile

__all__ = ["Document", "Twice", "flaw_of", "load", "parse"]

_HALF: Final = re.compile("[\ud800-\udfff]")
#: Of an integer; a timestamp or an id has twenty digits at most.
_MAX_DIGITS: Final = 40
_SHOWN_KEY: Final = 40


class Twice(dict[str, Any]):
    """An object in which a key stands twice: which of its readings holds, nobody can tell."""

    key = ""


@dataclass(frozen=True, slots=True)
class Document:
    """What a file says. ``sound``: nothing in it was marked, so its items need no search for marks."""

    value: Any
    sound: bool
    warnings: tuple[Fault, ...] = ()


def load(file: ExportFile) -> Document:
    """The document in a file; raises InputError where it is none."""
    decoded = decode(file.load(), file.file)
    document = parse(decoded.text, Location(file.file))
    return Document(document.value, document.sound, decoded.warnings)


def parse(text: str, at: Location) -> Document:
    """The document in a text.

    Raises:
        InputError: ``json.malformed`` with line and column, ``json.excessive``.
    """
    sound = "\\ud" not in text and "\\uD" not in text

    def distinct(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        nonlocal sound
        value = dict(pairs)
        if len(value) == len(pairs):
            return value
        sound = False
        names = [name for name, _ in pairs]
        twice = Twice(value)
        twice.key = next(name for name in names if names.count(name) > 1)[:_SHOWN_KEY]
        return twice

    try:
        value = json.loads(text, object_pairs_hook=distinct, parse_int=_integer)
    except json.JSONDecodeError as error:
        place = Location(at.file, at.line or error.lineno, error.colno)
        raise InputError(Fault("json.malformed", place, {"column": error.colno, "reason": error.msg})) from None
    except (ValueError, RecursionError):
        raise InputError(Fault("json.excessive", at, {"max_depth": 1_000})) from None
    return Document(value, sound)


def flaw_of(item: Any, at: Location) -> Fault | None:  # noqa: ANN401  # any JSON value
    """What makes an item unusable: a key that stands twice, half a character."""
    level = [item]
    while level:
        inner: list[Any] = []
        for value in level:
            if isinstance(value, Twice):
                return Fault("json.duplicate_key", at, {"key": _HALF.sub("?", value.key)})
            if isinstance(value, str) and _HALF.search(value):
                return Fault("json.half_character", at)
            if isinstance(value, dict):
                inner += value.values()
            elif isinstance(value, list):
                inner += value
        level = inner
    return None


def _integer(digits: str) -> int:
    if len(digits) > _MAX_DIGITS:
        raise ValueError("too many digits")
    return int(digits)
