"""Reads ``ruleset.yaml``, the documents of the checks, and ``approval.yaml``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from pydantic import BaseModel

from vetting_engine.errors import Location
from vetting_engine.files.yaml import YamlDocument
from vetting_engine.model.base import FrozenDict
from vetting_engine.model.ruleset import Approval, Obligation
from vetting_engine.protocols import DocumentCheck, PlacedDocument
from vetting_engine.rulebook._contents import APPROVAL
from vetting_engine.rulebook._kept import keep, kept
from vetting_engine.rulebook._layers import Layer, layered_digest
from vetting_engine.rulebook._near import nearest
from vetting_engine.rulebook._reading import Reading
from vetting_engine.rulebook._surface import PackHead
from vetting_engine.rulebook._typed import validate
from vetting_engine.rulebook.packs import HEAD

__all__ = ["Head", "read_approval", "read_documents", "read_head"]

#: What a pack never takes from the one it extends.
_ONES_OWN = frozenset(("id", "version", "title", "description", "extends", "schema_version", "translations"))
#: How deep values are laid over each other: settings by check and key, obligations by id.
_DEPTHS = {"checks": 2, "obligations": 1, "staleness": 1}


@dataclass(frozen=True, slots=True)
class Head:
    """``ruleset.yaml`` read: its values over those of the packs it extends, what they say, the settings of the
    checks, the obligations. ``document`` is the pack's own.
    """

    document: YamlDocument
    value: Mapping[str, Any]
    said: PackHead
    settings: Mapping[str, Any]
    obligations: Mapping[str, Obligation]


def read_head(reading: Reading) -> Head | None:
    """``ruleset.yaml``, laid over those of the packs it extends; None where it cannot be used."""
    head: Head | None = None
    for layer in reading.layers:
        if HEAD not in layer.contents.files:
            reading.fault("pack.no_head", Location(layer.shown(HEAD)))
            return None
        document = reading.document(layer, HEAD)
        head = _laid_over(reading, head, document) if document is not None else None
        # Over something that is broken nothing can be laid; its faults come first.
        if head is None:
            return None
    return head


def _laid_over(reading: Reading, under: Head | None, document: YamlDocument) -> Head | None:
    value = document.value
    if under is not None and isinstance(value, Mapping):
        value = _merged(under.value, value)
    said = validate(PackHead, value, document, (), reading.faults)
    # The settings are looked at even where the rest is wrong, so that all faults show at once.
    settings = _settings(reading, document, value.get("checks")) if isinstance(value, Mapping) else {}
    if said is None:
        return None
    for index, name in enumerate(said.required_checks):
        _known_check(reading, name, document.at(("required_checks", index)))
    obligations = {name: entry.named(name) for name, entry in said.obligations.items()}
    return Head(document, value, said, settings, obligations)


def _merged(under: Mapping[str, Any], over: Mapping[str, Any]) -> dict[str, Any]:
    """What an extending pack says, over what it extends: settings key by key, obligations by id, the rest whole."""
    merged = {key: value for key, value in under.items() if key not in _ONES_OWN}
    for key, value in over.items():
        deep = _DEPTHS.get(key, 0)
        merged[key] = _blended(merged.get(key), value, deep) if deep else value
    return merged


def _blended(under: object, over: object, depth: int) -> object:
    if not depth or not isinstance(under, Mapping):
        return over
    if over is None:
        return under
    if not isinstance(over, Mapping):
        return over
    return {**under, **{key: _blended(under.get(key), value, depth - 1) for key, value in over.items()}}


@dataclass
class _File:
    """A check's own file. It is only taken apart where nobody has it in use, or where a place in it is asked for."""

    reading: Reading
    layer: Layer
    path: str

    def read_as(self, model: type[BaseModel]) -> BaseModel | None:
        """The file as its check knows it; None where it is not, with its faults noted."""
        data = self.layer.contents.files[self.path]
        made = kept(model, data)
        if made is None and self._document is not None:
            made = validate(model, self._document.value, self._document, (), self.reading.faults)
            if made is not None:
                keep(data, made)
        return made

    def at(self, steps: tuple[str | int, ...]) -> Location:
        """The place of a part of it."""
        document = self._document
        return document.at(steps) if document is not None else Location(self.layer.shown(self.path))

    @cached_property
    def _document(self) -> YamlDocument | None:
        return self.reading.document(self.layer, self.path)


def read_documents(reading: Reading) -> FrozenDict:
    """Each check's own files: check → folder → documents, in order of path, those of extended packs first."""
    folders = {
        (name, folder): model
        for name, check in reading.checks.items()
        for folder, model in sorted(getattr(check, "documents", {}).items())
    }
    found: dict[str, dict[str, list[PlacedDocument]]] = {}
    for name, folder in folders:
        found.setdefault(name, {})[folder] = []
    for layer, path in reading.files():
        top = path.partition("/")[0]
        wanted = {name: model for (name, folder), model in folders.items() if folder == top and top != path}
        file = _File(reading, layer, path)
        for name, model in wanted.items():
            made = file.read_as(model)
            if made is not None:
                found[name][top].append(PlacedDocument(made, file.at))
    for name, by_folder in found.items():
        check = reading.checks[name]
        if isinstance(check, DocumentCheck):
            reading.faults.extend(check.document_faults(by_folder))
    return FrozenDict(
        (name, FrozenDict((folder, tuple(placed.document for placed in files)) for folder, files in by_folder.items()))
        for name, by_folder in found.items()
    )


def read_approval(reading: Reading, as_of: date | None) -> Approval | None:
    """The approval, if it is for exactly these bytes; one for other bytes is a warning and approves nothing."""
    own, digest = reading.own, layered_digest(reading.layers)
    document = reading.document(own, APPROVAL) if APPROVAL in own.contents.files else None
    approval = validate(Approval, document.value, document, (), reading.faults) if document is not None else None
    if document is None or approval is None:
        return None
    people = {" ".join(name.lower().split()) for name in approval.approvers}
    if len(people) < len(approval.approvers) or "" in people:
        reading.fault("approval.same_person", document.at(("approvers",)))
    if approval.valid_from > approval.valid_to:
        reading.fault("approval.dates", document.at(("valid_to",)))
    if as_of is not None and not approval.in_force(as_of):
        reading.fault("approval.not_in_force", document.at(("valid_to",)), warning=True, day=as_of.isoformat())
    if approval.digest != digest:
        reading.fault("approval.other_bytes", document.at(("digest",)), warning=True, digest=digest)
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
