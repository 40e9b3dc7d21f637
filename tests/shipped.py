"""The shipped pack and its scanner, made once per process: their terms take seconds to read and compile."""

from __future__ import annotations

from functools import cache

from vetting_engine.checks.content import PLUGIN, Scanner
from vetting_engine.model.ruleset import Ruleset
from vetting_engine.protocols import Resources
from vetting_engine.rulebook import load_ruleset
from vetting_engine.workbench.examples import ExampleReport, run_examples

NAME = "community-influencer"


@cache
def pack(name: str = NAME) -> Ruleset:
    """A shipped pack; frozen, so that nothing a test does reaches another."""
    return load_ruleset(name)


@cache
def scanner() -> Scanner:
    """The scanner of the shipped pack; it keeps what it compiled, and nothing of the texts it has seen decides."""
    return PLUGIN.prepare(pack(), Resources()).scanner


@cache
def examples(name: str = NAME) -> ExampleReport:
    """What every example of a shipped pack came to."""
    return run_examples(pack(name))
