"""Fixtures every room may use."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return ROOT


@pytest.fixture(scope="session")
def vetting_data() -> Path:
    """The real lists and labelled sets; tests that need them are skipped where they are absent."""
    folder = os.environ.get("VETTING_DATA")
    if not folder or not Path(folder).is_dir():
        pytest.skip("VETTING_DATA does not name a folder with the real lists")
    return Path(folder)
