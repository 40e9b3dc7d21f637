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

__all__ = ["Coverage", "is_covered", "measure"]

CHECK: Final = "content"
_ALL: Final = 10_000
#: Media that somebody has to look at or listen to; a link is judged by its text and domain.
_WATCHED_BY_PEOPLE: Final = frozenset({MediaKind.IMAGE, MediaKind.AUDIO, MediaKind.VIDEO, MediaKind.UNKNOWN})
_DIGITS: Final = frozenset("0123456789")
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
    worded = [post for post in posts if _has_words(post.text)]
    uncovered = [post for post in worded if not is_covered(post, candidate.languages, lexicon)]
    media = [post for post in posts if post.media in _WATCHED_BY_PEOPLE]
    counts = {
        "posts": len(posts),
        "posts_with_words": len(worded),
        "covered_posts": len(worded) - len(uncovered),
        "posts_with_media": len(media),
        "shared_posts": sum(post.shared for post in posts),
        "unread_posts": candidate.unread_posts,
    }
    gaps = [
        *_amount_gaps(posts, worded, settings),
        *_unread_gaps(candidate),
        *_media_gaps(posts, media),
        *_language_gaps(candidate, worded, lexicon),
        *_script_gaps(candidate, uncovered, lexicon),
        *_account_gaps(candidate.accounts),
    ]
    # A post that could not be read may be in any language: it counts as one that nothing covers.
    share = _ALL * counts["covered_posts"] // (len(worded) + candidate.unread_posts) if worded else 0
    counts["covered_bp"] = share
    if not posts or not worded or share < settings.coverage_minimum_bp:
        status = CheckStatus.UNKNOWN
    else:
        status = CheckStatus.PARTIAL if gaps else CheckStatus.DONE
    return Coverage(counts, tuple(gaps), status)


def _has_words(text: str) -> bool:
    """Whether anything but digits is there to read; folding writes the digits of all scripts as those of ASCII."""
    return any(is_word(char) and char not in _DIGITS for char in fold(text))


def _declared(post: Post, languages: Sequence[str]) -> tuple[str, ...]:
    return (post.language,) if post.language else tuple(languages)


def is_covered(post: Post, languages: Sequence[str], lexicon: Lexicon) -> bool:
    """Whether terms apply to a post's main script in a language that it or the candidate declares."""
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
    by_words, with_words = (sum(post.media not in _WATCHED_BY_PEOPLE for post in some) for some in (posts, worded))
    empty = by_words - with_words
    if empty:
        yield _gap("content.empty_posts", GapOwner.CANDIDATE, {"empty": empty, "posts": len(posts)})


def _unread_gaps(candidate: Candidate) -> Iterator[Gap]:
    """Posts that were handed in and could not be read: whoever handed them in did their part."""
    if candidate.unread_posts:
        params: dict[str, int | str] = {"unread": candidate.unread_posts, "posts": len(candidate.posts)}
        yield _gap("content.posts_unread", GapOwner.OURS, params)


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


def _script_gaps(candidate: Candidate, uncovered: Sequence[Post], lexicon: Lexicon) -> Iterator[Gap]:
    """Scripts without any terms, and scripts with terms in none of the languages that are declared.

    The second happens where a declared language is known to be written in a script and has its terms in another
    (``hi-Latn`` for a post in Devanagari): other languages' terms would be a guess.
    """
    known = {item.script for item in lexicon.languages}
    counts: dict[tuple[str, str], int] = {}
    for post in uncovered:
        script = scripts_in(fold(post.text))[0]
        if script not in known:
            told = ("content.script_not_covered", script)
        elif _language_says_so(post, script, candidate.languages, lexicon):
            continue
        else:
            told = ("content.script_undeclared", script)
        counts[told] = counts.get(told, 0) + 1
    for code, script in sorted(counts):
        yield _gap(code, GapOwner.OURS, {"script": script, "posts": counts[code, script]})


def _language_says_so(post: Post, script: str, languages: Sequence[str], lexicon: Lexicon) -> bool:
    """Whether the gap of a declared language without terms is about the post already."""
    without = [language for language in _declared(post, languages) if not lexicon.covers(language)]
    return post.language in without or any(script in lexicon.scripts_of(language) for language in without)


def _account_gaps(accounts: Sequence[Account]) -> Iterator[Gap]:
    for account in accounts:
        exported = account.handle_in_export
        if exported is not None and _handle(exported) != _handle(account.handle):
            yield _gap(
                "content.account_not_proven",
                GapOwner.CANDIDATE,
                {"platform": account.platform, "declared": account.handle, "exported": exported or "?"},
                (Function.ICT,),
            )


def _handle(text: str) -> str:
    return fold(text).strip().lstrip("@")


def _gap(code: str, owner: GapOwner, params: dict[str, int | str], functions: tuple[Function, ...] = _READERS) -> Gap:
    return Gap(code=code, check=CHECK, owner=owner, params=params, functions=functions)
