"""Finds plugins: every public module of a folder, then installed entry points of the same group.

A module offers its plugin as ``PLUGIN``; a folder inside the folder may be a group of its own and says so by its
own name in ``GROUP``. A plugin that cannot be loaded, or a name taken twice, is an error: a check that silently
vanished would be a false all-clear.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.metadata import entry_points
from types import MappingProxyType
from typing import Any

from vetting_engine.errors import Fault, PluginError

__all__ = ["discover"]


@cache
def discover(package: str) -> Mapping[str, Any]:
    """Plugins by name, in order of name.

    Args:
        package: dotted name of the folder, e.g. ``"vetting_engine.checks"``; it is also the name of the
            entry-point group other distributions use.

    Raises:
        PluginError: a module fails to import, offers no ``PLUGIN``, or repeats a name.
    """
    found: dict[str, Any] = {}
    faults: list[Fault] = []
    for origin, load in _offers(package):
        try:
            plugin = load()
            if plugin is None:
                continue
            name = plugin.name
        except Exception as error:  # noqa: BLE001  # whatever a broken plugin raises, it must be named
            faults.append(
                Fault("plugin.broken", params={"plugin": origin, "error": f"{type(error).__name__}: {error}"})
            )
            continue
        if name in found:
            faults.append(Fault("plugin.name_taken", params={"plugin": origin, "name": name}))
            continue
        found[name] = plugin
    if faults:
        raise PluginError(faults)
    return MappingProxyType(dict(sorted(found.items())))


def _offers(package: str) -> Iterator[tuple[str, Any]]:
    folder = importlib.import_module(package)
    for module in sorted(pkgutil.iter_modules(folder.__path__), key=lambda item: item.name):
        if not module.name.startswith("_"):
            dotted = f"{package}.{module.name}"
            yield dotted, lambda dotted=dotted: _plugin(dotted)
    for point in sorted(entry_points(group=package), key=lambda item: item.name):
        yield f"{package}: {point.value}", point.load


def _plugin(dotted: str) -> Any:  # noqa: ANN401  # whatever the group's plugins are
    """The plugin of a module; None where it is a group of its own."""
    module = importlib.import_module(dotted)
    return None if getattr(module, "GROUP", None) == dotted else module.PLUGIN
