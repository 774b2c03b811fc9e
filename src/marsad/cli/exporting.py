"""`marsad export`: what leaves a monitor as files."""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

import marsad
from marsad.cli._common import (
    DEFAULT_MONITOR,
    AsOfOption,
    Format,
    LearntByOption,
    MonitorOption,
    RulesOption,
    beginning,
    examples,
    instant,
    opened,
    show,
    tell,
)

_PolicyOption = Annotated[
    str | None,
    typer.Option(
        "--policy",
        metavar="NAME|FILE",
        help="What may leave: one of the policies that `marsad policies` lists, or a file of your own; without it the "
        "format's own.",
    ),
]


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(
        "export",
        short_help="Write claims and verdicts for other programs.",
        help="Write claims, and what follows from them, in a format of other programs; without FORMAT list the "
        "formats. What leaves passes a policy, and says which.",
        epilog=examples(
            "marsad export",
            "marsad export claims --out claims.csv",
            "marsad export claims --place Homs --since 2024-12-06 --policy public > homs.csv",
        ),
    )(_export)


def _export(
    *,
    form: Annotated[str | None, typer.Argument(metavar="FORMAT", help="One of the formats.")] = None,
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="PATH", help="The file, folder or .zip to write; without it standard output."),
    ] = None,
    about: Annotated[
        str | None,
        typer.Option("--about", metavar="ID", help="Only claims on what this proposition, claim or report is about."),
    ] = None,
    report: Annotated[str | None, typer.Option("--report", metavar="ID", help="Only of this report.")] = None,
    place: Annotated[str | None, typer.Option("--place", help="Only this place, by name.")] = None,
    source: Annotated[str | None, typer.Option("--source", help="Only this source or speaker, by name.")] = None,
    event: Annotated[str | None, typer.Option("--event", help="Only this event type, such as withdraw.")] = None,
    polarity: Annotated[marsad.Polarity | None, typer.Option("--polarity", help="Only these.")] = None,
    since: Annotated[
        str | None, typer.Option("--since", metavar="TIME", help="Only claims published since, written as --as-of.")
    ] = None,
    policy: _PolicyOption = None,
    licence: Annotated[str, typer.Option("--licence", help="The licence of your own part, to stand in the file.")] = "",
    left_out: Annotated[
        Path | None, typer.Option("--left-out", metavar="FILE", help="List what the format cannot hold, as CSV.")
    ] = None,
    rules: RulesOption = None,
    as_of: AsOfOption = None,
    learnt_by: LearntByOption = None,
    monitor: MonitorOption = DEFAULT_MONITOR,
) -> None:
    if form is None:
        from marsad.outputs import Rows  # noqa: PLC0415 - slow, and help does not need it

        found = [(one.name, one.what, one.policy, one.loses) for one in marsad.EXPORT_FORMATS.values()]
        columns = ("format", "what", "policy", "loses")
        show(Rows(columns, found, [dict(zip(columns, row, strict=True)) for row in found]), Format.TABLE)
        return
    choice = marsad.Choice(about=about, report=report, place=place, source=source, event=event, polarity=polarity)
    with opened(monitor, rules, learnt_by) as held, _listing(left_out) as listener:
        done = held.export(
            form,
            out if out is not None else sys.stdout.buffer,
            choice=choice,
            as_of=instant(as_of, held.zone),
            since=beginning(since, held.zone),
            policy=policy,
            licence=licence,
            left_out=listener,
        )
    _tell_what(done)


def _tell_what(done: marsad.Exported) -> None:
    """Say what was written and what was not."""
    rows = ", ".join(f"{number:,} {what}" for what, number in done.rows.items()) or "nothing"
    tell(f"{rows} written, by policy {done.about.policy}")
    for reason, number in done.left_out.items():
        tell(f"left out {number:,}: {reason}")


@contextmanager
def _listing(path: Path | None) -> Iterator[marsad.LeftOut | None]:
    """Give what writes a line for each thing that is left out; None where nobody asks for the list."""
    if path is None:
        yield None
        return
    try:
        stream = path.open("x", encoding="utf-8", newline="")
    except OSError as error:
        raise marsad.InputError(f"{path}: cannot be written: {error.strerror}") from error
    with stream:
        writer = csv.writer(stream)
        writer.writerow(("id", "reason"))
        yield lambda item, reason: writer.writerow((item, reason))
