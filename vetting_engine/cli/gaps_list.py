"""``gaps list``: the open gaps of a journal, and how much people would read to close each."""

from __future__ import annotations

from pathlib import Path

import click

from vetting_engine.cli._exit import Exit

__all__ = ["COMMAND"]


@click.command("list")
@click.argument("journal", type=click.Path(path_type=Path))
@click.option("--keys", type=click.Path(path_type=Path), required=True, help="The key ring the records were made with.")
@click.option("--readable", is_flag=True, help="Only gaps that people can close by reading.")
@click.option("--json", "as_json", is_flag=True, help="Say the result as JSON Lines.")
def COMMAND(journal: Path, keys: Path, *, readable: bool, as_json: bool) -> Exit:  # noqa: N802
    """List the open gaps of everybody's latest record in JOURNAL: whose each is, and what closes it.

    Exit code 6: some records could not be opened.
    """
    from vetting_engine.cli._show_gaps import show_open  # noqa: PLC0415  # heavy
    from vetting_engine.records import FileKeyRing, Journal  # noqa: PLC0415  # heavy
    from vetting_engine.review import open_gaps  # noqa: PLC0415  # heavy

    with FileKeyRing(keys) as ring, Journal.open(journal) as opened:
        found = open_gaps(opened, ring)
    show_open(found, readable=readable, as_json=as_json)
    return Exit.ROWS_REFUSED if found.not_opened else Exit.DONE
