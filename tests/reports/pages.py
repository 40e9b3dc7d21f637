"""Reads a written page back: which tags it holds, what a person sees, whether it is well formed."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path

VOID = frozenset({"meta", "br", "rect", "path", "circle", "use"})


class Page(HTMLParser):
    """Tags, attributes and visible text of one page; raises where tags do not nest."""

    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=True)
        self.source = source
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str, str | None]] = []
        self.marks: list[str] = []
        self._open: list[str] = []
        self._seen: list[str] = []
        self.feed(source)
        self.close()
        assert not self._open, f"not closed: {self._open}"

    @classmethod
    def read(cls, path: Path) -> Page:
        return cls(path.read_text(encoding="utf-8"))

    @property
    def text(self) -> str:
        """What a person reads, white space as written."""
        return "".join(self._seen)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes.extend((tag, name, value) for name, value in attrs)
        if tag not in VOID:
            self._open.append(tag)
        if tag == "mark":
            self.marks.append("")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes.extend((tag, name, value) for name, value in attrs)

    def handle_endtag(self, tag: str) -> None:
        assert self._open, f"</{tag}> closes nothing"
        assert self._open.pop() == tag, f"</{tag}> does not nest"

    def handle_data(self, data: str) -> None:
        if "style" not in self._open:
            self._seen.append(data)
        if "mark" in self._open:
            self.marks[-1] += data
