"""The shipped pack and its languages stay in use, so that commands run in this process need not make them anew."""

from __future__ import annotations

import pytest
import shipped

from vetting_engine.checks.content import Scanner


@pytest.fixture(scope="session", autouse=True)
def _pack_in_use() -> Scanner:
    return shipped.scanner()
