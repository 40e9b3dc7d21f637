"""A journal of some people of the sample, under the shipped pack."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import shipped

from vetting_engine import (
    Engine,
    FileKeyRing,
    Journal,
    Resources,
    Vetting,
    load_register,
    load_watchlist,
    read_batch,
)

AS_OF = date(2026, 7, 1)
NOON = datetime(2026, 7, 1, 12, tzinfo=UTC)
PEOPLE = 12


@dataclass(frozen=True)
class Recorded:
    """The journal's file, the keys' file, and what was recorded."""

    journal: Path
    keys: Path
    vettings: tuple[Vetting, ...]


@pytest.fixture(scope="session")
def recorded(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Recorded:
    folder, sample = tmp_path_factory.mktemp("journal"), root / "fixtures" / "sample"
    journal, keys = folder / "journal.sqlite", folder / "keys"
    with FileKeyRing(keys, create=True) as ring, Journal.open(journal, create=True) as opened:
        resources = Resources(
            watchlists=[load_watchlist(path) for path in sorted((sample / "watchlists").iterdir())],
            registers=[load_register(path, path.stem) for path in sorted((sample / "registers").iterdir())],
            key_ring=ring,
        )
        engine = Engine(shipped.pack(), resources=resources, journal=opened, clock=lambda: NOON)
        vettings = tuple(engine.vet_many(read_batch(sample).candidates[:PEOPLE], as_of=AS_OF))
    return Recorded(journal, keys, vettings)
