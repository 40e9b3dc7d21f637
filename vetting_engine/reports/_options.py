"""What a reader asks of a report: in which language, for which function, with or without personal text."""

from __future__ import annotations

from dataclasses import dataclass

from vetting_engine.decide.discretion import may_see
from vetting_engine.model.finding import Finding, Function

__all__ = ["Options"]


@dataclass(frozen=True, slots=True)
class Options:
    """How to write a report.

    ``function`` is the reader's own: confidential findings are shown to their functions only, and excerpts
    of a finding to the functions it names. None is the whole team: every excerpt, nothing confidential.
    ``with_evidence`` lets JSON Lines carry personal text.
    """

    language: str = "en"
    function: Function | None = None
    with_evidence: bool = False

    def shows(self, finding: Finding) -> bool:
        """Whether this reader may know what the finding says."""
        return may_see(finding, self.function)

    def shows_excerpts(self, finding: Finding) -> bool:
        """Whether this reader may see the words, names and paths behind the finding."""
        team = self.function is None or not finding.functions
        return self.shows(finding) and (team or self.function in finding.functions)
