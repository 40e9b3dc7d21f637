"""This Python in another process, with the very package that is tested.

Neither the folder it is run in nor a package installed elsewhere may take its place: tests would then prove something
about other code.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import vetting_engine

#: Where the package that is tested lies: a checkout, or where its wheel is installed.
HOME = Path(vetting_engine.__file__).resolve().parents[1]
#: ``-P``: the folder a script lies or a command is run in is not searched for packages.
PYTHON = (sys.executable, "-P")


def environment(**more: str) -> dict[str, str]:
    """The environment of this process, in which the package is found first."""
    return {**os.environ, "PYTHONPATH": str(HOME), **more}


def python(*arguments: str, check: bool = False, **options: Any) -> subprocess.CompletedProcess[str]:
    """Run this Python and wait for it; ``options`` are those of ``subprocess.run``."""
    given = {"capture_output": True, "text": True, "env": environment(), **options}
    return subprocess.run([*PYTHON, *arguments], check=check, **given)
