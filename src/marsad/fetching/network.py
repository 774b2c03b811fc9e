"""The way to a server: its name looked up once, all answers checked, and the connection made to what was checked.

So nobody can answer with a public address when it is checked and with a private one when it is connected to. The name
itself stays in the request and in the TLS handshake.
"""

from __future__ import annotations

import queue
import socket
import threading
import time
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import httpcore

from marsad.fetching.addresses import is_ip
from marsad.fetching.errors import FetchError, shown

if TYPE_CHECKING:
    import ssl
    from collections.abc import Iterable

    from marsad.fetching.addresses import Guard

Resolve = Callable[[str, int], Sequence[str]]
"""Returns the IP addresses that a name stands for; raises OSError where it stands for none."""

_CONNECT = 10.0  # seconds that one of several addresses of a host may take to answer


def resolve(host: str, port: int) -> Sequence[str]:
    """Return the IP addresses of a host as the system knows them; raise OSError where there are none."""
    return [str(found[4][0]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


class Deadline:
    """A bound on the time of everything together, however slowly each piece comes."""

    def __init__(self, seconds: float) -> None:
        """Begin now."""
        self.seconds = seconds
        self._end = time.monotonic() + seconds

    def left(self, failure: type[Exception] = httpcore.ReadTimeout) -> float:
        """Return the seconds that are left; raise `failure` where there are none."""
        if (left := self._end - time.monotonic()) <= 0:
            raise failure("the time is over")
        return left

    def extend(self, seconds: float) -> None:
        """Leave out time that was waited on purpose."""
        self._end += seconds


class Backend(httpcore.NetworkBackend):
    """Connects to checked addresses alone."""

    def __init__(self, guard: Guard, look_up: Resolve, deadline: Deadline) -> None:
        """Serve one request."""
        self._guard = guard
        self._resolve = look_up
        self._deadline = deadline
        self._inner = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ARG002 - the deadline takes its place
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """Return a connection to the first address of the host that answers; raise FetchError where one is refused."""
        answers = (host,) if is_ip(host) else self._looked_up(host, port)
        failure: Exception | None = None
        for one in self._guard.checked(host, answers):
            seconds = min(_CONNECT, self._deadline.left(httpcore.ConnectTimeout))
            try:
                stream = self._inner.connect_tcp(one, port, seconds, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
            else:
                return _Timed(stream, self._deadline)
        raise failure or httpcore.ConnectError("no address")

    def _looked_up(self, host: str, port: int) -> Sequence[str]:
        """Look a name up, in time: the system's own patience with a silent server of names is longer than ours."""
        answers: queue.SimpleQueue[Sequence[str] | Exception] = queue.SimpleQueue()

        def ask() -> None:
            try:
                answers.put(tuple(self._resolve(host, port)))
            except (OSError, UnicodeError) as error:
                answers.put(error)

        threading.Thread(target=ask, daemon=True).start()
        try:
            found = answers.get(timeout=self._deadline.left(httpcore.ConnectTimeout))
        except queue.Empty as error:
            raise httpcore.ConnectTimeout("no answer to the name") from error
        if isinstance(found, Exception):
            raise FetchError(f"{shown(host)}: no such host") from found
        return found


class _Timed(httpcore.NetworkStream):
    """A connection on which every word must come before one deadline for all."""

    def __init__(self, inner: httpcore.NetworkStream, deadline: Deadline) -> None:
        self._inner = inner
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ARG002
        return self._inner.read(max_bytes, self._deadline.left())

    def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ARG002
        self._inner.write(buffer, self._deadline.left(httpcore.WriteTimeout))

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ARG002
    ) -> httpcore.NetworkStream:
        seconds = self._deadline.left(httpcore.ConnectTimeout)
        return _Timed(self._inner.start_tls(ssl_context, server_hostname, seconds), self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)
