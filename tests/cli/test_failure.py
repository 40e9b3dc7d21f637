"""Errors are sentences on stderr, all of them, and never a traceback."""

from __future__ import annotations

import pytest

from vetting_engine.cli import Exit
from vetting_engine.cli._failure import tell, told
from vetting_engine.errors import Fault, InputError, JournalError, ListError, Location, RulesetError


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (RulesetError(Fault("yaml.empty")), Exit.USAGE),
        (ListError(Fault("yaml.empty")), Exit.LIST_MISSING),
        (InputError(Fault("yaml.empty")), Exit.ERROR),
        (JournalError(Fault("yaml.empty")), Exit.ERROR),
        (PermissionError(13, "Permission denied", "out"), Exit.ERROR),
        (ZeroDivisionError("by zero"), Exit.ERROR),
    ],
)
def test_each_error_has_its_exit_code(error: Exception, code: Exit, capsys: pytest.CaptureFixture[str]) -> None:
    assert told(error) == code
    said = capsys.readouterr()
    assert said.out == ""
    assert "Traceback" not in said.err
    assert len(said.err.splitlines()) == 1


def test_all_faults_are_told_with_place_remedy_and_code(capsys: pytest.CaptureFixture[str]) -> None:
    faults = [Fault("yaml.empty", Location("rules.yaml", line)) for line in (3, 9)]
    told(RulesetError(faults))
    assert capsys.readouterr().err.splitlines() == [
        f"rules.yaml:{line}: The file is empty. Fill it, or remove the file. (yaml.empty)" for line in (3, 9)
    ]


def test_many_faults_are_counted_beyond_a_limit(capsys: pytest.CaptureFixture[str]) -> None:
    tell([Fault("yaml.empty")] * 7, limit=2)
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 3
    assert "5 more" in lines[2]


def test_a_file_cannot_steer_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    tell([Fault("yaml.tag", params={"tag": "\x1b[2J\u202e\r"})])
    assert r"\u001b[2J\u202e\u000d" in capsys.readouterr().err
