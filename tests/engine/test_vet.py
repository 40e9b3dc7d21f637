"""The loop: order, laziness, workers, a check that raises, and the journal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import make
import pytest

from vetting_engine import Actor, Engine, FileKeyRing, Journal, Resources, VettingError
from vetting_engine.engine import ENGINE_VERSION, _examine
from vetting_engine.engine._examine import person_checks
from vetting_engine.model.candidate import Candidate
from vetting_engine.model.decision import Disposition
from vetting_engine.model.finding import CheckResult, CheckStatus
from vetting_engine.model.ruleset import Ruleset
from vetting_engine.records import core_bytes, verify_journal

AS_OF = date(2026, 6, 30)
NOON = datetime(2026, 6, 30, 12, tzinfo=UTC)


def test_answers_come_in_the_order_of_the_candidates(
    ruleset: Ruleset, resources: Resources, people: Sequence[Candidate]
) -> None:
    engine = Engine(ruleset, resources=resources)
    backwards = list(reversed(people[:7]))
    assert [vetting.candidate.id for vetting in engine.vet_many(backwards, as_of=AS_OF)] == [
        candidate.id for candidate in backwards
    ]


def test_one_and_many_give_the_same(ruleset: Ruleset, resources: Resources, people: Sequence[Candidate]) -> None:
    engine = Engine(ruleset, resources=resources)
    many = [core_bytes(vetting.core) for vetting in engine.vet_many(people[:5], as_of=AS_OF)]
    assert many == [core_bytes(engine.vet(candidate, as_of=AS_OF).core) for candidate in people[:5]]


def test_a_batch_is_read_as_it_is_needed(ruleset: Ruleset) -> None:
    taken: list[int] = []

    def endless() -> Any:
        for number in range(10**9):
            taken.append(number)
            yield make.candidate(f"c-{number}")

    answers = Engine(ruleset).vet_many(endless(), as_of=AS_OF)
    next(answers)
    assert len(taken) <= 200


def test_progress_counts_to_the_end(ruleset: Ruleset, people: Sequence[Candidate]) -> None:
    seen: list[int] = []
    list(Engine(ruleset).vet_many(people, as_of=AS_OF, progress=seen.append))
    assert seen[-1] == len(people)


def test_an_id_that_comes_twice_is_refused(ruleset: Ruleset) -> None:
    twice = [make.candidate("c-1"), make.candidate("c-1", name="Ilvo Marrast")]
    with pytest.raises(VettingError) as refusal:
        list(Engine(ruleset).vet_many(twice, as_of=AS_OF))
    assert refusal.value.faults[0].code == "engine.duplicate_candidate"


@pytest.mark.parametrize("workers", [0, -1])
def test_workers_are_at_least_one(ruleset: Ruleset, workers: int) -> None:
    with pytest.raises(VettingError, match="workers_invalid"):
        list(Engine(ruleset).vet_many([], as_of=AS_OF, workers=workers))


def test_nothing_handed_in_is_incomplete_not_innocent(ruleset: Ruleset) -> None:
    vetting = Engine(ruleset).vet(make.candidate("c-1"), as_of=AS_OF)
    assert vetting.decision.disposition >= Disposition.INCOMPLETE
    assert {gap.check for gap in vetting.decision.gaps} >= {"content", "watchlist", "conflict"}


def test_a_required_check_that_is_not_installed_is_refused(ruleset: Ruleset) -> None:
    wanting = ruleset.model_copy(update={"required_checks": (*ruleset.required_checks, "palmistry")})
    with pytest.raises(VettingError, match="check_missing"):
        Engine(wanting).vet(make.candidate(), as_of=AS_OF)


def test_a_check_that_raises_is_a_gap_for_that_candidate_only(
    ruleset: Ruleset, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Fragile:
        """A real check that fails on one candidate."""

        def __init__(self, inner: Any) -> None:
            self._inner = inner

        def examine_many(self, candidates: Sequence[Candidate], as_of: date) -> Sequence[CheckResult]:
            if any(candidate.id == "c-bad" for candidate in candidates):
                raise RuntimeError("Tamsin Okvale")
            return self._inner.examine_many(candidates, as_of)  # type: ignore[no-any-return]

    class Plugin:
        def __init__(self, check: Any) -> None:
            self.name, self.version, self._check = check.name, check.version, check

        def prepare(self, *given: Any) -> Any:
            prepared = self._check.prepare(*given)
            return Fragile(prepared) if self.name == "conflict" else prepared

    plugins = tuple(Plugin(check) for check in person_checks())
    monkeypatch.setattr(_examine, "person_checks", lambda: plugins)
    batch = [make.candidate("c-good"), make.candidate("c-bad"), make.candidate("c-fine")]
    good, bad, fine = Engine(ruleset).vet_many(batch, as_of=AS_OF)
    codes = [{gap.code for gap in vetting.decision.gaps} for vetting in (good, bad, fine)]
    assert ["engine.check_raised" in each for each in codes] == [False, True, False]
    result = next(result for result in bad.results if result.check == "conflict")
    assert result.status is CheckStatus.UNKNOWN
    assert "Okvale" not in bad.core.model_dump_json()
    assert bad.decision.disposition >= Disposition.INCOMPLETE


def test_a_journal_needs_keys(ruleset: Ruleset, tmp_path: Path) -> None:
    with Journal.open(tmp_path / "j.sqlite", create=True) as journal, pytest.raises(VettingError, match="needs_keys"):
        Engine(ruleset, journal=journal)


def test_what_is_handed_out_is_recorded(
    ruleset: Ruleset, resources: Resources, people: Sequence[Candidate], tmp_path: Path
) -> None:
    keys = FileKeyRing(tmp_path / "keys", create=True)
    with keys, Journal.open(tmp_path / "j.sqlite", create=True) as journal:
        engine = Engine(
            ruleset,
            resources=replace(resources, key_ring=keys),
            journal=journal,
            actor=Actor(id="officer-7"),
            office="Field office",
            clock=lambda: NOON,
        )
        first, *_ = answers = list(engine.vet_many(people[:4], as_of=AS_OF))
        assert first.record_id is not None
        record = journal.record(first.record_id)
        assert core_bytes(record.core) == core_bytes(first.core)
        assert (record.envelope.actor.id, record.envelope.office, record.envelope.time) == (
            "officer-7",
            "Field office",
            NOON,
        )
        assert len(journal) == len(answers)
        again = engine.vet(people[0], as_of=AS_OF)
        assert again.record_id is not None
        assert journal.record(again.record_id).envelope.supersedes == first.record_id
    assert verify_journal(tmp_path / "j.sqlite").ok


def test_two_workers_give_what_one_gives(ruleset: Ruleset, resources: Resources, people: Sequence[Candidate]) -> None:
    engine = Engine(ruleset, resources=resources)
    many = [people[0].model_copy(update={"id": f"c-{number}"}) for number in range(250)]
    one, two = ([core_bytes(v.core) for v in engine.vet_many(many, as_of=AS_OF, workers=n)] for n in (1, 2))
    assert one == two


def test_a_cohort_is_measured_without_naming_anybody(
    ruleset: Ruleset, resources: Resources, people: Sequence[Candidate]
) -> None:
    engine = Engine(ruleset, resources=resources)
    vettings = list(engine.vet_many(people[:10], as_of=AS_OF))
    (cohort,) = engine.measure(people[:10], {}, vettings)
    assert cohort.pool_size == 10
    assert not any(candidate.id in cohort.model_dump_json() for candidate in people[:10])


def test_the_version_is_the_distributions(root: Path) -> None:
    assert f'version = "{ENGINE_VERSION}"' in (root / "pyproject.toml").read_text(encoding="utf-8")
