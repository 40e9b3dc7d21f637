"""Bad packs, one flaw each: the good pack with one file laid over it, named for the flaw.

``# fault: CODE`` stands on the line at which exactly that fault must be reported, ``# file fault: CODE`` in a
file that is refused as such; nothing else may be reported.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from rulebook.demo import CHECKS, GOOD, PACKS

from vetting_engine import messages
from vetting_engine.errors import RulesetError
from vetting_engine.rulebook import check_pack, load_ruleset

FLAWS = sorted(folder.name for folder in (PACKS / "flaws").iterdir())
_MARK = re.compile(r"# (file )?fault: ([a-z0-9_. ]+)$")


def expected(folder: Path) -> Iterator[tuple[str, int, str]]:
    for path in sorted(folder.rglob("*.yaml")):
        for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
            mark = _MARK.search(line)
            for code in mark[2].split() if mark else ():
                yield path.relative_to(folder).as_posix(), 0 if mark[1] else number, code


@pytest.mark.parametrize("flaw", FLAWS)
def test_a_flaw_is_reported_at_its_line_and_nothing_else(flaw: str, tmp_path: Path) -> None:
    pack = tmp_path / "pack"
    shutil.copytree(GOOD, pack)
    shutil.copytree(PACKS / "flaws" / flaw, pack, dirs_exist_ok=True)
    wanted = list(expected(PACKS / "flaws" / flaw))
    assert wanted, "the flaw marks no line"

    faults = check_pack(pack, checks=CHECKS)

    assert sorted((fault.at.file, fault.at.line, fault.code) for fault in faults) == sorted(wanted)
    for fault in faults:
        said = messages.describe(fault)
        assert messages.text(fault.code) != fault.code, f"{fault.code} has no sentence"
        assert messages.remedy(fault.code), f"{fault.code} has no remedy"
        assert not re.search(r"\{[a-z_]+\}", said), said
    if any(fault.severity == "error" for fault in faults):
        with pytest.raises(RulesetError) as raised:
            load_ruleset(pack, checks=CHECKS)
        assert list(raised.value.faults) == [fault for fault in faults if fault.severity == "error"]
    else:
        load_ruleset(pack, checks=CHECKS)
