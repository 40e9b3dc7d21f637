"""What is shared while one pack is read: its contents, the checks there are, and the faults so far."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from vetting_engine.errors import Fault, Location
from vetting_engine.files.yaml import YamlDocument, reads
from vetting_engine.model.ruleset import Rule
from vetting_engine.rulebook._contents import Contents
from vetting_engine.rulebook._refusal import Path

__all__ = ["Reading", "Source"]


@dataclass(frozen=True, slots=True)
class Source:
    """A rule and where it is written."""

    rule: Rule
    document: YamlDocument
    path: Path

    def at(self, *steps: str | int) -> Location:
        """The place of a part of the rule."""
        return self.document.at((*self.path, *steps))


@dataclass(slots=True)
class Reading:
    """One pack being read. ``checks`` are the plugins by name, those of cohorts included."""

    contents: Contents
    checks: Mapping[str, Any]
    faults: list[Fault] = field(default_factory=list)

    def document(self, path: str) -> YamlDocument | None:
        """A file as YAML; None where it is not, with its faults noted."""
        document, faults = reads(self.contents.files[path], path)
        self.faults.extend(faults)
        return document

    def fault(self, code: str, at: Location, *, warning: bool = False, **params: str | int) -> None:
        """Note a fault."""
        self.faults.append(Fault(code, at, params, "warning" if warning else "error"))

    @property
    def refused(self) -> bool:
        """Whether anything so far refuses the pack."""
        return any(fault.severity == "error" for fault in self.faults)
