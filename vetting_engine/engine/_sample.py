"""The sample of what a gap is about: how much people must read, and which of it. The engine draws; nobody chooses.

How much is the sample size to show freedom from something in a finite population (Cannon & Roe, 1982, who use the same
hypergeometric bound; for large populations it becomes the "rule of three", Hanley & Lippman-Hand, JAMA 1983): if one
item in twenty or more were such as rules would find, readers of the sample would see one in at least 95 of 100 draws.
So all of up to 20 items, 45 of 100, 59 of however many. Which of them is decided by a keyed hash of the whole input
and the gap: it cannot be foreseen by whoever posts, is the same whenever it is drawn again, and another as soon as the
input is another.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Sequence
from typing import Final

from vetting_engine import canonical
from vetting_engine.model.candidate import Candidate
from vetting_engine.model.finding import Gap
from vetting_engine.model.reading import ReadItem, SampledItem
from vetting_engine.protocols import KeyRing, ReadableCheck
from vetting_engine.records import candidate_bytes, derive
from vetting_engine.registry import discover

__all__ = ["Drawn", "about_of", "draw", "sample_size"]

#: One item in so many is the share that must not stay unseen.
ONE_IN: Final = 20
#: In one draw of so many it may stay unseen all the same.
UNSEEN_ONE_IN: Final = 20


class Drawn:
    """A sample: its items in the order they are to be read, and how many the gap is about. Digests are keyed, so that a
    reading can leave the office without telling anybody which texts it is about.
    """

    def __init__(self, items: Sequence[ReadItem], population: int, key: bytes) -> None:
        self.items = tuple(items)
        self.population = population
        self.sampled = tuple(
            SampledItem(
                item=number, source_id=item.source_id, where=item.where, digest=canonical.commitment(key, _bytes(item))
            )
            for number, item in enumerate(self.items, start=1)
        )


def sample_size(population: int) -> int:
    """How many items to read of ``population`` (0 or more); never fewer of more."""
    if population <= ONE_IN:
        return population
    # Between two whole numbers of unwanted items the bound falls a little: there the size stays.
    return max(ONE_IN, _fewest(population), _fewest(population - population % ONE_IN))


def _fewest(population: int) -> int:
    """The fewest whose draw leaves all unwanted items unseen in at most one of ``UNSEEN_ONE_IN``: exact, in whole
    numbers, as a product of (others left to draw) / (all left to draw).
    """
    bad = -(-population // ONE_IN)
    unseen, every, size = 1, 1, 0
    while unseen * UNSEEN_ONE_IN > every:
        unseen *= population - bad - size
        every *= population - size
        size += 1
    return size


def about_of(gap: Gap) -> str | None:
    """What a gap is about, if people can close it by reading."""
    check = _readable(gap.check)
    return None if check is None else check.about(gap)


def draw(candidate: Candidate, check: str, about: str, key_ring: KeyRing) -> Drawn:
    """The sample of a gap.

    Args:
        candidate: whose gap it is, as vetted.
        check: whose gap it is.
        about: what the gap is about, from ``about_of``.
        key_ring: gives the key of the draw.

    Raises:
        KeyRingError: the subject's key was erased.
    """
    readable = _readable(check)
    items = () if readable is None else tuple(readable.to_read(candidate, about))
    told = canonical.dumps({"input": canonical.digest(candidate_bytes(candidate)), "check": check, "about": about})
    key = hmac.new(derive(key_ring.subject_key(candidate.id), "sample"), told, hashlib.sha256).digest()
    ranked = sorted(items, key=lambda item: hmac.new(key, _bytes(item), hashlib.sha256).digest())
    return Drawn(ranked[: sample_size(len(items))], len(items), key)


def _readable(name: str) -> ReadableCheck | None:
    check = discover("vetting_engine.checks").get(name)
    return check if isinstance(check, ReadableCheck) else None


def _bytes(item: ReadItem) -> bytes:
    return canonical.dumps(item.model_dump(mode="json"))
