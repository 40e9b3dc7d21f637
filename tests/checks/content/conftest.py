"""The shipped pack, read once."""

from __future__ import annotations

import pytest

from vetting_engine.checks.content import Scanner
from vetting_engine.model.ruleset import Ruleset
from vetting_engine.rulebook import load_ruleset


@pytest.fixture(scope="session")
def pack() -> Ruleset:
    return load_ruleset("community-influencer")


@pytest.fixture(scope="session")
def scanner(pack: Ruleset) -> Scanner:
    return Scanner(pack)
