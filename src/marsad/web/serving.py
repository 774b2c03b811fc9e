"""A monitor served until it is told to stop."""

from __future__ import annotations

import socket
from pathlib import Path
from typing import TYPE_CHECKING

import uvicorn

from marsad.errors import InputError
from marsad.web.application import app
from marsad.web.limits import load_limits
from marsad.web.tokens import load_tokens

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import FrameType

_GRACE = 5  # seconds that requests may take to end when the server does


def serve(
    where: Path | str,
    *,
    host: str = "127.0.0.1",
    port: int = 8000,
    token_file: Path | str | None = None,
    token: str | None = None,
    rules: Path | str | None = None,
    policy: Path | str | None = None,
    ready: Callable[[], object] | None = None,
) -> None:
    """Serve the monitor at a path or a `postgresql://` URL over HTTP until Ctrl-C or SIGTERM.

    `token_file` names those who may judge, a line `name: token` each; `token` is one more, of nobody by name. A `host`
    that can be reached from elsewhere needs one of them, and then so does all that is asked. Raises InputError where
    there is none, or a file is wrong, and where the port is taken. Under a `policy` all that is answered has passed it,
    and nobody may judge. `ready` is called once it listens.
    """
    tokens = load_tokens(Path(token_file) if token_file is not None else None, token)
    made = app(where, rules=rules, policy=policy, host=host, tokens=tokens)
    config = uvicorn.Config(
        made,
        host=host,
        port=port,
        log_level="warning",
        server_header=False,
        proxy_headers=False,
        ws="none",
        limit_concurrency=load_limits().connections,
        timeout_graceful_shutdown=_GRACE,
    )
    try:
        with _listening(host, port) as listening:
            Server(config, ready).run([listening])
    except KeyboardInterrupt:
        return  # it has ended all that it began, and tells the signal on


def _listening(host: str, port: int) -> socket.socket:
    """Return a socket that listens on an address; raise InputError where that cannot be."""
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        return socket.create_server((host, port), family=family)
    except (OSError, OverflowError, UnicodeError) as error:
        reason = getattr(error, "strerror", None) or error
        raise InputError(f"{host}:{port} cannot be listened on: {reason}") from error


class Server(uvicorn.Server):
    """Tells when it listens, and ends the streams of those who listen to it as soon as it is told to stop."""

    def __init__(self, config: uvicorn.Config, ready: Callable[[], object] | None = None) -> None:
        """Serve what a configuration says; `ready` is called once it listens."""
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Listen."""
        await super().startup(sockets)
        if self.started and self._ready:
            self._ready()

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Stop."""
        listeners = getattr(self.config.app.state, "listeners", None)  # type: ignore[union-attr]
        if listeners is not None:
            listeners.end()
        super().handle_exit(sig, frame)
