"""`marsad receipts`: every input, and what became of it."""

from __future__ import annotations

from typing import Annotated

import typer

import marsad
from marsad.cli._common import (
    DEFAULT_MONITOR,
    Format,
    FormatOption,
    LearntByOption,
    MonitorOption,
    PolicyOption,
    beginning,
    examples,
    opened,
    show,
)


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(
        "receipts",
        help="List every input and what became of it, in order of time: added, updated (a new version of a known "
        "report), duplicate, or skipped and why.",
        short_help="List what became of every input.",
        epilog=examples(
            "marsad receipts --outcome skipped",
            "marsad receipts --since 2024-12-07 --format csv > receipts.csv",
        ),
    )(_receipts)


def _receipts(
    *,
    outcome: Annotated[marsad.Outcome | None, typer.Option("--outcome", help="Only these.")] = None,
    since: Annotated[
        str | None, typer.Option("--since", metavar="TIME", help="Only what came in then or later.")
    ] = None,
    learnt_by: LearntByOption = None,
    form: FormatOption = Format.TABLE,
    policy: PolicyOption = None,
    monitor: MonitorOption = DEFAULT_MONITOR,
) -> None:
    from marsad.outputs import receipt_rows  # noqa: PLC0415 - slow, and help does not need it

    with opened(monitor, learnt_by=learnt_by, policy=policy) as held:
        show(receipt_rows(held.receipts(outcome, beginning(since, held.zone)), held.zone), form)
