"""Speed of the whole scan, all views, cues and rules on, by number of terms; and a peer in the same run."""

from __future__ import annotations

import argparse
import importlib
import importlib.util
import platform
import time
from collections.abc import Callable, Sequence

from benchmarks import _suites
from benchmarks._corpus import Written, corpus, sized, text_count
from benchmarks._memory import peak_megabytes
from vetting_engine.checks.content import Scanner
from vetting_engine.model.ruleset import Ruleset
from vetting_engine.rulebook import load_ruleset
from vetting_engine.text.scripts import scripts_in

__all__ = ["ABOUT", "NAME", "hostile", "measure", "run", "whole", "with_fresh_words"]

NAME = "content-speed"
ABOUT = "megabytes per second and core at 1k, 10k and 50k terms, 2 % of posts hitting; ratio to better-profanity"
_SIZES = (1_000, 10_000, 50_000)
_POSTS = 20_000
_SHARE = 0.02
_ROUNDS = 3
_FRESH_POSTS = 3_000
#: Texts that make careless patterns and pairwise comparisons explode.
_UNITS = {
    "words": "good morning from the camp ", "terms": "kill all refugees now. ",
    "letters": "a ", "dotted": "a.", "one_word": "x",
    "marks": "\u0301", "surrogates": "\ud800", "overrides": "\u202ekill\u202c ", "tags": "#Aa",
    "leet": "a1", "quotes": '" ', "viramas": "\u0915\u094d", "spaces": " ", "numbers": "+1-",
}  # fmt: skip
_HOSTILE = 20_000
_PEER = "better_profanity"
#: The peer takes 10 to 50 ms per post: a part of the corpus must do.
_PEER_POSTS = 150


def measure(scanner: Scanner, posts: Sequence[Written], rounds: int = _ROUNDS) -> dict[str, float]:
    """The best of ``rounds`` passes over the posts, in CPU seconds of one process, after one first pass.

    Keys: megabytes_per_second (bytes of UTF-8 / 1e6), posts_per_second, microseconds_per_post, hitting (share of
    posts with any finding); fresh_words: megabytes_per_second where one word in ten was never met before.
    """
    hitting = sum(bool(scanner.scan(post.text, post.language)) for post in posts)
    fresh = with_fresh_words(posts[:_FRESH_POSTS])
    fresh_seconds = _timed(lambda: [scanner.scan(post.text, post.language) for post in fresh])
    seconds = min(_timed(lambda: [scanner.scan(post.text, post.language) for post in posts]) for _ in range(rounds))
    size = sum(len(post.text.encode()) for post in posts)
    return {
        "megabytes_per_second": round(size / 1e6 / seconds, 2),
        "posts_per_second": round(len(posts) / seconds),
        "microseconds_per_post": round(1e6 * seconds / len(posts), 1),
        "hitting": _suites.share(hitting, len(posts)),
        "fresh_words": round(sum(len(post.text.encode()) for post in fresh) / 1e6 / fresh_seconds, 2),
    }


def with_fresh_words(posts: Sequence[Written], first: int = 0) -> list[Written]:
    """The posts with every tenth word made one that stands nowhere else: what remembering words cannot help with.

    ``first``: the number of the first post, by which its words differ from those of posts with other numbers.
    """
    made = []
    for number, post in enumerate(posts, first):
        words = post.text.split(" ")
        words[::10] = [f"{word}{_letters(number)}{_letters(place)}" for place, word in enumerate(words[::10])]
        made.append(Written(" ".join(words), post.language, post.planted))
    return made


def _letters(number: int) -> str:
    return "".join(chr(ord("a") + int(digit)) for digit in str(number))


def hostile(scanner: Scanner) -> dict[str, float]:
    """CPU seconds for a text of ``_HOSTILE`` characters by what it is made of, and for one five times as long."""
    scanner.scan("automata are built at first use", "en")
    return {
        f"{name}_{length}": round(_timed(lambda: scanner.scan((unit * length)[:length], "en")), 3)  # noqa: B023
        for name, unit in _UNITS.items()
        for length in (_HOSTILE, 5 * _HOSTILE)
    }


def whole(pack: str) -> tuple[Ruleset, Scanner, dict[str, float]]:
    """The pack and its scanner, ready for texts of every language it has; and what that took.

    Keys: load_seconds, compile_seconds (CPU), peak_megabytes of this process so far.
    """
    begun = time.process_time()
    ruleset = load_ruleset(pack)
    loaded = time.process_time()
    scanner = Scanner(ruleset)
    for language in scanner.lexicon.languages:  # automata are built at first use
        written = (stem for some in language.forms() for stem in some.stems if language.script in scripts_in(stem))
        scanner.scan(next(written, ""), language.language)
    compiled = time.process_time()
    figures = {"load_seconds": loaded - begun, "compile_seconds": compiled - loaded, "peak_megabytes": peak_megabytes()}
    return ruleset, scanner, {name: round(figure, 1) for name, figure in figures.items()}


def _timed(work: Callable[[], object]) -> float:
    begun = time.process_time()
    work()
    return time.process_time() - begun


def _peer(posts: Sequence[Written]) -> dict[str, object]:
    """better-profanity with the list it ships, on a part of the same posts; or that it is not installed."""
    if importlib.util.find_spec(_PEER) is None:
        return {"skipped": "better-profanity is not installed (pip install better-profanity)"}
    profanity = importlib.import_module(_PEER).profanity
    profanity.load_censor_words()
    some = posts[:_PEER_POSTS]
    profanity.contains_profanity(some[0].text)
    seconds = _timed(lambda: [profanity.contains_profanity(post.text) for post in some])
    size = sum(len(post.text.encode()) for post in some)
    return {"megabytes_per_second": round(size / 1e6 / seconds, 5), "posts": len(some)}


def run(args: Sequence[str]) -> dict[str, object]:
    """Keys: corpus, terms_in_pack, whole_pack (the keys of whole), sizes (per wanted number of terms: build_seconds,
    the keys of measure), hostile_seconds (by kind of text and its length), slowdown (first size by last),
    better_profanity, ratio (per size, ours by theirs; only where it is installed).
    """
    parser = argparse.ArgumentParser(prog="benchmarks content-speed", description=ABOUT)
    parser.add_argument("--pack", default=_suites.PACK)
    parser.add_argument("--posts", type=int, default=_POSTS)
    parser.add_argument("--sizes", type=int, nargs="*", default=list(_SIZES), help="numbers of written forms")
    parser.add_argument("--rounds", type=int, default=_ROUNDS)
    parser.add_argument("--seed", type=int, default=3)
    options = parser.parse_args(args)
    ruleset, scanner, prepared = whole(options.pack)
    hostile_seconds = hostile(scanner)
    posts = corpus(ruleset, options.posts, _SHARE, options.seed)
    peer = _peer(posts)
    sizes: dict[str, dict[str, float]] = {}
    for size in options.sizes:
        begun = time.process_time()
        scanner = sized(ruleset, size, options.seed)
        for post in posts[:200]:
            scanner.scan(post.text, post.language)  # automata are built at first use
        built = time.process_time() - begun
        sizes[str(size)] = {"build_seconds": round(built, 2), **measure(scanner, posts, options.rounds)}
    speeds = [figures["megabytes_per_second"] for figures in sizes.values()]
    theirs = peer.get("megabytes_per_second")
    return {
        "python": platform.python_version(),
        "corpus": {
            "posts": len(posts),
            "megabytes": round(sum(len(post.text.encode()) for post in posts) / 1e6, 2),
            "planted": _suites.share(sum(post.planted for post in posts), len(posts)),
        },
        "terms_in_pack": text_count(ruleset),
        "whole_pack": prepared,
        "sizes": sizes,
        "hostile_seconds": hostile_seconds,
        "slowdown": round(speeds[0] / speeds[-1], 2) if speeds and speeds[-1] else 0.0,
        "better_profanity": peer,
        "ratio": {
            size: round(figures["megabytes_per_second"] / theirs, 1)
            for size, figures in sizes.items()
            if isinstance(theirs, float) and theirs
        },
    }
