"""Reads ``pages/``: what a rule's author has to say beyond its fields, one page of Markdown by rule."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from vetting_engine.errors import Location
from vetting_engine.rulebook._near import nearest
from vetting_engine.rulebook._reading import Reading, Source

__all__ = ["PAGES", "with_pages"]

PAGES = "pages"
#: What a reader could not see, or would see in another order than it stands there.
_NOT_TEXT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def with_pages(reading: Reading, sources: Sequence[Source], homes: Mapping[str, int]) -> tuple[Source, ...]:
    """The rules with their pages. One that belongs to no rule refuses the pack; of extended packs those fall away whose
    rule a nearer pack replaces.
    """
    pages: dict[str, str] = {}
    for depth, layer in enumerate(reading.layers):
        for path, data in layer.contents.files.items():
            folder, _, name = path.partition("/")
            if folder != PAGES or not name.endswith(".md"):
                continue
            rule = name.removesuffix(".md")
            text = _text(reading, data, Location(layer.shown(path)))
            if rule not in homes:
                reading.fault("page.unknown_rule", Location(layer.shown(path)), rule=rule, near=nearest(rule, homes))
            elif depth >= homes[rule] and text is not None:
                pages[rule] = text
    return tuple(
        replace(source, rule=source.rule.model_copy(update={"page": pages[source.rule.id]}))
        if source.rule.id in pages
        else source
        for source in sources
    )


def _text(reading: Reading, data: bytes, at: Location) -> str | None:
    try:
        text = data.decode("utf-8").replace("\r\n", "\n")
    except UnicodeDecodeError as trouble:
        place = data[: trouble.start].count(b"\n") + 1
        reading.fault("yaml.encoding", Location(at.file, place), byte=f"0x{data[trouble.start]:02X}")
        return None
    found = _NOT_TEXT.search(text)
    if found is not None:
        place = text.count("\n", 0, found.start()) + 1
        reading.fault("yaml.hidden_character", Location(at.file, place), character=f"U+{ord(found[0]):04X}")
        return None
    return text
