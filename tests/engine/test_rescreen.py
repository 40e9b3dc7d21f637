"""Rescreening a journal: only whom a change of lists affects, with the answer of a full run, superseding the old."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import make
import pytest

from vetting_engine import Engine, FileKeyRing, Journal, Resources, load_watchlist, replay
from vetting_engine.checks.watchlist import ChangeKind
from vetting_engine.engine import Because, RescreenReport, rescreen_batch, rescreen_journal
from vetting_engine.errors import ListError
from vetting_engine.model.candidate import Candidate
from vetting_engine.model.decision import Disposition
from vetting_engine.model.ruleset import Ruleset
from vetting_engine.model.watchlist import Authority, Effect, ListSnapshot
from vetting_engine.records.core import core_bytes

THEN, NOW = date(2026, 6, 1), date(2026, 6, 20)
NOON = datetime(2026, 6, 20, 12, tzinfo=UTC)
MAPPING = "title: Register of the river guild\nissuer: River Guild\npublished: {day}\ncolumns: {{id: No, name: Name}}\n"
AUTHORITY = Authority(
    issuer="River Guild", legal_basis="Sample", approving_office="Sample office", effect=Effect.BINDING
)
OLD = {"1": "Tamsin Okvale Farrokhal", "2": "Marrow Ilsington Dej", "3": "Halvard Brusk Ondrel"}
NEW = {"2": "Marrow Ilsington Dej", "3": "Halvard Brusk Ondrelson", "4": "Ilsabet Vennor Quillfeather"}
NAMES = (*OLD.values(), "Ilsabet Vennor Quillfeather", "Oda Velmar Pellin", "Ruth Ask Vennel")
PEOPLE = tuple(make.candidate(f"c-{number}", name) for number, name in enumerate(NAMES, start=1))
Listed = Callable[..., ListSnapshot]


@pytest.fixture
def listed(tmp_path: Path) -> Listed:
    """Makes a dated list from names by id, in a folder of its own."""

    def make_list(names: Mapping[str, str], day: date = THEN, authority: Authority = AUTHORITY) -> ListSnapshot:
        folder = tmp_path / f"list-{len(list(tmp_path.iterdir()))}"
        folder.mkdir()
        rows = "".join(f"{number},{name}\n" for number, name in names.items())
        (folder / "guild.csv").write_text(f"No,Name\n{rows}", encoding="utf-8")
        (folder / "guild.csv.mapping.yaml").write_text(MAPPING.format(day=day), encoding="utf-8")
        return load_watchlist(folder / "guild.csv", authority)

    return make_list


@pytest.fixture
def keys(tmp_path: Path) -> FileKeyRing:
    return FileKeyRing(tmp_path / "keys", create=True)


@pytest.fixture
def journal(ruleset: Ruleset, listed: Listed, keys: FileKeyRing, tmp_path: Path) -> Iterator[Journal]:
    """A journal of everybody, vetted with the old list."""
    with Journal.open(tmp_path / "journal.sqlite", create=True) as opened:
        resources = Resources(watchlists=[listed(OLD)], key_ring=keys)
        list(Engine(ruleset, resources=resources, journal=opened, clock=lambda: NOON).vet_many(PEOPLE, as_of=THEN))
        yield opened


def _told(report: RescreenReport) -> dict[str, tuple[list[tuple[str, ChangeKind]], int]]:
    return {
        each.vetting.candidate.id: ([(touch.entry_id, touch.change) for touch in each.touches], each.direction)
        for each in report.anew
    }


def test_only_those_are_recorded_anew_whom_the_change_touches(
    journal: Journal, listed: Listed, keys: FileKeyRing
) -> None:
    report = rescreen_journal(journal, keys, [listed(NEW, NOW)], as_of=NOW)
    assert _told(report) == {
        "c-1": ([("1", ChangeKind.LEFT)], -1),
        "c-3": ([("3", ChangeKind.CHANGED)], 0),
        "c-4": ([("4", ChangeKind.CAME)], 1),
    }
    assert (report.people, len(journal)) == (len(PEOPLE), len(PEOPLE) + 3)
    assert [dict(change.counts)[ChangeKind.CAME] for change in report.lists] == [1]
    records = {record.id: record for record in journal.records()}
    for each in report.anew:
        assert each.vetting.record_id is not None
        assert records[each.vetting.record_id].envelope.supersedes == each.superseded


def test_the_answer_is_that_of_a_full_run(
    ruleset: Ruleset, journal: Journal, listed: Listed, keys: FileKeyRing
) -> None:
    new = listed(NEW, NOW)
    report = rescreen_journal(journal, keys, [new], as_of=NOW)
    full = {
        vetting.candidate.id: vetting
        for vetting in Engine(ruleset, resources=Resources(watchlists=[new], key_ring=keys)).vet_many(PEOPLE, as_of=NOW)
    }
    anew = {each.vetting.candidate.id: each.vetting for each in report.anew}
    for person in PEOPLE:
        if person.id in anew:
            assert core_bytes(anew[person.id].core) == core_bytes(full[person.id].core)
    before = {
        record.core.subject: Disposition(record.core.decision["disposition"])
        for record in list(journal.records())[: len(PEOPLE)]
    }
    stood = [person for person in PEOPLE if person.id not in anew]
    assert [before[keys.pseudonym(person.id)] for person in stood] == [
        full[person.id].decision.disposition for person in stood
    ]


def test_what_was_recorded_can_be_replayed_and_a_second_run_finds_nothing(
    journal: Journal, listed: Listed, keys: FileKeyRing
) -> None:
    new = listed(NEW, NOW)
    rescreen_journal(journal, keys, [new], as_of=NOW)
    size = len(journal)
    assert rescreen_journal(journal, keys, [new], as_of=NOW).anew == ()
    assert len(journal) == size
    assert replay(journal.path, keys).count("same") == size


def test_nothing_is_recorded_if_not_wanted(journal: Journal, listed: Listed, keys: FileKeyRing) -> None:
    report = rescreen_journal(journal, keys, [listed(NEW, NOW)], as_of=NOW, record=False)
    assert len(report.anew) == 3
    assert all(each.vetting.record_id is None for each in report.anew)
    assert len(journal) == len(PEOPLE)


def test_a_list_that_is_no_longer_too_old_affects_everybody(
    journal: Journal, listed: Listed, keys: FileKeyRing
) -> None:
    later = THEN + timedelta(days=200)
    stale = rescreen_journal(journal, keys, [listed(OLD, THEN)], as_of=later, record=False)
    assert {each.because for each in stale.anew} == {(Because.LISTS,)}
    assert len(stale.anew) == len(PEOPLE)


def test_a_row_that_expired_in_between_touches_its_namesake(
    ruleset: Ruleset, keys: FileKeyRing, tmp_path: Path
) -> None:
    (tmp_path / "own").mkdir()
    file = tmp_path / "own" / "do-not-engage.csv"
    row = f"d-1,Tamsin Okvale Farrokhal,Broke the code,Country office,{NOW - timedelta(days=1)},Told in writing"
    file.write_text(f"id,name,reason,owner,expiry,notice\n{row}\n", encoding="utf-8")
    own = load_watchlist(file, AUTHORITY)
    with Journal.open(tmp_path / "other.sqlite", create=True) as journal:
        resources = Resources(watchlists=[own], key_ring=keys)
        list(Engine(ruleset, resources=resources, journal=journal).vet_many(PEOPLE, as_of=THEN))
        report = rescreen_journal(journal, keys, [own], as_of=NOW)
    assert _told(report) == {"c-1": ([("d-1", ChangeKind.EXPIRED)], -1)}


def test_an_older_copy_or_a_lesser_effect_is_refused_before_anything_is_recorded(
    journal: Journal, listed: Listed, keys: FileKeyRing
) -> None:
    off = AUTHORITY.model_copy(update={"effect": Effect.OFF})
    with pytest.raises(ListError) as caught:
        rescreen_journal(journal, keys, [listed(NEW, THEN - timedelta(days=1), off)], as_of=NOW)
    assert {fault.code for fault in caught.value.faults} == {"rescreen.list_older", "rescreen.effect_lowered"}
    assert len(journal) == len(PEOPLE)
    meant = rescreen_journal(journal, keys, [listed(NEW, NOW, off)], as_of=NOW, turned_off=["guild"])
    assert {touch.change for each in meant.anew for touch in each.touches} <= {ChangeKind.LEFT}


def test_an_erased_person_is_counted_and_the_others_go_on(journal: Journal, listed: Listed, keys: FileKeyRing) -> None:
    keys.erase("c-1")
    report = rescreen_journal(journal, keys, [listed(NEW, NOW)], as_of=NOW)
    assert report.erased == 1
    assert sorted(_told(report)) == ["c-3", "c-4"]


def test_a_record_whose_sources_are_gone_is_counted(journal: Journal, listed: Listed, keys: FileKeyRing) -> None:
    for file in (journal.path.parent / f"{journal.path.name}.archive" / "sets").rglob("*"):
        if file.is_file():
            file.unlink()
    report = rescreen_journal(journal, keys, [listed(NEW, NOW)], as_of=NOW)
    assert (report.people, dict(report.not_rebuilt)) == (0, {"archive.not_found": len(PEOPLE)})


def test_a_batch_is_compared_under_both_and_nothing_is_recorded(
    ruleset: Ruleset, listed: Listed, people: Sequence[Candidate]
) -> None:
    report = rescreen_batch(
        ruleset, [listed(OLD)], Resources(watchlists=[listed(NEW, NOW)]), [*PEOPLE, *people[:3]], days=(THEN, NOW)
    )
    assert {name: found[1] for name, found in _told(report).items()} == {"c-1": -1, "c-3": 0, "c-4": 1}
    assert report.people == len(PEOPLE) + 3
    assert replace(report, anew=()).moved(1) == 0
