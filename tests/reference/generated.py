"""The generator of random packs, which lives with the benchmark that runs it by the hundred thousand."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType


def _load() -> ModuleType:
    path = Path(__file__).resolve().parents[2] / "benchmarks" / "_random_packs.py"
    spec = importlib.util.spec_from_file_location("random_packs", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


packs = _load()
