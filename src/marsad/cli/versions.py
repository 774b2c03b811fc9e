"""`marsad versions`: what a report said before, and what it says now."""

from __future__ import annotations

from typing import Annotated

import typer

from marsad.cli._common import (
    DEFAULT_MONITOR,
    Format,
    FormatOption,
    MonitorOption,
    PolicyOption,
    examples,
    opened,
    show,
)


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(
        "versions",
        help="List the versions of a report, the first one first: when each was out and fetched, and what it changed.",
        short_help="List the versions of a report.",
        epilog=examples("marsad versions u-5x0mvz8w3k2n", "marsad versions u-5x0mvz8w3k2n --format jsonl"),
    )(_versions)


def _versions(
    *,
    report: Annotated[str, typer.Argument(metavar="ID", help="The id of the report, or of any of its versions.")],
    form: FormatOption = Format.TABLE,
    policy: PolicyOption = None,
    monitor: MonitorOption = DEFAULT_MONITOR,
) -> None:
    from marsad.outputs import version_rows  # noqa: PLC0415 - slow, and help does not need it

    with opened(monitor, policy=policy) as held:
        show(version_rows(held.versions(report), held.zone), form)
