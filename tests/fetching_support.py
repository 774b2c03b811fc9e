"""A real server of this machine that answers as told, and a clock that waits by moving on."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

from marsad.fetching import Fetcher

if TYPE_CHECKING:
    import ssl
    from collections.abc import Callable

LOOPBACK = ("127.0.0.1/32",)
START = datetime(2031, 5, 4, 12, tzinfo=UTC)


class StillClock:
    """A clock that stands, and moves on when somebody waits."""

    def __init__(self, start: datetime = START) -> None:
        self.time = start
        self.waits: list[float] = []

    def now(self) -> datetime:
        return self.time

    def sleep(self, seconds: float) -> None:
        self.waits.append(seconds)
        self.time += timedelta(seconds=seconds)


class Server:
    """Answers at each path what it was told; 404 elsewhere. `asked` are the requests, with their headers.

    `posted` are the messages that came, with their headers, whatever was answered.
    """

    def __init__(self, tls: ssl.SSLContext | None = None) -> None:
        self.answers: dict[str, Callable[[BaseHTTPRequestHandler], None]] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.posted: list[tuple[dict[str, str], bytes]] = []
        self.open = threading.Event()  # set at the end, for answers that keep somebody waiting

        answers, asked, posted = self.answers, self.asked, self.posted

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                asked.append((self.path, {name.lower(): value for name, value in self.headers.items()}))
                answers.get(self.path, status(404))(self)

            def do_POST(self) -> None:
                headers = {name.lower(): value for name, value in self.headers.items()}
                posted.append((headers, self.rfile.read(int(headers["content-length"]))))
                answers.get(self.path, status(404))(self)

            def log_message(self, *args: Any) -> None:
                pass

        class Quiet(ThreadingHTTPServer):
            daemon_threads = True

            def handle_error(self, *args: Any) -> None:
                pass  # clients that are cut off, as they should be

        self._server = Quiet(("127.0.0.1", 0), Handler)
        if tls:
            self._server.socket = tls.wrap_socket(self._server.socket, server_side=True)
        self.port = self._server.server_address[1]
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01})

    def __enter__(self) -> Server:
        self._thread.start()
        return self

    def __exit__(self, *args: object) -> None:
        self.open.set()
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def at(self, path: str, host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.port}{path}"

    def paths(self) -> list[str]:
        return [path for path, _ in self.asked]


def page(body: str | bytes, kind: str | None = "text/plain; charset=utf-8", code: int = 200, **headers: str) -> Any:
    """Return what answers with a body; headers as keywords, with _ for -."""
    data = body if isinstance(body, bytes) else body.encode()

    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(code)
        if kind is not None:
            handler.send_header("Content-Type", kind)
        handler.send_header("Content-Length", str(len(data)))
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        handler.wfile.write(data)

    return answer


def status(code: int, **headers: str) -> Any:
    return page(b"", None, code, **headers)


def redirect(to: str, code: int = 302) -> Any:
    return status(code, Location=to)


def fetcher(**more: Any) -> Fetcher:
    """Return a fetcher that may ask this machine, and never really waits."""
    return Fetcher(**{"also_allowed": LOOPBACK, "clock": StillClock(), **more})
