"""How alike two parts are: a code that says in which way, and the percent of the rarity that is worth."""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise
from typing import Final

from rapidfuzz.distance import OSA

from vetting_engine.names import _weights as weights
from vetting_engine.names.parts import ACRONYM, Part, Role, spelling_classes

__all__ = ["NOTHING", "Likeness", "likeness"]

#: Code and percent.
Likeness = tuple[str, int]
NOTHING: Final[Likeness] = ("differs", 0)
_CACHE: Final = 1 << 18
_LEAST_SKELETON: Final = 4
_LEAST_EDIT_LENGTH: Final = 3
_LEAST_SKELETON_EDIT: Final = 3
_FAR: Final = 2
LONG_FORM: Final = 7
LONG_BEGINNING: Final = 4


@lru_cache(maxsize=_CACHE)
def likeness(ours: Part, theirs: Part) -> Likeness:
    """The best way the two parts agree. Symmetric."""
    if ours.role is Role.INITIAL or theirs.role is Role.INITIAL:
        return _initial(ours, theirs)
    if ours.roman.startswith(ACRONYM) or theirs.roman.startswith(ACRONYM):
        return max((_by_key(key, ours, theirs) for key in ours.keys & theirs.keys), key=_worth, default=NOTHING)
    if ours.roman == theirs.roman and ours.abjad == theirs.abjad:
        return ("equal" if _same_letters(ours.text, theirs.text) else "equal_after_romanisation"), 100
    best = NOTHING
    for shared in ours.keys & theirs.keys:
        best = max(best, _by_key(shared, ours, theirs), key=_worth)
    if best[1] < weights.EDIT[-1][1]:
        best = max(best, _by_edit(ours, theirs), _truncated(ours, theirs), key=_worth)
    return (best[0], min(best[1], _ceiling(ours, theirs))) if best[0] in _LOOKS else best


#: Likenesses of spelling only, which two different names can show.
_LOOKS: Final = frozenset({"same_consonants", "similar_consonants", "similar_spelling", "beginning_of"})


def _ceiling(ours: Part, theirs: Part) -> int:
    """What a likeness of spelling may be worth at most: different names can look alike."""
    one, other = _spellings(ours), _spellings(theirs)
    if one and other and one.isdisjoint(other):
        return weights.OTHER_NAME
    if ours.abjad is not theirs.abjad:
        return 100
    if ours.simple != theirs.simple and {ours.simple, theirs.simple} in (
        {ours.simple, ours.simple + "i"},
        {theirs.simple, theirs.simple + "i"},
    ):
        return weights.NISBAH
    common = max(ours.rarity, theirs.rarity) < weights.COMMON_BELOW
    return weights.BOTH_COMMON if common else 100


@lru_cache(maxsize=_CACHE)
def _spellings(part: Part) -> frozenset[str]:
    """The spelling classes a part belongs to."""
    return frozenset(key for key in part.keys if key[0] == "c" and int(key[2:]) < spelling_classes())


def _worth(found: Likeness) -> tuple[int, str]:
    return found[1], found[0]


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
    scale = weights.SKELETON_ACROSS if ours.abjad is not theirs.abjad else weights.SKELETON_WITHIN
    return "same_consonants", scale[min(len(value), len(scale) - 1)]


def _by_edit(ours: Part, theirs: Part) -> Likeness:
    if ours.abjad is not theirs.abjad:
        return _by_skeleton_edit(ours, theirs)
    one, other = ours.simple, theirs.simple
    length = max(len(one), len(other))
    if length < _LEAST_EDIT_LENGTH:
        return NOTHING
    away = OSA.distance(one, other, score_cutoff=3)
    if away == _FAR and _same_beginning(one, other):
        return "similar_spelling", _on_scale(100 - 100 * away // length)
    if away > 1:
        bones = min(len(ours.skeleton), len(theirs.skeleton))
        if bones < _LEAST_SKELETON_EDIT or OSA.distance(ours.skeleton, theirs.skeleton, score_cutoff=1) > 1:
            return NOTHING
    return "similar_spelling", _on_scale(100 - 100 * away // length)


def _same_beginning(one: str, other: str) -> bool:
    """Whether two long forms begin alike: such may differ in two letters."""
    return min(len(one), len(other)) >= LONG_FORM and one[:LONG_BEGINNING] == other[:LONG_BEGINNING]


def _by_skeleton_edit(ours: Part, theirs: Part) -> Likeness:
    one, other = ours.skeleton, theirs.skeleton
    lengths = sorted((len(one), len(other)))
    if (
        lengths[0] < _LEAST_SKELETON_EDIT
        or lengths[1] < _LEAST_SKELETON
        or OSA.distance(one, other, score_cutoff=1) > 1
    ):
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


#: "Servant (of)" begins hundreds of names; it is no cut-off form of any.
_ABD_ALONE: Final = frozenset({"abd", "abdu", "abdul", "abdel", "abdal", "abdol", "abdur", "abdo", "abdi"})


def _truncated(ours: Part, theirs: Part) -> Likeness:
    """One is the beginning of the other: cut off by a form field."""
    if ours.abjad is not theirs.abjad:
        return NOTHING
    short, long = sorted((ours.roman, theirs.roman), key=len)
    if not long.startswith(short) or short in _ABD_ALONE:
        return NOTHING
    return "beginning_of", weights.TRUNCATED[min(len(short), len(weights.TRUNCATED) - 1)]
