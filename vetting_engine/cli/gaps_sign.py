"""``gaps sign``: a reader hands a filled sheet back under their own key."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from vetting_engine.cli._dates import DAY, today
from vetting_engine.cli._exit import Exit

__all__ = ["COMMAND"]

_FILE = click.Path(path_type=Path)


@click.command("sign")
@click.argument("sheet", type=_FILE)
@click.option("--reader", required=True, help="Who has read it, as declared in readers.yaml.")
@click.option("--key", type=_FILE, required=True, help="The reader's own key.")
@click.option("--passphrase/--no-passphrase", default=True, help="Whether the key has one; it is asked for.")
@click.option("--on", type=DAY, default=today, show_default="today", help="The day it was read.")
@click.option(
    "--conflict-of-interest",
    type=click.Choice(("no", "yes")),
    required=True,
    help="Whether anything ties the reader to whom it is about.",
)
@click.option("--out", type=_FILE, required=True, help="The signed reading to write (JSON); must not be there yet.")
def COMMAND(sheet: Path, reader: str, key: Path, on: date, **options: object) -> Exit:  # noqa: N802
    """Sign a filled SHEET (CSV or XLSX): every item read, what was found, nothing of the texts.

    Exit code 1: the sheet has faults, all of which are told; nothing was written.
    """
    from vetting_engine.cli._show_gaps import show_signed  # noqa: PLC0415  # heavy
    from vetting_engine.records.sign import open_key_file  # noqa: PLC0415  # heavy
    from vetting_engine.review import read_sheet, sign_reading  # noqa: PLC0415  # heavy

    filled = read_sheet(sheet)
    passphrase = click.prompt("Passphrase", hide_input=True, err=True) if options["passphrase"] else ""
    own = open_key_file(key, passphrase)
    tied = options["conflict_of_interest"] == "yes"
    signed = sign_reading(filled, own, reader=reader, on=on, conflict_of_interest=tied)
    out = Path(str(options["out"]))
    try:
        with out.open("x", encoding="utf-8") as file:
            file.write(signed.text())
    except FileExistsError:
        raise click.BadParameter(
            f"{out} is there already; a reading is never overwritten", param_hint="--out"
        ) from None
    show_signed(signed, out)
    return Exit.DONE
