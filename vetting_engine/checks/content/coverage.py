"""What of a profile was read, and what was not: gaps with their owner. Silence is not innocence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from vetting_engine.checks.content.documents import ContentSettings
from vetting_engine.checks.content.lexicon import Lexicon
from vetting_engine.model.candidate import Account, Candidate, MediaKind, Post
from vetting_engine.model.finding import CheckStatus, Function, Gap, GapOwner
from vetting_engine.text.fold import fold
from vetting_engine.text.scripts import is_word, scripts_in

__all__ = ["Coverage", "measure"]

CHECK: Final = "content"
_ALL: Final = 10_000
#: Media that somebody has to look at or listen to; a link is judged by its text and domain.
_WATCHED_BY_PEOPLE: Final = frozenset({MediaKind.IMAGE, MediaKind.AUDIO, MediaKind.VIDEO, MediaKind.UNKNOWN})
_READERS: Final = (Function.PROTECTION, Function.PUBLIC_INFORMATION)


@dataclass(slots=True)
class Coverage:
    """Counts over a profile's texts, and the gaps they show."""

    counts: dict[str, int] = field(default_factory=dict)
    gaps: tuple[Gap, ...] = ()
    status: CheckStatus = CheckStatus.DONE


def measure(candidate: Candidate, lexicon: Lexicon, settings: ContentSettings) -> Coverage:
    """How much of what the candidate publishes the terms cover.

    A text is covered where terms apply to its main script in a language that it or the candidate declares. The
    check is ``unknown`` where nothing was there to read or too small a share was covered, ``partial`` where
    anything else was missing.
    """
    posts = candidate.posts
    worded = [post for post in posts if any(map(is_word, fold(post.text)))]
    uncovered = [post for post in worded if not _covered(post, candidate.languages, lexicon)]
    media = [post for post in posts if post.media in _WATCHED_BY_PEOPLE]
    counts = {
        "posts": len(posts),
        "posts_with_words": len(worded),
        "covered_posts": len(worded) - len(uncovered),
        "posts_with_media": len(media),
        "shared_posts": sum(post.shared for post in posts),
    }
    gaps = [
        *_amount_gaps(posts, worded, settings),
        *_media_gaps(posts, media),
        *_language_gaps(candidate, worded, lexicon),
        *_script_gaps(uncovered, lexicon),
        *_account_gaps(candidate.accounts),
    ]
    share = _ALL * counts["covered_posts"] // len(worded) if worded else 0
    counts["covered_bp"] = share
    if not posts or not worded or share < settings.coverage_minimum_bp:
        status = CheckStatus.UNKNOWN
    else:
        status = CheckStatus.PARTIAL if gaps else CheckStatus.DONE
    return Coverage(counts, tuple(gaps), status)


def _declared(post: Post, languages: Sequence[str]) -> tuple[str, ...]:
    return (post.language,) if post.language else tuple(languages)


def _covered(post: Post, languages: Sequence[str], lexicon: Lexicon) -> bool:
    scripts = scripts_in(fold(post.text))
    if not scripts:
        return True  # digits and signs only: there are no words to read
    declared = _declared(post, languages)
    if post.language and not lexicon.covers(post.language):
        return False
    applied = {item.script for item in lexicon.applicable(post.text, declared)}
    return scripts[0] in applied


def _amount_gaps(posts: Sequence[Post], worded: Sequence[Post], settings: ContentSettings) -> Iterator[Gap]:
    if not posts:
        yield _gap("content.no_posts", GapOwner.CANDIDATE, {"minimum": settings.minimum_posts})
        return
    if len(posts) < settings.minimum_posts:
        yield _gap(
            "content.too_few_posts", GapOwner.CANDIDATE, {"posts": len(posts), "minimum": settings.minimum_posts}
        )
    empty = [post for post in posts if post not in worded and post.media is MediaKind.NONE]
    if empty:
        yield _gap("content.empty_posts", GapOwner.CANDIDATE, {"empty": len(empty), "posts": len(posts)})


def _media_gaps(posts: Sequence[Post], media: Sequence[Post]) -> Iterator[Gap]:
    """Nobody has watched or heard them: every one counts, whatever its caption says."""
    for kind in (MediaKind.VIDEO, MediaKind.AUDIO, MediaKind.IMAGE, MediaKind.UNKNOWN):
        unwatched = sum(1 for post in media if post.media is kind)
        if unwatched:
            yield _gap(
                "content.media_unwatched",
                GapOwner.OURS,
                {"media": str(kind), "unwatched": unwatched, "of": unwatched, "posts": len(posts)},
            )


def _language_gaps(candidate: Candidate, worded: Sequence[Post], lexicon: Lexicon) -> Iterator[Gap]:
    declared = {*candidate.languages, *(post.language for post in worded if post.language)}
    for language in sorted(declared):
        if not lexicon.covers(language):
            posts = sum(1 for post in worded if post.language == language)
            yield _gap("content.language_not_covered", GapOwner.OURS, {"language": language, "posts": posts})


def _script_gaps(uncovered: Sequence[Post], lexicon: Lexicon) -> Iterator[Gap]:
    known = {item.script for item in lexicon.languages}
    counts: dict[str, int] = {}
    for post in uncovered:
        script = scripts_in(fold(post.text))[0]
        if script not in known:
            counts[script] = counts.get(script, 0) + 1
    for script in sorted(counts):
        yield _gap("content.script_not_covered", GapOwner.OURS, {"script": script, "posts": counts[script]})


def _account_gaps(accounts: Sequence[Account]) -> Iterator[Gap]:
    for account in accounts:
        exported = account.handle_in_export
        if exported is not None and _handle(exported) != _handle(account.handle):
            yield _gap(
                "content.account_not_proven",
                GapOwner.CANDIDATE,
                {"platform": account.platform, "declared": account.handle, "exported": exported},
                (Function.ICT,),
            )


def _handle(text: str) -> str:
    return fold(text).strip().lstrip("@")


def _gap(code: str, owner: GapOwner, params: dict[str, int | str], functions: tuple[Function, ...] = _READERS) -> Gap:
    return Gap(code=code, check=CHECK, owner=owner, params=params, functions=functions)
