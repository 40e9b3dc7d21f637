"""Brings what exports show of accounts to the accounts a candidate declared."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Final

from vetting_engine.errors import Fault, Location
from vetting_engine.model import limits
from vetting_engine.model.candidate import Account, Post
from vetting_engine.protocols import ExportedAccount
from vetting_engine.text.fold import fold

__all__ = ["Merged", "merge_accounts"]

#: What people call a platform on a form → the name its reader has.
_PLATFORMS: Final = MappingProxyType(
    {
        "twitter": "x", "x (twitter)": "x", "x/twitter": "x", "ig": "instagram", "insta": "instagram",
        "fb": "facebook", "tik tok": "tiktok", "youtube channel": "youtube", "telegram channel": "telegram",
    }
)  # fmt: skip
_MAX_ACCOUNTS: Final = 50
_MAX_NAME: Final = 200
#: As the model has it: there are not more people.
_MAX_FOLLOWERS: Final = 10_000_000_000
#: Control characters, and halves of characters that stand alone.
_UNSEEN: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]")


@dataclass(slots=True)
class Merged:
    """Accounts as declared with what exports say of them, the posts that count, and what was left out."""

    accounts: list[Account]
    posts: list[Post] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    unread: int = 0


def merge_accounts(
    declared: Sequence[Account], exported: Sequence[ExportedAccount], languages: Sequence[str], file: str
) -> Merged:
    """One export brought to the accounts of its candidate.

    An account is found by any of its names, else it is the next of its platform that no export has shown yet; then
    ``handle_in_export`` differs from ``handle``, which the content check makes a gap. Where one export holds several
    accounts, only those declared by name are the candidate's. What a platform guessed a post is written in only
    counts where the candidate declares that language: guesses know no Somali, and would hide it from its terms.
    """
    merged = Merged(list(declared))
    several = len(exported) > 1
    for account in map(_clean, exported):
        if not account.platform:
            merged.posts += account.posts
            continue
        place = _named(merged.accounts, account)
        if several and place is None:
            merged.faults.append(Fault("export.account_not_declared", Location(file), _params(account)))
            merged.unread += len(account.posts)
            continue
        if place is None:
            place = _next(merged.accounts, account)
        if place is None and len(merged.accounts) < _MAX_ACCOUNTS:
            merged.faults.append(Fault("export.account_added", Location(file), _params(account), severity="warning"))
            merged.accounts.append(Account(platform=account.platform, handle=account.handle))
            place = len(merged.accounts) - 1
        if place is not None:
            merged.accounts[place] = _shown(merged.accounts[place], account)
        merged.posts += [_post(post, account, languages) for post in account.posts]
    return merged


def _params(account: ExportedAccount) -> dict[str, str | int]:
    return {"platform": account.platform, "handle": account.handle[:40], "posts": len(account.posts)}


def _platform(text: str) -> str:
    name = fold(text).strip()
    return _PLATFORMS.get(name, name)


def _handle(text: str) -> str:
    return fold(text).strip().lstrip("@")


def _named(accounts: Sequence[Account], exported: ExportedAccount) -> int | None:
    names = {_handle(name) for name in (exported.handle, *exported.names) if name}
    return next(
        (index for index, account in enumerate(accounts)
         if _platform(account.platform) == exported.platform and _handle(account.handle) in names), None
    )  # fmt: skip


def _next(accounts: Sequence[Account], exported: ExportedAccount) -> int | None:
    same = [index for index, account in enumerate(accounts) if _platform(account.platform) == exported.platform]
    unseen = [index for index in same if accounts[index].handle_in_export is None] if exported.handle else []
    return next(iter([*unseen, *same]), None)


def _shown(account: Account, exported: ExportedAccount) -> Account:
    """The account with what the export says of it. A bio of the form stays beside another one of the export."""
    same = next((name for name in exported.names if _handle(name) == _handle(account.handle)), exported.handle)
    bios = dict.fromkeys(filter(None, (account.bio, exported.bio)))
    return account.model_copy(
        update={
            # A further part of a download need not name its owner again; where no part does, that is said.
            "handle_in_export": same or account.handle_in_export or "",
            "exported_on": exported.exported_on or account.exported_on,
            "bio": "\n".join(bios)[: limits.MAX_FIELD_CHARS] or None,
            "followers": exported.followers if exported.followers is not None else account.followers,
        }
    )


def _post(post: Post, account: ExportedAccount, languages: Sequence[str]) -> Post:
    language = post.language
    if account.guessed_languages and language not in {spoken.split("-", 1)[0] for spoken in languages}:
        language = None
    return post.model_copy(update={"handle": account.handle or None, "language": language})


def _clean(account: ExportedAccount) -> ExportedAccount:
    """What an export says of an account, without what no record could hold."""
    followers = account.followers
    return replace(
        account,
        handle=_text(account.handle)[:_MAX_NAME],
        names=tuple(_text(name)[:_MAX_NAME] for name in account.names),
        bio=_text(account.bio or "")[: limits.MAX_FIELD_CHARS] or None,
        followers=followers if followers is not None and followers <= _MAX_FOLLOWERS else None,
    )


def _text(text: str) -> str:
    return _UNSEEN.sub("\ufffd", text)
