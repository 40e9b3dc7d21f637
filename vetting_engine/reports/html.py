"""The reviewer's pages: a summary without names, and sections of at most 500 candidates, gravest first.

Self-contained: inline style under a content security policy that allows nothing else, no scripts, no network.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

import jinja2
from markupsafe import Markup

from vetting_engine.model.decision import Disposition
from vetting_engine.model.run import Run, Vetting
from vetting_engine.reports._candidate import candidate_view, index_row
from vetting_engine.reports._options import Options
from vetting_engine.reports._summary import MAX_WORKLIST, gravest_first, summary_view
from vetting_engine.reports._visible import visible
from vetting_engine.reports._words import Words

__all__ = ["MAX_PAGE_BYTES", "PAGE_CANDIDATES", "PLUGIN", "HtmlReport"]

SUMMARY_FILE = "report.html"
#: One page opens in a second on an office laptop; single files of 100 MB do not open at all.
PAGE_CANDIDATES = 500
MAX_PAGE_BYTES = 2_000_000
#: Room for the head and style of a page, and for one row of its index beside the id (at most 800 bytes twice).
_PAGE_HEAD_BYTES = 20_000
_INDEX_ROW_BYTES = 2_000


@dataclass(frozen=True)
class HtmlReport:
    """Writes ``report.html`` and ``candidates-001.html`` …"""

    name: str = "html"
    options: Options = field(default_factory=Options)

    def configured(self, options: Options) -> HtmlReport:
        """The same report in another language, or for the reviewer of one function."""
        return replace(self, options=options)

    def write(self, run: Run, folder: Path) -> tuple[Path, ...]:
        """Write the pages into an existing folder; the summary comes first in the answer."""
        return _Pages(run, folder, self.options).write()


PLUGIN = HtmlReport()


class _Shard(NamedTuple):
    """The candidates of one page: rows of its index, and their sections as rendered."""

    rows: list[dict[str, object]]
    sections: list[Markup]


class _Pages:
    """One writing of one run."""

    def __init__(self, run: Run, folder: Path, options: Options) -> None:
        # Rules and obligations are read in the language of the report, as far as the pack speaks it.
        run = replace(run, ruleset=run.ruleset.in_language(options.language))
        self._run, self._folder, self._options = run, folder, options
        self._words = Words(options.language)
        self._dry_run = run.dry_run or any(vetting.decision.dry_run for vetting in run.vettings)

    def write(self) -> tuple[Path, ...]:
        written: list[Path] = []
        pages: list[dict[str, object]] = []
        worklist: list[dict[str, object]] = []
        shards = self._shards()
        shard = next(shards, None)
        first = 1
        while shard is not None:  # one ahead, so that a page knows whether another follows
            following = next(shards, None)
            file = _page_file(len(written) + 1)
            pages.append({"file": file, "first": first, "last": first + len(shard.sections) - 1})
            first += len(shard.sections)
            worklist.extend(
                row | {"file": file} for row in shard.rows if row["disposition"] != Disposition.NOTHING_FOUND
            )
            written.append(self._write_page(len(written) + 1, shard, last=following is None))
            shard = following
        return (self._write_summary(pages, worklist), *written)

    def _shards(self) -> Iterator[_Shard]:
        """Rendered sections, page by page."""
        shard = _Shard([], [])
        size = _PAGE_HEAD_BYTES
        for number, vetting in enumerate(gravest_first(self._run.vettings), start=1):
            row, section = self._section(vetting, f"c{number}")
            weight = len(section.encode("utf-8")) + _INDEX_ROW_BYTES
            if shard.sections and (len(shard.sections) >= PAGE_CANDIDATES or size + weight > MAX_PAGE_BYTES):
                yield shard
                shard, size = _Shard([], []), _PAGE_HEAD_BYTES
            shard.rows.append(row)
            shard.sections.append(section)
            size += weight
        if shard.sections:
            yield shard

    def _section(self, vetting: Vetting, anchor: str) -> tuple[dict[str, object], Markup]:
        view = candidate_view(vetting, self._run.ruleset, self._options, self._words)
        row = index_row(view) | {"anchor": anchor}
        section = _environment().get_template("candidate.html").render(self._common | {"c": view, "anchor": anchor})
        return row, Markup(section)  # noqa: S704  # rendered with autoescape

    def _write_page(self, number: int, shard: _Shard, *, last: bool) -> Path:
        return self._render(
            "candidates.html",
            _page_file(number),
            number=number,
            index=shard.rows,
            sections=shard.sections,
            summary_file=SUMMARY_FILE,
            previous=_page_file(number - 1) if number > 1 else "",
            next="" if last else _page_file(number + 1),
            as_of=self._run.as_of.isoformat(),
            dry_run=self._dry_run,
            pack_id=self._run.ruleset.id,
            pack_version=self._run.ruleset.version,
        )

    def _write_summary(self, pages: Sequence[object], worklist: Sequence[object]) -> Path:
        return self._render(
            "summary.html",
            SUMMARY_FILE,
            s=summary_view(self._run, self._words),
            pages=pages,
            worklist=worklist[:MAX_WORKLIST],
            worklist_left_out=max(0, len(worklist) - MAX_WORKLIST),
        )

    def _render(self, template: str, file: str, **values: object) -> Path:
        path = self._folder / file
        text = _environment().get_template(template).render(self._common | values)
        path.write_text(text, encoding="utf-8", newline="\n")
        return path

    @cached_property
    def _common(self) -> dict[str, object]:
        """What every template may use."""
        words, reader = self._words, self._options.function
        style = _template("style.css")
        hashed = base64.b64encode(hashlib.sha256(style.encode("utf-8")).digest()).decode("ascii")
        return {
            "t": words.text,
            "language": words.language,
            "direction": words.direction,
            "engine_version": self._run.engine_version,
            "reader": words.word("report.reader_of", "team")
            if reader is None
            else words.word("report.function", reader),
            "style": Markup(style),  # noqa: S704  # ours, and bound by its hash
            "style_hash": f"sha256-{hashed}",
        }


@cache
def _environment() -> jinja2.Environment:
    return jinja2.Environment(
        loader=jinja2.FunctionLoader(_template),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        finalize=_neutral,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _template(name: str) -> str:
    return (files(__package__) / "templates" / name).read_text(encoding="utf-8")


def _page_file(number: int) -> str:
    return f"candidates-{number:03}.html"


def _neutral(value: object) -> object:
    """What every template expression passes through before it is escaped."""
    return visible(value) if type(value) is str else value
