"""YouTube Takeout: tables or resources, public videos only."""

from datetime import UTC, datetime
from typing import Any

import pytest

from vetting_engine.model.candidate import MediaKind

VIDEOS = (
    "Video ID,Approx Duration (ms),Video Description (Original),Channel ID,Tag 1,Tag 2,Video Title (Original) Language,"
    "Video Title (Original),Privacy,Video State,Video Create Timestamp,Video Publish Timestamp\n"
    'v1,9,"Come, all\nhttps://b.example",UC1,boats,rain,so,Boats at dawn,Public,Processed,,2025-03-01T09:00:00+00:00\n'
    "v2,9,hidden,UC1,,,,Draft,Private,Processed,2025-03-01T09:00:00+00:00,\n"
    "v3,9,hidden,UC1,,,,Link only,Unlisted,Processed,2025-03-01T09:00:00+00:00,\n"
)
CHANNEL = "Channel ID,Channel Title (Original),Channel Visibility\nUC1,Odo Boats,Public\n"
BASES = ("", "takeout-20260131T1/Takeout/YouTube and YouTube Music/", "YouTube and YouTube Music/", "Takeout/YouTube/")


@pytest.mark.parametrize("base", BASES)
def test_the_tables(exports: Any, base: str) -> None:
    read = exports(
        {
            f"{base}video metadata/videos.csv": VIDEOS,
            f"{base}channels/channel.csv": CHANNEL,
            f"{base}comments/comments.csv": "Comment ID,Channel ID,Comment Text\n1,UC1,theirs\n",
            f"{base}history/watch-history.json": "[]",
            f"{base}subscriptions/subscriptions.csv": "Channel ID,Channel Title\nUC9,Other\n",
        },
        accounts=[{"platform": "YouTube", "handle": "odo boats"}],
    )
    who = read.candidates[0]
    assert [(post.id, post.text) for post in who.posts] == [
        ("youtube:v1", "Boats at dawn\nCome, all\nhttps://b.example\nboats rain")
    ]
    (post,) = who.posts
    assert (post.media, post.time, post.language) == (MediaKind.VIDEO, datetime(2025, 3, 1, 9, tzinfo=UTC), "so")
    assert post.link_domains == ("b.example",)
    assert who.accounts[0].handle_in_export == "Odo Boats"
    assert who.unread_posts == 0
    assert [fault.code for fault in read.faults] in ([], ["export.not_opened"])


def test_resources_of_older_takeouts(exports: Any) -> None:
    def video(number: str, privacy: str) -> dict[str, Any]:
        snippet = {"title": f"t{number}", "description": "d", "channelId": "UC1", "publishedAt": "2019-01-01T00:00:00Z"}
        return {"id": number, "snippet": {**snippet, "tags": ["a", "b"]}, "status": {"privacyStatus": privacy}}

    read = exports(
        {
            "Takeout/YouTube/videos/a.json": [video("1", "public")],
            "Takeout/YouTube/videos/b.json": [video("2", "private"), {"id": "3"}],
            "Takeout/YouTube/videos/c.json": "[",
        }
    )
    assert [post.text for post in read.candidates[0].posts] == ["t1\nd\na b"]
    assert read.candidates[0].unread_posts == 2
    assert read.candidates[0].accounts[0].handle_in_export == "UC1"


def test_a_bad_row_is_named(exports: Any) -> None:
    read = exports({"videos.csv": VIDEOS + "v4,only\n"})
    assert [fault.code for fault in read.faults] == ["table.ragged_row", "export.account_added"]
    assert read.candidates[0].unread_posts == 1
