"""Reads rules: the files under ``rules/<check>/`` and ``decisions.yaml``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from vetting_engine.conditions import compile_condition
from vetting_engine.errors import Fault, Location, RulesetError
from vetting_engine.files.yaml import YamlDocument
from vetting_engine.model import limits
from vetting_engine.model.base import FrozenDict
from vetting_engine.model.condition import Condition
from vetting_engine.model.facts import Vocabulary
from vetting_engine.model.ruleset import DECISION, Example, Rule
from vetting_engine.rulebook._examples import read_examples
from vetting_engine.rulebook._given import type_given
from vetting_engine.rulebook._near import nearest
from vetting_engine.rulebook._reading import Reading, Source
from vetting_engine.rulebook._refusal import Path, Places, RefusedError, gather
from vetting_engine.rulebook._surface import RuleEntry
from vetting_engine.rulebook._typed import validate
from vetting_engine.rulebook._when import read_condition
from vetting_engine.rulebook.vocabularies import vocabularies

__all__ = ["DECISIONS", "RULES", "Rules", "read_rules"]

DECISIONS = "decisions.yaml"
RULES = "rules"
_LIST = "rules"


@dataclass(frozen=True, slots=True)
class Written:
    """A rule as it stands in a file: in which layer, for which check, the document, and where in it."""

    layer: int
    check: str
    document: YamlDocument
    path: Path

    @property
    def value(self) -> Any:  # noqa: ANN401  # any YAML value
        """What stands there."""
        value = self.document.value
        for step in self.path:
            value = value[step]
        return value

    def text(self, key: str) -> str | None:
        """One of its values, where it is a text."""
        said = self.value.get(key) if isinstance(self.value, Mapping) else None
        return said if isinstance(said, str) else None


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules that count, in order of id, and those of extended packs that do not, since a nearer one replaces
    them: id → layer of the replaced rule, the farthest last. ``known`` is what rules may read, by check;
    ``homes`` is the layer of each rule that counts, also of those that cannot be read.
    """

    sources: tuple[Source, ...]
    overridden: Mapping[str, tuple[int, ...]]
    known: Mapping[str, Vocabulary]
    homes: Mapping[str, int]


def read_rules(reading: Reading) -> Rules:
    """All rules that can be read; what cannot be is noted as faults."""
    everything = list(_written(reading))
    written, overridden = _in_force(reading, everything)
    if len(written) > limits.MAX_RULES:
        last = written[limits.MAX_RULES]
        at = last.document.at(last.path)
        reading.fault("pack.too_many_rules", at, limit=limits.MAX_RULES, count=len(written))
        return Rules((), {}, vocabularies(reading.checks), {})
    derived = {name for one in written if one.check == DECISION and (name := one.text("derives")) is not None}
    known = vocabularies(reading.checks, derived)
    named = {name: one for one in written if (name := one.text("id")) is not None}
    apart = read_examples(reading, {name: (one.layer, known[one.check]) for name, one in named.items()})
    sources = []
    for one in written:
        rule = _rule(reading, known[one.check], one.document, one.path)
        if rule is not None:
            examples = (*rule.examples, *apart.get(rule.id, ()))
            rule = rule.model_copy(update={"examples": examples}) if rule.id in apart else rule
            sources.append(Source(rule, one.document, one.path))
    homes = {name: one.layer for name, one in named.items()}
    return Rules(tuple(sorted(sources, key=lambda source: source.rule.id)), overridden, known, homes)


def _in_force(reading: Reading, written: Sequence[Written]) -> tuple[list[Written], Mapping[str, tuple[int, ...]]]:
    """The rules without those that a nearer pack replaces by id."""
    nearest_of: dict[str, Written] = {}
    for one in written:
        if (name := one.text("id")) is not None:
            nearest_of[name] = one
    kept: list[Written] = []
    overridden: dict[str, tuple[int, ...]] = {}
    for one in written:
        name = one.text("id")
        winner = nearest_of[name] if name is not None else one
        if winner.layer == one.layer:
            kept.append(one)
            continue
        overridden[str(name)] = (one.layer, *overridden.get(str(name), ()))
        if winner.check != one.check:
            at = winner.document.at((*winner.path, "id"))
            reading.fault("rule.overrides_other_check", at, rule=str(name), check=one.check)
    return kept, overridden


def _written(reading: Reading) -> Iterator[Written]:
    known = vocabularies(reading.checks)
    for layer, path in reading.files():
        check = _check_of(path)
        if check is None:
            continue
        if check not in known:
            code = "pack.check_without_rules" if check in reading.checks else "pack.unknown_check"
            reading.fault(code, Location(layer.shown(path)), check=check, near=nearest(check, known))
            continue
        document = reading.document(layer, path)
        if document is not None:
            depth = reading.layers.index(layer)
            for inner in _entries(reading, document):
                yield Written(depth, check, document, inner)


def _check_of(path: str) -> str | None:
    """The check whose rules a file holds: the folder's name."""
    folder, _, rest = path.partition("/")
    if path == DECISIONS:
        return DECISION
    return rest.partition("/")[0] if folder == RULES and "/" in rest else None


def _entries(reading: Reading, document: YamlDocument) -> Iterator[Path]:
    value = document.value
    if not isinstance(value, Mapping) or _LIST not in value:
        yield ()
        return
    for key in value:
        if key != _LIST:
            reading.fault("value.unknown_key", document.at((key,)), key=key, near=_LIST)
    rules = value[_LIST]
    if not isinstance(rules, list):
        reading.fault("value.type", document.at((_LIST,)), key=_LIST, value=_LIST, expected="a list")
        return
    yield from ((_LIST, index) for index in range(len(rules)))


def _rule(reading: Reading, vocabulary: Vocabulary, document: YamlDocument, path: Path) -> Rule | None:
    value = document.value
    for step in path:
        value = value[step]
    if not isinstance(value, Mapping):
        reading.fault("value.type", document.at(path), key="", value=str(value)[:60], expected="a mapping")
        return None
    before = len(reading.faults)
    entry: Any = validate(RuleEntry, value, document, path, reading.faults)
    when = _when(reading, vocabulary, document, (*path, "when"), value.get("when"))
    givens = _givens(reading, vocabulary, document, (*path, "examples"), value.get("examples"))
    if entry is None or when is None or len(reading.faults) > before:
        return None
    examples = tuple(
        Example(kind=each.kind, given=given, note=each.note, line=document.at((*path, "examples", index)).line)
        for index, (each, given) in enumerate(zip(entry.examples, givens, strict=True))
    )
    fields = {name: getattr(entry, name) for name in type(entry).model_fields}
    fields.update(when=when, examples=examples, check=vocabulary.name, file=document.name)
    return Rule(**fields, line=document.at((*path, "id")).line)


def _when(
    reading: Reading, vocabulary: Vocabulary, document: YamlDocument, path: Path, value: object
) -> Condition | None:
    # Nothing there: the model of the rule says that it is missing or empty.
    if value is None:
        return None
    try:
        when = read_condition(document, path, value, vocabulary)
    except RefusedError as refused:
        reading.faults.extend(refused.faults)
        return None
    try:
        # What the evaluator would refuse (cost, nesting) is refused now, not when a candidate is waiting.
        compile_condition(when, vocabulary)
    except RulesetError as error:
        name, field = document.name, document.at(path).field
        for fault in error.faults:
            at = Location(name, fault.at.line, 0, field)
            reading.faults.append(Fault(fault.code, at, fault.params, fault.severity))
        return None
    return when


def _givens(
    reading: Reading, vocabulary: Vocabulary, document: YamlDocument, path: Path, value: object
) -> tuple[FrozenDict, ...]:
    """What each example is given, typed; what has not the shape of an example was told with the rule."""
    places = Places(document)
    reads = [
        partial(type_given, item["given"], (*path, index, "given"), vocabulary, places)
        for index, item in enumerate(value if isinstance(value, list) else [])
        if isinstance(item, Mapping) and isinstance(item.get("given"), Mapping)
    ]
    try:
        return tuple(gather(reads))
    except RefusedError as refused:
        reading.faults.extend(refused.faults)
        return ()
