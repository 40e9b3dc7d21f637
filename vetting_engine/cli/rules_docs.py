"""``rules docs``: two handbooks from a pack."""

from __future__ import annotations

from pathlib import Path

import click

from vetting_engine.cli._exit import Exit

__all__ = ["COMMAND"]


@click.command("docs")
@click.argument("pack")
@click.option("--out", type=click.Path(path_type=Path), required=True, help="The folder the handbooks are written to.")
@click.option(
    "--language",
    "languages",
    type=click.Choice(("en", "fr", "es", "ar")),
    multiple=True,
    help="Instead of the pack's own; repeatable.",
)
def COMMAND(pack: str, out: Path, languages: tuple[str, ...]) -> Exit:  # noqa: N802
    """Write two handbooks of PACK, as Markdown and HTML: for reviewers, and for candidates and community."""
    from vetting_engine.rulebook import load_ruleset  # noqa: PLC0415  # heavy
    from vetting_engine.workbench.handbook import write_handbooks  # noqa: PLC0415  # heavy

    for path in write_handbooks(load_ruleset(pack), out, languages):
        click.echo(path)
    return Exit.DONE
