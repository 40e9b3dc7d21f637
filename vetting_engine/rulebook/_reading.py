"""What is shared while one pack is read: its layers, the checks there are, and the faults so far."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from vetting_engine.errors import Fault, Location
from vetting_engine.files.yaml import YamlDocument, reads
from vetting_engine.model.ruleset import Rule
from vetting_engine.rulebook._layers import Layer
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
    """One pack being read. ``layers`` are the packs it extends, the farthest first, and itself, last; ``checks`` are
    the plugins by name, those of cohorts included.
    """

    layers: tuple[Layer, ...]
    checks: Mapping[str, Any]
    faults: list[Fault] = field(default_factory=list)

    @property
    def own(self) -> Layer:
        """The pack that was asked for."""
        return self.layers[-1]

    def files(self) -> Iterator[tuple[Layer, str]]:
        """Every YAML file of every layer, in order."""
        for layer in self.layers:
            for path in layer.contents.files:
                if path.endswith(".yaml"):
                    yield layer, path

    def document(self, layer: Layer, path: str) -> YamlDocument | None:
        """A file as YAML; None where it is not, with its faults noted."""
        document, faults = reads(layer.contents.files[path], layer.shown(path))
        self.faults.extend(faults)
        return document

    def fault(self, code: str, at: Location, *, warning: bool = False, **params: str | int) -> None:
        """Note a fault."""
        self.faults.append(Fault(code, at, params, "warning" if warning else "error"))

    @property
    def refused(self) -> bool:
        """Whether anything so far refuses the pack."""
        return any(fault.severity == "error" for fault in self.faults)
