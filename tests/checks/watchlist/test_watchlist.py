"""The watchlist check: what a pair becomes, what is a gap, and what never weighs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import make
import pytest

from vetting_engine import messages
from vetting_engine.checks.watchlist import PLUGIN, WatchlistSettings
from vetting_engine.errors import RulesetError
from vetting_engine.model.candidate import Candidate, PersonName
from vetting_engine.model.condition import All, Compare, Operator
from vetting_engine.model.date_parsing import parse_date
from vetting_engine.model.evidence import NamePairEvidence
from vetting_engine.model.finding import CheckResult, CheckStatus, FindingStatus, Function, GapOwner, RuleStatus
from vetting_engine.model.ruleset import Example, ExampleKind, Rule, Ruleset
from vetting_engine.model.scales import Level
from vetting_engine.model.watchlist import (
    Authority,
    Effect,
    EntryKind,
    EntryName,
    EntryNameKind,
    ListSnapshot,
    WatchlistEntry,
)
from vetting_engine.protocols import Resources


def _rule(rule_id: str, level: Level, *leaves: Compare, **parts: Any) -> Rule:
    return make.rule(rule_id, check="watchlist", level=level, modifiers={}, prompts=(), when=All(of=leaves), **parts)


def _is(field: str, op: Operator, value: Any) -> Compare:
    return Compare(field=field, op=op, value=value)


POSSIBLE = _rule("possible", Level.NEEDS_REVIEW, _is("hit.band", Operator.GE, "possible"))
STRONG = _rule(
    "strong",
    Level.ESCALATE,
    _is("hit.band", Operator.GE, "strong"),
    _is("hit.effect", Operator.EQ, "binding"),
    _is("hit.single_common_name", Operator.EQ, False),
)


def _entry(entry_id: str = "QDi.9001", *names: str, **parts: Any) -> WatchlistEntry:
    given = {
        "kind": EntryKind.PERSON,
        "names": tuple(EntryName(text=name) for name in names or ("Tamsin Okvale Farrokhal",)),
        "digest": make.digest(entry_id),
    }
    return WatchlistEntry(**{"id": entry_id} | given | parts)


def _list(*entries: WatchlistEntry, **parts: Any) -> ListSnapshot:
    return make.snapshot(entries=entries or (_entry(),), **parts)


def _ruleset(*rules: Rule, **settings: Any) -> Ruleset:
    return make.ruleset(*rules or (POSSIBLE, STRONG), settings={"watchlist": WatchlistSettings(**settings)})


def _examine(
    person: Candidate, *lists: ListSnapshot, ruleset: Ruleset | None = None, as_of: date = make.AS_OF
) -> CheckResult:
    examiner = PLUGIN.prepare(ruleset or _ruleset(), Resources(watchlists=lists))
    return examiner.examine_many([person], as_of)[0]


def _named(*names: str, **parts: Any) -> Candidate:
    return Candidate(id="c-1", names=tuple(PersonName(text=name) for name in names), **parts)


def _codes(gaps: Sequence[Any]) -> list[str]:
    return [gap.code for gap in gaps]


def test_a_listed_name_is_a_finding_with_its_reasons() -> None:
    result = _examine(_named("Tamzin Okvale Farrokhal", birth_date=parse_date("1971-03-14")), _list())
    (finding,) = result.findings
    (evidence,) = finding.evidence
    assert isinstance(evidence, NamePairEvidence)
    assert (finding.level, finding.status, finding.rule) == (Level.ESCALATE, FindingStatus.HIT, "strong")
    assert finding.topic == "entry:un-consolidated/QDi.9001"
    assert finding.score == sum(part.centibits for part in evidence.parts) * 4
    assert evidence.entry_digest == make.digest("QDi.9001")
    assert result.status is CheckStatus.DONE
    assert result.counts["hits"] == 1


def test_nobody_like_it_is_nothing() -> None:
    result = _examine(_named("Ilse Marrowby"), _list())
    assert result.findings == ()
    assert result.status is CheckStatus.DONE
    assert [outcome.status for outcome in result.outcomes] == [RuleStatus.NOT_FIRED, RuleStatus.NOT_FIRED]
    assert all(outcome.deciding for outcome in result.outcomes)


def test_another_birth_year_spares_the_namesake() -> None:
    listed = _list(_entry("QDi.1", "Mohammad Okval", birth_dates=(parse_date("1971"),), nationalities=("Afghanistan",)))
    same = _named("Mohammad Okval", birth_date=parse_date("1971-01-01"), nationalities=("Afghan",))
    other = _named("Mohammad Okval", birth_date=parse_date("1990-05-06"), nationalities=("Afghan",))
    assert [finding.level for finding in _examine(same, listed).findings] == [Level.NEEDS_REVIEW]
    assert _examine(other, listed).findings == ()


def test_a_common_name_with_a_placeholder_date_asks_the_birthplace() -> None:
    listed = _list(
        _entry(
            "TAi.9127",
            "MOHAMMAD ZAHID",
            birth_dates=(parse_date("1971"),),
            birthplaces=("Logar Province, Afghanistan",),
            nationalities=("Afghanistan",),
        )
    )
    asked = _named("Mohammad Zahid", birth_date=parse_date("1971-01-01"), nationalities=("AFG",))
    (finding,) = _examine(asked, listed).findings
    (evidence,) = finding.evidence
    assert finding.level is Level.NEEDS_REVIEW
    assert isinstance(evidence, NamePairEvidence)
    assert "birthplace" in evidence.questions
    assert {"birth_date.placeholder", "nationality.same"} <= {f"{part.part}.{part.code}" for part in evidence.parts}
    elsewhere = _named(
        "Mohammad Zahid", birth_date=parse_date("1971-01-01"), nationalities=("AFG",), birthplace="Herat"
    )
    parts = [part for found in _examine(elsewhere, listed).findings for each in found.evidence for part in each.parts]  # type: ignore[union-attr]
    assert [part.code for part in parts if part.part == "birthplace"] == ["differs"]


def test_one_common_name_never_goes_beyond_review_and_says_so() -> None:
    result = _examine(_named("Ali"), _list(_entry("QDi.1", "Ali")), ruleset=_ruleset(strong_from=6_000))
    (finding,) = result.findings
    assert (finding.level, finding.code) == (Level.NEEDS_REVIEW, "watchlist.single_common_name")


def test_a_weak_alias_weighs_less() -> None:
    strong = _list(_entry(names=(EntryName(text="Tamsin Okvale", kind=EntryNameKind.ALIAS),)))
    weak = _list(_entry(names=(EntryName(text="Tamsin Okvale", kind=EntryNameKind.WEAK_ALIAS),)))
    (one,), (other,) = (_examine(_named("Tamsin Okvale"), each).findings for each in (strong, weak))
    assert one.score is not None
    assert other.score is not None
    assert one.score > other.score


def test_a_list_of_the_own_state_never_weighs() -> None:
    authority = Authority(
        issuer="Interior Ministry",
        issuer_country="Türkiye",
        legal_basis="Decree",
        approving_office="Sample office",
        effect=Effect.BINDING,
    )
    exile = _named("Tamsin Okvale Farrokhal", country_of_origin="TUR")
    result = _examine(exile, _list(authority=authority))
    (finding,) = result.findings
    assert (finding.status, finding.level, finding.code) == (
        FindingStatus.NOTE,
        Level.NOTHING_FOUND,
        "watchlist.own_state",
    )
    assert finding.confidential
    assert finding.functions == (Function.PROTECTION, Function.LEGAL)
    foreigner = _named("Tamsin Okvale Farrokhal", country_of_origin="Syria")
    assert _examine(foreigner, _list(authority=authority)).findings[0].status is FindingStatus.HIT


@pytest.mark.parametrize(
    ("dataset", "status"),
    [
        ("tr_fcib", FindingStatus.NOTE),
        ("tr_fcib; un_sc", FindingStatus.HIT),
        ("un_sc", FindingStatus.HIT),
        ("tr_fcib; sy_freeze", FindingStatus.HIT),
    ],
)
def test_an_aggregated_entry_of_the_own_state_alone_never_weighs(dataset: str, status: FindingStatus) -> None:
    authority = Authority(
        issuer="Aggregator",
        legal_basis="Memo 8",
        approving_office="Sample office",
        effect=Effect.ADVISORY,
        datasets=("tr_fcib", "un_sc", "sy_freeze"),
        dataset_countries=("TR", "", "SY"),
    )
    exile = _named("Tamsin Okvale Farrokhal", country_of_origin="TUR")
    (finding,) = _examine(exile, _list(_entry(dataset=dataset), authority=authority)).findings
    assert (finding.status, finding.confidential) == (status, status is FindingStatus.NOTE)


def test_a_hit_that_never_weighs_asks_nothing_of_anybody() -> None:
    authority = Authority(
        issuer="Interior Ministry",
        issuer_country="TR",
        legal_basis="Decree",
        approving_office="Sample office",
        effect=Effect.BINDING,
    )
    listed = _entry(birth_dates=(parse_date("1971-03-14"),))
    exile = _named("Tamsin Okvale Farrokhal", country_of_origin="TUR")
    result = _examine(exile, _list(listed, authority=authority))
    assert len(result.findings) == 1
    assert result.gaps == ()
    assert result.status is CheckStatus.DONE
    foreigner = _named("Tamsin Okvale Farrokhal", country_of_origin="Syria")
    assert _codes(_examine(foreigner, _list(listed, authority=authority)).gaps) == ["watchlist.no_birth_date"]


@pytest.mark.parametrize(("days", "status"), [(0, FindingStatus.HIT), (1, FindingStatus.NOTE)])
def test_an_expired_row_is_noted_and_never_weighs(days: int, status: FindingStatus) -> None:
    last = make.AS_OF
    listed = _list(_entry(expires_on=last, birth_dates=(parse_date("1971-03-14"),)))
    result = _examine(_named("Tamsin Okvale Farrokhal"), listed, as_of=last + timedelta(days=days))
    (finding,) = result.findings
    assert finding.status is status
    assert (finding.level is Level.NOTHING_FOUND) == (status is FindingStatus.NOTE)
    assert (finding.code == "watchlist.row_expired") == (status is FindingStatus.NOTE)
    assert bool(result.gaps) == (status is FindingStatus.HIT)
    if status is FindingStatus.NOTE:
        assert finding.params["expired"] == last.isoformat()
        assert str(last) in messages.text(f"finding.{finding.code}", finding.params)


def test_a_list_that_is_off_is_not_used_and_counted() -> None:
    off = _list(authority=Authority(issuer="Elsewhere", legal_basis="None here"))
    result = _examine(_named("Tamsin Okvale Farrokhal"), off)
    assert result.findings == ()
    assert result.counts["lists_off"] == 1
    assert _codes(result.gaps) == ["watchlist.no_list"]
    assert result.status is CheckStatus.UNKNOWN


@pytest.mark.parametrize(
    ("names", "code"),
    [
        ((), "watchlist.no_name"),
        (("FNU LNU",), "watchlist.no_name"),
        (("😀😀",), "watchlist.name_unreadable"),
        (("12345",), "watchlist.name_unreadable"),
        (("A",), "watchlist.name_unreadable"),
        (("\u202e\u200b",), "watchlist.name_unreadable"),
    ],
)
def test_a_missing_or_unreadable_name_is_unknown(names: tuple[str, ...], code: str) -> None:
    result = _examine(_named(*names), _list())
    assert result.status is CheckStatus.UNKNOWN
    (gap,) = result.gaps
    assert (gap.code, gap.owner) == (code, GapOwner.CANDIDATE)


def test_a_name_whose_letters_are_shown_in_another_order_is_asked_for() -> None:
    result = _examine(_named("\u202eelavkO nismaT\u202c"), _list())
    assert _codes(result.gaps) == ["watchlist.name_reordered"]
    assert result.status is CheckStatus.PARTIAL
    assert _examine(_named("\u202bتامسين\u202c", "\u200fTamsin Marrow"), _list()).gaps == ()


def test_one_readable_name_is_compared_and_the_other_asked_for() -> None:
    result = _examine(_named("😀", "Tamsin Okvale Farrokhal"), _list())
    assert result.status is CheckStatus.PARTIAL
    assert len(result.findings) == 1


def test_a_missing_birth_date_is_asked_only_of_those_it_could_clear() -> None:
    listed = _list(_entry("QDi.1", "Tamsin Okvale", birth_dates=(parse_date("1971-03-14"),)))
    assert _codes(_examine(_named("Tamsin Okvale"), listed).gaps) == ["watchlist.no_birth_date"]
    assert _examine(_named("Ilse Marrowby"), listed).gaps == ()
    assert _examine(_named("Tamsin Okvale"), _list(_entry("QDi.1", "Tamsin Okvale"))).gaps == ()


@pytest.mark.parametrize(
    ("parts", "code"),
    [
        ({"published": date(2025, 1, 1), "retrieved": date(2025, 1, 2)}, "watchlist.list_stale"),
        ({"published": None, "retrieved": None}, "watchlist.list_undated"),
        ({"published": date(2030, 1, 1), "retrieved": None}, "watchlist.list_undated"),
    ],
)
def test_old_and_undated_lists_are_our_gap(parts: dict[str, Any], code: str) -> None:
    result = _examine(_named("Ilse Marrowby"), _list(**parts))
    (gap,) = result.gaps
    assert (gap.code, gap.owner) == (code, GapOwner.OURS)
    assert result.status is CheckStatus.PARTIAL


def test_many_hits_are_capped_strongest_first_with_a_count() -> None:
    entries = [_entry(f"QDi.{number}", "Tamsin Okvale") for number in range(5)]
    exact = _entry("QDi.9", "Tamsin Okvale Farrokhal")
    result = _examine(_named("Tamsin Okvale Farrokhal"), _list(*entries, exact), ruleset=_ruleset(max_hits=3))
    assert [finding.topic.rsplit("/")[1] for finding in result.findings] == ["QDi.9", "QDi.0", "QDi.1"]
    assert (result.counts["hits"], result.counts["hits_not_shown"]) == (6, 3)


def test_the_order_of_lists_and_entries_does_not_matter() -> None:
    entries = [
        _entry(f"QDi.{number}", name) for number, name in enumerate(("Tamsin Okvale", "Okvale Tamsin", "Ilse M"))
    ]
    one = _examine(_named("Tamsin Okvale"), _list(*entries))
    other = _examine(_named("Tamsin Okvale"), _list(*reversed(entries)))
    assert one.findings == other.findings


def test_a_body_is_no_person_unless_the_pack_says_so() -> None:
    body = _list(_entry("QDe.1", "Okvale Trading Company", kind=EntryKind.ORGANISATION))
    assert _examine(_named("Okvale Trading Company"), body).findings == ()
    both = _ruleset(kinds=(EntryKind.PERSON, EntryKind.ORGANISATION))
    assert len(_examine(_named("Okvale Trading Company"), body, ruleset=both).findings) == 1


def test_adding_a_list_or_an_alias_never_lowers_a_level() -> None:
    person = _named("Tamsin Okvale")
    before = max(finding.level for finding in _examine(person, _list(_entry("QDi.1", "Tamsin Okvale"))).findings)
    more = _list(_entry("QDi.1", "Tamsin Okvale", "Ilse Marrowby"))
    second = _list(_entry("X.1", "Somebody Else"), list_id="second")
    assert max(finding.level for finding in _examine(person, more, second).findings) >= before


def test_a_fuller_alias_with_another_part_never_lowers_a_level() -> None:
    """What an entry tells more fully may contradict the candidate; the shorter name goes on to count by itself."""
    person = _named("Tamsin Ilse Okvale")
    alone = _examine(person, _list(_entry("QDi.1", "Tamsin Okvale")))
    fuller = _examine(person, _list(_entry("QDi.1", "Tamsin Okvale", "Tamsin Marrowby Okvale")))
    assert [finding.level for finding in fuller.findings] == [finding.level for finding in alone.findings]
    assert fuller.findings[0].score == alone.findings[0].score


def test_hits_name_their_contradiction_in_facts() -> None:
    (facts,) = PLUGIN.example_facts(
        _ruleset(),
        POSSIBLE,
        Example(kind=ExampleKind.HIT, given={"hit.birth_date": "differs", "hit.single_common_name": True}),
    )
    assert facts["hit.birth_date"] == "differs"
    assert facts["hit.effect"] == "binding"


@pytest.mark.parametrize("given", [{"hit.unheard_of": "x"}, {"hit.band": "certain"}, {"hit.score": "many"}])
def test_an_example_that_does_not_fit_is_refused(given: dict[str, Any]) -> None:
    with pytest.raises(RulesetError):
        PLUGIN.example_facts(_ruleset(), POSSIBLE, Example(kind=ExampleKind.HIT, given=given))


def test_modifiers_are_refused() -> None:
    rule = make.rule("modified", check="watchlist", when=All(of=(_is("hit.score", Operator.GE, 1),)))
    with pytest.raises(RulesetError, match=r"watchlist\.modifier_unknown"):
        PLUGIN.prepare(_ruleset(rule), Resources())


def test_bands_must_ascend() -> None:
    with pytest.raises(ValueError, match="must ascend"):
        WatchlistSettings(strong_from=1)
