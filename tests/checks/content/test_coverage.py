"""What of a profile was read: from an export on disk through the real check to its gaps."""

from __future__ import annotations

import json
import time
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vetting_engine.checks.content import PLUGIN
from vetting_engine.checks.content.documents import ContentSettings
from vetting_engine.intake import read_batch
from vetting_engine.model.candidate import Candidate, MediaKind, Post
from vetting_engine.model.finding import CheckResult, CheckStatus, GapOwner
from vetting_engine.model.ruleset import Ruleset
from vetting_engine.protocols import Resources

AS_OF = date(2026, 7, 1)


@pytest.fixture(scope="module")
def examine(pack: Ruleset) -> Any:
    examiner = PLUGIN.prepare(pack, Resources())

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


def test_a_script_with_terms_in_no_declared_language_is_a_gap_of_its_own(examine: Any) -> None:
    posts = tuple(Post(id=str(number), text="नमस्ते दुनिया") for number in range(6))
    result = examine(Candidate(id="c1", languages=("hi-Latn",), posts=posts))
    told = gaps(result)
    assert result.status is CheckStatus.UNKNOWN
    assert told.keys() == {"content.script_undeclared"}
    gap = told["content.script_undeclared"]
    assert (gap.owner, dict(gap.params)) == (GapOwner.OURS, {"script": "Deva", "posts": 6})
    assert PLUGIN.about(gap) == "script:Deva"
    some = Candidate(id="c1", languages=("hi-Latn",), posts=(*posts, Post(id="l", text="Boats in the rain")))
    assert {item.source_id for item in PLUGIN.to_read(some, "script:Deva")} == {post.id for post in posts}
    whole = examine(Candidate(id="c1", languages=("hi-Latn", "hi"), posts=posts))
    assert (whole.status, whole.gaps) == (CheckStatus.DONE, ())


def test_what_the_gap_of_a_language_says_is_not_said_twice(examine: Any) -> None:
    posts = tuple(Post(id=str(number), text="Mbote na bino nyonso") for number in range(6))
    assert gaps(examine(Candidate(id="c1", languages=("ln",), posts=posts))).keys() == {"content.language_not_covered"}


@pytest.mark.parametrize("text", ["12345", "+٩٦٢ ٧٩", "၁၂၃", "❤️ 2024"])
def test_digits_and_signs_are_no_words(examine: Any, text: str) -> None:
    digits = tuple(Post(id=str(number), text=text) for number in range(6))
    words = tuple(Post(id=f"w{number}", text="Boats in the rain") for number in range(2))
    alone = examine(Candidate(id="c1", languages=("en",), posts=digits))
    assert (alone.status, alone.counts["posts_with_words"]) == (CheckStatus.UNKNOWN, 0)
    assert gaps(alone).keys() == {"content.empty_posts"}
    other = tuple(Post(id=f"o{number}", text="ආයුබෝවන්") for number in range(2))
    mixed = examine(Candidate(id="c1", languages=("en",), posts=(*digits, *words, *other)))
    assert (mixed.counts["posts_with_words"], mixed.counts["covered_bp"]) == (4, 5_000)


_TEXTS = ("", "12", "❤️", "Boats in the rain", "नमस्ते", "السلام عليكم", "Привет", "ආයුබෝවන්", "你好", "၁၂")
_TAGS = ("en", "ar", "hi-Latn", "hi", "ur", "ln", "en-Arab", "xx", "zh")


@given(
    st.lists(st.sampled_from(_TAGS), max_size=3, unique=True),
    st.lists(
        st.tuples(st.sampled_from(_TEXTS), st.none() | st.sampled_from(_TAGS), st.sampled_from(MediaKind)), max_size=8
    ),
)
def test_a_check_that_is_not_done_says_why(examine: Any, languages: list[str], given_posts: list[Any]) -> None:
    posts = tuple(
        Post(id=str(number), text=text, language=language, media=media)
        for number, (text, language, media) in enumerate(given_posts)
    )
    result = examine(Candidate(id="c1", languages=tuple(languages), posts=posts))
    assert (result.status is CheckStatus.DONE) is not bool(result.gaps)
