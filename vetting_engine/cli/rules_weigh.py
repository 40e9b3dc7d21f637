"""``rules weigh``: points for signs, from labelled posts."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from vetting_engine.cli._dates import DAY, today
from vetting_engine.cli._exit import Exit

__all__ = ["COMMAND"]


@click.command("weigh")
@click.argument("pack")
@click.argument("language")
@click.argument("cases", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--script", required=True, help="ISO 15924 code of the script, such as Latn.")
@click.option("--out", required=True, type=click.Path(path_type=Path), help="The file to write; it may not exist yet.")
@click.option(
    "--surer-by",
    type=click.IntRange(0, 100),
    default=0,
    show_default=True,
    help="Points asked for beyond as likely as not.",
)
@click.option("--as-of", type=DAY, default=today, show_default="today", help="The day of review to write.")
def COMMAND(  # noqa: N802
    pack: str, language: str, cases: tuple[Path, ...], *, script: str, out: Path, surer_by: int, as_of: date
) -> Exit:
    """Work out which everyday words of LANGUAGE speak for a topic, from CASES, and write them as signs for PACK.

    CASES are CSV tables with the columns language, expect (a category, or empty for a harmless post) and text, as for
    the benchmark content-categories; posts mostly in another script than --script are left aside. Names of groups and
    people are left out. Where words take on many shapes, pieces of words are weighed. What is written is a proposal, to
    be read before it is put into the pack's folder signs/.
    """
    from vetting_engine.checks.content import Scanner  # noqa: PLC0415  # heavy
    from vetting_engine.rulebook import load_ruleset  # noqa: PLC0415  # heavy
    from vetting_engine.workbench.sign_files import TOPICS, labelled, left_out, sign_file, write_new  # noqa: PLC0415  # heavy

    posts, ruleset = labelled(cases, language, script), load_ruleset(pack)
    leave_out = left_out(Scanner(ruleset), ruleset, language)
    text = sign_file(language, script, posts, leave_out, as_of=as_of, surer_by=dict.fromkeys(TOPICS, surer_by))
    write_new(out, text)
    click.echo(out)
    return Exit.DONE
