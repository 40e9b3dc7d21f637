"""The face: a dozen names, imported when used; the README's example runs as it stands."""

from __future__ import annotations

import re
from pathlib import Path

import another
import pytest

import vetting_engine


@pytest.mark.parametrize("name", vetting_engine.__all__)
def test_every_name_is_there_and_documented(name: str) -> None:
    assert getattr(vetting_engine, name).__doc__


def test_a_name_that_is_not_there_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'Oracle'"):
        vetting_engine.Oracle  # noqa: B018


def test_importing_the_face_imports_nothing_heavy() -> None:
    script = "import sys, vetting_engine; print(sorted({'pydantic','numpy','rich','requests'} & set(sys.modules)))"
    done = another.python("-c", script, check=True)
    assert done.stdout.strip() == "[]"


def test_the_package_says_nothing_unasked(root: Path) -> None:
    """Unconfigured structlog prints to stdout; ours must not."""
    script = f"import vetting_engine; vetting_engine.read_batch({str(root / 'fixtures' / 'sample')!r})"
    done = another.python("-c", script, check=True)
    assert (done.stdout, done.stderr) == ("", "")


@pytest.mark.parametrize("page", ["README.md", "docs/reference/api.md"])
def test_the_examples_run_as_they_stand(root: Path, page: str) -> None:
    blocks = re.findall(r"```python\n(.*?)```", (root / page).read_text(encoding="utf-8"), re.DOTALL)
    assert blocks
    done = another.python("-c", "\n".join(blocks), cwd=root)
    assert done.returncode == 0, done.stderr
    assert done.stdout
