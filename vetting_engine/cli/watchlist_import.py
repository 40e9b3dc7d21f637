"""``watchlist import``: a list from a file, such as one on a USB stick."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from vetting_engine.cli._dates import DAY, today
from vetting_engine.cli._exit import Exit

__all__ = ["COMMAND"]


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--into", type=click.Path(path_type=Path, file_okay=False), required=True, help="The folder lists are kept in."
)
@click.option("--digest", metavar="SHA256", help="As printed by whoever handed the list over (sha256:…).")
@click.option("--retrieved", type=DAY, help="The day the file was taken from its issuer, where that is known.")
@click.option("--json", "as_json", is_flag=True, help="Say the result as JSON.")
def COMMAND(file: Path, into: Path, digest: str | None, retrieved: date | None, *, as_json: bool) -> Exit:  # noqa: N802
    """Take the list in FILE into a folder, a set of files whole.

    With a digest exactly these bytes are taken, even where they are older or fewer than the copy in use. Exit code 5:
    it was refused, and the old copy stays in use.
    """
    from vetting_engine.cli._show_watchlist import show_kept  # noqa: PLC0415  # heavy
    from vetting_engine.sources import import_watchlist  # noqa: PLC0415  # heavy

    show_kept(import_watchlist(file, into, digest=digest, retrieved=retrieved), today(), as_json=as_json)
    return Exit.DONE
