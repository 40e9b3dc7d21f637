"""Candidates in a table: CSV in any dialect, or the first sheet of a workbook.

Columns are known by the headers officers use (``docs/reference/intake.md``), or by a mapping file.
"""

from __future__ import annotations

from pathlib import Path

from vetting_engine.intake._mapping import Mapping
from vetting_engine.intake._plan import mapped_plan, plain_plan
from vetting_engine.intake._rows import build_rows
from vetting_engine.intake._settle import settle
from vetting_engine.intake._tables import first_line, open_table
from vetting_engine.protocols import BatchRead

__all__ = ["PLUGIN", "CsvCandidates"]


class CsvCandidates:
    """One candidate per row; unknown columns are dropped and their names recorded."""

    name = "csv"

    def recognises(self, head: bytes, path: Path) -> bool:
        """A table that is no Kobo export; JSON lines begin with a brace."""
        line = first_line(head, path)
        return not line.lstrip().startswith(("{", "[")) and "_submission_time" not in line

    def read(self, path: Path, mapping: Mapping | None = None) -> BatchRead:
        """The candidates of a file.

        Raises:
            InputError: the file cannot be read, has no column of ids, or lacks a column the mapping names.
        """
        table = open_table(path, mapping)
        plan = mapped_plan(table, mapping) if mapping else plain_plan(table)
        return settle(build_rows(table, plan), table.file, table.warnings, plan.dropped)


PLUGIN = CsvCandidates()
