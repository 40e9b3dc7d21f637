"""After lists changed: find whom it affects, vet only these anew, and say so of each.

Whoever is not affected would get the same answer again, so their record stands. Where the cases come from a journal,
new records are written that supersede the old ones; the lists of their day come from its archive.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from functools import partial
from pathlib import Path

from vetting_engine.checks.watchlist import PLUGIN, Affected, ChangeKind, Touch
from vetting_engine.engine._pool import CHUNK, chunks
from vetting_engine.engine._rebuild import Rebuilder
from vetting_engine.engine._standing import Case, Group, Standing
from vetting_engine.engine._version import ENGINE_VERSION
from vetting_engine.engine._vet import Engine
from vetting_engine.errors import Fault, ListError
from vetting_engine.model.candidate import Candidate
from vetting_engine.model.decision import Disposition
from vetting_engine.model.record import Actor
from vetting_engine.model.ruleset import Ruleset
from vetting_engine.model.run import Vetting
from vetting_engine.model.watchlist import Effect, ListSnapshot
from vetting_engine.protocols import Resources
from vetting_engine.records import Journal, OpeningKeyRing

__all__ = ["Because", "ListChange", "RescreenReport", "Rescreened", "rescreen_batch", "rescreen_journal"]

#: A copy may do less than the one before only if somebody says so.
_STRENGTH = {Effect.OFF: 0, Effect.ADVISORY: 1, Effect.BINDING: 2}


class Because(StrEnum):
    """Why somebody's old answer does not stand."""

    ENTRIES = "entries"  # an entry that resembles them came, left, changed or expired
    LISTS = "lists"  # a list went missing or too old, or is so no longer
    RULES = "rules"  # other watchlist rules are in force
    VERSION = "version"  # another version of the engine or of the check decided


@dataclass(frozen=True, slots=True)
class Rescreened:
    """One person vetted anew. ``superseded`` is the record that the new one takes the place of, empty without one."""

    because: tuple[Because, ...]
    touches: tuple[Touch, ...]
    before: Disposition
    vetting: Vetting
    superseded: str = ""

    @property
    def direction(self) -> int:
        """1 where the disposition is graver now, -1 where it is milder, 0 where it is the same."""
        after = self.vetting.decision.disposition
        return (after.rank > self.before.rank) - (after.rank < self.before.rank)


@dataclass(frozen=True, slots=True)
class ListChange:
    """What became of one list; digests are empty where it was not there."""

    list_id: str
    before: str
    after: str
    counts: Mapping[ChangeKind, int]


@dataclass(frozen=True, slots=True)
class RescreenReport:
    """Everybody looked at, and those vetted anew.

    ``erased`` records cannot be opened any more; ``not_rebuilt`` lack something they were made with (code → how many).
    """

    as_of: date
    people: int
    lists: tuple[ListChange, ...]
    anew: tuple[Rescreened, ...]
    erased: int = 0
    not_rebuilt: Mapping[str, int] = field(default_factory=dict)

    def moved(self, direction: int) -> int:
        """How many dispositions went that way (see ``Rescreened.direction``)."""
        return sum(each.direction == direction for each in self.anew)


def rescreen_batch(
    ruleset: Ruleset,
    before: Sequence[ListSnapshot],
    after: Resources,
    candidates: Iterable[Candidate],
    *,
    days: tuple[date, date],
    progress: Callable[[int], None] | None = None,
) -> RescreenReport:
    """Whom a change of lists affects in a batch, and what they come to under both; nothing is recorded.

    Args:
        ruleset: the pack.
        before: the lists as they were.
        after: the lists as they are, registers and a cache.
        candidates: the batch; ids must differ.
        days: the day the batch was vetted on over ``before``, and the day to decide for now.
        progress: called with the number of people looked at.

    Raises:
        RulesetError: the pack does not fit an installed check.
    """
    then = Engine(ruleset, resources=replace(after, watchlists=before))
    now = Engine(ruleset, resources=after)
    affected = Affected(ruleset, before, after.watchlists, days)
    anew: list[Rescreened] = []
    people = 0
    for batch in chunks(candidates, CHUNK):
        found = _affected(affected, [Case(candidate) for candidate in batch])
        old = then.vet_many([each.case.candidate for each in found], as_of=days[0])
        anew += _vetted(now, found, [vetting.decision.disposition for vetting in old], days[1])
        people += len(batch)
        if progress:
            progress(people)
    return RescreenReport(days[1], people, _list_changes([(before, after.watchlists, affected)]), tuple(anew))


def rescreen_journal(
    journal: Journal,
    key_ring: OpeningKeyRing,
    lists: Sequence[ListSnapshot],
    *,
    as_of: date,
    record: bool = True,
    turned_off: Sequence[str] = (),
    cache: Path | None = None,
    actor: Actor | None = None,
    office: str = "",
    progress: Callable[[int], None] | None = None,
) -> RescreenReport:
    """Screen everybody in a journal against newer copies of lists; record anew whom the change affects.

    Args:
        journal: open for appending; its archive holds the packs, lists and registers of its records.
        key_ring: the ring the records were made with.
        lists: newer copies; a list that is not among them stays as each record has it.
        as_of: the day to decide for.
        record: whether to write records; without it, the report says what would be.
        turned_off: ids of lists an office has turned down on purpose.
        cache: a folder where lists may be kept compiled.
        actor: who runs this, for the envelope.
        office: the office responsible; by default that of each pack's approval.
        progress: called with the number of people looked at.

    Raises:
        JournalError: a record was altered, or the journal cannot be written.
        ListError: ``rescreen.list_older`` or ``rescreen.effect_lowered``, before anything is recorded.
    """
    with tempfile.TemporaryDirectory(prefix="vetting-rescreen-") as folder:
        rebuilder = Rebuilder(journal.archive, None, Path(folder))
        standing = Standing(journal, key_ring, rebuilder)
        groups = standing.groups()
        _refuse(groups, lists, turned_off)
        anew: list[Rescreened] = []
        compared: list[Compared] = []
        kept = journal if record else None
        for group in groups:
            after = _replaced(group.resources.watchlists, lists)
            affected = Affected(group.ruleset, group.resources.watchlists, after, (group.day, as_of))
            compared.append((group.resources.watchlists, after, affected))
            resources = replace(group.resources, watchlists=after, key_ring=key_ring, cache=cache)
            by = office or group.ruleset.office
            prepare = partial(Engine, group.ruleset, resources=resources, journal=kept, actor=actor, office=by)
            for again in _batches_anew(chunks(standing.cases(group), CHUNK), affected, prepare, as_of):
                anew += again
                if progress:
                    progress(standing.opened)
    return RescreenReport(
        as_of,
        standing.opened,
        _list_changes(compared),
        tuple(anew),
        standing.erased,
        dict(sorted(standing.not_rebuilt.items())),
    )


#: Lists before, lists after, and whom the difference affects.
Compared = tuple[Sequence[ListSnapshot], Sequence[ListSnapshot], Affected]


@dataclass(frozen=True, slots=True)
class _Found:
    """Somebody whose old answer does not stand."""

    case: Case
    because: tuple[Because, ...]
    touches: tuple[Touch, ...]


def _batches_anew(
    batches: Iterable[Sequence[Case]], affected: Affected, prepare: Callable[[], Engine], as_of: date
) -> Iterator[list[Rescreened]]:
    """Of each batch those vetted anew. A pack and its lists are prepared, and archived, only if anybody is."""
    engine: Engine | None = None
    for batch in batches:
        found = _affected(affected, batch)
        if found and engine is None:
            engine = prepare()
        before = [each.case.before for each in found]
        yield [] if engine is None else list(_vetted(engine, found, before, as_of))


def _affected(affected: Affected, batch: Sequence[Case]) -> list[_Found]:
    """Those of the batch whose old answer does not stand, and why."""
    found: list[_Found] = []
    touches = affected.touches([case.candidate for case in batch])
    for case, theirs in zip(batch, touches, strict=True):
        holds = {
            Because.ENTRIES: bool(theirs),
            Because.LISTS: affected.by_gaps,
            Because.RULES: affected.by_rules,
            Because.VERSION: _other_version(case),
        }
        if any(holds.values()):
            found.append(_Found(case, tuple(because for because, held in holds.items() if held), theirs))
    return found


def _other_version(case: Case) -> bool:
    if case.record is None:
        return False
    version = next((each["version"] for each in case.record.core.checks if each["check"] == PLUGIN.name), None)
    return case.record.core.engine_version != ENGINE_VERSION or version != PLUGIN.version


def _vetted(
    engine: Engine, found: Sequence[_Found], before: Sequence[Disposition], as_of: date
) -> Iterator[Rescreened]:
    readings = {each.case.candidate.id: each.case.readings for each in found}
    latest = {each.case.candidate.id: each.case.record.id for each in found if each.case.record}
    people = [each.case.candidate for each in found]
    vetted = engine.vet_many(people, as_of=as_of, readings=readings, superseding=latest)
    for each, disposition, vetting in zip(found, before, vetted, strict=True):
        record = each.case.record
        yield Rescreened(each.because, each.touches, disposition, vetting, record.id if record else "")


def _replaced(before: Sequence[ListSnapshot], lists: Sequence[ListSnapshot]) -> tuple[ListSnapshot, ...]:
    """The lists with the newer copies in the place of the older; lists that were not there come last."""
    newer = {snapshot.list_id: snapshot for snapshot in lists}
    kept = [newer.pop(snapshot.list_id, snapshot) for snapshot in before]
    return (*kept, *newer.values())


def _refuse(groups: Sequence[Group], lists: Sequence[ListSnapshot], turned_off: Sequence[str]) -> None:
    """A copy older than one already used, or one that may do less though no office has said so, is a slip."""
    newer = {snapshot.list_id: snapshot for snapshot in lists}
    faults: dict[tuple[str, str], Fault] = {}
    for old in (snapshot for group in groups for snapshot in group.resources.watchlists):
        new = newer.get(old.list_id)
        if new is None:
            continue
        if old.published and new.published and new.published < old.published:
            days = {"list": new.list_id, "used": str(old.published), "given": str(new.published)}
            faults.setdefault(("older", new.list_id), Fault("rescreen.list_older", params=days))
        lowered = _STRENGTH[new.authority.effect] < _STRENGTH[old.authority.effect]
        if lowered and new.list_id not in turned_off:
            effects = {"list": new.list_id, "was": old.authority.effect.value, "now": new.authority.effect.value}
            faults.setdefault(("effect", new.list_id), Fault("rescreen.effect_lowered", params=effects))
    if faults:
        raise ListError(faults.values())


def _list_changes(compared: Sequence[Compared]) -> tuple[ListChange, ...]:
    """What became of each list; copies that several records share are told once."""
    told: dict[tuple[str, str, str], ListChange] = {}
    for before, after, affected in compared:
        was = {snapshot.list_id: snapshot.digest for snapshot in before}
        now = {snapshot.list_id: snapshot.digest for snapshot in after}
        for list_id in sorted(was.keys() | now.keys()):
            digests = was.get(list_id, ""), now.get(list_id, "")
            told.setdefault((list_id, *digests), ListChange(list_id, *digests, affected.changes.counts(list_id)))
    return tuple(told[key] for key in sorted(told))
