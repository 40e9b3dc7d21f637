"""Finds commands by file name, and imports only the one that is asked for."""

from __future__ import annotations

import pkgutil
from collections.abc import Mapping
from importlib import import_module
from pathlib import Path

import click

__all__ = ["Commands"]

_PACKAGE = __package__


class Commands(click.Group):
    """The commands of this folder: ``vet.py`` is ``vet``, ``rules_check.py`` is ``rules check``.

    Each module offers ``COMMAND``. A module whose name starts with an underscore is no command.
    """

    under = ""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  # click's signature
        """Names of commands and groups."""
        return sorted(self._modules())

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command; None where there is none of that name."""
        module = self._modules().get(cmd_name)
        if module is None:
            return None
        if module:
            command: click.Command = import_module(f"{_PACKAGE}.{module}").COMMAND
            return command
        group = Commands(name=cmd_name)
        group.under = f"{cmd_name}_"
        group.help = f"Commands: {', '.join(group.list_commands(ctx))}."
        return group

    def _modules(self) -> Mapping[str, str]:
        """Module name per command; an empty name is a group."""
        found: dict[str, str] = {}
        for module in pkgutil.iter_modules([str(Path(__file__).parent)]):
            if module.name.startswith("_") or not module.name.startswith(self.under):
                continue
            first, rest = module.name.removeprefix(self.under).partition("_")[::2]
            # Inside a group the rest of the name is one command: rules_new_rule is "rules new-rule".
            name = f"{first}-{rest}".replace("_", "-").rstrip("-") if self.under else first
            found[name] = module.name if self.under or not rest else ""
        return found
