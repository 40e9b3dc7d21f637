"""``rules show``: what is in a pack, and who approved it."""

from __future__ import annotations

from datetime import date

import click

from vetting_engine.cli._dates import DAY, today
from vetting_engine.cli._exit import Exit

__all__ = ["COMMAND"]


@click.command("show")
@click.argument("pack")
@click.option("--as-of", type=DAY, default=today, show_default="today", help="The day the approval is looked at.")
@click.option("--json", "as_json", is_flag=True, help="Say it as JSON.")
def COMMAND(pack: str, as_of: date, *, as_json: bool) -> Exit:  # noqa: N802
    """Show PACK, a shipped pack's name or a folder: digests, what it extends, approval, how much is in it."""
    from vetting_engine.cli._show_pack import show_pack  # noqa: PLC0415  # heavy
    from vetting_engine.rulebook import load_ruleset  # noqa: PLC0415  # heavy
    from vetting_engine.workbench.summary import summarise  # noqa: PLC0415  # heavy

    show_pack(summarise(load_ruleset(pack), as_of), as_json=as_json)
    return Exit.DONE
