"""Keys by which parts of like spelling find each other, for many parts at once.

Two parts share a key, one *asked* for and one *listed*, if ``likeness`` can find them similar by spelling without a key
of their own in common. A key stands in the tables as a number of 32 bits, worked out from prefix hashes (Rabin and
Karp), so that leaving out a letter costs one multiplication and no new string. Two keys may collide: that only raises
a bound, and what reaches the floor is aligned exactly.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final
from zlib import crc32

import numpy as np
import numpy.typing as npt

from vetting_engine.names._similarity import (
    LEAST_ALIKE,
    LEAST_BONES,
    LEAST_EDIT_LENGTH,
    LEAST_SKELETON,
    LEAST_SLIP,
    long_beginning,
)
from vetting_engine.names.parts import Part, Role

__all__ = ["Array", "hashes_of", "hashes_of_keys", "in_order", "key_hash", "spelling_keys", "spread"]

Array = npt.NDArray[Any]
#: Letters a part must have to be looked up as the beginning of another.
LEAST_PREFIX: Final = 3
_BASE: Final = np.uint64(0x9E37_79B9_7F4A_7C15)
_MIX: Final = np.uint64(0xBF58_476D_1CE4_E5B9)
#: Bits that are sorted at one time.
_HALF_BITS: Final = 16
_HALF: Final = np.uint64(32)
#: One number per kind of key: spelling with a letter left out, a long beginning, consonants of parts without and with
#: vowels, and the beginning and the whole of a part for what may be cut off.
_EDIT, _LONG, _WITHOUT, _WITH, _CUT, _WHOLE = (np.uint64(kind) * np.uint64(0x1000_0000_01B3) for kind in range(1, 7))


def key_hash(key: str) -> int:
    """The number that a key of a part (``Part.keys``) stands for in a table."""
    return crc32(key.encode())


def hashes_of_keys(keyed: Iterable[Iterable[str]]) -> tuple[Array, Array]:
    """Owner (place of its keys) and number of every key."""
    written = [tuple(keys) for keys in keyed]
    owners = np.repeat(np.arange(len(written)), np.fromiter(map(len, written), np.int64, len(written)))
    return owners, hashes_of([key for keys in written for key in keys])


def hashes_of(keys: Sequence[str]) -> Array:
    """The number of every key."""
    return np.fromiter(map(crc32, map(str.encode, keys)), np.uint32, len(keys))


def spread(starts: Array, counts: Array) -> Array:
    """All places ``start … start + count - 1``, one after another."""
    ends = np.cumsum(counts)
    total = int(ends[-1]) if len(ends) else 0
    places: Array = np.repeat(starts - (ends - counts), counts) + np.arange(total)
    return places


def in_order(values: Array, limit: int) -> tuple[Array, Array]:
    """Values below ``limit`` in order, of equals the first first, and the places they had. A stable sort of 16 bits
    counts instead of comparing, so that two of them are many times as quick as one of the whole numbers.
    """
    if limit > 1 << (2 * _HALF_BITS):
        order = np.argsort(values, kind="stable")
        return values[order], order
    order = np.argsort((values & ((1 << _HALF_BITS) - 1)).astype(np.uint16), kind="stable")
    order = order[np.argsort((values >> _HALF_BITS).astype(np.uint16)[order], kind="stable")]
    return values[order], order


def spelling_keys(parts: Sequence[Part], *, asked: bool) -> tuple[Array, Array, int]:
    """Owner (place in ``parts``) and number of every key of likeness, and how many of them, the last, are of parts that
    may be cut off: who shares one of these begins as the other. Initials have no keys.
    """
    cut = _cut_off(parts, asked=asked)
    found = [*_edited(parts), *_by_bones(parts, asked=asked), *cut]
    owners, hashes = (np.concatenate(columns) for columns in zip(*found, strict=True))
    return owners, hashes, sum(len(owners) for owners, _ in cut)


def _edited(parts: Sequence[Part]) -> list[tuple[Array, Array]]:
    """Simple forms or parts as typed one edit apart, and long forms that begin alike."""
    compared = [
        number
        for number, part in enumerate(parts)
        if part.role is not Role.INITIAL and not part.abjad and len(part.simple) >= LEAST_EDIT_LENGTH - 1
    ]
    typed = [
        number
        for number in compared
        if parts[number].roman != parts[number].simple and len(parts[number].roman) >= LEAST_SLIP
    ]
    begun = [(number, beginning) for number in compared if (beginning := long_beginning(parts[number].simple))]
    beginnings = _Prefixes([beginning for _, beginning in begun])
    return [
        _Prefixes([parts[number].simple for number in compared]).deletions(compared, _EDIT),
        _Prefixes([parts[number].roman for number in typed]).deletions(typed, _EDIT),
        beginnings.wholes([number for number, _ in begun], _LONG),
    ]


def _by_bones(parts: Sequence[Part], *, asked: bool) -> list[tuple[Array, Array]]:
    """Skeletons one edit apart: always across the two ways of writing, in one way only where they are long."""
    found = []
    for vowelless in (False, True):
        those = [
            number
            for number, part in enumerate(parts)
            if part.vowelless is vowelless and part.role is not Role.INITIAL and len(part.skeleton) >= LEAST_BONES
        ]
        own, other = (_WITHOUT, _WITH) if vowelless else (_WITH, _WITHOUT)
        short = [number for number in those if len(parts[number].skeleton) < LEAST_SKELETON]
        longer = [number for number in those if len(parts[number].skeleton) >= LEAST_SKELETON]
        wholes = _Prefixes([parts[number].skeleton for number in short])
        deleted = _Prefixes([parts[number].skeleton for number in longer])
        found += [wholes.wholes(short, other if asked else own), deleted.deletions(longer, other if asked else own)]
        if asked:
            long = [number for number in longer if len(parts[number].skeleton) >= LEAST_ALIKE]
            found.append(_Prefixes([parts[number].skeleton for number in long]).deletions(long, own))
    return found


def _cut_off(parts: Sequence[Part], *, asked: bool) -> list[tuple[Array, Array]]:
    """A listed part is found by its beginnings and as a whole; an asked one looks for itself and its beginnings."""
    long = [
        number
        for number, part in enumerate(parts)
        if part.role is not Role.INITIAL and (len(part.roman) >= LEAST_PREFIX or not asked)
    ]
    romans = _Prefixes([parts[number].roman for number in long])
    if asked:
        return [romans.wholes(long, _CUT), romans.beginnings(long, _WHOLE, whole=False)]
    return [romans.wholes(long, _WHOLE), romans.beginnings(long, _CUT, whole=True)]


class _Prefixes:
    """Hashes of all beginnings of many ASCII texts, the empty one first."""

    def __init__(self, texts: Sequence[str]) -> None:
        written = "".join(texts).encode()
        self._lengths = np.fromiter(map(len, texts), np.int64, len(texts))
        letters = np.frombuffer(written, np.uint8).astype(np.uint64)
        ends = np.cumsum(self._lengths)
        self._starts = ends - self._lengths + np.arange(len(texts))
        self._hashes = np.zeros(len(letters) + len(texts), np.uint64)
        longest = int(self._lengths.max(initial=0))
        self._powers = np.multiply.accumulate(np.concatenate([[np.uint64(1)], np.full(longest, _BASE)]))
        order = np.argsort(-self._lengths, kind="stable")
        longer = np.searchsorted(
            -self._lengths[order], -np.arange(longest), "left"
        )  # texts with more letters than that
        for place, count in enumerate(longer.tolist()):
            those = order[:count]
            at = self._starts[those] + place
            self._hashes[at + 1] = self._hashes[at] * _BASE + letters[at - those]

    def wholes(self, owners: Sequence[int], kind: np.uint64) -> tuple[Array, Array]:
        """One key per text."""
        return np.array(owners, np.int64), _mixed(self._hashes[self._starts + self._lengths], kind)

    def beginnings(self, owners: Sequence[int], kind: np.uint64, *, whole: bool) -> tuple[Array, Array]:
        """A key for each beginning of ``LEAST_PREFIX`` letters and more, with the text itself or without it."""
        counts = np.maximum(self._lengths - LEAST_PREFIX + whole, 0)
        at = spread(self._starts + LEAST_PREFIX, counts)
        return np.repeat(np.array(owners, np.int64), counts), _mixed(self._hashes[at], kind)

    def deletions(self, owners: Sequence[int], kind: np.uint64) -> tuple[Array, Array]:
        """A key for each text and one for it without each of its letters."""
        counts = self._lengths
        before = spread(self._starts, counts)
        full = self._hashes[self._starts + counts]
        after = np.repeat(self._starts + counts, counts) - before - 1  # letters after the one left out
        power = self._powers[after]
        less = self._hashes[before] * power + np.repeat(full, counts) - self._hashes[before + 1] * power
        places = np.array(owners, np.int64)
        return np.concatenate([places, np.repeat(places, counts)]), _mixed(np.concatenate([full, less]), kind)


def _mixed(hashes: Array, kind: np.uint64) -> Array:
    """The upper half of the well-mixed hash."""
    mixed = (hashes ^ (hashes >> _HALF) ^ kind) * _MIX
    numbers: Array = ((mixed ^ (mixed >> np.uint64(29))) * _BASE >> _HALF).astype(np.uint32)
    return numbers
