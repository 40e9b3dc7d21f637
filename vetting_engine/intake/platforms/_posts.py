"""Items of an export to posts: one bad item is a fault and an unread post, and the rest goes on."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from types import MappingProxyType
from typing import Any, Final

from pydantic import ValidationError

from vetting_engine import canonical
from vetting_engine.errors import Fault, InputError, Location
from vetting_engine.intake._faults import Place, faults_of
from vetting_engine.intake._posts import domains_of, zone_of
from vetting_engine.intake.platforms._documents import Document, flaw_of, load
from vetting_engine.model.candidate import MediaKind, Post
from vetting_engine.protocols import ExportFile

__all__ = ["Collected", "kind_of", "moment", "short_digest", "text_of", "time_of", "whole_number"]

_CONTROL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")
#: Of an integer that SQL and JavaScript know, at most.
_MAX_DIGITS: Final = 19
_LINK: Final = re.compile(r"(?:https?://|www\.)[^\s<>\"'()]+", re.IGNORECASE)
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
#: No post is older than its platform, and none is of the year 2200.
_LAST_SECOND: Final = 7_258_118_400
_ENDINGS: Final = MappingProxyType(
    {
        MediaKind.IMAGE: ("jpg", "jpeg", "png", "webp", "heic", "gif"),
        MediaKind.VIDEO: ("mp4", "mov", "webm", "m4v", "mkv", "avi", "3gp", "srt"),
        MediaKind.AUDIO: ("mp3", "m4a", "aac", "ogg", "oga", "wav", "opus", "flac"),
    }
)
_BY_ENDING: Final = MappingProxyType({ending: kind for kind, endings in _ENDINGS.items() for ending in endings})
_GRAVEST: Final = (MediaKind.VIDEO, MediaKind.AUDIO, MediaKind.UNKNOWN, MediaKind.IMAGE)


@dataclass(slots=True)
class Collected:
    """What was gathered from the files of one export so far."""

    platform: str
    zone: str | None = None
    posts: list[Post] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    unread: int = 0
    untimed: Counter[str] = field(default_factory=Counter)

    def said(self) -> tuple[Fault, ...]:
        """All faults; of posts without a time only how many there are, by file."""
        untimed = [
            Fault("export.untimed", Location(file), {"count": count}, severity="warning")
            for file, count in sorted(self.untimed.items())
            if count
        ]
        return (*self.faults, *untimed)

    def document(self, file: ExportFile) -> Document | None:
        """The document of a file; None where it cannot be read, which is a fault and an unread post."""
        try:
            document = load(file)
        except InputError as error:
            self.faults += error.faults
            self.unread += 1
            return None
        self.faults += document.warnings
        return document

    def lose(self, code: str, at: Location, **params: str | int) -> None:
        """Name something that held posts and could not be read."""
        self.faults.append(Fault(code, at, params))
        self.unread += 1

    def warn(self, code: str, at: Location, **params: str | int) -> None:
        """Name something that an officer should know."""
        self.faults.append(Fault(code, at, params, severity="warning"))

    def add(self, item: Any, at: Location, *, sound: bool, **values: Any) -> None:  # noqa: ANN401  # JSON, Post's
        """The post of an item, with ``values`` for its fields; ``links`` are turned into their domains; without
        any given, those in the text are.
        """
        flaw = None if sound else flaw_of(item, at)
        if flaw is None and any(isinstance(value, str) and _CONTROL.search(value) for value in values.values()):
            flaw = Fault("post.control_character", at)
        if flaw is not None:
            self.faults.append(flaw)
            self.unread += 1
            return
        self.untimed[at.file] += values.get("time") is None
        values["link_domains"] = domains_of(values.pop("links", None) or _LINK.findall(values["text"]))
        try:
            self.posts.append(Post(platform=self.platform, **values))
        except ValidationError as error:
            refused = faults_of(error, Place(at.file, at.line), at.field)
            self.faults += [Fault(fault.code.replace("field.", "post."), fault.at, fault.params) for fault in refused]
            self.unread += 1


def time_of(value: object, zone: str | None = None) -> datetime | None:
    """A point in time: seconds since 1970 (a number or its digits), or ISO 8601; without an offset, in ``zone``.

    None where it is none, or where nobody says which offset it has.
    """
    if isinstance(value, str) and not value.strip().isascii():
        return None
    if isinstance(value, str) and not value.strip().isdigit():
        try:
            time = datetime.fromisoformat(value.strip())
        except ValueError:
            return None
        if time.tzinfo is None:
            declared = zone_of(zone) if zone else None
            return time.replace(tzinfo=declared) if declared else None
        return time
    seconds = whole_number(value)
    if seconds is None or seconds > _LAST_SECOND:
        return None
    return _EPOCH + timedelta(seconds=seconds)


def moment(value: object) -> str:
    """What tells posts of an export without ids apart, beside their content: their time as written."""
    return str(value) if isinstance(value, str | int) else ""


def whole_number(value: object) -> int | None:
    """A whole number that is not negative, also written in digits; None for anything else."""
    if isinstance(value, str) and value.strip().isascii() and value.strip().isdigit() and len(value) <= _MAX_DIGITS:
        return int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else None


def text_of(value: object) -> str:
    """A text; empty for anything else."""
    return value if isinstance(value, str) else ""


def kind_of(paths: Iterable[Any]) -> tuple[MediaKind, int]:
    """What a post with these media files carries, and how many: the kind that is hardest to check counts."""
    kinds = [_BY_ENDING.get(str(path).rsplit(".", 1)[-1].lower(), MediaKind.UNKNOWN) for path in paths]
    return next((kind for kind in _GRAVEST if kind in kinds), MediaKind.NONE), len(kinds)


def short_digest(*parts: str) -> str:
    """A name for content that has none in its export: the same again has the same."""
    data = canonical.dumps([part.encode("utf-8", "replace").hex() for part in parts])
    return canonical.digest(data).removeprefix(canonical.DIGEST_PREFIX)[:12]
