"""``rules diff``: what would be decided otherwise?"""

from __future__ import annotations

from datetime import date

import click

from vetting_engine.cli._dates import DAY, today
from vetting_engine.cli._exit import Exit

__all__ = ["COMMAND"]


@click.command("diff")
@click.argument("old")
@click.argument("new")
@click.option("--as-of", type=DAY, default=today, show_default="today", help="The day rules are in force on.")
@click.option(
    "--timeout", type=click.FloatRange(min=0.01), default=10.0, show_default=True, help="Seconds per question."
)
@click.option("--json", "as_json", is_flag=True, help="Say the result as JSON.")
def COMMAND(old: str, new: str, as_of: date, timeout: float, *, as_json: bool) -> Exit:  # noqa: N802
    """Compare what two packs decide: proved alike, or a case for each change on which they part. Needs z3.

    Every case is put to the real engines of both packs before it is shown. Exit code 3: a decision changes;
    4: it could not be told in time, or a case was not confirmed.
    """
    from vetting_engine.cli._show_analysis import show_comparison  # noqa: PLC0415  # heavy
    from vetting_engine.rulebook import load_ruleset  # noqa: PLC0415  # heavy
    from vetting_engine.workbench.diff import Verdict, compare  # noqa: PLC0415  # heavy

    comparison = compare(load_ruleset(old), load_ruleset(new), as_of=as_of, timeout_seconds=timeout)
    show_comparison(comparison, as_json=as_json)
    if comparison.verdict is Verdict.DIFFERENT:
        return Exit.REVIEW_NEEDED
    return Exit.NOT_VERIFIED if comparison.verdict is Verdict.UNDECIDED else Exit.DONE
