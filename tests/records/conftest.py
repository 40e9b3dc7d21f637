"""Journals of invented records to read, tamper with and lose."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from benchmarks._tampering import Scene


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
