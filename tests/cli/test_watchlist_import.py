"""``watchlist import``, as from a stick."""

from __future__ import annotations

from pathlib import Path

import pytest
from sources.un_xml import document, person

from vetting_engine import canonical
from vetting_engine.cli import Exit, main

LIST = document(person()).encode()


def test_a_list_with_the_digest_that_show_prints(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    stick = tmp_path / "stick.xml"
    stick.write_bytes(LIST)
    main(["watchlist", "show", str(stick), "--as-of", "2026-03-01"])
    digest = next(line.strip() for line in capsys.readouterr().out.splitlines() if "sha256:" in line)
    assert digest == canonical.digest(LIST)
    arguments = ["watchlist", "import", str(stick), "--into", str(tmp_path / "lists"), "--digest", digest]
    assert main([*arguments, "--retrieved", "2026-02-28"]) == Exit.DONE
    said = capsys.readouterr().out
    assert "retrieved 2026-02-28" in said
    assert "Not for registration" in said


def test_another_digest(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    stick = tmp_path / "stick.xml"
    stick.write_bytes(LIST)
    arguments = ["watchlist", "import", str(stick), "--into", str(tmp_path / "lists"), "--digest", "sha256:00"]
    assert main(arguments) == Exit.LIST_MISSING
    assert "(import.digest_differs)" in capsys.readouterr().err


def test_a_file_that_is_not_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["watchlist", "import", str(tmp_path / "none"), "--into", str(tmp_path / "lists")]) == Exit.LIST_MISSING
    assert "(file.missing)" in capsys.readouterr().err
