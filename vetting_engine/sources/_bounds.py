"""How long, how much and how often a list may be asked for over the network."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from vetting_engine.model import limits

__all__ = ["Bounds"]


@dataclass(frozen=True, slots=True)
class Bounds:
    """Seconds and bytes; ``sleep`` and ``clock`` come in by the door.

    ``whole`` bounds one list with all attempts, so that a server which sends a byte now and then ends too.
    ``allow_local`` admits http and addresses of this machine and its network: for a mirror of one's own.
    """

    connect: float = 10
    read: float = 30
    whole: float = 900
    max_bytes: int = limits.MAX_FILE_BYTES
    attempts: int = 4
    backoff: float = 1
    longest_wait: float = 60
    redirects: int = 5
    allow_local: bool = False
    sleep: Callable[[float], None] = time.sleep
    clock: Callable[[], float] = time.monotonic
