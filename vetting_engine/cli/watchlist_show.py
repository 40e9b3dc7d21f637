"""``watchlist show``: what a list or a folder of lists holds."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from vetting_engine.cli._dates import DAY, today
from vetting_engine.cli._exit import Exit

__all__ = ["COMMAND"]


@click.command("show")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--as-of", type=DAY, default=today, show_default="today", help="The day the age of lists is told on.")
@click.option("--json", "as_json", is_flag=True, help="Say the result as JSON.")
def COMMAND(file: Path, as_of: date, *, as_json: bool) -> Exit:  # noqa: N802
    """Show the list in FILE, or every list of a folder: entries, days, digest, effect, age, what was partly understood.

    Exit code 5: a list is missing, refused, undated or too old.
    """
    from vetting_engine.cli._show_watchlist import show_lists  # noqa: PLC0415  # heavy

    return Exit.DONE if show_lists(file, as_of, as_json=as_json) else Exit.LIST_MISSING
