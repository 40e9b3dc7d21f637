"""``rules new``: begin a rule."""

from __future__ import annotations

import click

from vetting_engine.cli._dates import today
from vetting_engine.cli._exit import Exit

__all__ = ["COMMAND"]


@click.command("new")
@click.argument("pack")
@click.argument("check")
@click.argument("rule")
def COMMAND(pack: str, check: str, rule: str) -> Exit:  # noqa: N802
    """Begin RULE of CHECK in the folder PACK: a file that loads, with examples, and a page, to be filled in.

    For CHECK "decision" the rule is added to decisions.yaml. Nothing is overwritten.
    """
    from vetting_engine import messages  # noqa: PLC0415  # heavy
    from vetting_engine.workbench.scaffold import new_rule  # noqa: PLC0415  # heavy

    for path in new_rule(pack, check, rule, today()):
        click.echo(path)
    click.echo(messages.text("new.next", {"pack": pack}), err=True)
    return Exit.DONE
