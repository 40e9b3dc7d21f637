"""Facebook downloads: own posts, shared links, videos; nothing of other people."""

from datetime import UTC, datetime
from typing import Any

import pytest

from vetting_engine.model.candidate import MediaKind

POSTS = [
    {"timestamp": 1740819600, "data": [{"post": "r\u00c3\u00a9union"}, {"update_timestamp": 1740819700}], "title": "Odo W."},  # noqa: E501
    {
        "timestamp": 1740819601, "data": [], "title": "Odo W. shared a link.",
        "attachments": [{"data": [{"external_context": {"url": "https://news.example/a"}}]}],
    },
    {
        "timestamp": 1740819602, "data": [{"post": "Shameful."}], "title": "Odo W. a partag\u00c3\u00a9 une publication.",  # noqa: E501
        "attachments": [{"data": [{"media": {"uri": "posts/media/a.jpg", "description": "the quay"}}, {"media": {"uri": "b.mp4"}}]}],  # noqa: E501
    },
]  # fmt: skip
VIDEOS = {"videos_v2": [{"uri": "posts/media/c.mp4", "creation_timestamp": 1740819603, "description": "boats"}]}
PROFILE = {
    "profile_v2": {
        "name": {"full_name": "Odo Wickenby"}, "username": "odo.w", "profile_uri": "https://www.facebook.com/odo.w",
        "emails": {"emails": ["private@mail.example"]}, "intro_bio": {"name": "Rain and boats"},
    }
}  # fmt: skip


@pytest.mark.parametrize(
    ("posts", "profile"),
    [
        ("posts/", "profile_information/"),
        ("your_facebook_activity/posts/", "personal_information/profile_information/"),
    ],
)
def test_older_and_newer_layouts(exports: Any, posts: str, profile: str) -> None:
    read = exports(
        {
            f"fb/{posts}your_posts__check_ins__photos_and_videos_1.json": POSTS,
            f"fb/{posts}your_videos.json": VIDEOS,
            f"fb/{posts}other_people's_posts_to_your_timeline.json": [{"timestamp": 1, "data": [{"post": "theirs"}]}],
            f"fb/{profile}profile_information.json": PROFILE,
        },
        accounts=[{"platform": "FB", "handle": "Odo Wickenby"}],
    )
    assert read.faults == ()
    who = read.candidates[0]
    said = [(post.text, post.media, post.media_count, post.shared, post.own_words) for post in who.posts]
    assert said == [
        ("réunion", MediaKind.NONE, 0, False, True),
        ("", MediaKind.LINK, 1, True, False),
        ("Shameful.\nthe quay", MediaKind.VIDEO, 2, True, True),
        ("boats", MediaKind.VIDEO, 1, False, True),
    ]
    assert who.posts[0].time == datetime(2025, 3, 1, 9, tzinfo=UTC)
    assert who.posts[1].link_domains == ("news.example",)
    (account,) = who.accounts
    assert (account.handle_in_export, account.bio) == ("Odo Wickenby", "Rain and boats")
    assert "private@mail.example" not in who.model_dump_json()


def test_a_single_post_and_files_of_another_shape(exports: Any) -> None:
    read = exports(
        {
            "fb/posts/your_posts_1.json": POSTS[0],
            "fb/posts/your_videos.json": {"x": 1},
            "fb/posts/your_posts_2.json": [5],
        }
    )
    assert [post.text for post in read.candidates[0].posts] == ["réunion"]
    assert sorted(fault.code for fault in read.faults if fault.severity == "error") == [
        "export.item_unreadable", "export.unexpected",
    ]  # fmt: skip
    assert read.candidates[0].unread_posts == 2
