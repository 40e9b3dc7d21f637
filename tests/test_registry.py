"""A folder inside a group may be a group of its own; nothing else is passed over."""

from pathlib import Path

import pytest

from vetting_engine.errors import PluginError
from vetting_engine.registry import discover


def test_a_group_within_a_group(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    inner = tmp_path / "outer_house" / "inner"
    inner.mkdir(parents=True)
    (inner.parent / "__init__.py").write_text("")
    (inner / "__init__.py").write_text("GROUP = 'outer_house.inner'")
    plugin = "class P:\n    name = {!r}\nPLUGIN = P()"
    (inner / "a.py").write_text(plugin.format("a"))
    (inner.parent / "b.py").write_text(plugin.format("b"))
    monkeypatch.syspath_prepend(str(tmp_path))
    assert list(discover("outer_house")) == ["b"]
    assert list(discover("outer_house.inner")) == ["a"]


def test_a_group_by_another_name_is_a_broken_plugin(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    house = tmp_path / "other_house"
    house.mkdir()
    (house / "__init__.py").write_text("")
    (house / "a.py").write_text("GROUP = 'elsewhere'")
    monkeypatch.syspath_prepend(str(tmp_path))
    with pytest.raises(PluginError) as refusal:
        discover("other_house")
    assert [fault.code for fault in refusal.value.faults] == ["plugin.broken"]


def test_the_platforms_there_are() -> None:
    assert "platforms" not in discover("vetting_engine.intake")
    assert list(discover("vetting_engine.intake.platforms")) == [
        "facebook", "instagram", "table", "telegram", "tiktok", "x", "youtube",
    ]  # fmt: skip
