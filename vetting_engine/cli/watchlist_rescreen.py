"""``watchlist rescreen``: after lists changed, whom it affects, and only these screened anew."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from vetting_engine.cli._dates import DAY, today
from vetting_engine.cli._exit import Exit

__all__ = ["COMMAND"]

_FILE = click.Path(path_type=Path)


@click.command("rescreen")
@click.argument("path", type=_FILE)
@click.option("--new", type=_FILE, multiple=True, help="A newer copy of a list, or a folder of lists; repeatable.")
@click.option("--old", type=_FILE, multiple=True, help="Of a batch: the copy it was vetted with; repeatable.")
@click.option("--keys", type=_FILE, help="Of a journal: the key ring it was made with.")
@click.option("--as-of", type=DAY, default=today, show_default="today", help="The day to decide for.")
@click.option("--vetted-on", type=DAY, help="Of a batch: the day it was vetted on.  [default: as of]")
@click.option("--pack", default="community-influencer", show_default=True, help="Of a batch: its pack.")
@click.option("--mapping", type=_FILE, help="Of a batch: which column of a form means what (YAML).")
@click.option("--no-record", is_flag=True, help="Of a journal: say what would be, record nothing.")
@click.option("--cache", type=_FILE, help="Folder for compiled lists.  [default: .compiled beside long lists]")
@click.option("--no-cache", is_flag=True, help="Keep no list compiled.")
@click.option(
    "--function",
    type=click.Choice(("protection", "public_information", "ict", "private_sector_partnerships", "legal")),
    help="Whose eyes it is for.",
)
@click.option("--office", default="", help="The office responsible, for the record.")
@click.option("--actor", default="", help="Who runs this, for the record; a typed name is not an assured identity.")
@click.option(
    "--fail-on",
    type=click.Choice(("incomplete", "needs_review", "escalate")),
    help="Exit with 3 if somebody screened anew comes out so, or graver.",
)
@click.option("--json", "as_json", is_flag=True, help="Say the result as JSON Lines.")
def COMMAND(as_of: date, **options: object) -> Exit:  # noqa: N802  # the name every command module offers
    """Screen the people of PATH, a journal or a batch, against newer copies of lists.

    Only those are vetted anew whom an entry touches that came, left, changed or expired; everybody else would get the
    answer they have. A journal knows the lists it was made with and takes new records, which supersede the old ones.
    A batch (as for vet) needs the --old copies, and nothing is recorded; the lists of its folder count as new.
    """
    from vetting_engine.cli._rescreen_run import Request, run_rescreen  # noqa: PLC0415  # heavy

    return run_rescreen(Request(as_of=as_of, **options))  # type: ignore[arg-type]  # click has typed each option
