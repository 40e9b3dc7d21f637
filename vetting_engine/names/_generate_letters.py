"""Writes ``data/letters.txt``: one ASCII spelling per letter, from the anyascii package.

The table is committed, so that a replay depends on no installed version of anyascii. Run it as
``python -m vetting_engine.names._generate_letters`` and review the difference.
"""

from __future__ import annotations

import sys
from importlib.metadata import version
from pathlib import Path

from anyascii import anyascii

from vetting_engine.text.scripts import is_word

_OUT = Path(__file__).parent / "data" / "letters.txt"
_LAST = 0x1FFFF  # names of living people stay below the CJK extensions of plane 2
_SURROGATES = range(0xD800, 0xE000)
_KEPT = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'-")
_MARKS = frozenset("'-")


def spelling(point: int) -> str:
    """The ASCII spelling of one code point, empty where it is no letter, mark or digit of a name."""
    if point in _SURROGATES:
        return ""
    ascii_form = anyascii(chr(point)).replace("`", "'")
    if ascii_form in _MARKS or (is_word(chr(point)) and set(ascii_form) <= _KEPT):
        return ascii_form.lower()
    return ""


def main() -> int:
    """Write the table: a header, then one line per block of 256 code points that has any letter."""
    lines = [f"anyascii {version('anyascii')}"]
    for block in range(1, (_LAST >> 8) + 1):
        row = [spelling(point) for point in range(block << 8, (block + 1) << 8)]
        if any(row):
            lines.append(f"{block:x}\t" + "\t".join(row).rstrip("\t"))
    lines.insert(1, "0\t" + "\t".join([""] * 0x80 + [spelling(point) for point in range(0x80, 0x100)]))
    _OUT.write_text("\n".join(lines) + "\n", encoding="ascii")
    sys.stdout.write(f"{_OUT.name}: {len(lines) - 1} blocks, {_OUT.stat().st_size} bytes\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
