"""JSON Schemas of a pack's files, generated from the models, for editors that complete and check as one types.

They describe the shape; names of fields, types by vocabulary and references are checked by ``check_pack``.
YAML scalars are read as text, so wherever a text is meant an editor's number or yes/no is welcome too.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from vetting_engine.model.ruleset import Approval
from vetting_engine.registry import discover
from vetting_engine.rulebook._leaf import COMPARISONS, OFFSET, WITH_FIELD
from vetting_engine.rulebook._surface import ExampleFile, PackHead, RuleEntry, TranslationFile
from vetting_engine.rulebook._when import QUANTIFIERS, RANGE

__all__ = ["HIDDEN", "editor_line", "editor_lines", "schema_files", "write_schemas"]

#: Folder of a pack for the schemas; hidden, so that it is no part of the pack.
HIDDEN = ".schema"

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_CHECKS = "vetting_engine.checks"
#: Path, schema, folders below the pack's own.
_PLACES = (
    ("ruleset.yaml", "ruleset", 0),
    ("decisions.yaml", "rules", 0),
    ("rules/<check>/*.yaml", "rules", 2),
    ("examples/*.yaml", "examples", 1),
    ("translations/*.yaml", "translations", 1),
)
_SCALAR: dict[str, Any] = {"type": ["string", "number", "boolean"]}
_SCALARS: dict[str, Any] = {"type": "array", "items": _SCALAR, "minItems": 1}
_CONDITION = {"$ref": "#/$defs/Condition"}


def schema_files(checks: Mapping[str, Any]) -> dict[str, str]:
    """File name → text of each schema, for the checks given (their settings are part of ``ruleset.yaml``)."""
    rule = _rule_schema()
    listed = {
        "type": "object",
        "additionalProperties": False,
        "required": ["rules"],
        "properties": {"rules": {"type": "array", "items": {"$ref": "#/$defs/Rule"}}},
    }
    definitions = {**rule.pop("$defs"), "Rule": rule}
    rules = {"title": "Rules of a pack", "$defs": definitions, "anyOf": [{"$ref": "#/$defs/Rule"}, listed]}
    schemas = {
        "ruleset.schema.json": _head_schema(checks),
        "rules.schema.json": rules,
        "examples.schema.json": _of(ExampleFile),
        "translations.schema.json": _of(TranslationFile),
        "approval.schema.json": _of(Approval),
    }
    for name, check in sorted(checks.items()):
        for folder, model in sorted(getattr(check, "documents", {}).items()):
            schemas[f"{name}-{folder}.schema.json"] = _of(model)
    return {name: _text(schema) for name, schema in schemas.items()}


def write_schemas(folder: Path) -> tuple[Path, ...]:
    """Write the schemas for the installed checks into a folder; answers the files written."""
    folder.mkdir(exist_ok=True)
    written = []
    for name, text in schema_files(discover(_CHECKS)).items():
        path = folder / name
        path.write_text(text, encoding="utf-8", newline="\n")
        written.append(path)
    return tuple(written)


def editor_lines() -> tuple[tuple[str, str], ...]:
    """Kind of file, as a pattern of its path, and the line that names its schema to a YAML language server."""
    documents = [
        (f"{folder}/*.yaml", f"{name}-{folder}", 1)
        for name, check in sorted(discover(_CHECKS).items())
        for folder in sorted(getattr(check, "documents", {}))
    ]
    return tuple((place, editor_line(schema, depth)) for place, schema, depth in (*_PLACES, *documents))


def editor_line(schema: str, depth: int) -> str:
    """The first line of a file so many folders below the pack's own."""
    return f"# yaml-language-server: $schema={'../' * depth}{HIDDEN}/{schema}.schema.json"


def _text(schema: Mapping[str, Any]) -> str:
    return json.dumps({"$schema": _DIALECT, **schema}, indent=2, sort_keys=True, ensure_ascii=False) + "\n"


def _of(model: type[BaseModel]) -> dict[str, Any]:
    schema: dict[str, Any] = _loose(model.model_json_schema(ref_template="#/$defs/{model}"))
    return schema


def _head_schema(checks: Mapping[str, Any]) -> dict[str, Any]:
    head = _of(PackHead)
    definitions = head.setdefault("$defs", {})
    settings = {}
    for name, check in sorted(checks.items()):
        # Two checks may have models of one name; each keeps its own.
        own = _renamed(_of(check.settings), name)
        definitions.update(own.pop("$defs", {}))
        settings[name] = {"anyOf": [own, {"type": "null"}]}
    # What is extended may say which checks are required.
    head["required"] = [name for name in head["required"] if name != "required_checks"]
    head["anyOf"] = [{"required": ["required_checks"]}, {"required": ["extends"]}]
    head["properties"]["checks"] = {"type": "object", "additionalProperties": False, "properties": settings}
    return head


def _renamed(schema: Any, prefix: str) -> Any:  # noqa: ANN401  # a JSON value
    if isinstance(schema, list):
        return [_renamed(item, prefix) for item in schema]
    if not isinstance(schema, dict):
        return schema
    renamed = {key: _renamed(value, prefix) for key, value in schema.items()}
    if "$defs" in renamed:
        renamed["$defs"] = {f"{prefix}.{name}": value for name, value in renamed["$defs"].items()}
    if isinstance(renamed.get("$ref"), str):
        renamed["$ref"] = renamed["$ref"].replace("#/$defs/", f"#/$defs/{prefix}.")
    return renamed


def _rule_schema() -> dict[str, Any]:
    rule = _of(RuleEntry)
    rule["properties"]["when"] = _CONDITION
    rule["$defs"].update(_condition_definitions())
    return rule


def _condition_definitions() -> dict[str, Any]:
    several = {"type": "array", "items": _CONDITION, "minItems": 1}
    ranged = {"type": "string", "pattern": f"^{RANGE}$"}
    at_least = {
        "type": "object",
        "additionalProperties": False,
        "required": ["n", "of"],
        "properties": {"n": {"type": ["integer", "string"]}, "of": several},
    }
    count = {"type": ["integer", "string"]}
    properties = {
        "all": several,
        "any": several,
        "not": _CONDITION,
        "at_least": at_least,
        **dict.fromkeys(QUANTIFIERS, ranged),
        "where": _CONDITION,
        "distinct": {"type": "string"},
        **{str(operator): count for operator in COMPARISONS},
    }
    leaf = {
        **{str(operator): _SCALAR for operator in COMPARISONS},
        **{key: {"type": "string"} for key in WITH_FIELD},
        OFFSET: count,
        **dict.fromkeys(("in", "not_in"), _SCALARS),
        "present": {"enum": [True, False, "yes", "no", "on", "off"]},
        **dict.fromkeys(("within_days", "older_than_days"), count),
    }
    operators = {"type": "object", "additionalProperties": False, "minProperties": 1, "properties": leaf}
    return {
        "Condition": {
            "type": "object",
            "minProperties": 1,
            "properties": properties,
            "additionalProperties": {"anyOf": [_SCALAR, _SCALARS, operators]},
        }
    }


def _loose(schema: Any) -> Any:  # noqa: ANN401  # a JSON value
    """Where a text, number or flag is meant, whatever an editor's YAML makes of the same characters is welcome."""
    if isinstance(schema, list):
        return [_loose(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    loosened = {key: _loose(value) for key, value in schema.items()}
    kind = schema.get("type")
    if kind == "string" and not {"enum", "pattern", "const", "format"} & set(schema):
        loosened["type"] = _SCALAR["type"]
    elif kind in ("integer", "number", "boolean"):
        loosened["type"] = [kind, "string"]
    return loosened
