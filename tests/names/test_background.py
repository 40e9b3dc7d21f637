"""How rare parts are."""

from __future__ import annotations

from vetting_engine.names._data import read_text
from vetting_engine.names.background import FLOOR, rarity, version
from vetting_engine.names.parts import Role, make_part


def test_the_table_is_wide() -> None:
    parts = [key for line in read_text("background.txt").splitlines()[1:] for key in line.split(" ")[2:]]
    assert len(parts) >= 20_000
    assert version()


def test_common_parts_are_common_in_every_spelling_and_script() -> None:
    for common in ("mohammed", "muhammad", "mohammad"):
        assert make_part(common, common, Role.NAME).rarity < 1_000
    assert make_part("okvalefarrok", "okvalefarrok", Role.NAME).rarity == FLOOR


def test_short_parts_say_little() -> None:
    assert rarity("xq", "xq", vowelless=False) < rarity("xqvz", "xqvz", vowelless=False) < FLOOR
