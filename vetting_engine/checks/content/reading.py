"""Which texts and media a gap of this check is about, so that people can read, watch or hear a sample of them."""

from __future__ import annotations

from collections.abc import Iterator
from types import MappingProxyType
from typing import Final

from vetting_engine.model.candidate import Candidate, Post
from vetting_engine.model.finding import Gap
from vetting_engine.model.reading import ReadItem
from vetting_engine.text.fold import fold
from vetting_engine.text.scripts import scripts_in

__all__ = ["about", "to_read"]

#: Gap → what it is about, and the parameter that says which.
_ABOUT: Final = MappingProxyType(
    {
        "content.language_not_covered": ("language", "language"),
        "content.script_not_covered": ("script", "script"),
        "content.script_undeclared": ("script", "script"),
        "content.media_unwatched": ("media", "media"),
    }
)


def about(gap: Gap) -> str | None:
    """What a gap is about, such as ``language:rhg``; None for a gap that reading does not close."""
    kind, param = _ABOUT.get(gap.code, ("", ""))
    return f"{kind}:{gap.params[param]}" if kind and param in gap.params else None


def to_read(candidate: Candidate, subject: str) -> tuple[ReadItem, ...]:
    """Everything such a gap is about, in order of source.

    Of a language: the words said to be in it, and those of which nobody says what they are in, because they may be; if
    there are none, all words, to see whether any are. Of a script: the words mainly written in it. Of media: each
    post that carries them, with its caption.
    """
    kind, _, value = subject.partition(":")
    words, media = list(_words(candidate)), [post for post in candidate.posts if post.media.value == value]
    if kind == "media":
        items = [
            ReadItem(source_id=post.id, where=str(post.kind), text=post.text, media=value, find=_place(post))
            for post in media
        ]
    elif kind == "script":
        items = [item for item, _ in words if scripts_in(fold(item.text))[:1] == (value,)]
    else:
        untold = value in candidate.languages
        items = [item for item, language in words if language == value or (language is None and untold)]
        items = items or [item for item, _ in words]
    return tuple(sorted(items, key=lambda item: (item.where, item.source_id)))


def _words(candidate: Candidate) -> Iterator[tuple[ReadItem, str | None]]:
    """Texts with letters in them, and the language each is said to be in."""
    for post in candidate.posts:
        if scripts_in(fold(post.text)):
            yield ReadItem(source_id=post.id, where=str(post.kind), text=post.text), post.language
    for account in candidate.accounts:
        if account.bio and scripts_in(fold(account.bio)):
            yield ReadItem(source_id=f"{account.platform}/{account.handle}", where="bio", text=account.bio), None


def _place(post: Post) -> str:
    day = post.time.date().isoformat() if post.time else None
    return " ".join(part for part in (post.platform, post.handle, day, post.id) if part)
