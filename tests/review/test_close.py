"""Gaps closed by two readers: what the new record says, and everything that stops it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from review.desk import AS_OF, Desk, closing, open_desk, person, reading

from vetting_engine import Engine, Resources, replay
from vetting_engine.engine import rescreen_journal
from vetting_engine.errors import InputError, JournalError
from vetting_engine.messages import describe
from vetting_engine.model.candidate import Candidate
from vetting_engine.model.decision import Disposition
from vetting_engine.model.finding import CheckStatus, FindingStatus, Function
from vetting_engine.model.record import Actor
from vetting_engine.model.ruleset import Ruleset
from vetting_engine.model.scales import Level
from vetting_engine.records import open_record
from vetting_engine.review import Closed, close_gaps, open_gaps

TL, VIDEO = "language:tl", "media:video"


def close_all(desk: Desk, *found: dict[int, str]) -> Closed:
    """Both gaps of the first person read, with what the two readers found in the Tagalog posts."""
    theirs = [*found, {}, {}][:2]
    two = closing(desk, TL, reading("r-1", theirs[0]), reading("r-2", theirs[1]))
    films = closing(desk, VIDEO, reading("r-1"), reading("r-2"))
    (closed,) = close_gaps(desk.journal, desk.keys, [two, films], actor=Actor(id="desk"), office="Office in Okvale")
    return closed


def faults(desk: Desk, *closings: object) -> list[str]:
    with pytest.raises(InputError) as caught:
        close_gaps(desk.journal, desk.keys, closings)  # type: ignore[arg-type]
    assert all("{" not in describe(fault) for fault in caught.value.faults)
    assert len(desk.journal) == len(desk.vettings)
    return sorted(fault.code for fault in caught.value.faults)


def test_what_can_be_read_is_listed_with_how_much(desk: Desk) -> None:
    found = open_gaps(desk.journal, desk.keys)
    told = {gap.about: (gap.population, gap.sample) for gap in found.gaps if gap.about}
    assert told == {TL: (24, 20), VIDEO: (3, 3)}
    assert {gap.disposition for gap in found.gaps} == {Disposition.INCOMPLETE}
    assert found.people == 1


def test_two_who_read_and_found_nothing_close_the_gap(desk: Desk) -> None:
    closed = close_all(desk)
    assert (closed.before, closed.closed, closed.disputed) == (Disposition.INCOMPLETE, (TL, VIDEO), {})
    assert closed.after < Disposition.INCOMPLETE
    assert not open_gaps(desk.journal, desk.keys).gaps
    record = desk.journal.record(closed.record_id)
    assert record.envelope.supersedes == desk.record == closed.superseded
    assert (record.envelope.actor.id, record.envelope.office) == ("desk", "Office in Okvale")
    assert record.core.as_of == AS_OF


def test_the_record_keeps_who_read_what_and_the_core_only_commits_to_it(desk: Desk) -> None:
    record = desk.journal.record(close_all(desk).record_id)
    content = open_record(record, desk.keys)
    assert [(one.about, [each.reader for each in one.readings]) for one in content.readings] == [
        (TL, ["r-1", "r-2"]),
        (VIDEO, ["r-1", "r-2"]),
    ]
    assert all(item.source_id.startswith("p") for item in content.readings[0].sample)
    told = {one["population"]: one for one in record.core.readings}
    assert (told[24]["sample"], told[24]["disputed"]) == (20, 0)
    assert {reader["assurance"] for reader in told[24]["readers"]} == {"host"}
    assert not any(word in str(record.core.readings) for word in ("r-1", "tl", "p1"))
    content_check = next(check for check in record.core.checks if check["check"] == "content")
    assert content_check["status"] == CheckStatus.DONE
    assert content_check["counts"]["read_by_people"] == 23


def test_it_can_be_replayed(desk: Desk) -> None:
    close_all(desk, {2: "hate"}, {2: "hate"})
    report = replay(desk.journal.path, desk.keys)
    assert [one.outcome for one in report.records] == ["same", "same"]


@pytest.mark.parametrize(
    ("category", "least"),
    [("hate", Level.NEEDS_REVIEW), ("incitement", Level.ESCALATE), ("fraud", Level.NEEDS_REVIEW)],
)
def test_what_both_found_weighs_as_the_strictest_rule_would(
    desk: Desk, ruleset: Ruleset, category: str, least: Level
) -> None:
    closed = close_all(desk, {2: category}, {2: category})
    assert closed.closed == (TL, VIDEO)
    content = open_record(desk.journal.record(closed.record_id), desk.keys)
    (finding,) = [one for result in content.results for one in result.findings if ":read:" in one.id]
    rules = [rule for rule in ruleset.rules_of("content") if rule.category == category]
    assert (finding.status, finding.category, finding.code) == (
        FindingStatus.HIT,
        category,
        "review.found_by_readers",
    )
    assert finding.level == max(rule.level for rule in rules) >= least
    assert closed.after >= Disposition(finding.level.value)


def test_a_disclosure_goes_to_protection_confidentially_and_never_weighs(desk: Desk) -> None:
    closed = close_all(desk, {2: "support"}, {2: "support"})
    content = open_record(desk.journal.record(closed.record_id), desk.keys)
    (finding,) = [one for result in content.results for one in result.findings if ":read:" in one.id]
    assert (finding.status, finding.level, finding.confidential) == (
        FindingStatus.SUPPORT,
        Level.NOTHING_FOUND,
        True,
    )
    assert Function.PROTECTION in finding.functions
    assert content.decision.level < Level.NEEDS_REVIEW


def test_readers_who_differ_leave_it_open_and_somebody_looks(desk: Desk) -> None:
    closed = close_all(desk, {2: "profanity", 5: "support"}, {})
    assert (closed.closed, dict(closed.disputed)) == ((VIDEO,), {TL: 2})
    assert closed.after is Disposition.NEEDS_REVIEW
    assert [(gap.about, gap.disputed) for gap in open_gaps(desk.journal, desk.keys).gaps] == [(TL, 2)]
    content = open_record(desk.journal.record(closed.record_id), desk.keys)
    found = {one.category: one for result in content.results for one in result.findings if ":read:" in one.id}
    assert (found["profanity"].code, found["profanity"].level) == ("review.readers_differ", Level.NEEDS_REVIEW)
    assert found["support"].confidential
    again = closing(desk, TL, reading("r-3"), reading("r-4"), closed.record_id)
    (settled,) = close_gaps(desk.journal, desk.keys, [again])
    assert settled.closed == (TL,)
    assert not open_gaps(desk.journal, desk.keys).gaps
    assert replay(desk.journal.path, desk.keys).count("same") == 3


def test_every_fault_is_told_at_once_and_nothing_recorded(desk: Desk) -> None:
    good = closing(desk, TL, reading("r-1"), reading("r-2"))
    read = dict(good.items[0])
    first = {item: digest for item, digest in read.items() if item != 3} | {99: "x", 4: "hmac-sha256:" + "0" * 64}
    people = (
        reading("r-1", {2: "gossip", 77: "hate"}, conflict_of_interest=True),
        reading("r-1", assurance="asserted", languages=("sw",)),
    )
    bad = replace(good, readings=people, items=(first, read))
    assert faults(desk, bad) == [
        "gaps.category_unknown",
        "gaps.conflict",
        "gaps.item_changed",
        "gaps.item_not_read",
        "gaps.item_unknown",
        "gaps.item_unknown",
        "gaps.not_assured",
        "gaps.not_their_language",
        "gaps.same_reader",
    ]


def test_faults_of_one_gap_keep_the_others_from_being_recorded(desk: Desk) -> None:
    good = closing(desk, VIDEO, reading("r-1"), reading("r-2"))
    bad = closing(desk, TL, reading("r-1"), reading("r-1"))
    assert faults(desk, good, bad) == ["gaps.same_reader"]


@pytest.mark.parametrize("about", ["language:en", "script:Beng", "nonsense", ""])
def test_a_gap_that_is_not_there_cannot_be_closed(desk: Desk, about: str) -> None:
    good = closing(desk, TL, reading("r-1"), reading("r-2"))
    assert faults(desk, replace(good, about=about)) == ["gaps.not_open"]


def test_only_the_latest_record_counts(desk: Desk) -> None:
    before = closing(desk, TL, reading("r-1"), reading("r-2"))
    close_all(desk)
    with pytest.raises(JournalError, match=r"gaps\.superseded"):
        close_gaps(desk.journal, desk.keys, [before])


def test_whoever_was_vetted_meanwhile_is_not_overridden(desk: Desk, ruleset: Ruleset, resources: Resources) -> None:
    engine = Engine(ruleset, resources=replace(resources, key_ring=desk.keys), journal=desk.journal)
    engine.vet(person(posts=25), as_of=AS_OF)
    with pytest.raises(JournalError, match=r"journal\.superseded_meanwhile"):
        engine.vet(person(), as_of=AS_OF, superseding=desk.record)
    assert len(desk.journal) == 2


def test_media_takes_readers_of_a_language_the_candidate_declared(desk: Desk) -> None:
    good = closing(desk, VIDEO, reading("r-1"), reading("r-2", languages=("en-GB",)))
    assert close_gaps(desk.journal, desk.keys, [good])[0].closed == (VIDEO,)


def test_other_posts_open_the_gap_again(desk: Desk, ruleset: Ruleset, resources: Resources) -> None:
    closed = close_all(desk)
    content = open_record(desk.journal.record(closed.record_id), desk.keys)
    engine = Engine(ruleset, resources=replace(resources, key_ring=desk.keys))
    same = Candidate.model_validate(content.candidate)
    assert not engine.vet(same, as_of=AS_OF, readings=content.readings).decision.gaps
    later = same.model_copy(update={"posts": (*same.posts, same.posts[0].model_copy(update={"id": "new"}))})
    vetting = engine.vet(later, as_of=AS_OF, readings=content.readings)
    assert {gap.code for gap in vetting.decision.gaps} == {
        "content.language_not_covered",
        "content.media_unwatched",
    }
    assert vetting.readings == ()
    # Without a key ring nothing can be drawn, so nothing anybody read is taken at its word.
    assert Engine(ruleset, resources=resources).vet(same, as_of=AS_OF, readings=content.readings).decision.gaps


def test_a_rescreening_keeps_what_was_read(desk: Desk, resources: Resources, tmp_path: Path) -> None:
    close_all(desk)
    newer = [one.model_copy(update={"max_age_days": 0}) for one in resources.watchlists]
    report = rescreen_journal(desk.journal, desk.keys, newer, as_of=date(2026, 7, 10))
    (anew,) = report.anew
    assert len(anew.vetting.readings) == 2
    assert {gap.check for gap in anew.vetting.decision.gaps} == {"watchlist"}
    assert tmp_path.is_dir()


def test_many_people_in_one_call_are_one_record_each(ruleset: Ruleset, resources: Resources, tmp_path: Path) -> None:
    desk = open_desk(tmp_path, ruleset, resources, [person(1, videos=0), person(2, videos=0)])
    two = [closing(desk, TL, reading("r-1"), reading("r-2"), vetting.record_id or "") for vetting in desk.vettings]
    closed = close_gaps(desk.journal, desk.keys, two)
    assert [one.candidate_id for one in closed] == ["c-1", "c-2"]
    assert len(desk.journal) == 4
    desk.journal.close()
