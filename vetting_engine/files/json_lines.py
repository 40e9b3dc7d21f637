"""JSON Lines: one object per line, each with its line number; a bad line is a fault and the rest goes on."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

from vetting_engine.errors import Fault, InputError, Location
from vetting_engine.files.reading import read_bytes
from vetting_engine.files.sniff import decode

__all__ = ["MAX_DEPTH", "Line", "Lines", "parse_line", "parse_lines", "read_lines"]

#: The deepest shape read here, a candidate's post's link, has four levels.
MAX_DEPTH = 16


@dataclass(frozen=True, slots=True)
class Line:
    """One object and the 1-based line it stands on."""

    line: int
    value: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Lines:
    """The objects of a file and a fault for each line that holds none."""

    file: str
    objects: tuple[Line, ...]
    faults: tuple[Fault, ...] = ()


class _RefusedError(ValueError):
    """A line that is JSON but not what may stand here; ``code`` says why."""

    def __init__(self, code: str, **params: str | int) -> None:
        super().__init__(code)
        self.code = code
        self.params = params


def read_lines(path: Path, *, encoding: str | None = None) -> Lines:
    """The objects of a file.

    Raises:
        InputError: as ``read_bytes`` and ``decode`` do, and ``json.not_lines`` where the whole file is one document.
    """
    decoded = decode(read_bytes(path), str(path), encoding)
    lines = parse_lines(decoded.text, str(path))
    return Lines(lines.file, lines.objects, decoded.warnings + lines.faults)


def parse_line(content: str, at: Location) -> dict[str, Any]:
    """The object on one line; raises InputError with what is wrong with it."""
    try:
        return _object(content)
    except _RefusedError as error:
        raise InputError(Fault(error.code, at, error.params)) from None


def parse_lines(text: str, file: str) -> Lines:
    """The objects of a text; raises InputError for one document spread over lines."""
    objects: list[Line] = []
    faults: list[Fault] = []
    # Only "\n" parts lines: U+2028 may stand inside a JSON string.
    for line, content in enumerate(text.split("\n"), start=1):
        if not content.strip():
            continue
        try:
            objects.append(Line(line, parse_line(content, Location(file, line))))
        except InputError as error:
            faults += error.faults
    if faults and (not objects or text.lstrip().startswith("[")) and _is_document(text):
        raise InputError(Fault("json.not_lines", Location(file, 1)))
    return Lines(file, tuple(objects), tuple(faults))


def _object(content: str) -> dict[str, Any]:
    try:
        value = json.loads(content, object_pairs_hook=_distinct, parse_constant=_no_constant)
    except _RefusedError:
        raise
    except json.JSONDecodeError as error:
        raise _RefusedError("json.malformed", column=error.colno, reason=error.msg) from None
    except (ValueError, RecursionError):
        # A number of thousands of digits, or brackets nested without end.
        raise _RefusedError("json.excessive", max_depth=MAX_DEPTH) from None
    if not isinstance(value, dict):
        raise _RefusedError("json.not_object")
    if content.count("{") + content.count("[") > MAX_DEPTH and _depth(value) > MAX_DEPTH:
        raise _RefusedError("json.excessive", max_depth=MAX_DEPTH)
    if "\\u" in content and any(_has_half_character(text) for text in _texts(value)):
        raise _RefusedError("json.half_character")
    return value


def _distinct(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    value = dict(pairs)
    if len(value) != len(pairs):
        names = [name for name, _ in pairs]
        raise _RefusedError("json.duplicate_key", key=next(name for name in names if names.count(name) > 1))
    return value


def _no_constant(name: str) -> NoReturn:
    """Refuse ``NaN`` and ``Infinity``: no JSON, and equal to nothing, not even themselves."""
    raise _RefusedError("json.not_a_number", constant=name)


def _depth(value: Any) -> int:  # noqa: ANN401  # any JSON value
    depth = 0
    level = [value]
    while level and depth <= MAX_DEPTH:
        depth += 1
        level = [
            inner
            for item in level
            if isinstance(item, dict | list)
            for inner in (item.values() if isinstance(item, dict) else item)
            if isinstance(inner, dict | list)
        ]
    return depth


def _texts(value: Any) -> Iterator[str]:  # noqa: ANN401  # any JSON value
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from value
        for item in value.values():
            yield from _texts(item)
    elif isinstance(value, list):
        for item in value:
            yield from _texts(item)


def _has_half_character(text: str) -> bool:
    """Whether half of a surrogate pair stands alone: no text can hold it."""
    return any("\ud800" <= char <= "\udfff" for char in text)


def _is_document(text: str) -> bool:
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True
