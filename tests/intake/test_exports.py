"""Exports beside the candidates: what is found, what may be opened, and what hostile folders come to."""

from __future__ import annotations

import json
import os
import stat
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from vetting_engine.intake import _exports, _trees, read_batch
from vetting_engine.intake._trees import FolderTree, ZipTree, find
from vetting_engine.registry import discover

CHANNEL = {"name": "Marsh", "type": "public_channel", "id": 1, "messages": [{"id": 1, "type": "message", "text": "a"}]}
IG_POSTS = [{"media": [{"uri": "a.jpg", "creation_timestamp": 1740819600, "title": "caption"}]}]
#: What lies in a download beside the posts, and must never be opened.
FORBIDDEN = (
    "messages/inbox/ema_1/message_1.json", "your_instagram_activity/messages/inbox/ema_1/message_1.json",
    "contacts/synced_contacts.json", "likes/liked_posts.json", "comments/post_comments_1.json",
    "connections/followers_and_following/followers_1.json", "your_instagram_activity/media/archived_posts.json",
    "your_instagram_activity/media/recently_deleted_content.json", "messages.json", "comments.json", "likes.json",
    "connections.json", "posts/other_people's_posts_to_your_timeline.json", "groups/your_posts_in_groups.json",
    "comments_and_reactions/comments.json", "comments/comments.csv", "history/watch-history.json",
    "subscriptions/subscriptions.csv", "playlists/liked.csv", "messages/inbox/result.json",
)  # fmt: skip


def zipped(file: Path, **files: Any) -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content if isinstance(content, bytes | str) else json.dumps(content))
    return file


def errors(read: Any) -> list[tuple[str, str]]:
    return sorted((fault.code, Path(fault.at.file).name) for fault in read.faults if fault.severity == "error")


@pytest.mark.parametrize("base", ["", "ig/", "wrapped/in/two/"])
def test_what_is_on_no_list_is_never_opened(exports: Any, opened: Callable[[], list[str]], base: str) -> None:
    layout = {f"{base}{name}": "{" for name in FORBIDDEN}
    layout[f"{base}your_instagram_activity/media/posts_1.json"] = json.dumps(IG_POSTS)
    layout[f"{base}media.json"] = json.dumps({"photos": []})
    exports(layout)
    before = len(opened())
    read = exports({})
    touched = {name.split("/posts/c1/", 1)[1] for name in opened()[before:] if "/posts/c1/" in name}
    assert f"{base}your_instagram_activity/media/posts_1.json" in touched
    # Listing a folder's names is no look into its files; but no folder of messages is even listed inside.
    assert not [name for name in touched if name.endswith((".json", ".csv")) and name.removeprefix(base) in FORBIDDEN]
    assert not [name for name in touched if "inbox/" in name]
    assert len(read.candidates[0].posts) == 1


def test_every_allow_list_is_narrow() -> None:
    words = (
        "message",
        "inbox",
        "contact",
        "like",
        "comment",
        "follow",
        "friend",
        "search",
        "history",
        "group",
        "saved",
    )
    for reader in discover("vetting_engine.intake.platforms").values():
        assert not [path for path in reader.allowed if any(word in path.lower() for word in words)]
        assert not [
            path
            for path in reader.allowed
            if "**" in path or (path.endswith(("/*", "/*.json")) and "videos" not in path)
        ]


def test_several_exports_side_by_side(exports: Any, tmp_path: Path) -> None:
    zipped(tmp_path / "posts/c1/instagram-odo-2026-01-31.zip", **{"content/posts_1.json": IG_POSTS})
    read = exports(
        {"telegram/result.json": CHANNEL, "posts.csv": "id,text\np1,b\n", ".DS_Store": "x", "photo.jpg": "x"}
    )
    who = read.candidates[0]
    assert sorted(post.text for post in who.posts) == ["a", "b", "caption"]
    assert errors(read) == [("export.unknown", "photo.jpg")]
    assert who.unread_posts == 1
    assert {account.platform: str(account.exported_on) for account in who.accounts} == {
        "instagram": "2026-01-31", "telegram": "None",
    }  # fmt: skip


def test_whose_export_it_is(exports: Any, tmp_path: Path) -> None:
    exports({"result.json": CHANNEL})
    (tmp_path / "posts" / "zz").mkdir()
    (tmp_path / "posts" / "loose.json").write_text("{}")
    read = read_batch(tmp_path)
    assert errors(read) == [("batch.unknown_candidate", "zz"), ("export.nobodys", "loose.json")]
    assert read.candidates[0].unread_posts == 1


def test_a_folder_given_by_name(tmp_path: Path) -> None:
    (tmp_path / "c.jsonl").write_text('{"id": "c1"}\n')
    (tmp_path / "elsewhere" / "c1").mkdir(parents=True)
    (tmp_path / "elsewhere" / "c1" / "result.json").write_text(json.dumps(CHANNEL))
    read = read_batch(tmp_path / "c.jsonl", posts=[tmp_path / "elsewhere"])
    assert [post.text for post in read.candidates[0].posts] == ["a"]


def test_links_are_never_followed(exports: Any, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "result.json").write_text(json.dumps(CHANNEL))
    (outside / "posts_1.json").write_text(json.dumps(IG_POSTS))
    folder = tmp_path / "posts" / "c1"
    (folder / "ig").mkdir(parents=True)
    (folder / "result.json").symlink_to(outside / "result.json")
    (folder / "linked").symlink_to(outside)
    (folder / "ig" / "content").symlink_to(outside)
    os.mkfifo(folder / "telegram.json")
    read = exports({})
    assert read.candidates[0].posts == ()
    assert errors(read) == [
        ("export.not_followed", name) for name in ("content", "linked", "result.json", "telegram.json")
    ]
    assert read.candidates[0].unread_posts == 4


def test_a_file_that_may_not_be_read_does_not_lose_the_others(exports: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    read_all = FolderTree.read

    def refuse(self: FolderTree, path: str) -> bytes:
        return read_all(self, path) if path.endswith("posts_1.json") else read_all(self, "no/such/file")

    monkeypatch.setattr(FolderTree, "read", refuse)
    read = exports({"ig/content/posts_1.json": IG_POSTS, "ig/content/posts_2.json": IG_POSTS})
    assert len(read.candidates[0].posts) == 1
    assert errors(read) == [("file.missing", "file")]
    assert read.candidates[0].unread_posts == 1


def test_hostile_archives(exports: Any, tmp_path: Path) -> None:
    folder = tmp_path / "posts" / "c1"
    slip = {f"{lead}content/posts_1.json": IG_POSTS for lead in ("../", "/", "a/../../", "..\\")}
    zipped(folder / "slip.zip", **slip)
    zipped(folder / "empty.zip")
    (folder / "torn.zip").write_bytes(zipped(tmp_path / "whole.zip", **{"result.json": CHANNEL}).read_bytes()[:-30])
    with zipfile.ZipFile(folder / "twice.zip", "w") as archive:
        archive.writestr("result.json", json.dumps(CHANNEL))
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr("result.json", json.dumps(CHANNEL))
    with zipfile.ZipFile(folder / "link.zip", "w") as archive:
        link = zipfile.ZipInfo("result.json")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
    damaged = bytearray(zipped(folder / "damaged.zip", **{"result.json": CHANNEL}).read_bytes())
    damaged[60] ^= 0xFF
    (folder / "damaged.zip").write_bytes(damaged)
    read = exports({})
    assert read.candidates[0].posts == ()
    assert errors(read) == [
        ("export.not_followed", "result.json"), ("export.not_followed", "result.json"),
        ("export.unknown", "damaged.zip"), ("export.unknown", "empty.zip"), ("export.unknown", "slip.zip"),
        ("file.unreadable", "torn.zip"),
    ]  # fmt: skip
    assert read.candidates[0].unread_posts == 6
    assert not (tmp_path / "content").exists()


def test_an_archive_that_swells_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_trees, "MAX_EXPORT_BYTES", 1000)
    tree = ZipTree(zipped(tmp_path / "bomb.zip", **{"result.json": "0" * 1_000_000}))
    with pytest.raises(_trees.InputError) as refusal:
        tree.read("result.json")
    assert refusal.value.faults[0].code == "file.too_large"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("[" * 100_000, "json.excessive"),
        ('{"type":"public_channel","messages":[' + "[" * 99_999 + "]" * 99_999 + "]}", "json.excessive"),
        ('{"type":"public_channel","messages":[{"id":' + "9" * 5000 + "}]}", "json.excessive"),
        ('{"type":"public_channel","messages":[', "json.malformed"),
        ('{"type":"public_channel","messages":[]} trailing', "json.malformed"),
    ],
)
def test_documents_that_are_none(exports: Any, text: str, code: str) -> None:
    read = exports({"result.json": text, "content/posts_1.json": IG_POSTS})
    assert code in {fault.code for fault in read.faults} or text.startswith("[[")  # unrecognised brackets are nobody's
    assert [post.text for post in read.candidates[0].posts] == ["caption"]


def test_a_key_that_stands_twice_costs_its_post(exports: Any) -> None:
    one = '{"id": 1, "type": "message", "text": "a", "text": "b"}, {"id": 2, "type": "message", "text": "c"}'
    read = exports({"result.json": '{"type": "public_channel", "name": "M", "id": 1, "messages": [' + one + "]}"})
    assert [post.text for post in read.candidates[0].posts] == ["c"]
    assert [(fault.code, fault.params.get("key")) for fault in read.faults if fault.severity == "error"] == [
        ("json.duplicate_key", "text")
    ]


def test_more_files_than_are_read_are_counted(exports: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_exports, "_MAX_FILES", 5)
    lines = {f"{number:02}.jsonl": f'{{"id": "p{number}", "text": "x"}}\n' for number in range(12)}
    read = exports({**lines, **{f"z{number}.bin": "" for number in range(9)}})
    who = read.candidates[0]
    assert len(who.posts) == 5
    assert [fault.code for fault in read.faults].count("export.too_many_files") == 2
    assert who.unread_posts == 7 + 9


def test_many_posts_and_one_of_ten_megabytes_in_linear_time(exports: Any) -> None:
    messages = [
        {"id": number, "type": "message", "text": f"post {number}", "date_unixtime": "1740819600"}
        for number in range(20_000)
    ]
    messages.append({"id": 20_000, "type": "message", "text": "x" * 10_000_000})
    begun = time.process_time()
    read = exports({"result.json": {**CHANNEL, "messages": messages}})
    assert time.process_time() - begun < 20
    assert len(read.candidates[0].posts) == 20_000
    assert [fault.code for fault in read.faults if fault.severity == "error"] == ["post.too_long"]


def test_names_with_anything_in_them(tmp_path: Path) -> None:
    for name in ("a\nb.jsonl", "[x].jsonl", "*.jsonl", "\u202egnp.jsonl"):
        (tmp_path / name).write_text("{}")
    assert len(find(FolderTree(tmp_path), "", "*.jsonl", [])) == 4
    assert find(FolderTree(tmp_path), "", "../*.jsonl", []) == []
