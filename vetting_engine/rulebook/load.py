"""From a folder of YAML to a typed ``Ruleset``: refused whole, with every fault at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from vetting_engine._log import logger
from vetting_engine._memory import collector_paused
from vetting_engine.errors import Fault, Location, RulesetError
from vetting_engine.files.yaml import reads
from vetting_engine.model.base import FrozenDict
from vetting_engine.model.ruleset import Parent, Ruleset
from vetting_engine.registry import discover
from vetting_engine.rulebook._contents import APPROVAL
from vetting_engine.rulebook._examples import EXAMPLES
from vetting_engine.rulebook._head import Head, read_approval, read_documents, read_head
from vetting_engine.rulebook._layers import Layer, layered_digest, read_layers
from vetting_engine.rulebook._pages import with_pages
from vetting_engine.rulebook._reading import Reading, Source
from vetting_engine.rulebook._rules import DECISIONS, RULES, read_rules
from vetting_engine.rulebook._translations import TRANSLATIONS, read_translations
from vetting_engine.rulebook.lint import LintContext, lint_rules
from vetting_engine.rulebook.packs import HEAD, find_pack

__all__ = ["check_pack", "load_ruleset", "pack_digest"]

_log = logger("rulebook")
_CHECKS = "vetting_engine.checks"
#: More than anybody mends in a day; a hostile pack could have millions.
_MAX_FAULTS = 1_000


def load_ruleset(pack: str | Path, *, checks: Mapping[str, Any] | None = None) -> Ruleset:
    """The pack in a folder, or the shipped pack of that name.

    Args:
        pack: a folder with ``ruleset.yaml``, or a name such as ``"starter"``.
        checks: the check plugins by name; those installed, unless a host or a test names others.

    Raises:
        RulesetError: with every fault that refuses it, in order of file and line.
    """
    ruleset, faults = _read(find_pack(pack), checks, None)
    errors = [fault for fault in faults if fault.severity == "error"]
    if ruleset is None or errors:
        raise RulesetError(errors)
    for fault in faults:
        if fault.code.startswith("approval."):
            _log.warning("approval ignored", pack=ruleset.id, code=fault.code)
    return ruleset


def check_pack(
    pack: str | Path, *, as_of: date | None = None, checks: Mapping[str, Any] | None = None
) -> tuple[Fault, ...]:
    """Every fault and warning of a pack, in order of file and line; empty for a pack without blemish.

    Args:
        pack: as for ``load_ruleset``.
        as_of: the day on which expired rules, due reviews and the approval are judged; without it they are not.
        checks: as for ``load_ruleset``.
    """
    try:
        folder = find_pack(pack)
    except RulesetError as error:
        return error.faults
    return _read(folder, checks, as_of)[1]


def pack_digest(pack: str | Path) -> str:
    """The digest an approval must name: over every file's path and bytes, without ``approval.yaml``, and over the
    digest of the pack it extends.

    Raises:
        RulesetError: the pack is not there, or holds files that cannot be part of one.
    """
    layers, faults = read_layers(find_pack(pack))
    if faults:
        raise RulesetError(faults)
    return layered_digest(layers)


@collector_paused()
def _read(
    folder: Path, checks: Mapping[str, Any] | None, as_of: date | None
) -> tuple[Ruleset | None, tuple[Fault, ...]]:
    layers, broken = read_layers(folder)
    reading = Reading(layers, discover(_CHECKS) if checks is None else checks, list(broken))
    head = read_head(reading)
    documents = read_documents(reading)
    rules = read_rules(reading)
    texts = read_translations(reading, rules.homes, head.obligations if head is not None else None)
    sources = with_pages(reading, texts.of_sources(rules.sources, reading), rules.homes)
    approval = read_approval(reading, as_of)
    _stray(reading)
    obligations = texts.of_obligations(head.obligations if head is not None else {}, reading)
    reading.faults.extend(
        fault
        for fault in lint_rules(sources, LintContext(obligations, rules.known, as_of, _modifiers(reading)))
        # Without its head the pack's obligations are not known.
        if head is not None or fault.code != "rule.unknown_obligation"
    )
    # A rule that could not be read may be the one that asks for it.
    if head is not None and not reading.refused:
        _unused_obligations(reading, head, sources)
    # Two checks may read the same document and complain alike.
    faults = _bounded(sorted({_in_order(fault): fault for fault in reading.faults}.values(), key=_in_order))
    if head is None or reading.refused:
        return None, faults
    ruleset = Ruleset(
        **head.said.model_dump(exclude={"checks", "obligations", "schema_version", "extends"}),
        rules=tuple(source.rule for source in sources),
        obligations=FrozenDict(obligations),
        settings=FrozenDict(head.settings),
        documents=documents,
        parents=_parents(layers, rules.overridden),
        approval=approval,
        digest=layered_digest(layers),
        folder=str(folder),
    )
    return ruleset, faults


def _modifiers(reading: Reading) -> dict[str, frozenset[str]]:
    """What may lower a hit, by check; a host's check that does not say is not asked."""
    return {name: check.modifiers for name, check in reading.checks.items() if hasattr(check, "modifiers")}


def _parents(layers: tuple[Layer, ...], overridden: Mapping[str, Sequence[int]]) -> tuple[Parent, ...]:
    """The packs that are extended, nearest first. Only called once every head could be read."""
    found = []
    for depth, layer in enumerate(layers[:-1]):
        said = reads(layer.contents.files[HEAD], HEAD)[0]
        head = said.value if said is not None else {}
        found.append(
            Parent(
                name=layer.name,
                id=head["id"],
                version=head["version"],
                digest=layered_digest(layers[: depth + 1]),
                overridden=tuple(sorted(rule for rule, where in overridden.items() if depth in where)),
                folder=str(layer.folder),
            )
        )
    return tuple(reversed(found))


def _bounded(faults: Sequence[Fault]) -> tuple[Fault, ...]:
    if len(faults) <= _MAX_FAULTS:
        return tuple(faults)
    # What refuses the pack as a whole comes before its details, and errors before warnings.
    gravest = sorted(faults, key=lambda fault: (fault.severity, not fault.code.startswith("pack.")))
    kept = sorted(gravest[:_MAX_FAULTS], key=_in_order)
    more = Fault("pack.more_faults", faults[-1].at, {"count": len(faults) - _MAX_FAULTS}, gravest[0].severity)
    return (*kept, more)


def _in_order(fault: Fault) -> tuple[Location, str, str]:
    return fault.at, fault.code, str(fault)


def _stray(reading: Reading) -> None:
    """A file nobody reads is a rule that silently does not count."""
    folders = {
        RULES,
        EXAMPLES,
        TRANSLATIONS,
        *(folder for check in reading.checks.values() for folder in getattr(check, "documents", {})),
    }
    for layer, path in reading.files():
        top, _, rest = path.partition("/")
        known = (top in folders and rest and (top != RULES or "/" in rest)) or path in (HEAD, APPROVAL, DECISIONS)
        if not known:
            reading.fault("pack.stray_file", Location(layer.shown(path)), folders=", ".join(sorted(folders)))


def _unused_obligations(reading: Reading, head: Head, sources: Sequence[Source]) -> None:
    used = {name for source in sources for name in source.rule.obligations}
    for name in head.obligations:
        # One that is taken over unchanged is not this author's to remove.
        if name not in used and name in (head.document.value.get("obligations") or ()):
            at = head.document.at(("obligations", name))
            reading.fault("pack.obligation_unused", at, warning=True, obligation=name)
