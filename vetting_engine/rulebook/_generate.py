"""Writes the JSON Schemas beside the packs: ``python -m vetting_engine.rulebook._generate``."""

from __future__ import annotations

from vetting_engine.rulebook.packs import packs_folder
from vetting_engine.rulebook.schema import write_schemas

__all__ = ["SCHEMAS"]

#: The folder beside the packs.
SCHEMAS = "schema"

if __name__ == "__main__":
    write_schemas(packs_folder() / SCHEMAS)
