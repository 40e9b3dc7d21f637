"""Country names to ISO 3166-1 alpha-2, however they are written.

Understands alpha-2 and alpha-3 codes, English, French, Spanish and Arabic names, common demonyms, and the styles
of UN and OFAC lists (``Iran (Islamic Republic of)``, ``Korea, North``, ``Congo, Democratic Republic of the``).
"""

from __future__ import annotations

from functools import cache, lru_cache

from vetting_engine.names._data import read_json
from vetting_engine.text.fold import fold
from vetting_engine.text.scripts import is_word

__all__ = ["key_of", "to_code"]

_MAX_CHARS = 100


@lru_cache(maxsize=4096)
def to_code(text: str) -> str | None:
    """The alpha-2 code (upper case) of a country, or None where the text names none we know.

    ``XK`` is used for Kosovo, as by the European Union and CLDR. A bare ``Congo``
    or ``Congolese`` is CG, a bare ``Korea`` KR.
    """
    key = key_of(text[:_MAX_CHARS])
    if len(key) == len("xx") and key.upper() in _codes():
        return key.upper()
    return _names().get(key) or _names().get(key.removeprefix("the "))


def key_of(text: str) -> str:
    """The text as it is looked up: folded, letters and digits only, single spaces."""
    bare = fold(text).replace("'", "").replace("\u2019", "").replace(".", "").replace("&", " and ")
    words = "".join(char if is_word(char) else " " for char in bare).split()
    return " ".join("saint" if word == "st" else word for word in words)


@cache
def _names() -> dict[str, str]:
    names: dict[str, str] = read_json("countries")["names"]
    return names


@cache
def _codes() -> frozenset[str]:
    return frozenset(read_json("countries")["codes"])
