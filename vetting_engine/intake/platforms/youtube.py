"""YouTube in Google Takeout: tables of the channel's videos, or the older JSON files, one per video.

Only public videos by title, description and tags, and of the channel its name and description. History, comments,
subscriptions, playlists and chats are never opened.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from vetting_engine.errors import InputError, Location
from vetting_engine.files.sniff import decode
from vetting_engine.files.tables import Table, parse_table
from vetting_engine.intake.platforms._posts import Collected, text_of, time_of
from vetting_engine.model.candidate import Excerpt, MediaKind
from vetting_engine.protocols import ExportedAccount, ExportFile, ExportRead

__all__ = ["PLUGIN", "YouTubeExport"]

_FOLDERS: Final = ("", "YouTube*/", "Takeout/YouTube*/")
_VIDEOS: Final = tuple(f"{folder}video metadata/videos*.csv" for folder in _FOLDERS)
_LOOSE_VIDEOS: Final = "videos*.csv"
_CHANNEL: Final = (
    *(f"{folder}channels/channel.csv" for folder in _FOLDERS),
    *(f"{folder}channels/channel URL configs.csv" for folder in _FOLDERS),
)
_RESOURCES: Final = tuple(f"{folder}videos/*.json" for folder in _FOLDERS)
#: Our name of a column → what Takeout called it over the years.
_COLUMNS: Final = MappingProxyType(
    {
        "id": ("Video ID",),
        "title": ("Video Title (Original)", "Video Title"),
        "description": ("Video Description (Original)", "Video Description"),
        "language": ("Video Title (Original) Language", "Video Description (Original) Language"),
        "privacy": ("Privacy", "Video Privacy"),
        "time": ("Video Publish Timestamp", "Video Create Timestamp"),
        "channel_id": ("Channel ID",),
        "channel_title": ("Channel Title (Original)", "Channel Title"),
        "channel_about": ("Channel Description (Original)", "Channel Description"),
        "vanity": ("Channel Vanity URL 1 Name", "Vanity URL 1 Name"),
    }
)
_TAG: Final = re.compile(r"^(?:Video )?Tag [0-9]{1,3}$")
_CONTENT: Final = re.compile(rb'Video ID|Channel ID|"snippet"\s*:')
_PUBLIC: Final = "public"


@dataclass(slots=True)
class _Channel:
    """Who the tables say they are of."""

    id: str = ""
    title: str = ""
    vanity: str = ""
    about: str = ""


class YouTubeExport:
    """A Takeout as folder or archive, or its table of videos alone."""

    name: Final = "youtube"
    allowed: Final = (*_VIDEOS, *_CHANNEL, *_RESOURCES, _LOOSE_VIDEOS)

    def recognises(self, head: bytes, path: Path) -> bool:  # noqa: ARG002  # judged by content
        """Tables with Takeout's own columns, or a resource of the API."""
        return bool(_CONTENT.search(head))

    def read(self, files: Sequence[ExportFile], zone: str | None = None) -> ExportRead:
        """Public videos by their titles and descriptions."""
        collected = Collected(self.name, zone)
        channel = _Channel()
        for file in files:
            if file.pattern in _RESOURCES:
                _take_resources(file, channel, collected)
            else:
                _take_table(file, channel, collected)
        handle = channel.vanity or channel.title or channel.id
        names = tuple(dict.fromkeys(name for name in (channel.title, channel.id) if name and name != handle))
        posts = tuple(collected.posts)
        account = ExportedAccount(self.name, handle, posts, names, channel.about or None)
        return ExportRead((account,), collected.said(), collected.unread)


PLUGIN: Final = YouTubeExport()


def _take_table(file: ExportFile, channel: _Channel, collected: Collected) -> None:
    try:
        decoded = decode(file.load(), file.file)
        table = parse_table(decoded.text, file.file)
    except InputError as error:
        collected.faults += error.faults
        collected.unread += file.pattern not in _CHANNEL
        return
    collected.faults += decoded.warnings
    for line, cells in _rows(table, collected):
        channel.id = channel.id or cells.get("channel_id", "")
        channel.title = channel.title or cells.get("channel_title", "")
        channel.vanity = channel.vanity or cells.get("vanity", "")
        channel.about = channel.about or cells.get("channel_about", "")
        if file.pattern not in _CHANNEL:
            _add(cells, Location(file.file, line), collected, sound=True)


def _rows(table: Table, collected: Collected) -> Iterator[tuple[int, dict[str, str]]]:
    places = {
        name: next((table.header.index(title) for title in titles if title in table.header), None)
        for name, titles in _COLUMNS.items()
    }
    tags = [index for index, title in enumerate(table.header) if _TAG.match(title)]
    for row in table.rows:
        if row.fault:
            collected.faults.append(row.fault)
            collected.unread += 1
            continue
        cells = {name: row.cells[place] for name, place in places.items() if place is not None}
        cells["tags"] = " ".join(filter(None, (row.cells[index] for index in tags)))
        yield row.line, cells


def _take_resources(file: ExportFile, channel: _Channel, collected: Collected) -> None:
    document = collected.document(file)
    if document is None:
        return
    for index, item in enumerate(document.value if isinstance(document.value, list) else [document.value]):
        at = Location(file.file, field=f"[{index}]")
        snippet = item.get("snippet") if isinstance(item, dict) else None
        if not isinstance(item, dict) or not isinstance(snippet, dict):
            collected.lose("export.item_unreadable", at)
            continue
        status, tags = item.get("status"), snippet.get("tags")
        channel.id = channel.id or text_of(snippet.get("channelId"))
        channel.title = channel.title or text_of(snippet.get("channelTitle"))
        said = {
            "id": text_of(item.get("id")),
            "title": text_of(snippet.get("title")),
            "description": text_of(snippet.get("description")),
            "tags": " ".join(map(text_of, tags)) if isinstance(tags, list) else "",
            "language": text_of(snippet.get("defaultLanguage")),
            "privacy": text_of(status.get("privacyStatus")) if isinstance(status, dict) else "",
            "time": text_of(snippet.get("publishedAt")),
        }
        _add(said, at, collected, sound=document.sound)


def _add(said: Mapping[str, str], at: Location, collected: Collected, *, sound: bool) -> None:
    """The post of a video; one that is unlisted or private is nobody's to read."""
    if said.get("privacy", "").strip().lower() not in {"", _PUBLIC}:
        return
    time = time_of(said.get("time"), "UTC")
    text = "\n".join(filter(None, (said.get("title"), said.get("description"), said.get("tags"))))
    values: dict[str, Any] = {"language": said["language"]} if said.get("language") else {}
    collected.add(
        dict(said), at, sound=sound, id=f"youtube:{said['id']}" if said.get("id") else "", text=text, time=time,
        media=MediaKind.VIDEO, media_count=1, kind=Excerpt.CAPTION, **values,
    )  # fmt: skip
