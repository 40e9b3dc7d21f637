"""Holds candidates against the lists: which entries they could be, and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from vetting_engine.checks.watchlist._settings import WatchlistSettings
from vetting_engine.model.candidate import Candidate
from vetting_engine.model.dates import PartialDate
from vetting_engine.model.evidence import PartWeight
from vetting_engine.model.watchlist import EntryKind, EntryName, EntryNameKind, ListSnapshot, WatchlistEntry
from vetting_engine.names._weights import WEAK_ALIAS
from vetting_engine.names.births import SAME_DAY, BirthYears, unreachable, whole_name_shared
from vetting_engine.names.compare import Alignment, explain, points
from vetting_engine.names.compiled import open_or_build
from vetting_engine.names.countries import to_code
from vetting_engine.names.evidence import evidence, most_evidence
from vetting_engine.names.index import Asked, Floors, Rivals
from vetting_engine.names.organisations import parse_organisation
from vetting_engine.names.parts import ParsedName, parse_many, parse_name

__all__ = ["Pair", "Screen"]

#: More centibits than any name has.
_OUT_OF_REACH: Final = 1 << 20
_Ints = npt.NDArray[np.int32]
#: Candidates whose names are compared at one time; bounds what is remembered.
_TOGETHER: Final = 1_000


class Pair(NamedTuple):
    """A candidate beside an entry they could be."""

    snapshot: ListSnapshot
    entry: WatchlistEntry
    candidate_name: str
    entry_name: EntryName
    parts: tuple[PartWeight, ...]
    score: int
    name_score: int
    matched_parts: int
    single_common_name: bool
    own_state: bool


@dataclass(frozen=True, slots=True)
class _Listed:
    """One name of one entry, as it is numbered in an index."""

    snapshot: ListSnapshot
    entry: WatchlistEntry
    name: EntryName


#: A candidate's name, the listed name it resembles, and how.
_Alike = tuple[str, _Listed, Alignment]


class Screen:
    """The lists that are on, indexed once; parts compared are remembered for the whole batch."""

    def __init__(
        self, snapshots: Sequence[ListSnapshot], settings: WatchlistSettings, cache: Path | None = None
    ) -> None:
        self._settings = settings
        listed = [
            _Listed(snapshot, entry, name)
            for snapshot in snapshots
            for entry in snapshot.entries
            if entry.kind in settings.kinds
            for name in entry.names
        ]
        self._people = [each for each in listed if each.entry.kind is EntryKind.PERSON]
        self._bodies = [each for each in listed if each.entry.kind is not EntryKind.PERSON]
        digests = " ".join(snapshot.digest for snapshot in snapshots)
        self._person_index, self._body_index = (
            open_or_build(cache, digests, [each.name.text for each in those], bodies=bodies)
            for those, bodies in ((self._people, False), (self._bodies, True))
        )
        self._person_years = BirthYears([each.entry for each in self._people])
        self._body_years = BirthYears([each.entry for each in self._bodies])
        self._person_rivals, self._body_rivals = _rivals(self._people), _rivals(self._bodies)

    def work_ahead(self) -> None:
        """Work out beforehand what is the same for every batch."""
        self._person_index.work_ahead()
        self._body_index.work_ahead()

    def pairs_of(self, candidates: Sequence[Candidate]) -> Iterator[list[Pair]]:
        """Per candidate, every entry whose names and evidence reach ``weak_from``: the strongest first, then by list
        and id. Candidates are compared together, some at a time.
        """
        for start in range(0, len(candidates), _TOGETHER):
            together = candidates[start : start + _TOGETHER]
            for candidate, found in zip(together, self._alike(together), strict=True):
                yield self._pairs(candidate, found)

    def _pairs(self, candidate: Candidate, found: Sequence[_Alike]) -> list[Pair]:
        best: dict[tuple[str, str], tuple[int, _Listed, str, Alignment]] = {}
        for name, each, alignment in found:
            centibits = alignment.centibits + _alias_weight(each.name)
            key = (each.snapshot.list_id, each.entry.id)
            if key not in best or (centibits, best[key][1].name.text) > (best[key][0], each.name.text):
                best[key] = (centibits, each, name, alignment)
        weighed = (self._weighed(candidate, *best[key]) for key in sorted(best))
        kept = [pair for pair in weighed if pair is not None]
        return sorted(kept, key=lambda pair: (-pair.score, pair.snapshot.list_id, pair.entry.id))

    def _alike(self, candidates: Sequence[Candidate]) -> list[list[_Alike]]:
        """Names that reach the pack's floor for names, and what evidence could not make up for."""
        floor = points_to_centibits(self._settings.name_floor)
        weak = points_to_centibits(self._settings.weak_from)
        answers: list[list[_Alike]] = [[] for _ in candidates]
        for index, listed, years, rivals, parse in (
            (self._person_index, self._people, self._person_years, self._person_rivals, parse_name),
            (self._body_index, self._bodies, self._body_years, self._body_rivals, parse_organisation),
        ):
            if not listed:
                continue
            asked = [(place, name.text) for place, candidate in enumerate(candidates) for name in candidate.names]
            needed = [weak - most_evidence(candidates[place]) for place, _ in asked]
            dates = [candidates[place].birth_date for place, _ in asked]
            names = [
                Asked(name, max(floor, least if date is None else least - SAME_DAY))
                for name, least, date in zip(parse_many([text for _, text in asked], parse), needed, dates, strict=True)
            ]
            found = index.search_many(names, _floors(needed, years, dates), rivals)
            for (place, text), answer in zip(asked, found, strict=True):
                answers[place].extend((text, listed[each.name], each.alignment) for each in answer)
        return answers

    def _weighed(
        self, candidate: Candidate, centibits: int, listed: _Listed, name: str, alignment: Alignment
    ) -> Pair | None:
        """The pair with its reasons; None below ``weak_from``."""
        beside = evidence(candidate, listed.entry)
        shared = whole_name_shared(centibits, beside)
        centibits += shared.centibits if shared is not None else 0
        score = points(centibits + sum(part.centibits for part in beside))
        if score < self._settings.weak_from:
            return None
        parts = [*explain(alignment)]
        weight = _alias_weight(listed.name)
        if weight:
            parts.append(PartWeight(part="name", code="weak_alias", centibits=weight))
        if shared is not None:
            parts.append(shared)
        settings = self._settings
        matched = alignment.matches
        common = len(matched) == 1 and min(part.rarity for part in matched[0].theirs) < settings.common_below
        return Pair(
            snapshot=listed.snapshot,
            entry=listed.entry,
            candidate_name=name,
            entry_name=listed.name,
            parts=(*parts, *beside),
            score=score,
            name_score=points(centibits),
            matched_parts=len(matched),
            single_common_name=common,
            own_state=_is_own_state(candidate, listed.snapshot, listed.entry),
        )


def _rivals(listed: Sequence[_Listed]) -> Rivals:
    """Names of one entry: only the one most like the candidate's is told."""
    entries: dict[tuple[str, str], int] = {}
    owners = [entries.setdefault((each.snapshot.list_id, each.entry.id), len(entries)) for each in listed]
    return Rivals(np.array(owners, np.int32), np.array([_alias_weight(each.name) for each in listed], np.int32))


def _floors(needed: Sequence[int], years: BirthYears, dates: Sequence[PartialDate | None]) -> Floors:
    """What answers must reach by what else is known: ``needed``, less the most that the birth dates could add; out of
    reach where no name counts for so much.
    """
    least, most = np.array(needed, np.int32), years.most(dates)

    def floors(places: _Ints, numbers: _Ints) -> _Ints:
        birth = most(places, numbers)
        return np.where(unreachable(least[places] - birth, birth), _OUT_OF_REACH, least[places] - birth)

    return floors


def points_to_centibits(score: int) -> int:
    """The least centibits that make ``score`` basis points."""
    return -(-score // points(1))


def readable(names: Iterable[str]) -> tuple[list[ParsedName], list[ParsedName]]:
    """Names that can be compared, and those that cannot."""
    parsed = [parse_name(name) for name in names]
    return [name for name in parsed if name.readings], [name for name in parsed if not name.readings]


def _alias_weight(name: EntryName) -> int:
    return WEAK_ALIAS if name.kind is EntryNameKind.WEAK_ALIAS else 0


def _is_own_state(candidate: Candidate, snapshot: ListSnapshot, entry: WatchlistEntry) -> bool:
    """Whether the entry comes from the state the candidate is from (where no origin is told, a nationality), and from
    nobody else.
    """
    issuers = {to_code(country) for country in snapshot.authority.issuers_of(entry)}
    written = [candidate.country_of_origin] if candidate.country_of_origin else candidate.nationalities
    return None not in issuers and issuers <= {to_code(country) for country in written if country}
