"""The pages about packs: the tutorial's pack works as it stands, the reference names everything there is."""

from __future__ import annotations

import re
from pathlib import Path

from vetting_engine.model.condition import Operator
from vetting_engine.rulebook import check_pack, load_ruleset
from vetting_engine.rulebook._leaf import WITH_FIELD
from vetting_engine.rulebook._surface import ApartEntry, ObligationEntry, PackHead, RuleEntry, TranslationEntry
from vetting_engine.workbench.examples import run_examples

_BLOCK = re.compile(r"```yaml\n# file: (\S+)\n(.*?)```", re.DOTALL)
_PYTHON = re.compile(r"```python\n(.*?)```", re.DOTALL)


def test_the_pack_of_the_how_to_is_without_fault_and_its_examples_pass(root: Path, tmp_path: Path) -> None:
    blocks = _BLOCK.findall((root / "docs/how-to/write-a-rule.md").read_text(encoding="utf-8"))
    assert len(blocks) == 4
    for path, text in blocks:
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
    assert check_pack(tmp_path) == ()
    report = run_examples(load_ruleset(tmp_path))
    assert report.failures == ()
    assert len(report.results) == 6


def test_the_reference_names_every_key_and_operator(root: Path) -> None:
    page = (root / "docs/reference/ruleset.md").read_text(encoding="utf-8")
    models = (PackHead, ObligationEntry, ApartEntry, RuleEntry, TranslationEntry)
    names = {name for model in models for name in model.model_fields} | set(map(str, Operator)) | set(WITH_FIELD)
    assert sorted(name for name in names if f"`{name}`" not in page) == []


def test_the_python_of_the_reference_runs(root: Path) -> None:
    page = (root / "docs/reference/ruleset.md").read_text(encoding="utf-8")
    (code,) = _PYTHON.findall(page)
    names: dict[str, object] = {}
    exec(code.replace("print(", "shown = ("), names)
    assert names["shown"] == (True, 0, True)
