"""A new copy takes the old one's place only after it was read whole as that list."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sources.list_server import Server, announces, cuts_off, fails, gives, serving, unless_known
from sources.un_xml import document, person

from vetting_engine import canonical
from vetting_engine.errors import ListError
from vetting_engine.sources import Bounds, Kept, fetch_watchlist, import_watchlist, lists_in, load_watchlist

TODAY, TOMORROW = date(2026, 3, 1), date(2026, 3, 2)
LIST = document(person(), person(reference="XXi.002"), person(reference="XXi.003")).encode()
OLDER = LIST.replace(b"2026-02-27", b"2026-01-27")
NEWER = LIST.replace(b"2026-02-27", b"2026-03-01")
TABLE = b"id,name,reason,owner,expiry,notice\n1,Odo Okvale,spam,ICT,2027-01-01,told\n"


@pytest.fixture
def server() -> Iterator[Server]:
    with serving() as state:
        yield state


def fetch(what: str, folder: Path, today: date = TODAY) -> Kept:
    bounds = Bounds(connect=2, read=1, attempts=2, allow_local=True, sleep=lambda _: None, max_bytes=1_000_000)
    return fetch_watchlist(what, folder, today=today, bounds=bounds)


def refused(what: str, folder: Path) -> list[str]:
    """The codes, having made sure that nothing in the folder is another than before."""
    before = {item: item.read_bytes() for item in folder.rglob("*") if item.is_file()}
    with pytest.raises(ListError) as caught:
        fetch(what, folder)
    assert {item: item.read_bytes() for item in folder.rglob("*") if item.is_file()} == before
    assert not [item for item in folder.iterdir() if item.name.startswith(".fetch")]
    return [fault.code for fault in caught.value.faults]


def authorities(folder: Path, url: str, list_id: str = "un-consolidated") -> None:
    folder.mkdir(exist_ok=True)
    (folder / "authorities.yaml").write_text(f"lists:\n  {list_id}:\n    url: {url}\n    max_age_days: 7\n")


def test_a_list_is_fetched_by_its_address(server: Server, tmp_path: Path) -> None:
    server.will(gives(LIST, Content_Type="text/plain"))
    kept = fetch(f"{server.url}/some/list.php?x=1", tmp_path / "lists")
    assert kept.path == tmp_path / "lists" / "un-consolidated.xml"
    assert kept.changed
    assert kept.snapshot == load_watchlist(kept.path)
    assert (kept.snapshot.retrieved, kept.snapshot.published) == (TODAY, date(2026, 2, 27))
    assert lists_in(tmp_path / "lists") == (kept.path,)


def test_by_its_id_with_the_address_the_office_names(server: Server, tmp_path: Path) -> None:
    authorities(tmp_path, server.url)
    server.will(unless_known(LIST, '"1"'))
    first = fetch("un-consolidated", tmp_path)
    again = fetch("un-consolidated", tmp_path, TOMORROW)
    assert (first.changed, again.changed) == (True, False)
    assert server.asked[1]["if-none-match"] == '"1"'
    assert (again.snapshot.retrieved, again.snapshot.max_age_days) == (TOMORROW, 7)


def test_another_copy_is_taken_and_an_edited_one_is_not_asked_about(server: Server, tmp_path: Path) -> None:
    authorities(tmp_path, server.url)
    server.will(unless_known(LIST, '"1"'))
    path = fetch("un-consolidated", tmp_path).path
    path.write_bytes(LIST + b"\n")  # somebody edited it: the note is about other bytes
    assert load_watchlist(path).retrieved is None
    assert fetch("un-consolidated", tmp_path).changed
    assert "if-none-match" not in server.asked[1]
    assert path.read_bytes() == LIST


def test_an_id_nobody_knows_the_address_of(tmp_path: Path) -> None:
    assert refused("eu-fsf", tmp_path) == ["fetch.no_url"]


@pytest.mark.parametrize(
    ("offered", "expected"),
    [
        (gives(b"<html><body>Sign in</body></html>", Content_Type="text/html"), "list.unknown_format"),
        (gives(LIST[: len(LIST) // 2]), "xml.malformed"),
        (announces(LIST, len(LIST) - 40), "xml.malformed"),
        (cuts_off(LIST), "fetch.interrupted"),
        (gives(b""), "file.empty"),
        (gives(LIST.replace(b"<FIRST_NAME>", b"<FIRST_NAME>\x1a")), "xml.bad_bytes"),
        (gives(b'<!DOCTYPE l [<!ENTITY a "ha">]><CONSOLIDATED_LIST>&a;</CONSOLIDATED_LIST>'), "xml.forbidden"),
        (gives(OLDER), "fetch.older"),
        (gives(document(person()).encode()), "fetch.shrunk"),
        (gives(TABLE), "fetch.other_list"),
        (fails(500), "fetch.status"),
    ],
)
def test_the_old_copy_stays_in_use(server: Server, tmp_path: Path, offered: object, expected: str) -> None:
    authorities(tmp_path, server.url)
    server.will(gives(LIST))
    fetch("un-consolidated", tmp_path)
    server.will(offered)  # type: ignore[arg-type]
    assert refused("un-consolidated", tmp_path)[0] == expected


def test_a_list_that_is_there_under_another_name(server: Server, tmp_path: Path) -> None:
    (tmp_path / "consolidated.list").write_bytes(LIST)
    server.will(gives(NEWER))
    assert refused(server.url, tmp_path) == ["fetch.other_file"]


def test_a_damaged_copy_is_replaced(server: Server, tmp_path: Path) -> None:
    (tmp_path / "un-consolidated.xml").write_bytes(LIST[:2_000])
    server.will(gives(NEWER))
    assert fetch(server.url, tmp_path).changed
    assert (tmp_path / "un-consolidated.xml").read_bytes() == NEWER


def test_from_a_stick_with_the_printed_digest(tmp_path: Path) -> None:
    stick = tmp_path / "stick.dat"
    stick.write_bytes(LIST)
    stick.chmod(0o400)
    kept = import_watchlist(stick, tmp_path / "lists", digest=canonical.digest(LIST).upper().replace("SHA", "sha"))
    assert kept.path.name == "un-consolidated.xml"
    assert (kept.snapshot.retrieved, kept.changed) == (None, True)
    assert import_watchlist(stick, tmp_path / "lists", retrieved=TODAY).snapshot.retrieved == TODAY


def test_another_digest_is_refused(tmp_path: Path) -> None:
    stick = tmp_path / "stick.xml"
    stick.write_bytes(LIST)
    with pytest.raises(ListError) as caught:
        import_watchlist(stick, tmp_path / "lists", digest="sha256:" + "0" * 64)
    assert [fault.code for fault in caught.value.faults] == ["import.digest_differs"]
    assert list((tmp_path / "lists").iterdir()) == []


def test_an_older_copy_needs_somebody_who_vouches_for_it(tmp_path: Path) -> None:
    new, old = tmp_path / "new.xml", tmp_path / "old.xml"
    new.write_bytes(LIST)
    old.write_bytes(OLDER)
    import_watchlist(new, tmp_path / "lists")
    with pytest.raises(ListError, match=r"fetch\.older"):
        import_watchlist(old, tmp_path / "lists")
    assert import_watchlist(old, tmp_path / "lists", digest=canonical.digest(OLDER)).changed


def test_a_set_is_imported_whole_and_a_mapping_with_its_table(tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    (stick / "guild.csv").write_text("No.;Full name\n1;Odo Okvale\n")
    (stick / "guild.csv.mapping.yaml").write_text(
        "title: Guild\nissuer: Guild of Klow\ncolumns: {id: No., name: Full name}\n"
    )
    kept = import_watchlist(stick / "guild.csv", tmp_path / "lists")
    assert sorted(item.name for item in (tmp_path / "lists").iterdir()) == [
        ".guild.csv.fetched.json",
        "guild.csv",
        "guild.csv.mapping.yaml",
    ]
    assert kept.snapshot == load_watchlist(kept.path)


def test_a_note_that_cannot_be_read_says_nothing(server: Server, tmp_path: Path) -> None:
    server.will(gives(LIST))
    path = fetch(server.url, tmp_path).path
    note = tmp_path / ".un-consolidated.xml.fetched.json"
    assert json.loads(note.read_text())["url"] == server.url
    note.write_text("{torn")
    assert load_watchlist(path).retrieved is None
    shutil.rmtree(tmp_path)
