"""Instagram downloads, old and new; Meta's escaped bytes are turned back."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from vetting_engine.intake import read_batch
from vetting_engine.intake.platforms._meta import repaired
from vetting_engine.model.candidate import Excerpt, MediaKind

PROFILE = {
    "profile_user": [
        {
            "title": "User Information",
            "string_map_data": {
                "Email": {"value": "private@mail.example"},
                "Nom d’utilisateur": {"value": "amina.k2"},
                "Bio": {"value": "مرحبا بكم"},
                "Private Account": {"value": "False"},
            },
        }
    ]
}


def as_meta_writes(value: Any) -> str:
    """JSON in which every byte of UTF-8 is an escape of its own."""
    return json.dumps(json.loads(json.dumps(value, ensure_ascii=False).encode().decode("latin-1")))


def media(name: str, seconds: int, title: str = "") -> dict[str, Any]:
    return {"uri": f"media/posts/{name}", "creation_timestamp": seconds, "title": title}


POSTS = [
    {"media": [media("1.jpg", 1740819600, "سلام #مطر www.rain.example")]},
    {"media": [media("2.jpg", 1740819601), media("3.mp4", 1740819602)], "title": "deux é", "creation_timestamp": 1740819700},  # noqa: E501
]  # fmt: skip


@pytest.mark.parametrize(
    ("posts", "stories", "reels", "profile"),
    [
        ("content/posts_1.json", "content/stories.json", "content/reels.json", "account_information/personal_information.json"),  # noqa: E501
        (
            "your_instagram_activity/media/posts_1.json", "your_instagram_activity/media/stories.json",
            "your_instagram_activity/media/reels.json",
            "personal_information/personal_information/personal_information.json",
        ),
    ],
)  # fmt: skip
def test_the_newer_layouts(exports: Any, posts: str, stories: str, reels: str, profile: str) -> None:
    read = exports(
        {
            f"instagram-amina-2026-01-31-ab/{posts}": as_meta_writes(POSTS),
            f"instagram-amina-2026-01-31-ab/{stories}": as_meta_writes({"ig_stories": [media("s.jpg", 1740819800)]}),
            f"instagram-amina-2026-01-31-ab/{reels}": as_meta_writes({"ig_reels_media": [{"media": [media("r.mp4", 1740819900, "vague 🌊")]}]}),  # noqa: E501
            f"instagram-amina-2026-01-31-ab/{profile}": as_meta_writes(PROFILE),
        },
        accounts=[{"platform": "Instagram", "handle": "@amina_k"}],
    )  # fmt: skip
    assert read.faults == ()
    who = read.candidates[0]
    posts_read = sorted(who.posts, key=lambda post: post.time or datetime.max.replace(tzinfo=UTC))
    assert [post.text for post in posts_read] == ["سلام #مطر www.rain.example", "deux é", "", "vague 🌊"]
    assert [(post.media, post.media_count) for post in posts_read] == [
        (MediaKind.IMAGE, 1), (MediaKind.VIDEO, 2), (MediaKind.IMAGE, 1), (MediaKind.VIDEO, 1),
    ]  # fmt: skip
    assert posts_read[0].time == datetime(2025, 3, 1, 9, tzinfo=UTC)
    assert posts_read[0].link_domains == ("www.rain.example",)
    assert {post.kind for post in posts_read} == {Excerpt.CAPTION}
    (account,) = who.accounts
    assert (account.handle, account.handle_in_export, account.bio) == ("@amina_k", "amina.k2", "مرحبا بكم")
    assert str(account.exported_on) == "2026-01-31"
    assert "private@mail.example" not in who.model_dump_json()


def test_the_old_layout(exports: Any) -> None:
    old = {
        "photos": [
            {"caption": "two pictures", "taken_at": "2019-05-01T10:00:00", "path": "photos/a.jpg"},
            {"caption": "two pictures", "taken_at": "2019-05-01T10:00:00", "path": "photos/b.jpg"},
        ],
        "stories": [{"caption": "", "taken_at": "2019-05-02T10:00:00+00:00", "path": "stories/c.mp4"}],
        "direct": [{"taken_at": "2019-05-03T10:00:00+00:00", "path": "direct/private.jpg"}],
        "profile": [{"caption": "", "taken_at": "2019-05-04T10:00:00+00:00", "path": "profile/me.jpg"}],
    }
    profile = {"biography": "Boats", "username": "odo", "private_account": True, "email": "private@mail.example"}
    read = exports({"media.json": old, "profile.json": profile, "messages.json": [], "likes.json": {}})
    who = read.candidates[0]
    assert [(post.text, post.media, post.media_count) for post in who.posts] == [
        ("two pictures", MediaKind.IMAGE, 2), ("", MediaKind.VIDEO, 1),
    ]  # fmt: skip
    assert who.posts[0].time == datetime(2019, 5, 1, 10, tzinfo=UTC)
    assert [fault.code for fault in read.faults] == [
        "export.private_account",
        "export.account_added",
        "export.not_opened",
    ]
    assert who.unread_posts == 0
    assert (who.accounts[0].bio, who.accounts[0].handle) == ("Boats", "odo")


def test_the_same_download_twice_gives_the_same_posts(exports: Any) -> None:
    read = exports({f"{name}/content/posts_1.json": POSTS for name in ("first", "second")})
    assert len(read.candidates[0].posts) == 2
    assert read.candidates[0].unread_posts == 0
    assert read.candidates[0].accounts[0].handle_in_export == ""  # no part of it says whose it is


def test_a_torn_file_is_named_and_the_others_are_read(exports: Any) -> None:
    read = exports(
        {
            "ig/content/posts_1.json": POSTS,
            "ig/content/posts_2.json": json.dumps(POSTS)[:-9],
            "ig/content/reels.json": '{"ig_reels_media": {"a": 1}}',
            "ig/content/posts_3.json": b"\xff\xfe\x00",
        }
    )
    assert len(read.candidates[0].posts) == 2
    named = sorted((Path(fault.at.file).name, fault.code) for fault in read.faults if fault.severity == "error")
    assert named == [
        ("posts_2.json", "json.malformed"), ("posts_3.json", "file.encoding"), ("reels.json", "export.unexpected"),
    ]  # fmt: skip
    assert read.candidates[0].unread_posts == 3


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("\u00d8\u00b3\u00d9\u0084\u00d8\u00a7\u00d9\u0085", "سلام"),
        ("\u00f0\u009f\u008c\u008a", "🌊"),
        ("plain", "plain"),
        ("é", "é"),
        ("«CAFÉ»", "«CAFÉ»"),
        ("سلام", "سلام"),
        ("ok \u00d8\u00b3\u00d9", "ok س\ufffd"),
        ("CAFÉ", "CAFÉ"),
    ],
)
def test_escaped_bytes(written: str, meant: str) -> None:
    assert repaired({"a": [written]}) == {"a": [meant]}


@pytest.mark.data
def test_a_real_download(vetting_data: Path, tmp_path: Path, opened: Callable[[], list[str]]) -> None:
    """33 stories and a video; 72 photos of 16 posts. Nothing but media and profile is opened."""
    (tmp_path / "candidates.csv").write_text("id,platform,handle\nc1,instagram,@odo\n", encoding="utf-8")
    (tmp_path / "posts" / "c1").mkdir(parents=True)
    for file in (vetting_data / "social" / "instagram_download").iterdir():
        (tmp_path / "posts" / "c1" / file.name).write_bytes(file.read_bytes())
    before = len(opened())
    who = read_batch(tmp_path).candidates[0]
    assert {Path(name).name for name in opened()[before:] if "/posts/c1/" in name} == {"media.json", "profile.json"}
    assert (len(who.posts), who.unread_posts) == (50, 0)
    assert who.accounts[0].handle_in_export
