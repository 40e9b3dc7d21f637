"""The package's logger: structlog over the standard logging module, silent until a host listens.

Unconfigured structlog prints to stdout, which would corrupt JSON output; so the logger is wrapped
here explicitly and structlog's global configuration is never touched. Log ids and counts only.
"""

from __future__ import annotations

import logging
from typing import cast

import structlog

__all__ = ["logger"]

_ROOT = "vetting_engine"
logging.getLogger(_ROOT).addHandler(logging.NullHandler())


def logger(room: str) -> structlog.stdlib.BoundLogger:
    """The logger of one room, e.g. ``logger("records")`` logs as ``vetting_engine.records``."""
    wrapped = structlog.wrap_logger(
        logging.getLogger(f"{_ROOT}.{room}"),
        wrapper_class=structlog.stdlib.BoundLogger,
        processors=[structlog.stdlib.filter_by_level, structlog.stdlib.render_to_log_kwargs],
    )
    return cast("structlog.stdlib.BoundLogger", wrapped)
