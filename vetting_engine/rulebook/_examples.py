"""Reads ``examples/``: examples that stand apart from their rules, as a long list or one in another language does."""

from __future__ import annotations

from collections.abc import Mapping

from vetting_engine.files.yaml import YamlDocument
from vetting_engine.model.facts import Vocabulary
from vetting_engine.model.ruleset import Example
from vetting_engine.rulebook._given import type_given
from vetting_engine.rulebook._near import nearest
from vetting_engine.rulebook._reading import Reading
from vetting_engine.rulebook._refusal import Path, Places, RefusedError
from vetting_engine.rulebook._surface import ApartEntry, ExampleFile
from vetting_engine.rulebook._typed import validate

__all__ = ["EXAMPLES", "read_examples"]

EXAMPLES = "examples"
_LIST = "examples"


def read_examples(reading: Reading, rules: Mapping[str, tuple[int, Vocabulary]]) -> dict[str, tuple[Example, ...]]:
    """Examples by rule, in order of file and line.

    Args:
        reading: the pack.
        rules: id → the layer a rule stands in, and what it may read. An extended pack's examples do not bind the
            rule of a nearer pack that replaces the one they were written for.
    """
    found: dict[str, list[Example]] = {}
    for layer, path in reading.files():
        if not path.startswith(f"{EXAMPLES}/"):
            continue
        document = reading.document(layer, path)
        said = validate(ExampleFile, document.value, document, (), reading.faults) if document is not None else None
        if document is None or said is None:
            continue
        depth = reading.layers.index(layer)
        for index, entry in enumerate(said.examples):
            home = rules.get(entry.rule)
            if home is None:
                at = document.at((_LIST, index, "rule"))
                reading.fault("example.unknown_rule", at, rule=entry.rule, near=nearest(entry.rule, rules))
            elif depth >= home[0] and (example := _example(reading, document, (_LIST, index), entry, home[1])):
                found.setdefault(entry.rule, []).append(example)
    return {rule: tuple(examples) for rule, examples in found.items()}


def _example(
    reading: Reading, document: YamlDocument, path: Path, entry: ApartEntry, vocabulary: Vocabulary
) -> Example | None:
    try:
        given = type_given(entry.given, (*path, "given"), vocabulary, Places(document))
    except RefusedError as refused:
        reading.faults.extend(refused.faults)
        return None
    return Example(kind=entry.kind, given=given, note=entry.note, file=document.name, line=document.at(path).line)
