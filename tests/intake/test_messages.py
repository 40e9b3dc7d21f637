"""Every code that files, sources and intake can raise has a sentence and a remedy in English."""

import re
from pathlib import Path

import pytest

from vetting_engine.messages import codes, remedy, text

CODE = re.compile(r'"((?:agd|batch|date|export|field|file|id|intake|json|kobo|list|mapping|ofac|post|register|relation|table|telegram|un|workbook|x|xml)\.[a-z_]+)"')  # fmt: skip  # noqa: E501


@pytest.mark.parametrize("room", ["files", "sources", "intake"])
def test_every_code_has_its_sentence(root: Path, room: str) -> None:
    used = {
        code
        for module in (root / "vetting_engine" / room).rglob("*.py")
        if module.name != "yaml.py"
        for code in CODE.findall(module.read_text(encoding="utf-8"))
        if not code.endswith((".csv", ".jsonl", ".yaml", ".yml", ".xlsx"))
    }
    assert used
    if room == "intake":
        used |= {code.replace("field.", "post.") for code in used if code.startswith("field.")} - {
            "post.not_a_date"  # a post has times, no dates
        }
    assert sorted(used - codes()) == []
    assert all(text(code) and remedy(code) for code in used)


def test_no_sentence_is_left_over(root: Path) -> None:
    source = "".join(
        module.read_text(encoding="utf-8")
        for room in ("files", "sources", "intake")
        for module in (root / "vetting_engine" / room).rglob("*.py")
    )
    # Kinds of tie are named "relation.…" too.
    known = {code for code in codes() if CODE.fullmatch(f'"{code}"') and not code.startswith("relation.")}
    left = {
        code for code in known if f'"{code}"' not in source and f'"{code.replace("post.", "field.")}"' not in source
    }
    assert sorted(left) == []
