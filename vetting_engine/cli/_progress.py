"""A progress bar on a terminal, silence elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from vetting_engine import messages

__all__ = ["progress"]


@contextmanager
def progress(code: str, total: int | None, language: str = messages.FALLBACK) -> Iterator[Callable[[int], None] | None]:
    """Gives a function to call with the number done so far; None where stderr is not a terminal.

    Args:
        code: message that says what is going on.
        total: how many there are; None where that is not known.
        language: of the message.
    """
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console  # noqa: PLC0415  # only ever needed on a terminal
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn  # noqa: PLC0415

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(messages.text(code, language=language), total=total)
        yield lambda done: bar.update(task, completed=done)
