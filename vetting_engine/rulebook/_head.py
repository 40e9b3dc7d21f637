"""Reads ``ruleset.yaml``, the documents of the checks, and ``approval.yaml``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from vetting_engine.errors import Location
from vetting_engine.files.yaml import YamlDocument
from vetting_engine.model.base import FrozenDict
from vetting_engine.model.ruleset import Approval, Obligation
from vetting_engine.rulebook._contents import APPROVAL
from vetting_engine.rulebook._near import nearest
from vetting_engine.rulebook._reading import Reading
from vetting_engine.rulebook._surface import PackHead
from vetting_engine.rulebook._typed import validate
from vetting_engine.rulebook.packs import HEAD

__all__ = ["Head", "read_approval", "read_documents", "read_head"]


@dataclass(frozen=True, slots=True)
class Head:
    """``ruleset.yaml`` read: what it says, the settings of the checks it names, its obligations."""

    document: YamlDocument
    said: PackHead
    settings: Mapping[str, Any]
    obligations: Mapping[str, Obligation]


def read_head(reading: Reading) -> Head | None:
    """``ruleset.yaml``; None where it cannot be used."""
    if HEAD not in reading.contents.files:
        reading.fault("pack.no_head", Location(HEAD))
        return None
    document = reading.document(HEAD)
    if document is None:
        return None
    value = document.value
    said = validate(PackHead, value, document, (), reading.faults)
    # The settings are looked at even where the rest is wrong, so that all faults show at once.
    settings = _settings(reading, document, value.get("checks")) if isinstance(value, Mapping) else {}
    if said is None:
        return None
    for index, name in enumerate(said.required_checks):
        _known_check(reading, name, document.at(("required_checks", index)))
    obligations = {name: entry.named(name) for name, entry in said.obligations.items()}
    return Head(document, said, settings, obligations)


def read_documents(reading: Reading) -> FrozenDict:
    """Each check's own files: check → folder → documents, in order of path."""
    folders = {
        (name, folder): model
        for name, check in reading.checks.items()
        for folder, model in sorted(getattr(check, "documents", {}).items())
    }
    found: dict[str, dict[str, list[Any]]] = {}
    for name, folder in folders:
        found.setdefault(name, {})[folder] = []
    for path in reading.contents.files:
        wanted = {name: model for (name, folder), model in folders.items() if path.startswith(f"{folder}/")}
        if not path.endswith(".yaml") or not wanted:
            continue
        document = reading.document(path)
        for name, model in wanted.items() if document is not None else ():
            assert document is not None
            made = validate(model, document.value, document, (), reading.faults)
            if made is not None:
                found[name][path.partition("/")[0]].append(made)
    return FrozenDict(
        (name, FrozenDict((folder, tuple(made)) for folder, made in by_folder.items()))
        for name, by_folder in found.items()
    )


def read_approval(reading: Reading, as_of: date | None) -> Approval | None:
    """The approval, if it is for exactly these bytes; one for other bytes is a warning and approves nothing."""
    document = reading.document(APPROVAL) if APPROVAL in reading.contents.files else None
    approval = validate(Approval, document.value, document, (), reading.faults) if document is not None else None
    if document is None or approval is None:
        return None
    people = {" ".join(name.lower().split()) for name in approval.approvers}
    if len(people) < len(approval.approvers) or "" in people:
        reading.fault("approval.same_person", document.at(("approvers",)))
    if approval.valid_from > approval.valid_to:
        reading.fault("approval.dates", document.at(("valid_to",)))
    if as_of is not None and not approval.valid_from <= as_of <= approval.valid_to:
        reading.fault("approval.not_in_force", document.at(("valid_to",)), warning=True, day=as_of.isoformat())
    if approval.digest != reading.contents.digest:
        reading.fault("approval.other_bytes", document.at(("digest",)), warning=True, digest=reading.contents.digest)
        return None
    return approval


def _settings(reading: Reading, document: YamlDocument, said: object) -> dict[str, Any]:
    settings = {}
    for name, value in said.items() if isinstance(said, Mapping) else ():
        path = ("checks", name)
        if _known_check(reading, name, document.at(path)):
            # An empty value asks for the check's own defaults.
            made = validate(reading.checks[name].settings, value or {}, document, path, reading.faults)
            if made is not None:
                settings[name] = made
    return settings


def _known_check(reading: Reading, name: str, at: Location) -> bool:
    if name in reading.checks:
        return True
    reading.fault("pack.unknown_check", at, check=name, near=nearest(name, reading.checks))
    return False
