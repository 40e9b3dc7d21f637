"""How alike two parts are: a code that says in which way, and the percent of the rarity that is worth."""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise
from typing import Final

import numpy as np
from rapidfuzz.distance import OSA

from vetting_engine.names import _weights as weights
from vetting_engine.names.parts import ACRONYM, Part, Role, known_spellings, spelling_classes

__all__ = ["NOTHING", "Likeness", "class_bits", "likeness", "long_beginning"]

#: Code and percent.
Likeness = tuple[str, int]
NOTHING: Final[Likeness] = ("differs", 0)
_CACHE: Final = 1 << 18
LEAST_SKELETON: Final = 4
LEAST_ALIKE: Final = 5
LEAST_EDIT_LENGTH: Final = 4
LEAST_BONES: Final = 3
_FAR: Final = 2
LEAST_SLIP: Final = 5
_LONG: Final = 7
_BEGINNING: Final = 4


@lru_cache(maxsize=_CACHE)
def likeness(ours: Part, theirs: Part) -> Likeness:
    """The best way the two parts agree. Symmetric."""
    if ours.role is Role.INITIAL or theirs.role is Role.INITIAL:
        return _initial(ours, theirs)
    if ours.roman.startswith(ACRONYM) or theirs.roman.startswith(ACRONYM):
        return max((_by_key(key, ours, theirs) for key in ours.keys & theirs.keys), default=NOTHING)
    if ours.roman == theirs.roman and ours.abjad == theirs.abjad:
        return ("equal" if _same_letters(ours.text, theirs.text) else "equal_after_romanisation"), 100
    best = NOTHING
    for shared in ours.keys & theirs.keys:
        best = _better(best, _by_key(shared, ours, theirs))
    if best[1] < weights.EDIT[-1][1]:
        best = _better(_better(best, _by_edit(ours, theirs)), _truncated(ours, theirs))
    if best[0] not in _LOOKS:
        return best
    percent = min(best[1], _ceiling(ours, theirs))
    return (best[0], percent) if percent else NOTHING


#: Likenesses of spelling only, which two different names can show.
_LOOKS: Final = frozenset({"same_consonants", "similar_consonants", "similar_spelling", "beginning_of"})


def _ceiling(ours: Part, theirs: Part) -> int:
    """What a likeness of spelling may be worth at most: different names can look alike."""
    one, other = _spellings(ours), _spellings(theirs)
    if one and other and one.isdisjoint(other):
        return 0  # two known names, each with forms of its own: Hassan, Hussein
    if ours.vowelless is not theirs.vowelless:
        return 100
    if ours.simple != theirs.simple and {ours.simple, theirs.simple} in (
        {ours.simple, ours.simple + "i"},
        {theirs.simple, theirs.simple + "i"},
    ):
        return weights.NISBAH
    common = max(ours.rarity, theirs.rarity) < weights.COMMON_BELOW
    return weights.BOTH_COMMON if common else 100


_spellings: Final = lru_cache(maxsize=_CACHE)(known_spellings)
_BITS: Final = 64


def class_bits(part: Part) -> int:
    """The spelling classes of a part as bits: parts without a common bit have no common class (not conversely)."""
    bits = 0
    for key in _spellings(part):
        bits |= 1 << int(key[2:]) % _BITS
    return bits


def _better(one: Likeness, other: Likeness) -> Likeness:
    """The worthier; of equals the later code, so that no order of keys decides."""
    return other if (other[1], other[0]) > (one[1], one[0]) else one


def _same_letters(one: str, other: str) -> bool:
    return one.isascii() is other.isascii()


def _initial(ours: Part, theirs: Part) -> Likeness:
    letter, other = (ours, theirs) if ours.role is Role.INITIAL else (theirs, ours)
    if other.role is Role.INITIAL:
        return ("equal", 100) if letter.roman == other.roman else NOTHING
    # Cyrillic and Arabic names begin with another Latin letter now and then: Yevgeny, Evgeny.
    starts = other.roman[:1] == letter.roman or other.simple[:1] == letter.simple
    return ("initial", weights.INITIAL) if starts else NOTHING


def _by_key(key: str, ours: Part, theirs: Part) -> Likeness:
    kind, value = key[0], key[2:]
    if kind == "s":
        return "equal_spelling", weights.SIMPLE_EQUAL
    if kind == "c":
        if int(value) < spelling_classes():
            return "same_name", weights.SAME_CLASS
        return "known_variant", weights.NICKNAME
    if kind == "a":
        is_one = ours.roman.startswith(ACRONYM) is not theirs.roman.startswith(ACRONYM)
        return ("acronym", weights.ACRONYM) if is_one else NOTHING
    if kind == "b":
        return "without_abd_or_abu", weights.SAME_FATHERED
    scale = weights.SKELETON_ACROSS if ours.vowelless is not theirs.vowelless else weights.SKELETON_WITHIN
    return "same_consonants", scale[min(len(value), len(scale) - 1)]


def _by_edit(ours: Part, theirs: Part) -> Likeness:
    if ours.vowelless is not theirs.vowelless:
        return _by_skeleton_edit(ours, theirs)
    one, other = ours.simple, theirs.simple
    length = max(len(one), len(other))
    if length < LEAST_EDIT_LENGTH:
        return NOTHING
    away = OSA.distance(one, other, score_cutoff=3)
    if away > 1 and _is_slip(ours, theirs):
        return "similar_spelling", weights.SLIP
    if away == _FAR and _same_beginning(one, other):
        return "similar_spelling", _on_scale(100 - 100 * away // length)
    if away > 1:
        bones = min(len(ours.skeleton), len(theirs.skeleton))
        if bones < LEAST_ALIKE or OSA.distance(ours.skeleton, theirs.skeleton, score_cutoff=1) > 1:
            return NOTHING
    return "similar_spelling", _on_scale(100 - 100 * away // length)


def _is_slip(ours: Part, theirs: Part) -> bool:
    """One letter wrong, missing or swapped as typed: it can tear a digraph apart that the simple form relies on."""
    one, other = len(ours.roman), len(theirs.roman)
    if min(one, other) < LEAST_SLIP or abs(one - other) > 1:
        return False
    return OSA.distance(ours.roman, theirs.roman, score_cutoff=1) <= 1


def _same_beginning(one: str, other: str) -> bool:
    """Whether two long forms begin alike: such may differ in two letters."""
    beginning = long_beginning(one)
    return beginning is not None and beginning == long_beginning(other)


def long_beginning(form: str) -> str | None:
    """The first letters of a long simple form, after the Abd that hundreds share; None for a short one."""
    if len(form) < _LONG:
        return None
    return form[: _BEGINNING + len("abd")] if form.startswith("abd") else form[:_BEGINNING]


def _by_skeleton_edit(ours: Part, theirs: Part) -> Likeness:
    one, other = ours.skeleton, theirs.skeleton
    lengths = sorted((len(one), len(other)))
    if lengths[0] < LEAST_BONES or lengths[1] < LEAST_SKELETON or OSA.distance(one, other, score_cutoff=1) > 1:
        return NOTHING
    return "similar_consonants", weights.SKELETON_NEAR


def _on_scale(percent: int) -> int:
    points = weights.EDIT
    if percent < points[0][0]:
        return 0
    for (low, worth), (high, more) in pairwise(points):
        if percent <= high:
            return worth + (more - worth) * (percent - low) // (high - low)
    return points[-1][1]


LONGEST_SCALED: Final = 320
#: Percent by edits (0 to 3) and length of the longer form, for many pairs at once.
EDIT_BY_LENGTH: Final = np.array(
    [[0, *(_on_scale(100 - 100 * away // length) for length in range(1, LONGEST_SCALED + 1))] for away in range(4)],
    np.int64,
)


#: "Servant (of)" begins hundreds of names; it is no cut-off form of any.
_ABD_ALONE: Final = frozenset({"abd", "abdu", "abdul", "abdel", "abdal", "abdol", "abdur", "abdo", "abdi"})


def _truncated(ours: Part, theirs: Part) -> Likeness:
    """One is the beginning of the other: cut off by a form field."""
    if ours.abjad is not theirs.abjad:
        return NOTHING
    short, long = ours.roman, theirs.roman
    if len(short) > len(long):
        short, long = long, short
    if not long.startswith(short) or short in _ABD_ALONE:
        return NOTHING
    return "beginning_of", weights.TRUNCATED[min(len(short), len(weights.TRUNCATED) - 1)]
