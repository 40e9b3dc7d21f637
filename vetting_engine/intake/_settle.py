"""Settles a file of candidates: an id that stands twice is nobody's, and the rest goes on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pydantic import ValidationError

from vetting_engine.errors import Fault, InputError, Location
from vetting_engine.intake._candidates import Built
from vetting_engine.intake._faults import Place, faults_of
from vetting_engine.model import limits
from vetting_engine.model.cohort import SelfReport
from vetting_engine.protocols import BatchRead

__all__ = ["settle"]


def settle(built: Sequence[Built], file: str, warnings: Iterable[Fault] = (), dropped: Iterable[str] = ()) -> BatchRead:
    """What came out of one file. Rows that share an id are all rejected, each naming the others' lines.

    Raises:
        InputError: ``intake.too_many_candidates``.
    """
    if len(built) > limits.MAX_BATCH_CANDIDATES:
        raise InputError(Fault("intake.too_many_candidates", Location(file), {"max": limits.MAX_BATCH_CANDIDATES}))
    lines: dict[str, list[int]] = {}
    for row in built:
        if row.id:
            lines.setdefault(row.id, []).append(row.line)
    faults = [*warnings]
    if not built:
        faults.append(Fault("intake.no_rows", Location(file)))
    kept: list[Built] = []
    for row in built:
        faults += row.faults
        others = [line for line in lines.get(row.id, ()) if line != row.line]
        if others:
            params = {"candidate": row.id, "lines": ", ".join(map(str, others))}
            faults.append(Fault("id.duplicate", Location(file, row.line, field="id"), params))
        elif row.candidate is not None:
            kept.append(row)
    return BatchRead(
        candidates=tuple(row.candidate for row in kept if row.candidate),
        reports=tuple(_reports(kept, file, faults)),
        faults=tuple(faults),
        rows=len(built),
        dropped_fields=tuple(sorted({*dropped, *(name for row in built for name in row.dropped)})),
    )


def _reports(kept: Iterable[Built], file: str, faults: list[Fault]) -> Iterable[SelfReport]:
    for row in kept:
        if row.answers is None:
            continue
        try:
            yield SelfReport(candidate_id=row.id, answers=row.answers)
        except ValidationError as error:
            faults += faults_of(error, Place(file, row.line))
