"""``vet``: a batch of candidates in, a report and a journal out."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from vetting_engine.cli._dates import DAY, today
from vetting_engine.cli._exit import Exit

__all__ = ["COMMAND"]

_FILE = click.Path(path_type=Path)
_FUNCTIONS = ("protection", "public_information", "ict", "private_sector_partnerships", "legal")


def _register(_: click.Context, __: click.Parameter, given: tuple[str, ...]) -> tuple[tuple[str, Path], ...]:
    pairs = [value.partition("=") for value in given]
    wrong = next((value for value, (kind, _, file) in zip(given, pairs, strict=True) if not (kind and file)), None)
    if wrong is not None:
        raise click.BadParameter(f"{wrong!r} should be KIND=FILE, such as staff=staff.csv")
    return tuple((kind, Path(file)) for kind, _, file in pairs)


@click.command("vet")
@click.argument("path", type=_FILE)
@click.option("--pack", default="community-influencer", show_default=True, help="A shipped pack, or a folder.")
@click.option("--watchlist", "watchlists", type=_FILE, multiple=True, help="A list to screen against; repeatable.")
@click.option("--accept-stale", type=_FILE, help="Who accepts which list though it is too old (YAML).")
@click.option("--cache", type=_FILE, help="Folder for compiled lists.  [default: .compiled beside long lists]")
@click.option("--no-cache", is_flag=True, help="Keep no list compiled.")
@click.option(
    "--register",
    "registers",
    multiple=True,
    callback=_register,
    metavar="KIND=FILE",
    help="A register of staff, partners or restricted_parties; repeatable.",
)
@click.option("--posts", type=_FILE, multiple=True, help="Public posts; repeatable.")
@click.option("--relations", type=_FILE, multiple=True, help="Declared ties; repeatable.")
@click.option("--attestations", type=_FILE, multiple=True, help="Trainings taken, codes signed; repeatable.")
@click.option("--agd", type=_FILE, multiple=True, help="AGD self-reports, kept apart; repeatable.")
@click.option("--mapping", type=_FILE, help="Which column of a form means what (YAML).")
@click.option("--as-of", type=DAY, default=today, show_default="today", help="The day everything is reckoned from.")
@click.option("--out", type=_FILE, help="Folder for the report.  [default: vetting-<as of>]")
@click.option("--journal", type=_FILE, help="Journal to write into.  [default: <out>/journal.sqlite]")
@click.option("--keys", type=_FILE, help="Key ring, kept apart from the journal.  [default: <out>.keys]")
@click.option("--no-journal", is_flag=True, help="Record nothing.")
@click.option("--format", "formats", default="html,jsonl", show_default=True, help="Reports to write.")
@click.option("--language", default="en", show_default=True, help="Language of the report.")
@click.option("--function", type=click.Choice(_FUNCTIONS), help="Write the report for reviewers of one function.")
@click.option("--with-evidence", is_flag=True, help="Let JSON Lines carry personal text.")
@click.option("--workers", type=click.IntRange(1, 64), default=1, show_default=True, help="Processes.")
@click.option("--office", default="", help="The office responsible, for the record.")
@click.option("--actor", default="", help="Who runs this, for the record; a typed name is not an assured identity.")
@click.option(
    "--fail-on",
    type=click.Choice(("incomplete", "needs_review", "escalate")),
    help="Exit with 3 if a candidate comes out so, or graver.",
)
@click.option("--json", "as_json", is_flag=True, help="Say the summary as JSON.")
def COMMAND(as_of: date, **options: object) -> Exit:  # noqa: N802  # the name every command module offers
    """Vet the candidates of PATH: a file, or a folder laid out by convention (- reads from stdin).

    A folder may hold candidates.*, posts*, relations*, attestations*, agd*, mapping.yaml, watchlists/* and
    registers/{staff,partners,restricted_parties}.*; options add to what is found there.
    """
    from vetting_engine.cli._vet_run import Request, run_vet  # noqa: PLC0415  # heavy: help must answer at once

    return run_vet(Request(as_of=as_of, **options))  # type: ignore[arg-type]  # click has typed each option
