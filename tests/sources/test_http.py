"""Fetching from a real server that behaves in every bad way, on 127.0.0.1 only."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sources.list_server import (
    Behaviour,
    Server,
    announces,
    bombs,
    cuts_off,
    fails,
    gives,
    leads_to,
    serving,
    stalls,
    trickles,
    unless_known,
)

from vetting_engine.errors import ListError
from vetting_engine.sources import Bounds
from vetting_engine.sources._http import _is_local, _next, download

BODY = b"<list>" + b"x" * 100_000 + b"</list>"


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def server() -> Iterator[Server]:
    with serving() as state:
        yield state


@pytest.fixture
def waits() -> list[float]:
    return []


@pytest.fixture
def bounds(waits: list[float]) -> Bounds:
    return Bounds(connect=2, read=0.3, max_bytes=1_000_000, attempts=3, allow_local=True, sleep=waits.append)


def refused(url: str, into: Path, bounds: Bounds) -> str:
    with pytest.raises(ListError) as caught:
        download(url, into, bounds)
    (fault,) = caught.value.faults
    assert fault.at.file.startswith(url[:7])
    return fault.code


def test_what_the_server_has_is_written(server: Server, bounds: Bounds, tmp_path: Path) -> None:
    server.will(gives(BODY, ETag='"1"'))
    answer = download(f"{server.url}/l.xml", tmp_path / "l", bounds)
    assert (tmp_path / "l").read_bytes() == BODY
    assert (answer.changed, answer.etag, answer.last_modified) == (True, '"1"', None)


def test_a_compressed_answer_is_unpacked(server: Server, bounds: Bounds, tmp_path: Path) -> None:
    server.will(bombs(5_000))
    download(server.url, tmp_path / "l", bounds)
    assert (tmp_path / "l").read_bytes() == b"\0" * 5_000


def test_asking_again_with_what_is_known(server: Server, bounds: Bounds, tmp_path: Path) -> None:
    server.will(unless_known(BODY, '"7"'))
    first = download(server.url, tmp_path / "l", bounds)
    again = download(server.url, tmp_path / "m", bounds, etag=first.etag, last_modified=first.last_modified)
    assert not again.changed
    assert not (tmp_path / "m").exists()
    assert server.asked[1]["if-modified-since"] == first.last_modified


def test_304_that_was_not_asked_for_is_refused(server: Server, bounds: Bounds, tmp_path: Path) -> None:
    server.will(fails(304))
    assert refused(server.url, tmp_path / "l", bounds) == "fetch.status"


@pytest.mark.parametrize(
    ("behaviour", "code", "attempts"),
    [
        (cuts_off(BODY), "fetch.interrupted", 3),
        (announces(BODY, len(BODY) + 10), "fetch.interrupted", 3),
        (announces(b"", 2_000_000), "fetch.too_large", 1),
        (gives(b"x" * 1_000_001), "fetch.too_large", 1),
        (bombs(5_000_000), "fetch.too_large", 1),
        (gives(b"not gzip", Content_Encoding="gzip"), "fetch.interrupted", 3),
        (stalls(0.8), "fetch.timeout", 3),
        (fails(500), "fetch.status", 3),
        (fails(429), "fetch.status", 3),
        (fails(404), "fetch.status", 1),
        (fails(401), "fetch.status", 1),
        (leads_to("/again"), "fetch.redirect", 1),
        (leads_to("file:///etc/passwd"), "fetch.redirect", 1),
        (leads_to("ftp://example.org/l"), "fetch.redirect", 1),
        (leads_to(""), "fetch.redirect", 1),
        (leads_to("http://user:secret@127.0.0.1/"), "fetch.redirect", 1),
    ],
)
def test_servers_that_behave_badly(
    server: Server,
    bounds: Bounds,
    waits: list[float],
    tmp_path: Path,
    *,
    behaviour: Behaviour,
    code: str,
    attempts: int,
) -> None:
    server.will(behaviour)
    assert refused(server.url, tmp_path / "l", bounds) == code
    assert len(waits) == attempts - 1


def test_a_length_too_short_gives_what_was_announced(server: Server, bounds: Bounds, tmp_path: Path) -> None:
    """The rest is lost; that the list is cut is found by reading it as a list."""
    server.will(announces(BODY, 10))
    download(server.url, tmp_path / "l", bounds)
    assert (tmp_path / "l").read_bytes() == BODY[:10]


def test_a_trickle_ends_at_the_deadline(server: Server, bounds: Bounds, tmp_path: Path) -> None:
    server.will(trickles(12, 0.05))
    assert refused(server.url, tmp_path / "l", replace(bounds, whole=0.2)) == "fetch.too_slow"


def test_what_passes_is_tried_again_with_growing_pauses(
    server: Server, bounds: Bounds, waits: list[float], tmp_path: Path
) -> None:
    server.will(fails(500), fails(503, Retry_After="7"), gives(BODY))
    assert download(server.url, tmp_path / "l", bounds).changed
    assert waits == [1, 7]


def test_a_server_may_not_ask_for_hours(server: Server, bounds: Bounds, waits: list[float], tmp_path: Path) -> None:
    server.will(fails(503, Retry_After="86400"), gives(BODY))
    download(server.url, tmp_path / "l", bounds)
    assert waits == [60]


def test_redirects_are_followed_a_few_times(server: Server, bounds: Bounds, tmp_path: Path) -> None:
    server.will(leads_to("/a", 301), leads_to("/b", 307), gives(BODY))
    assert download(server.url, tmp_path / "l", bounds).changed
    assert [asked["path"] for asked in server.asked] == ["/", "/a", "/b"]


def test_nobody_there(bounds: Bounds, waits: list[float], tmp_path: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    assert refused(f"http://127.0.0.1:{port}/", tmp_path / "l", bounds) == "fetch.unreachable"
    assert len(waits) == 2


def test_a_server_without_a_certificate_is_refused_at_once(
    server: Server, bounds: Bounds, waits: list[float], tmp_path: Path
) -> None:
    server.will(gives(BODY))
    url = server.url.replace("http:", "https:")
    assert refused(url, tmp_path / "l", bounds) in {"fetch.tls", "fetch.unreachable"}
    assert not server.asked


def test_nothing_of_a_netrc_is_sent(
    server: Server, bounds: Bounds, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login odo password secret\n")
    netrc.chmod(0o600)
    monkeypatch.setenv("NETRC", str(netrc))
    server.will(gives(BODY))
    download(server.url, tmp_path / "l", bounds)
    assert "authorization" not in server.asked[0]


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("http://lists.example/l.xml", "fetch.url"),
        ("file:///etc/passwd", "fetch.url"),
        ("https://", "fetch.url"),
        ("https://user:secret@lists.example/l.xml", "fetch.url"),
        ("https://[::1", "fetch.url"),
        ("https://lists.example:port/", "fetch.url"),
        ("https://localhost/l.xml", "fetch.local_address"),
        ("https://127.0.0.1/l.xml", "fetch.local_address"),
        ("https://[::1]/l.xml", "fetch.local_address"),
        ("https://10.0.0.7/l.xml", "fetch.local_address"),
        ("https://169.254.169.254/latest/meta-data", "fetch.local_address"),
        ("https://[::ffff:127.0.0.1]/", "fetch.local_address"),
        ("https://printer.local/", "fetch.local_address"),
    ],
)
def test_addresses_nobody_fetches_lists_from(bounds: Bounds, tmp_path: Path, url: str, code: str) -> None:
    assert refused(url, tmp_path / "l", replace(bounds, allow_local=False)) == code


def test_a_public_name_that_leads_home_is_refused_before_anything_is_sent(
    server: Server, bounds: Bounds, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    port = int(server.url.rpartition(":")[2])
    home = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))]
    monkeypatch.setattr("socket.getaddrinfo", lambda *_, **__: home)
    server.will(gives(BODY))
    url = f"https://lists.example:{port}/l.xml"
    assert refused(url, tmp_path / "l", replace(bounds, allow_local=False)) == "fetch.local_address"
    assert not server.asked


@pytest.mark.parametrize(
    ("address", "local"),
    [("8.8.8.8", False), ("192.168.1.1", True), ("fe80::1%eth0", True), ("100.64.0.1", True), ("lists.example", False)],
)
def test_local_addresses(address: str, *, local: bool) -> None:
    assert _is_local(address) is local


def test_no_redirect_leads_from_https_to_http() -> None:
    assert _next("https://a.example/x", "/y", "https://a.example/x") == "https://a.example/y"
    with pytest.raises(ListError):
        _next("https://a.example/x", "http://a.example/x", "https://a.example/x")
