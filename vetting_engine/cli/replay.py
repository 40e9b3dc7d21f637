"""``replay``: do everything again from the archive, and compare byte for byte."""

from __future__ import annotations

from pathlib import Path

import click

from vetting_engine.cli._exit import Exit

__all__ = ["COMMAND"]


@click.command("replay")
@click.argument("journal", type=click.Path(path_type=Path))
@click.option("--keys", type=click.Path(path_type=Path), required=True, help="The key ring the records were made with.")
@click.option("--json", "as_json", is_flag=True, help="Say the result as JSON.")
def COMMAND(journal: Path, keys: Path, *, as_json: bool) -> Exit:  # noqa: N802
    """Replay every record of JOURNAL from the archive beside it, and compare the decision cores.

    Exit code 4: a core came out different. Exit code 5: a pack, list or register is not in the archive.
    """
    from vetting_engine.cli._progress import progress  # noqa: PLC0415  # heavy
    from vetting_engine.cli._show_journal import replay_exit, show_replayed  # noqa: PLC0415  # heavy
    from vetting_engine.engine import replay  # noqa: PLC0415  # heavy
    from vetting_engine.records import FileKeyRing  # noqa: PLC0415  # heavy

    with FileKeyRing(keys) as ring, progress("cli.progress.replay", None) as advance:
        report = replay(journal, ring, progress=advance)
    show_replayed(report, as_json=as_json)
    return replay_exit(report)
