"""The balance check: a cohort record, never a finding about one person."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import make
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vetting_engine import messages
from vetting_engine.checks.balance import PLUGIN, BalanceSettings, Feature
from vetting_engine.model.candidate import Candidate
from vetting_engine.model.cohort import CohortRecord, Quota, SelfReport, Verdict
from vetting_engine.model.decision import Disposition

GENDER = Feature(name="gender", values=("woman", "man", "another gender"))
SETTINGS = BalanceSettings(
    features=(GENDER, Feature(name="age_band", values=("18-59", "60+"), reference=(9, 1))),
    quotas=(Quota(feature="gender", value="woman", minimum=2),),
    reach_groups=("older_people", "deaf_community"),
)
OPEN = Disposition.NOTHING_FOUND


def _measure(
    answers: Mapping[str, Mapping[str, str]], dispositions: Mapping[str, Disposition] | None = None, **parts: Any
) -> CohortRecord:
    settings = parts.pop("settings", SETTINGS)
    pool = [_person(at, person) for at, person in enumerate(answers)]
    reports = {person: SelfReport(candidate_id=person, answers=told) for person, told in answers.items() if told}
    return PLUGIN.measure(
        make.ruleset(settings={"balance": settings}),
        pool,
        reports,
        dict.fromkeys(answers, OPEN) | dict(dispositions or {}),
        **parts,
    )


def _person(at: int, person: str) -> Candidate:
    return make.candidate(person, f"Person {at}", audience_groups=("older_people",) if at % 2 else ())


def _cell(record: CohortRecord, feature: str, value: str) -> Any:
    (cell,) = [cell for cell in record.cells if (cell.feature, cell.value) == (feature, value)]
    return cell


def test_answers_are_counted_at_each_stage_and_silence_widens_the_share() -> None:
    answers = {"a": {"gender": "Woman "}, "b": {"gender": "man"}, "c": {"gender": "woman"}, "d": {}}
    record = _measure(answers, {"c": Disposition.NEEDS_REVIEW})
    woman = _cell(record, "gender", "woman")
    assert (record.pool_size, record.eligible_size, record.cohort_size) == (4, 3, 3)
    assert (woman.pool, woman.eligible, woman.selected, woman.undisclosed) == (2, 1, 1, 1)
    assert (woman.share_low, woman.share_high) == (3333, 6667)
    assert woman.verdict is Verdict.INDETERMINATE
    assert record.features[0].undisclosed_pool == 1


@pytest.mark.parametrize(
    ("disposition", "eligible"),
    [
        (Disposition.NOTHING_FOUND, 1),
        (Disposition.CONDITIONAL, 1),
        (Disposition.INCOMPLETE, 0),
        (Disposition.NEEDS_REVIEW, 0),
        (Disposition.ESCALATE, 0),
    ],
)
def test_only_who_may_be_engaged_as_things_stand_is_eligible(disposition: Disposition, eligible: int) -> None:
    assert _measure({"a": {}}, {"a": disposition}).eligible_size == eligible


def test_refusing_to_answer_is_silence_and_an_unlisted_answer_is_never_shown() -> None:
    record = _measure({"a": {"gender": "prefer not to say"}, "b": {"gender": "my very own words"}, "c": {"gender": ""}})
    assert _cell(record, "gender", "other").pool == 1
    assert _cell(record, "gender", "woman").undisclosed == 2
    assert "very own" not in record.model_dump_json()


def test_without_a_selection_everyone_eligible_stands_for_it_and_the_record_says_so() -> None:
    assert _measure({"a": {}}).notes == ("balance.no_selection",)
    chosen = _measure({"a": {}, "b": {}}, selected={"a"})
    assert (chosen.cohort_size, chosen.notes) == (1, ())
    stopped = _measure({"a": {}, "b": {}}, {"a": Disposition.ESCALATE}, selected=["a", "b"])
    assert (stopped.cohort_size, stopped.notes) == (1, ("balance.selected_not_eligible",))
    assert all(messages.text(f"cohort.note.{note}").endswith(".") for note in (*stopped.notes, "balance.no_selection"))


def test_reach_is_counted_beside_belonging() -> None:
    record = _measure({"a": {}, "b": {}, "c": {}, "d": {}})
    assert [(reach.group, reach.reached_by) for reach in record.reach] == [("older_people", 2), ("deaf_community", 0)]


def test_a_reference_population_is_context() -> None:
    record = _measure({str(at): {"age_band": "60+" if at < 3 else "18-59"} for at in range(10)})
    assert record.features[1].reference_low == 702  # P(3 or more of 10 at a share of .1) = .0702
    assert record.features[0].reference_low is None


def test_a_pack_without_balance_settings_measures_sizes_and_reach() -> None:
    record = _measure({"a": {"gender": "woman"}, "b": {}}, settings=None)
    assert (record.pool_size, record.cells, len(record.reach)) == (2, (), 1)


@pytest.mark.parametrize(
    "settings",
    [
        {"quotas": [{"feature": "gender", "value": "woman"}]},
        {"features": [{"name": "g", "values": ["a", "A "]}]},
        {"features": [{"name": "g", "values": ["a"], "reference": [1, 2]}]},
        {"features": [{"name": "g", "values": ["a"], "reference": [-1]}]},
        {"features": [{"name": "g", "values": ["a"]}], "quotas": [{"feature": "g", "value": "a"}] * 2},
    ],
)
def test_settings_that_do_not_fit_together_are_refused(settings: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"Value error"):
        BalanceSettings.model_validate(settings)


def test_it_is_a_cohort_check_and_offers_no_way_to_examine_one_person() -> None:
    assert not hasattr(PLUGIN, "prepare")
    assert not hasattr(PLUGIN, "examine_many")


people = st.dictionaries(
    st.uuids().map(str),
    st.dictionaries(
        st.sampled_from(["gender", "age_band"]), st.sampled_from(["woman", "man", "60+", "", "rare words"])
    ),
    max_size=8,
)


@given(people, st.data())
def test_no_record_names_a_person_or_depends_on_their_order(
    answers: dict[str, dict[str, str]], data: st.DataObject
) -> None:
    dispositions = {person: data.draw(st.sampled_from(Disposition)) for person in answers}
    record = _measure(answers, dispositions)
    assert isinstance(record, CohortRecord)
    written = json.dumps(record.model_dump(mode="json"))
    assert not any(person in written for person in answers)
    shuffled = {person: answers[person] for person in data.draw(st.permutations(list(answers)))}
    again = _measure(shuffled, dispositions)
    assert again.cells == record.cells
    assert again.features == record.features
