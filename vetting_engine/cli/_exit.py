"""Exit codes of every command."""

from __future__ import annotations

from enum import IntEnum

__all__ = ["Exit"]


class Exit(IntEnum):
    """What a command answers to the shell. Where a run has several, 3 goes before 5 and 5 before 6."""

    DONE = 0
    ERROR = 1
    USAGE = 2  # or a pack that is refused
    REVIEW_NEEDED = 3  # with --fail-on, or where two readers differ
    NOT_VERIFIED = 4
    LIST_MISSING = 5  # a list or archived snapshot is missing, refused or too old
    ROWS_REFUSED = 6  # done, but some rows or files were not taken
