"""``python -m vetting_engine``: the same as the command ``vetting-engine``."""

from __future__ import annotations

import sys

from vetting_engine.cli import main

if __name__ == "__main__":  # workers of a large batch import this module anew
    sys.exit(main())
