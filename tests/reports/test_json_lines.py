"""Lines for other tools: canonical, stable, and without personal text unless asked for."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import make

from vetting_engine import canonical
from vetting_engine.model.finding import Function
from vetting_engine.registry import discover
from vetting_engine.reports._options import Options
from vetting_engine.reports.json_lines import PLUGIN, JsonLinesReport

KEYS = [
    "as_of", "checks", "confidential", "core_digest", "decision_rules", "disposition", "dry_run", "engine_version",
    "engines", "findings", "functions", "gaps", "held", "id", "level", "lists", "not_for", "obligations", "reasons",
    "record_id", "registers", "ruleset", "schema",
]  # fmt: skip


def lines(folder: Path, report: JsonLinesReport = PLUGIN) -> list[dict[str, Any]]:
    (path,) = report.write(make.run(), folder)
    raw = path.read_bytes().splitlines()
    assert all(canonical.loads(line) is not None for line in raw)
    return [json.loads(line) for line in raw]


def test_it_is_found_as_a_plugin() -> None:
    assert discover("vetting_engine.reports")["jsonl"] is PLUGIN


def test_one_line_per_candidate_in_the_order_given(tmp_path: Path) -> None:
    assert [line["id"] for line in lines(tmp_path)] == ["c-001", "c-002", "c-003"]


def test_keys_are_the_documented_ones(tmp_path: Path, root: Path) -> None:
    page = (root / "docs" / "reference" / "report.md").read_text(encoding="utf-8")
    for line in lines(tmp_path):
        assert sorted(line) == KEYS
        assert all(f"`{key}`" in page for key in line)


def test_nothing_personal_but_the_id(tmp_path: Path) -> None:
    text = json.dumps(lines(tmp_path), ensure_ascii=False)
    for personal in ("Tamsin", "تمسين", "vermin", "Ondrel", "followed home", "1996-04-02", "p-1", "4200", "QDi.9001"):
        assert personal not in text


def test_evidence_comes_when_asked_for(tmp_path: Path) -> None:
    told = json.dumps(lines(tmp_path, PLUGIN.configured(Options(with_evidence=True))), ensure_ascii=False)
    assert "those people are vermin" in told
    assert "Tamzin Okval" in told
    assert "followed home" not in told


def test_a_confidential_finding_is_counted_not_told(tmp_path: Path) -> None:
    line = lines(tmp_path)[1]
    assert line["confidential"] == [{"functions": ["protection"], "count": 1}]
    assert [finding["id"] for finding in line["findings"]] == ["conflict-1", "content-1", "watchlist-1"]
    assert "support-disclosure" not in json.dumps(line)


def test_a_confidential_finding_is_told_to_its_function(tmp_path: Path) -> None:
    line = lines(tmp_path, PLUGIN.configured(Options(function=Function.PROTECTION)))[1]
    assert line["confidential"] == []
    assert "content-2" in [finding["id"] for finding in line["findings"]]
