"""KoboToolbox exports: label or name headers, groups as ``group/question``, select-multiple in either form.

The mapping file names questions in whatever style; without one, questions named like our own columns are read.
"""

from __future__ import annotations

from pathlib import Path

from vetting_engine.errors import Fault, Location
from vetting_engine.intake._columns import leaf
from vetting_engine.intake._mapping import Mapping
from vetting_engine.intake._plan import mapped_plan, plain_plan
from vetting_engine.intake._rows import build_rows
from vetting_engine.intake._settle import settle
from vetting_engine.intake._tables import first_line, open_table, other_sheets
from vetting_engine.protocols import BatchRead

__all__ = ["PLUGIN", "KoboExport"]


class KoboExport:
    """One submission per row; ``_uuid`` is the id unless the mapping says otherwise."""

    name = "kobo"

    def recognises(self, head: bytes, path: Path) -> bool:
        """Whether the header has Kobo's own columns, also after a trip through R."""
        line = first_line(head, path)
        return "_submission_time" in line and not line.lstrip().startswith("{")

    def read(self, path: Path, mapping: Mapping | None = None) -> BatchRead:
        """The candidates of an export; repeat groups on further sheets are not read, and that is said.

        Raises:
            InputError: the file cannot be read, or lacks a column the mapping names.
        """
        table = open_table(path, mapping)
        plan = mapped_plan(table, mapping) if mapping else plain_plan(table, leaf)
        unread = [
            Fault("kobo.sheet_not_read", Location(table.file), {"sheet": sheet}, severity="warning")
            for sheet in other_sheets(path)
        ]
        return settle(build_rows(table, plan), table.file, [*table.warnings, *unread], plan.dropped)


PLUGIN = KoboExport()
