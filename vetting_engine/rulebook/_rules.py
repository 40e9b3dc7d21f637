"""Reads rules: the files under ``rules/<check>/`` and ``decisions.yaml``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
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
from vetting_engine.rulebook._given import type_given
from vetting_engine.rulebook._near import nearest
from vetting_engine.rulebook._reading import Reading, Source
from vetting_engine.rulebook._refusal import Path, Places, RefusedError, gather
from vetting_engine.rulebook._surface import RuleEntry
from vetting_engine.rulebook._typed import validate
from vetting_engine.rulebook._when import read_condition
from vetting_engine.rulebook.vocabularies import vocabularies

__all__ = ["DECISIONS", "RULES", "read_rules"]

DECISIONS = "decisions.yaml"
RULES = "rules"
_LIST = "rules"

#: A rule as it stands in a file: its check, the document, where in it.
_Written = tuple[str, YamlDocument, Path]


def read_rules(reading: Reading) -> tuple[Source, ...]:
    """All rules that can be read, in order of id; what cannot be is noted as faults."""
    written = list(_written(reading))
    if len(written) > limits.MAX_RULES:
        _, document, path = written[limits.MAX_RULES]
        reading.fault("pack.too_many_rules", document.at(path), limit=limits.MAX_RULES, count=len(written))
        return ()
    derived = {name for check, document, path in written if check == DECISION for name in _derives(document, path)}
    known = vocabularies(reading.checks, derived)
    sources = []
    for check, document, path in written:
        rule = _rule(reading, known[check], document, path)
        if rule is not None:
            sources.append(Source(rule, document, path))
    return tuple(sorted(sources, key=lambda source: source.rule.id))


def _written(reading: Reading) -> Iterator[_Written]:
    known = vocabularies(reading.checks)
    for path in reading.contents.files:
        check = _check_of(path)
        if check is None or not path.endswith(".yaml"):
            continue
        if check not in known:
            code = "pack.check_without_rules" if check in reading.checks else "pack.unknown_check"
            reading.fault(code, Location(path), check=check, near=nearest(check, known))
            continue
        document = reading.document(path)
        if document is not None:
            for inner in _entries(reading, document):
                yield check, document, inner


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


def _value(document: YamlDocument, path: Path) -> Any:  # noqa: ANN401  # any YAML value
    value = document.value
    for step in path:
        value = value[step]
    return value


def _derives(document: YamlDocument, path: Path) -> tuple[str, ...]:
    value = _value(document, path)
    name = value.get("derives") if isinstance(value, Mapping) else None
    return (name,) if isinstance(name, str) else ()


def _rule(reading: Reading, vocabulary: Vocabulary, document: YamlDocument, path: Path) -> Rule | None:
    value = _value(document, path)
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
