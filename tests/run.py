"""Install the built wheel into a fresh environment and run every check of the project.

    python3 tests/run.py            everything: format, lint, types, import contract, tests
    python3 tests/run.py -k words   the same, with these arguments handed to pytest
    python3 tests/run.py --cov      the same, and tells which lines no test reached; twice the time

Needs Python 3.11 or newer with pip; nothing else. Where there is no C compiler the durable-rules extra
is left out, and the tests that need it say that they were skipped.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CHECKS = (
    ("format", ("ruff", "format", "--check", ".")),
    ("lint", ("ruff", "check", ".")),
    ("types", ("mypy",)),
    ("import contract", ("lint-imports",)),
)


def main(arguments: list[str]) -> int:
    """Build, install, check; the exit status is 0 only if everything passed."""
    if sys.version_info < (3, 11):
        print("Python 3.11 or newer is needed", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory(prefix="vetting-engine-test-") as folder:
        scripts = _environment(Path(folder))
        failed = [name for name, command in CHECKS if not _passes(name, scripts, command)]
        tests = ("pytest", "-n", str(min(4, os.cpu_count() or 1)), "--dist", "loadfile", *arguments)
        if not _passes("tests", scripts, tests, VETTING_TEST_WHEEL="1"):
            failed.append("tests")
    print(f"\n== {'all passed' if not failed else 'FAILED: ' + ', '.join(failed)}", flush=True)
    return 1 if failed else 0


def _environment(folder: Path) -> Path:
    """A fresh environment holding the wheel and the development tools; answers its scripts folder."""
    print("== install: the built wheel into a fresh environment", flush=True)
    venv.create(folder / "env", with_pip=True)
    scripts = folder / "env" / ("Scripts" if os.name == "nt" else "bin")
    pip = (str(scripts / "python"), "-m", "pip", "--disable-pip-version-check")
    subprocess.run((*pip, "install", "-q", "--upgrade", "pip>=25.1"), check=True)
    subprocess.run((*pip, "wheel", "-q", "--no-deps", "-w", str(folder), str(ROOT)), check=True)
    wheel = next(folder.glob("vetting_engine-*.whl"))
    if subprocess.run((*pip, "install", "-q", f"{wheel}[all]"), check=False).returncode:
        print("== durable-rules did not build here; going on with the reference evaluator alone", flush=True)
        subprocess.run((*pip, "install", "-q", f"{wheel}[xlsx]"), check=True)
    subprocess.run((*pip, "install", "-q", "--group", f"{ROOT / 'pyproject.toml'}:dev"), check=True)
    return scripts


def _passes(name: str, scripts: Path, command: tuple[str, ...], **extra: str) -> bool:
    print(f"\n== {name}: {' '.join(command)}", flush=True)
    environment = {**os.environ, **extra, "PATH": f"{scripts}{os.pathsep}{os.environ.get('PATH', '')}"}
    environment.pop("PYTHONPATH", None)
    done = subprocess.run((str(scripts / command[0]), *command[1:]), cwd=ROOT, env=environment, check=False)
    return done.returncode == 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
