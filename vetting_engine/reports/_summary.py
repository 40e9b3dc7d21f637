"""The batch as a whole: counts, gaps by owner, lists, pack, engines, groups, refused rows. Ids only, no names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import PurePath

from vetting_engine import messages
from vetting_engine.errors import Fault
from vetting_engine.model.cohort import CellMeasure, CohortRecord
from vetting_engine.model.decision import Disposition
from vetting_engine.model.finding import Gap, GapOwner
from vetting_engine.model.ruleset import Ruleset
from vetting_engine.model.run import Run, Vetting
from vetting_engine.model.watchlist import ListSnapshot, Register
from vetting_engine.reports._candidate import engine_reason, gap_view
from vetting_engine.reports._lists import unusable_lists
from vetting_engine.reports._words import Words

__all__ = ["gravest_first", "summary_view"]

#: What a page lists before it says how many more there are.
MAX_WORKLIST = 500
MAX_FAULTS = 200
MAX_GAPS = 100


def gravest_first(vettings: Sequence[Vetting]) -> list[Vetting]:
    """The order of every page: what needs people first, then by id."""
    return sorted(vettings, key=lambda vetting: (-vetting.decision.disposition.rank, vetting.candidate.id))


def summary_view(run: Run, words: Words) -> dict[str, object]:
    """Everything the summary page shows, but for where each candidate's section lies."""
    unusable = unusable_lists(run)
    return {
        "engine_version": run.engine_version,
        "as_of": run.as_of.isoformat(),
        "dry_run": run.dry_run or any(vetting.decision.dry_run for vetting in run.vettings),
        "held": sum(vetting.decision.held for vetting in run.vettings),
        "rows": run.rows,
        "vetted": len(run.vettings),
        "refused": len({(fault.at.file, fault.at.line) for fault in run.faults if fault.severity == "error"}),
        "dispositions": _dispositions(run, words),
        "gaps": [_gaps_of(owner, run, words) for owner in GapOwner],
        "lists": [_list(snapshot, unusable.get(snapshot.list_id), words) for snapshot in run.watchlists],
        "registers": [_register(register, words) for register in run.registers],
        "pack": _pack(run.ruleset),
        "engines": _engines(run, words),
        "cohorts": [_cohort(cohort, words) for cohort in run.cohorts],
        "faults": [_fault(fault, words) for fault in run.faults[:MAX_FAULTS]],
        "faults_left_out": max(0, len(run.faults) - MAX_FAULTS),
        "dropped": sorted({field for vetting in run.vettings for field in vetting.candidate.dropped_fields}),
        "journal": run.journal or "",
        "checkpoint": run.checkpoint or "",
    }


def _dispositions(run: Run, words: Words) -> list[dict[str, object]]:
    counts = Counter(vetting.decision.disposition for vetting in run.vettings)
    total = max(1, len(run.vettings))
    views: list[dict[str, object]] = []
    left = 0
    for disposition in reversed(Disposition):
        width = counts[disposition] * 10_000 // total
        views.append(
            {
                "name": disposition.value,
                "word": words.word("report.disposition", disposition),
                "about": words.word("report.disposition_about", disposition),
                "count": counts[disposition],
                "left": f"{left // 100}.{left % 100:02}",
                "width": f"{width // 100}.{width % 100:02}",
            }
        )
        left += width
    return views


def _gaps_of(owner: GapOwner, run: Run, words: Words) -> dict[str, object]:
    """One owner's gaps, the most frequent first; equal gaps of several people are counted together."""
    same: dict[tuple[str, str, str], list[Gap]] = {}
    for vetting in run.vettings:
        for gap in vetting.decision.gaps:
            if gap.owner is owner:
                same.setdefault((gap.check, gap.code, repr(sorted(gap.params.items()))), []).append(gap)
    ordered = sorted(same.items(), key=lambda item: (-len(item[1]), item[0]))
    return {
        "owner": owner.value,
        "word": words.word("report.gap_owner", owner),
        "about": words.word("report.gap_owner_about", owner),
        "people": sum(any(gap.owner is owner for gap in vetting.decision.gaps) for vetting in run.vettings),
        "left_out": max(0, len(ordered) - MAX_GAPS),
        "rows": [_gap_row(gaps, words) for _, gaps in ordered[:MAX_GAPS]],
    }


def _gap_row(gaps: Sequence[Gap], words: Words) -> dict[str, object]:
    """Equal gaps of several people, due when the first of them is."""
    due = min((gap.due for gap in gaps if gap.due is not None), default=None)
    return gap_view(gaps[0].model_copy(update={"due": due}), words) | {"count": len(gaps)}


def _list(snapshot: ListSnapshot, gap: Gap | None, words: Words) -> dict[str, object]:
    authority = snapshot.authority
    return {
        "id": snapshot.list_id,
        "title": snapshot.title,
        "issuer": authority.issuer,
        "legal_basis": authority.legal_basis,
        "approving_office": authority.approving_office or "",
        "effect": authority.effect.value,
        "effect_word": words.word("report.effect", authority.effect),
        "published": "" if snapshot.published is None else snapshot.published.isoformat(),
        "retrieved": "" if snapshot.retrieved is None else snapshot.retrieved.isoformat(),
        "unusable": words.sentence(f"gap.{gap.code}", gap.params) if gap else "",
        "entries": len(snapshot.entries),
        "digest": snapshot.digest,
    }


def _register(register: Register, words: Words) -> dict[str, object]:
    return {
        "id": register.register_id,
        "kind": words.word("report.register_kind", register.kind),
        "as_at": "" if register.as_at is None else register.as_at.isoformat(),
        "entries": len(register.entries),
        "digest": register.digest,
    }


def _pack(ruleset: Ruleset) -> dict[str, object]:
    approval = ruleset.approval
    return {
        "id": ruleset.id,
        "title": ruleset.title,
        "version": ruleset.version,
        "digest": ruleset.digest,
        "rules": len(ruleset.rules),
        "purpose": ruleset.purpose,
        "legal_basis": ruleset.legal_basis,
        "required_checks": list(ruleset.required_checks),
        "approval": None
        if approval is None
        else {
            "approvers": list(approval.approvers),
            "office": approval.office,
            "valid_from": approval.valid_from.isoformat(),
            "valid_to": approval.valid_to.isoformat(),
            "demonstration": approval.demonstration,
            "same": approval.digest == ruleset.digest,
        },
    }


def _engines(run: Run, words: Words) -> list[dict[str, object]]:
    rows: dict[str, Counter[str]] = {}
    reasons: dict[str, dict[object, None]] = {}
    for vetting in run.vettings:
        for engine in vetting.engines:
            row = rows.setdefault(engine.engine, Counter())
            row["ran" if engine.ran else "not_run"] += 1
            row["disagreed"] += engine.ran and engine.agreed is False
            row["agreed"] += engine.ran and engine.agreed is True
            if reason := engine_reason(engine, words):
                reasons.setdefault(engine.engine, {})[reason] = None
    return [
        {
            "name": words.word("report.engine", name),
            "ran": row["ran"],
            "agreed": row["agreed"],
            "disagreed": row["disagreed"],
            "reasons": sorted(reasons.get(name, {}), key=str),
        }
        for name, row in sorted(rows.items(), reverse=True)
    ]


def _cohort(cohort: CohortRecord, words: Words) -> dict[str, object]:
    return {
        "check": words.word("check", cohort.check),
        "pool": cohort.pool_size,
        "eligible": cohort.eligible_size,
        "cohort": cohort.cohort_size,
        "cells": [_cell(cell, words) for cell in cohort.cells],
        "reach": [
            {"group": words.word("report.group", reach.group), "reached_by": reach.reached_by} for reach in cohort.reach
        ],
        "notes": [words.word("cohort.note", note) for note in cohort.notes],
    }


def _cell(cell: CellMeasure, words: Words) -> Mapping[str, object]:
    shown = {
        "feature": words.word("report.feature", cell.feature),
        "value": words.word("report.value", cell.value),
        "suppressed": cell.suppressed,
        "minimum": "" if cell.quota is None else cell.quota.minimum,
        "maximum": "" if cell.quota is None or cell.quota.maximum is None else cell.quota.maximum,
    }
    if cell.suppressed:
        # A verdict or a share would give away the count that is hidden.
        return shown
    return shown | {
        "pool": cell.pool,
        "eligible": cell.eligible,
        "selected": cell.selected,
        "undisclosed": cell.undisclosed,
        "share_low": _share(cell.share_low),
        "share_high": _share(cell.share_high),
        "verdict": "" if cell.verdict is None else cell.verdict.value,
        "verdict_word": "" if cell.verdict is None else words.word("report.verdict", cell.verdict),
    }


def _share(basis_points: int) -> str:
    return f"{basis_points // 100}.{basis_points % 100 // 10} %"


def _fault(fault: Fault, words: Words) -> dict[str, object]:
    return {
        "at": str(replace(fault.at, file=PurePath(fault.at.file).name)),  # folders may name their owner
        "sentence": words.sentence(fault.code, fault.params),
        "remedy": words.remedy(fault.code, fault.params),
        "code": fault.code,
        "warning": fault.severity != "error",
        "known": messages.text(fault.code) != fault.code,
    }
