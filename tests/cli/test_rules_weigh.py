"""``rules weigh``: from labelled posts to a file of signs, at the shell."""

from __future__ import annotations

from pathlib import Path

import pytest

from vetting_engine.cli import Exit, main

_POSTS = "language,expect,text\n" + "".join(
    f"sw,fraud,Lipa ada ya usajili leo {number}\nsw,,Soko liko wazi leo {number}\n" for number in range(8)
)


@pytest.fixture
def cases(tmp_path: Path) -> Path:
    path = tmp_path / "posts.csv"
    path.write_text(_POSTS, encoding="utf-8")
    return path


def weigh(cases: Path, out: Path, language: str = "sw") -> int:
    return main(["rules", "weigh", "starter", language, str(cases), "--script", "Latn", "--out", str(out)])


def test_signs_are_written_once(cases: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "sw.yaml"
    assert weigh(cases, out) == Exit.DONE
    assert capsys.readouterr().out == f"{out}\n"
    text = out.read_text(encoding="utf-8")
    assert "language: sw\nscript: Latn\n" in text
    assert "usajili" in text
    assert weigh(cases, out) == Exit.ERROR
    assert "already" in capsys.readouterr().err
    assert out.read_text(encoding="utf-8") == text


def test_no_posts_in_the_language_write_nothing(
    cases: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "so.yaml"
    assert weigh(cases, out, "so") == Exit.ERROR
    assert "weigh.no_posts" in capsys.readouterr().err
    assert not out.exists()
