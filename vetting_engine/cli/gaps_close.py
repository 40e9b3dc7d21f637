"""``gaps close``: two signed readings of a gap each, and new records in which they are heeded."""

from __future__ import annotations

from pathlib import Path

import click

from vetting_engine.cli._exit import Exit

__all__ = ["COMMAND"]

_FILE = click.Path(path_type=Path)


@click.command("close")
@click.argument("journal", type=_FILE)
@click.argument("readings", type=_FILE, nargs=-1, required=True)
@click.option("--keys", type=_FILE, required=True, help="The key ring the records were made with.")
@click.option("--readers", type=_FILE, required=True, help="Who is declared to read what, with their keys (YAML).")
@click.option("--office", default="", help="The office responsible, for the record.")
@click.option("--actor", default="", help="Who records it; a typed name is not an assured identity.")
@click.option("--json", "as_json", is_flag=True, help="Say the result as JSON Lines.")
def COMMAND(journal: Path, readings: tuple[Path, ...], keys: Path, readers: Path, **options: object) -> Exit:  # noqa: N802
    """Take signed READINGS into JOURNAL, two of each gap: cases are decided again, new records supersede the old ones.

    Exit code 1: a reading has faults, all of which are told; nothing was recorded. Exit code 3: two readers differ, so
    a gap stays open and somebody must look.
    """
    from vetting_engine.cli._show_gaps import show_closed  # noqa: PLC0415  # heavy
    from vetting_engine.model.record import Actor  # noqa: PLC0415  # heavy
    from vetting_engine.records import FileKeyRing, Journal  # noqa: PLC0415  # heavy
    from vetting_engine.review import close_gaps, open_reading, paired, read_readers  # noqa: PLC0415  # heavy

    declared = read_readers(readers)
    closings = paired([open_reading(path) for path in readings], declared)
    actor = Actor(id=str(options["actor"])) if options["actor"] else None
    with FileKeyRing(keys) as ring, Journal.open(journal) as opened:
        closed = close_gaps(opened, ring, closings, actor=actor, office=str(options["office"]))
    show_closed(closed, as_json=bool(options["as_json"]))
    return Exit.REVIEW_NEEDED if any(one.disputed for one in closed) else Exit.DONE
