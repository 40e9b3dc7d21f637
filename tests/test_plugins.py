"""Discovery hides plugins from the import contract; these tests hold each to a name, a test and a doc page."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from vetting_engine import messages
from vetting_engine.errors import PluginError
from vetting_engine.registry import discover

FOLDERS = ("checks", "intake", "reports", "sources")
PLUGINS = [(folder, name) for folder in FOLDERS for name in discover(f"vetting_engine.{folder}")]


@pytest.mark.parametrize(("folder", "name"), PLUGINS)
def test_every_plugin_has_a_mirrored_test_and_is_described(root: Path, folder: str, name: str) -> None:
    module = type(discover(f"vetting_engine.{folder}")[name]).__module__.split(".")[2]
    mirrored = root / "tests" / folder
    assert (mirrored / f"test_{module}.py").is_file() or (mirrored / module).is_dir()
    pages = "\n".join(page.read_text(encoding="utf-8") for page in (root / "docs").rglob("*.md"))
    assert re.search(rf"\b{re.escape(name)}\b", pages)


def test_a_broken_plugin_is_loud(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "broken_house").mkdir()
    (tmp_path / "broken_house" / "__init__.py").write_text("")
    (tmp_path / "broken_house" / "a.py").write_text("raise RuntimeError('torn')")
    (tmp_path / "broken_house" / "b.py").write_text("class P:\n    name = 'same'\nPLUGIN = P()")
    (tmp_path / "broken_house" / "c.py").write_text("class P:\n    name = 'same'\nPLUGIN = P()")
    (tmp_path / "broken_house" / "d.py").write_text("")
    monkeypatch.syspath_prepend(str(tmp_path))
    with pytest.raises(PluginError) as refusal:
        discover("broken_house")
    assert sorted(fault.code for fault in refusal.value.faults) == [
        "plugin.broken",
        "plugin.broken",
        "plugin.name_taken",
    ]


def test_every_code_in_the_source_has_a_sentence(root: Path) -> None:
    """Codes are looked up at run time; one without a sentence would reach a person as a code."""
    known = messages.codes()
    used = {
        code
        for path in (root / "vetting_engine").rglob("*.py")
        for code in re.findall(r'Fault\(\s*"([a-z_]+\.[a-z_.]+)"', path.read_text(encoding="utf-8"))
    }
    assert len(used) > 50
    assert not sorted(used - known)
