"""TikTok's download of one's own data as JSON: one file that holds everything.

Of that file only the owner's own videos that anyone may see, and of the profile the name, the description and the
number of followers, are looked at. Times are UTC.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from vetting_engine.errors import Location
from vetting_engine.intake.platforms._posts import Collected, moment, short_digest, text_of, time_of, whole_number
from vetting_engine.model.candidate import Excerpt, MediaKind
from vetting_engine.protocols import ExportedAccount, ExportFile, ExportRead

__all__ = ["PLUGIN", "TikTokExport"]

#: Where the owner's videos stand in the document, older layouts first.
_VIDEOS: Final = (
    ("Video", "Videos", "VideoList"),
    ("Post", "Posts", "VideoList"),
    ("Posts", "Posts", "VideoList"),
    ("Activity", "Video", "Videos", "VideoList"),
)
_PROFILES: Final = (
    ("Profile", "Profile Information", "ProfileMap"),
    ("Profile", "Profile Info", "ProfileMap"),
    ("Profile And Settings", "Profile Info", "ProfileMap"),
)
#: Who may see a video; where the export does not say, it was made before it could be limited.
_PUBLIC: Final = frozenset({"", "public", "everyone"})
_CONTENT: Final = re.compile(rb'"(?:VideoList|ProfileMap|Profile Information|App Settings|Direct Messages?)"\s*:')
_NUMBER: Final = re.compile(r"/(?:video|photo)/([0-9]{5,25})")


class TikTokExport:
    """A download as file, folder or archive."""

    name: Final = "tiktok"
    allowed: Final = ("user_data*.json", "tiktok*.json", "TikTok/user_data*.json")

    def recognises(self, head: bytes, path: Path) -> bool:  # noqa: ARG002  # judged by content
        """A document with the names of this download's parts."""
        return bool(_CONTENT.search(head))

    def read(self, files: Sequence[ExportFile], zone: str | None = None) -> ExportRead:
        """Public videos by their captions."""
        collected = Collected(self.name, zone)
        profile: dict[str, Any] = {}
        for file in files:
            document = collected.document(file)
            if document is None:
                continue
            profile = _profile(document.value) or profile
            lists = [(path, _at(document.value, path)) for path in _VIDEOS]
            if all(listed is _ABSENT for _, listed in lists):
                collected.lose("export.unexpected", Location(file.file))
            for path, listed in lists:
                # An account without videos has null there.
                for index, item in enumerate(listed if isinstance(listed, list) else ()):
                    place = Location(file.file, field=f"{'.'.join(path)}[{index}]")
                    _add(item, place, collected, sound=document.sound)
        return ExportRead((_account(profile, collected),), collected.said(), collected.unread)


PLUGIN: Final = TikTokExport()
_ABSENT: Final = object()


def _at(value: Any, path: Sequence[str]) -> Any:  # noqa: ANN401  # any JSON value
    for name in path:
        if not isinstance(value, dict) or name not in value:
            return _ABSENT
        value = value[name]
    return value


def _profile(value: Any) -> dict[str, Any]:  # noqa: ANN401  # any JSON value
    return next((found for path in _PROFILES if isinstance(found := _at(value, path), dict)), {})


def _account(profile: dict[str, Any], collected: Collected) -> ExportedAccount:
    handle = text_of(profile.get("userName"))
    return ExportedAccount(
        platform="tiktok",
        handle=handle,
        posts=tuple(collected.posts),
        bio=text_of(profile.get("bioDescription")) or None,
        followers=whole_number(profile.get("followerCount")),
    )


def _add(item: Any, at: Location, collected: Collected, *, sound: bool) -> None:  # noqa: ANN401  # any JSON value
    if not isinstance(item, dict):
        collected.lose("export.item_unreadable", at)
        return
    if text_of(item.get("WhoCanView")).lower() not in _PUBLIC:
        return
    link, text, date = text_of(item.get("Link")), text_of(item.get("Title")), item.get("Date")
    number = _NUMBER.search(link)
    time = time_of(date, "UTC")
    picture = "/photo/" in link
    collected.add(
        item, at, sound=sound, id=f"tiktok:{number[1] if number else f'{moment(date)}:{short_digest(text)}'}",
        text=text, time=time, media=MediaKind.IMAGE if picture else MediaKind.VIDEO, media_count=1,
        kind=Excerpt.CAPTION,
    )  # fmt: skip
