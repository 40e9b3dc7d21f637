"""``python -m benchmarks [SUITE] [--data DIR] [--json] …``: run one suite of measures, or list them."""

from __future__ import annotations

import importlib
import json
import pkgutil
import sys
from collections.abc import Sequence
from types import ModuleType

import benchmarks


def suites() -> dict[str, ModuleType]:
    """Suites by name: every module here with a ``NAME``, an ``ABOUT`` and a ``run``."""
    found: dict[str, ModuleType] = {}
    for item in sorted(pkgutil.iter_modules(benchmarks.__path__), key=lambda module: module.name):
        if not item.name.startswith("_"):
            module = importlib.import_module(f"benchmarks.{item.name}")
            found[module.NAME] = module
    return found


def main(arguments: Sequence[str]) -> int:
    """Run a suite and print its figures, as text or as JSON."""
    found = suites()
    if not arguments or arguments[0] in {"-h", "--help"}:
        print(__doc__)
        for name, module in found.items():
            print(f"  {name:<20} {module.ABOUT}")
        print("\nEach suite explains its options with --help; data is found by --data or $VETTING_DATA.")
        return 0
    name, *rest = arguments
    if name not in found:
        print(f"no suite called {name!r}; there are: {', '.join(found)}", file=sys.stderr)
        return 2
    as_json = "--json" in rest
    figures = found[name].run([argument for argument in rest if argument != "--json"])
    print(json.dumps(figures, indent=2, ensure_ascii=False) if as_json else "\n".join(_lines(figures)))
    return 0


def _lines(figures: object, path: str = "") -> list[str]:
    if isinstance(figures, dict):
        return [line for key, value in figures.items() for line in _lines(value, f"{path}.{key}" if path else str(key))]
    if isinstance(figures, float):
        return [f"{path:<60} {figures:.4g}"]
    return [f"{path:<60} {figures}"]


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
