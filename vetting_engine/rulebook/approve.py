"""Writes ``approval.yaml``: who approved exactly these bytes, for which office, until when."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

from vetting_engine.errors import Fault, Location, RulesetError
from vetting_engine.model.ruleset import Approval
from vetting_engine.rulebook._contents import APPROVAL
from vetting_engine.rulebook.load import check_pack, load_ruleset, pack_digest
from vetting_engine.rulebook.packs import find_pack

__all__ = ["approve_pack"]

#: Hidden, so that a pack is whole at every moment of the writing.
_BEGUN = ".approval.yaml.part"


def approve_pack(
    pack: str | Path,
    *,
    approvers: tuple[str, ...],
    office: str,
    valid_from: date,
    valid_to: date,
    as_of: date,
    demonstration: bool = False,
    replace: bool = False,
) -> Approval:
    """Write the approval of a pack as it lies there now, and read it back.

    Args:
        pack: a folder with ``ruleset.yaml``, or a shipped pack's name.
        approvers: at least two different people, as they are known in the office.
        office: for which it is approved.
        valid_from: first day.
        valid_to: last day.
        as_of: the day on which an approval that is there already counts as in force.
        demonstration: it approves a sample, not the vetting of anybody.
        replace: take the place of an approval that is in force.

    Raises:
        RulesetError: the pack has faults; the approvers are not two people; the office is missing; the days are in
            the wrong order; an approval is in force (``approval.in_force``); the bytes changed meanwhile
            (``approval.not_written``).
    """
    folder = find_pack(pack)
    at = Location(APPROVAL)
    faults = [fault for fault in check_pack(folder) if fault.severity == "error" and fault.at.file != APPROVAL]
    people = {" ".join(name.lower().split()) for name in approvers} - {""}
    if len(people) < max(2, len(approvers)):
        faults.append(Fault("approval.same_person", at))
    if not office.strip():
        faults.append(Fault("approval.office_missing", at))
    if valid_from > valid_to:
        faults.append(Fault("approval.dates", at))
    if not replace and not faults:
        faults.extend(_in_force(folder, as_of))
    if faults:
        raise RulesetError(faults)
    approval = Approval(
        digest=pack_digest(folder),
        approvers=tuple(name.strip() for name in approvers),
        office=office.strip(),
        valid_from=valid_from,
        valid_to=valid_to,
        demonstration=demonstration,
    )
    begun = folder / _BEGUN
    begun.write_text(_yaml(approval), encoding="utf-8", newline="\n")
    begun.replace(folder / APPROVAL)
    if load_ruleset(folder).approval != approval:
        raise RulesetError(Fault("approval.not_written", at))
    return approval


def _in_force(folder: Path, as_of: date) -> list[Fault]:
    try:
        approval = load_ruleset(folder).approval
    except RulesetError:  # the rest of the pack is sound, so it is the approval that cannot be read
        return []
    if approval is None or approval.valid_to < as_of:
        return []
    params = {"until": approval.valid_to.isoformat(), "approvers": ", ".join(approval.approvers)}
    return [Fault("approval.in_force", Location(APPROVAL), params)]


def _yaml(approval: Approval) -> str:
    """Text between double quotes is the same in JSON and in YAML."""
    said = {
        "digest": approval.digest,
        "approvers": list(approval.approvers),
        "office": approval.office,
        "valid_from": approval.valid_from.isoformat(),
        "valid_to": approval.valid_to.isoformat(),
        "demonstration": approval.demonstration,
    }
    return "".join(f"{name}: {json.dumps(value, ensure_ascii=False)}\n" for name, value in said.items())
