"""`marsad places`: reports in, the names of places in them out, nothing kept."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

import marsad
from marsad.cli._common import (
    Format,
    FormatOption,
    TheatreOption,
    examples,
    progress,
    reader,
    show,
    tell_failures,
)
from marsad.cli._inputs import Inputs


def register(app: typer.Typer) -> None:
    """Add the command."""
    epilog = examples(
        "marsad places reports.jsonl",
        "marsad places reports.jsonl --theatre theatre.toml --format jsonl",
        "cat story.txt | marsad places -",
    )
    text = "Find every name of a place in reports and say which place it is; nothing is kept."
    app.command("places", help=text, short_help="Find the places in reports.", epilog=epilog)(_places)


def _places(
    *,
    sources: Annotated[list[str], typer.Argument(metavar="FILE...", help="Files, folders, or - for standard input.")],
    form: FormatOption = Format.TABLE,
    theatre: TheatreOption = None,
) -> None:
    from marsad.outputs import toponym_rows  # noqa: PLC0415 - slow, and help does not need it

    inputs = Inputs(sources)
    found: list[tuple[marsad.Report, tuple[marsad.Toponym, ...]]] = []
    with progress(wanted=form is not Format.JSONL or not sys.stdout.isatty()) as move, reader(theatre, move) as ready:
        for number, report in enumerate(inputs.reports(), start=1):
            names = ready.places(report)
            if isinstance(names, marsad.Unread):
                inputs.unread.append(names)
            elif form is Format.JSONL:
                show(toponym_rows([(report, names)]), form)
            else:
                found.append((report, names))
            if move:
                move("reading", number, None)
    if form is not Format.JSONL:
        show(toponym_rows(found), form)
    raise typer.Exit(tell_failures(inputs.skipped, inputs.unread))
