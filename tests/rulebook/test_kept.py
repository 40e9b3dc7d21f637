"""Files that are in use are read once, and what is told of them stays the same."""

from __future__ import annotations

import gc
import shutil
from pathlib import Path
from weakref import ref

from vetting_engine.rulebook import check_pack, load_ruleset
from vetting_engine.rulebook.packs import find_pack

_TERMS = "language: en\nscript: Latn\nreviewed_on: 2026-11-29\nterms:\n"
_NAMES = _TERMS + "  - {id: names, kind: group, texts: [veru]}\n"
_PLAIN = _TERMS + "  - {id: bell, kind: innocent, texts: [bell]}\n  - {id: p, kind: innocent, texts: [veru]}\n"


def pack(folder: Path, **files: str) -> Path:
    shutil.copytree(find_pack("starter"), folder)
    for name, text in files.items():
        (folder / "terms" / f"{name}.yaml").write_text(text, encoding="utf-8")
    return folder


def test_what_is_in_use_is_not_read_again(tmp_path: Path) -> None:
    one, other = load_ruleset(pack(tmp_path / "one")), load_ruleset(pack(tmp_path / "other", names=_NAMES))

    ours, theirs = (each.documents["content"]["terms"] for each in (one, other))
    assert {id(file) for file in ours} < {id(file) for file in theirs}


def test_what_nobody_uses_is_not_held(tmp_path: Path) -> None:
    ruleset = load_ruleset(pack(tmp_path / "pack", names=_NAMES))
    (names,) = (ref(file) for file in ruleset.documents["content"]["terms"] if file.terms[0].id == "names")

    del ruleset
    gc.collect()

    assert names() is None


def test_a_file_in_use_that_goes_ill_with_another_is_refused_in_its_line(tmp_path: Path) -> None:
    held = load_ruleset(pack(tmp_path / "names", names=_NAMES)), load_ruleset(pack(tmp_path / "plain", plain=_PLAIN))

    faults = check_pack(pack(tmp_path / "both", names=_NAMES, plain=_PLAIN))

    assert [(fault.code, fault.at.file, fault.at.line) for fault in faults] == [
        ("content.innocent_hides", "terms/plain.yaml", 6)
    ]
    assert held


def test_a_broken_file_is_told_each_time(tmp_path: Path) -> None:
    folder = pack(tmp_path / "pack", names=_TERMS + "  - {id: names, kind: groop, texts: [veru]}\n")

    first, again = check_pack(folder), check_pack(folder)

    assert [fault.code for fault in first] == ["value.not_one_of"]
    assert first == again
