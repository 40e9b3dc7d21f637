"""The command line: one file per command, found by its name (``rules_check.py`` is ``rules check``).

Data goes to stdout, talk to stderr. Nothing heavy is imported before a command runs.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

import click

from vetting_engine.cli._commands import Commands
from vetting_engine.cli._exit import Exit

__all__ = ["Exit", "main"]


def _show_version(context: click.Context, _: click.Parameter, asked: bool) -> None:
    if asked and not context.resilient_parsing:
        from vetting_engine.engine import ENGINE_VERSION  # noqa: PLC0415  # heavy: only when asked for

        click.echo(f"vetting-engine {ENGINE_VERSION}")
        context.exit()


@click.command(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.option("--version", is_flag=True, is_eager=True, expose_value=False, callback=_show_version, help="Say it.")
@click.option("-v", "--verbose", count=True, help="Log to stderr: once for steps, twice for details.")
def cli(verbose: int) -> None:
    """Vet candidates against declared rules, and keep a record that can be checked.

    The engine rejects nobody: it says who must look, at what, and why.
    """
    if verbose:
        from vetting_engine.cli._logging import configure  # noqa: PLC0415  # late: logging is rarely asked for

        configure(verbose)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; answers its exit code (see ``Exit``). Never raises for what a user did."""
    colour = False if os.environ.get("NO_COLOR") else None
    try:
        code = cli.main(
            list(sys.argv[1:] if arguments is None else arguments),
            prog_name="vetting-engine",
            standalone_mode=False,
            color=colour,
        )
    except click.exceptions.Abort:
        click.echo("Stopped.", err=True)
        return Exit.ERROR
    except click.ClickException as error:
        error.show()
        return Exit.USAGE if isinstance(error, click.UsageError) else Exit.ERROR
    except BrokenPipeError:  # the reader of our output has gone: nobody is left to tell
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return Exit.ERROR
    except Exception as error:  # noqa: BLE001  # the last door: a traceback helps no officer
        from vetting_engine.cli._failure import told  # noqa: PLC0415  # messages are only read for a failure

        return told(error)
    return int(code or 0)
