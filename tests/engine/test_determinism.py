"""Promise 2.4: the same bytes on Python 3.11–3.13, any hash seed, locale, time zone, order and number of workers."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import another
import pytest

import vetting_engine

#: Each run takes other candidates first and another number of workers as well: whatever makes a difference shows.
CIRCUMSTANCES = {
    "hash seed 0, C locale, east of Greenwich, reversed": (
        {"PYTHONHASHSEED": "0", "LC_ALL": "C", "TZ": "Pacific/Kiritimati"},
        ("--order", "reversed"),
    ),
    "hash seed 4242, Turkish, west of Greenwich, two workers": (
        {"PYTHONHASHSEED": "4242", "LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8", "TZ": "America/Adak"},
        ("--workers", "2"),
    ),
}


def _golden(root: Path, *options: str, python: Path | None = None, **environment: str) -> None:
    """With this Python and the package that is tested; or with another, and what is installed for it."""
    script = [str(root / "fixtures" / "make_golden.py"), "--check", *options]
    if python is None:
        done = another.python(*script, env=another.environment(**environment), cwd=root.anchor)
    else:
        command, own = [str(python), *script], _without_path()
        done = subprocess.run(command, env=own, capture_output=True, text=True, check=False, cwd=root.anchor)
    assert done.returncode == 0, done.stderr[-2000:]


def _without_path() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}


@pytest.mark.parametrize(("environment", "options"), CIRCUMSTANCES.values(), ids=CIRCUMSTANCES.keys())
def test_circumstances_do_not_matter(root: Path, environment: dict[str, str], options: tuple[str, ...]) -> None:
    _golden(root, *options, **environment)


@pytest.mark.parametrize("minor", [11, 12, 13])
def test_every_python_gives_the_golden_cores(root: Path, tmp_path: Path, minor: int) -> None:
    """In an environment of its own, without durable-rules: the reference evaluator carries the engine there."""
    if sys.version_info[:2] == (3, minor):
        pytest.skip("this is the Python the other tests run on")
    found = _interpreter(minor)
    if found is None:
        pytest.skip(f"no Python 3.{minor} on this machine")
    subprocess.run([found, "-m", "venv", str(tmp_path / "env")], check=True)
    python = tmp_path / "env" / ("Scripts" if os.name == "nt" else "bin") / "python"
    install = [str(python), "-m", "pip", "install", "-q", "--disable-pip-version-check", str(root)]
    done = subprocess.run(install, env=_without_path(), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    _golden(root, python=python)


def _interpreter(minor: int) -> str | None:
    """A Python that starts: on the path, or among pyenv's versions (its shims fail where none is chosen)."""
    pyenv = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")) / "versions"
    offered = [shutil.which(f"python3.{minor}"), *sorted(map(str, pyenv.glob(f"3.{minor}.*/bin/python")))]
    for path in offered:
        if path and not subprocess.run([path, "--version"], capture_output=True, check=False).returncode:
            return path
    return None


def test_the_tests_run_on_the_wheel(root: Path) -> None:
    """The README's test command installs the built wheel; what is tested must not be the checkout."""
    if not os.environ.get("VETTING_TEST_WHEEL"):
        pytest.skip("only asked for by tests/run.py")
    assert not Path(vetting_engine.__file__).is_relative_to(root)
