"""Journals of invented records to read, tamper with and lose."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
# At the end: the benchmarks' tampering is used here too, and the installed package must still come first.
sys.path.append(str(ROOT))

from benchmarks._tampering import Scene  # noqa: E402  # needs the line above


@pytest.fixture(scope="session")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Scene:
    """A journal of 21 records (an odd leaf at every third level), its older copy and its checkpoint."""
    return Scene(tmp_path_factory.mktemp("scene"), 21)


@pytest.fixture
def copy(scene: Scene, tmp_path: Path) -> Callable[[], Path]:
    """Makes a fresh copy of the scene's journal."""

    def make() -> Path:
        path = tmp_path / "journal.sqlite"
        shutil.copyfile(scene.whole, path)
        return path

    return make
