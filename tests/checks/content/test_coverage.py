"""What of a profile was read: from an export on disk through the real check to its gaps."""

from __future__ import annotations

import json
import time
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from vetting_engine.checks.content import PLUGIN
from vetting_engine.checks.content.documents import ContentSettings
from vetting_engine.intake import read_batch
from vetting_engine.model.candidate import Candidate, Post
from vetting_engine.model.finding import CheckResult, CheckStatus, GapOwner
from vetting_engine.protocols import Resources
from vetting_engine.rulebook import load_ruleset

AS_OF = date(2026, 7, 1)


@pytest.fixture(scope="module")
def examine() -> Any:
    examiner = PLUGIN.prepare(load_ruleset("community-influencer"), Resources())

    def examine(candidate: Candidate) -> CheckResult:
        return examiner.examine_many([candidate], AS_OF)[0]

    return examine


def gaps(result: CheckResult) -> dict[str, Any]:
    return {gap.code: gap for gap in result.gaps}


def test_an_export_of_another_account_does_not_prove_the_declared_one(examine: Any, tmp_path: Path) -> None:
    person = {"id": "c1", "languages": ["en"], "accounts": [{"platform": "instagram", "handle": "@amina_k"}]}
    (tmp_path / "candidates.jsonl").write_text(json.dumps(person) + "\n")
    folder = tmp_path / "posts" / "c1"
    folder.mkdir(parents=True)
    photo = {"caption": "Boats in the rain", "taken_at": "2026-01-05T10:00:00+00:00", "path": "photos/a.jpg"}
    (folder / "media.json").write_text(json.dumps({"photos": [photo, 5]}))
    for exported, proven in (("amina.k2", False), ("Amina_K", True), ("", False)):
        (folder / "profile.json").write_text(json.dumps({"username": exported, "biography": "Boats"}))
        (candidate,) = read_batch(tmp_path).candidates
        told = gaps(examine(candidate))
        assert ("content.account_not_proven" not in told) is proven
        if not proven:
            gap = told["content.account_not_proven"]
            assert dict(gap.params) == {"platform": "instagram", "declared": "@amina_k", "exported": exported or "?"}
            assert gap.owner is GapOwner.CANDIDATE
    assert dict(told["content.posts_unread"].params) == {"unread": 1, "posts": 1}
    assert told["content.posts_unread"].owner is GapOwner.OURS


def test_posts_that_could_not_be_read_count_as_not_covered(examine: Any) -> None:
    posts = tuple(Post(id=f"p{number}", text="Boats in the rain again") for number in range(40))
    whole = examine(Candidate(id="c", languages=("en",), posts=posts))
    assert (whole.status, whole.counts["covered_bp"]) == (CheckStatus.DONE, 10_000)
    some = examine(Candidate(id="c", languages=("en",), posts=posts, unread_posts=1))
    assert some.status is CheckStatus.PARTIAL
    assert some.counts["unread_posts"] == 1
    most = examine(Candidate(id="c", languages=("en",), posts=posts, unread_posts=4_000))
    assert most.status is CheckStatus.UNKNOWN


def test_a_long_profile_takes_linear_time(examine: Any) -> None:
    def seconds(count: int) -> float:
        posts = tuple(Post(id=f"p{number}", text="" if number % 2 else "rain") for number in range(count))
        begun = time.process_time()
        result = examine(Candidate(id="c", languages=("en",), posts=posts))
        assert gaps(result)["content.empty_posts"].params["empty"] == count // 2
        return time.process_time() - begun

    seconds(100)
    assert seconds(8_000) < 8 * max(seconds(2_000), 0.05)


@pytest.mark.parametrize("tag", ["fa", "prs", "fa-AF", "prs-AF", "pes", "fa-Arab"])
def test_all_tags_of_one_language_are_read_with_its_terms(examine: Any, tag: str) -> None:
    posts = tuple(Post(id=str(number), text="هزاره‌ها سگ هستند", language=tag) for number in range(6))
    result = examine(Candidate(id="c1", languages=(tag,), posts=posts))
    assert "content.language_not_covered" not in gaps(result)
    assert {finding.category for finding in result.findings} == {"hate"}


def test_a_tag_that_stands_for_one_that_stands_for_another_is_refused() -> None:
    with pytest.raises(ValueError, match="stands for no other"):
        ContentSettings(same_language={"prs": "fa", "fa": "pes"})
    with pytest.raises(ValueError, match="stands for no other"):
        ContentSettings(same_language={"fa": "fa"})


@pytest.mark.parametrize("tag", ["hi-Latn", "ur-Latn", "ur"])
def test_a_file_serves_the_languages_that_it_names_besides_its_own(examine: Any, tag: str) -> None:
    posts = tuple(Post(id=str(number), text="in sabko maar daalo", language=tag) for number in range(6))
    result = examine(Candidate(id="c1", languages=(tag,), posts=posts))
    assert "content.language_not_covered" not in gaps(result)
    assert {finding.category for finding in result.findings} == {"incitement"}
