"""``rules test``: do the rules do what their examples say?"""

from __future__ import annotations

import click

from vetting_engine.cli._exit import Exit

__all__ = ["COMMAND"]

_ALL = 100


@click.command("test")
@click.argument("pack")
@click.option(
    "--min-coverage",
    type=click.IntRange(0, _ALL),
    default=0,
    show_default=True,
    help="Least share, in percent, of rules, outcomes and leaves that examples must have shown.",
)
@click.option("--json", "as_json", is_flag=True, help="Say the result as JSON.")
def COMMAND(pack: str, min_coverage: int, *, as_json: bool) -> Exit:  # noqa: N802
    """Run the examples of the rules of PACK, a shipped pack's name or a folder.

    Exit code 2: a rule does not do what an example says, or too little was shown. A known miss that is caught now is
    good news, and said.
    """
    from vetting_engine.cli._show_rules import show_tested  # noqa: PLC0415  # heavy
    from vetting_engine.rulebook import load_ruleset  # noqa: PLC0415  # heavy
    from vetting_engine.workbench.examples import run_examples  # noqa: PLC0415  # heavy

    report = run_examples(load_ruleset(pack))
    enough = report.coverage >= min_coverage * 100
    show_tested(pack, report, min_coverage=min_coverage, as_json=as_json)
    return Exit.DONE if report.passed and enough else Exit.USAGE
