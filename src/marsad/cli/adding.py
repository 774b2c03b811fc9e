"""`marsad add`: reports into a monitor."""

from __future__ import annotations

from typing import Annotated

import typer

import marsad
from marsad.cli._common import DEFAULT_MONITOR, MonitorOption, TheatreOption, examples, progress, tell_failures


def register(app: typer.Typer) -> None:
    """Add the command."""
    epilog = examples(
        "marsad add reports.jsonl --theatre theatre.toml",
        "marsad add folder-of-reports --monitor war.marsad",
        "cat story.txt | marsad add -",
    )
    text = "Add reports to a monitor and read them. Adding the same again changes nothing."
    app.command("add", help=text, epilog=epilog)(_add)


def _add(
    *,
    sources: Annotated[list[str], typer.Argument(metavar="FILE...", help="Files, folders, or - for standard input.")],
    monitor: MonitorOption = DEFAULT_MONITOR,
    theatre: TheatreOption = None,
) -> None:
    with marsad.Monitor.open(monitor, theatre=theatre) as held, progress() as move:
        receipt = held.add(sources, progress=move)
        name = held.name
    code = tell_failures(receipt.skipped, receipt.unread)
    known = f", {len(receipt.duplicates)} known before" if receipt.duplicates else ""
    typer.echo(f"{len(receipt.added)} reports added{known}; {receipt.claims} claims read into {name}")
    raise typer.Exit(code)
