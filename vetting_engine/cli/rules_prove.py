"""``rules prove``: does a pack keep the promises about decisions?"""

from __future__ import annotations

from datetime import date

import click

from vetting_engine.cli._dates import DAY, today
from vetting_engine.cli._exit import Exit

__all__ = ["COMMAND"]

#: As ``workbench.prove.Promise``, which is heavy to import; a test holds the two together.
PROMISES = ("no-rejection", "silence", "monotone", "agd")


@click.command("prove")
@click.argument("pack")
@click.argument("promise", type=click.Choice([*PROMISES, "all"]))
@click.option("--as-of", type=DAY, default=today, show_default="today", help="The day rules are in force on.")
@click.option(
    "--timeout", type=click.FloatRange(min=0.01), default=10.0, show_default=True, help="Seconds per question."
)
@click.option("--json", "as_json", is_flag=True, help="Say the result as JSON.")
def COMMAND(pack: str, promise: str, as_of: date, timeout: float, *, as_json: bool) -> Exit:  # noqa: N802
    """Prove that PACK keeps PROMISE in every case, or show a case that breaks it. Needs z3.

    no-rejection: the disposition is the gravest level found, never beyond. silence: a gap in a required check never
    passes for innocence. monotone: a further finding never makes it milder. agd: nothing protected is read.

    Exit code 4: a promise is broken, or could not be told in time.
    """
    from vetting_engine.cli._show_analysis import show_proofs  # noqa: PLC0415  # heavy
    from vetting_engine.rulebook import load_ruleset  # noqa: PLC0415  # heavy
    from vetting_engine.workbench.prove import Promise, ProofVerdict, prove  # noqa: PLC0415  # heavy

    ruleset = load_ruleset(pack)
    asked = list(Promise) if promise == "all" else [Promise(promise)]
    proofs = [prove(ruleset, one, as_of=as_of, timeout_seconds=timeout) for one in asked]
    show_proofs(pack, proofs, as_json=as_json)
    fine = (ProofVerdict.KEPT, ProofVerdict.KEPT_SO_FAR)
    return Exit.DONE if all(proof.verdict in fine for proof in proofs) else Exit.NOT_VERIFIED
