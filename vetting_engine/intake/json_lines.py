"""Candidates as JSON Lines: the candidate's own field names, one object per line."""

from __future__ import annotations

from pathlib import Path

from vetting_engine.files.json_lines import read_lines
from vetting_engine.intake._candidates import Built, Defaults, build_candidate
from vetting_engine.intake._faults import Place
from vetting_engine.intake._mapping import Mapping
from vetting_engine.intake._settle import settle
from vetting_engine.intake._tables import first_line
from vetting_engine.protocols import BatchRead

__all__ = ["PLUGIN", "JsonLinesCandidates"]


class JsonLinesCandidates:
    """One candidate per line. ``names`` may be texts, ``birth_date`` a text or text and calendar, posts inline."""

    name = "json_lines"

    def recognises(self, head: bytes, path: Path) -> bool:
        """Whether the file begins with a brace or bracket."""
        return first_line(head, path).lstrip().startswith(("{", "["))

    def read(self, path: Path, mapping: Mapping | None = None) -> BatchRead:
        """The candidates of a file; of a mapping only the calendar and zone are used.

        Raises:
            InputError: the file cannot be read, or is one document instead of lines.
        """
        lines = read_lines(path, encoding=mapping.encoding if mapping else None)
        defaults = Defaults(mapping.calendar, mapping.zone) if mapping else Defaults()
        built = [build_candidate(line.value, Place(lines.file, line.line), defaults) for line in lines.objects]
        warnings = [fault for fault in lines.faults if fault.severity == "warning"]
        torn = [Built(fault.at.line, "", None, (fault,)) for fault in lines.faults if fault.severity == "error"]
        return settle(sorted([*built, *torn], key=lambda row: row.line), lines.file, warnings)


PLUGIN = JsonLinesCandidates()
