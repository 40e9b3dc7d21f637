"""The shipped pack, read once."""

from __future__ import annotations

import pytest
import shipped

from vetting_engine.checks.content import Scanner
from vetting_engine.model.ruleset import Ruleset


@pytest.fixture(scope="session")
def pack() -> Ruleset:
    return shipped.pack()


@pytest.fixture(scope="session")
def scanner() -> Scanner:
    return shipped.scanner()
