"""Compares two names part by part and says how each part weighed.

Additive log-likelihood weights after Fellegi and Sunter (1969): agreement is worth the rarity of the part,
contradiction costs, omission hardly does. Parts are aligned whatever their order. The score does not saturate,
and no name scores higher against a name than the name itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, NamedTuple

from vetting_engine.model.evidence import PartWeight
from vetting_engine.model.watchlist import EntryKind
from vetting_engine.names import _weights as weights
from vetting_engine.names._runs import runs
from vetting_engine.names._similarity import likeness
from vetting_engine.names.organisations import parse_organisation
from vetting_engine.names.parts import ParsedName, Part, Reading, Role, parse_name

__all__ = [
    "Alignment",
    "Match",
    "NameComparison",
    "align",
    "compare_names",
    "compare_parsed",
]


class Match(NamedTuple):
    """Parts of ours that answer parts of theirs: ``code`` says in which way, ``centibits`` what it weighs."""

    ours: tuple[Part, ...]
    theirs: tuple[Part, ...]
    code: str
    percent: int
    centibits: int


class Alignment(NamedTuple):
    """Two readings aligned. ``only_ours`` and ``only_theirs`` found no like; ``centibits`` is the sum of all."""

    matches: tuple[Match, ...]
    only_ours: tuple[Part, ...]
    only_theirs: tuple[Part, ...]
    contradiction: int
    omission: int
    complete: int
    titles: int
    centibits: int
    reversed: tuple[Match, ...] = ()
    reversal: int = 0


@dataclass(frozen=True, slots=True)
class NameComparison:
    """How alike two names are.

    Attributes:
        score: basis points, 0 or more; 10,000 stands for about 25 bits of evidence and may be passed.
        parts: every part's weight; their sum is ``centibits``.
        readable: whether both names had anything to compare.
    """

    score: int
    centibits: int
    parts: tuple[PartWeight, ...]
    readable: bool = True


_UNREADABLE: Final = NameComparison(0, 0, (), readable=False)


def compare_names(ours: str, theirs: str, *, kind: EntryKind = EntryKind.PERSON) -> NameComparison:
    """Compare two written names of a person or an organisation; any text has a defined answer."""
    parse = parse_name if kind is EntryKind.PERSON else parse_organisation
    return compare_parsed(parse(ours), parse(theirs))


def compare_parsed(ours: ParsedName, theirs: ParsedName) -> NameComparison:
    """The best of all pairs of readings."""
    best = best_alignment(ours, theirs)
    if best is None:
        return _UNREADABLE
    return NameComparison(points(best.centibits), best.centibits, tuple(explain(best)))


def points(centibits: int) -> int:
    """Centibits as basis points, not below 0."""
    return max(0, centibits * weights.POINTS)


def best_alignment(ours: ParsedName, theirs: ParsedName) -> Alignment | None:
    """The alignment of the best pair of readings; None where one name cannot be read."""
    best: Alignment | None = None
    for one in ours.readings:
        for other in theirs.readings:
            found = align(one, other)
            if best is None or found.centibits > best.centibits:
                best = found
    return best


def align(
    ours: Reading, theirs: Reading, *, joins: bool = True, alike: Iterable[tuple[int, int]] | None = None
) -> Alignment:
    """Align two readings: the weightiest likeness first, each part used once.

    ``joins``: False where it is known that no part of one is neighbours of the other written as one word. ``alike``:
    places of ours and theirs, where it is known that no others are alike.
    """
    candidates = _candidates(ours, theirs, _everywhere(ours, theirs) if alike is None else alike)
    if joins:
        candidates.extend(_joins(ours, theirs))
    candidates.sort()
    taken_ours: set[int] = set()
    taken_theirs: set[int] = set()
    matches: list[_Candidate] = []
    for each in candidates:
        span, other = range(*each[1]), range(*each[2])
        if taken_ours.isdisjoint(span) and taken_theirs.isdisjoint(other):
            taken_ours.update(span)
            taken_theirs.update(other)
            matches.append(each)
    left = tuple([part for place, part in enumerate(ours.parts) if place not in taken_ours])
    right = tuple([part for place, part in enumerate(theirs.parts) if place not in taken_theirs])
    return _weighed(ours, theirs, matches, left, right)


#: What it costs not to take it (worth below nought, so that the worthiest is the least), places of ours and theirs,
#: code, percent.
_Candidate = tuple[int, tuple[int, int], tuple[int, int], str, int]


def _everywhere(ours: Reading, theirs: Reading) -> Iterator[tuple[int, int]]:
    return ((place, there) for place in range(len(ours.parts)) for there in range(len(theirs.parts)))


def _candidates(ours: Reading, theirs: Reading, places: Iterable[tuple[int, int]]) -> list[_Candidate]:
    found = []
    for place, there in places:
        one, other = ours.parts[place], theirs.parts[there]
        code, percent = likeness(one, other)
        if percent:
            worth = min(one.rarity, other.rarity) * percent // 100
            found.append((-worth, (place, place + 1), (there, there + 1), code, percent))
    return found


def _joins(ours: Reading, theirs: Reading) -> Iterator[_Candidate]:
    """Parts written as one word on one side and as two to four on the other."""
    for place, one in enumerate(ours.parts):
        for (start, end), keys, rarity in runs(theirs.parts):
            if not keys.isdisjoint(one.keys):
                yield (
                    -(min(one.rarity, rarity) * weights.JOINED // 100),
                    (place, place + 1),
                    (start, end),
                    "joined",
                    weights.JOINED,
                )
    for there, other in enumerate(theirs.parts):
        for (start, end), keys, rarity in runs(ours.parts):
            if not keys.isdisjoint(other.keys):
                yield (
                    -(min(other.rarity, rarity) * weights.JOINED // 100),
                    (start, end),
                    (there, there + 1),
                    "split",
                    weights.JOINED,
                )


def _weighed(
    ours: Reading, theirs: Reading, chosen: Sequence[_Candidate], left: tuple[Part, ...], right: tuple[Part, ...]
) -> Alignment:
    matches = []
    total = 0
    for rank, (cost, span, other, code, percent) in enumerate(chosen):
        counted = -cost * weights.DIMINISHING[min(rank, len(weights.DIMINISHING) - 1)] // 100
        matches.append(Match(ours.parts[slice(*span)], theirs.parts[slice(*other)], code, percent, counted))
        total += counted
    lost, lacking = sum([part.rarity for part in left]), sum([part.rarity for part in right])
    lesser = min(lost, lacking)
    contradiction = -(weights.CONTRADICTION_BASE + lesser * weights.CONTRADICTION_SHARE // 100) if lesser else 0
    omission = -((max(lost, lacking) - lesser) * weights.OMISSION_SHARE // 100)
    complete = 0
    if matches and not left and not right:
        complete = min(ours.complete, theirs.complete) * min([match.percent for match in matches]) ** 2 // 10_000
    titles = weights.TITLE if matches and ours.titles and theirs.titles and _share_a_title(ours, theirs) else 0
    crossed, reversal = _reversed(matches)
    return Alignment(
        tuple(matches),
        left,
        right,
        contradiction,
        omission,
        complete,
        titles,
        total + contradiction + omission + complete + titles + reversal,
        crossed,
        reversal,
    )


def _reversed(matches: Sequence[Match]) -> tuple[tuple[Match, ...], int]:
    """A bin B against B bin A: two people, father and son. The matches that cross, and what that costs."""
    crossing = [match for match in matches if match[0][0].role is not match[1][0].role]
    if len(crossing) < 2:  # noqa: PLR2004  # one each way
        return (), 0
    to_son = [match for match in crossing if _roles(match) == (Role.NAME, Role.PATRONYMIC)]
    to_father = [match for match in crossing if _roles(match) == (Role.PATRONYMIC, Role.NAME)]
    if not to_son or not to_father:
        return (), 0
    rarity = min(min(part.rarity for part in (*match.ours, *match.theirs)) for match in (*to_son, *to_father))
    cost = weights.CONTRADICTION_BASE + rarity * weights.CONTRADICTION_SHARE // 100
    return (to_son[0], to_father[0]), -cost


def _roles(match: Match) -> tuple[Role, Role]:
    return match.ours[0].role, match.theirs[0].role


def _share_a_title(ours: Reading, theirs: Reading) -> bool:
    return not {part.roman for part in ours.titles}.isdisjoint(part.roman for part in theirs.titles)


def explain(found: Alignment) -> Iterator[PartWeight]:
    """The alignment as evidence, in order of weight; the weights sum to the alignment's centibits."""
    for match in found.matches:
        yield _part_weight("name_part", match.code, match.centibits, _text(match.ours), _text(match.theirs))
    ours, theirs = _text(found.only_ours), _text(found.only_theirs)
    if found.contradiction:
        yield _part_weight("name_part", "differs", found.contradiction + found.omission, ours, theirs)
    elif found.omission:
        side = "only_ours" if found.only_ours else "only_theirs"
        yield _part_weight("name_part", side, found.omission, ours, theirs)
    if found.complete:
        yield _part_weight("name", "complete", found.complete)
    if found.titles:
        yield _part_weight("name", "same_title", found.titles)
    if found.reversal:
        ours = _text([part for match in found.reversed for part in match.ours])
        theirs = _text([part for match in found.reversed[::-1] for part in match.theirs])
        yield _part_weight("name_part", "father_and_son", found.reversal, ours, theirs)


@lru_cache(maxsize=1 << 13)
def _part_weight(part: str, code: str, centibits: int, ours: str = "", theirs: str = "") -> PartWeight:
    """Made once: it cannot be changed, and the same parts agree in many a pair."""
    return PartWeight(part=part, code=code, ours=ours, theirs=theirs, centibits=centibits)


def _text(parts: Sequence[Part]) -> str:
    return parts[0].text if len(parts) == 1 else " ".join([part.text for part in parts])
