"""A page as a list of blocks, written as Markdown and as HTML: one content, two forms, everything escaped."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

__all__ = ["Page", "as_html", "as_markdown"]

#: Languages written from right to left.
_RIGHT_TO_LEFT = frozenset(("ar", "fa", "he", "ur"))
#: What Markdown (CommonMark and its tables) would read as markup anywhere in a line.
_MARKUP = re.compile(r"([\\`*_\[\]<>|#~&!])")
#: And only at its start: lists, quotes, rules and numbered lists.
_AT_START = re.compile(r"^([-+=])")
_NUMBERED = re.compile(r"^([0-9]+)([.)])")
#: Below the heading of the rule a page belongs to.
_PROSE_LEVEL = 4
_BULLETS = ("- ", "* ")
_STYLE = (
    "body{font:1rem/1.55 system-ui,sans-serif;max-width:46rem;margin:2rem auto;padding:0 1rem;color:#1a1a1a}"
    "table{border-collapse:collapse;width:100%;margin:1rem 0}"
    "th,td{border:1px solid #bbb;padding:.3rem .5rem;text-align:start;vertical-align:top;overflow-wrap:anywhere}"
    "h1,h2,h3,h4{line-height:1.25}h3{margin-top:2rem}code{overflow-wrap:anywhere}"
)


@dataclass(frozen=True, slots=True)
class _Block:
    kind: str  # "h1" to "h4", "p", "ul" or "table"
    lines: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(slots=True)
class Page:
    """A page being written, in one language."""

    title: str
    language: str
    blocks: list[_Block] = field(default_factory=list)

    def heading(self, level: int, text: str) -> None:
        """A heading; 1 is the page's own."""
        self.blocks.append(_Block(f"h{level}", (text,)))

    def paragraph(self, text: str) -> None:
        """A paragraph; nothing for an empty text."""
        if text.strip():
            self.blocks.append(_Block("p", (" ".join(text.split()),)))

    def items(self, texts: Iterable[str]) -> None:
        """A list; nothing for an empty one."""
        if lines := tuple(" ".join(text.split()) for text in texts if text.strip()):
            self.blocks.append(_Block("ul", lines))

    def prose(self, markdown: str) -> None:
        """An author's page: its headings, lists and paragraphs; whatever else Markdown knows stays plain text."""
        for part in re.split(r"\n\s*\n", markdown):
            lines = [line.strip() for line in part.splitlines() if line.strip()]
            while lines and lines[0].startswith("#"):
                self.heading(_PROSE_LEVEL, lines.pop(0).lstrip("#").strip())
            if lines and all(line.startswith(_BULLETS) for line in lines):
                self.items(line[2:] for line in lines)
            else:
                self.paragraph(" ".join(lines))

    def table(self, head: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
        """A table with a head; nothing where there are no rows."""
        if kept := tuple(tuple(" ".join(cell.split()) for cell in row) for row in rows):
            self.blocks.append(_Block("table", tuple(head), kept))


def as_markdown(page: Page) -> str:
    """The page as Markdown."""
    return "\n\n".join(_markdown(block) for block in page.blocks) + "\n"


def _markdown(block: _Block) -> str:
    if block.kind == "table":
        head = _row(block.lines)
        return "\n".join([head, "|" + "---|" * len(block.lines), *(_row(row) for row in block.rows)])
    lines = [_escaped(line) for line in block.lines]
    if block.kind == "ul":
        return "\n".join(f"- {line}" for line in lines)
    return lines[0] if block.kind == "p" else f"{'#' * int(block.kind[1])} {lines[0]}"


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(_escaped(cell) for cell in cells) + " |"


def _escaped(text: str) -> str:
    return _NUMBERED.sub(r"\1\\\2", _AT_START.sub(r"\\\1", _MARKUP.sub(r"\\\1", text)))


def as_html(page: Page) -> str:
    """The page as one HTML file that needs nothing else."""
    direction = "rtl" if page.language.split("-")[0] in _RIGHT_TO_LEFT else "ltr"
    return (
        f'<!doctype html>\n<html lang="{html.escape(page.language)}" dir="{direction}">\n'
        '<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{html.escape(page.title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n"
        + "\n".join(_html(block) for block in page.blocks)
        + "\n</body>\n</html>\n"
    )


def _html(block: _Block) -> str:
    # Texts of a pack may be in another direction than the page.
    if block.kind == "table":
        head = "".join(f'<th scope="col">{html.escape(cell)}</th>' for cell in block.lines)
        rows = "\n".join(
            "<tr>" + "".join(f'<td dir="auto">{html.escape(cell)}</td>' for cell in row) + "</tr>" for row in block.rows
        )
        return f"<table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{rows}\n</tbody>\n</table>"
    if block.kind == "ul":
        return "<ul>\n" + "\n".join(f'<li dir="auto">{html.escape(line)}</li>' for line in block.lines) + "\n</ul>"
    return f'<{block.kind} dir="auto">{html.escape(block.lines[0])}</{block.kind}>'
