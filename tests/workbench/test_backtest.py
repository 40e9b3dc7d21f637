"""A pack tried on recorded cases: counts are true, small groups stay hidden, nothing is written."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections import Counter
from pathlib import Path

import pytest
import shipped
from hypothesis import given, settings
from hypothesis import strategies as st
from workbench.conftest import Recorded

from vetting_engine import FileKeyRing
from vetting_engine.cli import Exit, main
from vetting_engine.errors import JournalError
from vetting_engine.model.cohort import SelfReport
from vetting_engine.model.decision import Disposition
from vetting_engine.records import Archive
from vetting_engine.rulebook import load_ruleset
from vetting_engine.workbench._group_counts import count_groups
from vetting_engine.workbench.backtest import backtest

HEAD = "id: ours\nversion: 1.0.0\ntitle: Ours\nextends: community-influencer\n"
ESCALATES = """id: everybody
title: Everybody
severity: low
level: escalate
rationale: R
falsepositives: [F]
owner: O
review_by: 2027-06-30
when: {check.content.posts: {present: yes}}
"""


@pytest.fixture
def stricter(tmp_path: Path) -> Path:
    folder = tmp_path / "stricter"
    folder.mkdir()
    (folder / "ruleset.yaml").write_text(HEAD, encoding="utf-8")
    (folder / "decisions.yaml").write_text(ESCALATES, encoding="utf-8")
    return folder


@pytest.fixture
def copied(recorded: Recorded, tmp_path: Path) -> Recorded:
    """One's own copy of the journal, the archive and the keys."""
    folder = tmp_path / "copied"
    shutil.copytree(recorded.journal.parent, folder)
    return Recorded(folder / recorded.journal.name, folder / recorded.keys.name, recorded.vettings)


def _bytes(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_under_the_same_pack_nothing_changes_and_nothing_is_written(copied: Recorded) -> None:
    before = _bytes(copied.journal.parent)
    with FileKeyRing(copied.keys) as ring:
        report = backtest(shipped.pack(), copied.journal, ring)
    assert (report.records, report.superseded, report.erased, report.not_rebuilt) == (len(copied.vettings), 0, 0, {})
    assert (report.graver, report.milder, report.groups) == (0, 0, ())
    assert [case.before for case in report.cases] == [one.decision.disposition for one in copied.vettings]
    assert _bytes(copied.journal.parent) == before


def test_a_stricter_pack_makes_graver_whoever_was_milder(copied: Recorded, stricter: Path) -> None:
    with FileKeyRing(copied.keys) as ring:
        report = backtest(load_ruleset(stricter), copied.journal, ring)
    milder = [one for one in copied.vettings if one.decision.disposition < Disposition.ESCALATE]
    assert (report.graver, report.milder) == (len(milder), 0)
    counted = Counter(one.decision.disposition for one in copied.vettings)
    assert report.table == {
        (before, Disposition.ESCALATE): counted[before] for before in Disposition if counted[before]
    }


def test_erased_people_are_counted_apart(copied: Recorded, stricter: Path) -> None:
    with FileKeyRing(copied.keys) as ring:
        ring.erase(copied.vettings[0].candidate.id)
        report = backtest(load_ruleset(stricter), copied.journal, ring)
    assert (report.erased, len(report.cases)) == (1, len(copied.vettings) - 1)


def test_what_is_not_in_the_archive_is_counted_by_why(copied: Recorded, stricter: Path) -> None:
    shutil.rmtree(Archive.beside(copied.journal).folder / "sets")
    with FileKeyRing(copied.keys) as ring:
        report = backtest(load_ruleset(stricter), copied.journal, ring)
    assert (report.cases, report.not_rebuilt) == ((), {"archive.not_found": len(copied.vettings)})


def test_a_journal_that_is_not_there_is_said(stricter: Path, copied: Recorded) -> None:
    with FileKeyRing(copied.keys) as ring, pytest.raises(JournalError):
        backtest(load_ruleset(stricter), stricter / "no.sqlite", ring)


def test_from_the_shell(recorded: Recorded, stricter: Path, root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    where = ["--journal", str(recorded.journal), "--keys", str(recorded.keys)]
    agd = ["--agd", str(root / "fixtures/sample/agd.csv")]
    assert main(["rules", "backtest", str(stricter), *where, *agd, "--json"]) == Exit.DONE
    told = json.loads(capsys.readouterr().out)
    assert told["compared"] == len(recorded.vettings)
    assert len(told["changed"]) == told["graver"]
    assert {group["feature"] for group in told["groups"]} == {"age_band", "gender", "disability", "minority"}
    for group in told["groups"]:
        assert all(group[name] is None or not 0 < group[name] < 5 for name in ("people", "graver", "milder"))
    assert main(["rules", "backtest", str(stricter), *where]) == Exit.DONE
    said = capsys.readouterr().out
    assert f"of {len(recorded.vettings)} cases" in said
    assert "people" not in said


ways = st.lists(st.tuples(st.sampled_from([1, 0, -1]), st.sampled_from(["a", "b", "c", ""])), max_size=60)


@settings(max_examples=200, deadline=None)
@given(ways)
def test_no_small_number_is_shown_nor_left_over(ways: list[tuple[int, str]]) -> None:
    directions = {f"c-{index}": way for index, (way, _) in enumerate(ways)}
    reports = {
        f"c-{index}": SelfReport(candidate_id=f"c-{index}", answers={"group": answer} if answer else {})
        for index, (_, answer) in enumerate(ways)
    }
    groups = count_groups(directions, reports)
    for group in groups:
        shown = [count for count in (group.people, group.graver, group.milder) if count is not None]
        assert all(not 0 < count < 5 for count in shown)
        if group.people is not None and group.graver is not None and group.milder is not None:
            rests = (group.people - group.graver, group.people - group.milder)
            rests += (group.people - group.graver - group.milder,)
            assert all(not 0 < rest < 5 for rest in rests)
    for name in ("people", "graver", "milder"):
        column = [getattr(group, name) for group in groups]
        assert column.count(None) != 1 or len(column) == 1
