"""Bounded reading of files: a file is opened once, whole, and only after it fits its cap."""

from __future__ import annotations

from pathlib import Path

from vetting_engine.errors import Fault, InputError, Location
from vetting_engine.model import limits

__all__ = ["HEAD_BYTES", "read_bytes", "read_head"]

#: What a format is recognised by.
HEAD_BYTES = 64 * 1024


def read_bytes(path: Path, *, max_bytes: int = limits.MAX_FILE_BYTES) -> bytes:
    """All bytes of a file.

    Raises:
        InputError: ``file.missing``, ``file.is_folder``, ``file.unreadable``, ``file.empty``, ``file.too_large``.
    """
    data = _read(path, max_bytes + 1)
    if len(data) > max_bytes:
        raise InputError(Fault("file.too_large", Location(str(path)), {"max_bytes": max_bytes}))
    return data


def read_head(path: Path) -> bytes:
    """The first 64 KiB of a file, to recognise its format by; raises as ``read_bytes`` does."""
    return _read(path, HEAD_BYTES)


def _read(path: Path, size: int) -> bytes:
    at = Location(str(path))
    try:
        if path.is_dir():
            raise InputError(Fault("file.is_folder", at))
        with path.open("rb") as stream:
            data = stream.read(size)
    except FileNotFoundError:
        raise InputError(Fault("file.missing", at)) from None
    except (OSError, ValueError) as error:
        # ValueError: a path with a NUL character.
        raise InputError(Fault("file.unreadable", at, {"reason": type(error).__name__})) from None
    if not data:
        raise InputError(Fault("file.empty", at))
    return data
