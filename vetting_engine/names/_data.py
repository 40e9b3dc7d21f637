"""Reads the committed tables of this room. Nothing is read before it is asked for."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import Any

__all__ = ["read_json", "read_text"]


@cache
def read_json(name: str) -> Any:  # noqa: ANN401  # each table has its own shape, documented where it is used
    """The table ``data/<name>.json``."""
    return json.loads(read_text(f"{name}.json"))


def read_text(name: str) -> str:
    """A committed data file as text."""
    return (files("vetting_engine.names") / "data" / name).read_text(encoding="utf-8")
