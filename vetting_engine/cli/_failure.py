"""Tells a person what went wrong: every fault as a sentence with its remedy, never a traceback."""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterable

import click

from vetting_engine import messages
from vetting_engine.cli._exit import Exit
from vetting_engine.errors import Fault, ListError, Location, RulesetError, VettingError

__all__ = ["code_of", "say", "tell", "told"]

#: The first class that fits decides; anything else is a plain error.
_CODES: tuple[tuple[type[VettingError], Exit], ...] = (
    (RulesetError, Exit.USAGE),
    (ListError, Exit.LIST_MISSING),
)


def code_of(error: VettingError) -> Exit:
    """The exit code for an error."""
    return next((code for kind, code in _CODES if isinstance(error, kind)), Exit.ERROR)


def say(code: str, language: str = messages.FALLBACK, **params: object) -> None:
    """One sentence of the command line, to stderr."""
    click.echo(messages.text(code, params, language), err=True)


def tell(faults: Iterable[Fault], language: str = messages.FALLBACK, limit: int | None = None) -> None:
    """Each fault as a sentence on a line of its own, to stderr; beyond ``limit`` only how many more there are."""
    listed = list(faults)
    for fault in listed[:limit]:
        click.echo(_printable(messages.describe(fault, language)), err=True)
    if limit is not None and len(listed) > limit:
        say("cli.more_faults", language, count=len(listed) - limit)


def told(error: Exception) -> int:
    """Tell any error and answer its exit code. With ``-vv`` a fault of the program shows where it arose."""
    if isinstance(error, VettingError):
        tell(error.faults)
        return code_of(error)
    if isinstance(error, OSError):
        tell([Fault("cli.system", Location(file=str(error.filename or "")), {"reason": error.strerror or str(error)})])
        return Exit.ERROR
    tell([Fault("cli.internal", params={"error": f"{type(error).__name__}: {error}"})])
    if logging.getLogger("vetting_engine").getEffectiveLevel() <= logging.DEBUG:
        sys.excepthook(type(error), error, error.__traceback__)
    return Exit.ERROR


def _printable(line: str) -> str:
    """A line without control characters: a file's content must not steer the terminal."""
    return "".join(char if char.isprintable() else f"\\u{ord(char):04x}" for char in line)
