"""``watchlist fetch``, from a server on this machine."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from sources.list_server import Server, gives, serving
from sources.un_xml import document, person

from vetting_engine.cli import Exit, main

LIST = document(person()).encode()


@pytest.fixture
def server() -> Iterator[Server]:
    with serving() as state:
        yield state


def test_a_list_is_fetched(server: Server, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    server.will(gives(LIST))
    arguments = ["watchlist", "fetch", server.url, "--into", str(tmp_path / "lists"), "--allow-local"]
    assert main([*arguments, "--json"]) == Exit.DONE
    told = json.loads(capsys.readouterr().out)
    assert (told["list_id"], told["changed"], told["effect"]) == ("un-consolidated", True, "binding")
    assert told["not_for"] == ["registration", "status determination", "assistance"]
    assert main(arguments) == Exit.DONE
    assert "still the newest" in capsys.readouterr().out


def test_without_leave_nothing_of_this_machine_is_asked(
    server: Server, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    url = server.url.replace("http:", "https:")
    assert main(["watchlist", "fetch", url, "--into", str(tmp_path)]) == Exit.LIST_MISSING
    assert "(fetch.local_address)" in capsys.readouterr().err
    assert not server.asked


def test_what_is_no_list_is_told_and_the_old_one_stays(
    server: Server, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "un-consolidated.xml").write_bytes(LIST)
    server.will(gives(b"<html>Sign in</html>"))
    (tmp_path / "authorities.yaml").write_text(f"lists:\n  un-consolidated:\n    url: {server.url}\n")
    arguments = ["watchlist", "fetch", "un-consolidated", "--into", str(tmp_path), "--allow-local", "--attempts", "1"]
    assert main(arguments) == Exit.LIST_MISSING
    assert "(list.unknown_format)" in capsys.readouterr().err
    assert (tmp_path / "un-consolidated.xml").read_bytes() == LIST


def test_an_id_without_an_address(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["watchlist", "fetch", "eu-fsf", "--into", str(tmp_path)]) == Exit.LIST_MISSING
    assert "authorities.yaml" in capsys.readouterr().err
