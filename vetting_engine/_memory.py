"""Making much that will be kept."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

__all__ = ["collector_paused"]


@contextmanager
def collector_paused() -> Iterator[None]:
    """While a large table or a batch of answers is made, nothing of it is garbage: the collector would look through all
    of it many times. What was made goes straight to the oldest generation, or the collector would begin with all of it
    as soon as it is on again; not so where a host froze objects of its own, which would be thawed with ours.

    What the collector was set to holds again afterwards. Nested pauses, and pauses of several threads, do no harm.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            if not gc.get_freeze_count():
                gc.freeze()
                gc.unfreeze()
            gc.enable()
