"""`marsad serve`: a monitor over HTTP, for a browser and for programs."""

from __future__ import annotations

import os
import webbrowser
from pathlib import Path
from typing import Annotated

import typer

from marsad.cli._common import DEFAULT_MONITOR, MonitorOption, PolicyOption, RulesOption, examples, opened, tell

_TOKEN = "MARSAD_TOKEN"  # noqa: S105 - the name of a variable


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(
        "serve",
        help="Serve the monitor over HTTP until Ctrl-C: its pages for a browser, and one endpoint a command under "
        "/api. Who may judge shows a token: those of --token-file, or that of the variable MARSAD_TOKEN. Where other "
        "machines can reach it, everything needs one.",
        short_help="Serve it for a browser.",
        epilog=examples(
            "marsad serve --open",
            "marsad serve --monitor demo.marsad --port 8080 --token-file reviewers.txt",
            "marsad serve --monitor demo.marsad --policy public",
        ),
    )(_serve)


def _serve(
    *,
    host: Annotated[str, typer.Option("--host", help="The address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", min=1, max=65535, help="The port to listen on.")] = 8000,
    token_file: Annotated[
        Path | None,
        typer.Option("--token-file", metavar="FILE", help="Who may judge, a line `name: token` each."),
    ] = None,
    rules: RulesOption = None,
    policy: PolicyOption = None,
    show: Annotated[bool, typer.Option("--open", help="Open it in the browser.")] = False,
    monitor: MonitorOption = DEFAULT_MONITOR,
) -> None:
    from marsad.web import serve  # noqa: PLC0415 - slow, and help does not need it

    with opened(monitor, rules, policy=policy):
        pass  # what cannot be opened is told before anything listens
    address = f"http://{f'[{host}]' if ':' in host else host}:{port}/"

    def ready() -> None:
        tell(f"{monitor} is at {address} until Ctrl-C")
        if show:
            webbrowser.open(address)

    serve(
        monitor,
        host=host,
        port=port,
        token_file=token_file,
        token=os.environ.get(_TOKEN),
        rules=rules,
        policy=policy,
        ready=ready,
    )
