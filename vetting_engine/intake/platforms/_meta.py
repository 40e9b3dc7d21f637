"""What Instagram's and Facebook's downloads have in common: text as bytes, media lists, objects of labels."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from typing import Any, Final

from vetting_engine.intake.platforms._documents import Twice

__all__ = ["objects", "repaired", "uris"]

_BYTES: Final = 0x100


def repaired(value: Any) -> Any:  # noqa: ANN401  # any JSON value
    r"""The value with its texts as they were written.

    These downloads write each byte of UTF-8 as an escape of its own (``\u00d9\u0085`` for ``م``). A text is only
    turned back where all of it can be: text that is right already stays. One that was cut off inside a character
    ends in U+FFFD.
    """
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, list):
        return [repaired(item) for item in value]
    if isinstance(value, dict):
        if isinstance(value, Twice):
            return value  # it costs its post, whatever it says
        return {_text(name): repaired(item) for name, item in value.items()}
    return value


def objects(value: Any) -> Iterator[dict[str, Any]]:  # noqa: ANN401  # any JSON value
    """The objects in a list; none for anything else."""
    return (item for item in (value if isinstance(value, list) else ()) if isinstance(item, dict))


def uris(items: Iterator[dict[str, Any]]) -> list[str]:
    """Where the media files lie, by the names both downloads use."""
    return [str(item.get("uri") or item.get("path") or "") for item in items]


def _text(text: str) -> str:
    if text.isascii() or any(ord(char) >= _BYTES for char in text):
        return text
    data = text.encode("latin-1")
    try:
        read, used = codecs.utf_8_decode(data, "strict", False)
    except UnicodeDecodeError:
        return text
    if used == len(data):
        return read
    return text if read.isascii() else read + "\ufffd"
