"""How rare a name part is, from a versioned table; never from the loaded list.

Rarity is the negative base-2 logarithm of a part's share among all name parts, in centibits: a part one in a
thousand people bear weighs about 997. Spelling variants share one mass through their simple form; parts written
without vowels are looked up by skeleton.
"""

from __future__ import annotations

from functools import cache
from typing import Final

from vetting_engine.names._data import read_text

__all__ = ["FLOOR", "rarity", "version"]

#: Parts the table has never seen: rarer than one in ten thousand.
FLOOR: Final = 1350
#: The most common part of the world still says something.
_COMMONEST: Final = 400
#: A short string can only say so much: there are few of them, and they meet by chance.
_BY_LENGTH: Final = (100, 200, 450, 700, 900, 1100, 1250)


def rarity(simple: str, skeleton: str, *, vowelless: bool) -> int:
    """Centibits of a part, between 100 (one letter) and ``FLOOR``."""
    simples, skeletons = _table()
    bits = skeletons.get(skeleton, FLOOR) if vowelless else simples.get(simple, FLOOR)
    length = len(skeleton) + 2 if vowelless else len(simple)
    ceiling = _BY_LENGTH[length] if length < len(_BY_LENGTH) else FLOOR
    return min(max(bits, _COMMONEST), ceiling)


@cache
def version() -> str:
    """The table's version, for the check's version string."""
    return read_text("background.txt").split("\n", 1)[0].split(":")[0].removeprefix("background ")


@cache
def _table() -> tuple[dict[str, int], dict[str, int]]:
    tables: tuple[dict[str, int], dict[str, int]] = ({}, {})
    for line in read_text("background.txt").split("\n")[1:]:
        if line:
            letter, bits, *keys = line.split(" ")
            tables["sk".index(letter)].update(dict.fromkeys(keys, int(bits)))
    return tables
