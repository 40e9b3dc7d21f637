"""Writes the JSON Schemas beside the packs: ``python -m vetting_engine.rulebook._generate``."""

from __future__ import annotations

from pathlib import Path

from vetting_engine.registry import discover
from vetting_engine.rulebook.packs import packs_folder
from vetting_engine.rulebook.schema import schema_files

__all__ = ["SCHEMAS", "write_schemas"]

#: The folder beside the packs.
SCHEMAS = "schema"


def write_schemas(folder: Path) -> tuple[Path, ...]:
    """Write the schemas for the installed checks into a folder; answers the files written."""
    folder.mkdir(exist_ok=True)
    written = []
    for name, text in schema_files(discover("vetting_engine.checks")).items():
        path = folder / name
        path.write_text(text, encoding="utf-8", newline="\n")
        written.append(path)
    return tuple(written)


if __name__ == "__main__":
    write_schemas(packs_folder() / SCHEMAS)
