"""Faults and the exceptions that carry them.

This is ground: plain values only, no import from the package, so that any room may raise
without tying a knot. A fault is a code with parameters; the sentence lives in ``messages``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

__all__ = [
    "EngineError",
    "Fault",
    "InputError",
    "JournalError",
    "KeyRingError",
    "ListError",
    "Location",
    "PluginError",
    "RulesetError",
    "VettingError",
]

#: What a parameter of a fault may be: shown to people and written to JSON.
Param = str | int | bool


@dataclass(frozen=True, slots=True, order=True)
class Location:
    """Where a fault is: file name, 1-based line and column, field path; empty or 0 = not known."""

    file: str = ""
    line: int = 0
    column: int = 0
    field: str = ""

    def __str__(self) -> str:
        place = self.file
        if self.line:
            place += f":{self.line}"
            if self.column:
                place += f":{self.column}"
        if self.field:
            place += f" [{self.field}]" if place else f"[{self.field}]"
        return place


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong: a dotted ``code``, its parameters and where it stands.

    The sentence and the remedy are looked up by code in ``messages``; ``severity`` is
    ``"error"`` (the thing is refused) or ``"warning"`` (it is taken, and the fault shows).
    """

    code: str
    at: Location = field(default_factory=Location)
    params: Mapping[str, Param] = field(default_factory=dict)
    severity: str = "error"

    def __post_init__(self) -> None:
        object.__setattr__(self, "params", MappingProxyType(dict(self.params)))

    def __reduce__(self) -> tuple[type[Fault], tuple[str, Location, dict[str, Param], str]]:
        return (Fault, (self.code, self.at, dict(self.params), self.severity))

    def __str__(self) -> str:
        said = ", ".join(f"{name}={value}" for name, value in sorted(self.params.items()))
        place = str(self.at)
        return f"{self.code}{f' at {place}' if place else ''}{f' ({said})' if said else ''}"


class VettingError(Exception):
    """Base of every error this package raises on purpose; carries all faults found, at least one.

    Faults are kept in order of place, so that the same input always complains the same way.
    """

    def __init__(self, faults: Fault | Iterable[Fault]) -> None:
        listed = (faults,) if isinstance(faults, Fault) else tuple(faults)
        if not listed:
            raise ValueError("a VettingError needs at least one fault")
        self.faults: tuple[Fault, ...] = listed
        super().__init__(listed)

    def __str__(self) -> str:
        return "; ".join(str(fault) for fault in self.faults)


class InputError(VettingError):
    """Candidates, posts, relations, mappings: what an officer hands in."""


class ListError(VettingError):
    """A watchlist or register that cannot be trusted; it is refused whole."""


class RulesetError(VettingError):
    """A pack that cannot be trusted; it is refused whole."""


class JournalError(VettingError):
    """A journal or record that was altered, truncated, or does not belong here."""


class KeyRingError(VettingError):
    """A key that is missing, erased or damaged."""


class PluginError(VettingError):
    """A plugin that cannot be loaded: loud, since a check that vanishes would be a false all-clear."""


class EngineError(VettingError):
    """The engine was asked for something it cannot do with what it was given."""
