"""Signs: what they add on posts they were not made from, and making the shipped ones anew."""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Final, NamedTuple

from benchmarks import _suites
from vetting_engine.checks.content import Scanner
from vetting_engine.checks.content.documents import SignFile
from vetting_engine.checks.content.kinds import Flag
from vetting_engine.checks.content.lexicon import primary
from vetting_engine.model.ruleset import Ruleset
from vetting_engine.rulebook import find_pack, load_ruleset
from vetting_engine.workbench.sign_files import is_mostly, left_out, sign_file
from vetting_engine.workbench.weighing import Labelled

__all__ = ["ABOUT", "NAME", "kept_aside", "measure", "run", "weighed_posts"]

NAME = "content-signs"
ABOUT = "posts that signs were not made from: recall and look-alikes flagged with and without them; --write"
#: Rows of a suite, by their number from 1 in each file.
_ALL, _ODD, _EVEN = (1, 0), (1,), (0,)
#: The suites that the shipped signs are made from, and those that are kept aside to measure them. Nobody has read the
#: second either, so that they measure the lists as well.
_WEIGHED: Final[Mapping[str, tuple[int, ...]]] = {
    "cold": _ALL, "third": _ALL, "fourth": _ALL, "fifth": _ALL, "sixth": _ALL, "eighth": _ALL, "own": _ALL,
    "seventh": _ODD, "tenth": _ODD, "eleventh": _ODD, "twelfth": _ALL, "thirteenth": _ALL, "fourteenth": _ALL,
    "fifteenth": _ALL, "sixteenth": _ALL, "seventeenth": _ALL, "nineteenth": _ALL,
    "twentieth": _ALL, "twentyfirst": _ALL, "twentysecond": _ALL, "twentythird": _ALL,
    "twentyfourth": _ALL,
}  # fmt: skip
_KEPT_ASIDE: Final[Mapping[str, tuple[int, ...]]] = {
    "seventh": _EVEN, "ninth": _ALL, "tenth": _EVEN, "eleventh": _EVEN, "eighteenth": _ALL,
    "twentyfifth": _ALL,
}  # fmt: skip
#: Whole tables of all languages, to weigh with; a table without the column ``expect`` is of harmless texts.
_TABLES: Final = ("categories", "plain", "quotes", "innocent")
#: Suites of reports of news by headline and sentence, beside the table ``news`` and that of each suite.
_NARRATED: Final = ("twentysixth", "twentyseventh")


class _Made(NamedTuple):
    """A file of signs: whose posts it is made from are mostly in its script."""

    language: str
    script: str
    also: tuple[str, ...] = ()


_MADE: Final = (
    _Made("am", "Ethi"), _Made("ar", "Arab"), _Made("en", "Latn"), _Made("es", "Latn"), _Made("fa", "Arab"),
    _Made("fr", "Latn"), _Made("hi", "Deva"), _Made("hi-Latn", "Latn", ("ur-Latn",)), _Made("my", "Mymr"),
    _Made("om", "Latn"), _Made("ps", "Arab"), _Made("pt", "Latn"), _Made("ru", "Cyrl"), _Made("so", "Latn"),
    _Made("sw", "Latn"), _Made("ti", "Ethi"), _Made("uk", "Cyrl"), _Made("ur", "Arab"),
)  # fmt: skip
#: Points asked for beyond as likely as not. Chosen by the twenty-second and twenty-third suites, left out of the
#: making, so that one more would cost each topic about as many finds for every harmless text spared, five or so: a few
#: words tell an offer of passage from anything harmless, and nothing but the whole tells distress from a sad story.
#: Then two points were taken off what sentences of news hardly ever set off (exploitation, trafficking, doxxing, fraud,
#: endorsement), one off extremism and support; and one off all but incitement, when news was weighed and told as such:
#: news makes everything harmful the rarer, by about as much.
_SURER_BY: Final[Mapping[str, int]] = {
    "incitement": 5, "extremism": 2, "exploitation": 0, "trafficking": 3, "doxxing": 2, "fraud": 2,
    "misinformation": 8, "partisan": 5, "endorsement": 0, "support": 4,
    # Of the harmful posts kept aside in English, Swahili and Amharic one in a hundred and fifty at most came so near.
    "narrated": -5,
}  # fmt: skip


def weighed_posts(language: str) -> list[Labelled]:
    """The posts of the committed suites that a language's signs are made from."""
    rows = [row for suite, numbers in _WEIGHED.items() for row in _own(suite, language, numbers)]
    rows += [row for name in _TABLES for row in _table(_suites.SUITES / f"{name}.csv", language)]
    posts = [Labelled(row["text"], row.get("expect", "").strip()) for row in rows]
    told = _table(_suites.SUITES / "news.csv", language)
    told += [row for suite, numbers in _WEIGHED.items() for row in _news(suite, language, numbers)]
    told += [row for suite in _NARRATED for row in _own(suite, language, _ALL)]
    return posts + [Labelled(row["text"], row.get("expect", "").strip() or Flag.NARRATED) for row in told]


def _posts_for(made: _Made) -> list[Labelled]:
    spoken = dict.fromkeys(map(primary, (made.language, *made.also)))
    return [post for tag in spoken for post in weighed_posts(tag) if is_mostly(made.script, post.text)]


def kept_aside(language: str, suites: Sequence[str]) -> dict[str, list[dict[str, str]]]:
    """Suite → its rows in a language that no sign is made from."""
    return {
        suite: [*_own(suite, language, _KEPT_ASIDE[suite]), *_news(suite, language, _KEPT_ASIDE[suite])]
        for suite in suites
    }


def _own(suite: str, language: str, numbers: Sequence[int]) -> list[dict[str, str]]:
    """The rows of a language's own table; none where there is none (the twentieth has no Amharic)."""
    path = _suites.SUITES / suite / f"{language}.csv"
    return _of(_suites.read_table(path), numbers) if path.exists() else []


def _news(suite: str, language: str, numbers: Sequence[int]) -> list[dict[str, str]]:
    path = _suites.SUITES / suite / "news.csv"
    return _of(_table(path, language), numbers) if path.exists() else []


def _table(path: Path, language: str) -> list[dict[str, str]]:
    return [row for row in _suites.read_table(path) if row["language"] == language]


def _of(rows: Sequence[dict[str, str]], numbers: Sequence[int]) -> list[dict[str, str]]:
    return [row for number, row in enumerate(rows, 1) if number % 2 in numbers]


def measure(scanner: Scanner, suites: Sequence[str]) -> dict[str, object]:
    """Per suite (of those kept aside) and together, each with ``terms`` alone and ``with_signs``: ``recall`` of posts
    that expect a category, ``benign_flagged`` and, without support, ``benign_weighing``.
    """
    counted: dict[str, list[tuple[str, set[str], set[str]]]] = {}
    for language in dict.fromkeys(primary(made.language) for made in _MADE):
        for suite, rows in kept_aside(language, suites).items():
            counted.setdefault(suite, []).extend(_told(scanner, row, language) for row in rows)
    counted["together"] = [row for rows in list(counted.values()) for row in rows]
    return {
        suite: {
            "terms": _shares([(expect, terms) for expect, terms, _ in rows]),
            "with_signs": _shares([(expect, terms | signs) for expect, terms, signs in rows]),
        }
        for suite, rows in counted.items()
    }


def _told(scanner: Scanner, row: Mapping[str, str], language: str) -> tuple[str, set[str], set[str]]:
    findings = [finding for finding in scanner.scan(row["text"], language) if _suites.counts(finding)]
    signs = {finding.category or "" for finding in findings if finding.rule.endswith("-signs")}
    terms = {finding.category or "" for finding in findings if not finding.rule.endswith("-signs")}
    return row.get("expect", "").strip(), terms, signs


def _shares(rows: Sequence[tuple[str, set[str]]]) -> dict[str, float]:
    cases = [(expect, found) for expect, found in rows if expect]
    benign = [found for expect, found in rows if not expect]
    return {
        "recall": _suites.share(sum(expect in found for expect, found in cases), len(cases)),
        "benign_flagged": _suites.share(sum(bool(found) for found in benign), len(benign)),
        "benign_weighing": _suites.share(sum(bool(found - {"support"}) for found in benign), len(benign)),
    }


def write(ruleset: Ruleset, folder: Path, as_of: date) -> dict[str, int]:
    """Make the sign files of all languages anew; language → how many posts they are made from."""
    folder.mkdir(exist_ok=True)
    scanner = Scanner(ruleset)
    posts_of: dict[str, int] = {}
    for made in _MADE:
        posts, leave_out = _posts_for(made), left_out(scanner, ruleset, made.language)
        text = sign_file(made.language, made.script, posts, leave_out, as_of=as_of, also=made.also, surer_by=_SURER_BY)
        (folder / f"{made.language.lower()}.yaml").write_text(text, encoding="utf-8", newline="\n")
        posts_of[made.language] = len(posts)
    return posts_of


def run(args: Sequence[str]) -> dict[str, object]:
    """``--write`` makes the signs of the pack anew; without, measures."""
    parser = argparse.ArgumentParser(prog="benchmarks content-signs", description=ABOUT)
    parser.add_argument("--pack", default=_suites.PACK)
    parser.add_argument("--write", action="store_true", help="make the pack's signs anew from the committed suites")
    parser.add_argument(
        "--suites", nargs="+", choices=_KEPT_ASIDE, default=list(_KEPT_ASIDE), help="measure these only"
    )
    options = parser.parse_args(args)
    ruleset = load_ruleset(options.pack)
    if options.write:
        return {"posts": write(ruleset, find_pack(options.pack) / "signs", datetime.now(UTC).date())}
    signs: Sequence[SignFile] = ruleset.documents["content"].get("signs", ())
    entries = [entry for file in signs for entry in file.signs]
    return {
        "languages": len({file.language for file in signs}),
        "points_declared": sum(len(entry.words) for entry in entries),
        **measure(Scanner(ruleset), options.suites),
    }
