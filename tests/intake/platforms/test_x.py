"""X: pages of API v2, joined by id; error lines and torn lines are named."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from vetting_engine.model.candidate import MediaKind

USER = {"id": "42", "username": "odo_w", "name": "Odo", "description": "Boats, rain", "public_metrics": {"followers_count": 2100}}  # fmt: skip  # noqa: E501


def post(number: str, text: str, **more: Any) -> dict[str, Any]:
    return {"id": number, "text": text, "author_id": "42", "created_at": "2025-03-01T09:00:00.000Z", **more}


def page(*posts: Any, users: Any = (USER,), **includes: Any) -> dict[str, Any]:
    return {"data": list(posts), "includes": {"users": list(users), **includes}, "meta": {"result_count": len(posts)}}


def lines(*pages: Any) -> str:
    return "".join((one if isinstance(one, str) else json.dumps(one)) + "\n" for one in pages)


def test_pages_with_everything_they_refer_to(exports: Any) -> None:
    original = {"id": "900", "text": "The whole of what was said", "author_id": "7", "lang": "fr"}
    url = {
        "url": "https://t.co/a",
        "expanded_url": "https://news.example/long",
        "unwound_url": "https://real.example/p",
    }
    picture = {"url": "https://t.co/b", "expanded_url": "https://x.com/odo_w/status/1/photo/1", "media_key": "3_1"}
    first = page(
        post("1", "own #rain https://t.co/a", lang="en", entities={"urls": [url, picture]}, attachments={"media_keys": ["3_1", "3_2"]}),  # noqa: E501
        post("2", "RT @other: The whole of wh…", referenced_tweets=[{"type": "retweeted", "id": "900"}], lang="fr"),
        post("3", "Shameful. Report this.", referenced_tweets=[{"type": "quoted", "id": "901"}]),
        post("4", "@you thanks", referenced_tweets=[{"type": "replied_to", "id": "5"}]),
        post("5", "begin…", note_tweet={"text": "begin and end"}, attachments={"media_keys": ["3_9"]}),
        tweets=[original], media=[{"media_key": "3_1", "type": "photo"}, {"media_key": "3_2", "type": "video"}],
    )  # fmt: skip
    second = {"data": post("6", "alone"), "__twarc": {"retrieved_at": "2026-01-05T10:00:00+00:00"}}
    read = exports({"x.jsonl": lines(first, "", second)}, accounts=[{"platform": "Twitter", "handle": "@Odo_W"}])
    assert read.faults == ()
    who = read.candidates[0]
    posts = {one.id: one for one in who.posts}
    assert list(posts) == [f"x:{number}" for number in range(1, 7)]
    assert (posts["x:1"].media, posts["x:1"].media_count) == (MediaKind.VIDEO, 2)
    assert posts["x:1"].link_domains == ("real.example",)
    assert posts["x:1"].time == datetime(2025, 3, 1, 9, tzinfo=UTC)
    assert (posts["x:2"].text, posts["x:2"].shared, posts["x:2"].own_words) == (original["text"], True, False)
    assert (posts["x:3"].text, posts["x:3"].shared, posts["x:3"].own_words) == ("Shameful. Report this.", True, True)
    assert not posts["x:4"].shared
    assert (posts["x:5"].text, posts["x:5"].media) == ("begin and end", MediaKind.UNKNOWN)
    (account,) = who.accounts
    assert (account.handle_in_export, account.bio, account.followers) == ("odo_w", "Boats, rain", 2100)
    assert str(account.exported_on) == "2026-01-05"


def test_a_guessed_language_counts_only_where_it_is_declared(exports: Any) -> None:
    said = [post(str(number), "a", lang=lang) for number, lang in enumerate(["et", "en", "und", "qme", "in"])]
    read = exports({"x.jsonl": lines(page(*said))}, languages=["so", "en-GB", "id"])
    assert [one.language for one in read.candidates[0].posts] == [None, "en", None, None, "id"]


def test_error_lines_and_torn_lines(exports: Any) -> None:
    problem = {"title": "Not Found Error", "type": "https://api.twitter.com/2/problems/resource-not-found"}
    read = exports(
        {
            "a.jsonl": lines(
                page(post("1", "a")), {"errors": [problem]}, '{"data": [', {**page(post("2", "b")), "errors": [problem]},  # noqa: E501
                {"meta": {"result_count": 0}}, page("noise", {"id": "3"}), "5",
            ),
            "b.jsonl": lines(page(post("4", "d"))),
            "empty.jsonl": "",
        }
    )  # fmt: skip
    who = read.candidates[0]
    assert [one.id for one in who.posts] == ["x:1", "x:2", "x:4"]
    named = [(fault.code, fault.at.line) for fault in read.faults if fault.severity == "error"]
    assert named == [
        ("x.error_page", 2), ("json.malformed", 3), ("export.item_unreadable", 6), ("export.item_unreadable", 6),
        ("export.item_unreadable", 7), ("export.unknown", 0),
    ]  # fmt: skip
    assert who.unread_posts == 6
    assert [fault.code for fault in read.faults if fault.severity == "warning"] == [
        "x.referred_missing", "export.account_added",
    ]  # fmt: skip


def test_posts_of_others_are_not_the_candidates(exports: Any) -> None:
    other = {**post("9", "theirs"), "author_id": "7"}
    users = (USER, {"id": "7", "username": "other"})
    read = exports(
        {"x.jsonl": lines(page(post("1", "mine"), other, users=users))}, accounts=[{"platform": "x", "handle": "odo_w"}]
    )
    assert [one.text for one in read.candidates[0].posts] == ["mine"]
    assert [(fault.code, fault.params["handle"]) for fault in read.faults] == [("export.account_not_declared", "other")]
    assert read.candidates[0].unread_posts == 1


@pytest.mark.parametrize("indent", [None, 2])
def test_one_page_as_a_document_and_flat_posts(exports: Any, indent: int | None) -> None:
    flat = {**post("7", "flat"), "author": USER}
    read = exports({"tweets.json": json.dumps([page(post("1", "a"))], indent=indent), "y.jsonl": lines(flat)})
    assert sorted(one.id for one in read.candidates[0].posts) == ["x:1", "x:7"]
    assert read.candidates[0].accounts[0].handle_in_export == "odo_w"
