"""Commands are found by file name, documented, and answer --help at once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import another
import click
import pytest
from click.testing import CliRunner

from vetting_engine.cli import Exit, cli, main

HEAVY = ("pydantic", "rich", "numpy", "jinja2", "yaml", "rapidfuzz", "requests", "durable", "structlog", "cryptography")


def walk(group: click.Group, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        if isinstance(command, click.Group):
            yield from walk(command, (*path, name))
        else:
            yield (*path, name), command


COMMANDS = dict(walk(cli))


def test_the_commands_are_those_of_the_files() -> None:
    assert {" ".join(path) for path in COMMANDS} >= {"vet", "journal verify", "replay", "rules check", "rules test"}


@pytest.mark.parametrize("path", COMMANDS, ids=" ".join)
def test_every_command_and_option_is_documented(path: tuple[str, ...], root: Path) -> None:
    page = (root / "docs" / "reference" / "cli.md").read_text(encoding="utf-8")
    heading = re.search(rf"^## `{' '.join(path)}( [A-Z]+)?`$", page, flags=re.MULTILINE)
    assert heading, f"{' '.join(path)} has no section in docs/reference/cli.md"
    section = page[heading.end() :].split("\n## ")[0]
    for parameter in COMMANDS[path].params:
        if isinstance(parameter, click.Option):
            assert any(name in section for name in parameter.opts), f"{parameter.opts} is not documented"


@pytest.mark.parametrize("path", COMMANDS, ids=" ".join)
def test_every_command_has_help_for_itself_and_each_option(path: tuple[str, ...]) -> None:
    command = COMMANDS[path]
    assert command.help
    assert all(option.help for option in command.params if isinstance(option, click.Option))


def test_exit_codes_are_documented(root: Path) -> None:
    page = (root / "docs" / "reference" / "cli.md").read_text(encoding="utf-8")
    assert re.findall(r"^\| (\d) \|", page, flags=re.MULTILINE) == [str(int(code)) for code in Exit]


@pytest.mark.parametrize("arguments", [(), *COMMANDS], ids=lambda path: " ".join(path) or "top")
def test_help_imports_nothing_heavy(arguments: tuple[str, ...]) -> None:
    """What keeps --help below 150 ms; a time would depend on the machine."""
    said = another.python("-X", "importtime", "-m", "vetting_engine", *arguments, "--help", check=True)
    imported = {line.rsplit("|", 1)[-1].strip().split(".")[0] for line in said.stderr.splitlines()}
    assert not imported & set(HEAVY)
    assert "Usage: vetting-engine" in said.stdout


@pytest.mark.parametrize(
    "arguments",
    [
        ["nonsense"],
        ["vet"],
        ["vet", "x", "--as-of", "yesterday"],
        ["vet", "x", "--register", "staff"],
        ["rules", "paint"],
    ],
)
def test_wrong_use_is_exit_code_2(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments) == Exit.USAGE
    said = capsys.readouterr()
    assert "Error: " in said.err
    assert said.out == ""


def test_version() -> None:
    assert CliRunner().invoke(cli, ["--version"]).output.startswith("vetting-engine 0.")
