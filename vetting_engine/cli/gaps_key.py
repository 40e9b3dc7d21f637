"""``gaps key``: a reader's own key."""

from __future__ import annotations

from pathlib import Path

import click

from vetting_engine.cli._exit import Exit

__all__ = ["COMMAND"]


@click.command("key")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--no-passphrase", is_flag=True, help="Write the key as it is; whoever has the file can sign.")
def COMMAND(file: Path, *, no_passphrase: bool) -> Exit:  # noqa: N802
    """Make a reader's own key in FILE, which never leaves them, and say the public key to be declared in readers.yaml.

    A passphrase is asked for; it encrypts the file.
    """
    from vetting_engine.records.sign import new_key_file  # noqa: PLC0415  # heavy

    passphrase = (
        "" if no_passphrase else click.prompt("Passphrase", hide_input=True, confirmation_prompt=True, err=True)
    )
    click.echo(new_key_file(file, passphrase).public)
    return Exit.DONE
