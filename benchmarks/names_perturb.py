"""Listed names, damaged in one way each: how many are still found, with nothing but the name to go by."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from pathlib import Path

from benchmarks import _names
from benchmarks.names_queries import listed, read_lines

NAME = "names-perturb"
ABOUT = "listed names damaged in one way each: recall per kind of damage"
_VOWELS = frozenset("aeiouAEIOU")
_OCR = {"o": "0", "O": "0", "l": "1", "I": "1", "i": "1", "S": "5", "s": "5", "B": "8", "e": "3", "g": "9"}
_LOOKALIKE = str.maketrans("aeopcxAEOPCX", "аеорсхАЕОРСХ")
_LEAST_PARTS = 2
_LEAST_LETTERS = 4

Damage = Callable[[random.Random, list[str]], list[str]]


def run(args: Sequence[str]) -> dict[str, object]:
    """Primary names of two parts or more, no birth date, no nationality; a find is a hit on the entry itself."""
    parser = _names.data_parser(ABOUT)
    parser.add_argument("--watchlist", type=Path)
    parser.add_argument("--names", type=int, default=400)
    parser.add_argument("--seed", type=int, default=7)
    given = parser.parse_args(args)
    entries = read_lines(given.watchlist or given.data / "names" / "watchlist.jsonl")
    draw = random.Random(given.seed)
    chosen = draw.sample([entry for entry in entries if len(entry["name"].split()) >= _LEAST_PARTS], given.names)
    ruleset = _names.pack()
    check = _names.examiner(ruleset, _names.snapshot(listed(entry) for entry in entries))
    recall = {}
    for kind, damage in _KINDS.items():
        people = [_names.candidate(entry["id"], " ".join(damage(draw, entry["name"].split()))) for entry in chosen]
        results = check.examine_many(people, _names.AS_OF)
        found = sum(person.id in _names.hit_entries(result) for person, result in zip(people, results, strict=True))
        recall[kind] = round(found / len(people), 3)
    return {"recall": recall, "names": len(chosen), "threshold": _names.settings_of(ruleset).possible_from}


def _same(_: random.Random, parts: list[str]) -> list[str]:
    return parts


def _vowel_drop(_: random.Random, parts: list[str]) -> list[str]:
    """Every vowel but a leading one is left out, as in text messages."""
    return [part[0] + "".join(char for char in part[1:] if char not in _VOWELS) for part in parts]


def _initials(_: random.Random, parts: list[str]) -> list[str]:
    """The first part is only its letter."""
    return [parts[0][0] + ".", *parts[1:]]


def _truncate(_: random.Random, parts: list[str]) -> list[str]:
    """The last part is cut to four letters or two thirds, as a narrow form field does."""
    last = parts[-1]
    return [*parts[:-1], last[: max(_LEAST_LETTERS, len(last) * 2 // 3)]]


def _ocr(draw: random.Random, parts: list[str]) -> list[str]:
    """One letter is read as a digit."""
    spots = [(at, place) for at, part in enumerate(parts) for place, char in enumerate(part) if char in _OCR]
    return _changed(draw, parts, spots, lambda char: _OCR[char])


def _typo(draw: random.Random, parts: list[str]) -> list[str]:
    """One letter is another."""
    spots = [(at, place) for at, part in enumerate(parts) for place in range(len(part)) if len(part) >= _LEAST_LETTERS]
    return _changed(draw, parts, spots, lambda _: draw.choice("abcdefghiklmnoprstuvz"))


def _transpose(draw: random.Random, parts: list[str]) -> list[str]:
    """Two neighbours change places."""
    spots = [at for at, part in enumerate(parts) if len(part) >= _LEAST_LETTERS]
    if not spots:
        return parts
    at = draw.choice(spots)
    place = draw.randrange(len(parts[at]) - 1)
    part = parts[at]
    return [*parts[:at], part[:place] + part[place + 1] + part[place] + part[place + 2 :], *parts[at + 1 :]]


def _homoglyph(_: random.Random, parts: list[str]) -> list[str]:
    """Latin letters are replaced by Cyrillic ones that look alike."""
    return [part.translate(_LOOKALIKE) for part in parts]


def _invisible(_: random.Random, parts: list[str]) -> list[str]:
    """Zero-width characters stand between the letters."""
    return ["\u200b".join(part) for part in parts]


def _reorder(draw: random.Random, parts: list[str]) -> list[str]:
    """The parts come in another order."""
    return draw.sample(parts, len(parts))


def _joined(_: random.Random, parts: list[str]) -> list[str]:
    """The first two parts are written as one."""
    return ["".join(parts[:2]), *parts[2:]]


def _changed(
    draw: random.Random, parts: list[str], spots: Sequence[tuple[int, int]], change: Callable[[str], str]
) -> list[str]:
    if not spots:
        return parts
    at, place = draw.choice(spots)
    part = parts[at]
    return [*parts[:at], part[:place] + change(part[place]) + part[place + 1 :], *parts[at + 1 :]]


_KINDS: dict[str, Damage] = {
    "same": _same,
    "vowel_drop": _vowel_drop,
    "initials": _initials,
    "truncate": _truncate,
    "ocr": _ocr,
    "typo": _typo,
    "transpose": _transpose,
    "homoglyph": _homoglyph,
    "invisible": _invisible,
    "reorder": _reorder,
    "joined": _joined,
}
