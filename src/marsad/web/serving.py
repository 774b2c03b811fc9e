"""A monitor served until it is told to stop."""

from __future__ import annotations

from pathlib import Path

import uvicorn

from marsad.web.application import app


def serve(
    where: Path | str,
    *,
    host: str = "127.0.0.1",
    port: int = 8000,
    rules: Path | str | None = None,
) -> None:
    """Serve the monitor at a path or a `postgresql://` URL over HTTP until Ctrl-C or SIGTERM."""
    made = app(where, rules=rules)
    uvicorn.run(made, host=host, port=port, log_level="warning", server_header=False)
