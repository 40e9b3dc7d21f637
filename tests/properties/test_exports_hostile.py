"""Whatever stands in an export, intake answers posts and faults; what was lost is always named and counted."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from vetting_engine.intake import read_batch
from vetting_engine.messages import codes, describe

SCALARS = (
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(), max_size=8) | st.just("\ud800")
)
VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3), max_leaves=5  # noqa: E501
)  # fmt: skip

#: A small export of each platform: file, and its document.
EXPORTS: dict[str, Any] = {
    "telegram/result.json": {
        "name": "Marsh", "type": "public_channel", "id": 1,
        "messages": [{
            "id": 1, "type": "message", "date_unixtime": "1740819600", "text": ["a", {"type": "link", "text": "b.example"}],  # noqa: E501
            "forwarded_from": "C", "poll": {"question": "d", "answers": [{"text": "e"}]}, "photo": "p.jpg", "file": "f", "mime_type": "video/mp4",  # noqa: E501
        }],
    },
    "x.jsonl": {
        "data": [{
            "id": "1", "text": "a", "author_id": "2", "created_at": "2025-03-01T09:00:00Z", "lang": "en",
            "referenced_tweets": [{"type": "retweeted", "id": "3"}], "attachments": {"media_keys": ["4"]},
            "entities": {"urls": [{"expanded_url": "https://b.example"}]}, "note_tweet": {"text": "c"},
        }],
        "includes": {"users": [{"id": "2", "username": "u", "public_metrics": {"followers_count": 5}}], "tweets": [{"id": "3", "text": "d"}], "media": [{"media_key": "4", "type": "photo"}]},  # noqa: E501
        "meta": {"result_count": 1}, "__twarc": {"retrieved_at": "2026-01-01T00:00:00Z"},
    },
    "ig/media.json": {"photos": [{"caption": "a", "taken_at": "2019-05-01T10:00:00", "path": "p.jpg"}]},
    "ig/profile.json": {"username": "u", "biography": "b", "private_account": False},
    "ig2/content/posts_1.json": [{"media": [{"uri": "p.jpg", "creation_timestamp": 1740819600, "title": "a"}], "title": "b"}],  # noqa: E501
    "ig2/account_information/personal_information.json": {"profile_user": [{"string_map_data": {"Username": {"value": "u"}}}]},  # noqa: E501
    "fb/posts/your_posts_1.json": [{
        "timestamp": 1740819600, "data": [{"post": "a"}], "title": "shared a link",
        "attachments": [{"data": [{"media": {"uri": "p.jpg", "description": "d"}}, {"external_context": {"url": "b.example"}}]}],  # noqa: E501
    }],
    "fb/profile_information/profile_information.json": {"profile_v2": {"name": {"full_name": "U"}, "intro_bio": {"name": "b"}}},  # noqa: E501
    "tt/user_data.json": {
        "Profile": {"Profile Information": {"ProfileMap": {"userName": "u", "followerCount": "3"}}},
        "Video": {"Videos": {"VideoList": [{"Date": "2025-03-01 09:00:00", "Link": "l/video/12345", "Title": "a"}]}},
    },
    "yt/videos/a.json": [{"id": "1", "snippet": {"title": "a", "tags": ["b"], "publishedAt": "2025-03-01T09:00:00Z"}, "status": {"privacyStatus": "public"}}],  # noqa: E501
}  # fmt: skip


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(place for key, item in inner for place in places(item, (*path, key)))]


def replaced(value: Any, path: tuple[Any, ...], new: Any) -> Any:
    if not path:
        return new
    items = dict(value) if isinstance(value, dict) else list(value)
    items[path[0]] = replaced(value[path[0]], path[1:], new)
    return items


def read(files: dict[str, bytes]) -> Any:
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "candidates.jsonl").write_text('{"id": "c1", "accounts": [{"platform": "x", "handle": "u"}]}\n')
        for name, content in files.items():
            file = Path(folder) / "posts" / "c1" / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)
        return read_batch(folder)


def test_they_are_read_whole_as_they_are() -> None:
    whole = read({name: json.dumps(value).encode() for name, value in EXPORTS.items()})
    assert [fault.code for fault in whole.faults if fault.severity == "error"] == []
    assert {post.platform for post in whole.candidates[0].posts} == {
        "telegram", "x", "instagram", "facebook", "tiktok", "youtube",
    }  # fmt: skip


@settings(max_examples=250)
@given(data=st.data())
def test_any_value_in_any_place(data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(sorted(EXPORTS)))
    path = data.draw(st.sampled_from(places(EXPORTS[name])))
    changed = replaced(EXPORTS[name], path, data.draw(VALUES))
    batch = read({name: json.dumps(changed).encode()})
    (who,) = batch.candidates
    errors = [fault for fault in batch.faults if fault.severity == "error"]
    assert who.unread_posts <= len(errors)
    assert all(
        fault.code in codes() and "{" not in describe(fault) for fault in batch.faults if "{" not in repr(changed)
    )
    who.model_dump_json()  # nothing in it that could not be written to a record


@settings(max_examples=150)
@given(data=st.data())
def test_any_cut_or_changed_byte_costs_that_file_only(data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(sorted(EXPORTS)))
    content = bytearray(json.dumps(EXPORTS[name]).encode())
    place = data.draw(st.integers(0, len(content) - 1))
    if data.draw(st.booleans()):
        content = content[:place]
    else:
        content[place] = data.draw(st.integers(0, 255))
    batch = read({name: bytes(content), "good/posts.csv": b"id,text\np1,fine\n"})
    assert "p1" in {post.id for post in batch.candidates[0].posts}
