"""`marsad read`: reports in, claims out, nothing kept."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated
from zoneinfo import ZoneInfo

import typer

import marsad
from marsad.cli._common import (
    Format,
    FormatOption,
    Move,
    TheatreOption,
    examples,
    progress,
    reader,
    show,
    tell_failures,
)
from marsad.cli._inputs import Inputs

if TYPE_CHECKING:
    from collections.abc import Iterator

    from marsad.records import Claim, Report


def register(app: typer.Typer) -> None:
    """Add the command."""
    epilog = examples(
        "marsad read reports.jsonl",
        "marsad read reports.jsonl --theatre theatre.toml --format jsonl",
        "cat story.txt | marsad read -",
    )
    text = "Read reports and print the claims in them; nothing is kept."
    app.command("read", help=text, short_help="Print the claims in reports.", epilog=epilog)(_read)


def _claims(inputs: Inputs, reader: marsad.Reader, move: Move | None) -> Iterator[tuple[Report, tuple[Claim, ...]]]:
    """Yield each report that could be read with its claims, as soon as it is read."""
    for number, (report, found) in enumerate(reader.read_many(inputs.reports()), start=1):
        if isinstance(found, marsad.Unread):
            inputs.unread.append(found)
        else:
            yield report, found
        if move:
            move("reading", number, None)


def _read(
    *,
    sources: Annotated[list[str], typer.Argument(metavar="FILE...", help="Files, folders, or - for standard input.")],
    form: FormatOption = Format.TABLE,
    theatre: TheatreOption = None,
) -> None:
    from marsad.outputs import claim_rows  # noqa: PLC0415 - slow, and help does not need it

    inputs = Inputs(sources)
    # Lines that come as they are read, and a bar on the same terminal, would write over each other.
    with progress(wanted=form is not Format.JSONL or not sys.stdout.isatty()) as move, reader(theatre, move) as ready:
        zone = ready.theatre.time_zone if ready.theatre else ZoneInfo("UTC")
        reports: dict[str, Report] = {}
        kept: list[Claim] = []
        for report, claims in _claims(inputs, ready, move):
            if form is Format.JSONL:
                show(claim_rows(claims, {report.id: report}, zone), form)
            else:
                reports[report.id] = report
                kept += claims
    if form is not Format.JSONL:
        show(claim_rows(kept, reports, zone), form)
    raise typer.Exit(tell_failures(inputs.skipped, inputs.unread))
