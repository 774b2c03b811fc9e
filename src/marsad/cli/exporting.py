"""`marsad export`: what leaves a monitor as files."""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

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

if TYPE_CHECKING:
    from marsad.exports import LeftOut

_PolicyOption = Annotated[
    str | None,
    typer.Option(
        "--policy",
        metavar="NAME|FILE",
        help="What may leave: one of the policies that `marsad policies` lists, or a file of your own; without it the "
        "format's own.",
    ),
]
_PublisherOption = Annotated[str, typer.Option("--publisher", help="Who gives the file out, to stand in it.")]
_SiteOption = Annotated[
    str, typer.Option("--site", metavar="URL", help="The page where it is given out, for formats that link to it.")
]

_HxlOption = Annotated[bool, typer.Option("--hxl", help="Put HXL hashtags beneath the header of a table.")]
_LeftOutOption = Annotated[
    Path | None, typer.Option("--left-out", metavar="FILE", help="List what the format cannot hold, as CSV.")
]
_OutOption = Annotated[
    Path | None,
    typer.Option("--out", metavar="PATH", help="The file, folder or .zip to write; without it standard output."),
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
            "marsad export atom --since 2024-12-06 --publisher 'Example Desk' > new.atom",
            "marsad export claims --place Homs --since 2024-12-06 --policy public > homs.csv",
            "marsad export acled --hxl --out events.csv",
        ),
    )(_export)
    app.command(
        "import",
        short_help="Fill a monitor from an export.",
        help="Fill a new or empty monitor with an export in the format jsonl or parquet that left nothing out; all of "
        "it is checked, and it is there wholly or not at all.",
        epilog=examples("marsad import war.zip --monitor again.marsad", "marsad import folder --monitor new.marsad"),
    )(_import)


def _export(
    *,
    form: Annotated[str | None, typer.Argument(metavar="FORMAT", help="One of the formats.")] = None,
    out: _OutOption = None,
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
    publisher: _PublisherOption = "",
    site: _SiteOption = "",
    hxl: _HxlOption = False,
    left_out: _LeftOutOption = None,
    rules: RulesOption = None,
    as_of: AsOfOption = None,
    learnt_by: LearntByOption = None,
    monitor: MonitorOption = DEFAULT_MONITOR,
) -> None:
    if form is None:
        _show_formats()
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
            hxl=hxl,
            publisher=publisher,
            site=site,
            left_out=listener,
        )
    _tell_done(done)


def _show_formats() -> None:
    from marsad.outputs import Rows  # noqa: PLC0415 - slow, and help does not need it

    found = [(one.name, one.what, one.policy, one.loses) for one in marsad.export_formats().values()]
    columns = ("format", "what", "policy", "loses")
    show(Rows(columns, found, [dict(zip(columns, row, strict=True)) for row in found]), Format.TABLE)


def _tell_done(done: marsad.Exported) -> None:
    """Say what was written and what was not."""
    rows = ", ".join(f"{number:,} {what}" for what, number in done.rows.items()) or "nothing"
    tell(f"{rows} written, by policy {done.about.policy}")
    for reason, number in done.left_out.items():
        tell(f"left out {number:,}: {reason}")


def _import(
    *,
    exported: Annotated[Path, typer.Argument(metavar="PATH", help="The folder or .zip that `marsad export` wrote.")],
    monitor: MonitorOption = DEFAULT_MONITOR,
) -> None:
    marsad.Monitor.import_from(exported, monitor)
    with opened(monitor) as held:
        typer.echo(f"{held.name} filled from {exported}")


@contextmanager
def _listing(path: Path | None) -> Iterator[LeftOut | None]:
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
