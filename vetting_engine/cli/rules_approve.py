"""``rules approve``: two people approve a pack as it lies there now."""

from __future__ import annotations

from datetime import date

import click

from vetting_engine.cli._dates import DAY, today
from vetting_engine.cli._exit import Exit

__all__ = ["COMMAND"]


@click.command("approve")
@click.argument("pack")
@click.option("--approver", "approvers", multiple=True, required=True, help="Who approves; at least two people.")
@click.option("--office", required=True, help="The office the pack is approved for.")
@click.option("--from", "valid_from", type=DAY, required=True, help="The first day of the approval.")
@click.option("--to", "valid_to", type=DAY, required=True, help="The last day of the approval.")
@click.option("--demonstration", is_flag=True, help="Approve a sample: reports say so.")
@click.option("--replace", is_flag=True, help="Replace an approval that is in force.")
def COMMAND(  # noqa: N802
    pack: str,
    approvers: tuple[str, ...],
    office: str,
    valid_from: date,
    valid_to: date,
    *,
    demonstration: bool,
    replace: bool,
) -> Exit:
    """Write the approval of PACK, a folder or a shipped pack's name, as it lies there now.

    Exit code 2: the pack has faults, the approvers are not two people, or an approval is in force.
    """
    from vetting_engine import messages  # noqa: PLC0415  # heavy
    from vetting_engine.rulebook.approve import approve_pack  # noqa: PLC0415  # heavy

    approval = approve_pack(
        pack,
        approvers=approvers,
        office=office,
        valid_from=valid_from,
        valid_to=valid_to,
        as_of=today(),
        demonstration=demonstration,
        replace=replace,
    )
    said = {"pack": pack, "approvers": ", ".join(approval.approvers), "office": approval.office}
    days = {"valid_from": valid_from.isoformat(), "valid_to": valid_to.isoformat()}
    click.echo(messages.text("approve.done", said | days))
    click.echo(approval.digest)
    return Exit.DONE
