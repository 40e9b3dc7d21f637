"""One text of millions of characters, by what it is made of; and a stream of posts through the ``scan`` command."""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import resource
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from benchmarks import _suites
from benchmarks._corpus import Written, corpus
from benchmarks._memory import megabytes, peak_megabytes
from benchmarks.content_speed import with_fresh_words
from vetting_engine.model.ruleset import Ruleset
from vetting_engine.rulebook import load_ruleset

__all__ = ["ABOUT", "KINDS", "NAME", "run"]

NAME = "content-large"
ABOUT = "seconds and memory for one text of 10 million characters, by kind, and for a million posts as a stream"
_CHARS = 10_000_000
_POSTS = 1_000_000
#: Posts are made, and the stream is watched, so many at a time.
_BATCH = 20_000
_SHARE = 0.02
#: What a text is made of: a unit again and again; prose is made of the everyday posts.
KINDS = {
    "prose": "", "letter": "a", "digits": "0123456789", "marks": "\u0301", "emoji": "\U0001f602\U0001f400",
    "spaced": "a b c ", "glued": "killallrefugees",
}  # fmt: skip


def run(args: Sequence[str]) -> dict[str, object]:
    """Keys: text (by kind: characters, seconds and microseconds_per_character of the tenth and of the whole, growth,
    megabytes the process grew by), stream (posts, megabytes, cpu_seconds, megabytes_per_second, peak_megabytes of the
    command, and what it had grown to by a tenth of the posts, where the system tells).
    """
    parser = argparse.ArgumentParser(prog="benchmarks content-large", description=ABOUT)
    parser.add_argument("--pack", default=_suites.PACK)
    parser.add_argument("--chars", type=int, default=_CHARS, help="characters of one text; 0: no such texts")
    parser.add_argument("--kinds", nargs="*", default=list(KINDS), choices=list(KINDS))
    parser.add_argument("--posts", type=int, default=_POSTS, help="posts of the stream; 0: no stream")
    parser.add_argument("--fresh", action="store_true", help="one word in ten of the stream never met before")
    parser.add_argument("--seed", type=int, default=3)
    options = parser.parse_args(args)
    figures: dict[str, object] = {}
    if options.chars:
        # A process per kind: what memory one text took is not seen in the next.
        spawned = multiprocessing.get_context("spawn")
        with ProcessPoolExecutor(1, mp_context=spawned, max_tasks_per_child=1) as pool:
            tasks = {kind: pool.submit(_one_text, options.pack, kind, options.chars) for kind in options.kinds}
            figures["text"] = {kind: task.result() for kind, task in tasks.items()}
    if options.posts:
        figures["stream"] = _stream(options.pack, options.posts, options.seed, fresh=options.fresh)
    return figures


def _one_text(pack: str, kind: str, chars: int) -> dict[str, float]:
    ruleset = load_ruleset(pack)
    scanner = _suites.scanner(pack)
    unit = KINDS[kind] or " ".join(post.text for post in corpus(ruleset, 2_000, _SHARE, 3) if post.language == "en")
    scanner.scan("automata are built at first use: k1ll a l l vremin", "en")
    seconds = []
    before = peak_megabytes()
    for length in (chars // 10, chars):
        text = (unit * (length // len(unit) + 1))[:length]
        begun = time.process_time()
        scanner.scan(text, "en")
        seconds.append(time.process_time() - begun)
    return {
        "tenth_seconds": round(seconds[0], 2),
        "seconds": round(seconds[1], 2),
        "microseconds_per_character": round(1e6 * seconds[1] / chars, 2),
        "growth": round(seconds[1] / seconds[0], 1) if seconds[0] else 0.0,
        "megabytes": round(peak_megabytes() - before),
    }


def _stream(pack: str, posts: int, seed: int, *, fresh: bool) -> dict[str, float]:
    command = [sys.executable, "-m", "vetting_engine", "scan", "-", "--pack", pack, "--out", os.devnull]
    size, tenth = 0, 0.0
    with subprocess.Popen(command, stdin=subprocess.PIPE) as process:
        assert process.stdin is not None
        for number, post in enumerate(_posts(load_ruleset(pack), posts, seed, fresh=fresh)):
            line = {"id": number, "text": post.text, "language": post.language}
            process.stdin.write(json.dumps(line, ensure_ascii=False).encode() + b"\n")
            size += len(post.text.encode())
            if number == posts // 10:
                tenth = _resident(process.pid)
        process.stdin.close()
        _, status, used = os.wait4(process.pid, 0)  # of this process alone: others may have held more
        process.returncode = os.waitstatus_to_exitcode(status)
    seconds = used.ru_utime + used.ru_stime
    return {
        "posts": posts,
        "megabytes": round(size / 1e6, 1),
        "cpu_seconds": round(seconds, 1),
        "megabytes_per_second": round(size / 1e6 / seconds, 2),
        "tenth_megabytes": round(tenth),
        "peak_megabytes": round(megabytes(used.ru_maxrss)),
    }


def _posts(ruleset: Ruleset, count: int, seed: int, *, fresh: bool) -> Iterator[Written]:
    """Posts made batch by batch, so that a stream of any length is never held."""
    for begin in range(0, count, _BATCH):
        batch = corpus(ruleset, min(_BATCH, count - begin), _SHARE, seed + begin)
        yield from with_fresh_words(batch, begin) if fresh else batch


def _resident(pid: int) -> float:
    """What a process holds in memory by now, in megabytes; 0 where the system does not tell."""
    try:
        pages = Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1]
        return int(pages) * resource.getpagesize() / (1 << 20)
    except OSError:
        return 0.0
