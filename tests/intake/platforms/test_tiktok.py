"""TikTok: captions of public videos out of the one file that holds everything."""

from datetime import UTC, datetime
from typing import Any

import pytest

from vetting_engine.model.candidate import Excerpt, MediaKind

PROFILE = {
    "userName": "odo.w",
    "bioDescription": "Boats",
    "followerCount": "1840",
    "emailAddress": "private@mail.example",
}
VIDEOS = [
    {
        "Date": "2025-03-01 09:00:00",
        "Link": "https://www.tiktokv.com/share/video/7123456789/",
        "Likes": "3",
        "Title": "❤️ #fyp",
    },
    {
        "Date": "2025-03-02 09:00:00",
        "Link": "https://x/share/video/7123456790/",
        "Title": "hidden",
        "WhoCanView": "Only me",
    },
    {"Date": "2025-03-03 09:00:00", "Link": "https://x/@odo/photo/7123456791", "WhoCanView": "Public"},
]


def document(place: str) -> dict[str, Any]:
    videos: dict[str, Any] = {"VideoList": VIDEOS}
    held = {"Video": {"Videos": videos}} if place == "old" else {"Post": {"Posts": videos}}
    key, name = ("Profile", "Profile Information") if place == "old" else ("Profile And Settings", "Profile Info")
    private = {"Chat History": {"ChatHistory": {"Chat with ema:": [{"Content": "psst"}]}}}
    return {"Direct Messages": private, key: {name: {"ProfileMap": PROFILE}}, **held}


@pytest.mark.parametrize("place", ["old", "new"])
@pytest.mark.parametrize("name", ["user_data.json", "TikTok_Data_2026/user_data_tiktok.json"])
def test_public_videos(exports: Any, place: str, name: str) -> None:
    read = exports({name: document(place)}, accounts=[{"platform": "tiktok", "handle": "@odo.w"}])
    assert read.faults == ()
    who = read.candidates[0]
    assert [(post.id, post.text, post.media, post.kind) for post in who.posts] == [
        ("tiktok:7123456789", "❤️ #fyp", MediaKind.VIDEO, Excerpt.CAPTION),
        ("tiktok:7123456791", "", MediaKind.IMAGE, Excerpt.CAPTION),
    ]
    assert who.posts[0].time == datetime(2025, 3, 1, 9, tzinfo=UTC)
    assert (who.accounts[0].followers, who.accounts[0].bio) == (1840, "Boats")
    assert who.unread_posts == 0
    dumped = who.model_dump_json()
    assert "psst" not in dumped
    assert "private@" not in dumped


def test_no_videos_and_no_such_part(exports: Any) -> None:
    empty = {"Profile": {"Profile Information": {"ProfileMap": PROFILE}}, "Video": {"Videos": {"VideoList": None}}}
    read = exports({"user_data.json": empty}, accounts=[{"platform": "tiktok", "handle": "odo.w"}])
    assert (read.faults, read.candidates[0].posts) == ((), ())
    read = exports({"user_data.json": {"App Settings": {}, "Video": []}})
    assert [fault.code for fault in read.faults if fault.severity == "error"] == ["export.unexpected"]
    assert read.candidates[0].unread_posts == 1
