"""`marsad serve`: a monitor over HTTP, for a browser and for programs."""

from __future__ import annotations

from typing import Annotated

import typer

from marsad.cli._common import DEFAULT_MONITOR, MonitorOption, RulesOption, examples, opened, tell


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(
        "serve",
        help="Serve the monitor over HTTP until Ctrl-C: its pages for a browser, and one endpoint a command under "
        "/api.",
        short_help="Serve it for a browser.",
        epilog=examples("marsad serve", "marsad serve --monitor demo.marsad --port 8080"),
    )(_serve)


def _serve(
    *,
    host: Annotated[str, typer.Option("--host", help="The address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", min=1, max=65535, help="The port to listen on.")] = 8000,
    rules: RulesOption = None,
    monitor: MonitorOption = DEFAULT_MONITOR,
) -> None:
    from marsad.web import serve  # noqa: PLC0415 - slow, and help does not need it

    with opened(monitor, rules):
        pass  # what cannot be opened is told before anything listens
    tell(f"http://{host}:{port}/  (Ctrl-C ends it)")
    serve(monitor, host=host, port=port, rules=rules)
