"""A list too old is leaned on only by a named person's acceptance, for that copy, within the grace, until a day."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import make
import pytest

from vetting_engine import Engine, Resources
from vetting_engine.errors import ListError
from vetting_engine.model.ruleset import Ruleset, Staleness
from vetting_engine.model.watchlist import ListSnapshot
from vetting_engine.rulebook import load_ruleset
from vetting_engine.rulebook.acceptances import StaleAcceptance, accept_stale, read_acceptances

DAY = date(2026, 7, 1)


def graced(days: int = 14) -> Ruleset:
    return load_ruleset("starter").model_copy(update={"staleness": Staleness(grace_days=days)})


def aged(days: int) -> ListSnapshot:
    return make.snapshot(published=DAY - timedelta(days=days), retrieved=None, max_age_days=30)


def acceptance(snapshot: ListSnapshot, **changed: Any) -> StaleAcceptance:
    said: dict[str, Any] = {
        "list_id": snapshot.list_id,
        "digest": snapshot.digest,
        "accepted_by": "Ama Oduro",
        "office": "Test office",
        "until": DAY,
        "reason": "The line is down until Friday.",
    }
    return StaleAcceptance(**{**said, **changed})


def gap_codes(snapshot: ListSnapshot) -> list[str]:
    vetting = Engine(graced(), resources=Resources(watchlists=[snapshot])).vet(make.candidate(), as_of=DAY)
    return [gap.code for gap in vetting.decision.gaps if gap.code == "watchlist.list_stale"]


def test_an_accepted_list_counts_and_who_accepted_it_is_recorded() -> None:
    old = aged(40)
    assert gap_codes(old) == ["watchlist.list_stale"]
    (usable,) = accept_stale(graced(), [old], [acceptance(old)], DAY)
    assert usable.max_age_days == 44
    assert gap_codes(usable) == []
    core = Engine(graced(), resources=Resources(watchlists=[usable])).vet(make.candidate(), as_of=DAY).core
    assert core.lists[0]["accepted"] == "Ama Oduro, Test office, until 2026-07-01: The line is down until Friday."
    core = Engine(graced(), resources=Resources(watchlists=[old])).vet(make.candidate(), as_of=DAY).core
    assert "accepted" not in core.lists[0]


def test_a_list_within_its_limit_needs_nobody() -> None:
    fresh = aged(30)
    assert accept_stale(graced(), [fresh], [acceptance(fresh)], DAY) == (fresh,)
    assert accept_stale(graced(), [fresh], [], DAY) == (fresh,)


@pytest.mark.parametrize(
    ("age", "grace", "changed", "code"),
    [
        (45, 14, {}, "acceptance.beyond_grace"),
        (31, 0, {}, "acceptance.beyond_grace"),
        (-1, 14, {}, "acceptance.beyond_grace"),
        (40, 14, {"until": DAY - timedelta(days=1)}, "acceptance.lapsed"),
        (40, 14, {"digest": "sha256:" + "0" * 64}, "acceptance.other_list"),
        (40, 14, {"list_id": "another"}, "acceptance.other_list"),
    ],
)
def test_what_cannot_be_accepted_is_refused(age: int, grace: int, changed: dict[str, Any], code: str) -> None:
    old = aged(age)
    with pytest.raises(ListError) as raised:
        accept_stale(graced(grace), [old], [acceptance(old, **changed)], DAY)
    assert [fault.code for fault in raised.value.faults] == [code]


def test_acceptances_are_read_with_every_fault_in_its_line(tmp_path: Path) -> None:
    path = tmp_path / "accepted.yaml"
    good = (
        "acceptances:\n  - list_id: un\n    digest: sha256:00\n    accepted_by: Ama Oduro\n    office: O\n"
        "    until: 2026-07-01\n    reason: The line is down.\n"
    )
    path.write_text(good, encoding="utf-8")
    assert [one.until for one in read_acceptances(path)] == [DAY]
    path.write_text(good.replace("2026-07-01", "soon").replace("    office: O\n", ""), encoding="utf-8")
    with pytest.raises(ListError) as raised:
        read_acceptances(path)
    assert sorted((fault.code, fault.at.line) for fault in raised.value.faults) == [
        ("value.missing", 2),
        ("value.type", 5),
    ]
