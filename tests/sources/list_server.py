"""A real server on 127.0.0.1 that answers as it is told, also badly. No test leaves this address."""

from __future__ import annotations

import gzip
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

Behaviour = Callable[["Handler"], None]


@dataclass
class Server:
    """Where it is, what it does next, and what it was asked."""

    url: str
    script: list[Behaviour] = field(default_factory=list)
    asked: list[dict[str, str]] = field(default_factory=list)

    def will(self, *behaviours: Behaviour) -> None:
        """Answer the next requests one after another; the last answer is repeated."""
        self.script[:] = behaviours


class Handler(BaseHTTPRequestHandler):
    state: Server

    def do_GET(self) -> None:
        self.state.asked.append({"path": self.path, **{name.lower(): value for name, value in self.headers.items()}})
        behaviour = self.state.script[0] if len(self.state.script) == 1 else self.state.script.pop(0)
        with suppress(BrokenPipeError, ConnectionResetError):  # the reader has hung up, as it should
            behaviour(self)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        pass

    def say(self, status: int, body: bytes = b"", **headers: str) -> None:
        """An honest answer."""
        self.send_response(status)
        for name, value in {"Content_Length": str(len(body)), **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)


def gives(body: bytes, **headers: str) -> Behaviour:
    return lambda handler: handler.say(200, body, **headers)


def fails(status: int, **headers: str) -> Behaviour:
    return lambda handler: handler.say(status, b"", **headers)


def leads_to(target: str, status: int = 302) -> Behaviour:
    return lambda handler: handler.say(status, b"", Location=target)


def cuts_off(body: bytes) -> Behaviour:
    """Announces all and sends half."""

    def cut(handler: Handler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body[: len(body) // 2])

    return cut


def announces(body: bytes, length: int) -> Behaviour:
    """Lies about the length."""
    return gives(body, Content_Length=str(length))


def stalls(seconds: float) -> Behaviour:
    """Says nothing for a while."""

    def stall(handler: Handler) -> None:
        time.sleep(seconds)
        handler.say(200, b"late")

    return stall


def trickles(pieces: int, pause: float) -> Behaviour:
    """Sends a byte now and then, never long enough apart for a timeout between two."""

    def trickle(handler: Handler) -> None:
        handler.send_response(200)
        handler.end_headers()
        for _ in range(pieces):
            handler.wfile.write(b"x" * 70_000)
            handler.wfile.flush()
            time.sleep(pause)

    return trickle


def bombs(unpacked: int) -> Behaviour:
    """A small answer that unpacks to a large one."""
    return gives(gzip.compress(b"\0" * unpacked), Content_Encoding="gzip")


def unless_known(body: bytes, etag: str) -> Behaviour:
    """304 to whoever has this copy."""

    def answer(handler: Handler) -> None:
        if handler.headers.get("If-None-Match") == etag:
            handler.say(304)
        else:
            handler.say(200, body, ETag=etag, Last_Modified="Fri, 27 Feb 2026 00:00:00 GMT")

    return answer


@contextmanager
def serving() -> Iterator[Server]:
    """A server for as long as the block runs."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    state = Server(f"http://127.0.0.1:{server.server_address[1]}")
    server.RequestHandlerClass = type("Scripted", (Handler,), {"state": state})
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield state
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
