"""What keeps the conflict check from answering: registers we lack, and declarations nobody asked for."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from vetting_engine.checks.conflict._settings import ConflictSettings
from vetting_engine.model.candidate import Candidate
from vetting_engine.model.finding import Function, Gap, GapOwner
from vetting_engine.model.watchlist import Register

__all__ = ["declaration_gaps", "register_gaps"]

#: Registers are kept by these; a declaration is asked for by whoever speaks with the candidate.
_KEEPERS = (Function.PRIVATE_SECTOR_PARTNERSHIPS, Function.LEGAL)
_ASKERS = (Function.PUBLIC_INFORMATION,)


def register_gaps(registers: Sequence[Register], settings: ConflictSettings, as_of: date, due: date) -> tuple[Gap, ...]:
    """Required kinds of register that are not there, and registers that are undated or too old on ``as_of``."""
    held = {register.kind for register in registers}
    gaps = [
        _ours("conflict.no_register", due, register=kind.value)
        for kind in settings.required_registers
        if kind not in held
    ]
    for register in sorted(registers, key=lambda item: item.register_id):
        if register.as_at is None or register.as_at > as_of:
            gaps.append(_ours("conflict.register_undated", due, register=register.register_id))
        elif (as_of - register.as_at).days > settings.register_max_age_days:
            gaps.append(
                _ours(
                    "conflict.register_stale",
                    due,
                    register=register.register_id,
                    days=(as_of - register.as_at).days,
                    most=settings.register_max_age_days,
                )
            )
    return tuple(gaps)


def declaration_gaps(candidate: Candidate, due: date) -> tuple[Gap, ...]:
    """A candidate who was not asked for their ties, or whose name is missing, is asked; never suspected."""
    gaps = []
    if not candidate.relations_declared:
        gaps.append(_theirs("conflict.not_declared", due))
    if not candidate.names:
        gaps.append(_theirs("conflict.no_name", due))
    return tuple(gaps)


def _ours(code: str, due: date, **params: str | int) -> Gap:
    return Gap(code=code, check="conflict", owner=GapOwner.OURS, params=params, functions=_KEEPERS, due=due)


def _theirs(code: str, due: date) -> Gap:
    return Gap(code=code, check="conflict", owner=GapOwner.CANDIDATE, functions=_ASKERS, due=due)
