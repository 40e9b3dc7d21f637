"""``watchlist diff``: what is different between two copies of a list."""

from __future__ import annotations

from pathlib import Path

import click

from vetting_engine.cli._exit import Exit

__all__ = ["COMMAND"]


@click.command("diff")
@click.argument("old", type=click.Path(path_type=Path))
@click.argument("new", type=click.Path(path_type=Path))
@click.option("--authorities", type=click.Path(path_type=Path), help="Terms of the lists; aggregated lists need them.")
@click.option("--json", "as_json", is_flag=True, help="Say the result as JSON.")
def COMMAND(old: Path, new: Path, authorities: Path | None, *, as_json: bool) -> Exit:  # noqa: N802
    """Compare two copies of a list, OLD and NEW: entries added, removed and changed, by the digest of each.

    Exit code 5: one of them cannot be read, or they are different lists.
    """
    from vetting_engine.cli._show_watchlist import show_changes  # noqa: PLC0415  # heavy
    from vetting_engine.sources import compare_watchlists, load_authorities, load_watchlist  # noqa: PLC0415  # heavy

    terms = load_authorities(authorities) if authorities else None
    show_changes(compare_watchlists(load_watchlist(old, terms), load_watchlist(new, terms)), as_json=as_json)
    return Exit.DONE
