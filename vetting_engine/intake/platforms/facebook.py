"""Facebook's download of one's own data as JSON, older and newer layouts.

Only the owner's posts and videos on their own profile, and of the profile its name and description. Posts of others
on it, groups, comments and messages are never opened. The download does not say who could see a post.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from vetting_engine.errors import Location
from vetting_engine.intake.platforms._meta import objects, repaired, uris
from vetting_engine.intake.platforms._posts import Collected, kind_of, moment, short_digest, text_of, time_of
from vetting_engine.model.candidate import MediaKind
from vetting_engine.protocols import ExportedAccount, ExportFile, ExportRead

__all__ = ["PLUGIN", "FacebookExport"]

_POSTS: Final = tuple(
    f"{folder}posts/{name}"
    for folder in ("your_facebook_activity/", "your_activity_across_facebook/", "")
    for name in (
        "your_posts_[0-9]*.json",
        "your_posts.json",
        "your_posts__check_ins__photos_and_videos_[0-9]*.json",
        "your_videos.json",
        "your_uncategorized_photos.json",
    )
)
_PROFILE: Final = tuple(
    f"{folder}profile_information/profile_information.json"
    for folder in ("", "personal_information/", "your_facebook_activity/")
)
#: What a document that is no list keeps its posts under.
_LISTS: Final = ("status_updates", "videos_v2", "videos", "other_photos_v2", "other_photos")
_PROFILES: Final = ("profile_v2", "profile", "profile_information_v2")
#: A description in the account's own words, by the names it had over the years.
_BIO: Final = ("intro_bio", "about_me")
_CONTENT: Final = re.compile(
    rb'"(?:timestamp|creation_timestamp|status_updates|videos_v2|videos|other_photos_v2|profile_v2|profile)"\s*:'
)  # fmt: skip
#: "… shared a post", in the languages the product's titles are met in here.
_SHARED: Final = re.compile(" shared an? | a partagé | compartió |شارك")


class FacebookExport:
    """A download as folder or archive, whole or in the parts it comes in."""

    name: Final = "facebook"
    allowed: Final = (*_POSTS, *_PROFILE)

    def recognises(self, head: bytes, path: Path) -> bool:  # noqa: ARG002  # judged by content
        """Posts with times, or a profile."""
        return bool(_CONTENT.search(head))

    def read(self, files: Sequence[ExportFile], zone: str | None = None) -> ExportRead:
        """Posts and description of the owner."""
        collected = Collected(self.name, zone)
        profile: dict[str, Any] = {}
        for file in files:
            document = collected.document(file)
            if document is None:
                continue
            value = repaired(document.value)
            if file.pattern in _PROFILE:
                profile = _profile(value) or profile
                continue
            listed = _listed(value)
            if listed is None:
                collected.lose("export.unexpected", Location(file.file))
                continue
            for index, item in enumerate(listed):
                _add(item, Location(file.file, field=f"[{index}]"), collected, sound=document.sound)
        account = _account(profile, collected)
        return ExportRead((account,), collected.said(), collected.unread)


PLUGIN: Final = FacebookExport()


def _listed(value: Any) -> list[Any] | None:  # noqa: ANN401  # any JSON value
    if isinstance(value, dict):
        if "timestamp" in value:
            return [value]  # a single post is not put into a list
        value = next((value[name] for name in _LISTS if name in value), None)
    return value if isinstance(value, list) else None


def _profile(value: Any) -> dict[str, Any]:  # noqa: ANN401  # any JSON value
    found = (value.get(name) for name in _PROFILES) if isinstance(value, dict) else ()
    return next((item for item in found if isinstance(item, dict)), {})


def _account(profile: dict[str, Any], collected: Collected) -> ExportedAccount:
    name = profile.get("name")
    full = text_of(name.get("full_name")) if isinstance(name, dict) else text_of(name)
    page = text_of(profile.get("profile_uri")).rstrip("/").rsplit("/", 1)[-1].removeprefix("profile.php?id=")
    username = text_of(profile.get("username"))
    handle = username or page or full
    bios = [profile.get(name) for name in _BIO]
    bio = "\n".join(filter(None, (text_of(said.get("name")) if isinstance(said, dict) else text_of(said)
                                  for said in bios)))  # fmt: skip
    posts = tuple(collected.posts)
    others = tuple(dict.fromkeys(other for other in (page, full) if other and other != handle))
    return ExportedAccount("facebook", handle, posts, others, bio or None)


def _add(item: Any, at: Location, collected: Collected, *, sound: bool) -> None:  # noqa: ANN401  # any JSON value
    if not isinstance(item, dict):
        collected.lose("export.item_unreadable", at)
        return
    parts = list(_attached(item))
    media = [inner for part in parts if isinstance(inner := part.get("media"), dict)]
    if "uri" in item:
        media.append(item)  # lists of photos and videos hold the media themselves
    links = [text_of(inner.get("url")) for part in parts if isinstance(inner := part.get("external_context"), dict)]
    own = [text_of(said.get("post")) for said in objects(item.get("data"))]
    described = [text_of(one.get("description")) for one in media]
    text = "\n".join(dict.fromkeys(filter(None, (*own, *described))))
    kind, count = kind_of(uris(iter(media)))
    if kind is MediaKind.NONE and links:
        kind, count = MediaKind.LINK, 1
    shared = bool(links) or bool(_SHARED.search(text_of(item.get("title"))))
    taken = item.get("timestamp") or item.get("creation_timestamp")
    time = time_of(taken)
    names = [path.rsplit("/", 1)[-1] for path in uris(iter(media))]
    collected.add(
        item, at, sound=sound, id=f"facebook:{moment(taken)}:{short_digest(*names, *links, text)}", text=text,
        time=time, media=kind, media_count=count, shared=shared, own_words=bool(text) or not shared, links=links,
    )  # fmt: skip


def _attached(item: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for attachment in objects(item.get("attachments")):
        yield from objects(attachment.get("data"))
