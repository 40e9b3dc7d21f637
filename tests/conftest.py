"""Fixtures every room may use."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# Two busy cores make every strategy look slow; a law must not fail for that. Seeds are fixed in CI so that a run
# can be repeated; at home each run looks elsewhere.
settings.register_profile(
    "vetting", deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=bool(os.environ.get("CI"))
)
settings.load_profile("vetting")

ROOT = Path(__file__).resolve().parent.parent
# Last on the path: ``benchmarks`` is found in the checkout, while the package itself comes from where it is installed.
sys.path.append(str(ROOT))


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
