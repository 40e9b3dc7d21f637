"""The JSON Schemas for editors: fresh, valid, and of one mind with the loader about shapes."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from rulebook.demo import CHECKS, GOOD, PACKS

from vetting_engine.files import yaml
from vetting_engine.registry import discover
from vetting_engine.rulebook import find_pack, shipped_packs
from vetting_engine.rulebook._generate import SCHEMAS
from vetting_engine.rulebook.packs import packs_folder
from vetting_engine.rulebook.schema import schema_files, write_schemas

#: Flaws of shape that an editor must underline before anything is run.
SHAPE_FLAWS = (
    "bad-function", "bad-id", "bad-level", "bad-severity", "check-is-the-folder", "condition-empty",
    "condition-empty-mapping", "condition-is-a-list", "empty-title", "example-unknown-kind", "example-without-given",
    "head-unknown-key", "head-version", "key-beside-rules", "list-empty", "list-for-text", "missing-falsepositives",
    "missing-severity", "missing-when", "modifier-unknown-level", "no-value", "quantifier-without-alias",
    "rule-is-a-text", "text-for-list", "unknown-key", "unknown-operator",
)  # fmt: skip


def _validators(checks: Any) -> dict[str, jsonschema.Draft202012Validator]:
    schemas = {name: json.loads(text) for name, text in schema_files(checks).items()}
    for schema in schemas.values():
        jsonschema.Draft202012Validator.check_schema(schema)
    return {name: jsonschema.Draft202012Validator(schema) for name, schema in schemas.items()}


def _as_an_editor(value: Any) -> Any:
    """What YAML 1.2 makes of plain scalars: numbers and true/false."""
    if isinstance(value, dict):
        return {key: _as_an_editor(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_as_an_editor(item) for item in value]
    if value in ("true", "false"):
        return value == "true"
    return int(value) if isinstance(value, str) and re.fullmatch(r"-?[0-9]+", value) else value


def _schema_of(path: str, checks: Any) -> str:
    for name, check in checks.items():
        for folder in getattr(check, "documents", {}):
            if path.startswith(f"{folder}/"):
                return f"{name}-{folder}.schema.json"
    for folder in ("examples", "translations"):
        if path.startswith(f"{folder}/"):
            return f"{folder}.schema.json"
    stem = Path(path).name.removesuffix(".yaml")
    return f"{stem}.schema.json" if stem in ("ruleset", "approval") else "rules.schema.json"


def _complaints(folder: Path, checks: Any) -> dict[str, str]:
    validators = _validators(checks)
    told = {}
    for path in sorted(folder.rglob("*.yaml")):
        name = path.relative_to(folder).as_posix()
        value = yaml.load(path).value
        for written in (value, _as_an_editor(value)):
            for error in validators[_schema_of(name, checks)].iter_errors(written):
                told[name] = error.message
    return told


def test_the_committed_schemas_are_fresh(tmp_path: Path) -> None:
    committed = packs_folder() / SCHEMAS
    fresh = write_schemas(tmp_path)
    assert {path.name for path in fresh} == {path.name for path in committed.iterdir()}
    for path in fresh:
        same = path.read_bytes() == (committed / path.name).read_bytes()
        assert same, f"{path.name} is stale: run python -m vetting_engine.rulebook._generate"


@pytest.mark.parametrize("pack", shipped_packs())
def test_shipped_packs_fit_the_schemas(pack: str) -> None:
    assert _complaints(find_pack(pack), discover("vetting_engine.checks")) == {}


def test_the_good_pack_fits() -> None:
    assert _complaints(GOOD, CHECKS) == {}


@pytest.mark.parametrize("flaw", SHAPE_FLAWS)
def test_an_editor_underlines_a_flaw_of_shape(flaw: str) -> None:
    assert _complaints(PACKS / "flaws" / flaw, CHECKS)


def test_the_settings_of_every_check_are_described() -> None:
    head = json.loads(schema_files(CHECKS)["ruleset.schema.json"])
    assert set(head["properties"]["checks"]["properties"]) == set(CHECKS)
    validator = _validators(CHECKS)["ruleset.schema.json"]
    said = yaml.load(GOOD / "ruleset.yaml").value
    said["checks"]["demo"] = {"readers": [{"nme": "x"}]}
    assert list(validator.iter_errors(said))
