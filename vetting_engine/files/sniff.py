"""Encodings and delimiters, told from the content.

UTF-8 is taken as it is, UTF-16 and UTF-32 only with their mark. Anything else is either declared by the
officer, or Western European text that cannot be mistaken, which is then said as a warning.
"""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass
from itertools import islice

from vetting_engine.errors import Fault, InputError, Location

__all__ = ["DELIMITERS", "Decoded", "decode", "delimiter_of", "line_of"]

#: In order of preference where two fit equally.
DELIMITERS = (",", ";", "\t", "|")

# UTF-32 first: its little-endian mark begins with the mark of UTF-16.
_MARKS = (
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_FALLBACK = "cp1252"
#: Western European words have one accented letter, rarely two in a row; Arabic or Cyrillic code pages have runs.
_FOREIGN_RUN = re.compile(rb"[\x80-\xff]{3}")
_UTF8_PAIR = re.compile(rb"[\xc3-\xf4][\x80-\xbf]")
#: More NUL bytes than this share is not text with a slip in it but UTF-16 without a mark, or no text at all.
_NULS_PER_BYTE = 100
_SNIFFED_LINES = 60
#: Beyond this a record is no guide to the delimiter, and the csv module would refuse it anyway.
_SNIFFED_CHARS = 100_000


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text of a file, the encoding it was read in, and a warning where that had to be guessed."""

    text: str
    encoding: str
    warnings: tuple[Fault, ...] = ()


def decode(data: bytes, file: str, declared: str | None = None) -> Decoded:
    """The text of ``data``.

    Args:
        data: the bytes of the file.
        file: its name, for faults.
        declared: an encoding somebody vouches for (a Python codec name); a mark in the file still wins.

    Raises:
        InputError: ``file.binary``, ``file.encoding`` (with line and byte offset), ``file.encoding_unknown``.
    """
    encoding = next((codec for mark, codec in _MARKS if data.startswith(mark)), declared or "utf-8")
    if encoding not in {"utf-16", "utf-32"} and data.count(0) * _NULS_PER_BYTE > len(data):
        raise InputError(Fault("file.binary", Location(file, line_of(data, data.find(0)))))
    try:
        return Decoded(data.decode(encoding), encoding)
    except LookupError:
        raise InputError(Fault("file.encoding_unknown", Location(file), {"encoding": encoding})) from None
    except UnicodeDecodeError as error:
        if encoding == "utf-8" and _is_western(data):
            line = line_of(data, error.start)
            warning = Fault("file.encoding_guessed", Location(file, line), {"encoding": _FALLBACK}, severity="warning")
            return Decoded(data.decode(_FALLBACK), _FALLBACK, (warning,))
        at = Location(file, line_of(data, error.start))
        raise InputError(Fault("file.encoding", at, {"encoding": encoding, "offset": error.start})) from None


def line_of(data: bytes, offset: int) -> int:
    """The 1-based line that holds the byte at ``offset``."""
    return data.count(b"\n", 0, offset) + 1


def delimiter_of(text: str) -> str:
    """The delimiter under which the first lines make the widest steady table."""
    lines = [line for line in islice(io.StringIO(text[:_SNIFFED_CHARS], newline=""), _SNIFFED_LINES) if line.strip()]
    return max(DELIMITERS, key=lambda delimiter: (_steadiness(lines, delimiter), -DELIMITERS.index(delimiter)))


def _is_western(data: bytes) -> bool:
    """Whether bytes that are not UTF-8 can only be Western European text, not another code page or damage."""
    if _FOREIGN_RUN.search(data) or _UTF8_PAIR.search(data):
        return False
    try:
        data.decode(_FALLBACK)
    except UnicodeDecodeError:
        return False
    return True


def _steadiness(lines: list[str], delimiter: str) -> tuple[bool, int]:
    """Whether every quotation mark stands where this delimiter wants it; then columns beyond the first, times the
    share (in thousandths) of rows that have as many as the header.
    """
    rows, clean = _sample(lines, delimiter, strict=True)
    if not clean:
        rows, _ = _sample(lines, delimiter, strict=False)
    if not rows:
        return False, 0
    width = len(rows[0])
    steady = sum(len(row) == width for row in rows)
    return clean and width > 1, (width - 1) * 1000 * steady // len(rows)


def _sample(lines: list[str], delimiter: str, *, strict: bool) -> tuple[list[list[str]], bool]:
    """The rows of the first lines, and whether they parse; a quotation the sample cuts through is no slip."""
    rows: list[list[str]] = []
    reader = csv.reader(lines, delimiter=delimiter, strict=strict)
    try:
        rows.extend(reader)
    except csv.Error:
        return rows, reader.line_num == len(lines) and bool(rows)
    return rows, True
