"""Texts in which nothing should be found: news by the sentence, innocent words, quoted and counter speech."""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from benchmarks import _suites
from benchmarks.content import hateful
from vetting_engine.checks.content import Scanner
from vetting_engine.checks.content.coverage import is_covered
from vetting_engine.model.candidate import Post

__all__ = ["ABOUT", "NAME", "innocent", "measure", "news", "posts_of", "quotes", "run"]

NAME = "content-benign"
ABOUT = "benign texts flagged: news by headline and sentence; innocent words; quoted and counter speech"
#: Sentences end at these marks with white space after them, or at a line break: Latin, Arabic, Urdu, Ethiopic,
#: Burmese, Devanagari.
_END = re.compile("(?<=[.!?\u061f\u06d4\u1362\u1367\u1368\u104b\u0964])[\"'\u201d\u00bb)]*\\s+|\\s*\\n+\\s*")


def posts_of(articles: Iterable[Mapping[str, object]]) -> Iterator[str]:
    """Each headline and each sentence of each text is one post; empty ones are left out."""
    for article in articles:
        yield from filter(None, [str(article.get("headline") or "").strip()])
        yield from (piece.strip() for piece in _END.split(str(article.get("text") or "")) if piece.strip())


def measure(posts: Iterable[str], scanner: Scanner, language: str, shown: int = 50) -> dict[str, object]:
    """How many posts of a benign collection are flagged.

    Keys:
        posts: how many there are.
        covered: share of them that the pack's terms cover (main script, declared language).
        flagged: share of the covered ones with any finding above ``nothing_found`` or a support finding;
            ``unknown`` where nothing is covered, since silence is not innocence.
        by_category: how many posts each category was found in.
        false_alerts: the first ``shown`` of them with what was found.
    """
    total = covered = flagged = 0
    by_category: dict[str, int] = {}
    listed: list[dict[str, object]] = []
    for text in posts:
        total += 1
        if not is_covered(Post(id="benign", text=text, language=language), (), scanner.lexicon):
            continue
        covered += 1
        found = _suites.found_in(scanner, text, language)
        flagged += bool(found)
        for name in found:
            by_category[name] = by_category.get(name, 0) + 1
        if found and len(listed) < shown:
            listed.append({"found": dict(sorted(found.items())), "text": text})
    return {
        "language": language,
        "posts": total,
        "covered": _suites.share(covered, total),
        "flagged": _suites.share(flagged, covered) if covered else "unknown",
        "by_category": dict(sorted(by_category.items())),
        "false_alerts": listed,
    }


def news(scanner: Scanner, rows: Sequence[Mapping[str, str]]) -> dict[str, dict[str, object]]:
    """Language → :func:`measure` of the committed news in it; each row is one headline or sentence, thus one post."""
    by_language: dict[str, list[str]] = {}
    for row in rows:
        by_language.setdefault(row["language"], []).append(row["text"])
    return {language: measure(by_language[language], scanner, language) for language in sorted(by_language)}


def innocent(scanner: Scanner, rows: Sequence[Mapping[str, str]]) -> dict[str, object]:
    """Words that contain or look like terms: ``flagged`` as above, over the words of covered languages."""
    covered = [row for row in rows if scanner.lexicon.covers(row["language"])]
    found = [(row, _suites.found_in(scanner, row["text"], row["language"])) for row in covered]
    return {
        "words": len(rows),
        "covered": _suites.share(len(covered), len(rows)),
        "flagged": _suites.share(sum(bool(what) for _, what in found), len(covered)),
        "by_language": _by(found, "language"),
        "false_alerts": [{**row, "found": dict(sorted(what.items()))} for row, what in found if what],
    }


def quotes(scanner: Scanner, rows: Sequence[Mapping[str, str]]) -> dict[str, object]:
    """Quoted, countered, negated and reclaimed abuse and mentions of identities.

    ``flagged`` is the share with a hate or incitement finding at ``needs_review`` or above, over the rows of
    covered languages; ``by_kind`` and ``by_language`` likewise.
    """
    covered = [row for row in rows if scanner.lexicon.covers(row["language"])]
    found = [(row, hateful(scanner, row["text"], row["language"])) for row in covered]
    return {
        "texts": len(rows),
        "covered": _suites.share(len(covered), len(rows)),
        "flagged": _suites.share(sum(bool(what) for _, what in found), len(covered)),
        "by_kind": _by(found, "kind"),
        "by_language": _by(found, "language"),
        "false_alerts": [dict(row) for row, what in found if what],
    }


def _by(found: Sequence[tuple[Mapping[str, str], object]], column: str) -> dict[str, float]:
    tallies: dict[str, tuple[int, int]] = {}
    for row, what in found:
        flagged, total = tallies.get(row[column], (0, 0))
        tallies[row[column]] = (flagged + bool(what), total + 1)
    return _suites.shares(tallies)


def run(args: Sequence[str]) -> dict[str, object]:
    """``--texts FILE.jsonl --language xx``; without them the committed innocent words, news and quotations."""
    parser = argparse.ArgumentParser(prog="benchmarks content-benign", description=ABOUT)
    parser.add_argument("--texts", type=Path, help="JSONL with headline and text")
    parser.add_argument("--language", help="BCP 47 tag the texts are in")
    parser.add_argument("--pack", default=_suites.PACK)
    options = parser.parse_args(args)
    scanner = _suites.scanner(options.pack)
    if options.texts is None:
        return {
            "innocent": innocent(scanner, _suites.read_table(_suites.SUITES / "innocent.csv")),
            "news": news(scanner, _suites.read_table(_suites.SUITES / "news.csv")),
            "quotes": quotes(scanner, _suites.read_table(_suites.SUITES / "quotes.csv")),
        }
    if not options.language:
        parser.error("--texts needs --language")
    with options.texts.open(encoding="utf-8-sig") as file:
        articles = [json.loads(line) for line in file if line.strip()]
    return measure(posts_of(articles), scanner, options.language)
