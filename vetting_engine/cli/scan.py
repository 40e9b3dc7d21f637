"""``scan``: plain texts in, findings out, for tools that use only the content rules."""

from __future__ import annotations

from datetime import date

import click

from vetting_engine.cli._dates import DAY, today
from vetting_engine.cli._exit import Exit

__all__ = ["COMMAND"]


@click.command("scan")
@click.argument("path")
@click.option("--pack", default="community-influencer", show_default=True, help="A shipped pack, or a folder.")
@click.option("--language", "languages", multiple=True, help="Language of texts that do not say theirs; repeatable.")
@click.option("--as-of", type=DAY, default=today, show_default="today", help="The day terms and rules are in force on.")
@click.option("--out", default="-", show_default=True, help="File to write to; - is stdout.")
@click.option("--with-text", is_flag=True, help="Quote what was found; never of disclosures by people at risk.")
def COMMAND(path: str, pack: str, languages: tuple[str, ...], as_of: date, out: str, *, with_text: bool) -> Exit:  # noqa: N802
    """Scan the texts of PATH, a file of JSON Lines with id, text and perhaps language (- reads from stdin).

    Each text gives one line: its gravest level, whether the pack's terms cover its language, and its findings. A line
    that cannot be read is told on stderr and the rest goes on; then the exit code is 6.
    """
    from vetting_engine.cli._scan_run import ScanRequest, run_scan  # noqa: PLC0415  # heavy: help must answer at once

    return run_scan(ScanRequest(path, pack, languages, as_of, out, with_text))
