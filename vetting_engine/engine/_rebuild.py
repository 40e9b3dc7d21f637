"""Rebuilds what a record was made with: the pack, the lists and the registers, from archived bytes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from vetting_engine import canonical
from vetting_engine.errors import Fault, JournalError, RulesetError, VettingError
from vetting_engine.model.record import Core
from vetting_engine.model.ruleset import Ruleset
from vetting_engine.model.watchlist import Authority, ListSnapshot, Register, RegisterKind
from vetting_engine.protocols import KeyRing, Resources
from vetting_engine.records import Archive
from vetting_engine.rulebook import load_ruleset
from vetting_engine.sources import load_register, load_watchlist

__all__ = ["Rebuilder"]

_Source = TypeVar("_Source", ListSnapshot, Register)
_Made = TypeVar("_Made")


class Rebuilder:
    """Packs and resources of records, each rebuilt once however many records share it.

    Args:
        archive: the archive beside the journal.
        key_ring: handed on with the resources.
        folder: an empty folder for what is read from the archive; it must stay while anything of it is in use.

    What cannot be rebuilt raises the same VettingError each time it is asked for.
    """

    def __init__(self, archive: Archive, key_ring: KeyRing | None, folder: Path) -> None:
        self._archive = archive
        self._key_ring = key_ring
        self._folder = folder
        self._made: dict[str, Any] = {}

    def ruleset(self, core: Core) -> Ruleset:
        """The pack a core names, with the approval it had."""
        return self._once(("pack", dict(core.ruleset)), lambda folder: self._ruleset(core.ruleset, folder))

    def resources(self, core: Core) -> Resources:
        """The lists and registers a core names."""
        named = [[dict(each) for each in core.lists], [dict(each) for each in core.registers]]
        return self._once(("resources", named), lambda folder: self._resources(core, folder))

    def _once(self, named: tuple[str, object], make: Callable[[Path], _Made]) -> _Made:
        key = canonical.digest(canonical.dumps(named))
        if key not in self._made:
            try:
                self._made[key] = make(self._folder / key.removeprefix(canonical.DIGEST_PREFIX))
            except VettingError as error:  # remembered, so that one missing list is not looked for 10,000 times
                self._made[key] = error
        made = self._made[key]
        if isinstance(made, VettingError):
            raise made
        answer: _Made = made
        return answer

    def _resources(self, core: Core, folder: Path) -> Resources:
        watchlists = [self._watchlist(each, folder / f"list-{n}") for n, each in enumerate(core.lists)]
        registers = [self._register(each, folder / f"register-{n}") for n, each in enumerate(core.registers)]
        return Resources(watchlists=watchlists, registers=registers, key_ring=self._key_ring)

    def _ruleset(self, named: Mapping[str, Any], folder: Path) -> Ruleset:
        self._archive.extract_pack(named, folder)
        ruleset = load_ruleset(folder)
        if ruleset.digest != named["digest"]:
            raise RulesetError(Fault("archive.altered", params={"digest": str(named["digest"])}))
        return ruleset

    def _watchlist(self, named: Mapping[str, Any], folder: Path) -> ListSnapshot:
        authority = Authority.model_validate(named["authority"])
        snapshot = self._read(named["digest"], folder, lambda path: load_watchlist(path, authority))
        return snapshot.model_copy(
            update={
                "list_id": named["list_id"],
                "retrieved": _day(named["retrieved"]),
                "max_age_days": named["max_age_days"],
                "accepted": named.get("accepted", ""),
            }
        )

    def _register(self, named: Mapping[str, Any], folder: Path) -> Register:
        kind = RegisterKind(named["kind"])
        register = self._read(named["digest"], folder, lambda path: load_register(path, kind))
        return register.model_copy(update={"register_id": named["register_id"], "as_at": _day(named["as_at"])})

    def _read(self, digest: str, folder: Path, load: Callable[[Path], _Source]) -> _Source:
        """A list or register from archived bytes. Of a set of files, the one to read is the one that gives the
        digest of the record; the archive keeps no order.
        """
        faults: list[Fault] = []
        for path in self._archive.extract_source(digest, folder):
            try:
                source = load(path)
            except VettingError as error:
                faults += error.faults
                continue
            if source.digest == digest:
                return source
        raise JournalError(faults or Fault("archive.altered", params={"digest": digest}))


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
