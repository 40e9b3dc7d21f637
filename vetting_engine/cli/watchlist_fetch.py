"""``watchlist fetch``: the current copy of a list, from its issuer."""

from __future__ import annotations

from pathlib import Path

import click

from vetting_engine.cli._exit import Exit

__all__ = ["COMMAND"]

_MEGABYTE = 1024 * 1024


@click.command("fetch")
@click.argument("list_or_url", metavar="LIST")
@click.option(
    "--into", type=click.Path(path_type=Path, file_okay=False), required=True, help="The folder lists are kept in."
)
@click.option("--max-mb", type=click.IntRange(1, 512), default=512, show_default=True, help="The largest list taken.")
@click.option(
    "--timeout", type=click.IntRange(1, 3600), default=30, show_default=True, help="Seconds to wait for more."
)
@click.option("--attempts", type=click.IntRange(1, 10), default=4, show_default=True, help="How often to try.")
@click.option("--allow-local", is_flag=True, help="Allow http and addresses of this machine and its network.")
@click.option("--json", "as_json", is_flag=True, help="Say the result as JSON.")
def COMMAND(  # noqa: N802
    list_or_url: str, into: Path, max_mb: int, timeout: int, attempts: int, *, allow_local: bool, as_json: bool
) -> Exit:
    """Fetch LIST, the id of a list or its address, into a folder.

    The new copy takes the place of the old one only after it was read whole as that list. Exit code 5: there is no
    new copy, and the old one stays in use.
    """
    from vetting_engine.cli._dates import today  # noqa: PLC0415  # heavy
    from vetting_engine.cli._show_watchlist import show_kept  # noqa: PLC0415  # heavy
    from vetting_engine.sources import Bounds, fetch_watchlist  # noqa: PLC0415  # heavy

    bounds = Bounds(read=timeout, max_bytes=max_mb * _MEGABYTE, attempts=attempts, allow_local=allow_local)
    show_kept(fetch_watchlist(list_or_url, into, today=today(), bounds=bounds), today(), as_json=as_json)
    return Exit.DONE
