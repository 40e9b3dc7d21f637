"""``rules check``: is a pack whole and sound?"""

from __future__ import annotations

from datetime import date

import click

from vetting_engine.cli._dates import DAY, today
from vetting_engine.cli._exit import Exit

__all__ = ["COMMAND"]


@click.command("check")
@click.argument("pack")
@click.option("--as-of", type=DAY, default=today, show_default="today", help="The day reviews and approval are due on.")
@click.option("--analyse", is_flag=True, help="Look for rules that can never hold, or change nothing; needs z3.")
@click.option("--json", "as_json", is_flag=True, help="Say the result as JSON.")
def COMMAND(pack: str, as_of: date, *, analyse: bool, as_json: bool) -> Exit:  # noqa: N802
    """Check PACK, a shipped pack's name or a folder: every fault at once, with file, line and remedy.

    Exit code 2: the pack has faults. Warnings alone are exit code 0.
    """
    from vetting_engine.cli._show_rules import show_checked  # noqa: PLC0415  # heavy
    from vetting_engine.rulebook import check_pack  # noqa: PLC0415  # heavy

    faults = check_pack(pack, as_of=as_of)
    if analyse and all(fault.severity != "error" for fault in faults):
        from vetting_engine.cli._analysed import with_analysis  # noqa: PLC0415  # z3 is heavy

        faults = with_analysis(pack, faults, as_of)
    show_checked(pack, faults, as_json=as_json)
    return Exit.USAGE if any(fault.severity == "error" for fault in faults) else Exit.DONE
