"""The only home of requests: one list over the network, within bounds, or a fault that says what went wrong.

What comes back is bytes somebody sent, no more: whether they are a list is decided by reading them as one.
"""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import requests
import urllib3
from requests.adapters import HTTPAdapter
from requests.auth import AuthBase
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

from vetting_engine.errors import Fault, ListError, Location
from vetting_engine.sources._bounds import Bounds

__all__ = ["Answer", "download"]

_AGENT = "vetting-engine (watchlist fetch)"
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_NOT_MODIFIED = 304
_OK = 200
#: Worth another try: too many requests, and what a server says when it is unwell.
_PASSING = frozenset({408, 429, 500, 502, 503, 504})
_CHUNK = 64 * 1024


@dataclass(frozen=True, slots=True)
class Answer:
    """What the server said: ``changed`` is whether bytes were written; the rest is for asking again."""

    changed: bool
    etag: str | None
    last_modified: str | None


def download(
    url: str, into: Path, bounds: Bounds, *, etag: str | None = None, last_modified: str | None = None
) -> Answer:
    """Write what stands at ``url`` into a file, which has no meaning until this has returned.

    Args:
        url: https; http only with ``allow_local``.
        into: is overwritten.
        bounds: see there.
        etag: of the copy at hand; the server may answer that nothing changed.
        last_modified: the same.

    Raises:
        ListError: ``fetch.url``, ``fetch.local_address``, ``fetch.redirect``, ``fetch.status``, ``fetch.too_large``,
            ``fetch.too_slow``, ``fetch.interrupted``, ``fetch.tls``, ``fetch.unreachable``. Only what may pass by
            itself is tried again.
    """
    conditions = {"If-None-Match": etag, "If-Modified-Since": last_modified}
    headers = {name: value for name, value in conditions.items() if value}
    deadline = bounds.clock() + bounds.whole
    for attempt in range(1, bounds.attempts + 1):
        try:
            with _session(bounds) as session:
                return _once(session, url, into, bounds=bounds, headers=headers, deadline=deadline)
        except _PassingError as passing:
            wait = min(passing.wait or bounds.backoff * 2 ** (attempt - 1), bounds.longest_wait)
            if attempt == bounds.attempts or bounds.clock() + wait > deadline:
                raise ListError(passing.fault) from None
            bounds.sleep(wait)
    raise AssertionError("the last attempt returns or raises")


class _PassingError(Exception):
    """Something that may be gone at the next try; ``wait`` is how long the server asks to be left alone."""

    def __init__(self, fault: Fault, wait: float = 0) -> None:
        super().__init__(str(fault))
        self.fault = fault
        self.wait = wait


def _once(
    session: requests.Session, url: str, into: Path, *, bounds: Bounds, headers: dict[str, str], deadline: float
) -> Answer:
    asked = url
    for _ in range(bounds.redirects + 1):
        _require_allowed(url, bounds, asked)
        with (
            _told(url),
            session.get(
                url, headers=headers, stream=True, timeout=(bounds.connect, bounds.read), allow_redirects=False
            ) as response,
        ):
            if response.status_code in _REDIRECTS:
                url = _next(url, response.headers.get("Location", ""), asked)
                continue
            said = response.headers
            if response.status_code == _NOT_MODIFIED and headers:
                return Answer(
                    changed=False, etag=headers.get("If-None-Match"), last_modified=headers.get("If-Modified-Since")
                )
            if response.status_code != _OK:
                _refuse_status(response, url)
            _write(response, into, bounds, deadline, url)
            return Answer(changed=True, etag=said.get("ETag"), last_modified=said.get("Last-Modified"))
    raise ListError(Fault("fetch.redirect", Location(asked), {"reason": f"more than {bounds.redirects}"}))


def _require_allowed(url: str, bounds: Bounds, asked: str) -> None:
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError:
        host, parts = None, urlsplit("")
    schemes = {"https", "http"} if bounds.allow_local else {"https"}
    if not host or parts.scheme not in schemes or parts.username or parts.password:
        code = "fetch.url" if url == asked else "fetch.redirect"
        raise ListError(Fault(code, Location(asked), {"reason": f"{parts.scheme or '?'}://{host or '?'}"}))
    if not bounds.allow_local and _is_local_name(host):
        raise ListError(Fault("fetch.local_address", Location(asked), {"host": host}))


def _next(url: str, target: str, asked: str) -> str:
    """Where a redirect leads; to https, or to the scheme it came from."""
    following = urljoin(url, target)
    scheme = urlsplit(following).scheme
    if not target or (scheme != "https" and scheme != urlsplit(url).scheme):
        raise ListError(Fault("fetch.redirect", Location(asked), {"reason": f"{scheme or '?'}://"}))
    return following


def _refuse_status(response: requests.Response, url: str) -> None:
    fault = Fault("fetch.status", Location(url), {"status": response.status_code})
    if response.status_code not in _PASSING:
        raise ListError(fault)
    after = response.headers.get("Retry-After", "")
    raise _PassingError(fault, float(after) if after.isascii() and after.isdigit() else 0)


def _write(response: requests.Response, into: Path, bounds: Bounds, deadline: float, url: str) -> None:
    """Unpacked bytes, counted as they come: neither a length announced nor a compression bomb is believed."""
    too_large = Fault("fetch.too_large", Location(url), {"max_bytes": bounds.max_bytes})
    announced = response.headers.get("Content-Length", "")
    if announced.isascii() and announced.isdigit() and int(announced) > bounds.max_bytes:
        raise ListError(too_large)
    size = 0
    with into.open("wb") as out:
        for chunk in response.iter_content(_CHUNK):
            size += len(chunk)
            if size > bounds.max_bytes:
                raise ListError(too_large)
            if bounds.clock() > deadline:
                raise ListError(Fault("fetch.too_slow", Location(url), {"seconds": int(bounds.whole)}))
            out.write(chunk)


@contextmanager
def _told(url: str) -> Iterator[None]:
    """What requests raises, as our own: certificates and addresses are final, all else may pass."""
    at = Location(url)
    try:
        yield
    except _LocalAddressError as error:
        raise ListError(Fault("fetch.local_address", at, {"host": error.host})) from None
    except requests.exceptions.SSLError as error:
        raise ListError(Fault("fetch.tls", at, {"reason": type(error).__name__})) from None
    except requests.exceptions.Timeout:
        raise _PassingError(Fault("fetch.timeout", at)) from None
    except (requests.exceptions.ChunkedEncodingError, requests.exceptions.ContentDecodingError) as error:
        raise _PassingError(Fault("fetch.interrupted", at, {"reason": type(error).__name__})) from None
    except requests.exceptions.ConnectionError as error:
        raise _PassingError(Fault("fetch.unreachable", at, {"reason": type(error).__name__})) from None
    except (requests.exceptions.RequestException, urllib3.exceptions.HTTPError, UnicodeError) as error:
        raise ListError(Fault("fetch.unreachable", at, {"reason": type(error).__name__})) from None


class _LocalAddressError(Exception):
    """A name that leads to this machine or its network."""

    def __init__(self, host: str) -> None:
        super().__init__(host)
        self.host = host


def _is_local_name(host: str) -> bool:
    """Whether a host is, by its name alone, this machine or its network."""
    if host == "localhost" or host.endswith((".localhost", ".local", ".internal")):
        return True
    return _is_local(host)


def _is_local(address: str) -> bool:
    try:
        return not ipaddress.ip_address(address.partition("%")[0]).is_global
    except ValueError:
        return False


class _NoCredentials(AuthBase):
    """Lists are public: what a ``.netrc`` knows is sent to nobody."""

    def __call__(self, r: requests.PreparedRequest) -> requests.PreparedRequest:
        return r


def _session(bounds: Bounds) -> requests.Session:
    session = requests.Session()
    session.auth = _NoCredentials()
    session.headers.update({"User-Agent": _AGENT, "Accept-Encoding": "gzip, identity"})
    adapter = HTTPAdapter() if bounds.allow_local else _PublicOnly()
    session.mount("https://", adapter)
    session.mount("http://", adapter)
    return session


def _require_public(sock: socket.socket, host: str) -> socket.socket:
    """The address a connection really has: a name may lead elsewhere between looking it up and connecting."""
    if _is_local(str(sock.getpeername()[0])):
        sock.close()
        raise _LocalAddressError(host)
    return sock


class _PublicHttp(HTTPConnection):
    def _new_conn(self) -> socket.socket:
        return _require_public(super()._new_conn(), self.host)


class _PublicHttps(HTTPSConnection):
    def _new_conn(self) -> socket.socket:
        return _require_public(super()._new_conn(), self.host)


class _PublicHttpPool(HTTPConnectionPool):
    ConnectionCls = _PublicHttp


class _PublicHttpsPool(HTTPSConnectionPool):
    ConnectionCls = _PublicHttps


class _PublicOnly(HTTPAdapter):
    """Connects to public addresses only. Behind a proxy it is the proxy that connects."""

    def init_poolmanager(self, *args: object, **kwargs: object) -> None:
        super().init_poolmanager(*args, **kwargs)  # type: ignore[arg-type]
        self.poolmanager.pool_classes_by_scheme = {"http": _PublicHttpPool, "https": _PublicHttpsPool}
