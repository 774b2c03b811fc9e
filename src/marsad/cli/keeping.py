"""`marsad check`, `backup` and `restore`: a monitor that is whole, and stays so."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

import marsad
from marsad.cli._common import (
    DEFAULT_MONITOR,
    DONE,
    INCOMPLETE,
    Format,
    FormatOption,
    MonitorOption,
    examples,
    opened,
    show,
    tell,
)


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command(
        "check",
        help="Check that a monitor is whole and that nothing in it was changed since it was added; exit with 1 where "
        "that is not so. Prints the head of the ledger, to be kept elsewhere.",
        short_help="Check that a monitor is whole and unchanged.",
        epilog=examples("marsad check", "marsad check --monitor war.marsad --head HASH"),
    )(_check)
    app.command(
        "backup",
        help="Write a monitor to a new file, while others may add to it. The file is itself a monitor.",
        short_help="Write a monitor to a new file.",
        epilog=examples("marsad backup kept.marsad", "marsad backup kept.marsad --monitor postgresql://server/war"),
    )(_backup)
    app.command(
        "restore",
        help="Fill a new or empty monitor with what a backup keeps; the backup stays as it is.",
        short_help="Fill a monitor from a backup.",
        epilog=examples("marsad restore kept.marsad --monitor war.marsad"),
    )(_restore)


def _check(
    *,
    head: Annotated[
        str | None, typer.Option("--head", metavar="HASH", help="A head that an earlier check printed.")
    ] = None,
    form: FormatOption = Format.TABLE,
    monitor: MonitorOption = DEFAULT_MONITOR,
) -> None:
    from marsad.outputs import inspection_rows  # noqa: PLC0415 - slow, and help does not need it

    with opened(monitor) as held:
        found = held.check(head=head)
    show(inspection_rows(found), form)
    if form is Format.TABLE:
        typer.echo(f"head: {found.head or 'none, nothing was added yet'}")
        typer.echo("sound" if not found.faults else f"{len(found.faults)} faults")
    for fault in found.faults:
        tell(f"fault: {fault}")
    raise typer.Exit(INCOMPLETE if found.faults else DONE)


def _backup(
    *,
    to: Annotated[Path, typer.Argument(metavar="FILE", help="The file to write; it must not be there.")],
    monitor: MonitorOption = DEFAULT_MONITOR,
) -> None:
    with opened(monitor) as held:
        held.back_up(to)
        typer.echo(f"{held.name} written to {to}")


def _restore(
    *,
    kept: Annotated[Path, typer.Argument(metavar="FILE", help="What `marsad backup` wrote.")],
    monitor: MonitorOption = DEFAULT_MONITOR,
) -> None:
    marsad.Monitor.restore(kept, monitor)
    with opened(monitor) as held:
        typer.echo(f"{held.name} filled from {kept}")
