"""Worker processes for large batches. Order in is order out; keys and the journal stay with the parent."""

from __future__ import annotations

import multiprocessing
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import replace
from datetime import date
from itertools import islice
from typing import TypeVar

from vetting_engine.engine._examine import Examination, Examined
from vetting_engine.engine._readings import WeighedReading
from vetting_engine.model.candidate import Candidate
from vetting_engine.model.ruleset import Ruleset
from vetting_engine.protocols import Resources

__all__ = ["CHUNK", "chunks", "examine_in_workers"]

#: Candidates per task: large enough that shared names are compared once, small enough to keep workers busy.
CHUNK = 100
#: Chunks waiting per worker, so that a batch of any length needs constant memory.
_AHEAD = 2

_Item = TypeVar("_Item")
_examination: Examination | None = None


def chunks(items: Iterable[_Item], size: int = CHUNK) -> Iterator[list[_Item]]:
    """The items in lists of at most ``size``, in order."""
    source = iter(items)
    while chunk := list(islice(source, size)):
        yield chunk


def examine_in_workers(
    ruleset: Ruleset,
    resources: Resources,
    batches: Iterable[tuple[Sequence[Candidate], Mapping[str, Sequence[WeighedReading]]]],
    as_of: date,
    workers: int,
) -> Iterator[tuple[Sequence[Candidate], list[Examined]]]:
    """Examine batches, each with what people read, in ``workers`` processes; yields each batch with its results, in the
    order given.
    """
    # spawn, not fork: an open SQLite journal or a thread of the host must not be inherited.
    context = multiprocessing.get_context("spawn")
    lean = replace(resources, key_ring=None)
    with ProcessPoolExecutor(workers, context, _start, (ruleset, lean)) as pool:
        waiting: deque[tuple[Sequence[Candidate], Future[list[Examined]]]] = deque()
        for batch, readings in batches:
            waiting.append((batch, pool.submit(_examine, batch, as_of, readings)))
            if len(waiting) > workers * _AHEAD:
                done, future = waiting.popleft()
                yield done, future.result()
        while waiting:
            done, future = waiting.popleft()
            yield done, future.result()


def _start(ruleset: Ruleset, resources: Resources) -> None:
    global _examination  # noqa: PLW0603  # one prepared examination per worker process, set once
    _examination = Examination(ruleset, resources)


def _examine(
    batch: Sequence[Candidate], as_of: date, readings: Mapping[str, Sequence[WeighedReading]]
) -> list[Examined]:
    if _examination is None:
        raise RuntimeError("the worker was not started by examine_in_workers")
    return _examination.examine(batch, as_of, readings)
