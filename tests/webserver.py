"""A real server on a free port of this machine, for tests."""

from __future__ import annotations

import socket
import threading
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

import httpx
import uvicorn

from marsad.web import app
from marsad.web.limits import load_limits
from marsad.web.serving import Server
from marsad.web.tokens import Tokens, load_tokens

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from marsad.web.limits import Limits

ANA, BEN = "a-token-of-ana-1234", "a-token-of-ben-5678"

PATIENT = replace(load_limits(), seconds=120, in_place=60)
"""Limits for a machine that does much else beside: everything is drawn anew for whoever asks, however long it takes."""


def tokens(folder: Path) -> Tokens:
    """The tokens of two reviewers, from a file."""
    path = folder / "tokens.txt"
    path.write_text(f"# who may judge\nana: {ANA}\nben: {BEN}\n", "utf-8")
    return load_tokens(path)


def bearer(token: str) -> Mapping[str, str]:
    return {"authorization": f"Bearer {token}"}


@contextmanager
def serving(
    monitor: Path, *, known: Tokens | None = None, host: str = "127.0.0.1", limits: Limits | None = None
) -> Iterator[httpx.Client]:
    """Serve a monitor and give what asks it; `host` is what the server is told that it listens on."""
    listening = socket.create_server(("127.0.0.1", 0))
    port = listening.getsockname()[1]
    made = app(monitor, host=host, tokens=known, limits=limits or PATIENT)
    started = threading.Event()
    config = uvicorn.Config(made, log_level="error", proxy_headers=False, ws="none", timeout_graceful_shutdown=2)
    server = Server(config, started.set)
    thread = threading.Thread(target=server.run, args=([listening],))
    thread.start()
    try:
        assert started.wait(30)
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=60) as client:
            yield client
    finally:
        made.state.listeners.end()
        server.should_exit = True
        thread.join(30)
        listening.close()
    assert not thread.is_alive()
