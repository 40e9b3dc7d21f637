"""Makes characters visible that would hide or reorder what a reviewer reads.

A name or post may carry bidirectional overrides, control characters or invisible letters, so that a page
shows other words than were written. They are shown as ``⟦U+202E⟧``; nothing is dropped.
"""

from __future__ import annotations

import re

__all__ = ["visible"]

#: Ranges shown by number. Kept: tab, line feed and carriage return; the zero-width (non-)joiners and zero-width
#: space that Persian, Indic and Burmese writing needs; the weak marks LRM, RLM and ALM, which Arabic and Hebrew
#: keyboards insert and which cannot reorder letters (UAX #9, section 2.6).
_HIDING = (
    (0x0000, 0x0008),  # C0 controls
    (0x000B, 0x000C),
    (0x000E, 0x001F),
    (0x007F, 0x009F),  # DEL, C1 controls
    (0x00AD, 0x00AD),  # soft hyphen
    (0x034F, 0x034F),  # combining grapheme joiner
    (0x115F, 0x1160),  # Hangul fillers: letters that draw nothing
    (0x180B, 0x180F),  # Mongolian selectors and vowel separator
    (0x2028, 0x202E),  # line and paragraph separators, embeddings and overrides
    (0x2060, 0x206F),  # word joiner, invisible operators, isolates, deprecated controls
    (0x3164, 0x3164),  # Hangul filler
    (0xD800, 0xDFFF),  # lone surrogates
    (0xE000, 0xF8FF),  # private use: whatever a font makes of it
    (0xFDD0, 0xFDEF),  # noncharacters
    (0xFEFF, 0xFEFF),  # byte order mark
    (0xFFA0, 0xFFA0),  # halfwidth Hangul filler
    (0xFFF9, 0xFFFB),  # interlinear annotation
    (0xFFFE, 0xFFFF),
    (0xE0000, 0xE0FFF),  # tags and supplementary selectors
    (0xF0000, 0x10FFFF),  # private planes
)
_HIDDEN = re.compile("[" + "".join(f"{chr(first)}-{chr(last)}" for first, last in _HIDING) + "]")


def visible(text: str) -> str:
    """``text`` with each hiding character written as its number, e.g. ``⟦U+202E⟧``."""
    return _HIDDEN.sub(lambda found: f"⟦U+{ord(found[0]):04X}⟧", text)
