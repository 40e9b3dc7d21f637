"""Invented people by the origin of their names: common given names and second names, how they chain, and how the same
name is written by another hand. Nobody in it is real; the names are the most ordinary ones of each region.
"""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

__all__ = ["ORIGINS", "Origin", "in_own_script", "invented", "respelled"]

_RANK_OFFSET = 4.0
#: Letters from which on a habit is one of a whole name.
_WHOLE = 4


@dataclass(frozen=True, slots=True)
class Origin:
    """How names of one origin are made.

    ``given`` and ``second`` come in order of how common they are, and are drawn so. ``chain``: the second, third …
    name are given names of fathers. ``habits`` are pairs (as written here, as another hand writes it), of whole names
    or of up to three letters anywhere in one. ``native`` writes some of the names in their own script.
    """

    country: str
    given: tuple[str, ...]
    second: tuple[str, ...]
    habits: tuple[tuple[str, str], ...]
    lengths: tuple[int, ...] = (2, 3)
    chain: bool = False
    native: tuple[tuple[str, str], ...] = ()


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


def _pairs(text: str) -> tuple[tuple[str, str], ...]:
    """``ou/u q/k`` → (("ou", "u"), ("q", "k"))."""
    return tuple((old, new) for old, _, new in (pair.partition("/") for pair in text.split()))


def _read() -> dict[str, Origin]:
    table = json.loads((Path(__file__).parent / "origins.json").read_text(encoding="utf-8"))
    return {
        name: Origin(
            row["country"],
            _words(row["given"]),
            _words(row["second"]),
            _pairs(row["habits"]),
            tuple(row["lengths"]),
            row["chain"],
            _pairs(row["native"]),
        )
        for name, row in table.items()
    }


ORIGINS: dict[str, Origin] = _read()


def invented(draw: random.Random, origin: Origin) -> str:
    """One invented full name, the common parts more often than the rare ones, no part twice."""
    length = draw.choice(origin.lengths)
    parts = [_drawn(draw, origin.given)]
    while len(parts) < length:
        pool = origin.given if origin.chain and len(parts) < length - 1 else origin.second
        part = _drawn(draw, pool)
        if part not in parts:
            parts.append(part)
    return " ".join(parts)


def respelled(draw: random.Random, origin: Origin, name: str) -> str:
    """The same name in another hand: up to two habits of writing, and now and then another order."""
    parts = name.split()
    usable = [
        (place, old, new)
        for place, part in enumerate(parts)
        for old, new in origin.habits
        if (part == old if len(old) >= _WHOLE else old in part)
    ]
    for place, old, new in draw.sample(usable, min(len(usable), 2)):
        parts[place] = parts[place].replace(old, new, 1)
    if draw.random() < 0.2:  # one registration in five puts the last name first
        parts = [parts[-1], *parts[:-1]]
    return " ".join(parts)


def in_own_script(origin: Origin, name: str) -> str | None:
    """The name in the script it is at home in; None where a part of it is not among ``native``."""
    native = dict(origin.native)
    parts = [native.get(part) for part in name.split()]
    return " ".join(part for part in parts if part) if all(parts) else None


def _drawn(draw: random.Random, names: Sequence[str]) -> str:
    return draw.choices(names, [1 / (rank + _RANK_OFFSET) for rank in range(len(names))])[0]
