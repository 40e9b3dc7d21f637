"""Telegram Desktop: channels are read, private chats and groups are not."""

from datetime import UTC, datetime
from typing import Any

import pytest

from vetting_engine.model.candidate import MediaKind

CHANNEL = {"name": "Marsh Voices", "type": "public_channel", "id": 1234567890}


def message(number: int, text: Any = "", **more: Any) -> dict[str, Any]:
    said = {"id": number, "type": "message", "date": "2025-03-01T12:00:00", "date_unixtime": "1740819600"}
    return {**said, "from": "Marsh Voices", "from_id": "channel1234567890", "text": text, **more}


def channel(*messages: Any, **more: Any) -> dict[str, Any]:
    return {**CHANNEL, **more, "messages": list(messages)}


def test_a_channel_with_one_of_everything(exports: Any) -> None:
    parts = ["See ", {"type": "link", "text": "https://news.example/a"}, " #rain ", {"type": "bold", "text": "now"}]
    read = exports(
        {
            "ChatExport_2025-03-02/result.json": channel(
                {"id": 1, "type": "service", "action": "create_channel", "text": ""},
                message(2, "plain"),
                message(3, parts),
                message(4, "", photo="photos/1.jpg"),
                message(5, "listen", media_type="voice_message", file="v.ogg", mime_type="audio/ogg"),
                message(6, "clip", file="(File not included)", mime_type="video/mp4"),
                message(7, "passed on", forwarded_from="Elsewhere", forwarded_from_id="channel9"),
                message(8, "gone", forwarded_from=None),
                message(9, "again", forwarded_from="Marsh Voices", forwarded_from_id="channel1234567890"),
                message(10, "", poll={"question": "Boats?", "answers": [{"text": "Yes", "voters": 1}, {"text": "No"}]}),
                message(11, [{"type": "text_link", "text": "here", "href": "http://b.example/x"}]),
                message(12, "", file="doc.pdf"),
            )
        },
        accounts=[{"platform": "Telegram", "handle": "@marsh voices"}],
    )
    assert read.faults == ()
    who = read.candidates[0]
    assert who.unread_posts == 0
    posts = {post.id.rsplit(":", 1)[1]: post for post in who.posts}
    assert list(posts) == [str(number) for number in range(2, 13)]
    assert posts["2"].time == datetime(2025, 3, 1, 9, tzinfo=UTC)
    assert (posts["3"].text, posts["3"].link_domains) == ("See https://news.example/a #rain now", ("news.example",))
    kinds = [(posts[name].media, posts[name].media_count) for name in ("2", "4", "5", "6", "12")]
    assert kinds == [
        (MediaKind.NONE, 0), (MediaKind.IMAGE, 1), (MediaKind.AUDIO, 1), (MediaKind.VIDEO, 1), (MediaKind.UNKNOWN, 1),
    ]  # fmt: skip
    assert [(name, post.own_words) for name, post in posts.items() if post.shared] == [("7", False), ("8", False)]
    assert posts["10"].text == "Boats?\nYes\nNo"
    assert posts["11"].link_domains == ("b.example",)
    (account,) = who.accounts
    assert (account.handle, account.handle_in_export) == ("@marsh voices", "Marsh Voices")
    assert str(account.exported_on) == "2025-03-02"


@pytest.mark.parametrize(
    "kind", ["personal_chat", "saved_messages", "private_group", "public_supergroup", "private_channel", "bot_chat"]
)
def test_private_chats_and_groups_are_refused(exports: Any, kind: str) -> None:
    read = exports({"result.json": channel(message(1, "my secret"), type=kind)})
    assert [fault.code for fault in read.faults] == ["telegram.not_public"]
    assert read.candidates[0].posts == ()
    assert "secret" not in repr(read.faults)


def account(*chats: Any) -> dict[str, Any]:
    return {
        "about": "Here is the data you requested.", "personal_information": {"username": "@odo"},
        "contacts": {"list": [{"first_name": "Ema"}]}, "chats": {"about": "", "list": list(chats)},
        "left_chats": {"list": [channel(message(1, "left"), name="Left", id=5)]},
    }  # fmt: skip


def test_of_an_account_only_public_channels_are_read(exports: Any) -> None:
    private = {"type": "personal_chat", "id": 7, "name": "Ema", "messages": [message(1, "psst")]}
    read = exports({"result.json": account(private, channel(message(3, "open")), {**private, "id": 8})})
    assert [post.text for post in read.candidates[0].posts] == ["open"]
    assert [(fault.code, fault.params.get("count")) for fault in read.faults] == [
        ("telegram.chats_left", 2), ("export.account_added", None),
    ]  # fmt: skip


def test_of_several_channels_only_declared_ones_are_the_candidates(exports: Any) -> None:
    other = channel(message(3, "theirs"), message(4, "theirs too"), name="Followed", id=77)
    read = exports(
        {"result.json": account(other, channel(message(3, "mine")))},
        accounts=[{"platform": "telegram", "handle": "1234567890"}],
    )
    assert [post.text for post in read.candidates[0].posts] == ["mine"]
    assert read.candidates[0].unread_posts == 2
    assert [fault.code for fault in read.faults] == ["export.account_not_declared"]
    assert read.candidates[0].accounts[0].handle_in_export == "1234567890"


def test_what_cannot_be_read_is_named_and_counted(exports: Any) -> None:
    read = exports(
        {
            "result.json": channel(
                message(1, "ok"), message(1, "other words"), "noise", message(2, "x" * 100_001), {"id": 3, "type": "unsupported"},  # noqa: E501
                message(4, "a\x00b"), message(5, "half \ud83d"), message(6, 5),
            )
        }
    )  # fmt: skip
    who = read.candidates[0]
    assert [post.text for post in who.posts] == ["ok", ""]
    assert sorted(fault.code for fault in read.faults) == [
        "export.account_added", "export.item_unreadable", "export.item_unreadable", "json.half_character",
        "post.control_character", "post.duplicate", "post.too_long",
    ]  # fmt: skip
    assert who.unread_posts == 6
    assert {fault.at.field for fault in read.faults if fault.code == "post.too_long"} == {"messages[3].text"}


def test_a_time_without_zone_is_read_in_the_declared_one(exports: Any) -> None:
    old = {name: value for name, value in message(1, "old").items() if name != "date_unixtime"}
    read = exports({"result.json": channel(old, {**old, "id": 2})})
    assert [post.time for post in read.candidates[0].posts] == [None, None]
    assert [(fault.code, fault.params["count"]) for fault in read.faults if fault.code == "export.untimed"] == [
        ("export.untimed", 2)
    ]
    read = exports({}, mapping='fields: {id: id}\nzone: "+03:00"\n')
    assert read.candidates[0].posts[0].time == datetime(2025, 3, 1, 9, tzinfo=UTC)


@pytest.mark.parametrize("number", ["1e400", "99999999999999999999", "-5", '"later"', "NaN", "true", "null", "[1]"])
def test_impossible_times_cost_the_time_only(exports: Any, number: str) -> None:
    text = '{"name":"M","type":"public_channel","id":1,"messages":[{"id":1,"type":"message","text":"a","date_unixtime":'
    read = exports({"result.json": f"{text}{number}}}]}}"})
    assert [(post.text, post.time) for post in read.candidates[0].posts] == [("a", None)]
