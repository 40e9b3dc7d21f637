"""``journal verify``: is the journal as it was recorded?"""

from __future__ import annotations

from pathlib import Path

import click

from vetting_engine.cli._exit import Exit

__all__ = ["COMMAND"]


@click.command("verify")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--checkpoint", metavar="LINE", help="A checkpoint line kept elsewhere; finds cut or swapped journals.")
@click.option("--json", "as_json", is_flag=True, help="Say the result as JSON.")
def COMMAND(file: Path, checkpoint: str | None, *, as_json: bool) -> Exit:  # noqa: N802
    """Verify every stored byte of the journal FILE, and name each record that was altered.

    What is shown is that records are unaltered since they were recorded, never that they are true. Exit code 4:
    something is not as it was recorded.
    """
    from vetting_engine.cli._show_journal import show_verified  # noqa: PLC0415  # heavy
    from vetting_engine.records import verify_journal  # noqa: PLC0415  # heavy

    report = verify_journal(file, checkpoint)
    show_verified(report, file, pinned=checkpoint is not None, as_json=as_json)
    return Exit.DONE if report.ok else Exit.NOT_VERIFIED
