"""Logging to stderr, configured here and nowhere else. Ids and counts only: rooms log nothing personal."""

from __future__ import annotations

import logging
import sys

__all__ = ["configure"]

_ORDINARY = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}


class _Fields(logging.Formatter):
    """The event, then its fields as ``name=value``."""

    def format(self, record: logging.LogRecord) -> str:
        said = super().format(record)
        fields = {name: value for name, value in vars(record).items() if name not in _ORDINARY}
        return " ".join([said, *(f"{name}={value}" for name, value in sorted(fields.items()))])


def configure(verbose: int) -> None:
    """Log the package's steps to stderr; with ``verbose`` of 2 or more also details."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Fields("%(levelname)s %(name)s: %(message)s"))
    package = logging.getLogger("vetting_engine")
    package.handlers = [handler]
    package.setLevel(logging.DEBUG if verbose > 1 else logging.INFO)
