"""``rules backtest``: what a new pack would have made of cases already recorded."""

from __future__ import annotations

from pathlib import Path

import click

from vetting_engine.cli._exit import Exit

__all__ = ["COMMAND"]


@click.command("backtest")
@click.argument("pack")
@click.option("--journal", type=click.Path(path_type=Path), required=True, help="The journal of recorded cases.")
@click.option("--keys", type=click.Path(path_type=Path), required=True, help="The key ring they were made with.")
@click.option(
    "--agd", type=click.Path(path_type=Path), help="Self-reported answers: counts by group, small ones hidden."
)
@click.option("--json", "as_json", is_flag=True, help="Say the result as JSON.")
def COMMAND(pack: str, journal: Path, keys: Path, agd: Path | None, *, as_json: bool) -> Exit:  # noqa: N802
    """Decide recorded cases again under PACK and count which dispositions change. The journal is not touched.

    Exit code 5: some cases lack a list or register in the archive, and are not among those compared.
    """
    from vetting_engine.cli._progress import progress  # noqa: PLC0415  # heavy
    from vetting_engine.cli._show_backtest import show_backtest  # noqa: PLC0415  # heavy
    from vetting_engine.intake import read_self_reports  # noqa: PLC0415  # heavy
    from vetting_engine.records import FileKeyRing  # noqa: PLC0415  # heavy
    from vetting_engine.rulebook import load_ruleset  # noqa: PLC0415  # heavy
    from vetting_engine.workbench.backtest import backtest  # noqa: PLC0415  # heavy

    ruleset = load_ruleset(pack)
    reports = None if agd is None else read_self_reports(agd)
    with FileKeyRing(keys) as ring, progress("cli.progress.replay", None) as advance:
        report = backtest(ruleset, journal, ring, reports=reports, progress=advance)
    show_backtest(report, pack, as_json=as_json)
    return Exit.LIST_MISSING if report.not_rebuilt else Exit.DONE
