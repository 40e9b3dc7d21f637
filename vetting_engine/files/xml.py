"""XML through defusedxml: no document types, no entities, nothing external; damaged bytes are named.

A lenient parser "reads" a damaged list and gets names wrong. So bytes that are no UTF-8 and control
characters are looked for first, and the file is refused with where they stand.
"""

from __future__ import annotations

import io
import re
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from xml.etree.ElementTree import Element, ParseError, iterparse

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring
from defusedxml.ElementTree import iterparse as guarded

from vetting_engine.errors import Fault, InputError, Location
from vetting_engine.files.reading import read_bytes
from vetting_engine.files.sniff import line_of

__all__ = ["Element", "parse", "read_xml", "stream"]

#: XML 1.0, section 2.2: the control characters a document may not hold.
_CONTROL = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]")
#: Bytes that did not decode, as ``surrogateescape`` keeps them.
_ESCAPED = re.compile("[\udc80-\udcff]")
#: Enough to see what kind of damage it is.
_NAMED = 5
_DECLARED = re.compile(rb"""^<\?xml[^>]*encoding\s*=\s*["']([A-Za-z0-9._-]+)["']""")


def read_xml(path: Path) -> Element:
    """The root element of a file; raises as ``read_bytes`` and ``parse`` do."""
    return parse(read_bytes(path), str(path))


def parse(data: bytes, file: str) -> Element:
    """The root element of a document.

    Raises:
        InputError: ``xml.bad_bytes`` (damage, with line and byte offset), ``xml.malformed``, ``xml.forbidden``.
    """
    damage = _damage(data, file)
    if damage:
        raise InputError(damage)
    with _as_input_error(file):
        root: Element = fromstring(data, forbid_dtd=True)
    return root


def stream(data: bytes, file: str, wanted: Collection[str]) -> Iterator[Element]:
    """The root, without its content, and then each element with one of the wanted tags (local names).

    An element is emptied when the next one is asked for, so that a document of 100 MB needs little beside its
    bytes. Wanted elements do not stand inside each other. Raises as ``parse`` does, some of it only on the way.
    """
    damage = _damage(data, file)
    if damage:
        raise InputError(damage)
    known: dict[str, bool] = {}
    with _as_input_error(file):
        _, root = next(guarded(io.BytesIO(data), events=("start",), forbid_dtd=True))
        yield Element(root.tag, dict(root.attrib))
        # A document type stands before the root or nowhere, and there defusedxml has just looked. Its parser is
        # written in Python; from here on the standard one, in C, is as safe and five times as fast.
        for _, element in iterparse(io.BytesIO(data), events=("end",)):  # noqa: S314
            is_wanted = known.get(element.tag)
            if is_wanted is None:
                is_wanted = known[element.tag] = str(element.tag).rpartition("}")[2] in wanted
            if is_wanted:
                yield element
                element.clear()


@contextmanager
def _as_input_error(file: str) -> Iterator[None]:
    try:
        yield
    except DefusedXmlException as error:
        raise InputError(Fault("xml.forbidden", Location(file), {"reason": type(error).__name__})) from None
    except (ParseError, ValueError, LookupError) as error:
        line, column = getattr(error, "position", (0, -1))
        at = Location(file, line, column + 1)
        raise InputError(Fault("xml.malformed", at, {"reason": str(error)})) from None


def _damage(data: bytes, file: str) -> list[Fault]:
    """Bytes that are no text: the first few one by one, each with how many there are in all."""
    if data[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        return []  # UTF-16: the parser checks it
    declared = _DECLARED.match(data.removeprefix(b"\xef\xbb\xbf"))
    utf8 = declared is None or declared.group(1).lower() in {b"utf-8", b"us-ascii"}
    total, offsets = _bad_utf8(data) if utf8 else (0, [])
    controls = [match.start() for match in _CONTROL.finditer(data)]
    return [
        Fault(
            "xml.bad_bytes",
            Location(file, line_of(data, offset)),
            {"offset": offset, "byte": f"0x{data[offset]:02X}", "total": total + len(controls)},
        )
        for offset in sorted(offsets + controls[:_NAMED])[:_NAMED]
    ]


def _bad_utf8(data: bytes) -> tuple[int, list[int]]:
    """How many bytes are no UTF-8, and the offsets of the first few."""
    text = data.decode("utf-8", "surrogateescape")
    if text.isascii():
        return 0, []
    places = [match.start() for match in _ESCAPED.finditer(text)]
    return len(places), [len(text[:place].encode("utf-8", "surrogateescape")) for place in places[:_NAMED]]
