"""The shipped pack, the sample's lists, and a journal with gaps."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from review.desk import Desk, open_desk, person

from vetting_engine import FileKeyRing, Journal, Resources, load_register, load_ruleset, load_watchlist
from vetting_engine.model.ruleset import Ruleset


@pytest.fixture(scope="session")
def ruleset(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Ruleset:
    """The shipped pack with its English words only: every closing reads the pack again from the archive."""
    folder = tmp_path_factory.mktemp("packs") / "community-influencer"
    shutil.copytree(root / "rulesets" / "community-influencer", folder)
    for file in (*(folder / "terms").iterdir(), *(folder / "cues").iterdir()):
        if not file.name.startswith("en"):
            file.unlink()
    return load_ruleset(folder)


@pytest.fixture(scope="session")
def resources(root: Path) -> Resources:
    sample = root / "fixtures" / "sample"
    return Resources(
        watchlists=[load_watchlist(sample / "watchlists" / "un-invented.xml")],
        registers=[load_register(path, path.stem) for path in sorted((sample / "registers").iterdir())],
    )


@pytest.fixture(scope="session")
def vetted(ruleset: Ruleset, resources: Resources, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Desk]:
    """One person with two gaps that reading closes: a closed journal, to be copied."""
    folder = tmp_path_factory.mktemp("desk")
    opened = open_desk(folder, ruleset, resources, [person()])
    opened.journal.close()
    return folder, opened


@pytest.fixture
def desk(vetted: tuple[Path, Desk], tmp_path: Path) -> Iterator[Desk]:
    """The same journal, open, for one test to write in."""
    folder = tmp_path / "desk"
    shutil.copytree(vetted[0], folder)
    journal = Journal.open(folder / "journal.sqlite")
    yield Desk(journal, FileKeyRing(folder / "keys"), vetted[1].vettings)
    journal.close()
