"""Telegram Desktop, export of a channel as JSON: ``result.json``.

Only public channels are read. Private chats and groups hold other people's words: they are refused, and of an export
of a whole account nothing else is looked at. The export names a channel by its title, so it cannot show by itself
that a handle belongs to it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from vetting_engine.errors import Fault, Location
from vetting_engine.intake.platforms._posts import Collected, kind_of, text_of, time_of, whole_number
from vetting_engine.model.candidate import MediaKind
from vetting_engine.protocols import ExportedAccount, ExportFile, ExportRead

__all__ = ["PLUGIN", "TelegramExport"]

_PUBLIC: Final = "public_channel"
_CHAT: Final = re.compile(rb'"type"\s*:\s*"[a-z_]+"')
_MESSAGES: Final = re.compile(rb'"messages"\s*:\s*\[')
_ACCOUNT: Final = re.compile(rb'"(?:personal_information|chats|left_chats)"\s*:\s*\{')
#: ``media_type`` of a message → what it carries.
_MEDIA: Final = MappingProxyType(
    {
        "voice_message": MediaKind.AUDIO,
        "audio_file": MediaKind.AUDIO,
        "video_file": MediaKind.VIDEO,
        "video_message": MediaKind.VIDEO,
        "animation": MediaKind.VIDEO,
        "sticker": MediaKind.IMAGE,
    }
)
_MIME: Final = MappingProxyType({"image": MediaKind.IMAGE, "audio": MediaKind.AUDIO, "video": MediaKind.VIDEO})


class TelegramExport:
    """A channel by itself, or the public channels of an export of an account."""

    name: Final = "telegram"
    allowed: Final = ("result*.json", "telegram*.json")

    def recognises(self, head: bytes, path: Path) -> bool:  # noqa: ARG002  # judged by content
        """A chat with its type and messages, or an account with its chats."""
        return bool((_CHAT.search(head) and _MESSAGES.search(head)) or _ACCOUNT.search(head))

    def read(self, files: Sequence[ExportFile], zone: str | None = None) -> ExportRead:
        """The posts of the channels in all files."""
        collected = Collected(self.name, zone)
        accounts = [account for file in files for account in _accounts(file, collected)]
        return ExportRead(tuple(accounts), collected.said(), collected.unread)


PLUGIN: Final = TelegramExport()


def _accounts(file: ExportFile, collected: Collected) -> Iterator[ExportedAccount]:
    document = collected.document(file)
    if document is None:
        return
    left = 0
    for field, chat in _chats(document.value):
        at = Location(file.file, field=field)
        if not isinstance(chat, dict) or not isinstance(chat.get("messages"), list):
            collected.lose("export.unexpected", at)
        elif chat.get("type") == _PUBLIC:
            yield _channel(chat, at, collected, sound=document.sound)
        elif field:
            left += 1
        else:
            kind = text_of(chat.get("type"))[:40] or "?"
            collected.faults.append(Fault("telegram.not_public", at, {"kind": kind}))
    if left:
        collected.warn("telegram.chats_left", Location(file.file), count=left)


def _chats(root: Any) -> list[tuple[str, Any]]:  # noqa: ANN401  # any JSON value
    """The chats of an export with their places: itself, or those of an account. Chats that were left are not read."""
    if isinstance(root, dict) and "messages" not in root and isinstance(root.get("chats"), dict):
        listed = root["chats"].get("list")
        return [(f"chats.list[{index}]", chat) for index, chat in enumerate(listed if isinstance(listed, list) else ())]
    return [("", root)]


def _channel(chat: dict[str, Any], at: Location, collected: Collected, *, sound: bool) -> ExportedAccount:
    title, number = text_of(chat.get("name")), whole_number(chat.get("id"))
    first = len(collected.posts)
    for index, message in enumerate(chat["messages"]):
        place = Location(at.file, field=f"{at.field}.messages[{index}]".lstrip("."))
        if isinstance(message, dict) and message.get("type") == "service":
            continue
        if not isinstance(message, dict) or message.get("type") != "message":
            collected.lose("export.item_unreadable", place)  # also a kind this export could not write ("unsupported")
            continue
        time = time_of(message.get("date_unixtime")) or time_of(message.get("date"), collected.zone)
        kind, count = _media(message)
        shared = _is_forwarded(message, title)
        collected.add(
            message, place, sound=sound, id=f"telegram:{number or title}:{message.get('id')}", text=_text(message),
            time=time, media=kind, media_count=count, shared=shared, own_words=not shared,
            links=_links(message),
        )  # fmt: skip
    posts = tuple(collected.posts[first:])
    names = (str(number), f"channel{number}", f"-100{number}") if number is not None else ()
    return ExportedAccount("telegram", title, posts, names)


def _text(message: dict[str, Any]) -> str:
    """The text, be it one or in parts, then a poll's question and answers: the owner's words all."""
    written = message.get("text")
    parts = written if isinstance(written, list) else [written]
    text = "".join(text_of(part.get("text")) if isinstance(part, dict) else text_of(part) for part in parts)
    poll = message.get("poll")
    if not isinstance(poll, dict):
        return text
    answers = poll.get("answers")
    said = [poll.get("question"), *(item.get("text") for item in _dicts(answers))]
    return "\n".join(filter(None, [text, *map(text_of, said)]))


def _links(message: dict[str, Any]) -> list[str]:
    found: list[str] = []
    for part in _dicts(message.get("text")):
        if part.get("type") == "link":
            found.append(text_of(part.get("text")))
        elif part.get("type") == "text_link":
            found.append(text_of(part.get("href")))
    return found


def _media(message: dict[str, Any]) -> tuple[MediaKind, int]:
    if "photo" in message:
        return MediaKind.IMAGE, 1
    if "file" not in message and "media_type" not in message:
        return MediaKind.NONE, 0
    main = text_of(message.get("mime_type")).split("/", 1)[0]
    by_name = kind_of([text_of(message.get("file_name")) or text_of(message.get("file"))])[0]
    return _MEDIA.get(text_of(message.get("media_type"))) or _MIME.get(main) or by_name, 1


def _is_forwarded(message: dict[str, Any], title: str) -> bool:
    """Whether the text is somebody else's. The source may be null (a deleted account); a channel that passes on what
    it said itself says it again.
    """
    if "forwarded_from" not in message and "forwarded_from_id" not in message:
        return False
    source = message.get("forwarded_from_id")
    if source is not None:
        return bool(source != message.get("from_id"))
    return bool(message.get("forwarded_from") != title)


def _dicts(value: Any) -> Iterator[dict[str, Any]]:  # noqa: ANN401  # any JSON value
    return (item for item in (value if isinstance(value, list) else ()) if isinstance(item, dict))
