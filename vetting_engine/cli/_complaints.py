"""Errors of several readers, so that an officer mends everything in one go."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TypeVar

from vetting_engine.errors import VettingError

__all__ = ["Complaints"]

_Read = TypeVar("_Read")
_GRAVITY = MappingProxyType({"PluginError": 0, "RulesetError": 1, "ListError": 2, "InputError": 3})


@dataclass(slots=True)
class Complaints:
    """What was wrong with anything read so far."""

    errors: list[VettingError] = field(default_factory=list)

    def read(self, reader: Callable[[], _Read]) -> _Read | None:
        """What the reader answers; None where it complained."""
        try:
            return reader()
        except VettingError as error:
            self.errors.append(error)
            return None

    def settle(self) -> None:
        """Raise all faults as the kind of the gravest error: pack before list before input."""
        if self.errors:
            gravest = min(self.errors, key=lambda error: _GRAVITY.get(type(error).__name__, len(_GRAVITY)))
            raise type(gravest)([fault for error in self.errors for fault in error.faults])
