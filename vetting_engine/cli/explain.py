"""``explain``: why a recorded decision is what it is."""

from __future__ import annotations

from pathlib import Path

import click

from vetting_engine.cli._exit import Exit

__all__ = ["COMMAND"]

_FUNCTIONS = ("protection", "public_information", "ict", "private_sector_partnerships", "legal")


@click.command("explain")
@click.argument("record")
@click.option("--journal", type=click.Path(path_type=Path), required=True, help="The journal the record is in.")
@click.option("--keys", type=click.Path(path_type=Path), required=True, help="The key ring it was made with.")
@click.option("--language", type=click.Choice(("en", "fr", "es", "ar")), default="en", help="Of the sentences.")
@click.option(
    "--function", type=click.Choice(_FUNCTIONS), help="Whose eyes it is for; shows what is confidential to it."
)
@click.option("--json", "as_json", is_flag=True, help="Say it as JSON, with every condition.")
def COMMAND(  # noqa: N802
    record: str, journal: Path, keys: Path, language: str, function: str | None, *, as_json: bool
) -> Exit:
    """Explain RECORD: every rule that fired, did not, could not be answered, or was lowered; what would change it."""
    import json  # noqa: PLC0415
    from tempfile import TemporaryDirectory  # noqa: PLC0415

    from vetting_engine.engine import Rebuilder  # noqa: PLC0415  # heavy
    from vetting_engine.model.finding import Function  # noqa: PLC0415  # heavy
    from vetting_engine.records import FileKeyRing, Journal, open_record  # noqa: PLC0415  # heavy
    from vetting_engine.workbench.explanation import explain_record  # noqa: PLC0415  # heavy
    from vetting_engine.workbench.explanation_text import explanation_tree, explanation_values  # noqa: PLC0415

    with (
        FileKeyRing(keys) as ring,
        Journal.open(journal) as opened,
        TemporaryDirectory(prefix="vetting-explain-") as folder,
    ):
        found = opened.record(record)
        ruleset = Rebuilder(opened.archive, ring, Path(folder)).ruleset(found.core)
        reader = None if function is None else Function(function)
        explanation = explain_record(found, open_record(found, ring), ruleset.in_language(language), reader)
    if as_json:
        click.echo(json.dumps(explanation_values(explanation), ensure_ascii=False, sort_keys=True))
    else:
        click.echo(explanation_tree(explanation, language), nl=False)
    return Exit.DONE
