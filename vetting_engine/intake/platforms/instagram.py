"""Instagram's download of one's own data as JSON, in its old layout (until 2021) and the newer ones.

Only captions of posts, reels, videos and stories, and of the profile the name and bio. Archived and deleted posts are
not public; media that were sent in messages (``direct``) are nobody's post.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from vetting_engine.errors import Location
from vetting_engine.intake.platforms._meta import objects, repaired, uris
from vetting_engine.intake.platforms._posts import Collected, kind_of, moment, short_digest, text_of, time_of
from vetting_engine.model.candidate import Excerpt
from vetting_engine.protocols import ExportedAccount, ExportFile, ExportRead

__all__ = ["PLUGIN", "InstagramExport"]

#: Where posts lie → the key their list stands under; empty: the list is the document.
_POSTS: Final = MappingProxyType(
    {
        f"{folder}{name}": key
        for folder in ("your_instagram_activity/media/", "your_instagram_activity/content/", "media/", "content/")
        for name, key in (
            ("posts_*.json", ""),
            ("reels.json", "ig_reels_media"),
            ("igtv_videos.json", "ig_igtv_media"),
            ("stories.json", "ig_stories"),
        )
    }
)
_PROFILE: Final = (
    "personal_information/personal_information.json",
    "personal_information/personal_information/personal_information.json",
    "account_information/personal_information.json",
)
_OLD_POSTS: Final = "media.json"
_OLD_PROFILE: Final = "profile.json"
#: Lists of the old ``media.json`` that were public; ``direct`` was sent in messages, ``profile`` are portraits.
_OLD_LISTS: Final = ("photos", "videos", "stories")
#: What labels of the profile are called; they are written in the account's language.
_LABELS: Final = MappingProxyType(
    {
        "username": ("Username", "Nom d’utilisateur", "Nom d'utilisateur", "Nombre de usuario", "اسم المستخدم"),
        "bio": ("Bio", "Biography", "Biographie", "Biografía", "Presentación", "السيرة الذاتية", "النبذة"),
        "private": ("Private Account", "Compte privé", "Cuenta privada", "حساب خاص"),
    }
)
_CONTENT: Final = re.compile(
    rb'"(?:creation_timestamp|ig_reels_media|ig_stories|ig_igtv_media|profile_user|taken_at|biography)"\s*:'
)  # fmt: skip


@dataclass(slots=True)
class _Profile:
    """Who the download says it is of."""

    handle: str = ""
    bio: str = ""
    private: bool = False


class InstagramExport:
    """A download as folder or archive, whole or in the parts it comes in."""

    name: Final = "instagram"
    allowed: Final = (_OLD_POSTS, _OLD_PROFILE, *_POSTS, *_PROFILE)

    def recognises(self, head: bytes, path: Path) -> bool:  # noqa: ARG002  # judged by content
        """Lists of media with times, or a profile, in any layout."""
        return bool(_CONTENT.search(head))

    def read(self, files: Sequence[ExportFile], zone: str | None = None) -> ExportRead:
        """Captions and bio of the owner."""
        collected = Collected(self.name, zone)
        profile = _Profile()
        for file in files:
            _take(file, profile, collected)
        if profile.private:
            collected.warn("export.private_account", Location(files[0].file))
        posts = tuple(collected.posts)
        account = ExportedAccount(self.name, profile.handle, posts, bio=profile.bio or None)
        return ExportRead((account,), collected.said(), collected.unread)


PLUGIN: Final = InstagramExport()


def _take(file: ExportFile, profile: _Profile, collected: Collected) -> None:
    document = collected.document(file)
    if document is None:
        return
    at = Location(file.file)
    value = document.value
    if file.pattern == _OLD_PROFILE:
        _take_old_profile(value, profile)
    elif file.pattern in _PROFILE:
        _take_profile(repaired(value), profile)
    elif file.pattern == _OLD_POSTS:
        for name in _OLD_LISTS:
            listed = value.get(name, []) if isinstance(value, dict) else None
            for index, group in enumerate(_old_groups(listed, Location(at.file, field=name), collected)):
                _add_old(group, Location(at.file, field=f"{name}[{index}]"), collected, sound=document.sound)
    else:
        key = _POSTS[file.pattern]
        listed = value.get(key) if key and isinstance(value, dict) else [value] if isinstance(value, dict) else value
        if not isinstance(listed, list):
            collected.lose("export.unexpected", at)
            return
        for index, item in enumerate(listed):
            place = Location(at.file, field=f"{key}[{index}]")
            _add(repaired(item), place, collected, sound=document.sound)


def _take_old_profile(value: Any, profile: _Profile) -> None:  # noqa: ANN401  # any JSON value
    if isinstance(value, dict):
        profile.handle = text_of(value.get("username")) or profile.handle
        profile.bio = text_of(value.get("biography")) or profile.bio
        profile.private = profile.private or value.get("private_account") is True


def _take_profile(value: Any, profile: _Profile) -> None:  # noqa: ANN401  # any JSON value
    for user in objects(value.get("profile_user") if isinstance(value, dict) else None):
        said = user.get("string_map_data")
        labels = said if isinstance(said, dict) else {}
        profile.handle = _label(labels, "username") or profile.handle
        profile.bio = _label(labels, "bio") or profile.bio
        profile.private = profile.private or _label(labels, "private").lower() in {"true", "vrai", "verdadero"}


def _label(labels: dict[str, Any], name: str) -> str:
    found = (labels.get(label) for label in _LABELS[name])
    return next((text_of(item.get("value")) for item in found if isinstance(item, dict)), "")


def _old_groups(listed: Any, at: Location, collected: Collected) -> Iterator[list[dict[str, Any]]]:  # noqa: ANN401
    """Media of one post: the old layout lists each picture of it with the same caption and time."""
    if not isinstance(listed, list):
        collected.lose("export.unexpected", at)
        return
    groups: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for index, item in enumerate(listed):
        if isinstance(item, dict):
            groups.setdefault((moment(item.get("taken_at")), text_of(item.get("caption"))), []).append(item)
        else:
            collected.lose("export.item_unreadable", Location(at.file, field=f"{at.field}[{index}]"))
    yield from groups.values()


def _add_old(group: list[dict[str, Any]], at: Location, collected: Collected, *, sound: bool) -> None:
    caption, taken = text_of(group[0].get("caption")), group[0].get("taken_at")
    _post(group, at, collected, sound=sound, text=caption, taken=taken, media=uris(iter(group)))


def _add(item: Any, at: Location, collected: Collected, *, sound: bool) -> None:  # noqa: ANN401  # any JSON value
    """One post of the newer layouts: its media in a list, or a story that is one by itself. The caption of a post
    with one picture stands at the picture.
    """
    media = list(objects(item.get("media"))) if isinstance(item, dict) and "media" in item else [item]
    if not isinstance(item, dict) or not media:
        collected.lose("export.item_unreadable", at)
        return
    captions = dict.fromkeys(text_of(part.get("title")) for part in (item, *media))
    taken = item.get("creation_timestamp") or media[0].get("creation_timestamp")
    text = "\n".join(filter(None, captions))
    _post(item, at, collected, sound=sound, text=text, taken=taken, media=uris(iter(media)))


def _post(
    item: object, at: Location, collected: Collected, *, sound: bool, text: str, taken: object, media: list[str]
) -> None:
    kind, count = kind_of(media)
    names = [path.rsplit("/", 1)[-1] for path in media]
    time = time_of(taken, collected.zone or "UTC")  # the old layout leaves the offset out in its first years: UTC
    collected.add(
        item, at, sound=sound, id=f"instagram:{moment(taken)}:{short_digest(*names, *([] if any(names) else [text]))}",
        text=text, time=time, media=kind, media_count=count, kind=Excerpt.CAPTION,
    )  # fmt: skip
