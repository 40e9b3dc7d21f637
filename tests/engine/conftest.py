"""The shipped pack, the sample's list and registers, and a few of its people, read once."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import shipped

from vetting_engine import Resources, load_register, load_watchlist, read_batch
from vetting_engine.model.candidate import Candidate
from vetting_engine.model.ruleset import Ruleset

AS_OF = date(2026, 6, 30)


@pytest.fixture(scope="session")
def sample(root: Path) -> Path:
    return root / "fixtures" / "sample"


@pytest.fixture(scope="session")
def ruleset() -> Ruleset:
    return shipped.pack()


@pytest.fixture(scope="session")
def resources(sample: Path) -> Resources:
    return Resources(
        watchlists=[load_watchlist(path) for path in sorted((sample / "watchlists").iterdir())],
        registers=[load_register(path, path.stem) for path in sorted((sample / "registers").iterdir())],
    )


@pytest.fixture(scope="session")
def people(sample: Path) -> tuple[Candidate, ...]:
    return read_batch(sample).candidates
