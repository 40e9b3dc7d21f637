"""The conflict check: paths, facts, rules, gaps and examples."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import make
import pytest

from vetting_engine import messages
from vetting_engine.checks.conflict import PLUGIN, ConflictSettings
from vetting_engine.errors import RulesetError
from vetting_engine.model.candidate import Candidate, PersonName, Relation, RelationKind
from vetting_engine.model.condition import All, Compare, Operator
from vetting_engine.model.evidence import RelationEvidence
from vetting_engine.model.finding import CheckResult, CheckStatus, FindingStatus, GapOwner, RuleStatus
from vetting_engine.model.ruleset import Example, ExampleKind, Rule, RuleState
from vetting_engine.model.scales import Band, Level
from vetting_engine.model.watchlist import EntryKind, Register, RegisterEntry, RegisterKind
from vetting_engine.protocols import Resources

AS_OF = make.AS_OF
FAMILY, EMPLOYMENT, OWNERSHIP = RelationKind.FAMILY, RelationKind.EMPLOYMENT, RelationKind.OWNERSHIP


def _leaf(field: str, value: Any, op: Operator = Operator.EQ) -> Compare:
    return Compare(field=field, op=op, value=value)


def _rule(rule_id: str = "any-path", *leaves: Compare, **parts: Any) -> Rule:
    condition = All(of=leaves or (_leaf("path.steps", 1, Operator.GE),))
    return make.rule(rule_id, **{"check": "conflict", "when": condition, "modifiers": {}, "prompts": ()} | parts)


def _entry(
    entry_id: str, name: str, *ties: Relation, kind: EntryKind = EntryKind.PERSON, **parts: Any
) -> RegisterEntry:
    return RegisterEntry(id=entry_id, names=(name,), kind=kind, relations=ties, **parts)


STAFF = make.register(
    "staff",
    kind=RegisterKind.STAFF,
    entries=(
        _entry("s-1", "Ilse Marrowby", make.relation("t-1", "Quellmar Printing", kind=OWNERSHIP), role="Field officer"),
        _entry("s-2", "Dejen Farrokhal", make.relation("t-2", "Tamsin Okvale", kind=FAMILY)),
    ),
)
RESTRICTED = make.register(
    entries=(
        _entry(
            "rp-7",
            "Brusk Holdings",
            make.relation("t-3", "Vant Mining", to_id="rp-8", kind=OWNERSHIP),
            kind=EntryKind.ORGANISATION,
        ),
        _entry("rp-8", "Vant Mining", kind=EntryKind.ORGANISATION),
        _entry("rp-9", "Corven Hatchwell"),
    )
)


def _examine(
    *relations: Relation,
    rules: Sequence[Rule] = (),
    registers: Sequence[Register] = (STAFF, RESTRICTED),
    name: str = "Yolanta Brisk",
    **parts: Any,
) -> CheckResult:
    settings = parts.pop("settings", ConflictSettings())
    pack = make.ruleset(*(rules or (_rule(),)), settings={"conflict": settings})
    parts = {"relations_declared": True} | parts
    candidate = make.candidate("c-1", name, relations=relations, **parts)
    examiner = PLUGIN.prepare(pack, Resources(registers=registers))
    (result,) = examiner.examine_many([candidate], AS_OF)
    return result


def _paths(result: CheckResult) -> list[list[tuple[str, str]]]:
    found = []
    for finding in result.findings:
        (evidence,) = finding.evidence
        assert isinstance(evidence, RelationEvidence)
        found.append([(step.relation, step.to_name) for step in evidence.path])
    return found


def test_a_declared_tie_is_found_by_id() -> None:
    result = _examine(make.relation("r-1", "Hatchwell", to_id="rp-9"))
    (finding,) = result.findings
    assert finding.band is Band.VERY_STRONG
    assert finding.topic == "relation:r-1"
    assert finding.params["matched_by"] == "id"
    (evidence,) = finding.evidence
    assert isinstance(evidence, RelationEvidence)
    assert (evidence.register_id, evidence.entry_id) == ("restricted", "rp-9")
    assert [(step.from_name, step.to_id) for step in evidence.path] == [("Yolanta Brisk", "rp-9")]


def test_a_declared_tie_is_found_by_name_and_never_as_sure_as_by_id() -> None:
    result = _examine(make.relation("r-1", "Corven Hatchwell"))
    assert _paths(result) == [[("employment", "Corven Hatchwell")]]
    (finding,) = result.findings
    assert finding.params["matched_by"] == "name"
    assert finding.band is Band.STRONG


def test_a_second_step_follows_the_ties_of_the_entry() -> None:
    result = _examine(make.relation("r-1", "Brusk Holdings", to_id="rp-7"))
    assert _paths(result) == [
        [("employment", "Brusk Holdings")],
        [("employment", "Brusk Holdings"), ("ownership", "Vant Mining")],
    ]


def test_a_second_step_meets_staff_at_a_company_that_stands_in_no_register() -> None:
    result = _examine(make.relation("r-1", "Quellmar Printing"))
    assert _paths(result) == [[("employment", "Quellmar Printing"), ("ownership", "Ilse Marrowby")]]


def test_a_second_step_is_followed_against_its_direction_too() -> None:
    result = _examine(make.relation("r-1", "Vant", to_id="rp-8"))
    assert [("employment", "Vant Mining"), ("ownership", "Brusk Holdings")] in _paths(result)


def test_a_step_says_who_holds_the_tie() -> None:
    met = _examine(make.relation("r-1", "Quellmar Printing"))
    assert [step.backward for step in met.findings[0].evidence[0].path] == [False, True]
    followed = _examine(make.relation("r-1", "Brusk Holdings", to_id="rp-7"))
    assert [step.backward for step in followed.findings[1].evidence[0].path] == [False, False]
    declared_by_staff = _examine(name="Tamsin Okvale")
    assert [step.backward for step in declared_by_staff.findings[0].evidence[0].path] == [True]
    for kind in RelationKind:
        code = f"relation.{kind.value}.backward"
        assert messages.text(code) != code


def test_a_pack_may_stop_after_one_step_or_name_other_ties_for_the_second() -> None:
    tie = make.relation("r-1", "Quellmar Printing")
    assert not _examine(tie, settings=ConflictSettings(max_steps=1)).findings
    assert not _examine(tie, settings=ConflictSettings(second_step=(FAMILY,))).findings


def test_staff_who_declare_the_candidate_are_one_step_away() -> None:
    result = _examine(name="Tamsin Okvale")
    assert _paths(result) == [[("family", "Dejen Farrokhal")]]
    assert result.findings[0].topic == "relation:t-2"


def test_a_candidate_in_a_register_is_one_step_away_from_themselves() -> None:
    result = _examine(name="Corven Hatchwell")
    assert _paths(result) == [[("same_person", "Corven Hatchwell")]]
    by_id = PLUGIN.prepare(make.ruleset(_rule()), Resources(registers=(RESTRICTED,)))
    (result,) = by_id.examine_many([make.candidate("rp-9", "Somebody Else")], AS_OF)
    assert result.findings[0].band is Band.VERY_STRONG


def test_nobody_is_the_same_person_as_a_company() -> None:
    assert not _examine(name="Brusk Holdings").findings


@pytest.mark.parametrize(
    ("end", "current", "recent"),
    [
        (None, True, True),
        (AS_OF, True, True),
        (date(2026, 1, 14), False, True),
        (date(2023, 1, 15), False, True),  # 36 months to the day
        (date(2023, 1, 14), False, False),
    ],
)
def test_ended_ties_are_recent_for_36_months(end: date | None, current: bool, recent: bool) -> None:
    tie = make.relation("r-1", "Vant Mining", to_id="rp-8", end=end)
    rules = (
        _rule("now", _leaf("path.current", True), _leaf("path.steps", 1)),
        _rule("recent", _leaf("path.recent", True), _leaf("path.steps", 1)),
    )
    result = _examine(tie, rules=rules)
    fired = {finding.rule for finding in result.findings}
    assert ("now" in fired, "recent" in fired) == (current, recent)


def test_the_window_ends_on_the_last_day_of_a_shorter_month() -> None:
    pack = make.ruleset(
        _rule("recent", _leaf("path.recent", True)), settings={"conflict": ConflictSettings(lapsed_months=1)}
    )
    examiner = PLUGIN.prepare(pack, Resources(registers=(RESTRICTED,)))
    ended = make.relation("r-1", "Corven Hatchwell", to_id="rp-9", kind=FAMILY, end=date(2026, 2, 28))
    candidate = make.candidate(relations=(ended,))
    assert examiner.examine_many([candidate], date(2026, 3, 31))[0].findings
    assert not examiner.examine_many([candidate], date(2026, 4, 1))[0].findings


def test_a_path_ends_with_its_first_tie() -> None:
    old = make.relation("t-9", "Vant Mining", to_id="rp-8", kind=OWNERSHIP, end=date(2020, 1, 15))
    register = make.register(
        entries=(
            _entry("rp-7", "Brusk Holdings", old, kind=EntryKind.ORGANISATION),
            _entry("rp-8", "Vant Mining", kind=EntryKind.ORGANISATION),
        )
    )
    rule = _rule("old", _leaf("path.steps", 2), _leaf("path.ended_days_ago", 2192))
    tie = make.relation("r-1", "Brusk Holdings", to_id="rp-7", end=date(2025, 12, 31))
    (finding,) = _examine(tie, rules=(rule,), registers=(register,)).findings
    assert [step.current for step in finding.evidence[0].path] == [False, False]


def test_a_tie_that_is_about_to_begin_counts_as_current() -> None:
    tie = make.relation("r-1", "Vant Mining", to_id="rp-8", start=date(2026, 6, 1))
    assert _examine(tie, rules=(_rule("now", _leaf("path.current", True), _leaf("path.steps", 1)),)).findings


def test_an_alias_of_the_candidate_adds_paths_and_hides_none() -> None:
    names = (PersonName(text="Yolanta Brisk"), PersonName(text="Corven Hatchwell", kind="alias"))
    tie = make.relation("r-1", "Brusk Holdings", to_id="rp-7")
    with_alias, without = _examine(tie, names=names), _examine(tie)
    assert {finding.id for finding in without.findings} < {finding.id for finding in with_alias.findings}


def test_a_candidate_who_was_not_asked_is_asked_and_not_suspected() -> None:
    result = _examine(relations_declared=False)
    (gap,) = result.gaps
    assert (gap.code, gap.owner) == ("conflict.not_declared", GapOwner.CANDIDATE)
    assert gap.due == date(2026, 2, 14)
    assert result.status is CheckStatus.PARTIAL


def test_missing_stale_and_undated_registers_are_our_gaps() -> None:
    stale = make.register("old", kind=RegisterKind.PARTNERS, as_at=date(2024, 1, 1))
    undated = make.register("undated", kind=RegisterKind.STAFF, as_at=None)
    ahead = make.register("ahead", kind=RegisterKind.STAFF, as_at=date(2062, 1, 1))
    result = _examine(registers=(stale, undated, ahead))
    assert [(gap.code, dict(gap.params)) for gap in result.gaps] == [
        ("conflict.no_register", {"register": "restricted_parties"}),
        ("conflict.register_undated", {"register": "ahead"}),
        ("conflict.register_stale", {"register": "old", "days": 745, "most": 365}),
        ("conflict.register_undated", {"register": "undated"}),
    ]
    assert {gap.owner for gap in result.gaps} == {GapOwner.OURS}


def test_without_registers_nothing_is_known() -> None:
    result = _examine(make.relation(), registers=())
    assert result.status is CheckStatus.UNKNOWN
    assert len(result.gaps) == 2


def test_without_a_name_the_ties_are_still_followed() -> None:
    result = _examine(make.relation("r-1", "Vant Mining"), names=())
    assert result.findings
    assert [gap.code for gap in result.gaps] == ["conflict.no_name"]
    assert _examine(names=()).status is CheckStatus.UNKNOWN


def test_every_gap_and_finding_code_has_its_sentence() -> None:
    result = _examine(make.relation("r-1", "Vant Mining"), registers=(RESTRICTED,), relations_declared=False, names=())
    for gap in result.gaps:
        assert messages.text(f"gap.{gap.code}", gap.params) != f"gap.{gap.code}"
        assert messages.remedy(f"gap.{gap.code}", gap.params)
    (finding,) = [finding for finding in result.findings if finding.params["steps"] == 1]
    assert "{" not in messages.text(f"finding.{finding.code}", finding.params)


def test_a_rule_that_did_not_fire_says_which_leaf_failed_on_the_nearest_path() -> None:
    rule = _rule("staff-family", _leaf("path.register", "staff"), _leaf("path.relation", "family"))
    ties = (make.relation("r-1", "Corven", to_id="rp-9"), make.relation("r-2", "Ilse", to_id="s-1"))
    (outcome,) = _examine(*ties, rules=(rule,)).outcomes
    assert outcome.status is RuleStatus.NOT_FIRED
    assert outcome.deciding is not None
    assert (outcome.deciding.field, outcome.deciding.expected, outcome.deciding.actual) == (
        "path.relation",
        "family",
        "employment",
    )
    (nothing,) = _examine(rules=(rule,)).outcomes
    assert nothing.deciding is not None
    assert nothing.deciding.field == "path"


def test_a_rule_that_cannot_be_answered_is_a_gap() -> None:
    rule = _rule("role", _leaf("path.role", "director"), _leaf("path.steps", 1))
    result = _examine(make.relation("r-1", "Vant Mining", to_id="rp-8"), rules=(rule,))
    (gap,) = result.gaps
    assert (gap.code, gap.owner, gap.params["field"]) == ("conflict.rule_unknown", GapOwner.CANDIDATE, "path.role")
    assert result.outcomes[0].status is RuleStatus.UNKNOWN


def test_experimental_and_expired_rules_never_weigh() -> None:
    tie = make.relation("r-1", "Corven Hatchwell", to_id="rp-9", kind=FAMILY)
    result = _examine(
        tie,
        rules=(
            _rule("trial", status=RuleState.EXPERIMENTAL, level=Level.ESCALATE),
            _rule("expired", valid_to=date(2025, 1, 1)),
            _rule("later", valid_from=date(2027, 1, 1)),
            _rule("note", status_on_hit="note"),
        ),
    )
    assert {outcome.rule: outcome.status for outcome in result.outcomes} == {
        "trial": RuleStatus.NOT_IN_FORCE,
        "expired": RuleStatus.NOT_IN_FORCE,
        "later": RuleStatus.NOT_IN_FORCE,
        "note": RuleStatus.FIRED,
    }
    assert {finding.rule: finding.status for finding in result.findings} == {
        "trial": FindingStatus.NOTE,
        "note": FindingStatus.NOTE,
    }
    assert all(finding.level is Level.NOTHING_FOUND for finding in result.findings)


def test_a_modifier_is_refused_with_every_other_fault() -> None:
    rules = (
        _rule("one", modifiers={"lapsed": "conditional"}, file="one.yaml", line=4),
        _rule("two", _leaf("path.shoe_size", 44)),
    )
    with pytest.raises(RulesetError) as caught:
        _examine(rules=rules)
    assert len(caught.value.faults) == 2
    assert caught.value.faults[0].code == "conflict.modifier_unknown"
    assert str(caught.value.faults[0].at) == "one.yaml:4"


def test_settings_must_ascend() -> None:
    with pytest.raises(ValueError, match="ascend"):
        ConflictSettings(name_floor=9_500)


def _example(**given: Any) -> Example:
    return Example(kind=ExampleKind.HIT, given={f"path.{name}": value for name, value in given.items()})


def test_an_example_is_a_path_of_which_only_the_odd_parts_are_told() -> None:
    example = _example(relation="family", current=False, ended_days_ago=12, band=None)
    (facts,) = PLUGIN.example_facts(make.ruleset(), make.rule(), example)
    assert facts["path.first_relation"] == "family"
    assert (facts["path.current"], facts["path.ended_days_ago"], facts["path.band"]) == (False, 12, None)
    assert facts.keys() == PLUGIN.vocabulary.fields.keys()


def test_an_example_with_strange_fields_reports_each() -> None:
    with pytest.raises(RulesetError) as caught:
        PLUGIN.example_facts(make.ruleset(), make.rule(), _example(colour="red", relation="family", shoe_size=44))
    assert [fault.params["field"] for fault in caught.value.faults] == ["path.colour", "path.shoe_size"]
    assert all(messages.remedy(fault.code) for fault in caught.value.faults)


def test_candidates_come_back_in_order_and_do_not_touch_each_other() -> None:
    examiner = PLUGIN.prepare(make.ruleset(_rule()), Resources(registers=(RESTRICTED,)))
    tied = make.candidate("a", relations=(make.relation("r", "Corven", to_id="rp-9"),))
    free: Candidate = make.candidate("b")
    found = [len(result.findings) for result in examiner.examine_many([free, tied, free], AS_OF)]
    assert found == [0, 1, 0]
