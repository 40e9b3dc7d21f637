"""The check over a candidate: passages, coverage, gaps, caps."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from vetting_engine.checks.content import PLUGIN
from vetting_engine.model.candidate import Account, Candidate, Excerpt, MediaKind, Post
from vetting_engine.model.finding import CheckResult, CheckStatus, GapOwner, RuleStatus
from vetting_engine.model.ruleset import Ruleset
from vetting_engine.model.scales import Level
from vetting_engine.protocols import Examiner, Resources

AS_OF = date(2026, 6, 1)


def candidate(*posts: Post, **given: Any) -> Candidate:
    return Candidate(id="c1", posts=posts, **{"languages": ("en",), **given})


def post(number: int, text: str = "A good day at the market", **given: Any) -> Post:
    return Post(id=f"p{number}", text=text, time=datetime(2026, 5, 1, tzinfo=UTC), **given)


@pytest.fixture(scope="module")
def examiner(pack: Ruleset) -> Examiner:
    return PLUGIN.prepare(pack, Resources())


def examine(examiner: Examiner, someone: Candidate) -> CheckResult:
    return examiner.examine_many([someone], AS_OF)[0]


def gaps(result: CheckResult) -> dict[str, GapOwner]:
    return {gap.code: gap.owner for gap in result.gaps}


@pytest.fixture(scope="module")
def plain(examiner: Examiner) -> CheckResult:
    return examine(examiner, candidate(*(post(number) for number in range(6))))


def test_a_covered_profile_without_findings_is_done(plain: CheckResult) -> None:
    assert (plain.status, plain.findings, plain.gaps) == (CheckStatus.DONE, (), ())
    assert plain.counts["covered_bp"] == 10_000


def test_every_rule_has_an_outcome(plain: CheckResult, pack: Ruleset) -> None:
    assert [outcome.rule for outcome in plain.outcomes] == [rule.id for rule in pack.rules_of("content")]
    assert {outcome.status for outcome in plain.outcomes} == {RuleStatus.NOT_FIRED}


def test_no_posts_is_unknown(examiner: Examiner) -> None:
    result = examine(examiner, candidate())
    assert result.status is CheckStatus.UNKNOWN
    assert gaps(result) == {"content.no_posts": GapOwner.CANDIDATE}


def test_forty_videos_are_forty_unwatched_videos(examiner: Examiner) -> None:
    videos = [post(number, "❤️ #fyp", media=MediaKind.VIDEO, kind=Excerpt.CAPTION) for number in range(40)]
    result = examine(examiner, candidate(*videos))
    gap = next(gap for gap in result.gaps if gap.code == "content.media_unwatched")
    assert (gap.owner, gap.params["unwatched"], gap.params["of"]) == (GapOwner.OURS, 40, 40)
    assert result.status is not CheckStatus.DONE


def test_a_language_without_terms_is_our_gap_and_unknown(examiner: Examiner) -> None:
    posts = [post(number, "Mbote na bino nyonso", language="ln") for number in range(6)]
    result = examine(examiner, candidate(*posts, languages=("ln",)))
    assert result.status is CheckStatus.UNKNOWN
    assert gaps(result) == {"content.language_not_covered": GapOwner.OURS}


def test_a_script_without_terms_is_our_gap(examiner: Examiner) -> None:
    posts = [post(number, "ආයුබෝවන් හැමෝටම") for number in range(6)]
    result = examine(examiner, candidate(*posts))
    assert result.status is CheckStatus.UNKNOWN
    assert gaps(result)["content.script_not_covered"] is GapOwner.OURS


def test_few_and_empty_posts_are_for_the_candidate(examiner: Examiner) -> None:
    result = examine(examiner, candidate(post(1), post(2, " ")))
    assert gaps(result) == {
        "content.too_few_posts": GapOwner.CANDIDATE,
        "content.empty_posts": GapOwner.CANDIDATE,
    }


@pytest.mark.parametrize(("exported", "proven"), [("@Amina_K", True), ("amina_k", True), ("@amina.k2", False)])
def test_an_account_is_proven_by_its_export(examiner: Examiner, exported: str, proven: bool) -> None:
    account = Account(platform="x", handle="@amina_k", handle_in_export=exported)
    result = examine(examiner, candidate(*(post(number) for number in range(6)), accounts=(account,)))
    assert ("content.account_not_proven" not in gaps(result)) is proven


def test_bio_and_domains_are_read(examiner: Examiner) -> None:
    account = Account(platform="x", handle="tamsin", bio="I despise all refugees")
    result = examine(examiner, candidate(*(post(number) for number in range(6)), accounts=(account,)))
    assert [(finding.evidence[0].where, finding.topic) for finding in result.findings] == [  # type: ignore[union-attr]
        ("bio", "account:x/tamsin")
    ]


def test_shared_without_own_words_is_said(examiner: Examiner) -> None:
    shared = post(1, "Kill all refugees", shared=True, own_words=False)
    own = post(2, "Kill all refugees")
    found = {finding.topic: finding for finding in examine(examiner, candidate(shared, own)).findings}
    assert found["post:p1"].level is Level.NEEDS_REVIEW
    assert [modifier.modifier for modifier in found["post:p1"].modifiers] == ["shared"]
    assert found["post:p2"].level is Level.ESCALATE


def test_repeated_hits_are_capped_and_counted(examiner: Examiner) -> None:
    result = examine(examiner, candidate(*(post(number, "I despise all refugees") for number in range(30))))
    assert len(result.findings) == 20
    assert {finding.params["count"] for finding in result.findings} == {30}
    assert next(outcome for outcome in result.outcomes if outcome.rule == "hate-contempt-for-group").times == 30


def test_input_order_changes_nothing(examiner: Examiner) -> None:
    posts = [post(number, text) for number, text in enumerate(["I despise all refugees", "hello", "Kill all women"])]
    forward, backward = examine(examiner, candidate(*posts)), examine(examiner, candidate(*posts[::-1]))
    assert forward == backward


def test_ids_are_unique(examiner: Examiner) -> None:
    found = examine(examiner, candidate(*(post(number, "I despise all refugees") for number in range(5)))).findings
    assert len({finding.id for finding in found}) == len(found) == 5


@pytest.mark.parametrize(
    ("text", "days", "level", "modifiers"),
    [
        ("I despise these refugees", 730, Level.NEEDS_REVIEW, []),
        ("I despise these refugees", 731, Level.CONDITIONAL, ["old"]),
        ("We should kill all immigrants.", 5_000, Level.ESCALATE, []),
    ],
)
def test_an_old_post_weighs_less_and_says_so_and_what_is_critical_never_ages(
    examiner: Examiner, text: str, days: int, level: Level, modifiers: list[str]
) -> None:
    time = datetime.combine(AS_OF, datetime.min.time(), UTC) - timedelta(days=days)
    result = examine(examiner, candidate(Post(id="p1", text=text, time=time)))
    gravest = max(result.findings, key=lambda finding: finding.level)
    assert gravest.level is level
    assert [applied.modifier for applied in gravest.modifiers] == modifiers


def test_a_post_without_a_date_is_not_old(examiner: Examiner) -> None:
    result = examine(examiner, candidate(Post(id="p1", text="I despise these refugees")))
    assert [finding.level for finding in result.findings] == [Level.NEEDS_REVIEW]
