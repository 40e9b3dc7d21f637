"""The Merkle tree of RFC 6962 section 2 (restated in RFC 9162 section 2): roots, proofs, verification.

Hashes go in, hashes come out; storage is the caller's. A *complete subtree* is named by ``(level, position)``
and covers the leaves ``[position · 2^level, (position + 1) · 2^level)``; level 0 are the leaf hashes. Complete
subtrees never change once written, so a tree is stored by appending them and proofs read O(log n) of them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

__all__ = [
    "EMPTY_ROOT",
    "HASH_BYTES",
    "LEAF_PREFIX",
    "NODE_PREFIX",
    "Fetch",
    "Frontier",
    "Node",
    "consistency_proof",
    "inclusion_proof",
    "leaf_hash",
    "node_hash",
    "peaks",
    "root",
    "verify_consistency",
    "verify_inclusion",
]

#: Domain separation (RFC 6962 section 2.1): without it a node could be passed off as a leaf.
LEAF_PREFIX = b"\x00"
NODE_PREFIX = b"\x01"
HASH_BYTES = 32
#: The root of the tree without leaves: the hash of nothing.
EMPTY_ROOT = hashlib.sha256(b"").digest()

#: Answers the hash of the complete subtree ``(level, position)``.
Fetch = Callable[[int, int], bytes]


class Node(NamedTuple):
    """A complete subtree and its hash."""

    level: int
    position: int
    hash: bytes


def leaf_hash(data: bytes) -> bytes:
    """Hash of one leaf's data."""
    return hashlib.sha256(LEAF_PREFIX + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Hash over two subtrees."""
    return hashlib.sha256(NODE_PREFIX + left + right).digest()


class Frontier:
    """The right edge of a tree: the fewest complete subtrees that cover it, largest first.

    It is all that is needed to append, and it has as many hashes as ``size`` has one bits.
    """

    def __init__(self, size: int = 0, hashes: Sequence[bytes] = ()) -> None:
        if size < 0 or size.bit_count() != len(hashes):
            raise ValueError("a frontier has one hash per one bit of its size")
        self.size = size
        self._hashes = list(hashes)

    def append(self, leaf: bytes) -> list[Node]:
        """Add a leaf hash; answers the complete subtrees this closed, lowest first, without the leaf itself."""
        closed: list[Node] = []
        level, position, value = 0, self.size, leaf
        while position & 1:
            value = node_hash(self._hashes.pop(), value)
            level, position = level + 1, position >> 1
            closed.append(Node(level, position, value))
        self._hashes.append(value)
        self.size += 1
        return closed

    def root(self) -> bytes:
        """Root hash of the tree."""
        return _fold(self._hashes)


def peaks(start: int, end: int) -> Iterator[tuple[int, int]]:
    """The complete subtrees covering leaves ``[start, end)``, left to right.

    Requires ``start`` to be a multiple of the largest power of two below or equal to ``end - start``, which
    holds for every range an RFC 6962 tree is split into.
    """
    while start < end:
        level = (end - start).bit_length() - 1
        yield level, start >> level
        start += 1 << level


def root(leaves: Iterable[bytes]) -> bytes:
    """Root over leaf hashes in order."""
    frontier = Frontier()
    for leaf in leaves:
        frontier.append(leaf)
    return frontier.root()


def inclusion_proof(fetch: Fetch, index: int, size: int) -> list[bytes]:
    """The path that shows leaf ``index`` to be in the tree of ``size`` leaves (RFC 6962 section 2.1.1).

    Raises:
        ValueError: not ``0 <= index < size``.
    """
    if not 0 <= index < size:
        raise ValueError(f"leaf {index} is not in a tree of {size}")
    path: list[bytes] = []
    start, end = 0, size
    while end - start > 1:
        split = start + _split(end - start)
        if index < split:
            path.append(_range(fetch, split, end))
            end = split
        else:
            path.append(_range(fetch, start, split))
            start = split
    return path[::-1]


def consistency_proof(fetch: Fetch, size1: int, size2: int) -> list[bytes]:
    """The path that shows the tree of ``size1`` leaves to be the beginning of that of ``size2`` (section 2.1.2).

    Raises:
        ValueError: not ``0 < size1 <= size2``; the empty tree is the beginning of everything and proves nothing.
    """
    if not 0 < size1 <= size2:
        raise ValueError(f"there is no consistency proof from {size1} to {size2}")
    path: list[bytes] = []
    start, end = 0, size2
    while size1 != end:
        split = start + _split(end - start)
        if size1 <= split:
            path.append(_range(fetch, split, end))
            end = split
        else:
            path.append(_range(fetch, start, split))
            start = split
    if start > 0:  # otherwise the last range is the old tree itself, whose root the verifier has
        path.append(_range(fetch, start, end))
    return path[::-1]


def verify_inclusion(leaf: bytes, index: int, size: int, proof: Sequence[bytes], root_hash: bytes) -> bool:
    """Whether ``proof`` shows that the leaf hash stands at ``index`` (RFC 9162 section 2.1.3.2)."""
    if not 0 <= index < size or not _are_hashes(leaf, *proof):
        return False
    position, last, value = index, size - 1, leaf
    for sibling in proof:
        if last == 0:
            return False
        if position & 1 or position == last:
            value = node_hash(sibling, value)
            position, last = _past_right_edge(position, last)
        else:
            value = node_hash(value, sibling)
        position, last = position >> 1, last >> 1
    return last == 0 and value == root_hash


def verify_consistency(size1: int, size2: int, proof: Sequence[bytes], root1: bytes, root2: bytes) -> bool:
    """Whether ``proof`` shows the tree of ``size2`` to continue that of ``size1`` (RFC 9162 section 2.1.4.2).

    ``size1 = 0`` is refused: any root could be claimed for it, so acceptance would say nothing.
    """
    if not 0 < size1 <= size2 or not _are_hashes(*proof):
        return False
    if size1 == size2:
        return not proof and root1 == root2
    path = list(proof)
    if size1 & (size1 - 1) == 0:  # the old tree is one complete subtree: its root begins the path
        path.insert(0, root1)
    if not path:
        return False
    position, last = size1 - 1, size2 - 1
    while position & 1:  # climb to the last complete subtree of the old tree, where both walks start
        position, last = position >> 1, last >> 1
    old = new = path[0]
    for sibling in path[1:]:
        if last == 0:
            return False
        if position & 1 or position == last:
            old, new = node_hash(sibling, old), node_hash(sibling, new)
            position, last = _past_right_edge(position, last)
        else:
            new = node_hash(new, sibling)
        position, last = position >> 1, last >> 1
    return last == 0 and old == root1 and new == root2


def _past_right_edge(position: int, last: int) -> tuple[int, int]:
    """Skip the levels at which a node on the right edge has no sibling: those where ``position`` is even."""
    while position and not position & 1:
        position, last = position >> 1, last >> 1
    return position, last


def _range(fetch: Fetch, start: int, end: int) -> bytes:
    return _fold([fetch(level, position) for level, position in peaks(start, end)])


def _fold(hashes: Sequence[bytes]) -> bytes:
    """Root over complete subtrees, largest first: the smaller ones on the right close first."""
    if not hashes:
        return EMPTY_ROOT
    value = hashes[-1]
    for left in reversed(hashes[:-1]):
        value = node_hash(left, value)
    return value


def _split(count: int) -> int:
    """The largest power of two below ``count`` (``count`` ≥ 2): where RFC 6962 splits a tree."""
    return 1 << ((count - 1).bit_length() - 1)


def _are_hashes(*values: bytes) -> bool:
    """Two values of odd lengths could hash like two of the right length, so lengths are checked first."""
    return all(len(value) == HASH_BYTES for value in values)
