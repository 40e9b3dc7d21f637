"""``gaps sample``: the sheet that two readers read to close a gap."""

from __future__ import annotations

from pathlib import Path

import click

from vetting_engine.cli._exit import Exit

__all__ = ["COMMAND"]

_FILE = click.Path(path_type=Path)


@click.command("sample")
@click.argument("journal", type=_FILE)
@click.argument("record")
@click.option("--gap", required=True, help="What the gap is about, as gaps list tells it: language:rhg.")
@click.option("--keys", type=_FILE, required=True, help="The key ring the record was made with.")
@click.option("--out", type=_FILE, required=True, help="The sheet to write (CSV); must not be there yet.")
@click.option("--json", "as_json", is_flag=True, help="Say the result as JSON.")
def COMMAND(journal: Path, record: str, gap: str, keys: Path, out: Path, *, as_json: bool) -> Exit:  # noqa: N802
    """Draw the sample of a gap of RECORD in JOURNAL, and write it as a sheet for two readers.

    The sheet holds what somebody published: hand it to the two readers only, and delete it when they are done.
    """
    from vetting_engine.cli._show_gaps import show_sample  # noqa: PLC0415  # heavy
    from vetting_engine.records import FileKeyRing, Journal  # noqa: PLC0415  # heavy
    from vetting_engine.review import sample_of, sheet_text  # noqa: PLC0415  # heavy

    with FileKeyRing(keys) as ring, Journal.open(journal) as opened:
        found, drawn = sample_of(opened, ring, record, gap)
    try:
        with out.open("x", encoding="utf-8", newline="") as file:
            file.write(sheet_text(drawn, record, found.check, gap))
    except FileExistsError:
        raise click.BadParameter(f"{out} is there already; a sheet is never overwritten", param_hint="--out") from None
    show_sample(drawn, out, as_json=as_json)
    return Exit.DONE
