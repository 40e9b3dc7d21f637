"""``rules schema``: let an editor complete and check a pack while it is written."""

from __future__ import annotations

import click

from vetting_engine.cli._exit import Exit

__all__ = ["COMMAND"]


@click.command("schema")
@click.argument("pack")
def COMMAND(pack: str) -> Exit:  # noqa: N802
    """Put the JSON Schemas of the installed checks beside the folder PACK's files, in a hidden folder.

    Says the line that belongs on top of each kind of file, so that editors with a YAML language server complete and
    check it; "rules new" writes the line by itself from then on. The pack's digest stays as it is.
    """
    from vetting_engine import messages  # noqa: PLC0415  # heavy
    from vetting_engine.rulebook import find_pack  # noqa: PLC0415  # heavy
    from vetting_engine.rulebook.schema import HIDDEN, editor_lines, write_schemas  # noqa: PLC0415  # heavy

    write_schemas(find_pack(pack) / HIDDEN)
    for place, line in editor_lines():
        click.echo(f"{place}\n    {line}")
    click.echo(messages.text("schema.done", {"pack": pack}), err=True)
    return Exit.DONE
