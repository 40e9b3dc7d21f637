"""Keys of like spelling: an asked and a listed part meet where an edit or a cut lies between them."""

from __future__ import annotations

import numpy as np
import pytest

from vetting_engine.names._keys import hashes_of_keys, key_hash, spelling_keys, spread
from vetting_engine.names.parts import Part, Role, make_part


def _keys(part: Part, *, asked: bool) -> set[int]:
    _, hashes, _ = spelling_keys([part], asked=asked)
    return set(hashes.tolist())


def _meet(ours: str, theirs: str, *, abjad: bool = False) -> bool:
    one = make_part(ours, ours, Role.NAME)
    other = make_part(theirs, theirs, Role.NAME, abjad=abjad)
    both_ways = [
        not _keys(one, asked=True).isdisjoint(_keys(other, asked=False)),
        not _keys(other, asked=True).isdisjoint(_keys(one, asked=False)),
    ]
    assert len(set(both_ways)) == 1
    return both_ways[0]


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("okvale", "okvalle"),  # a letter more
        ("okvale", "okvake"),  # another letter
        ("farrokhal", "farrohkal"),  # two swapped
        ("marrowbyson", "marrowbytan"),  # a long beginning in common
        ("okvaleson", "okv"),  # cut off
        ("tmsn", "tamsin"),  # written without vowels
        ("frkhl", "farrokhal"),
    ],
)
def test_parts_that_may_be_alike_meet(ours: str, theirs: str) -> None:
    assert _meet(ours, theirs)


@pytest.mark.parametrize(("ours", "theirs"), [("okvale", "dejen"), ("ilse", "marrow"), ("al", "ul")])
def test_parts_that_are_not_do_not(ours: str, theirs: str) -> None:
    assert not _meet(ours, theirs)


def test_initials_have_no_keys() -> None:
    initial = make_part("J", "j", Role.INITIAL)
    assert not _keys(initial, asked=True)
    assert not _keys(initial, asked=False)


def test_many_parts_have_the_keys_of_each_alone() -> None:
    parts = [make_part(name, name, Role.NAME) for name in ("okvale", "al", "tmsn", "marrowbyson", "x" * 300)]
    for asked in (True, False):
        owners, hashes, _ = spelling_keys(parts, asked=asked)
        for number, part in enumerate(parts):
            assert set(hashes[owners == number].tolist()) == _keys(part, asked=asked)


def test_no_parts_have_no_keys() -> None:
    for asked in (True, False):
        owners, hashes, _ = spelling_keys([], asked=asked)
        assert len(owners) == len(hashes) == 0


def test_named_keys_say_whose_they_are() -> None:
    owners, hashes = hashes_of_keys([("s:okval",), (), ("s:okval", "k:kfl")])
    assert owners.tolist() == [0, 2, 2]
    assert hashes.tolist() == [key_hash("s:okval"), key_hash("s:okval"), key_hash("k:kfl")]


def test_spread_lists_every_place() -> None:
    assert spread(np.array([5, 0, 9]), np.array([2, 0, 3])).tolist() == [5, 6, 9, 10, 11]
    assert spread(np.empty(0, np.int64), np.empty(0, np.int64)).tolist() == []
