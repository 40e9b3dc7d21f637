"""X (Twitter), answers of API v2 as JSON Lines: a page per line, as harvesting tools write them.

What a page refers to stands in its ``includes`` and is joined by id. A page that is an error is named; so is one that
is torn.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from vetting_engine.errors import InputError, Location
from vetting_engine.files.sniff import decode
from vetting_engine.intake.platforms._documents import Document, parse
from vetting_engine.intake.platforms._posts import Collected, text_of, time_of, whole_number
from vetting_engine.model.candidate import MediaKind, Post
from vetting_engine.protocols import ExportedAccount, ExportFile, ExportRead

__all__ = ["PLUGIN", "XExport"]

_PAGE: Final = re.compile(
    rb'"(?:author_id|edit_history_tweet_ids|result_count|referenced_tweets)"\s*:|"includes"\s*:\s*\{'
    rb'|(?:api\.twitter\.com|api\.x\.com)/2/problems'
)  # fmt: skip
_MEDIA: Final = MappingProxyType({"photo": MediaKind.IMAGE, "video": MediaKind.VIDEO, "animated_gif": MediaKind.VIDEO})
_LANGUAGE: Final = re.compile(r"^[a-z]{2,3}$")
#: Codes X uses for "no language" (``und``, ``zxx``, ``qme`` only media …) and old codes of ISO 639.
_NO_LANGUAGE: Final = frozenset({"und", "zxx", "art", "qam", "qct", "qht", "qme", "qst"})
_OLD_CODES: Final = MappingProxyType({"in": "id", "iw": "he", "ji": "yi"})
_Object = dict[str, Any]


@dataclass(slots=True)
class _Includes:
    """What the pages refer to, by id."""

    users: dict[str, _Object] = field(default_factory=dict)
    posts: dict[str, _Object] = field(default_factory=dict)
    media: dict[str, _Object] = field(default_factory=dict)

    def take(self, page: _Object) -> None:
        """Add what a page includes."""
        included = page.get("includes") if isinstance(page.get("includes"), dict) else {}
        assert isinstance(included, dict)
        for item in _objects(included.get("users")):
            self.users[text_of(item.get("id"))] = item
        for item in _objects(included.get("tweets")):
            self.posts[text_of(item.get("id"))] = item
        for item in _objects(included.get("media")):
            self.media[text_of(item.get("media_key"))] = item


@dataclass(slots=True)
class _Author:
    """One author's posts. A harvest of one account has one; others are told apart, and decided on by the batch."""

    posts: list[Post] = field(default_factory=list)


class XExport:
    """Pages of posts, or one post per line with its author inside."""

    name: Final = "x"
    allowed: Final = ("*.jsonl", "*.ndjson", "tweets*.json", "twitter*.json", "timeline*.json", "x*.json")

    def recognises(self, head: bytes, path: Path) -> bool:  # noqa: ARG002  # judged by content
        """A page of API v2: posts with an author's id, a count of results, includes, or an error of the API."""
        return head.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in {b"{", b"["} and bool(_PAGE.search(head))

    def read(self, files: Sequence[ExportFile], zone: str | None = None) -> ExportRead:
        """The posts in all files, by author."""
        collected = Collected(self.name, zone)
        includes = _Includes()
        authors: dict[str, _Author] = {}
        latest: date | None = None
        for file in files:
            for at, page in _pages(file, collected):
                latest = max(filter(None, (latest, _harvested(page.value))), default=None)
                _take(page, at, includes, authors, collected)
        accounts = tuple(_account(name, author, includes, latest) for name, author in authors.items())
        return ExportRead(accounts, collected.said(), collected.unread)


PLUGIN: Final = XExport()


def _pages(file: ExportFile, collected: Collected) -> Iterator[tuple[Location, Document]]:
    """The pages of a file, one per line; or a document that is one page or a list of them."""
    try:
        decoded = decode(file.load(), file.file)
    except InputError as error:
        collected.faults += error.faults
        collected.unread += 1
        return
    collected.faults += decoded.warnings
    lines = [(number, line) for number, line in enumerate(decoded.text.split("\n"), start=1) if line.strip()]
    if len(lines) > 1 and lines[0][1].strip() in {"{", "["}:
        lines = [(0, decoded.text)]
    for number, line in lines:
        at = Location(file.file, number)
        try:
            page = parse(line, at)
        except InputError as error:
            collected.faults += error.faults
            collected.unread += 1
            continue
        for value in page.value if isinstance(page.value, list) else [page.value]:
            if isinstance(value, dict):
                yield at, Document(value, page.sound)
            else:
                collected.lose("export.item_unreadable", at)


def _take(page: Document, at: Location, includes: _Includes, authors: dict[str, _Author], collected: Collected) -> None:
    includes.take(page.value)
    inner = page.value.get("author")
    if isinstance(inner, dict):
        includes.users[text_of(inner.get("id"))] = inner
    data = page.value if "author_id" in page.value else page.value.get("data")
    errors = len(list(_objects(page.value.get("errors"))))
    if data is None:
        if errors or "result_count" not in str(page.value.get("meta")):
            collected.lose("x.error_page", at)
        return
    if errors:
        collected.warn("x.referred_missing", at, count=errors)
    for index, item in enumerate(data if isinstance(data, list) else [data]):
        place = Location(at.file, at.line, field=f"data[{index}]")
        if not isinstance(item, dict) or not isinstance(item.get("text"), str):
            collected.lose("export.item_unreadable", place)
            continue
        before = len(collected.posts)
        _add(item, place, includes, collected, sound=page.sound)
        authors.setdefault(text_of(item.get("author_id")), _Author()).posts.extend(collected.posts[before:])


def _add(item: _Object, at: Location, includes: _Includes, collected: Collected, *, sound: bool) -> None:
    referred = {text_of(one.get("type")): text_of(one.get("id")) for one in _objects(item.get("referenced_tweets"))}
    passed_on = "retweeted" in referred
    said = includes.posts.get(referred.get("retweeted", ""), item) if passed_on else item
    kind, count = _media(said, includes)
    collected.add(
        [item, said], at, sound=sound, id=f"x:{text_of(item.get('id'))}" if item.get("id") else "", text=_text(said),
        time=time_of(item.get("created_at"), collected.zone),
        language=_language(said), media=kind, media_count=count, shared=passed_on or "quoted" in referred,
        own_words=not passed_on, links=_links(said),
    )  # fmt: skip


def _text(item: _Object) -> str:
    """The whole text: of a long post ``text`` holds only the beginning."""
    note = item.get("note_tweet")
    return (text_of(note.get("text")) if isinstance(note, dict) else "") or text_of(item.get("text"))


def _language(item: _Object) -> str | None:
    code = text_of(item.get("lang"))
    return _OLD_CODES.get(code, code) if _LANGUAGE.match(code) and code not in _NO_LANGUAGE else None


def _media(item: _Object, includes: _Includes) -> tuple[MediaKind, int]:
    attached = item.get("attachments")
    keys = attached.get("media_keys") if isinstance(attached, dict) else None
    kinds = [_MEDIA.get(text_of(includes.media.get(text_of(key), {}).get("type")), MediaKind.UNKNOWN)
             for key in (keys if isinstance(keys, list) else ())]  # fmt: skip
    return (
        max(kinds, key=[MediaKind.IMAGE, MediaKind.UNKNOWN, MediaKind.VIDEO].index) if kinds else MediaKind.NONE
    ), len(kinds)


def _links(item: _Object) -> list[str]:
    entities = item.get("entities")
    urls = _objects(entities.get("urls") if isinstance(entities, dict) else None)
    return [
        text_of(url.get("unwound_url")) or text_of(url.get("expanded_url")) for url in urls if "media_key" not in url
    ]


def _account(author_id: str, author: _Author, includes: _Includes, harvested: date | None) -> ExportedAccount:
    user = includes.users.get(author_id, {})
    metrics = user.get("public_metrics")
    return ExportedAccount(
        platform="x",
        handle=text_of(user.get("username")) or author_id,
        posts=tuple(author.posts),
        names=(author_id,) if author_id else (),
        bio=text_of(user.get("description")) or None,
        followers=whole_number(metrics.get("followers_count")) if isinstance(metrics, dict) else None,
        exported_on=harvested,
        guessed_languages=True,
    )


def _harvested(page: _Object) -> date | None:
    """When twarc fetched a page."""
    note = page.get("__twarc")
    time = time_of(note.get("retrieved_at"), "UTC") if isinstance(note, dict) else None
    return time.date() if time else None


def _objects(value: Any) -> Iterator[_Object]:  # noqa: ANN401  # any JSON value
    return (item for item in (value if isinstance(value, list) else ()) if isinstance(item, dict))
